"""The station: elements, ports, stores, and the sites on the ground."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from cupola.base.quantity import Quantity


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
