"""Ships: vehicle types, the flights that were flown or are dated, and the services that go on."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from cupola.base.quantity import Quantity

FREE = "free"
"""Stands for a port in the relocations of a ship that is between two ports."""


@dataclass(frozen=True)
class Vehicle:
    """A type of visiting vehicle. Masses in kg per flight; zero where it has none of it."""

    id: str
    name: str
    operator: str
    """Partner or contractor id."""
    family: str
    """Short family name for charts."""
    system: str
    ports: tuple[str, ...]
    """Port ids in order of preference."""
    site: str
    """Launch site id."""
    crewed: bool
    mass: Quantity
    seats: Quantity
    dry_cargo: Quantity
    food_share: Quantity
    """Share of the dry cargo that is food with its packaging."""
    water: Quantity
    gas: Quantity
    propellant: Quantity
    """Propellant for the station's tanks (through refuelling couplings)."""
    propellant_own: Quantity
    """Propellant in its own tanks that it can burn for the station."""
    disposal: Quantity
    returns: Quantity
    thrust: Quantity
    """Net thrust used for reboost; zero when it cannot."""
    specific_impulse: Quantity
    max_stay: Quantity
    usual_stay: Quantity
    replacement: Quantity
    """Time to launch another one after a loss."""
    failures: Quantity
    """Probability that a launch fails."""
    slip: Quantity
    """Mean slip of a planned launch."""
    source: str
    status: str
    where: str
    counted: bool = True
    """Whether published totals of the station's mass count it while it is docked."""


@dataclass(frozen=True)
class Flight:
    """A dated flight, flown or announced."""

    id: str
    name: str
    vehicle: str
    operator: str
    launched: dt.date
    docked: dt.date | None
    port: str
    moves: tuple[tuple[dt.date, str], ...]
    """Relocations: (day, port id), or ``FREE`` where it flew beside the station before the next one."""
    undocked: dt.date | None
    ended: dt.date | None
    crew_up: tuple[tuple[str, int], ...]
    """(partner id, people)"""
    crew_down: tuple[tuple[str, int], ...]
    dry_cargo: float | None
    propellant: float | None
    water: float | None
    gas: float | None
    outcome: str
    """``ok``, ``lost``, ``planned``, ..."""
    known: dt.date
    """First day on which this row is known (the announcement for a planned flight; the launch otherwise)."""
    source: str
    status: str
    where: str
    cargo_up: float | None = None
    """All that it brought [kg]; its classes are known of few flights."""
    cargo_down: float | None = None
    cells: tuple[str, ...] = ()
    """How sure single parts of the row are: ``docked K``, ``port F``, ..."""
    mass: float | None = None
    """kg without the propellant in its own tanks, of a ship that is there on the first day; None: as its type"""
    tank: float | None = None
    """kg of propellant in its own tanks then; None: as its type"""

    def port_on(self, day: dt.date) -> str | None:
        """Port id where it is at the end of a day, ``FREE`` between two ports; None while it is not at the station."""
        if self.docked is None or day < self.docked or (self.undocked is not None and self.undocked <= day):
            return None
        return max(((moved, port) for moved, port in self.moves if moved <= day), default=(day, self.port))[1]


@dataclass(frozen=True)
class Service:
    """A line of flights that goes on at a cadence: what a partner or contractor flies each year."""

    id: str
    vehicle: str
    interval: Quantity
    first: dt.date
    until: dt.date | None
    crew: tuple[tuple[str, int], ...]
    stay: Quantity
    """How long the ship of each flight stays; zero: until it is relieved, or as long as its type usually stays."""
    after: str
    """Element id before whose arrival no flight is made, or empty."""
    handover: Quantity
    """Overlap with the crew that is relieved; zero for cargo."""
    known: dt.date
    source: str
    status: str
    where: str
    replaces: str = ""
    """Service id whose place this one takes from the day on which it is known, or empty"""


@dataclass(frozen=True)
class Person:
    """One person's stay aboard."""

    name: str
    partner: str
    up: str
    """Flight id"""
    arrived: dt.date
    down: str
    left: dt.date | None
    role: str
    where: str
