"""Many futures down to re-entry: levels of the Sun, what a track tells of the drag, and no future minds the others."""

from __future__ import annotations

import numpy as np
import pytest

from cupola.base.errors import DomainError
from cupola.base.instants import DAY_S, NS
from cupola.flight.averaged_drag import Evaluated
from cupola.flight.averaged_elements import Mean, mean
from cupola.flight.averaged_table import Tabulated
from cupola.flight.reentry import OLDEST_YEARS, SPREAD, Drag, Levels, air_for, drag_known, entries
from cupola.flight.track_drag import Coefficient
from cupola.physics.solar_sampler import ACTING_AP, Courses, ap_levels, courses, knots_until

BEGIN = 58_849


def orbit(altitude: float, inclination: float = 51.64, e: float = 0.001) -> Mean:
    tilt = np.radians(inclination)
    return mean(np.array([[6_378_137.0 + altitude], [0.0], [e], [tilt], [1.0], [0.0]]))


def levels(days: int = 400, archived: bool = True) -> Levels:
    flux = np.outer([70.0, 100.0, 150.0], np.ones(days))
    return Levels(BEGIN, flux, flux, np.outer([2.0, 8.0, 20.0], np.ones(days)), BEGIN - 40, archived)


def suns(count: int, high: float = 0.0) -> Courses:
    """Courses of which the last is drawn, and the others stand high by so much."""
    years, swings = knots_until(500.0)
    yearly, months = np.full((years, count), high), np.zeros((swings, count))
    random = np.random.default_rng(3)
    yearly[:, -1], months[:, -1] = random.normal(size=years), random.normal(size=swings)
    return courses(yearly, months)


def test_the_middle_of_the_sun_is_the_forecasts_with_the_ap_that_acts() -> None:
    sky = levels().by_day(suns(2))(BEGIN)
    assert sky.f107[0] == sky.f107a[0] == 100.0 and sky.f107[1] != 100.0
    assert sky.ap[0] == pytest.approx(ACTING_AP * ap_levels(np.array([40.0]), np.array([[2.0], [8.0], [20.0]]))[1, 0])
    assert levels(archived=False).by_day(suns(2))(BEGIN).ap[0] == pytest.approx(ACTING_AP * 8.0)


def test_levels_lie_beyond_the_band_and_never_below_what_can_be() -> None:
    low, high = (levels().by_day(suns(2, by))(BEGIN + 300) for by in (-9.0, 9.0))
    assert low.f107[0] == 60.0 and low.ap[0] == 0.0
    assert high.f107[0] > 150.0 and high.ap[0] > 20.0


def test_observed_days_are_the_same_for_all() -> None:
    same = np.full((3, 2), 90.0)
    sky = Levels(BEGIN, same, same, same, BEGIN).by_day(suns(5))(BEGIN)
    assert sky.f107.shape == () and sky.ap == 90.0
    with pytest.raises(DomainError, match="indices"):
        levels().by_day(suns(1))(BEGIN + 400)


def test_more_drag_and_more_sun_end_sooner_and_a_future_alone_ends_at_the_same_bit() -> None:
    drag, off = Drag(0.01, 0.5, grows=False), np.array([0.0, 1.5, -20.0, 0.0])
    start, air = orbit(300e3), air_for(orbit(300e3))
    found = entries(start, BEGIN, BEGIN + 350.0, levels(), suns(4), drag, off, air)
    more = entries(start, BEGIN, BEGIN + 350.0, levels(), suns(4, 1.0), drag, off, air)
    assert found[1] < found[0] and more[0] < found[0] and np.isnan(found[2]) and more[3] == found[3]
    for lane in range(4):
        one, sun = slice(lane, lane + 1), suns(4).of(np.array([lane]))
        alone = entries(start, BEGIN, BEGIN + 350.0, levels(), sun, drag, off[one], air_for(start))
        assert np.array_equal(alone, found[one], equal_nan=True)


def test_the_older_the_drag_the_wider_up_to_three_years() -> None:
    new, old = Drag(0.01, SPREAD), Drag(0.01, SPREAD, 1_000.0)
    assert new.spread_after(0.0) == SPREAD and Drag(0.01, 0.3, 9.0, grows=False).spread_after(900.0) == 0.3
    ages = [new.spread_after(days) for days in np.linspace(0.0, 365.25 * OLDEST_YEARS, 9)]
    assert (np.diff(ages) > 0.0).all() and ages[-1] == new.spread_after(1e5) == pytest.approx(0.362, abs=0.001)
    assert old.spread_after(0.0) == new.spread_after(1_000.0)


def test_old_drag_parts_the_futures_further() -> None:
    start, air, off = orbit(250e3), air_for(orbit(250e3)), np.array([-1.0, 1.0])
    sun, apart = suns(3).of(np.array([0, 1])), []
    for age in (0.0, 900.0):
        apart.append(np.diff(entries(start, BEGIN, BEGIN + 350.0, levels(), sun, Drag(0.01, 0.15, age), off, air)))
    assert apart[1] < apart[0] < 0.0


def test_the_table_serves_where_it_holds() -> None:
    assert isinstance(air_for(orbit(400e3)), Tabulated)
    for other in (orbit(250e3, 60.0), orbit(400e3, e=0.02), orbit(620e3)):
        assert isinstance(air_for(other), Evaluated)


def test_newer_and_surer_stretches_count_more_and_those_after_the_start_not() -> None:
    day = NS * DAY_S

    def stretch(end: float, value: float, error: float = 0.0) -> Coefficient:
        return Coefficient(round((end - 5) * day), round(end * day), value, error, 100.0, 400e3)

    old, new, later = stretch(0, 0.01), stretch(200, 0.02), stretch(300, 0.5)
    known = drag_known([old, new, later], round(210 * day))
    assert 0.0165 < known.per_mass < 0.02 and known.spread > SPREAD and known.stretches == 2
    assert known.age_days == pytest.approx(10.0)
    assert drag_known([old, stretch(200, 0.02, 0.02)], round(210 * day)).per_mass < 0.012
    assert drag_known([later], 0).per_mass == pytest.approx(0.5)
    with pytest.raises(DomainError, match="--drag-area"):
        drag_known([stretch(0, -0.01)], 0)
