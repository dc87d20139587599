"""Steps and wrong sets in a series of element sets whose steps are known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from cupola.base.constants import EARTH_RADIUS
from cupola.base.instants import DAY_S, NS
from cupola.flight.averaged_elements import from_state
from cupola.flight.sgp4_door import sgp4_states
from cupola.flight.track_elements import brouwer_axis, burns_of, outliers
from cupola.formats.element_set import ElementSet
from support.track_orbits import BEGIN, series


def day(instant: int) -> float:
    return (instant - BEGIN) / (NS * DAY_S)


def test_a_quiet_series_has_neither_burns_nor_wrong_sets() -> None:
    quiet = series(60.0)
    assert burns_of(quiet, "f") == [] and outliers(quiet) == []


def test_steps_are_found_with_size_and_time() -> None:
    found = burns_of(series(60.0, ((20.0, 1_800.0), (21.5, 900.0), (45.0, -1_200.0))), "f")
    assert [round(burn.raised, -2) for burn in found] == [1800.0, 900.0, -1200.0]
    assert all(day(burn.begin) <= at <= day(burn.end) for burn, at in zip(found, (20.0, 21.5, 45.0), strict=True))
    assert found[0].delta_v == pytest.approx(1.03, abs=0.03)
    assert all(burn.basis == "elements" for burn in found)


def test_a_storm_is_no_burn() -> None:
    calm = series(40.0)
    at = (calm.instants - BEGIN) / (NS * DAY_S)
    sunk = np.clip(at - 20.0, 0.0, 1.5) * 600.0
    assert burns_of(replace(calm, altitude=calm.altitude - sunk), "f") == []


def test_wrong_sets_are_found_and_right_ones_beside_a_burn_are_not() -> None:
    good = series(40.0, ((20.0, 2_000.0),))
    height = good.altitude.copy()
    height[50] += 1_500.0
    height[120] -= 700.0
    found = outliers(replace(good, altitude=height))
    assert [place for place, _ in found] == [50, 120]
    assert found[0][1] == pytest.approx(1_500.0, abs=150.0)


def test_few_sets_say_nothing() -> None:
    few = series(1.0)
    assert burns_of(few, "f") == [] and outliers(few) == []


def test_nothing_is_said_across_a_wide_gap() -> None:
    gap = series(60.0, ((30.0, 3_000.0),))
    at = (gap.instants - BEGIN) / (NS * DAY_S)
    kept = (at < 20.0) | (at > 38.0)
    sources = tuple(gap.sources[place] for place in np.flatnonzero(kept))
    assert burns_of(replace(gap, instants=gap.instants[kept], altitude=gap.altitude[kept], sources=sources), "f") == []


def test_the_axis_of_a_set_is_that_of_its_states() -> None:
    degree = np.pi / 180.0
    lab = ElementSet(
        "LAB", "2001-001A", 99_001, BEGIN, 15.489 * np.pi / 43_200.0, 8e-4, 51.64 * degree, 1.0, 1.5, 2.0, 0.0
    )
    instants = BEGIN + np.arange(93) * 60 * NS
    states = sgp4_states(lab, instants)
    axis = from_state(np.concatenate([states.position.T, states.velocity.T])).axis
    own = brouwer_axis(np.array([lab.mean_motion]), np.array([lab.eccentricity]), np.array([lab.inclination]))
    assert float(own[0]) - EARTH_RADIUS == pytest.approx(float(axis.mean()) - EARTH_RADIUS, abs=20.0)
