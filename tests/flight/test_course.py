"""One course by either engine: they agree with each other, burns take mass, and files carry the craft on."""

from __future__ import annotations

import json

import numpy as np
import pytest

from cupola.base.errors import DomainError
from cupola.base.instants import parse_instant
from cupola.flight import full as engine
from cupola.flight.course import Course, Refit, Wanted, follow
from cupola.flight.course_files import course_text
from cupola.flight.full import Craft, State
from cupola.flight.settled import DAY, OSCULATING, STATE, orbit_of
from cupola.flight.sky import Sky
from cupola.flight.start import from_oem
from cupola.formats.oem import read_oem

BEGIN = np.datetime64("2025-01-01T12:00", "us")
CRAFT = Craft(420_000.0, 3_520.0, 2_400.0)
MOTION = np.array([6_788_136.3, 0.0, 0.0, 0.0, 4_755.154, 6_008.923])
START = State(BEGIN, MOTION, CRAFT)
FLAT = np.full(200, 150.0)
SKY = Sky(60_600, FLAT, FLAT, np.full(200, 15.0), 60_600)


def later(hours: float) -> np.datetime64:
    return BEGIN + np.timedelta64(round(hours * 3.6e9), "us")


def flown(fidelity: str, hours: float, **more: object) -> Course:
    return follow(START, later(hours), fidelity, SKY, **more)  # type: ignore[arg-type]


def test_both_engines_tell_the_same_orbit_and_nearly_the_same_place() -> None:
    full, averaged = flown("full", 48.0, every_s=3_600.0), flown("averaged", 48.0, every_s=3_600.0)
    assert full.first == averaged.first and full.first.found == DAY
    # Decay of 266 m in two days; 12 m apart, as the full engine's air with a history of ap is denser, and 1.8 km along
    # the track.
    assert full.last.altitude == pytest.approx(averaged.last.altitude, abs=36.0)
    assert full.last.node == pytest.approx(averaged.last.node, abs=2.5e-4)
    apart = np.linalg.norm(full.states[:3] - averaged.states[:3], axis=0)
    assert full.instants.size == 49 and float(apart.max()) < 5.5e3


def test_a_burn_takes_propellant_and_raises_the_orbit_alike() -> None:
    burn = Wanted(later(3.0), 1.0, 300.0, 800.0)
    full, averaged = (flown(kind, 12.0, burns=[burn]) for kind in ("full", "averaged"))
    assert full.mass == pytest.approx(averaged.mass, abs=1e-3)
    assert full.mass == pytest.approx(420_000.0 * np.exp(-1.0 / (300.0 * 9.80665)), abs=1e-6)
    risen = [course.last.altitude - course.first.altitude for course in (full, averaged)]
    assert risen[0] == pytest.approx(risen[1], abs=10.0) and risen[0] > 1_700.0
    assert full.burns[0].duration == pytest.approx(525.0, abs=1.0)
    # States at the start, at the end of the burn, and at the end.
    assert full.instants.size == 3


@pytest.mark.parametrize("fidelity", [pytest.param("full", marks=pytest.mark.slow), "averaged"])
def test_a_docking_slows_the_decay_by_what_the_mass_says(fidelity: str) -> None:
    # Ten times the area, so that some metres of the mean axis are no matter; the change is at no midnight.
    start, doubled = State(BEGIN, MOTION, Craft(420_000.0, 35_200.0)), [Refit(later(10.0), mass=840_000.0)]
    before, plain, heavy = (
        follow(start, later(hours), fidelity, SKY, refits=refits).last.altitude
        for hours, refits in ((10.0, []), (24.0, []), (24.0, doubled))
    )
    assert before - plain > 600.0
    # Measured 0.49 by the full engine: what it finds of the mean axis is the mean of a day.
    assert (before - heavy) / (before - plain) == pytest.approx(0.5, abs=0.02)


def test_a_flight_with_a_change_is_two_flights_one_after_the_other() -> None:
    change = Refit(later(6.0), 300_000.0, 5_000.0, 3_000.0)
    whole = flown("full", 12.0, refits=[change], every_s=1_800.0)
    one = engine.fly(START, later(6.0), indices=SKY.full())
    two = engine.fly(State(later(6.0), one.end.motion, Craft(300e3, 5e3, 3e3)), later(12.0), indices=SKY.full())
    assert whole.states[:, -1].tobytes() == two.end.motion.tobytes() and whole.mass == 300e3
    assert [(item.instant, item.craft.drag_area_m2) for item in whole.crafts] == [(later(6.0), 5_000.0)]


@pytest.mark.slow
def test_a_low_orbit_ends_at_the_same_time_in_both() -> None:
    low = State(BEGIN, np.array([6_578_137.0, 0.0, 0.0, 0.0, 4_850.0, 6_100.0]), Craft(8_500.0, 240.0))
    ends = [follow(low, later(480.0), kind, SKY, every_s=600.0) for kind in ("full", "averaged")]
    assert all(course.entered for course in ends)
    # Measured 43 minutes in 31 hours: with a constant ap the full engine's air is some 2 % denser.
    assert abs(ends[0].end - ends[1].end) < np.timedelta64(130, "m")
    for course in ends:
        assert course.instants[-1] == course.end and course.states.shape == (6, course.instants.size)
        assert np.isfinite(course.states).all()
    assert ends[1].last.altitude == pytest.approx(120e3, abs=100.0)


def test_an_eccentric_orbit_has_osculating_elements_and_no_averaged_flight() -> None:
    high = State(BEGIN, MOTION * np.array([1.0] * 3 + [1.2] * 3), CRAFT)
    assert orbit_of(high, SKY).found == OSCULATING
    with pytest.raises(DomainError, match="Use the full one"):
        follow(high, later(1.0), "averaged", SKY)
    assert STATE != DAY


def test_what_cannot_be_flown_is_refused() -> None:
    with pytest.raises(DomainError, match="fidelity"):
        flown("best", 1.0)
    with pytest.raises(DomainError, match="not after the start"):
        flown("full", -1.0)
    with pytest.raises(DomainError, match="spacing of the states"):
        flown("averaged", 48.0, every_s=0.1)
    with pytest.raises(DomainError, match="burn: has no thrust"):
        flown("full", 12.0, burns=[Wanted(later(1.0), 1.0)])
    late = State(np.datetime64("2062-01-01T12:00", "us"), MOTION, CRAFT)
    with pytest.raises(DomainError, match="beyond the table of Sun and Moon"):
        follow(late, np.datetime64("2062-01-02", "us"), "full", SKY)


def test_a_file_is_read_back_and_carries_the_craft_on_after_a_burn() -> None:
    course = flown("averaged", 6.0, burns=[Wanted(later(3.0), 1.0, 300.0, 800.0)], every_s=240.0)
    made = parse_instant("2025-02-01T00:00:00")
    for kind in (".oem", ".xml"):
        oem = read_oem(course_text(course, kind, ("LAB", "2020-001A"), CRAFT, ["How it was made"], made).encode())
        assert [len(one.instants) for one in oem.segments] == [48, 44]
        start = from_oem(oem)
        assert (start.mass, start.drag_area, start.solar_area) == (course.mass, 3_520.0, 2_400.0)
        assert np.array_equal(start.motion, course.states[:, -1])
        assert from_oem(oem, "start").mass == 420_000.0
    rows = course_text(course, ".csv", ("LAB", "2020-001A"), CRAFT, [], made).splitlines()
    assert len(rows) == course.instants.size + 1
    document = json.loads(course_text(course, ".czml", ("LAB", "2020-001A"), CRAFT, [], made))
    assert len(document[1]["position"]["cartesianVelocity"]) == 7 * course.instants.size
    changed = flown("averaged", 6.0, refits=[Refit(later(2.0), 430e3, 4e3, 2.5e3)], every_s=240.0)
    oem = read_oem(course_text(changed, ".oem", ("LAB", "2020-001A"), CRAFT, [], made).encode())
    start = from_oem(oem)
    assert len(oem.segments) == 2 and (start.mass, start.drag_area, start.solar_area) == (430e3, 4e3, 2.5e3)
    with pytest.raises(DomainError, match="unknown ending"):
        course_text(course, ".stk", ("LAB", "2020-001A"), CRAFT, [], made)
