"""The orbit of every future: what a day of drag, a pair of burns and the last burns make of it."""

from __future__ import annotations

import numpy as np
import pytest

from cupola.base.constants import EARTH_RADIUS
from cupola.flight.averaged import fly
from cupola.flight.averaged_air import Indices
from cupola.flight.averaged_levels import Levelled, Standing
from cupola.flight.averaged_rates import frozen_orbit
from cupola.flight.averaged_table import Tabulated
from cupola.simulation.orbit_state import OrbitState

TILT, DAY, ENTRY = float(np.radians(51.64)), 60_000, 120e3
AREA, MASS = np.array([0.007, 0.007, 0.02]) * 4e5, np.full(3, 4e5)
SUN = Standing((150.0,), (12.0,), np.zeros(3))


@pytest.fixture(scope="module")
def air() -> Levelled:
    return Levelled(TILT)


def orbit(height: float = 415e3) -> OrbitState:
    return OrbitState(np.full(3, height), TILT, 1.0)


def test_days_one_by_one_are_the_flight_of_the_averaged_engine(air: Levelled) -> None:
    state, alive = orbit(), np.ones(3, dtype=bool)
    for day in range(30):
        state.fly_day(DAY + day, ENTRY, alive, AREA, MASS, SUN, air)
    indices = Indices(np.array(150.0), np.array(150.0), np.array(12.0))
    begin = frozen_orbit(np.full(3, 415e3), TILT, 1.0)
    flown = fly(begin, DAY, DAY + 30.0, Tabulated(TILT), lambda day: indices, lambda mjd, orbit: AREA / MASS)
    assert state.rows.tobytes() == flown.rows[-1].tobytes()


def test_the_altitude_is_a_copy_that_nobody_can_change() -> None:
    state = orbit()
    with pytest.raises(ValueError, match="read-only"):
        state.altitude[0] = 1.0
    assert state.altitude == pytest.approx(415e3)


def test_a_pair_of_burns_goes_where_it_should_and_leaves_the_others() -> None:
    state = orbit()
    where = np.array([0, 2])
    change = state.change_to(where, np.array([420e3, 405e3]))
    state.push(where, change)
    assert state.altitude == pytest.approx([420e3, 415e3, 405e3], abs=1e-3)
    assert change[0] > 0.0 > change[1]
    assert state.rows[1:3] == pytest.approx(orbit().rows[1:3])


def test_who_is_over_stays_where_it_is(air: Levelled) -> None:
    state, alive = orbit(230e3), np.array([True, False, True])
    before = state.rows[:, 1].copy()
    days = 0
    down = np.zeros(3, dtype=bool)
    while not down[2] and days < 60:
        down |= state.fly_day(DAY + days, ENTRY, alive & ~down, AREA, MASS, SUN, air)
        days += 1
    assert state.rows[:, 1].tobytes() == before.tobytes() and not down[1]
    # The heaviest drag comes down first, within its last day at the altitude of entry.
    assert not down[0] and state.altitude[2] == pytest.approx(ENTRY, abs=1e-3)
    assert DAY + days - 1 <= state.over[2] <= DAY + days


def test_the_last_burns_leave_an_ellipse() -> None:
    state = orbit()
    state.lower(np.array([1]), np.array([300e3]), np.array([200e3]))
    axis, e = state.rows[0, 1], np.hypot(*state.rows[1:3, 1])
    assert axis * (1 + e) - EARTH_RADIUS == pytest.approx(300e3) and axis * (1 - e) - EARTH_RADIUS == pytest.approx(
        200e3
    )
    assert state.altitude[[0, 2]] == pytest.approx(415e3)
