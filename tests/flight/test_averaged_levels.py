"""Air between levels of the Sun: the levels themselves, between them, beyond them, and with one level alone."""

from __future__ import annotations

import numpy as np
import pytest

from cupola.flight.averaged_air import Indices
from cupola.flight.averaged_levels import Levelled, Standing
from cupola.flight.averaged_rates import frozen_orbit
from cupola.flight.averaged_table import Tabulated

INCLINATION, DAY = float(np.radians(51.64)), 60_100.0
FLUX, AP = (80.0, 140.0, 210.0), (5.0, 12.0, 40.0)


@pytest.fixture(scope="module")
def air() -> Levelled:
    return Levelled(INCLINATION)


def sinking(
    air: Levelled, level: list[float], flux: tuple[float, ...] = FLUX, ap: tuple[float, ...] = AP
) -> np.ndarray:
    """da/dt [m/s] of one orbit at some levels."""
    n = len(level)
    orbit = frozen_orbit(np.full(n, 400e3), INCLINATION, 1.0)
    sun = Standing(flux, ap, np.array(level))
    return air.drag(np.full(n, DAY), np.ones(n), orbit, np.full(n, 0.007), sun, DAY).axis


def test_a_level_is_the_air_of_its_flux_and_ap(air: Levelled) -> None:
    orbit, table = frozen_orbit(np.array([400e3]), INCLINATION, 1.0), Tabulated(INCLINATION)
    for level, (flux, ap) in enumerate(zip(FLUX, AP, strict=True)):
        sun = Indices(np.array(flux), np.array(flux), np.array(ap))
        alone = table.drag(np.array([DAY]), np.ones(1), orbit, np.array([0.007]), sun, DAY).axis
        assert sinking(air, [float(level)])[0] == alone[0]


def test_between_levels_the_logarithm_is_linear_and_beyond_them_it_is_held(air: Levelled) -> None:
    low, half, middle, top, beyond, under = sinking(air, [0.0, 0.5, 1.0, 2.0, 7.0, -1.0])
    assert half == pytest.approx(-np.sqrt(low * middle), rel=3e-3)
    assert top == beyond and under == low
    assert low > middle > top


def test_one_level_alone_is_that_of_three_that_do_not_differ(air: Levelled) -> None:
    alone = sinking(air, [0.3, 1.0], (140.0,), (12.0,))
    three = sinking(air, [0.3, 1.0], (140.0,) * 3, (12.0,) * 3)
    assert alone == pytest.approx(three, rel=1e-12) and alone[1] == three[1]


def test_some_futures_of_a_sun_keep_their_levels() -> None:
    assert Standing(FLUX, AP, np.array([0.0, 1.0, 2.0])).of(np.array([2, 0])).level.tolist() == [2.0, 0.0]


def test_the_nearest_shipped_table_within_a_quarter_of_a_degree_is_taken() -> None:
    assert Levelled(float(np.radians(51.45))).cosine == Levelled(INCLINATION).cosine
