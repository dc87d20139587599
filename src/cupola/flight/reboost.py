"""Burns that bring a craft to an altitude: how large, when, with what, and the orbit before and after each of them.

A change of the mean altitude is split into equal burns half a turn apart, as in a Hohmann transfer, so that an even
number leaves the eccentricity as it was. The sum is solved on the averaged engine with its drag, so that the altitude
after the last burn is the one asked for.

Assumptions and limits: those of the averaged engine and its burns; along the velocity; a burn takes propellant by
Tsiolkovsky's equation, and steering a share of it on top. Engines fire one after another, in the order given.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cupola.base.constants import EARTH_RADIUS
from cupola.base.errors import DomainError
from cupola.base.quantity import DAY_S
from cupola.flight import averaged
from cupola.flight.averaged import ENTRY_ALTITUDE, Flight
from cupola.flight.averaged_air import Air, Indices
from cupola.flight.averaged_area import Configuration, per_mass
from cupola.flight.averaged_burns import Burn, delta_v_between, pieces
from cupola.flight.averaged_elements import Mean
from cupola.flight.averaged_ephemeris import mean_at
from cupola.flight.averaged_rates import secular
from cupola.flight.full_plan import Craft
from cupola.flight.settled import Orbit, mean_orbit
from cupola.physics.reboost import burn_duration, delta_v_for_raise, propellant_for

Floats = NDArray[np.float64]

HIGHEST = 595e3
"""[m] mean altitude up to which the density tables hold"""
MOST_BURNS = 200
CLOSE = 0.5
"""[m] by which the altitude after the last burn may miss the one asked for"""
LONG_STEP = 4.0
"""[day] for flights of months and years, whose fall it changes by less than 0.5 % (docs/validation.md)"""
NEAR = 5.0
"""[m] from the altitude asked for, within which nothing is burnt"""
_ROUNDS = 8
_PART_DAYS = 100.0
_ROOM = 1.25
"""Time from one burn to the next, over its length, at least"""
_AFTER = 1.0 / DAY_S
"""[day] that a flight goes on after its last burn"""


@dataclass(frozen=True)
class Engine:
    """What pushes; None for what is not known of it."""

    name: str = ""
    specific_impulse: float | None = None
    """[s]"""
    thrust: float | None = None
    """[N] net along the velocity"""
    steering: float = 0.0
    """Propellant for attitude control while it burns, as a share of the burn's"""
    most: float = np.inf
    """[m/s] that its propellant gives"""


NOBODY = Engine("nobody")
"""Stands for the engine of what the engines at hand cannot give"""


@dataclass(frozen=True)
class Means:
    """How a change is to be made."""

    at: float
    """[day] Modified Julian Day on which the first burn begins"""
    engines: tuple[Engine, ...] = (Engine(),)
    """In the order in which they are used up"""
    count: int = 2
    """Burns at least"""
    largest: float | None = None
    """[m/s] of one burn"""


@dataclass(frozen=True)
class Scene:
    """A craft at the start, and the air that it flies through."""

    start: Mean
    """(1,)"""
    found: str
    """How the elements were found, as in ``settled``"""
    begin: float
    """[day] Modified Julian Day"""
    craft: Craft
    indices: Callable[[int], Indices]
    air: Air[Indices]
    step: float = 1.0
    """[day] longest step of the averaged engine"""


@dataclass(frozen=True)
class Push:
    """A burn that is planned."""

    begin: float
    """[day]"""
    delta_v: float
    """[m/s] along the velocity, negative against it"""
    engine: Engine


@dataclass(frozen=True)
class Step:
    """A burn as it is flown."""

    push: Push
    duration: float | None
    """[s]; None where no thrust is known"""
    propellant: float | None
    """[kg] with steering; None where no specific impulse is known"""
    mass_after: float
    """[kg]"""
    before: Orbit
    after: Orbit

    @property
    def end(self) -> float:
        """[day]"""
        return self.push.begin + (self.duration or 0.0) / DAY_S


@dataclass(frozen=True)
class Plan:
    """A change and the burns that make it."""

    total: float
    """[m/s] along the velocity, negative against it"""
    steps: tuple[Step, ...]
    flight: Flight
    lacking: float = 0.0
    """[m/s] of the size that the engines at hand cannot give"""

    @property
    def propellant(self) -> float | None:
        """[kg], None where it is not known of some burn."""
        parts = [step.propellant for step in self.steps]
        return None if None in parts else float(sum(part for part in parts if part is not None))

    @property
    def duration(self) -> float | None:
        """[s] of all burns, None where it is not known of some."""
        parts = [step.duration for step in self.steps]
        return None if None in parts else float(sum(part for part in parts if part is not None))


def shares(total: float, means: Means) -> tuple[list[tuple[float, Engine]], float]:
    """The burns of a change, size with sign and engine of each; and what the engines cannot give [m/s].

    Each engine's part is split evenly: into as many burns as its share of ``count``, and more where one would be
    larger than ``largest``. Raises DomainError for more than MOST_BURNS.

    >>> found, lacking = shares(3.0, Means(0.0, (Engine("a", most=1.0), Engine("b")), 2, 1.5))
    >>> [(round(size, 2), engine.name) for size, engine in found], lacking
    ([(1.0, 'a'), (1.0, 'b'), (1.0, 'b')], 0.0)
    """
    left, sign = abs(total), float(np.sign(total))
    parts: list[tuple[float, Engine]] = []
    for engine in means.engines:
        part = min(left, engine.most)
        if part > 0.0:
            parts.append((part, engine))
            left -= part
    lacking = left if left > 1e-9 else 0.0
    if lacking:
        parts.append((lacking, NOBODY))
    found: list[tuple[float, Engine]] = []
    for part, engine in parts:
        least = part / means.largest if means.largest is not None else 0.0
        even = round(means.count * part / abs(total))
        count = max(1, even, int(np.ceil(least - 1e-9)))
        if len(found) + count > MOST_BURNS:
            raise DomainError(
                f"burns: come to more than {MOST_BURNS}: got {part:.4g} m/s in burns of {means.largest} m/s. Allow "
                "larger ones."
            )
        found += [(sign * part / count, engine)] * count
    return found, lacking


def _lengths(mass: float, parts: Sequence[tuple[float, Engine]]) -> list[tuple[float | None, float | None, float]]:
    """Duration [s], propellant [kg] and mass after it [kg] of burns one after another."""
    found = []
    for change, engine in parts:
        duration = used = None
        if engine.specific_impulse is not None:
            burnt = float(propellant_for(abs(change), mass, engine.specific_impulse))
            used = burnt * (1.0 + engine.steering)
            if engine.thrust is not None:
                duration = float(burn_duration(burnt, engine.thrust, engine.specific_impulse))
            mass -= used
        found.append((duration, used, mass))
    return found


def half_turn(axis: float, inclination: float) -> float:
    """Time of half a turn from node to node [day].

    axis           float   [m]     mean
    inclination    float   [rad]
    """
    rates = secular(np.array([axis]), np.array([inclination]))
    return float(np.pi / rates.argument[0]) / DAY_S


def arranged(scene: Scene, total: float, means: Means) -> tuple[tuple[Push, ...], float]:
    """The burns of a change with their times, an odd number of half turns apart; and what nobody can give [m/s]."""
    parts, lacking = shares(total, means)
    longest = max((duration or 0.0 for duration, _, _ in _lengths(scene.craft.mass_kg, parts)), default=0.0)
    half = half_turn(float(scene.start.axis[0]), float(scene.start.inclination[0]))
    needed = _ROOM * longest / DAY_S / half
    turns = 1 + 2 * max(0, int(np.ceil((needed - 1.0) / 2.0)))
    return tuple(
        Push(means.at + row * turns * half, change, engine) for row, (change, engine) in enumerate(parts)
    ), lacking


def flown(
    scene: Scene, pushes: Sequence[Push], until: float, floor: float = ENTRY_ALTITUDE
) -> tuple[Flight, tuple[Step, ...]]:
    """Fly burns by the averaged engine.

    until   [day]   not before the end of the last burn
    floor   [m]     mean altitude at which the flight is over

    Raises DomainError for a burn before the start, and for what the averaged engine refuses.
    """
    lengths = _lengths(scene.craft.mass_kg, [(push.delta_v, push.engine) for push in pushes])
    shapes = [Configuration(scene.begin, scene.craft.mass_kg, scene.craft.drag_area_m2)]
    impulses: list[Burn] = []
    spans = []
    for push, (duration, _, mass) in zip(pushes, lengths, strict=True):
        if push.begin < scene.begin:
            raise DomainError("burn: begins before the start of the flight; expected a later instant")
        if not mass > 0.0:
            raise DomainError("burn: takes more propellant than the craft's mass; expected a smaller change")
        parts = pieces(push.begin, push.delta_v, duration or 0.0)
        impulses += parts
        spans.append((parts[0].mjd, parts[-1].mjd))
        shapes.append(Configuration(0.5 * (parts[0].mjd + parts[-1].mjd), mass, scene.craft.drag_area_m2))
    area = per_mass(shapes)
    flight = averaged.fly(
        scene.start, scene.begin, until, scene.air, scene.indices, area, impulses, entry=floor, step=scene.step
    )
    steps = []
    for push, (duration, used, mass), (first, last) in zip(pushes, lengths, spans, strict=True):
        rows = (int(np.searchsorted(flight.mjd, moment, side="right")) - 1 for moment in (first, last))
        before, after = (mean_orbit(flight.at(row - less), scene.found) for row, less in zip(rows, (1, 0), strict=True))
        steps.append(Step(push, duration, used, mass, before, after))
    return flight, tuple(steps)


def change_of(
    scene: Scene, total: float, means: Means, until: float | None = None, floor: float = ENTRY_ALTITUDE
) -> Plan:
    """The burns of a change, flown to the end of the last one or to ``until`` [day], whichever is later.

    floor   [m]   mean altitude at which the flight is over
    """
    pushes, lacking = arranged(scene, total, means)
    lengths = _lengths(scene.craft.mass_kg, [(push.delta_v, push.engine) for push in pushes])
    ends = [push.begin + (length[0] or 0.0) / DAY_S for push, length in zip(pushes, lengths, strict=True)]
    last = max(ends, default=means.at) + _AFTER
    flight, steps = flown(scene, pushes, max(last, until or last), floor)
    return Plan(total, steps, flight, lacking)


def to_altitude(scene: Scene, target: float, means: Means) -> Plan:
    """The burns after whose last one the mean altitude is ``target`` [m].

    Raises DomainError for a target that is out of range, and where the craft comes down before the burns.
    """
    if not ENTRY_ALTITUDE < target <= HIGHEST:
        raise DomainError(
            f"target: is out of range: got {target / 1e3:g} km; expected above {ENTRY_ALTITUDE / 1e3:g} to "
            f"{HIGHEST / 1e3:g} km"
        )
    before = coasted(scene, means.at)
    if abs(target - float(before.altitude[0])) < NEAR:
        return change_of(scene, 0.0, means)
    total = float(delta_v_between(before.axis, EARTH_RADIUS + target)[0])
    plan = change_of(scene, total, means)
    for _ in range(_ROUNDS):
        missed = target - plan.steps[-1].after.altitude
        if abs(missed) < CLOSE:
            return plan
        total += float(delta_v_for_raise(target - missed, missed))
        plan = change_of(scene, total, means)
    return plan


def coasted(scene: Scene, until: float) -> Mean:
    """Mean elements (1,) after coasting to a moment [day]. Raises DomainError where the craft is down before it."""
    flight, _ = flown(scene, (), until)
    if np.isfinite(flight.entry[0]):
        days = float(flight.entry[0]) - scene.begin
        raise DomainError(f"burn: comes after the end: the craft falls through 120 km {days:.2f} days after the start")
    return mean_at(flight, until)


def falls_back(
    orbit: Mean,
    begin: float,
    until: float,
    floor: float,
    air: Air[Indices],
    indices: Callable[[int], Indices],
    area_to_mass: Floats,
) -> Floats:
    """Day on which a coasting orbit has sunk to a mean altitude, by future (n,); NaN where it has not by ``until``.

    orbit           Mean (1,)
    begin, until    [day]
    floor           [m]
    indices         of n futures, as ``reentry.Levels.by_day`` gives them
    area_to_mass    array (n,)   [m2/kg]   Cd A / m
    """
    rows = np.repeat(orbit.rows, area_to_mass.size, axis=1)
    entry, now = np.full(area_to_mass.size, np.nan), begin
    while now < until and np.isnan(entry).any():
        # In parts, so that what has sunk costs nothing more.
        stop = min(now + _PART_DAYS, until)
        flight = averaged.fly(
            Mean(*rows), now, stop, air, indices, lambda mjd, now: area_to_mass, entry=floor, step=LONG_STEP
        )
        fresh = np.isnan(entry)
        entry[fresh] = flight.entry[fresh]
        # Those that have sunk are kept above the floor, so that the others can fly on with them.
        rows, now = np.where(np.isnan(entry), flight.rows[-1], orbit.rows), stop
    return entry
