"""What the record leaves open on a day: ships and elements on their way, and ships that should have left."""

from __future__ import annotations

import datetime as dt
from typing import Any

from cupola.base.quantity import DAY_S
from cupola.programme.programme import Programme
from cupola.programme.traffic import FREE, Flight

Row = dict[str, Any]
MUCH_LONGER = 1.3
"""So many times its usual stay is longer than a ship stays without a word on record."""


def on_the_way(programme: Programme, day: dt.date) -> list[Row]:
    """Ships and elements that were launched up to a day and are not at the station at its end.

    Rows with id, name, launched, arrives (the day on record; None where none is) and free, whether the ship was at the
    station and flies beside it between two ports. A flight that was lost, or is over, is on its way no more.
    """
    rows = []
    for key, element in programme.elements.items():
        if element.launched <= day < element.attached and element.known <= day:
            rows.append(_row(key, element.name, element.launched, element.attached))
    for key, flight in programme.flights.items():
        if flight.outcome == "planned" or flight.launched > day or (flight.ended or dt.date.max) <= day:
            continue
        if flight.docked is None and flight.outcome == "in-flight":
            rows.append(_row(key, flight.name, flight.launched, None))
        elif flight.docked is not None and day < flight.docked:
            rows.append(_row(key, flight.name, flight.launched, flight.docked))
        elif flight.port_on(day) == FREE:
            back = min(moved for moved, port in flight.moves if moved > day)
            rows.append(_row(key, flight.name, flight.launched, back) | {"free": True})
    return rows


def overdue(programme: Programme, day: dt.date) -> list[Row]:
    """Ships that are docked by the record and have stayed much longer than their type does.

    Of these the record tells no departure: rows with id, name, docked, days (so far) and usual (days).
    """
    rows = []
    for _, flight in sorted(programme.docked_on(day).values(), key=lambda pair: pair[1].id):
        if flight.undocked is not None or flight.docked is None:
            continue
        days, usual = (day - flight.docked).days, _usual(programme, flight)
        if usual > 0.0 and days > MUCH_LONGER * usual:
            rows.append({"id": flight.id, "name": flight.name, "docked": flight.docked, "days": days, "usual": usual})
    return rows


def _usual(programme: Programme, flight: Flight) -> float:
    """Days that a ship of this type usually stays: by its line, else by its type; zero when nothing says so."""
    service = next((row for row in programme.services.values() if row.vehicle == flight.vehicle), None)
    vehicle = programme.vehicles[flight.vehicle]
    if service is not None and service.stay.value > 0.0:
        return service.stay.value / DAY_S
    if service is not None and vehicle.crewed:
        return (service.interval.value + service.handover.value) / DAY_S
    return vehicle.usual_stay.value / DAY_S


def _row(key: str, name: str, launched: dt.date, arrives: dt.date | None) -> Row:
    return {"id": key, "name": name, "launched": launched, "arrives": arrives, "free": False}


def in_words(programme: Programme, day: dt.date) -> list[str]:
    """All of it in sentences; also that the record ended before the day."""
    told = []
    for row in on_the_way(programme, day):
        if row["free"]:
            told.append(f"{row['name']} flies beside the station, between two ports, until {row['arrives']}.")
        elif row["arrives"] is None:
            told.append(f"{row['name']} was launched on {row['launched']}; its docking is not on record.")
        else:
            told.append(f"{row['name']}, launched on {row['launched']}, is on its way; it arrives on {row['arrives']}.")
    for row in overdue(programme, day):
        told.append(
            f"{row['name']} docked on {row['docked']}, {row['days']} days before; usual are {row['usual']:.0f}: "
            "its departure is not on record."
        )
    last = programme.record_until
    if last is not None and last < day:
        told.append(f"The record ends on {last}; what has happened since is not known.")
    return told
