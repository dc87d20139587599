"""What gyros hold."""

from __future__ import annotations

import numpy as np

from cupola.physics.attitude import docking_momentum, gyros_capacity, gyros_hold, gyros_needed


def test_momentum_grows_with_mass_speed_and_arm() -> None:
    masses = np.array([7_000.0, 14_000.0])
    found = docking_momentum(masses, np.full(2, 0.1), np.full(2, 30.0))
    assert found.tolist() == [21_000.0, 42_000.0]


def test_gyros_hold_up_to_their_capacity_and_no_more() -> None:
    gyros = np.array([4.0, 3.0, 2.0, 1.0, 0.0])
    full = gyros_capacity(gyros, np.full(5, 4_880.0))
    assert gyros_hold(gyros, 4_880.0, full - 1.0, 1.0).all()
    assert not gyros_hold(gyros, 4_880.0, full, 1.0).any()


def test_the_needed_number_is_the_least_that_holds() -> None:
    events = np.linspace(0.0, 12_000.0, 40)
    needed = gyros_needed(np.full(40, 4_880.0), np.full(40, 6_100.0), events)
    assert gyros_hold(needed, 4_880.0, 6_100.0, events).all()
    assert not gyros_hold(needed - 1.0, 4_880.0, 6_100.0, events).any()
