"""Raising an orbit, against the full Hohmann sum and the inverse formulae."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cupola.base.constants import EARTH_RADIUS, MU_EARTH
from cupola.physics.reboost import (
    burn_duration,
    delta_v_for_raise,
    delta_v_from,
    propellant_for,
    raise_from_delta_v,
)


def hohmann(low: float, high: float) -> float:
    r1, r2 = EARTH_RADIUS + low, EARTH_RADIUS + high
    first = np.sqrt(MU_EARTH / r1) * (np.sqrt(2.0 * r2 / (r1 + r2)) - 1.0)
    return float(first + np.sqrt(MU_EARTH / r2) * (1.0 - np.sqrt(2.0 * r1 / (r1 + r2))))


@pytest.mark.parametrize("gain", [1e3, 20e3, 100e3])
def test_the_raise_agrees_with_the_two_burns_of_hohmann(gain: float) -> None:
    assert delta_v_for_raise(400e3, gain) == pytest.approx(hohmann(400e3, 400e3 + gain), rel=1e-4)


@given(st.floats(200e3, 500e3), st.floats(0.01, 5.0))
def test_gain_and_velocity_change_are_inverse(altitude: float, change: float) -> None:
    gain = float(raise_from_delta_v(altitude, change))
    assert delta_v_for_raise(altitude, gain) == pytest.approx(change, rel=3e-3)


@given(st.floats(0.0, 100.0), st.floats(1e5, 6e5), st.floats(200.0, 450.0))
def test_propellant_and_velocity_change_are_inverse(change: float, mass: float, impulse: float) -> None:
    burnt = float(propellant_for(change, mass, impulse))
    assert 0.0 <= burnt < mass
    assert delta_v_from(burnt, mass, impulse) == pytest.approx(change, abs=1e-9, rel=1e-9)


def test_a_published_hohmann_transfer() -> None:
    # Arithmetic beside a station deorbit study: 415 to 640 km takes 123.8 m/s.
    assert hohmann(415e3, 640e3) == pytest.approx(123.8, abs=0.1)
    assert delta_v_for_raise(415e3, 225e3) == pytest.approx(123.8, abs=0.3)


def test_a_burn_lasts_its_impulse_over_its_thrust() -> None:
    burnt = float(propellant_for(1.0, 440e3, 300.0))
    assert burn_duration(burnt, 800.0, 300.0) == pytest.approx(440e3 / 800.0, rel=1e-3)
