"""The Programme: one scenario, checked and frozen, as it was known on one date."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from cupola.programme.environment import SolarOutlook
from cupola.programme.functions import Function, Provision
from cupola.programme.leaving import Fate
from cupola.programme.outfitting import unlisted_share, unlisted_share_of
from cupola.programme.record import (
    Agreement,
    Consequence,
    Expedition,
    Happening,
    Obligation,
    Partner,
    Rule,
    Statement,
    Total,
)
from cupola.programme.settings import (
    Attitude,
    Burn,
    CrewPolicy,
    Deorbit,
    Departure,
    LifeSupport,
    Orbit,
    OrbitPolicy,
    Phasing,
    Span,
    Target,
)
from cupola.programme.station import Element, Outage, Port, Site, Store
from cupola.programme.traffic import FREE, Flight, Person, Service, Vehicle


@dataclass(frozen=True)
class Trace:
    """Which file set a key, and what it hid."""

    key: str
    won: str
    """``file:line`` of the value in force"""
    value: str
    hidden: tuple[tuple[str, str], ...]
    """(``file:line``, value) of what it replaced, latest first"""


@dataclass(frozen=True)
class MeanAltitude:
    """A recorded mean altitude on a day."""

    day: dt.date
    altitude: float
    """m above the equatorial radius"""
    source: str


@dataclass(frozen=True)
class Programme:
    """Everything that one run needs to know. Mappings are keyed by id, in file order."""

    id: str
    title: str
    as_of: dt.date
    baseline: str
    """Scenario id to compare with, or empty."""
    span: Span
    orbit: Orbit
    orbit_policy: OrbitPolicy
    attitude: Attitude
    life_support: LifeSupport
    crew_policy: CrewPolicy
    deorbit: Deorbit
    departure: Departure | None
    partners: dict[str, Partner]
    elements: dict[str, Element]
    ports: dict[str, Port]
    stores: dict[str, Store]
    sites: dict[str, Site]
    functions: dict[str, Function]
    provisions: dict[str, Provision]
    vehicles: dict[str, Vehicle]
    flights: dict[str, Flight]
    services: dict[str, Service]
    people: tuple[Person, ...]
    rules: dict[str, Rule]
    burns: dict[str, Burn]
    """Burns of the controlled end, in order; without any, one burn of the speed that the end takes."""
    waived: tuple[str, ...]
    """Rule ids that are recorded but not acted on."""
    statements: dict[str, Statement]
    agreements: dict[str, Agreement]
    obligations: dict[str, Obligation]
    altitudes: tuple[MeanAltitude, ...]
    solar: SolarOutlook
    traces: tuple[Trace, ...]
    files: tuple[tuple[str, str], ...]
    """(file name, SHA-256) of every file that was read"""
    fates: dict[str, Fate] = field(default_factory=dict)
    """What becomes of single elements when the partner leaves, by element"""
    outages: dict[str, Outage] = field(default_factory=dict)
    """Times in which a site is out of use"""
    targets: dict[str, Target] = field(default_factory=dict)
    """Altitudes at which the station is kept from a day on, in place of the policy's"""
    phasings: dict[str, Phasing] = field(default_factory=dict)
    """Corrections of the orbit on dates"""
    consequences: dict[str, Consequence] = field(default_factory=dict)
    totals: dict[str, Total] = field(default_factory=dict)
    chronicle: dict[str, Happening] = field(default_factory=dict)
    """What happened to the station, in order of the days"""
    expeditions: dict[str, Expedition] = field(default_factory=dict)

    def partner_of(self, operator: str) -> str:
        """The partner that answers for an operator (itself, or the one a contractor acts for)."""
        partner = self.partners.get(operator)
        return partner.acts_for if partner else operator

    def target_on(self, day: dt.date) -> Target | None:
        """The step of the profile of altitudes that holds on a day, the latest one; None where the policy's does."""
        held = [row for row in self.targets.values() if row.holds(day)]
        return max(held, key=lambda row: row.since, default=None)

    @property
    def announcement(self) -> str:
        """Id of the statement that announced the departure as it is; empty when nobody did.

        A day that a later layer, or the command line, puts in place of the announced one was announced by nobody.
        """
        if self.departure is None:
            return ""
        traces = {row.key: row for row in self.traces}
        after, said = traces.get("departure.after"), traces.get("departure.statement")
        if after is None or said is None or any(value == after.value for _, value in after.hidden):
            return self.departure.statement
        same = after.won.rpartition(":")[0] == said.won.rpartition(":")[0]
        return self.departure.statement if same else ""

    @property
    def record_until(self) -> dt.date | None:
        """The last day of which the record tells anything up to the as-of day; None without a record."""
        days = [row.day for row in self.altitudes]
        for flight in self.flights.values():
            if flight.outcome != "planned":
                days += [day for day in (flight.launched, flight.docked, flight.undocked, flight.ended) if day]
        # An element that was announced before its launch may not have flown as planned.
        days += [row.attached for row in self.elements.values() if row.known >= row.launched]
        return max((day for day in days if day <= self.as_of), default=None)

    def attached_on(self, day: dt.date) -> dict[str, Element]:
        """Elements attached to the station on a day."""
        return {key: element for key, element in self.elements.items() if element.attached_on(day)}

    def unlisted_share(self, day: dt.date) -> float:
        """Share of the mass that no row lists which is aboard on a day; 1 on the orbit's epoch."""
        return unlisted_share(self.orbit, self.elements.values(), day, self.as_of)

    def unlisted_share_of(self, element: Element) -> float:
        """Share of the mass that no row lists which comes with an element, or is brought to it in time."""
        return unlisted_share_of(self.orbit, self.elements.values(), element, self.as_of)

    def attached_within(self, first: dt.date, end: dt.date) -> dict[str, Element]:
        """Elements attached on some day from ``first`` to the day before ``end``."""
        return {
            key: element
            for key, element in self.elements.items()
            if element.attached < end and (element.detached is None or first < element.detached)
        }

    def docked_on(self, day: dt.date) -> dict[str, tuple[str, Flight]]:
        """Port id -> (port id, flight) of the flights docked at the end of a day, by the dated flights."""
        found: dict[str, tuple[str, Flight]] = {}
        for flight in self.flights.values():
            port = flight.port_on(day)
            if port is not None and port != FREE:
                found[port] = (port, flight)
        return found

    def unnamed_on(self, day: dt.date) -> dict[str, tuple[tuple[str, int], ...]]:
        """Flight id -> people by partner, of the ships docked on a day whose people no row names."""
        named: dict[tuple[str, str], int] = {}
        for person in self.people:
            named[person.up, person.partner] = named.get((person.up, person.partner), 0) + 1
        found = {}
        for _, flight in self.docked_on(day).values():
            came = [(partner, count - named.get((flight.id, partner), 0)) for partner, count in flight.crew_up]
            if any(count > 0 for _, count in came):
                found[flight.id] = tuple((partner, count) for partner, count in came if count > 0)
        return found

    def hanging_on(self, element: str) -> tuple[str, ...]:
        """The element and all that hangs on it, in file order."""
        found = {element}
        grown = True
        while grown:
            more = {key for key, row in self.elements.items() if row.host in found} - found
            grown = bool(more)
            found |= more
        return tuple(key for key in self.elements if key in found)
