"""The station: elements, ports, stores, and the sites on the ground."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from cupola.base.quantity import Quantity

_NOTHING = Quantity(0.0, 0.0, 0.0, "kg", "", "")


def is_open(since: dt.date, until: dt.date | None, day: dt.date) -> bool:
    """Whether a day lies between a first and a last day; without a last day it stays open."""
    return since <= day and (until is None or day <= until)


@dataclass(frozen=True)
class Element:
    """A part of the station that was launched and attached."""

    id: str
    name: str
    kind: str
    """pressurised, truss, adapter, array, platform, robotics, airlock, payload"""
    segment: str
    """Name of the segment it belongs to, as the programme divides itself."""
    owner: str
    """Partner id. Owner, builder and operator are three different things."""
    builder: str
    operator: str
    host: str
    """Element id it hangs on; empty for the root of the tree. Cutting at an element takes all that hangs on it."""
    launched: dt.date
    attached: dt.date
    detached: dt.date | None
    known: dt.date
    """First day on which this row is known: the announcement of an element that is still to come."""
    mass: Quantity
    drag_area: Quantity
    """Drag coefficient times area that it adds when it is attached after the epoch."""
    slip: Quantity
    """Mean slip of a planned launch."""
    failures: Quantity
    """Probability that it is lost on its way, while it is still to come."""
    replacement: Quantity
    """Time until another one is there after a loss; zero when there is none."""
    statement: str
    """Statement id that announced it, or empty."""
    source: str
    status: str
    where: str
    outfit: Quantity = _NOTHING
    """Parts that came with it and that its mass does not count: wings, radiators, joints, tanks. They are a part of the
    station's mass that no row lists."""
    stowage: Quantity = _NOTHING
    """Racks, spares and cargo that are brought to it in time; the other part of what no row lists."""
    moves: tuple[tuple[dt.date, str], ...] = ()
    """Its hosts in time where it was relocated: (day, element id), the first from its attachment."""

    def attached_on(self, day: dt.date) -> bool:
        """Whether it is a part of the station on a day."""
        return self.attached <= day and (self.detached is None or day < self.detached)

    def host_on(self, day: dt.date) -> str:
        """Element id on which it hangs at the end of a day: the latest move up to it, or the host."""
        found = [(moved, host) for moved, host in self.moves if moved <= day]
        return max(found)[1] if found else self.host


@dataclass(frozen=True)
class Port:
    """A place where a visiting vehicle docks or is berthed."""

    id: str
    name: str
    element: str
    system: str
    """Docking or berthing system; a vehicle fits when its system is the same word."""
    method: str
    """``docking`` or ``berthing`` (which needs the robotic arm)."""
    burn: str
    """``prograde`` (reboost as it stands), ``yaw`` (after turning the station round), ``pitch``, or ``none``."""
    refuels: tuple[str, ...]
    """Store ids that a ship here can fill through the port's couplings."""
    excludes: tuple[str, ...]
    """Ports that cannot be used while this one is."""
    lever_arm: Quantity
    """Distance from the port to the station's centre of mass, for docking momentum."""
    since: dt.date
    until: dt.date | None
    source: str
    status: str
    where: str


@dataclass(frozen=True)
class Store:
    """A tank or stock with a capacity and a level on a date."""

    id: str
    name: str
    commodity: str
    """propellant, oxygen, nitrogen, water, food, ..."""
    element: str
    capacity: Quantity
    level: Quantity
    measured: dt.date
    """The day the level was known for."""
    source: str
    status: str
    where: str


@dataclass(frozen=True)
class Site:
    """A control centre or launch pad."""

    id: str
    name: str
    kind: str
    """``control`` or ``launch``"""
    operator: str
    source: str
    status: str
    where: str
    since: dt.date | None = None
    """First day of its use; None when it was always there."""
    until: dt.date | None = None
    """Last day of its use; None while it is open."""
    serves: tuple[str, ...] = ()
    """Vehicle types that are launched from here too, besides those that name it as their site."""

    def is_open(self, day: dt.date) -> bool:
        """Whether it is in use on a day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Outage:
    """A time in which a site is out of use."""

    id: str
    site: str
    begin: dt.date
    """First day on which it is out of use"""
    expected: dt.date | None
    """Last day on which it is out of use, as expected when it began; None when nobody said"""
    end: dt.date | None
    """Last day on which it was out of use; None while it is not over"""
    source: str
    status: str
    where: str

    @property
    def back(self) -> dt.date | None:
        """Last day on which it is out of use, by what is known; None when nothing is."""
        return self.end or self.expected

    def holds(self, day: dt.date) -> bool:
        """Whether the site is out of use on a day."""
        return self.begin <= day and (self.back is None or day <= self.back)
