"""The full engine: the motion of a craft over days, with every force that moves it by metres.

Gravity EGM2008 to degree and order 70, Sun and Moon, sunlight with the Earth's shadow, drag by NRLMSISE-00 with the
history of ap and the air turning with the Earth, thrust; body tide and relativity on request. Events are found to the
microsecond, and a flight resumed at a 00:00 UTC (or at an edge of a burn) has the bits of one that never stopped.

Assumptions and limits: drag and sunlight act on a sphere of the given areas; no lift, albedo, ocean tide or wind.
How far it is from other programs and from the real station stands in docs/validation.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from cupola.base.constants import EARTH_RADIUS, MU_EARTH
from cupola.base.errors import DomainError
from cupola.flight import full_library as door
from cupola.flight.full_earth import load_orientation
from cupola.flight.full_events import Event, Watch, find_events, grid, height
from cupola.flight.full_library import Arc, Floats, Forces, Instants
from cupola.flight.full_plan import Burn, Change, Craft, Piece, pieces, push
from cupola.flight.full_weather import Indices, observed_indices

MAX_DAYS = 3_700
MAX_SAMPLES = 5_000_000
_US, _DAY_US = "datetime64[us]", 86_400_000_000
_MJD_OF_1970 = 40_587
# Near the ground a day holds too much decay: the pieces are cut shorter, on the calendar's hours or minutes.
_LOW_M, _LOWER_M = 250e3, 170e3
_DEEP_M = 130e3
_LOW_STEP, _LOWER_STEP = np.timedelta64(3_600, "s"), np.timedelta64(300, "s")


@dataclass(frozen=True)
class State:
    """Where a craft is, how it moves and what it is, at one instant."""

    instant: np.datetime64
    """UTC"""
    motion: Floats
    """(6,) position [m] and velocity [m/s], GCRF"""
    craft: Craft

    def __post_init__(self) -> None:
        if np.isnat(self.instant):
            raise DomainError("state: the instant is missing; expected a date and time of UTC.")
        if self.motion.shape != (6,) or not np.all(np.isfinite(self.motion)):
            raise DomainError(f"state: got {self.motion.tolist()}; expected six finite numbers.")
        x, y, z, vx, vy, vz = self.motion.tolist()
        radius, square = float(np.sqrt(x * x + y * y + z * z)), vx * vx + vy * vy + vz * vz
        if radius < EARTH_RADIUS:
            raise DomainError(
                f"state: lies under the ground: got {radius / 1e3:.3f} km from the centre; expected more than "
                f"{EARTH_RADIUS / 1e3:g} km. Check the unit and the frame."
            )
        if 0.5 * square >= MU_EARTH / radius:
            raise DomainError(
                f"state: is no closed orbit: got {np.sqrt(square):.1f} m/s; expected under "
                f"{np.sqrt(2.0 * MU_EARTH / radius):.1f} m/s at this height. Check the unit."
            )


@dataclass(frozen=True)
class Flight:
    """A flown span."""

    instants: Instants
    """(n,) UTC; the start, every ``every_s`` after it, and the end; or those asked for"""
    states: Floats
    """(6, n) GCRF [m, m/s]"""
    mass_kg: Floats
    """(n,)"""
    events: tuple[Event, ...]
    end: State
    """where the flight can be resumed"""
    reached_floor: bool
    """whether it ended early, at the floor"""


@dataclass
class _Log:
    wanted: Instants
    instants: list[NDArray[np.datetime64]] = field(default_factory=list)
    states: list[Floats] = field(default_factory=list)
    mass: list[Floats] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    def add(self, instants: Instants, states: Floats, mass: float) -> None:
        self.instants.append(instants)
        self.states.append(states)
        self.mass.append(np.full(instants.size, mass))


def fly(
    state: State,
    until: np.datetime64,
    *,
    forces: Forces | None = None,
    indices: Indices | None = None,
    burns: Sequence[Burn] = (),
    changes: Sequence[Change] = (),
    every_s: float = 240.0,
    at: Instants | None = None,
    watches: Sequence[Watch] = (),
    floor_m: float = 120e3,
    hold_orientation: bool = False,
) -> Flight:
    """Fly a craft from a state to an instant.

    until               UTC, after the state's instant
    forces              which act; all but tides and relativity unless given
    indices             flux and ap; the shipped observed ones unless given
    burns, changes      what is done on the way; what lies before the start is left out
    every_s             [s]   spacing of the states handed out
    at                  (n,)  instants to hand states out at instead, rising, within the flight
    watches             events to look for
    floor_m             [m]   height above the ellipsoid at which the flight ends
    hold_orientation    keep the last row of Earth orientation for days after the shipped table

    Raises DomainError for a span that a table does not cover, CupolaError when the library is missing or gives up.
    """
    forces, indices = forces or Forces(), indices or observed_indices()
    _check(state, until, indices, forces, hold_orientation)
    begin, until = state.instant.astype(_US), until.astype(_US)
    log = _Log(_wanted(begin, until, every_s) if at is None else _asked(begin, until, at))
    if forces.drag:
        door.load_weather(indices.text(_mjd(state.instant), _mjd(until)))
    watched = [*watches, Watch("floor", floor_m)]
    motion, craft = state.motion, state.craft
    _check_floor(begin, motion, floor_m)
    if log.wanted[:1] == begin:
        log.add(log.wanted[:1], motion.reshape(6, 1), craft.mass_kg)
    for piece in pieces(begin, until, burns, changes):
        craft = piece.craft or craft
        cut = piece.begin
        while cut < piece.end:
            part = Piece(cut, _cut(cut, piece.end, motion), piece.burn, None)
            part, motion, craft, ended = _fly_part(part, motion, craft, forces, watched, log)
            cut = part.end
            if ended:
                return _flight(log, State(cut, motion, craft), True, at is None)
    return _flight(log, State(until, motion, craft), False, at is None)


def _check(state: State, until: np.datetime64, indices: Indices, forces: Forces, hold: bool) -> None:
    first, last = _mjd(state.instant), _mjd(until)
    if not first < last <= first + MAX_DAYS:
        raise DomainError(
            f"flight: the end is out of range: got {until}; expected after {state.instant}, by {MAX_DAYS} days at most."
        )
    load_orientation().check(first, last, hold=hold)
    if forces.drag:
        indices.check(first, last)


def _check_floor(begin: np.datetime64, motion: Floats, floor_m: float) -> None:
    low = float(height(motion.reshape(6, 1), door.terrestrial_axes(begin)[2])[0])
    if not floor_m < low:
        raise DomainError(
            f"flight: begins under its floor: got a height of {low / 1e3:.3f} km; expected above {floor_m / 1e3:g} km."
        )


def _wanted(begin: np.datetime64, until: np.datetime64, every_s: float) -> Instants:
    span = float((until - begin) / np.timedelta64(1, "s"))
    if not 1e-3 <= every_s <= 1e9 or span / every_s > MAX_SAMPLES:
        raise DomainError(f"flight: spacing: got {every_s:g} s; expected at most {MAX_SAMPLES} states in all.")
    return grid(begin, until, every_s)


def _asked(begin: np.datetime64, until: np.datetime64, at: Instants) -> Instants:
    wanted = at.astype(_US)
    rising = bool(np.all(wanted[1:] > wanted[:-1]))
    if not 0 < wanted.size <= MAX_SAMPLES or not rising or wanted[0] < begin or wanted[-1] > until:
        raise DomainError(
            f"flight: the instants asked for do not fit: got {wanted.size}; expected 1 to {MAX_SAMPLES}, rising, "
            f"from {begin} to {until}."
        )
    return wanted


def _mjd(instant: np.datetime64) -> float:
    return _MJD_OF_1970 + int(instant.astype(_US).astype(np.int64)) / _DAY_US


def _cut(begin: np.datetime64, end: np.datetime64, motion: Floats) -> np.datetime64:
    """Where a piece that begins low is cut: the next hour or five minutes of the calendar, or its end."""
    low = _perigee(motion)
    if low > _LOW_M:
        return end
    step = _LOW_STEP if low > _LOWER_M else _LOWER_STEP
    day = begin.astype("datetime64[D]").astype(_US)
    return min(end, day + ((begin - day) // step + 1) * step)


def _perigee(motion: Floats) -> float:
    """Height of the osculating perigee above the equatorial radius [m]: a (1 - e) - R."""
    x, y, z, vx, vy, vz = motion.tolist()
    radius, square = float(np.sqrt(x * x + y * y + z * z)), vx * vx + vy * vy + vz * vz
    radial = x * vx + y * vy + z * vz
    axis = 1.0 / (2.0 / radius - square / MU_EARTH)
    cosine, sine = 1.0 - radius / axis, radial / float(np.sqrt(MU_EARTH * axis))
    height: float = axis * (1.0 - float(np.sqrt(cosine * cosine + sine * sine))) - EARTH_RADIUS
    return height


def _fly_part(
    part: Piece,
    motion: Floats,
    craft: Craft,
    forces: Forces,
    watches: Sequence[Watch],
    log: _Log,
) -> tuple[Piece, Floats, Craft, bool]:
    """Fly one part, log it; the part as flown, the motion and craft after it, and whether the floor was met."""
    thrust, amid, after = push(part, craft, door.seconds_between(part.begin, part.end))
    arc = door.fly_arc(
        motion,
        part.begin,
        part.end,
        forces=forces,
        drag_per_mass=amid.drag_area_m2 / amid.mass_kg,
        solar_per_mass=amid.solar_area_m2 / amid.mass_kg,
        thrust=None if thrust is None else thrust.tolist(),
        steady=bool(part.end - part.begin > _LOWER_STEP),
    )
    pole = door.terrestrial_axes(part.begin)[2]
    # Nothing falls so far within a piece that a floor deep below the perigee could be met.
    near = [watch for watch in watches if watch.kind != "floor" or _perigee(motion) < watch.height_m + _DEEP_M]
    events = find_events(arc, part.begin, part.end, pole, near)
    down = next((event for event in events if event.kind == "floor"), None)
    if down is not None:
        burnt = 0.0 if part.burn is None else part.burn.flow * door.seconds_between(part.begin, down.instant)
        part, motion = Piece(part.begin, down.instant, part.burn, None), down.state
        after = Craft(craft.mass_kg - burnt, craft.drag_area_m2, craft.solar_area_m2)
    else:
        motion = arc.end
    log.events += [event for event in events if event.instant <= part.end]
    _sample(log, arc, part, motion, after.mass_kg)
    return part, motion, after, down is not None


def _sample(log: _Log, arc: Arc, part: Piece, end: Floats, mass: float) -> None:
    """Log the wanted states within a part, its end included."""
    first, last = np.searchsorted(log.wanted, np.array([part.begin, part.end]), side="right")
    inside = log.wanted[first:last]
    if inside.size and inside[-1] == part.end:
        log.add(inside[:-1], arc.at(inside[:-1]), mass)
        log.add(inside[-1:], end.reshape(6, 1), mass)
    elif inside.size:
        log.add(inside, arc.at(inside), mass)


def _flight(log: _Log, end: State, floor: bool, close: bool) -> Flight:
    """The log as a Flight that ends at ``end``, with its last state where it is to ``close`` the series."""
    if close and (not log.instants or log.instants[-1][-1:] != end.instant):
        log.add(np.array([end.instant]), end.motion.reshape(6, 1), end.craft.mass_kg)
    if not log.instants:
        log.add(np.empty(0, dtype=_US), np.empty((6, 0)), end.craft.mass_kg)
    instants, states = np.concatenate(log.instants), np.concatenate(log.states, axis=1)
    return Flight(instants, states, np.concatenate(log.mass), tuple(log.events), end, floor)
