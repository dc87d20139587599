"""One craft flown from a start to an end, by either engine, to states in one frame and figures at both ends.

Assumptions and limits: those of the engines. The averaged one takes each burn as an impulse with its arc's spread, and
leaves sunlight out; the mean altitude is above the equatorial radius.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cupola.base.constants import STANDARD_GRAVITY
from cupola.base.errors import DomainError
from cupola.base.time import from_mjd
from cupola.flight import averaged, full
from cupola.flight import full_library as door
from cupola.flight.averaged_area import Configuration, per_mass
from cupola.flight.averaged_burns import Burn as Impulse
from cupola.flight.averaged_drag import Evaluated
from cupola.flight.averaged_ephemeris import states_at
from cupola.flight.full_earth import load_orientation
from cupola.flight.full_ephemeris import load_table
from cupola.flight.full_events import grid
from cupola.flight.full_plan import Burn, Craft
from cupola.flight.settled import Orbit, mean_orbit, orbit_of, settled
from cupola.flight.sky import Sky
from cupola.flight.utc import day_of, days_after

Floats = NDArray[np.float64]
Instants = NDArray[np.datetime64]

FIDELITIES = ("averaged", "full")
MAX_STATES = 500_000
LARGEST_PER_MASS = 1.0
"""[m2/kg] area over mass: a station has 0.01, and only balloons and foil have more than this"""
_MJD_JD = 2_400_000.5
_US_A_DAY = 86_400_000_000


@dataclass(frozen=True)
class Wanted:
    """A burn that is asked for, along the velocity."""

    instant: np.datetime64
    """UTC of its beginning"""
    delta_v: float
    """[m/s], negative against the velocity"""
    specific_impulse: float | None = None
    """[s]; None leaves the mass as it is"""
    thrust: float | None = None
    """[N]; None makes it an impulse"""


@dataclass(frozen=True)
class Made:
    """A burn as it was flown."""

    wanted: Wanted
    duration: float
    """[s]"""
    mass_after: float
    """[kg]"""
    end: np.datetime64


@dataclass(frozen=True)
class Course:
    """What was flown."""

    instants: Instants
    """(n,) UTC"""
    states: Floats
    """(6, n) GCRF [m, m/s]"""
    first: Orbit
    last: Orbit
    end: np.datetime64
    entered: bool
    """Whether it came down to 120 km and ended there"""
    burns: tuple[Made, ...]
    mass: float
    """[kg] at the end"""


def follow(
    start: full.State, until: np.datetime64, fidelity: str, sky: Sky, burns: Sequence[Wanted] = (), every_s: float = 0.0
) -> Course:
    """Fly from a start to an instant.

    until      UTC
    fidelity   one of FIDELITIES
    burns      in any order, within the flight
    every_s    [s]   spacing of the states; 0 for the two ends only

    Raises DomainError for what cannot be flown, CupolaError when the library gives up.
    """
    if fidelity not in FIDELITIES:
        raise DomainError(f"fidelity: got {fidelity[:20]!r}; expected {' or '.join(FIDELITIES)}")
    if not start.instant < until:
        raise DomainError(f"flight: the end is not after the start: got {until}; expected after {start.instant}")
    made = planned_burns(start.craft.mass_kg, burns, start.instant, until)
    instants = _grid(start.instant.astype("datetime64[us]"), until.astype("datetime64[us]"), every_s, made)
    return (_full if fidelity == "full" else _averaged)(start, until, sky, made, instants)


def planned_burns(mass: float, burns: Sequence[Wanted], begin: np.datetime64, end: np.datetime64) -> tuple[Made, ...]:
    """Length and mass of burns one after another, by Tsiolkovsky's equation. Raises DomainError outside the flight."""
    made: list[Made] = []
    for burn in sorted(burns, key=lambda burn: burn.instant):
        if burn.thrust is not None and burn.specific_impulse is None:
            raise DomainError("burn: has a thrust but no specific impulse; expected both")
        duration, after = 0.0, mass
        if burn.specific_impulse is not None:
            exhaust = burn.specific_impulse * STANDARD_GRAVITY
            after = mass * float(np.exp(-abs(burn.delta_v) / exhaust))
            duration = 0.0 if burn.thrust is None else (mass - after) * exhaust / burn.thrust
        stop = burn.instant.astype("datetime64[us]") + np.timedelta64(round(duration * 1e6), "us")
        if not begin <= burn.instant or not stop < end:
            raise DomainError(f"burn: lies outside the flight: got {burn.instant} to {stop}; expected {begin} to {end}")
        if made and burn.instant < made[-1].end:
            raise DomainError(f"burn: overlaps the one before: got {burn.instant}; expected {made[-1].end} or later")
        made.append(Made(burn, duration, after, stop))
        mass = after
    return tuple(made)


def _grid(begin: np.datetime64, until: np.datetime64, every_s: float, made: Sequence[Made]) -> Instants:
    """Every so often, at the end of each burn, and at the end."""
    span = float((until - begin) / np.timedelta64(1, "s"))
    if every_s and not (every_s >= 1.0 and span / every_s <= MAX_STATES):
        raise DomainError(
            f"spacing of the states: got {every_s:g} s, {span / every_s:.0f} states; expected 1 s or more, and at most "
            f"{MAX_STATES} states"
        )
    times = grid(begin, until, every_s or span)
    return np.unique(np.concatenate([times, np.array([burn.end for burn in made], dtype=times.dtype)]))


def _full(start: full.State, until: np.datetime64, sky: Sky, made: tuple[Made, ...], instants: Instants) -> Course:
    last_day = float(load_table()["last_jd"]) - _MJD_JD
    if day_of(until) > last_day - 1.0:
        raise DomainError(
            f"flight: goes beyond the table of Sun and Moon: got {until}; expected before {from_mjd(last_day)}. "
            "Fly it by the averaged engine."
        )
    thrusts = []
    for burn in made:
        if burn.wanted.thrust is None or burn.wanted.specific_impulse is None:
            raise DomainError("burn: has no thrust; expected thrust and specific impulse for the full engine")
        along = (0.0, float(np.sign(burn.wanted.delta_v)), 0.0)
        thrusts.append(
            Burn(burn.wanted.instant, burn.duration, burn.wanted.thrust, burn.wanted.specific_impulse, along)
        )
    flight = full.fly(start, until, indices=sky.full(), burns=thrusts, at=instants, hold_orientation=True)
    times, states, end = flight.instants, flight.states, flight.end
    if times[-1:] != np.array([end.instant]):
        times, states = np.append(times, end.instant), np.concatenate([states, end.motion[:, None]], axis=1)
    first, last = orbit_of(start, sky), orbit_of(end, sky)
    flown = tuple(burn for burn in made if burn.end <= end.instant)
    return Course(times, states, first, last, end.instant, flight.reached_floor, flown, end.craft.mass_kg)


def _averaged(start: full.State, until: np.datetime64, sky: Sky, made: tuple[Made, ...], instants: Instants) -> Course:
    begin, craft = day_of(start.instant), start.craft
    mean, found = settled(start, sky)
    ends = days_after(start.instant, np.array([until, *(burn.end for burn in made)])) + begin
    shapes = [Configuration(begin, craft.mass_kg, craft.drag_area_m2)]
    impulses = []
    for burn, end in zip(made, ends[1:].tolist(), strict=True):
        shapes.append(Configuration(end, burn.mass_after, craft.drag_area_m2))
        impulses.append(Impulse(end - 0.5 * burn.duration / 86_400.0, burn.wanted.delta_v, burn.duration))
    air, area = Evaluated(), per_mass(shapes)
    flight = averaged.fly(mean, begin, float(ends[0]), air, sky.averaged, area, impulses)
    entry = float(flight.entry[0])
    entered = bool(np.isfinite(entry))
    if entered:
        # Again, up to just before: so that what lies between the last midnight and the end is told from the end.
        micro = int((entry - begin) * _US_A_DAY) - 1
        until = start.instant.astype("datetime64[us]") + np.timedelta64(micro, "us")
        flight = averaged.fly(mean, begin, begin + micro / _US_A_DAY, air, sky.averaged, area, impulses)
        instants = np.append(instants[instants < until], until)
    days = begin + days_after(start.instant, instants)
    states = states_at(flight, np.minimum(days, flight.mjd[-1]))[:, :, 0]
    turned = [door.to_gcrf("TEME", state, when) for state, when in zip(states, instants, strict=True)]
    first, last = mean_orbit(mean, found), mean_orbit(flight.at(-1), found)
    flown = tuple(burn for burn in made if burn.end <= until)
    mass = flown[-1].mass_after if flown else craft.mass_kg
    return Course(instants, np.stack(turned, axis=1), first, last, until, entered, flown, mass)


def orientation_until() -> float:
    """The last day (MJD) of the table of Earth orientation and leap seconds."""
    return float(load_orientation().last_mjd)


def craft_of(mass: float, drag_area: float, solar_area: float) -> Craft:
    """The craft. Raises DomainError for a mass that is not above 0, and for areas below 0 or too large for the mass.

    >>> craft_of(420_000.0, 3_520.0, 0.0).drag_area_m2
    3520.0
    """
    craft = Craft(mass, drag_area, solar_area)
    for name, area in (("drag area", drag_area), ("solar area", solar_area)):
        if area > LARGEST_PER_MASS * mass:
            raise DomainError(
                f"{name}: is too large for the mass: got {area:g} m2 of {mass:g} kg; expected at most "
                f"{LARGEST_PER_MASS:g} m2/kg"
            )
    return craft
