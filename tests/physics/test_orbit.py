"""The orbit plane and the Sun, against almanac values and exact geometry."""

from __future__ import annotations

import doctest

import numpy as np
import pytest

from cupola.physics import atmosphere, attitude, density, orbit, reboost


@pytest.mark.parametrize("module", [atmosphere, attitude, density, orbit, reboost])
def test_examples_in_the_docstrings_run(module: object) -> None:
    result = doctest.testmod(module)  # type: ignore[arg-type]
    assert result.attempted > 0 and result.failed == 0


def test_the_sun_stands_right_at_equinox_and_solstice() -> None:
    # March equinox 2024-03-20 03:07 UTC, December solstice 2023-12-22 03:27 UTC (published to the minute).
    x, y, z = orbit.sun_direction(60_389 + 3.117 / 24.0)
    assert np.degrees(np.arctan2(y, x)) == pytest.approx(0.0, abs=0.02)
    assert np.degrees(np.arcsin(z)) == pytest.approx(0.0, abs=0.01)
    _, _, low = orbit.sun_direction(60_300 + 3.45 / 24.0)
    assert np.degrees(np.arcsin(low)) == pytest.approx(-23.44, abs=0.01)


def test_beta_agrees_with_the_vector_product_of_the_orbit() -> None:
    inclination, node, day = np.radians(51.64), np.linspace(0.0, 6.0, 50), 59_786.0
    towards = np.array([np.cos(node), np.sin(node), np.zeros(50)])
    ahead = np.array(
        [
            -np.sin(node) * np.cos(inclination),
            np.cos(node) * np.cos(inclination),
            np.full(50, np.sin(inclination)),
        ]
    )
    normal = np.cross(towards, ahead, axis=0)
    sun = np.array(orbit.sun_direction(day))
    expected = np.arcsin((normal * sun[:, None]).sum(axis=0))
    assert np.allclose(orbit.beta_angle(node, float(inclination), day), expected, atol=1e-12)


def test_beta_stays_within_inclination_and_obliquity() -> None:
    days = 59_000.0 + np.arange(0.0, 3_000.0)
    node = np.asarray(orbit.node_rate(417e3, np.radians(51.64))) * 86_400.0 * (days - days[0])
    beta = np.degrees(orbit.beta_angle(node, float(np.radians(51.64)), days))
    assert 73.0 < beta.max() < 75.1 and -75.1 < beta.min() < -73.0


def test_a_lower_orbit_turns_faster() -> None:
    rates = np.degrees(orbit.node_rate(np.array([407e3, 417e3]), float(np.radians(51.64)))) * 86_400.0 * 365.25
    assert rates[1] - rates[0] == pytest.approx(9.3, abs=0.2)


def test_a_sun_synchronous_orbit_follows_the_mean_sun() -> None:
    # The textbook case: 800 km and 98.6 degrees turn with the Sun, 0.9856 degrees a day.
    rate = np.degrees(orbit.node_rate(800e3, float(np.radians(98.6)))) * 86_400.0
    assert rate == pytest.approx(0.9856, abs=0.01)


def test_local_time_of_the_node_keeps_one_turn() -> None:
    angles = orbit.node_local_time(np.linspace(-20.0, 20.0, 400), 60_000.0)
    assert angles.min() >= 0.0 and angles.max() < 2.0 * np.pi


def test_distance_of_the_sun_swings_once_a_year() -> None:
    distance = orbit.sun_distance(60_000.0 + np.arange(366.0))
    assert distance.min() == pytest.approx(0.9833, abs=2e-4) and distance.max() == pytest.approx(1.0167, abs=2e-4)
