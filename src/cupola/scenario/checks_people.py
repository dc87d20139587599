"""Checks of flights, of the people named on them, and of lines of flights that cannot be flown as they are written."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

from cupola.base.quantity import DAY_S, YEAR_DAYS
from cupola.scenario.cells import Findings, remedy
from cupola.scenario.typed import TypedRow, TypedTables

_NEVER_UP = ("launch-failure", "launch-abort")
_ONCE_S = 20 * YEAR_DAYS * DAY_S
"""A line with an interval above this flies one ship, which may wait for the end of the station."""
_FLOWN = ("ok", "damaged", "damaged-returned-uncrewed", "returned-uncrewed")
"""Outcomes of flights that were there; the others may have been on their way to the port that is named."""
_SLACK = dt.timedelta(days=2)
"""Days of docking and undocking may be given by another clock, and a landing stand for an undocking."""


def check_outcomes(tables: TypedTables, findings: Findings) -> None:
    """Note flights whose days do not go with how they went."""
    for row in tables["flights"].values():
        outcome, docked = row.text("outcome"), row.day("docked")
        undocked, ended = row.day("undocked"), row.day("ended")
        if outcome in _NEVER_UP and docked is not None:
            what = f"is given for a flight with the outcome {outcome}"
            advice = "Leave docked blank, or give the outcome ok."
            findings.add(row.place("docked"), row.key("docked"), what, str(docked), "blank", advice)
        if outcome != "planned" and undocked is not None and ended is not None and ended < undocked:
            what, advice = "is earlier than undocked", f"Give {undocked} or later."
            findings.add(row.place("ended"), row.key("ended"), what, str(ended), f"on or after {undocked}", advice)
        if outcome in _FLOWN and row.text("port") and docked is None:
            launched = row.day("launched")
            what, rule = f"is missing, and the flight has the port {row.text('port')}", "the day of docking"
            advice = f"Give the day of docking, {launched} or later, or leave port blank."
            findings.add(row.place("port"), row.key("docked"), what, "nothing", rule, advice)


def check_people(tables: TypedTables, findings: Findings) -> None:
    """Note people who come before their ship, in a ship without seats, or more of them than it brought."""
    flights, named = tables["flights"], dict[str, list[TypedRow]]()
    for row in tables["people"].values():
        flight = flights.get(row.text("up"))
        if flight is None:
            continue
        named.setdefault(flight.id, []).append(row)
        arrived, docked = row.day("arrived"), flight.day("docked")
        if arrived is not None and docked is not None and arrived < docked:
            what, advice = f"is before {flight.id} docked", f"Give {docked}, or the flight that brought the person."
            findings.add(row.place("arrived"), row.key("arrived"), what, str(arrived), f"{docked} or later", advice)
        vehicle = tables["vehicles"].get(flight.text("vehicle"))
        seats = vehicle.quantity("seats") if vehicle is not None else None
        if seats is not None and seats.high < 1:
            crewed = [key for key, other in flights.items() if other.crew("crew_up")]
            what = f"is a flight of {flight.text('vehicle')}, which has no seats"
            advice = remedy(flight.id, crewed, "Name a flight that brought people.")
            findings.add(row.place("up"), row.key("up"), what, flight.id, "a flight with seats", advice)
    for key, rows in named.items():
        most = sum(number for _, number in flights[key].crew("crew_up"))
        if len(rows) > most > 0:
            last = rows[most]
            what, rule = f"names more people than {key} brought", f"at most {most}, its crew_up"
            advice = f"Name another flight for one of them, or give {key} a crew_up of {len(rows)}."
            findings.add(last.place("up"), last.key("up"), what, f"{len(rows)} people", rule, advice)


def check_stays(tables: TypedTables, findings: Findings) -> None:
    """Note people who came long after their ship docked, or left on another day than the ship that took them home.

    Where the day of undocking is not on record, the day on which the flight ended stands for it.
    """
    flights = tables["flights"]
    for row in tables["people"].values():
        up, down = flights.get(row.text("up")), flights.get(row.text("down"))
        arrived, docked = row.day("arrived"), up.day("docked") if up is not None else None
        # One who came before the ship is told by check_people.
        if up is not None and arrived is not None and docked is not None and arrived > docked + _SLACK:
            _off(row, "arrived", arrived, f"{up.id} docked", docked, findings)
        left = row.day("left")
        if down is None or left is None or down.text("outcome") == "planned":
            continue
        undocked, ended = down.day("undocked"), down.day("ended")
        gone, how = (undocked, "undocked") if undocked is not None else (ended, "ended")
        if gone is not None and abs(left - gone) > _SLACK:
            _off(row, "left", left, f"{down.id} {how}", gone, findings)


def _off(row: TypedRow, field: str, got: dt.date, what: str, day: dt.date, findings: Findings) -> None:
    words = f"is {abs((got - day).days)} days {'after' if got > day else 'before'} {what}"
    rule = f"within {_SLACK.days} days of {day}"
    advice = f"Give {day}, or the flight that {'brought the person' if field == 'arrived' else 'took the person home'}."
    findings.add(row.place(field), row.key(field), words, str(got), rule, advice)


def check_twice(tables: TypedTables, findings: Findings) -> None:
    """Note people who arrive while they are aboard."""
    stays: dict[str, list[TypedRow]] = {}
    for row in tables["people"].values():
        if row.text("name") and row.day("arrived") is not None:
            stays.setdefault(row.text("name"), []).append(row)
    for rows in stays.values():
        rows.sort(key=lambda row: (row.day("arrived") or dt.date.max, row.day("left") or dt.date.max))
        for earlier, row in pairwise(rows):
            arrived, left = row.day("arrived"), earlier.day("left")
            if arrived is None or (left is not None and left <= arrived):
                continue
            what = "arrives while already aboard"
            got = f"{arrived}, aboard since {earlier.day('arrived')} until {left or 'today'}"
            advice = f"Give the earlier stay, at {earlier.where}, a left of {arrived} or before, or mend the name."
            rule = f"after {left}" if left is not None else "after the day on which the earlier stay ends"
            findings.add(row.place("arrived"), row.key("arrived"), what, got, rule, advice)


def check_lines(tables: TypedTables, findings: Findings) -> None:
    """Note lines of flights with nobody or more people than seats, or with stays or handovers that are too long."""
    for row in tables["services"].values():
        vehicle = tables["vehicles"].get(row.text("vehicle"))
        if vehicle is not None:
            _fits(row, vehicle, findings)
        handover, interval = row.quantity("handover"), row.quantity("interval")
        if handover is not None and interval is not None and handover.value >= interval.value:
            got, rule = f"{handover.value / DAY_S:g} d", f"less than the interval, {interval.value / DAY_S:g} d"
            what, advice = "is as long as the interval of the flights", "Give 5 d, or another time below the interval."
            findings.add(row.place("handover"), row.key("handover"), what, got, rule, advice)
        if "crew" in row.cells and row.crew("crew") and not sum(number for _, number in row.crew("crew")):
            what, advice = "has nobody aboard", "Give 1 or more for a partner, or leave it blank for cargo."
            findings.add(row.place("crew"), row.key("crew"), what, row.cells["crew"].text, "1 or more", advice)


def _fits(row: TypedRow, vehicle: TypedRow, findings: Findings) -> None:
    """The people and the stay of a line fit its vehicle; more than the highest number of seats is told elsewhere."""
    seats, people = vehicle.quantity("seats"), sum(number for _, number in row.crew("crew"))
    if seats is not None and seats.value + 1e-9 < people <= seats.high + 1e-9:
        what, rule = "has more people than the ship usually seats", f"at most {seats.value:g} of {vehicle.id}"
        advice = f"Send {seats.value:g} or fewer, or give vehicles.{vehicle.id}.seats a value of {people}."
        findings.add(row.place("crew"), row.key("crew"), what, str(people), rule, advice)
    stay, longest, interval = row.quantity("stay"), vehicle.quantity("max_stay"), row.quantity("interval")
    if stay is None or longest is None or interval is None or interval.value > _ONCE_S:
        return
    if longest.high > 0 and stay.value > longest.high * (1 + 1e-9):
        most = f"{longest.high / DAY_S:g} d"
        what, rule = f"is longer than {vehicle.id} can stay", f"at most {most}"
        advice = f"Give {most} or less, or mend vehicles.{vehicle.id}.max_stay."
        findings.add(row.place("stay"), row.key("stay"), what, f"{stay.value / DAY_S:g} d", rule, advice)
