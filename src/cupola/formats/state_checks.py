"""What states in orbit about the Earth must satisfy: above the ground, bound, in order of time, of one path.

Assumptions and limits: neighbouring states are compared where they are so close in time that the pull of a round
Earth, taken at both ends, tells the way between them; beyond 0.5 rad of the motion, or 100,000 km, they are not.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cupola.base.constants import EARTH_FLATTENING, EARTH_RADIUS, EARTH_ROTATION
from cupola.base.instants import NS, format_instant
from cupola.formats.ephemeris import ROTATING
from cupola.formats.findings import Findings
from cupola.formats.records import BoolArray, FloatArray, IntArray

FARTHEST = 1e10
"""[m]; beyond it a state is in another unit, or not about the Earth."""
SHOWN = 20
"""Problems of one sort that are named one by one."""
CLOSE = 0.5
"""[rad] of the circular motion at the lower end: the longest gap across which neighbours are compared"""
REACH = 1e8
"""[m] Distance of the lower end up to which they are: there the Moon's pull moves the cubic by less than 1 km."""
LOOSE, ROUGH, PUSH, LARGEST_PUSH = 1_000.0, 60.0 / 720.0, 20.0, 500.0
"""What neighbours may be off: [m] for the Earth's flattening, the air and short waves; share of r (n dt)^5, sixty times
the first term that the cubic of a circle leaves out (fifty, found for eccentricities up to 0.95); [m/s] a burn in the
gap that is not asked for, and the largest that two velocities may tell. All general knowledge of orbits in use."""


def check_order(
    findings: Findings, lines: Sequence[int], instants: IntArray, start: int | None, stop: int | None
) -> None:
    """Note states that do not follow each other in time, or lie outside the segment."""
    for at in np.flatnonzero(np.diff(instants) <= 0)[:SHOWN]:
        findings.add(lines[at + 1], "state", "does not come after the one before", _shown(instants[at + 1]))
    early = instants < start if start is not None else np.zeros(len(instants), bool)
    late = instants > stop if stop is not None else np.zeros(len(instants), bool)
    for at in np.flatnonzero(early | late)[:SHOWN]:
        expected = "between START_TIME and STOP_TIME"
        findings.add(lines[at], "state", "lies outside the segment", _shown(instants[at]), expected)


def _shown(instant: np.int64) -> str:
    return format_instant(int(instant), "TAI") + " TAI"


def check_states(
    findings: Findings, lines: Sequence[int], position: FloatArray, velocity: FloatArray, frame: str, mu: float
) -> BoolArray:
    """Note states under the ground, of a hyperbolic or parabolic orbit, or too far off to be about the Earth.

    lines       line of each state
    position    (n, 3) [m]
    velocity    (n, 3) [m/s]
    frame       CCSDS name; in one that turns with the Earth its rotation is added to the velocity
    mu          gravitational constant of the centre [m3/s2]
    returns     (n,) whether nothing is wrong with a state

    The ground is the ellipsoid of WGS 84; in frames that do not turn its axis is taken as theirs, which is wrong by
    less than a degree, or 400 m of height, until 2150.
    """
    far = np.abs(position).max(axis=1, initial=0.0) > FARTHEST
    fast = np.abs(velocity).max(axis=1, initial=0.0) > 3e8
    kept = ~(far | fast)
    for at in np.flatnonzero(~kept)[:SHOWN]:
        expected, remedy = "under 1e7 km and 3e5 km/s", "Are the numbers in km and km/s?"
        findings.add(lines[at], "state", "is no orbit about the Earth", expected=expected, remedy=remedy)
    x, y, z = (position[:, axis] for axis in range(3))
    vx, vy, vz = (velocity[:, axis] for axis in range(3))
    if frame in ROTATING:
        vx, vy = vx - EARTH_ROTATION * y, vy + EARTH_ROTATION * x
    polar = EARTH_RADIUS * (1.0 - EARTH_FLATTENING)
    with np.errstate(over="ignore", invalid="ignore"):
        under = ((x * x + y * y) / EARTH_RADIUS**2 + z * z / polar**2 < 1.0) & kept
        radius = np.sqrt(x * x + y * y + z * z)
        open_orbit = ((vx * vx + vy * vy + vz * vz) * radius >= 2.0 * mu) & ~under & kept
    for at in np.flatnonzero(under)[:SHOWN]:
        got = f"{radius[at] / 1e3:.3f} km from the centre"
        findings.add(lines[at], "state", "lies under the ground", got, remedy="Are the numbers in km?")
    for at in np.flatnonzero(open_orbit)[:SHOWN]:
        speed = np.sqrt(vx[at] ** 2 + vy[at] ** 2 + vz[at] ** 2)
        expected = f"below {np.sqrt(2.0 * mu / radius[at]) / 1e3:.3f} km/s, where an orbit closes"
        got, remedy = f"{speed / 1e3:.3f} km/s", "Are the numbers in km and km/s?"
        findings.add(lines[at], "state", "is on a hyperbolic orbit", got, expected, remedy)
    sound: BoolArray = kept & ~under & ~open_orbit
    return sound


def check_neighbours(
    findings: Findings,
    lines: Sequence[int],
    instants: IntArray,
    position: FloatArray,
    velocity: FloatArray,
    frame: str,
    mu: float,
    sound: BoolArray,
) -> None:
    """Note states that do not lie on one path with those beside them, as a wrong digit leaves them.

    instants    (n,) TAI nanoseconds; gaps that are not above zero are left out
    sound       (n,) whether a state is to be compared, as ``check_states`` tells
    The rest is that of ``check_states``.

    The way across a gap is r2 - r1 = dt (v1 + v2) / 2 - dt^2 (a2 - a1) / 12, with the pull a = -mu r / r^3 at both
    ends; it leaves out r (n dt)^5 / 720 on a circle. A burn within the gap moves the end by at most half the gap
    times its size: one up to PUSH is always allowed, a larger one between two gaps without fault if the velocities
    tell it, too. Of two faulty gaps in succession the state between them is noted.
    Source: the corrected trapezoidal rule (Hermite), general knowledge.
    """
    if len(instants) < 2:
        return
    with np.errstate(all="ignore"):
        if frame in ROTATING:
            position, velocity = _unturned(instants, position, velocity)
        _tell(findings, lines, *_faulty(np.diff(instants) / NS, position, velocity, mu, sound))


def _faulty(
    gap: FloatArray, position: FloatArray, velocity: FloatArray, mu: float, sound: BoolArray
) -> tuple[BoolArray, FloatArray]:
    """(n - 1,) which gaps are faulty, and by how much [m]."""
    radius = np.linalg.norm(position, axis=1)[:, None]
    pull = -mu * position / radius**3
    change = -mu * (velocity - 3.0 * position * (position * velocity).sum(axis=1)[:, None] / radius**2) / radius**3
    low = np.minimum(radius[1:, 0], radius[:-1, 0])
    angle = np.sqrt(mu / low**3) * gap
    compared = sound[1:] & sound[:-1] & (gap > 0.0) & (angle <= CLOSE) & (low <= REACH)
    size = np.linalg.norm(_left(position, velocity, pull, gap), axis=1)
    push = np.linalg.norm(_left(velocity, pull, change, gap), axis=1)
    loose = LOOSE + ROUGH * low * angle**5
    faulty = compared & ((size > loose + 0.5 * gap * PUSH) | (push > LARGEST_PUSH))
    right = compared & ~faulty
    burn = np.zeros(len(gap), dtype=np.bool_)
    burn[1:-1] = right[:-2] & right[2:]
    burn &= (push <= LARGEST_PUSH) & (size <= loose + 0.5 * gap * push)
    return faulty & ~burn, size


def _left(value: FloatArray, slope: FloatArray, bend: FloatArray, gap: FloatArray) -> FloatArray:
    """(n - 1, k) what the corrected trapezoidal rule leaves of the steps of a value."""
    step = gap[:, None]
    return np.diff(value, axis=0) - 0.5 * step * (slope[1:] + slope[:-1]) + step**2 / 12.0 * np.diff(bend, axis=0)


def _unturned(instants: IntArray, position: FloatArray, velocity: FloatArray) -> tuple[FloatArray, FloatArray]:
    """States in a frame that turns with the Earth, in the one that it is at the first of them and that stands still."""
    turn = EARTH_ROTATION * ((instants - instants[0]) / NS)
    cos, sin = np.cos(turn), np.sin(turn)
    x, y, z = position.T
    vx, vy = velocity[:, 0] - EARTH_ROTATION * y, velocity[:, 1] + EARTH_ROTATION * x
    still = np.stack([cos * x - sin * y, sin * x + cos * y, z], axis=1)
    return still, np.stack([cos * vx - sin * vy, sin * vx + cos * vy, velocity[:, 2]], axis=1)


def _tell(findings: Findings, lines: Sequence[int], faulty: BoolArray, size: FloatArray) -> None:
    """Note one state a faulty gap, or the one between two."""
    told, done = 0, -1
    for gap in np.flatnonzero(faulty).tolist():
        if gap <= done or told >= SHOWN:
            continue
        two = gap + 1 < len(faulty) and bool(faulty[gap + 1])
        first = gap == 0 and not two and len(faulty) > 1
        beside = "those before and after it" if two else "the one after it" if first else "the one before it"
        what = f"does not lie on one path with {beside}"
        remedy = "Is a digit wrong? A burn this large ends a segment."
        findings.add(lines[gap if first else gap + 1], "state", what, f"{size[gap] / 1e3:.1f} km off", remedy=remedy)
        told, done = told + 1, gap + 1 if two else gap
