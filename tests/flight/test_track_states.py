"""Burns and mean altitudes from states of a flight whose burns are known."""

from __future__ import annotations

import numpy as np
import pytest

from cupola.base.constants import EARTH_RADIUS
from cupola.base.instants import DAY_S, NS
from cupola.flight.track_states import burns_in, is_dense, mean_orbit, means, revolution_altitudes
from support.track_orbits import BEGIN, TILT, raised_by, segment

LATER = BEGIN + 100 * DAY_S * NS


def test_without_burns_none_is_found_and_the_altitude_sinks_as_it_did() -> None:
    orbit = mean_orbit(segment(6.0))
    assert burns_in(orbit, LATER, "f") == []
    middles, heights = revolution_altitudes(orbit)
    expected = 418e3 - 60.0 * (middles - BEGIN) / (NS * DAY_S)
    assert np.abs(heights - expected).max() < 0.05
    assert orbit.inclination == pytest.approx(TILT, abs=1e-3)


@pytest.mark.parametrize("delta_v", [0.1, -0.3, 1.7])
@pytest.mark.parametrize("minutes", [0.0, 14.0])
def test_a_burn_is_found_with_its_size_sign_and_time(delta_v: float, minutes: float) -> None:
    (burn,) = burns_in(mean_orbit(segment(6.0, ((2.5, minutes, delta_v),))), LATER, "f")
    assert burn.delta_v == pytest.approx(delta_v, abs=0.002)
    assert burn.raised == pytest.approx(raised_by(delta_v, 418e3), abs=3.0)
    assert burn.begin <= BEGIN + (2.5 * DAY_S + 240) * NS and burn.end >= BEGIN + (2.5 * DAY_S + minutes * 60) * NS
    assert (burn.end - burn.begin) / NS <= minutes * 60.0 + 600.0
    assert burn.confidence == "high" and burn.basis == "estimate"


def test_a_burn_after_the_creation_is_planned() -> None:
    (burn,) = burns_in(mean_orbit(segment(4.0, ((2.0, 5.0, 0.5),))), BEGIN + DAY_S * NS, "f")
    assert burn.basis == "plan"


def test_two_burns_three_revolutions_apart_are_two() -> None:
    found = burns_in(mean_orbit(segment(6.0, ((2.0, 5.0, 0.5), (2.2, 5.0, 0.8)))), LATER, "f")
    assert [round(burn.delta_v, 1) for burn in found] == [0.5, 0.8]


def test_what_is_too_small_or_too_near_the_end_is_not_found() -> None:
    assert burns_in(mean_orbit(segment(6.0, ((2.0, 1.0, 0.02),))), LATER, "f") == []
    assert burns_in(mean_orbit(segment(6.0, ((5.98, 1.0, 0.5),))), LATER, "f") == []


def test_strong_sinking_is_no_burn() -> None:
    assert burns_in(mean_orbit(segment(5.0, altitude=300e3, sinking=2_000.0)), LATER, "f") == []


def test_few_or_scattered_states_are_not_searched() -> None:
    assert not is_dense(mean_orbit(segment(0.1)))
    assert not is_dense(mean_orbit(segment(5.0, step=2_400.0)))
    assert burns_in(mean_orbit(segment(0.1)), LATER, "f") == []


def test_the_frame_is_turned_before_the_field_is_taken_out() -> None:
    from dataclasses import replace

    from cupola.flight.averaged_frames import eme2000_to_teme, turned_state
    from cupola.flight.track_states import mjd_of

    plain = segment(3.0)
    back = eme2000_to_teme(float(mjd_of(int(plain.instants[plain.instants.size // 2])))).T
    state = turned_state(np.concatenate([plain.position.T, plain.velocity.T]), back)
    turned = replace(plain, ref_frame="EME2000", position=state[:3].T.copy(), velocity=state[3:].T.copy())
    assert np.abs(mean_orbit(turned).axis - mean_orbit(plain).axis).max() < 1e-3
    assert abs(float(np.median(mean_orbit(plain).axis)) - EARTH_RADIUS - 418e3) < 200.0


def test_means_of_a_polygon() -> None:
    times, values = np.array([0.0, 2.0, 3.0]), np.array([0.0, 2.0, 0.0])
    assert means(times, values, np.array([0.0, 2.0, 2.5]), 1.0).tolist()[:2] == [0.5, 1.0]
    assert np.isnan(means(times, values, np.array([2.5]), 1.0)[0])
