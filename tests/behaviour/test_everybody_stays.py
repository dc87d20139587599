"""Nobody leaves: the station flies to 2031 with people aboard, and nothing fails on the way."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from itertools import pairwise

import pytest

from behaviour.story import KEPT, Story, tell
from cupola.physics.reboost import raise_from_delta_v

FIRST, LAST = dt.date(2022, 7, 26), dt.date(2030, 12, 31)


@pytest.fixture(scope="module")
def story() -> Story:
    return tell("iss")


def test_somebody_is_aboard_on_every_day_to_the_end(story: Story) -> None:
    crew = story.column("crew", KEPT)
    assert (min(crew), max(crew)) == (FIRST, LAST)
    assert len(crew) == (LAST - FIRST).days + 1
    assert min(crew.values()) >= 7
    assert max(crew.values()) <= 11, "a crew of seven and the one that relieves it"


def test_nobody_is_ordered_off_and_no_rule_is_crossed(story: Story) -> None:
    for kind in ("rule-crossed", "crew-ordered-off", "crew-left", "stranded", "store-empty", "attitude-lost", "entry"):
        assert story.subjects(kind, KEPT) == set(), kind


def test_no_function_is_lost_or_short(story: Story) -> None:
    assert story.subjects("function-lost", KEPT) == set()
    assert story.subjects("function-short", KEPT) == set()
    assert story.subjects("provider-lost", KEPT) == set()


def test_rules_make_no_difference_where_none_is_crossed(story: Story) -> None:
    kept, waived = ([(event.date, event.key, event.value) for event in lane] for lane in story.happened)
    assert kept == waived


def test_everybody_has_a_seat_on_every_day(story: Story) -> None:
    crew, seats = story.column("crew", KEPT), story.column("seats", KEPT)
    assert [day for day in crew if crew[day] > seats[day]] == []


def test_the_orbit_is_kept_within_the_policy(story: Story) -> None:
    altitude = story.column("altitude", KEPT)
    policy = story.programme.orbit_policy
    lowest = (policy.altitude.value - policy.band.value) / 1000.0 - 3.0
    assert lowest < min(altitude.values())
    # A reboost goes half a kilometre beyond the target, and an avoidance manoeuvre may come just after it.
    avoided = raise_from_delta_v(policy.altitude.value, policy.avoidance_burn.value) / 1000.0
    assert max(altitude.values()) < policy.altitude.value / 1000.0 + 0.6 + avoided
    assert all(story.column("deorbit", KEPT).values())


def test_the_quiet_sun_needs_fewer_reboosts_than_the_active_one(story: Story) -> None:
    flux = story.column("f107", KEPT)
    burns: dict[int, float] = defaultdict(float)
    for event in story.of("reboost", KEPT):
        burns[event.date.year] += event.value or 0.0
    mean = {year: sum(flux[day] for day in flux if day.year == year) for year in range(2023, 2031)}
    active, quiet = max(mean, key=mean.__getitem__), min(mean, key=mean.__getitem__)
    assert burns[active] > 2.0 * burns[quiet] > 0.0


def test_a_port_holds_one_ship_at_a_time(story: Story) -> None:
    by_port = defaultdict(list)
    for stay in story.stays(KEPT):
        by_port[stay["port"]].append((stay["arrived"], stay["left"] or LAST + dt.timedelta(days=1)))
    assert len(by_port) >= 8
    for port, stays in by_port.items():
        for (_, left), (arrived, _) in pairwise(sorted(stays)):
            assert left <= arrived, port


def test_ships_use_ports_that_they_fit_and_leave_in_time(story: Story) -> None:
    for stay in story.stays(KEPT):
        vehicle = story.programme.vehicles[stay["vehicle"]]
        assert stay["port"] in vehicle.ports, stay["flight"]
        if stay["left"] is not None:
            assert (stay["left"] - stay["arrived"]).days <= vehicle.max_stay.high / 86_400.0, stay["flight"]


def test_people_aboard_are_those_whose_ships_are_there(story: Story) -> None:
    crew = story.column("crew", KEPT)
    stays = story.stays(KEPT)
    for day in (dt.date(2023, 1, 1), dt.date(2025, 6, 1), dt.date(2028, 3, 15), dt.date(2030, 12, 31)):
        there = [stay for stay in stays if stay["arrived"] <= day and (stay["left"] is None or stay["left"] > day)]
        assert sum(stay["crew"] for stay in there) == crew[day], day
