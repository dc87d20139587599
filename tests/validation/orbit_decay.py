"""Fitting and predicting the decay of the real orbit over coasting segments, with observed solar indices."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from cupola.base.time import to_mjd
from cupola.physics.decay import coast, daily
from cupola.physics.density import effective_flux, load_table
from cupola.scenario.solar import solar_outlook

DATA = Path(__file__).parent / "data"
INCLINATION = float(np.radians(51.64))


@dataclass(frozen=True)
class Segment:
    """One stretch without burns; epochs are Modified Julian Days."""

    start: float
    end: float
    altitude_start: float
    altitude_end: float
    error: float
    node: float

    @property
    def year(self) -> int:
        return int(from_days(self.start).year)

    @property
    def fall(self) -> float:
        return self.altitude_start - self.altitude_end

    @property
    def rate(self) -> float:
        """m a day"""
        return self.fall / (self.end - self.start)


def from_days(mjd: float) -> dt.datetime:
    return dt.datetime(1858, 11, 17) + dt.timedelta(days=mjd)


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(newline="") as file:
        return list(csv.DictReader(file))


def days_of(text: str) -> float:
    moment = dt.datetime.fromisoformat(text.rstrip("Z"))
    return (moment - dt.datetime(1858, 11, 17)).total_seconds() / 86_400.0


@lru_cache(maxsize=1)
def segments() -> tuple[Segment, ...]:
    return tuple(
        Segment(
            days_of(row["start"]),
            days_of(row["end"]),
            float(row["altitude_start_m"]),
            float(row["altitude_end_m"]),
            float(row["fall_error_m"]),
            float(np.radians(float(row["node_start_deg"]))),
        )
        for row in rows("decay_segments.csv")
    )


@lru_cache(maxsize=1)
def observed() -> Callable[[float], tuple[float, float]]:
    """Effective flux and Ap by day, all observed."""
    first, last = dt.date(1998, 6, 1), dt.date(2026, 6, 1)
    outlook = solar_outlook(dt.date(2026, 8, 1), first, last)
    flux = effective_flux(np.array(outlook.f107[1]), np.array(outlook.f107a[1]))
    return daily(to_mjd(first), flux.tolist(), list(outlook.ap[1]))


def fall(segment: Segment, cd_area_over_mass: float) -> float:
    """Computed fall [m] over a segment."""
    flown = coast(
        load_table(INCLINATION),
        segment.start,
        segment.altitude_start,
        segment.node,
        INCLINATION,
        observed(),
        cd_area_over_mass,
        segment.end - segment.start,
    )
    return segment.altitude_start - float(flown.altitude[-1])


@lru_cache(maxsize=512)
def fitted(segment: Segment) -> float:
    """Cd A / m [m2/kg] with which the computed fall is the observed one (three secant-like steps)."""
    value = 0.008
    for _ in range(3):
        value *= segment.fall / fall(segment, value)
    return value


def of_year(year: int) -> tuple[Segment, ...]:
    return tuple(segment for segment in segments() if segment.year == year)


@dataclass(frozen=True)
class Score:
    """Errors of the computed fall, as shares of the observed one."""

    model: tuple[float, ...]
    naive: tuple[float, ...]
    """The neighbouring segment's rate again"""

    @property
    def median(self) -> float:
        return float(np.median(np.abs(self.model)))

    @property
    def naive_median(self) -> float:
        return float(np.median(np.abs(self.naive)))


def score(trained: tuple[Segment, ...], tested: tuple[Segment, ...]) -> Score:
    """Fit on some segments (median), compute the others; the naive way takes the nearest trained segment's rate."""
    value = float(np.median([fitted(segment) for segment in trained]))
    model = tuple(fall(segment, value) / segment.fall - 1.0 for segment in tested)
    near = (min(trained, key=lambda other, own=segment: abs(other.start - own.start)) for segment in tested)
    naive = tuple(other.rate / segment.rate - 1.0 for other, segment in zip(near, tested, strict=True))
    return Score(model, naive)


def alternate(year: int) -> Score:
    """Fit on every second segment of a year, test on the others."""
    return score(of_year(year)[::2], of_year(year)[1::2])
