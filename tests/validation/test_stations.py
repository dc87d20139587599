"""The falls, burns and altitudes of other stations stay within some three times the residual measured at first."""

from __future__ import annotations

import datetime as dt

import pytest
from measures_stations import SKYLAB_FELL, fitted_on, skylab_spread, week
from scoreboard import MEASURES

pytestmark = [pytest.mark.validation, pytest.mark.slow]


@pytest.mark.parametrize("name", ["skylab_observed", "mir_burns", "tiangong_decay", "tiangong_band"])
def test_the_goals_are_reached(name: str) -> None:
    for row in MEASURES[name]():
        assert row.residual <= row.goal, row
        assert row.naive is None or row.residual < row.naive, row


def test_the_forecast_of_1974_holds_the_truth_and_is_no_guess() -> None:
    low, middle, high, _ = skylab_spread()
    assert low <= SKYLAB_FELL <= high
    # A spread that held everything would hold the truth too.
    assert high < dt.date(1992, 1, 1) and (high - low).days < 365.25 * 14
    assert dt.date(1977, 1, 1) < middle < dt.date(1984, 1, 1)


def test_the_fitted_drag_of_a_week_is_that_of_a_station() -> None:
    assert 0.002 < fitted_on(week(), 0.0)[0] < 0.012
