"""Minima are found from what is known, today's departure is carried on, and past cycles are replayed."""

from __future__ import annotations

import doctest

import numpy as np
import pytest

from cupola.base.errors import DomainError
from cupola.physics import solar_cycle
from cupola.physics.solar_cycle import cycle_minima, regressed, replayed_levels, smoothed, straight_line
from cupola.scenario import solar

PERIOD = 130


def wave(months: int) -> np.ndarray:
    """Equal cycles: the minima lie at 0, 130, 260 and so on."""
    return 60.0 - 60.0 * np.cos(2.0 * np.pi * np.arange(months) / PERIOD)


def test_the_examples_run() -> None:
    result = doctest.testmod(solar_cycle)
    assert result.attempted >= 4 and result.failed == 0


def test_smoothing_takes_half_of_the_outer_months() -> None:
    values = np.zeros(27)
    values[13] = 12.0
    smooth = smoothed(values)
    assert smooth[7:20].tolist() == pytest.approx([0.5] + [1.0] * 11 + [0.5])
    assert np.isnan(smooth[:6]).all() and np.isnan(smooth[-6:]).all()
    with pytest.raises(DomainError):
        smoothed(np.zeros(12))


def test_the_minima_of_the_record_are_those_of_the_books() -> None:
    spots = solar._sunspots()
    lows, seen = cycle_minima(smoothed(spots.numbers))
    years = spots.first_month // 12 + (lows + 0.5) / 12
    # Source: Hathaway, Living Rev. Solar Phys. 12 (2015), table 2: minima of the 13-month mean.
    books = [1755.2, 1766.5, 1775.5, 1784.7, 1798.3, 1810.6, 1823.3, 1833.9, 1843.5, 1856.0, 1867.2, 1879.0, 1890.2]
    books += [1902.0, 1913.6, 1923.6, 1933.7, 1944.1, 1954.3, 1964.8, 1976.2, 1986.7, 1996.4]
    assert years.tolist() == pytest.approx(books, abs=0.45)
    assert ((seen - lows) >= 11).all() and ((seen - lows) <= 49).all()


def test_a_minimum_is_found_from_what_was_known() -> None:
    numbers = solar._sunspots().numbers
    lows, seen = cycle_minima(smoothed(numbers))
    for low, shown in zip(lows, seen, strict=True):
        known = int(shown) + solar_cycle.REACH + 1
        assert cycle_minima(smoothed(numbers[:known]))[0][-1] == low
        if low > lows[0]:
            assert cycle_minima(smoothed(numbers[: known - 1]))[0][-1] < low


def test_residuals_leave_their_case_out() -> None:
    draw = np.random.default_rng(5)
    then = draw.normal(size=9)
    later = 2.0 * then + draw.normal(size=9)
    members = regressed(0.7, then, later)
    slope, intercept = np.polyfit(then, later, 1)
    for case in range(9):
        others = np.arange(9) != case
        b, a = np.polyfit(then[others], later[others], 1)
        left_out = later[case] - (a + b * then[case])
        assert members[case] == pytest.approx(intercept + slope * 0.7 + left_out)


def test_equal_cycles_come_again() -> None:
    numbers = wave(10 * PERIOD + 70)
    levels = replayed_levels(numbers, 200)
    expected = smoothed(wave(numbers.size + 300))[numbers.size - 1 : numbers.size + 199]
    for level in levels:
        assert level == pytest.approx(expected, abs=1e-6)


def test_the_levels_lie_in_order_and_open_with_time() -> None:
    levels = replayed_levels(solar._sunspots().numbers[: 225 * 12], 241)
    assert np.isfinite(levels).all() and levels.min() >= 0.0
    assert (levels[0] <= levels[1]).all() and (levels[1] <= levels[2]).all()
    width = levels[2] - levels[0]
    assert width[0] < 15.0 < 60.0 < width[24:].mean()


def test_too_few_cycles_are_refused() -> None:
    with pytest.raises(DomainError, match="past cycles"):
        replayed_levels(wave(4 * PERIOD), 12)
    with pytest.raises(DomainError, match="past cycles"):
        replayed_levels(np.zeros(400), 12)
    with pytest.raises(DomainError, match="past cycles"):
        replayed_levels(wave(10 * PERIOD), 6 * PERIOD)


def test_a_line_needs_two_values() -> None:
    with pytest.raises(DomainError):
        straight_line(np.ones(5), np.arange(5.0))
