"""Each point of the average takes the ap of its own time and of the hours before, as the full engine's air does."""

from __future__ import annotations

import numpy as np
import pytest

from cupola.base.constants import EARTH_RADIUS
from cupola.base.errors import DomainError
from cupola.flight.averaged_air import Indices
from cupola.flight.averaged_drag import Evaluated
from cupola.flight.averaged_elements import Mean, mean
from cupola.flight.averaged_history import EvaluatedHistory
from cupola.flight.full_weather import Indices as Days

FIRST = 60_000
ORBIT = mean(np.array([EARTH_RADIUS + 400e3, 0.0, 1e-3, 0.9, 1.0, 2.0])[:, None])
DAY, AREA = np.array([FIRST + 5.0]), np.array([0.008])


def days(ap: np.ndarray) -> Days:
    return Days(FIRST, np.full(len(ap), 150.0), ap)


def fall(air: Evaluated, ap: float) -> float:
    """m/s, the rate of the axis on a day of one ap"""
    indices = Indices(np.array(150.0), np.array(150.0), np.array(ap))
    return float(air.drag(DAY, np.ones(1), Mean(*ORBIT.rows), AREA, indices, float(DAY[0])).axis[0])


@pytest.mark.parametrize(("ap", "low", "high"), [(4.0, 0.998, 1.002), (15.0, 1.02, 1.035)])
def test_a_constant_ap_has_the_ratio_of_the_two_fits(ap: float, low: float, high: float) -> None:
    # docs/design/014 gives 1.000 and 1.026.
    history = EvaluatedHistory(days(np.full((10, 8), ap)))
    assert low < fall(history, ap) / fall(Evaluated(), ap) < high


def test_the_history_is_that_of_the_point() -> None:
    rows = np.arange(80.0).reshape(10, 8)
    air = EvaluatedHistory(days(rows))
    # 14:00 on the sixth day: row 44 of three hours.
    found = air._activity(np.array([FIRST + 5 + 14.0 / 24.0]), np.array(0.0))
    assert found.tolist() == [[43.5, 44.0, 43.0, 42.0, 41.0, 36.5, 28.5]]


def test_days_after_the_last_that_was_observed_have_their_mean() -> None:
    rows = days(np.full((10, 8), 15.0))
    assert fall(EvaluatedHistory(rows, FIRST + 4.0), 15.0) == fall(Evaluated(), 15.0)
    assert (
        fall(EvaluatedHistory(rows, FIRST + 5.0), 15.0) == fall(EvaluatedHistory(rows), 15.0) < fall(Evaluated(), 15.0)
    )


def test_a_storm_is_felt_when_it_comes() -> None:
    quiet = np.full((10, 8), 4.0)
    storm = quiet.copy()
    storm[5] = 200.0
    before, amid = (fall(EvaluatedHistory(days(rows)), 4.0) for rows in (quiet, storm))
    later = quiet.copy()
    later[6] = 200.0
    assert amid < 1.3 * before < 0.0 and fall(EvaluatedHistory(days(later)), 4.0) == before


@pytest.mark.parametrize("count", [5, 3])
def test_days_without_a_history_are_refused(count: int) -> None:
    with pytest.raises(DomainError, match="beyond the history of ap"):
        fall(EvaluatedHistory(days(np.full((count, 8), 4.0))), 4.0)
    with pytest.raises(DomainError, match="beyond the history of ap"):
        EvaluatedHistory(days(np.full((9, 8), 4.0)))._activity(np.array([FIRST + 1.0]), np.array(4.0))
