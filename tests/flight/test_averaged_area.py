"""Areas: the arrays' share against a sum over the orbit, configurations by date, what is refused."""

from __future__ import annotations

import numpy as np
import pytest

from cupola.base.constants import EARTH_RADIUS
from cupola.base.errors import DomainError
from cupola.flight.averaged_area import Configuration, array_share, per_mass
from cupola.flight.averaged_elements import mean


@pytest.mark.parametrize("beta", [0.0, 0.3, -0.9, 1.1, 1.3])
@pytest.mark.parametrize("feathered", [False, True])
def test_the_share_is_that_of_a_sum_over_the_orbit(beta: float, feathered: bool) -> None:
    altitude = 410e3
    angle = np.linspace(0.0, 2.0 * np.pi, 100_000, endpoint=False)
    share = np.abs(np.cos(beta) * np.sin(angle))
    across = np.sqrt(1.0 - (np.cos(beta) * np.cos(angle)) ** 2)
    dark = (np.cos(angle) < 0.0) & (across < EARTH_RADIUS / (EARTH_RADIUS + altitude))
    expected = float(np.mean(np.where(dark & feathered, 0.0, share)))
    assert float(array_share(beta, altitude, feathered)) == pytest.approx(expected, abs=2e-5)


def test_each_configuration_holds_until_the_next() -> None:
    found = per_mass([Configuration(60_100.0, 450e3, 900.0), Configuration(60_000.0, 400e3, 800.0)])
    orbit = mean(np.array([[6.79e6, 6.79e6], [0, 0], [0, 0], [0.9, 0.9], [0, 1], [0, 0]]))
    assert [found(day, orbit)[0] for day in (59_000.0, 60_000.0, 60_099.9, 60_100.0, 70_000.0)] == pytest.approx(
        [2e-3, 2e-3, 2e-3, 2e-3, 2e-3]
    )
    heavier = per_mass(
        [Configuration(60_000.0, 400e3, 800.0), Configuration(60_100.0, np.array([450e3, 300e3]), 900.0)]
    )
    assert heavier(60_200.0, orbit).tolist() == pytest.approx([2e-3, 3e-3])


def test_arrays_that_feather_meet_less_wind_and_the_node_matters() -> None:
    orbit = mean(np.array([[6.79e6] * 8, [0] * 8, [0] * 8, [0.9] * 8, list(np.arange(8) * 0.7), [0] * 8]))
    open_ = per_mass([Configuration(0.0, 420e3, 800.0, 5_000.0)])(60_000.0, orbit)
    feathered = per_mass([Configuration(0.0, 420e3, 800.0, 5_000.0, True)])(60_000.0, orbit)
    assert (feathered < open_).all() and (feathered > 800.0 / 420e3).all()
    assert np.ptp(open_) > 0.1 * open_.mean()


@pytest.mark.parametrize(
    ("configurations", "said"),
    [
        ([], "none"),
        ([Configuration(0.0, 0.0, 1.0)], "mass"),
        ([Configuration(0.0, -5.0, 1.0)], "mass"),
        ([Configuration(0.0, np.nan, 1.0)], "mass"),
        ([Configuration(0.0, 1.0, -1.0)], "area"),
        ([Configuration(0.0, 1.0, 1.0, np.inf)], "area"),
    ],
)
def test_what_cannot_be_is_refused(configurations: list[Configuration], said: str) -> None:
    with pytest.raises(DomainError, match=said):
        per_mass(configurations)
