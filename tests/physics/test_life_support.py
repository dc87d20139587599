"""Reserves and air, against hand calculations and the units they are stated in."""

from __future__ import annotations

import numpy as np
import pytest

from cupola.base.errors import DomainError
from cupola.physics.life_support import (
    carbon_dioxide_balance,
    carbon_dioxide_days,
    carbon_dioxide_pressure,
    days_of_reserve,
    food_days,
    oxygen_pressure,
    partial_pressure,
)

MMHG = 133.322387415


def test_reserve_of_an_empty_station_never_ends() -> None:
    days = np.asarray(days_of_reserve(np.array([100.0, 100.0, 0.0]), np.array([0.0, 4.0, 4.0]), 0.5))
    assert days.tolist() == [np.inf, 50.0, 0.0]


def test_reserve_refuses_a_need_of_nothing() -> None:
    with pytest.raises(DomainError, match="more than 0"):
        days_of_reserve(1.0, 1.0, np.array([1.0, 0.0]))


def test_eating_a_quarter_more_shortens_the_reserve_by_a_fifth() -> None:
    assert food_days(100.0, 2.0, 1.8, 1.25) == pytest.approx(0.8 * np.asarray(food_days(100.0, 2.0, 1.8)))


def test_dry_air_at_sea_level() -> None:
    # 1.2041 kg/m3 at 20 degrees Celsius and 101,325 Pa.
    assert partial_pressure(1.2041, 1.0, 28.9647, 293.15) == pytest.approx(101_325.0, rel=5e-4)


def test_oxygen_limits_of_the_free_air() -> None:
    # 146 to 178 mmHg in 899 m3 (ICES-2015-146) is a band of some 50 kg of oxygen.
    low, high = 228.0, 279.0
    assert oxygen_pressure(low, 899.0) / MMHG == pytest.approx(146.0, abs=1.0)
    assert oxygen_pressure(high, 899.0) / MMHG == pytest.approx(178.0, abs=1.0)


@pytest.mark.parametrize(("volume", "temperature"), [(0.0, 295.0), (899.0, 0.0), (899.0, float("nan"))])
def test_pressure_refuses_no_room_and_no_warmth(volume: float, temperature: float) -> None:
    with pytest.raises(DomainError):
        partial_pressure(1.0, volume, 32.0, temperature)


def test_carbon_dioxide_settles_where_removal_keeps_up() -> None:
    rating = 2.0 * MMHG
    people = np.array([0.0, 4.0, 8.0])
    level = np.asarray(carbon_dioxide_balance(people, 1.04, 4.16, rating))
    assert level == pytest.approx(np.array([0.0, 2.0, 4.0]) * MMHG)
    # Stepped day by day, the cabin comes to the same level.
    mass, kilogram = 0.5, float(np.asarray(carbon_dioxide_pressure(1.0, 899.0)))
    for _ in range(2_000):
        mass += 0.01 * (8.0 * 1.04 - 4.16 * mass * kilogram / rating)
    assert mass * kilogram == pytest.approx(4.0 * MMHG, rel=1e-6)


def test_carbon_dioxide_rises_without_end_when_the_bed_is_full_or_gone() -> None:
    assert np.asarray(carbon_dioxide_balance(8.0, 1.04, 4.16, 266.6, limit=400.0)) == np.inf
    assert np.asarray(carbon_dioxide_balance(1.0, 1.0, 0.0, 266.6)) == np.inf


def test_days_until_the_limit() -> None:
    days = np.asarray(carbon_dioxide_days(np.array([1.0, 1.0, 6.0]), 5.0, np.array([7.0, 5.0, 7.0]), 1.0, 5.0))
    assert days.tolist() == [2.0, np.inf, 0.0]
