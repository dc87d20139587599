"""Checks of ships: one ship a port, ports that fit, seats enough, relocations in order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from cupola.programme.traffic import FREE
from cupola.scenario.cells import Findings, remedy
from cupola.scenario.typed import TypedRow, TypedTables

FOREVER = dt.date.max


class Stay(NamedTuple):
    """A ship at one port, from a day until a day."""

    port: str
    begin: dt.date
    end: dt.date
    flight: TypedRow


def check_ports(tables: TypedTables, findings: Findings) -> None:
    """Note ports that a vehicle type or a flight cannot use because the system differs."""
    ports, vehicles = tables["ports"], tables["vehicles"]
    for row in vehicles.values():
        for port in row.names("ports"):
            _check_system(row, "ports", row, port, tables, findings)
    for row in tables["flights"].values():
        vehicle = vehicles.get(row.text("vehicle"))
        if row.day("docked") is not None and not row.text("port") and "port" in row.values:
            advice = remedy("", ports, "Name the port.")
            findings.add(row.place("docked"), row.key("port"), "is missing", "nothing", "the port it docked at", advice)
        if vehicle is None:
            continue
        if row.text("port"):
            _check_system(row, "port", vehicle, row.text("port"), tables, findings)
        for _, port in row.moves("moves"):
            _check_system(row, "moves", vehicle, port, tables, findings)


def _check_system(
    row: TypedRow, field: str, vehicle: TypedRow, port: str, tables: TypedTables, findings: Findings
) -> None:
    home = tables["ports"].get(port)
    if home is None or not home.text("system") or not vehicle.text("system"):
        return
    if home.text("system") == vehicle.text("system"):
        return
    fits = [key for key, other in tables["ports"].items() if other.text("system") == vehicle.text("system")]
    advice = f"Ports that fit: {', '.join(fits[:12])}." if fits else "Mend the system of one of them."
    got, rule = f"{port} with {home.text('system')}", f"a port with {vehicle.text('system')}"
    findings.add(row.place(field), row.key(field), "is a port of another system", got, rule, advice)


def check_port_days(tables: TypedTables, findings: Findings) -> None:
    """Note flights that come to a port before it is there, or after its last day."""
    for row in tables["flights"].values():
        docked = row.day("docked")
        arrivals = [("docked", docked, row.text("port"))] if docked else []
        arrivals += [("moves", day, port) for day, port in row.moves("moves")]
        for field, day, port in arrivals:
            home = tables["ports"].get(port)
            since, until = (home.day("since"), home.day("until")) if home is not None else (None, None)
            if since is not None and day < since:
                what, rule = f"is before {port} is there", f"{since} or later"
            elif until is not None and day > until:
                what, rule = f"is after the last day of {port}", f"{until} or earlier"
            else:
                continue
            advice = "Mend the day, the port, or the days of the port."
            findings.add(row.place(field), row.key(field), what, str(day), rule, advice)


def check_seats(tables: TypedTables, findings: Findings) -> None:
    """Note flights and services with more people than seats."""
    for table, fields in (("flights", ("crew_up", "crew_down")), ("services", ("crew",))):
        for row in tables[table].values():
            vehicle = tables["vehicles"].get(row.text("vehicle"))
            seats = vehicle.quantity("seats") if vehicle is not None else None
            for field in fields:
                people = sum(number for _, number in row.crew(field))
                if seats is not None and people > seats.high + 1e-9:
                    rule = f"at most {seats.high:g} of {row.text('vehicle')}"
                    advice = "Send fewer people, or another vehicle."
                    findings.add(
                        row.place(field), row.key(field), "has more people than seats", str(people), rule, advice
                    )


def check_moves(tables: TypedTables, findings: Findings) -> None:
    """Note relocations that are out of order or outside the stay."""
    for row in tables["flights"].values():
        moves = row.moves("moves")
        if not moves:
            continue
        last = row.day("docked")
        if last is None:
            advice = "Give the day of docking."
            findings.add(row.place("moves"), row.key("moves"), "moves a ship that never docked", remedy=advice)
            continue
        until = row.day("undocked") or FOREVER
        for day, port in moves:
            if not last <= day <= until:
                got, advice = f"{day} {port}", "Put the relocations in order of day."
                findings.add(row.place("moves"), row.key("moves"), "is out of order", got, "within the stay", advice)
            last = max(last, day)


def stays(flights: Iterable[TypedRow]) -> dict[str, list[Stay]]:
    """Stays by port, in order of day; a ship without an undocking stays for ever."""
    found: dict[str, list[Stay]] = {}
    for row in flights:
        begin = row.day("docked")
        if begin is None:
            continue
        end = row.day("undocked") or FOREVER
        steps = [(begin, row.text("port")), *row.moves("moves")]
        for number, (day, port) in enumerate(steps):
            until = steps[number + 1][0] if number + 1 < len(steps) else end
            if port and port != FREE:
                found.setdefault(port, []).append(Stay(port, day, until, row))
    for rows in found.values():
        rows.sort(key=lambda stay: (stay.begin, stay.end))
    return found


def check_overlaps(tables: TypedTables, findings: Findings) -> None:
    """Note two ships on one port at the same time, among the flights that were flown."""
    flown = [row for row in tables["flights"].values() if row.text("outcome") != "planned"]
    _check(stays(flown), findings)


def check_planned_overlaps(tables: TypedTables, findings: Findings) -> None:
    """The same among planned flights; a plan without an undocking day claims its port on the first day only."""
    planned: list[TypedRow] = []
    for row in tables["flights"].values():
        docked = row.day("docked")
        if row.text("outcome") != "planned" or docked is None:
            continue
        copy = row.copy()
        if copy.day("undocked") is None:
            copy.values["undocked"] = docked + dt.timedelta(days=1)
        planned.append(copy)
    _check(stays(planned), findings)


def _check(by_port: dict[str, list[Stay]], findings: Findings) -> None:
    for port, rows in by_port.items():
        longest = rows[0]
        for stay in rows[1:]:
            if stay.begin < longest.end and stay.flight.id != longest.flight.id:
                until = "today" if longest.end == FOREVER else str(longest.end)
                what = f"docks at {port} while {longest.flight.id} is there"
                got = f"{stay.begin}, when {longest.flight.id} is there from {longest.begin} to {until}"
                advice = "Give the other ship's undocking day, or mend the port."
                field = "port" if stay.flight.text("port") == port else "moves"
                findings.add(stay.flight.place(field), stay.flight.key(field), what, got, "one ship a port", advice)
            if stay.end > longest.end:
                longest = stay
