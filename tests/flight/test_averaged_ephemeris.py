"""States of a flight between its rows: against finer flights, across burns, and outside."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from cupola.base.constants import EARTH_RADIUS
from cupola.base.errors import DomainError
from cupola.flight.averaged import Flight, fly
from cupola.flight.averaged_air import Indices
from cupola.flight.averaged_burns import Burn, burnt, held
from cupola.flight.averaged_drag import Evaluated
from cupola.flight.averaged_elements import from_state, mean
from cupola.flight.averaged_ephemeris import axis_before, mean_at, states_at

BEGIN = 60_676.25
CALM = Indices(np.array(150.0), np.array(150.0), np.array(15.0))


def flown(end: float, **options: object) -> Flight:
    start = mean(np.array([[EARTH_RADIUS + 405e3], [3e-4], [8e-4], [0.9], [1.0], [2.0]]))
    air = Evaluated(points=32)
    area = np.array([0.008])
    return fly(start, BEGIN, BEGIN + end, air, lambda day: CALM, lambda mjd, one: area, **options)  # type: ignore[arg-type]


def test_a_state_between_rows_is_that_of_a_flight_that_ends_there() -> None:
    whole = flown(10.0)
    for end in (0.5, 3.3, 7.9, 9.99):
        short = flown(end)
        expected = states_at(short, short.mjd[-1:])[0]
        found = states_at(whole, short.mjd[-1:])[0]
        # Two flights whose steps are cut otherwise; measured 0.1 to 4 m.
        assert np.abs(found[:3] - expected[:3]).max() < 12.0
        assert whole.rows.shape[0] == 12


def test_rows_are_met_and_the_states_go_back_to_their_elements() -> None:
    flight = flown(3.0)
    for row, moment in enumerate(flight.mjd):
        assert np.array_equal(mean_at(flight, float(moment)).rows, flight.rows[row])
    states = states_at(flight, np.linspace(BEGIN, BEGIN + 3.0, 7))
    axes = [float(from_state(state).axis[0]) for state in states]
    assert all(late < early for early, late in pairwise(axes))


def test_before_a_burn_the_orbit_is_the_old_one_and_after_it_the_new_one() -> None:
    flight = flown(4.0, burns=[Burn(BEGIN + 1.5, 2.0, 300.0)])
    before, after = (mean_at(flight, BEGIN + 1.5 + sign * 1e-6).altitude[0] for sign in (-1.0, 1.0))
    assert after - before == pytest.approx(3_540.0, abs=30.0)
    assert mean_at(flight, BEGIN + 1.5).altitude[0] == pytest.approx(after, abs=1.0)


def test_a_burn_by_control_is_at_its_own_time() -> None:
    flight = flown(20.0, control=held(403e3, 406e3))
    burn = flight.made[0]
    before, after = (mean_at(flight, burn.mjd + sign * 1e-6).altitude[0] for sign in (-1.0, 1.0))
    assert before < 403.1e3 and after == pytest.approx(406e3, abs=1.0)


def test_a_pair_is_undone() -> None:
    rows = mean(np.array([[6_790e3], [3e-4], [8e-4], [0.9], [1.0], [2.0]])).rows
    burn = Burn(0.0, np.array([7.0]), paired=True)
    burnt(rows, burn, np.array([True]))
    assert axis_before(rows[0], burn)[0] == pytest.approx(6_790e3, abs=1e-6)


@pytest.mark.parametrize("moment", [BEGIN - 0.1, BEGIN + 1.1, np.nan])
def test_outside_the_flight_nothing_is_known(moment: float) -> None:
    with pytest.raises(DomainError, match="time: got day"):
        mean_at(flown(1.0), moment)
