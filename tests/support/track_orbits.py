"""Orbits for the tests of tracks: states of a made-up flight with burns, and element sets with noise."""

from __future__ import annotations

import numpy as np

from cupola.base.constants import EARTH_RADIUS, MU_EARTH
from cupola.base.instants import DAY_S, NS, parse_instant
from cupola.flight.averaged_elements import mean, to_state
from cupola.flight.averaged_rates import secular
from cupola.flight.track_elements import Series
from cupola.formats.ephemeris import OemSegment

TILT = float(np.radians(51.64))
BEGIN = parse_instant("2022-03-01T00:00:00")


def raised_by(delta_v: float, altitude: float) -> float:
    """m of mean altitude for m/s along the track"""
    axis = EARTH_RADIUS + altitude
    return 2.0 * axis * delta_v * float(np.sqrt(axis / MU_EARTH))


def segment(
    days: float,
    burns: tuple[tuple[float, float, float], ...] = (),
    altitude: float = 418e3,
    sinking: float = 60.0,
    begin: int = BEGIN,
    step: float = 240.0,
) -> OemSegment:
    """States in TEME; burns are (day of the start, minutes, m/s), sinking is in m/day."""
    seconds = np.arange(0.0, days * DAY_S, step)
    height = altitude - sinking * seconds / DAY_S
    for day, minutes, delta_v in burns:
        share = np.clip((seconds - day * DAY_S) / max(minutes * 60.0, 1.0), 0.0, 1.0)
        height = height + share * raised_by(delta_v, altitude)
    axis = EARTH_RADIUS + height
    rates = secular(axis, np.full(axis.size, TILT))

    def grown(rate: np.ndarray) -> np.ndarray:
        return np.concatenate([[0.0], np.cumsum(0.5 * (rate[1:] + rate[:-1]) * np.diff(seconds))])

    zero = np.zeros(axis.size)
    rows = np.stack([axis, zero, rates.frozen, zero + TILT, 1.0 + grown(rates.node), grown(rates.argument)])
    state = to_state(mean(rows))
    instants = begin + np.round(seconds * NS).astype(np.int64)
    return OemSegment(
        "LAB", "2001-001A", "TEME", "UTC", begin, int(instants[-1]), instants, state[:3].T.copy(), state[3:].T.copy()
    )


def series(days: float, steps: tuple[tuple[float, float], ...] = (), noise: float = 25.0, seed: int = 1) -> Series:
    """Five sets a day; steps are (day, m)."""
    random = np.random.default_rng(seed)
    at = np.sort(random.uniform(0.0, days, int(5 * days)))
    height = 390e3 - 90.0 * at + random.normal(0.0, noise, at.size)
    for day, size in steps:
        height[at > day] += size
    instants = BEGIN + np.round(at * DAY_S * NS).astype(np.int64)
    return Series(instants, height, tuple(f"rows:{number}" for number in range(at.size)))
