"""Standings have the spread and memory told, futures do not mind one another, and the middle is the forecast's."""

from __future__ import annotations

import doctest

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cupola.base.errors import DomainError
from cupola.physics import solar_sampler
from cupola.physics.solar_sampler import (
    LOWEST_FLUX,
    MEMORY,
    SWING_DAYS,
    YEAR_DAYS,
    ap_levels,
    courses,
    knots_until,
    level,
    standing_at,
    width,
)

LEADS = st.floats(-100.0, 9_000.0)
FUTURES = 20_000


def drawn(count: int, seed: int = 7, until: float = 9_200.0) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    years, swings = knots_until(until)
    return random.normal(size=(count, years)).T, random.normal(size=(count, swings)).T


MANY = courses(*drawn(FUTURES))


def test_the_examples_run() -> None:
    result = doctest.testmod(solar_sampler)
    assert result.attempted >= 5 and result.failed == 0


@pytest.mark.parametrize("lead", [0.0, 100.0, YEAR_DAYS, 1.5 * YEAR_DAYS, 3_000.0, 8_900.0])
def test_nine_in_ten_stand_within_the_width_at_and_between_knots(lead: float) -> None:
    standing = MANY.standing(lead)
    assert (np.abs(standing) <= width(lead)).mean() == pytest.approx(0.9, abs=0.01)
    assert standing.mean() == pytest.approx(0.0, abs=0.02)


def test_standings_are_remembered_for_a_year_and_forgotten_after_many() -> None:
    first = MANY.standing(2 * YEAR_DAYS)
    for years, expected in ((1, MEMORY), (2, MEMORY**2), (15, 0.0)):
        later = MANY.standing((2 + years) * YEAR_DAYS)
        assert np.corrcoef(first, later)[0, 1] == pytest.approx(expected, abs=0.03)
    assert np.corrcoef(first, MANY.standing(2 * YEAR_DAYS + 30.0))[0, 1] > 0.98


def test_the_months_swing_with_the_root_of_the_activity() -> None:
    swings = drawn(FUTURES)[1]
    middle = courses(np.zeros((27, FUTURES)), swings)
    for flux, expected in ((101.0, 6.9), (165.0, 11.5)):
        assert middle.flux(500.0, 60.0, flux, 300.0).std() == pytest.approx(expected, rel=0.02)
    assert middle.flux(500.0, 60.0, 65.0, 300.0).std() == 0.0
    one, other = (middle.flux(day, 60.0, 165.0, 300.0) for day in (SWING_DAYS, 3.0 * SWING_DAYS))
    assert abs(np.corrcoef(one, other)[0, 1]) < 0.03


@settings(max_examples=50, deadline=None)
@given(LEADS, st.integers(1, 40), st.integers(0, 99))
def test_a_future_is_the_same_alone_and_among_others(lead: float, count: int, seed: int) -> None:
    yearly, swings = drawn(count, seed)
    among = courses(yearly, swings)
    place = count // 2
    alone = courses(yearly[:, place : place + 1], swings[:, place : place + 1])
    assert among.standing(lead)[place] == alone.standing(lead)[0]
    assert among.flux(lead, 80.0, 120.0, 200.0)[place] == alone.flux(lead, 80.0, 120.0, 200.0)[0]
    assert among.of(np.array([place])).flux(lead, 80.0, 120.0, 200.0)[0] == alone.flux(lead, 80.0, 120.0, 200.0)[0]


@settings(max_examples=50, deadline=None)
@given(LEADS)
def test_zeros_are_the_middle_and_turned_signs_the_mirror(lead: float) -> None:
    yearly, swings = drawn(3)
    nothing = courses(0.0 * yearly, 0.0 * swings)
    assert nothing.standing(lead).tolist() == [0.0] * 3
    assert nothing.flux(lead, 80.0, 120.0, 200.0).tolist() == [120.0] * 3
    assert (courses(-yearly, swings).standing(lead) == -courses(yearly, swings).standing(lead)).all()


@settings(max_examples=50, deadline=None)
@given(st.floats(0.0, 8_000.0), st.floats(0.0, 20.0))
def test_a_later_end_leaves_the_course_as_it_is_and_no_course_jumps(lead: float, step: float) -> None:
    yearly, swings = drawn(4)
    years, months = knots_until(lead + step)
    short = courses(yearly[:years], swings[:months])
    full = courses(yearly, swings)
    assert (short.flux(lead, 80.0, 120.0, 200.0) == full.flux(lead, 80.0, 120.0, 200.0)).all()
    rate = np.abs(np.diff(full.yearly, axis=0)).max() + np.abs(full.yearly).max()
    assert np.abs(full.standing(lead + step) - full.standing(lead)).max() <= 2.0 * rate * step / YEAR_DAYS + 1e-12


@settings(max_examples=50, deadline=None)
@given(st.floats(60.0, 90.0), st.floats(0.0, 100.0), st.floats(0.0, 100.0))
def test_the_levels_are_met_and_standings_keep_their_order(low: float, below: float, above: float) -> None:
    at = level(np.array([-1.0, 0.0, 1.0]), low, low + below, low + below + above)
    assert at.tolist() == pytest.approx([low, low + below, low + below + above])
    assert (np.diff(level(np.linspace(-3.0, 3.0, 13), low, low + below, low + below + above)) >= -1e-9).all()


def test_standings_are_found_again_and_are_none_where_the_levels_agree() -> None:
    standing = np.linspace(-3.0, 3.0, 13)
    assert standing_at(level(standing, 70.0, 100.0, 150.0), 70.0, 100.0, 150.0) == pytest.approx(standing)
    assert standing_at(np.array([90.0, 110.0]), 100.0, 100.0, 100.0).tolist() == [0.0, 0.0]


def test_what_is_observed_stays_and_no_flux_is_below_what_can_be() -> None:
    assert (MANY.flux(300.0, 90.0, 90.0, 90.0) == 90.0).all()
    assert MANY.flux(300.0, 62.0, 75.0, 140.0).min() == LOWEST_FLUX


@settings(max_examples=50, deadline=None)
@given(st.floats(0.0, 20_000.0), st.floats(0.0, 20.0), st.floats(0.0, 20.0), st.floats(0.0, 20.0))
def test_the_levels_of_ap_are_in_order_and_their_middle_lower(lead: float, low: float, up: float, more: float) -> None:
    published = np.array([low, low + up, low + up + more])
    found = ap_levels(np.array([lead]), published[:, None])[:, 0]
    assert 0.0 <= found[0] <= found[1] < found[2] + 1e-12 and found[1] <= low + up and found[2] <= low + up + more


def test_a_standing_of_the_width_reaches_the_five_per_cent_point_of_ap() -> None:
    for lead in (100.0, 1_000.0, 6_000.0):
        levels = ap_levels(np.array([lead]), np.array([[12.0], [14.0], [20.0]]))[:, 0].tolist()
        share = np.interp(lead / YEAR_DAYS, *zip(*solar_sampler.AP_LOW, strict=True))
        assert level(np.array([-width(lead)]), *levels)[0] == pytest.approx(14.0 * share)


@pytest.mark.parametrize(
    ("yearly", "swings"),
    [
        (np.zeros((1, 3)), np.zeros((5, 3))),
        (np.zeros((3, 3)), np.zeros((5, 2))),
        (np.zeros((3, 3)), np.zeros(5)),
        (np.zeros(3), np.zeros((5, 3))),
        (np.full((3, 3), np.nan), np.zeros((5, 3))),
        (np.zeros((3, 3)), np.full((5, 3), np.inf)),
    ],
)
def test_numbers_of_other_shapes_and_none_at_all_are_refused(yearly: np.ndarray, swings: np.ndarray) -> None:
    with pytest.raises(DomainError, match=r"yearly|swings"):
        courses(yearly, swings)


@pytest.mark.parametrize("lead", [-1.0, np.nan, np.inf])
def test_a_lead_that_is_none_is_refused(lead: float) -> None:
    with pytest.raises(DomainError, match="lead"):
        knots_until(lead)
    if lead > 0.0:
        with pytest.raises(DomainError, match="lead"):
            MANY.standing(lead)


def test_a_day_beyond_the_knots_is_refused() -> None:
    with pytest.raises(DomainError, match="knots after the issue"):
        MANY.flux(20_000.0, 80.0, 120.0, 200.0)
