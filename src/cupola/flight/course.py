"""One craft flown from a start to an end, by either engine, to states in one frame and figures at both ends.

Assumptions and limits: those of the engines, both in the air with the history of ap, the averaged one as long as it
was observed. The averaged one takes each five minutes of a burn as an impulse, and leaves sunlight out; the mean
altitude is above the equatorial radius. Events are found by the full one only, which flies no arrays that turn; the
averaged one knows no tides. The elements at both ends are found without tides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from cupola.base.errors import DomainError
from cupola.base.quantity import DAY_S
from cupola.base.time import from_mjd
from cupola.flight import averaged, full
from cupola.flight import full_library as door
from cupola.flight.averaged_area import per_mass
from cupola.flight.averaged_burns import Burn as Impulse
from cupola.flight.averaged_burns import pieces
from cupola.flight.averaged_ephemeris import states_at
from cupola.flight.averaged_history import EvaluatedHistory
from cupola.flight.course_arrays import NO_ARRAYS, Arrays, held
from cupola.flight.course_plan import Made, Plan, Refit, Wanted, craft_of, plan
from cupola.flight.full_earth import load_orientation
from cupola.flight.full_ephemeris import load_table
from cupola.flight.full_events import KINDS, Event, Watch, grid
from cupola.flight.full_plan import Burn, Change
from cupola.flight.settled import Orbit, mean_orbit, orbit_of, settled
from cupola.flight.sky import Sky
from cupola.flight.utc import day_of, days_after

__all__ = ["FIDELITIES", "Course", "Made", "Refit", "Wanted", "craft_of", "follow", "orientation_until", "plan"]

Floats = NDArray[np.float64]
Instants = NDArray[np.datetime64]

FIDELITIES = ("averaged", "full")
MAX_STATES = 500_000
_MJD_JD = 2_400_000.5
_US_A_DAY = 86_400_000_000


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
    crafts: tuple[Change, ...] = ()
    """What the craft became on the way, by burns and changes"""
    events: tuple[Event, ...] = ()
    """Those that were watched for, in order of time"""


def follow(
    start: full.State,
    until: np.datetime64,
    fidelity: str,
    sky: Sky,
    burns: Sequence[Wanted] = (),
    every_s: float = 0.0,
    refits: Sequence[Refit] = (),
    watches: Sequence[Watch] = (),
    arrays: Arrays = NO_ARRAYS,
    tides: bool = False,
) -> Course:
    """Fly from a start to an instant.

    until      UTC
    fidelity   one of FIDELITIES
    burns      in any order, within the flight
    every_s    [s]   spacing of the states; 0 for the two ends only
    refits     what the craft becomes on the way, in any order, within the flight
    watches    events to look for; the full engine's only
    arrays     beside the drag area of the craft, which is then its body's; the averaged engine's only
    tides      whether the Earth's body tide acts; the full engine's only

    Raises DomainError for what cannot be flown, CupolaError when the library gives up.
    """
    if fidelity not in FIDELITIES:
        raise DomainError(f"fidelity: got {fidelity[:20]!r}; expected {' or '.join(FIDELITIES)}")
    if not start.instant < until:
        raise DomainError(f"flight: the end is not after the start: got {until}; expected after {start.instant}")
    if watches and fidelity != "full":
        raise DomainError(f"events: are found by the full engine only: got {fidelity}; expected full")
    if arrays.area and fidelity != "averaged":
        raise DomainError(f"arrays: are flown by the averaged engine only: got {fidelity}; expected averaged")
    if tides and fidelity != "full":
        raise DomainError(f"tides: act in the full engine only: got {fidelity}; expected full")
    todo = plan(start.craft, burns, refits, start.instant, until)
    instants = _grid(start.instant.astype("datetime64[us]"), until.astype("datetime64[us]"), every_s, todo.crafts)
    if fidelity == "full":
        return _full(start, until, sky, todo, instants, watches, tides)
    arrays.check([start.craft, *(one.craft for one in todo.crafts)])
    return _averaged(start, until, sky, todo, instants, arrays)


def _grid(begin: np.datetime64, until: np.datetime64, every_s: float, crafts: Sequence[Change]) -> Instants:
    """Every so often, at the end of each burn, at each change, and at the end."""
    span = float((until - begin) / np.timedelta64(1, "s"))
    if every_s and not (every_s >= 1.0 and span / every_s <= MAX_STATES):
        raise DomainError(
            f"spacing of the states: got {every_s:g} s, {span / every_s:.0f} states; expected 1 s or more, and at most "
            f"{MAX_STATES} states"
        )
    times = grid(begin, until, every_s or span)
    return np.unique(np.concatenate([times, np.array([one.instant for one in crafts], dtype=times.dtype)]))


def _full(
    start: full.State,
    until: np.datetime64,
    sky: Sky,
    todo: Plan,
    instants: Instants,
    watches: Sequence[Watch],
    tides: bool,
) -> Course:
    last_day = float(load_table()["last_jd"]) - _MJD_JD
    if day_of(until) > last_day - 1.0:
        raise DomainError(
            f"flight: goes beyond the table of Sun and Moon: got {until}; expected before {from_mjd(last_day)}. "
            "Fly it by the averaged engine."
        )
    flight = full.fly(
        start,
        until,
        forces=door.Forces(solid_tides=tides),
        indices=sky.full(),
        burns=_thrusts(todo.made),
        changes=todo.refits,
        at=instants,
        watches=watches,
        hold_orientation=True,
    )
    times, states, end = flight.instants, flight.states, flight.end
    if times[-1:] != np.array([end.instant]):
        times, states = np.append(times, end.instant), np.concatenate([states, end.motion[:, None]], axis=1)
    first, last = orbit_of(start, sky), orbit_of(end, sky)
    made, crafts = _flown(todo, end.instant)
    events = tuple(event for event in flight.events if event.kind not in KINDS["floor"])
    mass, entered = end.craft.mass_kg, flight.reached_floor
    return Course(times, states, first, last, end.instant, entered, made, mass, crafts, events)


def _thrusts(made: Sequence[Made]) -> list[Burn]:
    """The burns as the full engine takes them. Raises DomainError for one without thrust."""
    thrusts = []
    for burn in made:
        if burn.wanted.thrust is None or burn.wanted.specific_impulse is None:
            raise DomainError("burn: has no thrust; expected thrust and specific impulse for the full engine")
        along = (0.0, float(np.sign(burn.wanted.delta_v)), 0.0)
        thrusts.append(
            Burn(burn.wanted.instant, burn.duration, burn.wanted.thrust, burn.wanted.specific_impulse, along)
        )
    return thrusts


def _flown(todo: Plan, end: np.datetime64) -> tuple[tuple[Made, ...], tuple[Change, ...]]:
    """What of a plan was done when a flight ended."""
    made = tuple(burn for burn in todo.made if burn.end <= end)
    return made, tuple(one for one in todo.crafts if one.instant <= end)


def _averaged(
    start: full.State, until: np.datetime64, sky: Sky, todo: Plan, instants: Instants, arrays: Arrays
) -> Course:
    begin, craft, made = day_of(start.instant), start.craft, todo.made
    mean, found = settled(held(arrays, start), sky)
    ends = days_after(start.instant, np.array([until, *(burn.end for burn in made)])) + begin
    impulses: list[Impulse] = []
    for burn, end in zip(made, ends[1:].tolist(), strict=True):
        impulses += pieces(end - burn.duration / DAY_S, burn.wanted.delta_v, burn.duration)
    shapes = [arrays.shape(begin, craft)]
    for day, one in zip(_days(start, begin, todo.crafts), todo.crafts, strict=True):
        shapes.append(arrays.shape(day, one.craft))
    air = EvaluatedHistory(sky.full(), sky.observed_mjd)
    area, stops = per_mass(shapes), _days(start, begin, todo.refits)
    fly = partial(averaged.fly, air=air, indices=sky.averaged, per_mass=area, burns=impulses, stops=stops)
    flight = fly(mean, begin, float(ends[0]))
    entry = float(flight.entry[0])
    entered = bool(np.isfinite(entry))
    if entered:
        # Again, up to just before: so that what lies between the last midnight and the end is told from the end.
        micro = int((entry - begin) * _US_A_DAY) - 1
        until = start.instant.astype("datetime64[us]") + np.timedelta64(micro, "us")
        flight = fly(mean, begin, begin + micro / _US_A_DAY)
        instants = np.append(instants[instants < until], until)
    days = begin + days_after(start.instant, instants)
    states = states_at(flight, np.minimum(days, flight.mjd[-1]))[:, :, 0]
    turned = [door.to_gcrf("TEME", state, when) for state, when in zip(states, instants, strict=True)]
    first, last = mean_orbit(mean, found), mean_orbit(flight.at(-1), found)
    flown, crafts = _flown(todo, until)
    mass = todo.craft_at(craft, until).mass_kg
    return Course(instants, np.stack(turned, axis=1), first, last, until, entered, flown, mass, crafts)


def _days(start: full.State, begin: float, changes: Sequence[Change]) -> list[float]:
    """When changes fall, as the averaged engine counts days from the start's."""
    moments = np.array([one.instant for one in changes], dtype="datetime64[us]")
    return [float(day) for day in days_after(start.instant, moments) + begin]


def orientation_until() -> float:
    """The last day (MJD) of the table of Earth orientation and leap seconds."""
    return float(load_orientation().last_mjd)
