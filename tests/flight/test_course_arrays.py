"""Arrays beside the body: the decay that they add is what their share of the wind says, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest

from cupola.base.errors import DomainError
from cupola.flight.averaged_area import array_share
from cupola.flight.course import Refit, follow
from cupola.flight.course_arrays import NO_ARRAYS, Arrays, held, in_the_wind
from cupola.flight.full import Craft, State
from cupola.flight.sky import Sky

# At the equinox, with the node towards the Sun: the Sun lies in the orbit plane.
BEGIN = np.datetime64("2025-03-20T09:00", "us")
END = BEGIN + np.timedelta64(1, "D")
MOTION = np.array([6_788_136.3, 0.0, 0.0, 0.0, 4_755.154, 6_008.923])
BODY, AREA = 1_000.0, 3_000.0
START = State(BEGIN, MOTION, Craft(420_000.0, BODY))
FLAT = np.full(200, 150.0)
SKY = Sky(60_700, FLAT, FLAT, np.full(200, 15.0), 60_700)
FACING, EDGE_ON = Arrays(AREA), Arrays(AREA, feathered=True)


def decay(arrays: Arrays = NO_ARRAYS, start: State = START) -> float:
    course = follow(start, END, "averaged", SKY, arrays=arrays)
    return course.first.altitude - course.last.altitude


def test_arrays_add_to_the_decay_what_their_share_of_the_wind_says() -> None:
    altitude = 404e3
    plain, facing, feathered = decay(), decay(FACING), decay(EDGE_ON)
    assert plain > 40.0
    assert facing / plain == pytest.approx(1.0 + AREA / BODY * 2.0 / np.pi, rel=3e-3)
    share = float(array_share(0.0, altitude, True))
    assert feathered / plain == pytest.approx(1.0 + AREA / BODY * share, rel=3e-3)
    assert plain < feathered < facing


def test_what_is_in_the_wind_sinks_as_a_drag_area_of_that_size() -> None:
    area = in_the_wind(FACING, BODY, MOTION, BEGIN)
    assert area == pytest.approx(BODY + AREA * 2.0 / np.pi, rel=1e-3)
    # The share is taken anew at midnight, when the Sun is 2 degrees off the plane.
    assert decay(FACING) == pytest.approx(decay(start=held(FACING, START)), rel=1e-3)
    assert in_the_wind(NO_ARRAYS, BODY, MOTION, BEGIN) == BODY
    # The node a quarter of a turn from the Sun, which is off the plane by the inclination then: tan i = vz / vy.
    turned = MOTION[[1, 0, 2, 4, 3, 5]] * np.array([-1.0, 1.0, 1.0, -1.0, 1.0, 1.0])
    cosine = 4_755.154 / np.hypot(4_755.154, 6_008.923)
    assert in_the_wind(FACING, BODY, turned, BEGIN) == pytest.approx(BODY + AREA * 2.0 / np.pi * cosine, rel=3e-3)


def test_arrays_stay_through_a_change_of_the_body() -> None:
    refit = Refit(BEGIN + np.timedelta64(12, "h"), drag_area=0.0)
    bare, winged = (
        follow(START, END, "averaged", SKY, refits=[refit], arrays=arrays) for arrays in (NO_ARRAYS, FACING)
    )
    falls = [course.first.altitude - course.last.altitude for course in (bare, winged)]
    # Half a day of the body, a day of the arrays.
    share = AREA / BODY * 2.0 / np.pi
    assert falls[1] / falls[0] == pytest.approx((0.5 + share) / 0.5, rel=0.05)


@pytest.mark.parametrize("area", [-1.0, float("nan"), float("inf"), 419_001.0])
def test_areas_out_of_range_are_refused(area: float) -> None:
    with pytest.raises(DomainError, match="arrays: got an area"):
        follow(START, END, "averaged", SKY, arrays=Arrays(area))


def test_the_full_engine_refuses_arrays_and_the_averaged_one_tides() -> None:
    with pytest.raises(DomainError, match="arrays: are flown by the averaged engine only"):
        follow(START, END, "full", SKY, arrays=FACING)
    with pytest.raises(DomainError, match="tides: act in the full engine only"):
        follow(START, END, "averaged", SKY, tides=True)


def test_the_body_tide_moves_the_full_flight_by_metres() -> None:
    end = BEGIN + np.timedelta64(6, "h")
    still, moved = (follow(START, end, "full", SKY, tides=tides) for tides in (False, True))
    assert 0.5 < float(np.linalg.norm(moved.states[:3, -1] - still.states[:3, -1])) < 20.0
