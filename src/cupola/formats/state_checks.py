"""What a state in orbit about the Earth must satisfy: above the ground, bound, in order of time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cupola.base.constants import EARTH_FLATTENING, EARTH_RADIUS, EARTH_ROTATION
from cupola.base.instants import format_instant
from cupola.formats.ephemeris import ROTATING
from cupola.formats.findings import Findings
from cupola.formats.records import FloatArray, IntArray

FARTHEST = 1e10
"""[m]; beyond it a state is in another unit, or not about the Earth."""
SHOWN = 20
"""Problems of one sort that are named one by one."""


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
) -> None:
    """Note states under the ground, of a hyperbolic or parabolic orbit, or too far off to be about the Earth.

    lines       line of each state
    position    (n, 3) [m]
    velocity    (n, 3) [m/s]
    frame       CCSDS name; in one that turns with the Earth its rotation is added to the velocity
    mu          gravitational constant of the centre [m3/s2]

    The ground is the ellipsoid of WGS 84; in frames that do not turn its axis is taken as theirs, which is wrong by
    less than a degree, or 400 m of height, until 2150.
    """
    far = np.abs(position).max(axis=1, initial=0.0) > FARTHEST
    fast = np.abs(velocity).max(axis=1, initial=0.0) > 3e8
    kept = ~(far | fast)
    for at in np.flatnonzero(~kept)[:SHOWN]:
        findings.add(lines[at], "state", "is no orbit about the Earth", expected="under 1e7 km and 3e5 km/s")
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
        findings.add(lines[at], "state", "is on a hyperbolic orbit", f"{speed / 1e3:.3f} km/s", expected)
