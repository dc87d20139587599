"""A burn after which a craft is at a place of its orbit at an instant: for a visiting vehicle, or over a site.

A change of speed changes the period, so that the place at the instant shifts by some three times what the speed alone
would give. Whole turns more or fewer lead to the same place: the solutions are one turn apart, and the two nearest are
solved, one that raises the orbit and one that lowers it, each by secants on the averaged engine with its drag.

Assumptions and limits: those of the averaged engine; the place is told by the argument of latitude of the position, on
the true equator of date. A burn along the velocity does not turn the plane, so over a site that does not lie in the
plane at the instant the craft is at the place of its orbit nearest to it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from cupola.base.constants import EARTH_FLATTENING, EARTH_RADIUS, EARTH_ROTATION, MU_EARTH
from cupola.base.errors import DomainError
from cupola.base.quantity import DAY_S
from cupola.flight.averaged_air import Air, Indices
from cupola.flight.averaged_elements import Mean, to_state
from cupola.flight.averaged_ephemeris import mean_at
from cupola.flight.reboost import Means, Plan, Scene, change_of, coasted

Floats = NDArray[np.float64]

PREFERENCE = 1.5
"""How many times larger a burn that raises the orbit may be and still be taken: drag takes back what it gives"""
LARGEST = 100.0
"""[m/s] beyond which no solution is looked for"""
CLOSE = 1e-6
"""[rad] by which the place may be missed: 7 m"""
_ROUNDS = 12
_TURN = 2.0 * np.pi


@dataclass(frozen=True)
class Arrival:
    """A change that brings the craft to the place."""

    plan: Plan
    turns: int
    """Whole turns gained on coasting; negative for turns lost"""
    angle: float
    """[rad] argument of latitude at the instant"""
    per_speed: float
    """[rad/(m/s)] by which a little more speed moves the place"""
    orbit: Mean
    """(1,) at the instant"""


@dataclass(frozen=True)
class Meeting:
    """The two nearest solutions."""

    chosen: Arrival
    other: Arrival | None
    """The one of the other direction; None where it would be too large or come down"""
    coasting: float
    """[rad] by which the craft would be ahead of the place without a burn, -pi to pi"""
    apart: float
    """[m/s] from the one to the other; where there is one alone, about what a turn more or less takes"""


Aim = Callable[[Floats], float]
"""From a state (6,) at the instant, true equator axes, to the argument of latitude that is wanted"""


def argument_of_latitude(state: Floats) -> float:
    """Angle from the ascending node to the position, in the plane of a state (6,), true equator axes [rad], 0 to 2 pi.

    >>> round(float(np.degrees(argument_of_latitude(np.array([0.0, 0.0, 7e6, -7e3, 0.0, 0.0])))), 6)
    90.0
    """
    return float(_angle_in_plane(state, state[:3]))


def _angle_in_plane(state: Floats, place: Floats) -> float:
    across, node, ahead = _axes(state)
    del across
    return float(np.arctan2(place @ ahead, place @ node)) % _TURN


def _axes(state: Floats) -> tuple[Floats, Floats, Floats]:
    """Unit vectors: normal of the plane, to its ascending node, and a quarter of a turn after it."""
    normal = np.cross(state[:3], state[3:])
    normal = normal / np.linalg.norm(normal)
    node = np.array([-normal[1], normal[0], 0.0])
    node = node / np.linalg.norm(node)
    return normal, node, np.cross(normal, node)


def at_angle(angle: float) -> Aim:
    """The aim at an argument of latitude [rad]."""
    return lambda state: angle


def over(site: Floats) -> Aim:
    """The aim at the place of the orbit that is nearest to a site (3,), true equator axes at the instant."""
    return lambda state: _angle_in_plane(state, site)


def site_at(latitude: float, longitude: float) -> Floats:
    """Position of a site on the ellipsoid (3,), ITRF [m].

    latitude     [rad]   geodetic
    longitude    [rad]   east

    >>> [round(float(value) / 1e3, 1) for value in site_at(np.radians(45.0), 0.0)]
    [4517.6, 0.0, 4487.3]
    """
    square = EARTH_FLATTENING * (2.0 - EARTH_FLATTENING)
    sine, cosine = np.sin(latitude), np.cos(latitude)
    radius = EARTH_RADIUS / np.sqrt(1.0 - square * sine * sine)
    return np.array(
        [
            radius * cosine * np.cos(longitude),
            radius * cosine * np.sin(longitude),
            radius * (1.0 - square) * sine,
        ]
    )


def aside(state: Floats, site: Floats) -> float:
    """Distance on the ground from a site to the plane of an orbit [m], positive on the side of its normal.

    state   (6,) true equator axes
    site    (3,) the same axes at the same instant [m]
    """
    normal, _, _ = _axes(state)
    return float(np.arcsin(site @ normal / np.linalg.norm(site)) * EARTH_RADIUS)


def plane_meets(state: Floats, site: Floats) -> tuple[float, float]:
    """Time until the turning Earth carries a site through the plane, from half a day before on [s].

    The first is that of the northbound pass, the second that of the southbound one. NaN where the plane never comes
    over its latitude.

    state   (6,) true equator axes
    site    (3,) the same axes at the same instant [m]
    """
    normal, _, _ = _axes(state)
    node = np.arctan2(normal[0], -normal[1])
    tangent = normal[2] / np.hypot(normal[0], normal[1])
    sine = site[2] / np.hypot(site[0], site[1]) * tangent
    if abs(sine) > 1.0:
        return np.nan, np.nan
    here = np.arctan2(site[1], site[0])
    ahead = np.array([np.arcsin(sine), np.pi - np.arcsin(sine)]) + node - here
    rising, falling = (ahead - _TURN * np.round(ahead / _TURN)) / EARTH_ROTATION
    return float(rising), float(falling)


def meet(scene: Scene, aim: Aim, means: Means, arrive: float) -> Meeting:
    """The burns after which the craft is at its aim at a moment [day].

    Raises DomainError where the moment is not at least a turn after the burns, or no solution is below LARGEST.
    """
    turn = _TURN * float(np.sqrt(scene.start.axis[0] ** 3 / MU_EARTH)) / DAY_S
    if not arrive > means.at + turn:
        raise DomainError(
            f"burn: is too late to change the place: got {(arrive - means.at) * 24.0:.2f} hours before it; expected "
            f"more than {turn * 24.0:.2f}, a turn of the orbit"
        )
    free = coasted(scene, arrive)
    state = to_state(free)[:, 0]
    ahead = _wrapped(argument_of_latitude(state) - aim(state))
    speed = float(np.sqrt(MU_EARTH / free.axis[0]))
    slope = -3.0 * _TURN / turn / speed * (arrive - means.at)
    base = float(free.argument[0])
    raising = int(np.floor(ahead / _TURN))
    found = [_solved(scene, aim, means, arrive, turns, (ahead, slope, base)) for turns in (raising, raising + 1)]
    if abs(ahead) < CLOSE:
        found[1] = None
    known = [one for one in found if one is not None]
    if not known:
        raise DomainError(
            f"burn: none below {LARGEST:g} m/s brings the craft there: it is {abs(np.degrees(ahead)):.1f} deg "
            f"{'ahead' if ahead > 0.0 else 'behind'}. Burn earlier."
        )
    up, down = found
    size = {id(one): abs(one.plan.total) for one in known}
    chosen = known[0]
    if up is not None and down is not None and size[id(up)] > PREFERENCE * size[id(down)]:
        chosen = down
    other = next((one for one in known if one is not chosen), None)
    apart = _TURN / abs(slope) if other is None else abs(chosen.plan.total - other.plan.total)
    return Meeting(chosen, other, ahead, apart)


def _wrapped(angle: float) -> float:
    return float(np.arctan2(np.sin(angle), np.cos(angle)))


def _solved(
    scene: Scene, aim: Aim, means: Means, arrive: float, turns: int, coasting: tuple[float, float, float]
) -> Arrival | None:
    """The change after which the craft is ``turns`` whole turns ahead; None where it is too large or comes down."""
    ahead, slope, base = coasting
    target = turns * _TURN
    total, last = (target - ahead) / slope, 0.0
    missed_last = ahead - target
    for _ in range(_ROUNDS):
        if abs(total) > LARGEST:
            return None
        plan = change_of(scene, total, means, arrive)
        if np.isfinite(plan.flight.entry[0]):
            return None
        if plan.flight.mjd[-1] > arrive + 1e-9:
            raise DomainError("burns: last until after the instant of the meeting. Allow larger ones, or burn earlier.")
        orbit = mean_at(plan.flight, float(plan.flight.mjd[-1]))
        state = to_state(orbit)[:, 0]
        moved = float(orbit.argument[0]) - base
        angle = argument_of_latitude(state)
        off = angle - aim(state) - target
        missed = off - _TURN * round((off - (ahead + moved - target)) / _TURN)
        if total != last:
            slope = (missed - missed_last) / (total - last)
        if abs(missed) < CLOSE or slope == 0.0:
            return Arrival(plan, turns, angle, slope, orbit)
        last, missed_last = total, missed
        total -= missed / slope
    return None


def strays(
    scene: Scene,
    arrival: Arrival,
    means: Means,
    arrive: float,
    air: Air[Indices],
    levels: list[Callable[[int], Indices]],
) -> list[float]:
    """By how much the place differs when the Sun is at other levels after the same burns [rad], by level.

    air   that all levels fly through, also the middle one that they are compared with
    """
    found = []
    for level in (scene.indices, *levels):
        other = replace(scene, air=air, indices=level)
        plan = change_of(other, arrival.plan.total, means, arrive)
        found.append(float(plan.flight.rows[-1, 5, 0]))
    return [one - found[0] for one in found[1:]]
