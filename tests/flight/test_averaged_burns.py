"""Burns on mean elements against burns on states."""

from __future__ import annotations

import numpy as np
import pytest

from cupola.base.constants import EARTH_RADIUS
from cupola.flight.averaged_burns import Burn, burnt, delta_v_between, held, pieces
from cupola.flight.averaged_elements import Mean, from_state, mean, to_state
from cupola.flight.averaged_rates import secular
from cupola.physics.reboost import delta_v_for_raise


def orbit(argument: float = 0.7) -> Mean:
    return mean(np.array([[6_790e3], [4e-4], [9e-4], [0.9], [1.0], [argument]]))


@pytest.mark.parametrize("argument", [0.0, 0.7, 2.0, 4.5])
@pytest.mark.parametrize("change", [0.5, 2.0, -3.0])
def test_an_impulse_is_that_on_the_state(argument: float, change: float) -> None:
    state = to_state(orbit(argument))
    speed = np.sqrt((state[3:] ** 2).sum(axis=0))
    state[3:] *= 1.0 + change / speed
    expected = from_state(state)
    rows = orbit(argument).rows
    burnt(rows, Burn(0.0, change), np.array([True]))
    # The axis to a share of the change: J2 in the speed is left out. The eccentricity likewise.
    gain = float(expected.axis[0] - 6_790e3)
    assert rows[0, 0] - 6_790e3 == pytest.approx(gain, rel=3e-3)
    kick = np.hypot(expected.ex[0] - 4e-4, expected.ey[0] - 9e-4)
    assert np.hypot(rows[1, 0] - expected.ex[0], rows[2, 0] - expected.ey[0]) < 6e-3 * kick


def test_a_finite_burn_is_the_limit_of_impulses() -> None:
    change, duration, pieces = 2.0, 1_000.0, 400
    rows = orbit().rows
    rate = float(secular(rows[0], rows[3]).argument[0])
    rows[5] -= 0.5 * rate * duration
    for _ in range(pieces):
        rows[5] += 0.5 * rate * duration / pieces
        burnt(rows, Burn(0.0, change / pieces), np.array([True]))
        rows[5] += 0.5 * rate * duration / pieces
    one = orbit().rows
    burnt(one, Burn(0.0, change, duration), np.array([True]))
    assert rows[0, 0] == pytest.approx(one[0, 0], abs=3.0)
    assert np.abs(rows[1:3] - one[1:3]).max() < 5e-3 * np.hypot(one[1, 0] - 4e-4, one[2, 0] - 9e-4)


def test_a_long_burn_comes_in_pieces_that_add_up_and_touch() -> None:
    found = pieces(60_000.0, -3.0, 1_000.0)
    assert len(found) == 4 and sum(piece.delta_v for piece in found) == -3.0
    ends = [60_000.0, *(piece.mjd + 0.5 * piece.duration / 86_400.0 for piece in found)]
    starts = [piece.mjd - 0.5 * piece.duration / 86_400.0 for piece in found]
    assert starts == pytest.approx(ends[:-1], abs=1e-10) and ends[-1] == pytest.approx(60_000.0 + 1_000.0 / 86_400.0)
    assert pieces(60_000.0, 1.0, 0.0) == [Burn(60_000.0, 1.0, 0.0)]


def test_a_pair_leaves_the_eccentricity_and_meets_the_target() -> None:
    one = orbit()
    change = delta_v_between(one.axis, one.axis + 20e3)
    rows = one.rows
    burnt(rows, Burn(0.0, change, paired=True), np.array([True]))
    assert rows[0, 0] == pytest.approx(6_810e3, abs=1e-3)
    assert rows[1, 0] == 4e-4 and rows[2, 0] == 9e-4
    assert change[0] == pytest.approx(float(delta_v_for_raise(6_790e3 - EARTH_RADIUS, 20e3)), rel=3e-3)


def test_only_the_living_burn() -> None:
    rows = np.repeat(orbit().rows, 2, axis=1)
    burnt(rows, Burn(0.0, np.array([1.0, 1.0])), np.array([True, False]))
    assert rows[0, 0] > 6_791e3 and rows[0, 1] == 6_790e3


def test_held_asks_for_a_burn_only_below_the_lowest() -> None:
    rows = np.repeat(orbit().rows, 2, axis=1)
    rows[0, 1] += 10e3
    asked = held(415e3, 420e3)(0.0, Mean(*rows))
    assert asked[0] > 0.0 and asked[1] == 0.0
    assert not held(300e3, 420e3)(0.0, Mean(*rows)).size
