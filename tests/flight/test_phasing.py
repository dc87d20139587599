"""A burn after which the craft is at a place at an instant: found on both sides, a turn apart, and over sites."""

from __future__ import annotations

import numpy as np
import pytest

from cupola.base.constants import EARTH_RADIUS, EARTH_ROTATION
from cupola.base.errors import DomainError
from cupola.flight import averaged
from cupola.flight.averaged_air import Indices
from cupola.flight.averaged_burns import Burn
from cupola.flight.averaged_drag import Evaluated
from cupola.flight.averaged_elements import mean, to_state
from cupola.flight.full_plan import Craft
from cupola.flight.phasing import (
    PREFERENCE,
    argument_of_latitude,
    aside,
    at_angle,
    meet,
    over,
    plane_meets,
    site_at,
    strays,
)
from cupola.flight.reboost import Means, Scene

BEGIN = 60_000.0
ARRIVE = BEGIN + 8.37
TILT = float(np.radians(51.64))
MEANS = Means(BEGIN + 1.0, count=1)


def sun(flux: float):
    sky = Indices(*(np.asarray(value) for value in (flux, flux, 10.0)))
    return lambda day: sky


def scene(area: float = 2_700.0) -> Scene:
    start = mean(np.array([[EARTH_RADIUS + 417e3], [0.0], [9e-4], [TILT], [1.0], [0.3]]))
    return Scene(start, "test", BEGIN, Craft(450e3, area), sun(150.0), Evaluated(points=8))


def angle_after(delta_v: float) -> float:
    """Argument of latitude [deg] at ARRIVE after a burn, flown apart from the planner."""
    one = scene()
    area = np.array([2_700.0 / 450e3])
    flight = averaged.fly(
        one.start, BEGIN, ARRIVE, one.air, one.indices, lambda mjd, orbit: area, [Burn(MEANS.at, delta_v)]
    )
    return float(np.degrees(argument_of_latitude(to_state(flight.at(-1))[:, 0])))


@pytest.mark.parametrize("wanted", [0.0, 75.0, 180.0, 359.9])
def test_it_is_there_after_either_burn_and_they_are_a_turn_apart(wanted: float) -> None:
    found = meet(scene(), at_angle(np.radians(wanted)), MEANS, ARRIVE)
    assert found.other is not None
    for one in (found.chosen, found.other):
        off = angle_after(one.plan.total) - wanted
        assert abs((off + 180.0) % 360.0 - 180.0) < 2e-4
    assert found.chosen.plan.total * found.other.plan.total < 0.0
    assert abs(found.chosen.turns - found.other.turns) == 1
    gap = abs(found.chosen.plan.total - found.other.plan.total)
    assert gap == pytest.approx(found.apart, rel=0.02)


def test_raising_is_preferred_unless_it_is_much_larger() -> None:
    raised = 0
    for wanted in np.arange(0.0, 360.0, 45.0):
        found = meet(scene(), at_angle(np.radians(wanted)), MEANS, ARRIVE)
        assert found.other is not None
        up, down = sorted((found.chosen, found.other), key=lambda one: -one.plan.total)
        assert (found.chosen is up) == (up.plan.total <= PREFERENCE * -down.plan.total)
        raised += found.chosen is up
    assert raised == 5


def test_a_little_more_speed_moves_the_place_as_told() -> None:
    one = meet(scene(), at_angle(2.0), MEANS, ARRIVE).chosen
    moved = np.radians(angle_after(one.plan.total + 0.01) - angle_after(one.plan.total))
    assert moved / 0.01 == pytest.approx(one.per_speed, rel=0.03)
    assert one.per_speed < 0.0


def test_more_sun_puts_it_ahead() -> None:
    one = meet(scene(), at_angle(2.0), MEANS, ARRIVE).chosen
    more, same, less = strays(scene(), one, MEANS, ARRIVE, Evaluated(points=8), [sun(220.0), sun(150.0), sun(80.0)])
    assert less < same == 0.0 < more


def test_when_it_is_too_late_or_too_much() -> None:
    with pytest.raises(DomainError, match="too late to change the place"):
        meet(scene(), at_angle(0.0), MEANS, MEANS.at + 0.05)
    late = MEANS.at + 0.2
    free = averaged.fly(
        scene().start, BEGIN, late, scene().air, scene().indices, lambda mjd, orbit: np.array([2_700.0 / 450e3])
    )
    opposite = argument_of_latitude(to_state(free.at(-1))[:, 0]) + np.pi
    with pytest.raises(DomainError, match=r"none below 100 m/s brings the craft there: it is 180\.0 deg"):
        meet(scene(), at_angle(opposite), MEANS, late)


def test_a_site_in_the_plane_is_passed_overhead_and_one_beside_it_at_its_distance() -> None:
    one = scene()
    state = to_state(one.start)[:, 0]
    below = EARTH_RADIUS * state[:3] / np.linalg.norm(state[:3])
    assert aside(state, below) == pytest.approx(0.0, abs=1.0)
    assert over(below)(state) == pytest.approx(argument_of_latitude(state), abs=1e-9)
    normal = np.cross(state[:3], state[3:])
    beside = below + 0.1 * EARTH_RADIUS * normal / np.linalg.norm(normal)
    assert aside(state, beside) == pytest.approx(np.arctan(0.1) * EARTH_RADIUS, rel=1e-6)
    assert over(beside)(state) == pytest.approx(argument_of_latitude(state), abs=1e-9)


def test_the_turning_earth_carries_a_site_into_the_plane() -> None:
    state = to_state(scene().start)[:, 0]
    site = site_at(np.radians(28.5), 0.7)
    times = plane_meets(state, site)
    for seconds in times:
        assert abs(seconds) <= 43_100.0
        turn = EARTH_ROTATION * seconds
        cosine, sine = np.cos(turn), np.sin(turn)
        moved = np.array([cosine * site[0] - sine * site[1], sine * site[0] + cosine * site[1], site[2]])
        assert aside(state, moved) == pytest.approx(0.0, abs=1.0)
    # On the northbound pass the place is in the first quarter of the orbit, on the other in the second.
    first = np.array([np.cos(EARTH_ROTATION * times[0] + 0.7), np.sin(EARTH_ROTATION * times[0] + 0.7), 0.0])
    first = first * np.hypot(site[0], site[1]) + np.array([0.0, 0.0, site[2]])
    assert over(first)(state) < np.pi / 2.0
    assert all(np.isnan(plane_meets(state, site_at(np.radians(62.0), 0.0))))


def test_meeting_over_a_site_flies_past_it() -> None:
    site = site_at(np.radians(40.0), 1.0)
    found = meet(scene(), over(site), MEANS, ARRIVE)
    state = to_state(found.chosen.orbit)[:, 0]
    here, there = state[:3] / np.linalg.norm(state[:3]), site / np.linalg.norm(site)
    away = float(np.arccos(here @ there)) * EARTH_RADIUS
    # No nearer than the plane is, and not farther either.
    assert away == pytest.approx(abs(aside(state, site)), abs=100.0)
