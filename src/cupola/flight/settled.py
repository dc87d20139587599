"""Mean elements of a state in the real field, and the orbit that they tell.

The tesseral field, Sun and Moon move the mean elements of one state by some 50 m along the orbit: enough to send the
averaged engine 10 km a day astray. So the state is flown on for a day by the full engine, coasting, and the elements
are those from which the averaged engine goes through the middle of that day's.

Assumptions and limits: of the mean axis some metre is left (station in low orbit, window of a day). Where the full
engine cannot fly on, or the averaged theory does not hold, the elements are those of the one state.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cupola.base.constants import EARTH_RADIUS, MU_EARTH
from cupola.base.errors import CupolaError, DomainError
from cupola.flight import averaged, full
from cupola.flight import full_library as door
from cupola.flight.averaged_elements import Mean, from_state
from cupola.flight.averaged_ephemeris import mean_at
from cupola.flight.averaged_history import EvaluatedHistory
from cupola.flight.sky import Sky
from cupola.flight.utc import day_of, days_after

Floats = NDArray[np.float64]

DAY, STATE, OSCULATING = "mean over the day after", "mean, of one state", "osculating"
"""How the elements of an orbit were found"""
LOWEST = 200e3
"""[m] mean altitude below which a day is too long to be looked at"""
_EVERY_S = 300.0
_ROUNDS = 3
_TURN = 2.0 * float(np.pi)


@dataclass(frozen=True)
class Orbit:
    """The orbit at one moment, on the true equator of date."""

    altitude: float
    """[m] of the semi-major axis above the equatorial radius"""
    apogee: float
    """[m]"""
    perigee: float
    """[m]"""
    inclination: float
    """[rad]"""
    node: float
    """[rad] right ascension of the ascending node"""
    found: str
    """DAY, STATE or OSCULATING"""


def settled(state: full.State, sky: Sky) -> tuple[Mean, str]:
    """Mean elements (1,) of a state, and how they were found: DAY or STATE.

    Raises DomainError where the averaged engine's theory does not hold.
    """
    one = from_state(door.from_gcrf("TEME", state.motion, state.instant)[:, None])
    if not float(one.altitude[0]) > LOWEST:
        return one, STATE
    try:
        until = state.instant.astype("datetime64[us]") + np.timedelta64(1, "D")
        flight = full.fly(state, until, indices=sky.full(), every_s=_EVERY_S, hold_orientation=True)
        target = means_along(flight.states, flight.instants).rows
    except CupolaError:
        return one, STATE
    if flight.reached_floor:
        return one, STATE
    begin = day_of(state.instant)
    days = begin + days_after(state.instant, flight.instants)
    area = np.array([state.craft.drag_area_m2 / state.craft.mass_kg])
    rows, air = one.rows, EvaluatedHistory(sky.full(), sky.observed_mjd)
    for _ in range(_ROUNDS):
        path = averaged.fly(Mean(*rows), begin, float(days[-1]), air, sky.averaged, lambda mjd, orbit: area)
        missed = target - np.stack([mean_at(path, float(day)).rows[:, 0] for day in days], axis=1)
        missed[4:] -= _TURN * np.round(missed[4:] / _TURN)
        rows = rows + np.mean(missed, axis=1)[:, None]
    return Mean(*rows), DAY


def means_along(states: Floats, instants: NDArray[np.datetime64]) -> Mean:
    """Mean elements (n,) of states (6, n) in GCRF at instants (n,)."""
    turned = [door.from_gcrf("TEME", motion, when) for motion, when in zip(states.T, instants, strict=True)]
    return from_state(np.stack(turned, axis=1))


def mean_orbit(mean: Mean, found: str) -> Orbit:
    """The orbit of mean elements (1,)."""
    axis, ex, ey, inclination, node = (float(row[0]) for row in mean.rows[:5])
    e = float(np.hypot(ex, ey))
    high, low = axis * (1.0 + e) - EARTH_RADIUS, axis * (1.0 - e) - EARTH_RADIUS
    return Orbit(axis - EARTH_RADIUS, high, low, inclination, node % _TURN, found)


def orbit_of(state: full.State, sky: Sky) -> Orbit:
    """The orbit of a state: mean elements where their theory holds, else osculating ones."""
    try:
        return mean_orbit(*settled(state, sky))
    except DomainError:
        return osculating_orbit(door.from_gcrf("TEME", state.motion, state.instant))


def osculating_orbit(state: Floats) -> Orbit:
    """The orbit of two bodies that a state (6,) lies on.

    >>> orbit = osculating_orbit(np.array([7_000e3, 0.0, 0.0, 0.0, 0.0, 8_500.0]))
    >>> round(orbit.perigee / 1e3), round(orbit.apogee / 1e3), round(float(np.degrees(orbit.inclination)))
    (622, 5769, 90)
    """
    place, speed = state[:3], state[3:]
    h = np.cross(place, speed)
    radius, momentum = float(np.linalg.norm(place)), float(np.linalg.norm(h))
    axis = 1.0 / (2.0 / radius - float(np.linalg.norm(speed)) ** 2 / MU_EARTH)
    e = float(np.sqrt(max(0.0, 1.0 - momentum * momentum / (MU_EARTH * axis))))
    node = float(np.arctan2(h[0], -h[1])) % _TURN
    high, low = axis * (1.0 + e) - EARTH_RADIUS, axis * (1.0 - e) - EARTH_RADIUS
    return Orbit(axis - EARTH_RADIUS, high, low, float(np.arccos(h[2] / momentum)), node, OSCULATING)
