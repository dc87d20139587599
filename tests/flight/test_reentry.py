"""Many futures down to re-entry: levels of the Sun, what a track tells of the drag, and no future minds the others."""

from __future__ import annotations

import numpy as np
import pytest

from cupola.base.errors import DomainError
from cupola.base.instants import DAY_S, NS
from cupola.flight.averaged_drag import Evaluated
from cupola.flight.averaged_elements import Mean, mean
from cupola.flight.averaged_table import Tabulated
from cupola.flight.reentry import SPREAD, Levels, air_for, drag_known, entries
from cupola.flight.track_drag import Coefficient

BEGIN = 58_849


def orbit(altitude: float, inclination: float = 51.64, e: float = 0.001) -> Mean:
    tilt = np.radians(inclination)
    return mean(np.array([[6_378_137.0 + altitude], [0.0], [e], [tilt], [1.0], [0.0]]))


def levels(days: int = 400) -> Levels:
    flux = np.outer([70.0, 100.0, 150.0], np.ones(days))
    return Levels(BEGIN, flux, flux, np.outer([2.0, 8.0, 20.0], np.ones(days)))


def test_levels_lie_beyond_the_band_and_never_below_what_can_be() -> None:
    sky = levels().by_day(np.array([-9.0, 0.0, 1.645]))(BEGIN)
    assert sky.f107.tolist() == [60.0, 100.0, 160.0] and sky.ap.tolist() == [0.0, 8.0, pytest.approx(22.4)]
    same = np.full((3, 2), 90.0)
    assert Levels(BEGIN, same, same, same).by_day(np.zeros(5))(BEGIN).f107.shape == ()
    with pytest.raises(DomainError, match="indices"):
        levels().by_day(np.zeros(1))(BEGIN + 400)


def test_more_drag_and_more_sun_end_sooner_and_a_future_alone_ends_at_the_same_bit() -> None:
    sun, drag = np.array([0.0, 0.0, 1.0, 0.0]), np.array([0.01, 0.02, 0.01, 1e-6])
    start, air = orbit(300e3), air_for(orbit(300e3))
    found = entries(start, BEGIN, BEGIN + 350.0, levels(), sun, drag, air)
    assert found[1] < found[0] and found[2] < found[0] and np.isnan(found[3])
    for lane in range(4):
        alone = entries(
            start, BEGIN, BEGIN + 350.0, levels(), sun[lane : lane + 1], drag[lane : lane + 1], air_for(start)
        )
        assert np.array_equal(alone, found[lane : lane + 1], equal_nan=True)


def test_the_table_serves_where_it_holds() -> None:
    assert isinstance(air_for(orbit(400e3)), Tabulated)
    for other in (orbit(250e3, 60.0), orbit(400e3, e=0.02), orbit(620e3)):
        assert isinstance(air_for(other), Evaluated)


def test_newer_and_surer_stretches_count_more_and_those_after_the_start_not() -> None:
    day = NS * DAY_S

    def stretch(end: float, value: float, error: float = 0.0) -> Coefficient:
        return Coefficient(round((end - 5) * day), round(end * day), value, error, 100.0, 400e3)

    old, new, later = stretch(0, 0.01), stretch(200, 0.02), stretch(300, 0.5)
    value, spread, count = drag_known([old, new, later], round(210 * day))
    assert 0.0165 < value < 0.02 and spread > SPREAD and count == 2
    assert drag_known([old, stretch(200, 0.02, 0.02)], round(210 * day))[0] < 0.012
    assert drag_known([later], 0)[0] == pytest.approx(0.5)
    with pytest.raises(DomainError, match="--drag-area"):
        drag_known([stretch(0, -0.01)], 0)
