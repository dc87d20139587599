"""The comparisons with the real orbit stay within some three times the residual measured when they were made."""

from __future__ import annotations

import numpy as np
import pytest
from measures_orbit import YEARS
from orbit_decay import alternate, fall, fitted, of_year, segments
from scoreboard import MEASURES

pytestmark = pytest.mark.validation

# Residuals as measured: docs/validation.md.
MEASURED = {
    "nodal_precession": (0.53,),
    "node_since_launch": (7.2,),
    "burns": (0.003, 0.038),
    "propellant_by_altitude": (0.0114,),
    "gyros": (0.007, 0.00002),
    "burn_times": (0.075,),
    "solar_forecasts": (13.7, 21.5),
    "decay_next_year": (0.128, 0.325, 0.212, 0.120, 0.241, 0.900, 0.325),
}
DECAY = {1999: 0.102, 2000: 0.119, 2002: 0.079, 2003: 0.175, 2004: 0.127, 2016: 0.10, 2021: 0.049, 2024: 0.127}
"""Median errors; 2016 stands on one tested segment, so its 0.02 is luck and 0.10 is used."""


@pytest.mark.parametrize("name", MEASURED)
def test_residuals_stay_small(name: str) -> None:
    residuals = [row.residual for row in MEASURES[name]()]
    assert len(residuals) == len(MEASURED[name])
    assert all(now <= 3.0 * then for now, then in zip(residuals, MEASURED[name], strict=True)), residuals


@pytest.mark.parametrize("year", YEARS)
def test_decay_of_a_year(year: int) -> None:
    assert alternate(year).median <= 3.0 * DECAY[year]


def test_most_years_reach_the_goal_and_beat_the_baseline() -> None:
    scores = [alternate(year) for year in YEARS]
    assert sum(score.median <= 0.15 for score in scores) >= 6
    assert sum(score.median < score.naive_median for score in scores) >= 6


def test_decay_falls_more_with_more_drag_and_less_without_sun() -> None:
    segment = of_year(2002)[0]
    assert fall(segment, 0.010) > fall(segment, 0.005) > 0.0
    maximum, minimum = (np.median([s.rate for s in of_year(year)]) for year in (2002, 2021))
    assert maximum > 10.0 * minimum


def test_fitted_drag_is_that_of_a_station() -> None:
    values = np.array([fitted(segment) for segment in segments() if segment.year in YEARS])
    low, high = np.quantile(values, [0.05, 0.95])
    assert 0.004 < low < high < 0.013
