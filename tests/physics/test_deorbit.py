"""The last burns: against conservation of energy and momentum, a Hohmann transfer, and burns that were made."""

from __future__ import annotations

import doctest
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cupola.base.constants import EARTH_RADIUS, MU_EARTH
from cupola.physics import deorbit
from cupola.physics.deorbit import perigee_after

APOGEES = st.floats(150e3, 600e3)
SHARES = st.floats(0.0, 1.0)
"""How far the perigee lies between 100 km and the apogee"""


def perigee_of(apogee: float, share: float) -> float:
    return 100e3 + share * (apogee - 100e3)


def by_conservation(apogee: float, perigee: float, delta_v: float) -> float:
    """Perigee from what energy and angular momentum leave, in plain arithmetic."""
    far, near = EARTH_RADIUS + apogee, EARTH_RADIUS + perigee
    # Both ends of the first orbit give its speed at the far one.
    speed = math.sqrt(2.0 * MU_EARTH * near / (far * (far + near))) - delta_v
    energy, momentum = 0.5 * speed * speed - MU_EARTH / far, far * speed
    eccentricity = math.sqrt(1.0 + 2.0 * energy * momentum * momentum / MU_EARTH**2)
    return momentum * momentum / (MU_EARTH * (1.0 + eccentricity)) - EARTH_RADIUS


def test_examples_in_the_docstrings_run() -> None:
    result = doctest.testmod(deorbit)
    assert result.attempted > 0 and result.failed == 0


@given(APOGEES, SHARES)
def test_without_a_burn_the_perigee_stays(apogee: float, share: float) -> None:
    perigee = perigee_of(apogee, share)
    assert float(perigee_after(apogee, perigee, 0.0)) == pytest.approx(perigee, abs=1e-3)


@given(APOGEES, SHARES, st.floats(0.0, 300.0), st.floats(0.01, 100.0))
def test_a_larger_burn_brings_the_perigee_lower(apogee: float, share: float, burn: float, more: float) -> None:
    perigee = perigee_of(apogee, share)
    assert perigee_after(apogee, perigee, burn + more) < perigee_after(apogee, perigee, burn)


@given(APOGEES, SHARES, st.floats(5.0, 300.0))
def test_energy_and_angular_momentum_say_the_same(apogee: float, share: float, burn: float) -> None:
    perigee = perigee_of(apogee, share)
    assert float(perigee_after(apogee, perigee, burn)) == pytest.approx(by_conservation(apogee, perigee, burn), abs=0.5)


@given(st.floats(200e3, 600e3), st.floats(0.0, 1.0))
def test_the_first_burn_of_a_hohmann_transfer_reaches_the_lower_circle(height: float, share: float) -> None:
    target = perigee_of(height, share)
    high, low = EARTH_RADIUS + height, EARTH_RADIUS + target
    burn = math.sqrt(MU_EARTH / high) * (1.0 - math.sqrt(2.0 * low / (high + low)))
    assert float(perigee_after(height, height, burn)) == pytest.approx(target, abs=1e-2)


def test_two_burns_made_in_2001_agree_with_what_was_published() -> None:
    # From 219 x 219 km: 9.3 m/s brought the perigee to 188 km, then 10.4 m/s to 158 km.
    first = float(perigee_after(219e3, 219e3, 9.3))
    assert first == pytest.approx(188e3, abs=15e3)
    assert float(perigee_after(219e3, first, 10.4)) == pytest.approx(158e3, abs=15e3)


def test_an_array_gives_what_its_numbers_give() -> None:
    apogee, burn = np.array([219e3, 300e3, 415e3]), np.array([9.3, 20.0, 60.0])
    perigee = apogee - np.array([0.0, 10e3, 50e3])
    found = perigee_after(apogee, perigee, burn)
    each = [perigee_after(*row) for row in zip(apogee.tolist(), perigee.tolist(), burn.tolist(), strict=True)]
    assert found.tolist() == pytest.approx(each, rel=1e-12)


def test_a_large_burn_reaches_the_ground() -> None:
    assert perigee_after(300e3, 300e3, 110.0) < 0.0
