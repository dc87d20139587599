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
from cupola.flight.averaged import Flight, fly
from cupola.flight.averaged_air import Indices
from cupola.flight.averaged_rates import frozen_orbit
from cupola.flight.averaged_table import Tabulated
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


def weather(as_of: dt.date, first: dt.date, last: dt.date) -> Callable[[int], Indices]:
    """The middle level of observed and forecast indices by day."""
    outlook = solar_outlook(as_of, first, last)
    f107, f107a, ap = (np.array(levels[1]) for levels in (outlook.f107, outlook.f107a, outlook.ap))
    begin = to_mjd(first)
    return lambda day: Indices(*(np.array(values[day - begin]) for values in (f107, f107a, ap)))


@lru_cache(maxsize=1)
def observed() -> Callable[[int], Indices]:
    """All observed."""
    return weather(dt.date(2026, 8, 1), dt.date(1998, 6, 1), dt.date(2026, 6, 1))


@lru_cache(maxsize=4)
def table(inclination: float = INCLINATION) -> Tabulated:
    """The air that a station of that inclination flies through."""
    return Tabulated(inclination)


def coast(
    start: float, altitude: float, node: float | np.ndarray, per_mass: np.ndarray, days: float,
    inclination: float = INCLINATION,
) -> Flight:  # fmt: skip
    """A flight without burns through observed indices, for several Cd A/m, from a frozen orbit."""
    begin = frozen_orbit(np.full(per_mass.size, altitude), inclination, node)
    return fly(begin, start, start + days, table(inclination), observed(), lambda mjd, orbit: per_mass)


def fall(segment: Segment, per_mass: np.ndarray) -> np.ndarray:
    """Computed fall [m] over a segment for several Cd A/m."""
    flown = coast(segment.start, segment.altitude_start, segment.node, per_mass, segment.end - segment.start)
    return np.asarray(flown.altitude[0] - flown.altitude[-1])


@lru_cache(maxsize=512)
def fitted(segment: Segment) -> float:
    """Cd A/m [m2/kg] with which the computed fall is the observed one."""
    tried = np.array([0.002, 0.005, 0.008, 0.012, 0.02])
    value = float(np.interp(segment.fall, fall(segment, tried), tried))
    return value * segment.fall / float(fall(segment, np.array([value]))[0])


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
    model = tuple(float(fall(segment, np.array([value]))[0]) / segment.fall - 1.0 for segment in tested)
    near = (min(trained, key=lambda other, own=segment: abs(other.start - own.start)) for segment in tested)
    naive = tuple(other.rate / segment.rate - 1.0 for other, segment in zip(near, tested, strict=True))
    return Score(model, naive)


def alternate(year: int) -> Score:
    """Fit on every second segment of a year, test on the others."""
    return score(of_year(year)[::2], of_year(year)[1::2])
