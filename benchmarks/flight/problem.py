"""The workloads of the flight benchmark, and how a program reports what it did.

W1    a station of 420 t at 51.64 degrees and 410 km, Cd A/m = 2.2 * 1600 / 420000 m2/kg, from 2025-01-01, one year
      without a burn, F10.7 = 150 and Ap = 15 throughout: it falls by about 99 km.
W3    variations of W1 in flux (70 to 170 sfu) and ballistic coefficient (0.8 to 1.1 of it), as many as asked for.
TEN   ten years of one future with reboosts between 412 and 416 km, flux and Ap varying by day.

Time is the processor's, of the thread that flies, without imports, set-up and what a compiler does beside it: so it
tells little of what else the machine does. The end is compared with the reference of ``tests/validation/data``.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable

import numpy as np

from cupola.base.constants import EARTH_RADIUS, MU_EARTH
from cupola.flight.averaged_elements import state_energy
from cupola.flight.averaged_frames import eme2000_to_teme, turned_state

BEGIN = 60_676.0
EPOCH = "2025-01-01T00:00:00"
DAYS = 365
INCLINATION = float(np.radians(51.64))
HEIGHT = 410e3
MASS, AREA, CD = 420e3, 1_600.0, 2.2
PER_MASS = CD * AREA / MASS
FLUX, AP = 150.0, 15.0


def start(frame: str = "TEME") -> np.ndarray:
    """State at the beginning, (6,) [m, m/s], in TEME or in GCRF."""
    radius = EARTH_RADIUS + HEIGHT
    speed = float(np.sqrt(MU_EARTH / radius))
    state = np.array([radius, 0.0, 0.0, 0.0, speed * np.cos(INCLINATION), speed * np.sin(INCLINATION)])
    return state if frame == "TEME" else turned_state(state[:, None], eme2000_to_teme(BEGIN).T)[:, 0]


def axes(states: np.ndarray, frame: str = "TEME") -> np.ndarray:
    """-mu / 2E [m] of daily states (days, 6)."""
    found = []
    for day, state in enumerate(states):
        turned = state[:, None]
        if frame != "TEME":
            turned = turned_state(turned, eme2000_to_teme(BEGIN + day))
        found.append(float(-0.5 * MU_EARTH / state_energy(turned)[0]))
    return np.array(found)


def end_height(by_day: np.ndarray) -> float:
    """km at the last day, from a parabola through the last ten, for a single one swings by some metres in an orbit."""
    days = np.arange(-9.0, 1.0)
    return float(np.polynomial.Polynomial.fit(days, by_day[-10:], 2)(0.0) - EARTH_RADIUS) / 1e3


def variations(count: int) -> tuple[np.ndarray, np.ndarray]:
    """Cd A/m and flux of the futures of W3."""
    random = np.random.default_rng(1)
    return PER_MASS * random.uniform(0.8, 1.1, count), random.uniform(70.0, 170.0, count)


def weather() -> tuple[np.ndarray, np.ndarray]:
    """Flux and Ap by day of TEN: a cycle with noise."""
    random = np.random.default_rng(2)
    days = np.arange(3_653)
    return 140.0 + 60.0 * np.sin(days / 640.0) + random.normal(0.0, 8.0, days.size), np.abs(
        random.normal(12.0, 6.0, days.size)
    )


def timed(work: Callable[[], object], clock: Callable[[], float] = time.thread_time) -> tuple[float, object]:
    """Processor seconds of some work, and what it gave; another clock for what flies in a thread of its own."""
    begun = clock()
    result = work()
    return clock() - begun, result


def report(work: str, peer: str, seconds: float, **more: float | str) -> None:
    """One line of JSON for the runner."""
    print(json.dumps({"work": work, "peer": peer, "seconds": round(seconds, 5), **more}), flush=True)
