"""Who is there on which days: elements, ships, sites and people, by the record up to a day and by the plans after it.

Up to the as-of day (or the first day of the run, when that is later) ships and people are those of the dated flights
and of the list of people. After it ships come by the dated plans and the services, stay as their service or type says,
and a crew stays with its ship. Plans do not slip, and ports do not run out: that is what a simulation is for.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cupola.base.quantity import DAY_S
from cupola.programme.programme import Programme
from cupola.programme.traffic import Flight, Person
from cupola.simulation.queue import Planned, flight_queue

Flags = NDArray[np.bool_]
Numbers = NDArray[np.int64]
FOREVER = dt.date.max.toordinal()


@dataclass(frozen=True)
class Stay:
    """One ship at the station."""

    flight: str
    vehicle: str
    begin: int
    """Day as an ordinal, the first one on which it is there"""
    end: int
    """The first day on which it is gone"""
    crew: tuple[tuple[str, int], ...]
    """(partner, people) who came with it"""
    service: str = ""


@dataclass(frozen=True)
class World:
    """What is there on each of some days; the day is the last axis."""

    days: tuple[dt.date, ...]
    attached: dict[str, Flags]
    """Element id -> whether it is attached"""
    ships: dict[str, Numbers]
    """Vehicle type id -> how many are docked"""
    people: dict[str, Numbers]
    """Partner id -> how many people aboard it answers for"""
    seated: dict[tuple[str, str], Numbers]
    """(vehicle type id, partner id) -> how many of them have their seat home in a ship of that type"""
    leaves: dict[str, Numbers]
    """Vehicle type id -> ordinal of the day on which the last of those docked is gone; 0 without one

    A ship that can stay until its longest stay is counted to then, for whom it hands over to may not come. Else it is
    the day on record, or the one that its line or its usual stay lets expect.
    """

    def part(self, first: int, end: int) -> World:
        """Some of the days, from the place ``first`` up to that before ``end``."""
        return World(
            self.days[first:end],
            {key: row[first:end] for key, row in self.attached.items()},
            {key: row[first:end] for key, row in self.ships.items()},
            {key: row[first:end] for key, row in self.people.items()},
            {key: row[first:end] for key, row in self.seated.items()},
            {key: row[first:end] for key, row in self.leaves.items()},
        )


def world(programme: Programme, days: Sequence[dt.date]) -> World:
    """What is there on each of some days, in any order."""
    when = np.array([day.toordinal() for day in days], dtype=np.int64)
    turn = max(programme.as_of, programme.span.start).toordinal()
    past = when <= turn
    recorded = _recorded(programme)
    coming = _coming(programme, recorded, turn, int(when.max(initial=turn)) + 1)
    attached = {
        key: _within(when, row.attached.toordinal(), _ordinal(row.detached)) for key, row in programme.elements.items()
    }
    ships = {key: np.zeros(len(when), dtype=np.int64) for key in programme.vehicles}
    leaves = {key: np.zeros(len(when), dtype=np.int64) for key in programme.vehicles}
    expected = {stay.flight: stay.end for stay in coming}
    for stays, there in ((recorded, past), (coming, ~past)):
        for stay in stays:
            if stay.vehicle in ships:
                docked = _within(when, stay.begin, stay.end) & there
                ships[stay.vehicle] += docked
                end = _own_end(programme, stay, expected)
                np.maximum(leaves[stay.vehicle], end * docked, out=leaves[stay.vehicle])
    people: dict[str, Numbers] = {}
    seated: dict[tuple[str, str], Numbers] = {}
    for vehicle, partner, number in _crews(programme, when, past, recorded, coming):
        people[partner] = people.get(partner, 0) + number
        if vehicle:
            seated[vehicle, partner] = seated.get((vehicle, partner), 0) + number
    return World(tuple(days), attached, ships, people, seated, leaves)


def _own_end(programme: Programme, stay: Stay, expected: dict[str, int]) -> int:
    """The day on which a ship is gone if no other one comes after it."""
    longest = programme.vehicles[stay.vehicle].max_stay.value / DAY_S
    if longest > 0.0:
        return stay.begin + int(longest)
    return expected.get(stay.flight, stay.end) if stay.end == FOREVER else stay.end


def _recorded(programme: Programme) -> list[Stay]:
    """Ships by the dated flights, as far as they are known to have come and gone."""
    named: dict[tuple[str, str], int] = {}
    for person in programme.people:
        named[person.up, person.partner] = named.get((person.up, person.partner), 0) + 1
    return [
        Stay(row.id, row.vehicle, row.docked.toordinal(), _ordinal(row.undocked), _unnamed(row, named))
        for row in programme.flights.values()
        if row.docked is not None
    ]


def _unnamed(flight: Flight, named: dict[tuple[str, str], int]) -> tuple[tuple[str, int], ...]:
    """People of a flight whom no row names."""
    came = [(partner, count - named.get((flight.id, partner), 0)) for partner, count in flight.crew_up]
    return tuple((partner, count) for partner, count in came if count > 0)


def _coming(programme: Programme, recorded: Sequence[Stay], turn: int, horizon: int) -> list[Stay]:
    """Ships after the turn from record to plans: those still there, the dated plans, and what the services fly."""
    by_vehicle = {row.vehicle: row.id for row in programme.services.values()}
    first = programme.record_until or programme.as_of
    first = max(first, programme.span.start) if programme.span.start > programme.as_of else first
    # The ships that relieve those of the last day belong to it too.
    ahead = max((row.interval.value / DAY_S for row in programme.services.values()), default=0.0) + 2.0
    planned = max((row.launched.toordinal() for row in programme.flights.values()), default=0)
    end = dt.date.fromordinal(min(max(horizon + int(ahead), planned + 1), FOREVER - 1))
    queue: tuple[Planned, ...] = ()
    if end > first:
        span = dataclasses.replace(programme.span, start=first, end=end)
        queue = flight_queue(dataclasses.replace(programme, span=span))
    docked = {stay.flight for stay in recorded if stay.begin <= turn < stay.end}
    aboard = _aboard(programme, docked, turn)
    found = [
        dataclasses.replace(
            stay, crew=(*aboard.get(stay.flight, ()), *stay.crew), service=by_vehicle.get(stay.vehicle, "")
        )
        for stay in recorded
        if stay.begin <= turn < stay.end
    ]
    begin = first.toordinal()
    found += [Stay(row.id, row.vehicle, begin + row.day, FOREVER, row.crew, row.service) for row in queue]
    return [_with_end(programme, stay, found, turn) for stay in found]


def _aboard(programme: Programme, docked: set[str], turn: int) -> dict[str, tuple[tuple[str, int], ...]]:
    """Flight id -> people aboard at the turn who go home in it, where they are named."""
    crews: dict[str, dict[str, int]] = {}
    for person in programme.people:
        if person.arrived.toordinal() <= turn < _ordinal(person.left):
            crew = crews.setdefault(person.down if person.down in docked else person.up, {})
            crew[person.partner] = crew.get(person.partner, 0) + 1
    return {key: tuple(crew.items()) for key, crew in crews.items()}


def _with_end(programme: Programme, stay: Stay, stays: Sequence[Stay], turn: int) -> Stay:
    """A ship with the day on which it leaves: dated, by its service, when relieved, or as its type usually does."""
    if stay.end < FOREVER:
        return stay
    vehicle, service = programme.vehicles[stay.vehicle], programme.services.get(stay.service)
    length = service.stay.value / DAY_S if service is not None else 0.0
    if length <= 0.0 and service is not None and vehicle.crewed:
        # A crew waits for the next one of its line and hands over to it.
        later = [row.begin for row in stays if row.service == stay.service and row.begin > stay.begin]
        if later:
            return dataclasses.replace(stay, end=int(min(later) + service.handover.value / DAY_S))
    length = length or vehicle.usual_stay.value / DAY_S
    end = int(stay.begin + max(1.0, length))
    # Of a ship that is still there no more is known than that it has not left.
    return dataclasses.replace(stay, end=max(end, turn + 2) if stay.begin <= turn else end)


def _crews(
    programme: Programme, when: Numbers, past: Flags, recorded: Sequence[Stay], coming: Sequence[Stay]
) -> list[tuple[str, str, Numbers]]:
    """(vehicle type they go home in or empty, partner, how many on each day)."""
    found: list[tuple[str, str, Flags | Numbers]] = []
    there = {stay.flight: _within(when, stay.begin, stay.end) & past for stay in recorded}
    type_of = {stay.flight: stay.vehicle for stay in recorded}
    for person in programme.people:
        aboard = _within(when, person.arrived.toordinal(), _ordinal(person.left)) & past
        if aboard.any():
            partner = programme.partner_of(person.partner)
            found += [(type_of.get(home, ""), partner, part) for home, part in _homes(person, aboard, there)]
    for stays, days in ((recorded, past), (coming, ~past)):
        for stay in stays:
            if stay.crew:
                inside = _within(when, stay.begin, stay.end) & days
                found += [(stay.vehicle, programme.partner_of(who), inside * many) for who, many in stay.crew]
    return [(vehicle, partner, number.astype(np.int64)) for vehicle, partner, number in found]


def _homes(person: Person, aboard: Flags, there: dict[str, Flags]) -> list[tuple[str, Flags]]:
    """Flights that a person would go home in: the one that took them home once it is there, else the one up."""
    nowhere = np.zeros_like(aboard)
    down = aboard & there.get(person.down, nowhere)
    up = aboard & ~down & there.get(person.up, nowhere)
    return [(person.down, down), (person.up, up), ("", aboard & ~down & ~up)]


def _ordinal(day: dt.date | None) -> int:
    return FOREVER if day is None else day.toordinal()


def _within(when: Numbers, begin: int, end: int) -> Flags:
    inside: Flags = (when >= begin) & (when < end)
    return inside
