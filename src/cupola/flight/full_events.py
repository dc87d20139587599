"""Events of a flown arc: nodes, apsides, crossings of a height, the Earth's shadow.

Each event is a sign change of one number along the arc; it is bracketed on a grid of half minutes and found by halving.

Assumptions and limits: nodes are those on the true equator of date; apsides are where the distance from the centre
stops falling or rising, so a nearly circular orbit has more than two a turn; two crossings of one height within a step
are not seen; the shadow is that of a sphere of the equatorial radius, umbra and penumbra as cones, no refraction.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cupola.base.constants import EARTH_RADIUS
from cupola.base.errors import DomainError
from cupola.flight.full_library import Arc, Floats, Instants, sun_positions
from cupola.physics.geodesy import geodetic_height

GRID_S = 30
SUN_RADIUS = 695_700e3
"""Nominal solar radius [m]. Source: IAU Resolution B3 (2015)."""
_HALVINGS = 26
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Event:
    """Something that happened at one instant of a flight."""

    instant: np.datetime64
    """UTC, to the microsecond"""
    kind: str
    state: Floats
    """(6,) GCRF [m, m/s]"""


@dataclass(frozen=True)
class Watch:
    """A kind of event to look for."""

    kind: str
    """one of KINDS"""
    height_m: float = 0.0
    """the height to be crossed, above the ellipsoid; for ``height`` and ``floor`` only"""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise DomainError(f"event: is not known: got {self.kind[:40]!r}; expected one of {', '.join(KINDS)}.")
        if not -10e3 <= self.height_m <= 50_000e3:
            raise DomainError(f"event: height: got {self.height_m / 1e3:g} km; expected -10 to 50,000 km.")


def height(states: Floats, pole: Floats) -> Floats:
    """(n,) height of states (6, n) above the ellipsoid whose axis is ``pole`` (3,) [m]."""
    axial = states[0] * pole[0] + states[1] * pole[1] + states[2] * pole[2]
    square = states[0] * states[0] + states[1] * states[1] + states[2] * states[2]
    return geodetic_height(np.sqrt(np.maximum(square - axial * axial, 0.0)), axial)


def _node(states: Floats, instants: Instants, pole: Floats, watch: Watch) -> Floats:
    along: Floats = states[0] * pole[0] + states[1] * pole[1] + states[2] * pole[2]
    return along


def _apsis(states: Floats, instants: Instants, pole: Floats, watch: Watch) -> Floats:
    rate: Floats = states[0] * states[3] + states[1] * states[4] + states[2] * states[5]
    return rate


def _height(states: Floats, instants: Instants, pole: Floats, watch: Watch) -> Floats:
    return height(states, pole) - watch.height_m


def _shadow_angle(states: Floats, instants: Instants, sign: float) -> Floats:
    """How far the Sun's edge stands above the Earth's [rad]: positive in light.

    angle(Sun, Earth) - asin(R / r) -+ asin(R_sun / d), as seen from the craft; the far edge for the umbra.
    """
    to_sun = sun_positions(instants) - states[:3]
    distance = np.sqrt(to_sun[0] * to_sun[0] + to_sun[1] * to_sun[1] + to_sun[2] * to_sun[2])
    radius = np.sqrt(states[0] * states[0] + states[1] * states[1] + states[2] * states[2])
    along = -(to_sun[0] * states[0] + to_sun[1] * states[1] + to_sun[2] * states[2]) / (distance * radius)
    angle = np.arccos(np.clip(along, -1.0, 1.0))
    disc = np.arcsin(SUN_RADIUS / distance)
    edge: Floats = angle - np.arcsin(np.minimum(EARTH_RADIUS / radius, 1.0)) + sign * disc
    return edge


def _umbra(states: Floats, instants: Instants, pole: Floats, watch: Watch) -> Floats:
    return _shadow_angle(states, instants, 1.0)


def _penumbra(states: Floats, instants: Instants, pole: Floats, watch: Watch) -> Floats:
    return _shadow_angle(states, instants, -1.0)


_Value = Callable[[Floats, Instants, Floats, Watch], Floats]
KINDS: dict[str, tuple[_Value, str, str]] = {
    "node": (_node, "ascending node", "descending node"),
    "apsis": (_apsis, "perigee", "apogee"),
    "height": (_height, "height, rising", "height, falling"),
    "floor": (_height, "floor left", "floor"),
    "umbra": (_umbra, "umbra exit", "umbra entry"),
    "penumbra": (_penumbra, "penumbra exit", "penumbra entry"),
}
"""Function whose sign is watched; the event when it turns positive, and when it turns negative."""


def grid(begin: np.datetime64, end: np.datetime64, step_s: float) -> Instants:
    """Instants from ``begin`` on, every ``step_s`` seconds of UTC, and ``end``."""
    step = max(1, round(step_s * 1e6))
    span = int((end - begin).astype("timedelta64[us]").astype(np.int64))
    inner = begin + np.arange(0, span, step).astype("timedelta64[us]")
    return np.append(inner, end).astype("datetime64[us]")


def find_events(
    arc: Arc, begin: np.datetime64, end: np.datetime64, pole: Floats, watches: Sequence[Watch]
) -> list[Event]:
    """The watched events of an arc after ``begin`` up to ``end``, in order of time.

    pole       (3,)   unit vector of the Earth's axis in GCRF
    returns    events to the microsecond; one at ``begin`` itself belongs to the arc before
    """
    if not watches:
        return []
    instants = grid(begin, end, GRID_S)
    states = arc.at(instants)
    found: list[Event] = []
    for watch in watches:
        value, rising, falling = KINDS[watch.kind]
        signs = value(states, instants, pole, watch) >= 0.0
        (rows,) = np.nonzero(signs[1:] != signs[:-1])
        if not rows.size:
            continue
        times = _halve(arc, instants[rows], instants[rows + 1], signs[rows + 1], pole, watch)
        at = arc.at(times)
        names = np.where(signs[rows + 1], rising, falling)
        found += [Event(times[k], str(names[k]), np.ascontiguousarray(at[:, k])) for k in range(rows.size)]
    return sorted(found, key=lambda event: event.instant)


def _halve(arc: Arc, low: Instants, high: Instants, after: Bools, pole: Floats, watch: Watch) -> Instants:
    """The instants (n,) in the brackets ``low`` to ``high`` at which the sign becomes ``after``."""
    value = KINDS[watch.kind][0]
    for _ in range(_HALVINGS):
        middle = low + (high - low) // 2
        there = (value(arc.at(middle), middle, pole, watch) >= 0.0) == after
        high, low = np.where(there, middle, high), np.where(there, low, middle)
    return high
