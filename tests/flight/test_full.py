"""The full engine in flight: resumed with the same bits, events where geometry puts them, bad starts refused."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from cupola.base.constants import MU_EARTH
from cupola.base.errors import CupolaError, DomainError
from cupola.flight import full_library
from cupola.flight.full import Burn, Change, Craft, Flight, Forces, State, fly
from cupola.flight.full_events import Watch
from cupola.flight.full_library import from_gcrf, to_gcrf
from cupola.flight.full_plan import delta_v
from cupola.flight.full_weather import constant_indices
from cupola.physics.geodesy import geodetic_height

START = np.datetime64("2025-01-01T12:00", "us")
MIDNIGHT = np.datetime64("2025-01-02T00:00", "us")
CRAFT = Craft(420_000.0, 3_520.0, 2_400.0)
MOTION = np.array([6_788_136.3, 0.0, 0.0, 0.0, 4_755.154, 6_008.923])
LIGHT = Forces(degree=8)
QUIET = constant_indices(150.0, 15.0, 60_676.0, 60_700.0)


def later(seconds: float) -> np.datetime64:
    return START + np.timedelta64(round(seconds * 1e6), "us")


def flight(hours: float, **more: object) -> Flight:
    given = {"forces": LIGHT, "indices": QUIET, **more}
    return fly(State(START, MOTION, CRAFT), later(hours * 3_600), **given)  # type: ignore[arg-type]


def test_a_flight_resumed_at_midnight_has_the_bits_of_one_that_never_stopped() -> None:
    plan = {
        "burns": [Burn(MIDNIGHT - np.timedelta64(90, "s"), 200.0, 900.0, 300.0, (1.0, 2.0, 0.0), "LVLH")],
        "changes": [Change(MIDNIGHT + np.timedelta64(3, "h"), Craft(427_000.0, 3_000.0, 2_000.0))],
        "watches": [Watch("node"), Watch("umbra")],
    }
    whole = flight(18, **plan)
    first = flight(12, **plan)
    second = fly(first.end, later(18 * 3_600), forces=LIGHT, indices=QUIET, **plan)  # type: ignore[arg-type]
    assert first.end.instant == MIDNIGHT
    assert np.array_equal(whole.end.motion, second.end.motion) and whole.end.craft == second.end.craft
    joined = np.concatenate([first.states, second.states[:, 1:]], axis=1)
    assert np.array_equal(whole.states, joined)
    events = [*first.events, *second.events]
    assert [(event.instant, event.kind) for event in whole.events] == [(event.instant, event.kind) for event in events]


def test_through_a_storm_too() -> None:
    start = State(np.datetime64("2024-05-10T18:00", "us"), MOTION, CRAFT)
    whole = fly(start, np.datetime64("2024-05-11T06:00"), forces=LIGHT)
    half = fly(start, np.datetime64("2024-05-11T00:00"), forces=LIGHT)
    assert np.array_equal(whole.end.motion, fly(half.end, np.datetime64("2024-05-11T06:00"), forces=LIGHT).end.motion)


def test_a_leap_second_is_flown_through() -> None:
    before, after = np.datetime64("2016-12-31T23:00", "us"), np.datetime64("2017-01-01T01:00", "us")
    assert full_library.seconds_between(before, after) == 7_201.0


def test_states_come_at_the_asked_spacing_and_at_the_end() -> None:
    flown = flight(0.51, every_s=600.0)
    assert [int((instant - START) / np.timedelta64(1, "s")) for instant in flown.instants] == [0, 600, 1200, 1800, 1836]
    assert np.array_equal(flown.states[:, 0], MOTION) and np.array_equal(flown.states[:, -1], flown.end.motion)


def test_without_forces_the_orbit_is_keplers() -> None:
    nothing = Forces(degree=0, sun=False, moon=False, drag=False, solar_pressure=False)
    square, radius = float(np.dot(MOTION[3:], MOTION[3:])), float(np.linalg.norm(MOTION[:3]))
    mu = 398_600.4415e9  # of the gravity field
    period = 2.0 * np.pi * np.sqrt((1.0 / (2.0 / radius - square / mu)) ** 3 / mu)
    flown = flight(period / 3_600.0, forces=nothing)
    assert np.abs(flown.end.motion[:3] - MOTION[:3]).max() < 0.01
    assert mu == pytest.approx(MU_EARTH, rel=1e-8)


def test_events_stand_where_geometry_puts_them() -> None:
    watches = [Watch("node"), Watch("apsis"), Watch("height", 415e3), Watch("umbra"), Watch("penumbra")]
    flown = flight(4, watches=watches)
    kinds = [event.kind for event in flown.events]
    for event in flown.events:
        position, velocity = event.state[:3], event.state[3:]
        ground = from_gcrf("ITRF", event.state, event.instant)
        if "node" in event.kind:
            # The pole is that of the day's piece; the ground's own wanders around it by some ten metres.
            assert abs(ground[2]) < 25.0 and (ground[5] > 0) == (event.kind == "ascending node")
        elif event.kind in ("perigee", "apogee"):
            assert abs(np.dot(position, velocity)) / np.linalg.norm(position) < 1e-4
        elif "height" in event.kind:
            equatorial = np.array(np.hypot(ground[0], ground[1]))
            assert float(geodetic_height(equatorial, np.array(ground[2]))) == pytest.approx(415e3, abs=1.0)
    # Four hours are 2.6 turns from the ascending node on.
    assert (kinds.count("ascending node"), kinds.count("descending node")) == (2, 3)
    shadow = [kind for kind in kinds if "umbra" in kind]
    round_trip = ["penumbra entry", "umbra entry", "umbra exit", "penumbra exit"]
    begin = round_trip.index(shadow[0])
    assert shadow == [round_trip[(begin + k) % 4] for k in range(len(shadow))] and len(shadow) >= 8
    assert [event.instant for event in flown.events] == sorted(event.instant for event in flown.events)


def test_a_burn_raises_the_orbit_as_the_formula_says() -> None:
    forces = Forces(degree=0, sun=False, moon=False, drag=False, solar_pressure=False)
    burn = Burn(later(600), 900.0, 800.0, 300.0)
    flown = flight(2, forces=forces, burns=[burn])

    def axis(motion: np.ndarray) -> float:
        return 1.0 / (2.0 / float(np.linalg.norm(motion[:3])) - float(np.dot(motion[3:], motion[3:])) / 398_600.4415e9)

    raised = axis(flown.end.motion) - axis(MOTION)
    expected = 2.0 * delta_v(burn, CRAFT.mass_kg) * np.sqrt(axis(MOTION) ** 3 / 398_600.4415e9)
    assert raised == pytest.approx(expected, rel=5e-3)
    assert flown.end.craft.mass_kg == pytest.approx(CRAFT.mass_kg - burn.flow * 900.0, abs=1e-6)
    assert flown.mass_kg[0] == CRAFT.mass_kg and flown.mass_kg[-1] == flown.end.craft.mass_kg


def test_a_fall_ends_at_the_floor() -> None:
    low = MOTION * np.array([6_378_137.0 + 165e3, *[1.0] * 5]) / np.array([MOTION[0], *[1.0] * 5])
    low[3:] *= np.sqrt(MOTION[0] / low[0])
    flown = fly(State(START, low, Craft(8_500.0, 60.0)), later(5 * 86_400), forces=LIGHT, indices=QUIET)
    assert flown.reached_floor and flown.events[-1].kind == "floor"
    assert START < flown.end.instant < later(86_400) and flown.instants[-1] == flown.end.instant


@pytest.mark.parametrize("frame", ["EME2000", "TEME", "ITRF", "GCRF"])
def test_frames_come_back(frame: str) -> None:
    there = to_gcrf(frame, MOTION, START)
    assert np.abs(from_gcrf(frame, there, START) - MOTION).max() < 1e-6
    if frame == "EME2000":
        # The frame bias of the IERS Conventions: 0.02 arc seconds.
        assert 0.3 < np.linalg.norm(there[:3] - MOTION[:3]) < 1.0


def test_an_unknown_frame_is_refused() -> None:
    with pytest.raises(DomainError, match="expected GCRF, EME2000, TEME, ITRF"):
        to_gcrf("ECI", MOTION, START)


@pytest.mark.parametrize(
    ("motion", "said"),
    [
        (MOTION * np.nan, "six finite numbers"),
        (MOTION / 1_000.0, "under the ground"),
        (MOTION * np.array([1, 1, 1, 2, 2, 2]), "no closed orbit"),
        (MOTION[:5], "six finite numbers"),
    ],
)
def test_a_start_that_is_none_is_refused(motion: np.ndarray, said: str) -> None:
    with pytest.raises(DomainError, match=said):
        State(START, motion, CRAFT)


def test_spans_and_dates_beyond_the_tables_are_refused() -> None:
    state = State(START, MOTION, CRAFT)
    with pytest.raises(DomainError, match="the end is out of range"):
        fly(state, START)
    with pytest.raises(DomainError, match="indices: the flight goes beyond them"):
        flight(24 * 90)
    with pytest.raises(DomainError, match="Earth orientation: the flight goes beyond"):
        fly(State(np.datetime64("2031-01-01"), MOTION, CRAFT), np.datetime64("2031-01-02"), forces=Forces(drag=False))
    with pytest.raises(DomainError, match="spacing"):
        flight(1, every_s=0.0)
    with pytest.raises(DomainError, match="event: is not known"):
        Watch("solstice")
    with pytest.raises(DomainError, match="forces: degree"):
        Forces(degree=71)


def test_beyond_the_orientation_a_flight_may_hold_it() -> None:
    state = State(np.datetime64("2031-01-01"), MOTION, CRAFT)
    held = fly(state, np.datetime64("2031-01-01T02"), forces=Forces(8, drag=False), hold_orientation=True)
    assert np.all(np.isfinite(held.states))


def test_without_the_library_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    full_library.library.cache_clear()
    monkeypatch.setitem(sys.modules, "satkit", None)
    with pytest.raises(CupolaError, match=r"pip install 'satkit>=0\.24\.1,<0\.25'"):
        full_library.library()
    monkeypatch.undo()
    full_library.library.cache_clear()
    full_library.library()
