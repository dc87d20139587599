"""The queue of flights: those on record within the run, the dated plans, and what the services go on to fly.

A flight that no launch site can serve on its day waits for the first day on which one can; when none ever can again, it
is not flown.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from cupola.base.quantity import DAY_S
from cupola.base.time import from_mjd, to_mjd
from cupola.programme.launching import first_launch
from cupola.programme.programme import Programme
from cupola.programme.traffic import Flight, Service

OVERDUE = 7.0
"""Days after the end of the record in which a flight is made that its line should have made before it."""


@dataclass(frozen=True)
class Planned:
    """One flight to come."""

    id: str
    name: str
    vehicle: str
    service: str
    """Service id that it belongs to, or empty"""
    day: int
    """Planned day of the run"""
    crew: tuple[tuple[str, int], ...]
    port: str
    """Port id that was announced for it, or empty"""
    recorded: Flight | None = None
    """The flight itself where it is on record; it is then flown as it was"""


def flight_queue(programme: Programme) -> tuple[Planned, ...]:
    """All flights within the span, in order of day: those on record up to its end, the planned ones after it."""
    start, end = to_mjd(programme.span.start), to_mjd(programme.span.end)
    # What lies between the end of the record and the as-of day is flown as planned, for nothing else is known.
    now = max(start, to_mjd(programme.record_until or programme.span.start))
    by_vehicle = {service.vehicle: service for service in programme.services.values()}
    planned = [
        Planned(
            flight.id,
            flight.name,
            flight.vehicle,
            by_vehicle[flight.vehicle].id if flight.vehicle in by_vehicle else "",
            to_mjd(flight.launched) - start,
            flight.crew_up,
            flight.port,
        )
        for flight in programme.flights.values()
        if flight.outcome == "planned" and now < to_mjd(flight.launched) < end
    ]
    planned = [flight for flight in (_launchable(programme, row, start, end) for row in planned) if flight]
    planned += _under_way(programme, start, now, end)
    for service in programme.services.values():
        planned += _flights_of(programme, service, start, now, end)
    if now > start:
        planned += _of_record(programme, start, min(now, end - 1))
    return tuple(sorted(planned, key=lambda flight: (flight.day, flight.id)))


def _launchable(programme: Programme, flight: Planned, start: int, end: int) -> Planned | None:
    """A planned flight on the first day from its own on on which it can be launched, if that is within the run."""
    day = first_launch(programme, flight.vehicle, from_mjd(start + flight.day))
    if day is None or to_mjd(day) >= end:
        return None
    return flight if to_mjd(day) == start + flight.day else dataclasses.replace(flight, day=to_mjd(day) - start)


def _under_way(programme: Programme, start: int, now: int, end: int) -> list[Planned]:
    """Flights on record that were launched before the record ends and arrive after it.

    Of one in flight whose docking no text tells, it is taken that it came a day after its launch.
    """
    by_vehicle = {service.vehicle: service.id for service in programme.services.values()}
    found = []
    for flight in programme.flights.values():
        launched = to_mjd(flight.launched)
        day = to_mjd(flight.docked) if flight.docked else max(now, launched) + 1
        known = flight.docked is not None or flight.outcome == "in-flight"
        if flight.outcome != "planned" and known and launched <= now < day < end:
            service = by_vehicle.get(flight.vehicle, "")
            found.append(
                Planned(flight.id, flight.name, flight.vehicle, service, day - start, flight.crew_up, flight.port)
            )
    return found


def _of_record(programme: Programme, start: int, last: int) -> list[Planned]:
    """Flights on record that arrived, or failed to, after the first day."""
    by_vehicle = {service.vehicle: service.id for service in programme.services.values()}
    found = []
    for flight in programme.flights.values():
        day = to_mjd(flight.docked or flight.launched)
        missing = flight.outcome == "in-flight" and flight.docked is None
        if flight.outcome != "planned" and not missing and start < day <= last:
            service = by_vehicle.get(flight.vehicle, "")
            found.append(
                Planned(
                    flight.id, flight.name, flight.vehicle, service, day - start, flight.crew_up, flight.port, flight
                )
            )
    return found


def _flights_of(programme: Programme, service: Service, start: int, now: int, end: int) -> list[Planned]:
    """The flights of one service at its interval, going on from its last dated flight."""
    interval = max(1.0, service.interval.value / DAY_S)
    dated = [to_mjd(flight.launched) for flight in programme.flights.values() if flight.vehicle == service.vehicle]
    first = float(to_mjd(service.first))
    last_dated = max(dated, default=None)
    if last_dated is not None and first <= last_dated:
        first = last_dated + interval
        if first <= now:
            # By its cadence it should have come already, and by the record it has not: it is overdue.
            first = now + OVERDUE
    while first <= now:
        first += interval
    stop = min(end, to_mjd(service.until)) if service.until else end
    name = programme.vehicles[service.vehicle].name
    flights = []
    number = 0
    while first + number * interval < stop:
        date = first_launch(programme, service.vehicle, from_mjd(int(first + number * interval)))
        if date is None:
            break
        day = to_mjd(date)
        # A line that had to wait goes on at its interval from there.
        first += max(0, day - int(first + number * interval))
        if day >= stop:
            break
        flights.append(
            Planned(
                f"{service.id}-{date:%Y-%m}-{number + 1}",
                f"{name} {date:%Y-%m}",
                service.vehicle,
                service.id,
                day - start,
                service.crew,
                "",
            )
        )
        number += 1
    return flights
