"""Russia leaves after 2024: what falls, in which order, and for which reasons."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest

from behaviour.story import KEPT, WAIVED, Story, tell

SAID = "statement/rus-2022-07-26-borisov"
LAST_DAY = dt.date(2024, 12, 31)
NEXT_DAY = dt.date(2025, 1, 1)


@pytest.fixture(scope="module")
def story() -> Story:
    return tell("iss-russia-leaves")


def test_its_ships_and_people_go_home_on_the_last_day_of_service(story: Story) -> None:
    own = [stay for stay in story.stays() if stay["partner"] == "roscosmos"]
    assert max(stay["left"] for stay in own) == LAST_DAY
    assert max(stay["arrived"] for stay in own) <= LAST_DAY
    assert {stay["vehicle"] for stay in own if stay["left"] == LAST_DAY} == {"soyuz", "progress"}
    crew = story.column("crew")
    assert crew[LAST_DAY - dt.timedelta(days=1)] == 7
    assert crew[LAST_DAY] == 4, "three in the Soyuz; those of the Dragon stay"
    assert story.first("crew-absent/roscosmos").date == LAST_DAY


def test_what_falls_falls_in_this_order(story: Story) -> None:
    order = [
        "crew-absent/roscosmos",
        "rule-crossed/trained-roscosmos",
        "partner-left/roscosmos",
        "provider-lost/computers-ru",
        "provider-lost/thrusters-zvezda",
        "function-lost/attitude_thrusters",
        "function-lost/reboost",
        "function-lost/propellant_storage",
        "deorbit-lost/station",
        "reboost-missed/station",
        "attitude-lost/station",
        "power-lost/station",
        "crew-ordered-off/station",
        "crew-left/station",
        "function-lost/power",
        "entry/station",
    ]
    places = [story.first(key).place for key in order]
    assert places == sorted(places)


def test_what_takes_trained_people_stops_when_they_go_home(story: Story) -> None:
    for provider in ("elektron-zvezda", "vozdukh", "toilet-zvezda"):
        lost = story.first(f"provider-lost/{provider}")
        assert (lost.date, lost.because) == (LAST_DAY, ("crew-absent/roscosmos",)), provider
    assert story.first("crew-absent/roscosmos").because == (SAID,)


def test_services_end_on_the_day_after_the_last_day(story: Story) -> None:
    for key in (
        "partner-left/roscosmos",
        "service-ended/soyuz",
        "service-ended/progress",
        "function-lost/attitude_thrusters",
        "function-lost/reboost",
        "function-lost/propellant_storage",
        "deorbit-lost/station",
    ):
        assert story.first(key).date == NEXT_DAY, key
    burns = [event.date for event in story.of("reboost")]
    assert max(burns) <= LAST_DAY
    assert all(day <= LAST_DAY for day, possible in story.column("deorbit").items() if possible)


def test_attitude_is_lost_at_the_first_event_that_the_gyros_cannot_hold(story: Story) -> None:
    programme = story.programme
    lost = story.first("attitude-lost/station")
    event = story.first(lost.because[0])
    assert event.date == lost.date
    assert lost.because[1] == "function-lost/attitude_thrusters"
    capacity = programme.provisions["gyros"].capacity.value
    held = capacity - programme.attitude.equilibrium.value
    assert (lost.value or 0.0) > held
    ports = {stay["flight"]: stay["port"] for stay in story.stays()}
    vehicles = {stay["flight"]: stay["vehicle"] for stay in story.stays()}
    pushes = {}
    for docking in story.of("docking"):
        flight = docking.key.partition("/")[2]
        port = programme.ports[ports[flight]]
        if port.method == "docking" and NEXT_DAY <= docking.date <= lost.date:
            mass = programme.vehicles[vehicles[flight]].mass.value
            contact = mass * port.lever_arm.value * programme.attitude.contact_speed.value
            pushes[docking.key] = contact + programme.attitude.drift_momentum.value
    assert [key for key, push in pushes.items() if push > held] == [event.key]
    assert lost.value == pytest.approx(pushes[event.key])


def test_the_chain_goes_down_to_the_statement(story: Story) -> None:
    for key in ("attitude-lost/station", "crew-left/station", "entry/station", "function-lost/power"):
        roots = story.roots(story.first(key))
        assert SAID in roots, key
        assert all(root == SAID or root.startswith("fact/") for root in roots), roots
    left = story.first("partner-left/roscosmos")
    assert left.because == ("partner-exit-begins/roscosmos",)
    thrusters = story.first("function-lost/attitude_thrusters")
    assert {"provider-lost/thrusters-zvezda", "provider-lost/thrusters-nauka"} <= set(thrusters.because)
    assert story.first("provider-lost/thrusters-zvezda").because == ("partner-left/roscosmos",)


def test_power_goes_after_attitude_and_takes_the_rest_with_it(story: Story) -> None:
    lost, power = story.first("attitude-lost/station"), story.first("power-lost/station")
    assert power.because == (lost.key,)
    assert power.date == lost.date
    dark = {event.key for event in story.of("function-lost") if power.key in event.because}
    assert {"function-lost/power", "function-lost/communication", "function-lost/attitude_gyros"} <= dark
    assert story.first("crew-ordered-off/station").because == (power.key,)


def test_with_rules_kept_the_rule_empties_the_station_first(story: Story) -> None:
    rule = story.programme.rules["trained-roscosmos"]
    crossed = story.first("rule-crossed/trained-roscosmos", KEPT)
    ordered, left = story.first("crew-ordered-off/station", KEPT), story.first("crew-left/station", KEPT)
    assert crossed.date == LAST_DAY
    assert set(crossed.because) == {"rule/trained-roscosmos", SAID}
    assert (ordered.date - crossed.date).days == rule.grace / 86_400.0
    assert ordered.because == (crossed.key,)
    within = story.programme.crew_policy.abandon_within.value / 86_400.0
    assert 0 < (left.date - ordered.date).days <= within
    assert left.date < story.first("crew-left/station", WAIVED).date
    assert story.roots(left, KEPT) == {"rule/trained-roscosmos", SAID}


def test_with_rules_kept_the_ship_that_takes_the_last_people_home_costs_the_attitude(story: Story) -> None:
    kept = story.first("attitude-lost/station", KEPT)
    assert kept.because[0].startswith("undocking/")
    assert kept.date == story.first("crew-left/station", KEPT).date


def test_it_falls_from_then_on_and_enters_without_people(story: Story) -> None:
    for lane in (KEPT, WAIVED):
        altitude = story.column("altitude", lane)
        entry = story.first("entry/station", lane)
        heights = [height for day, height in altitude.items() if NEXT_DAY <= day < entry.date]
        assert all(after < before for before, after in pairwise(heights))
        assert entry.value == 0, "nobody is aboard"
        assert altitude[entry.date] is None
        assert story.column("crew", lane)[entry.date] == 0


EARLY = ("departure.after=2022-10-31", "span.end=2022-12-31")
RULES = ("trained-roscosmos", "trained-nasa", "food-abandon", "water-abandon", "oxygen-abandon", "lifeboat", "co2")


@pytest.mark.parametrize("rule", RULES)
def test_waiving_one_rule_changes_what_that_rule_did_and_no_more(rule: str) -> None:
    usual, waived = tell("iss-russia-leaves", *EARLY), tell("iss-russia-leaves", *EARLY, waive=(rule,))
    before, after = (
        [(event.date, event.key, event.because) for event in story.happened[KEPT]] for story in (usual, waived)
    )
    if rule != "trained-roscosmos":
        assert after == before
        return
    assert waived.first("rule-crossed/trained-roscosmos", KEPT).date == dt.date(2022, 10, 31)
    assert waived.first("crew-ordered-off/station", KEPT).because == ("power-lost/station",)
    assert waived.first("crew-left/station", KEPT).date == usual.first("crew-left/station", WAIVED).date
    assert waived.first("crew-left/station", KEPT).date != usual.first("crew-left/station", KEPT).date


def test_an_exit_of_two_years_ends_crew_flights_then_cargo_flights_then_operations() -> None:
    settings = ("departure.after=2022-10-31", "span.end=2024-12-31")
    story = tell("iss-russia-leaves", *settings, "departure.exit_time=730 d")
    begins, left = story.first("partner-exit-begins/roscosmos"), story.first("partner-left/roscosmos")
    crews, cargo = story.first("crew-flights-end/roscosmos"), story.first("cargo-flights-end/roscosmos")
    assert begins.date == dt.date(2022, 11, 1)
    assert left.date == begins.date + dt.timedelta(days=730)
    assert crews.date == begins.date + dt.timedelta(days=365)
    assert cargo.date == begins.date + dt.timedelta(days=548)
    own = [stay for stay in story.stays() if stay["partner"] == "roscosmos" and stay["arrived"] > begins.date]
    assert max(stay["arrived"] for stay in own if stay["vehicle"] == "soyuz") < crews.date
    last = max(stay["arrived"] for stay in own if stay["vehicle"] == "progress")
    assert crews.date < last < cargo.date
    assert story.first("service-ended/soyuz").because == (crews.key,)
    assert any(begins.date < event.date < left.date for event in story.of("reboost"))
    missed = story.first("reboost-missed/station")
    assert missed.date > cargo.date, "no freighter brings propellant any more, and the reserve is kept"


def test_its_people_come_in_the_ships_of_others_until_operations_end() -> None:
    settings = ("departure.after=2022-10-31", "span.end=2024-12-31")
    story = tell("iss-russia-leaves", *settings, "departure.exit_time=730 d")
    left = story.first("partner-left/roscosmos")
    last = max(stay["left"] for stay in story.stays() if stay["vehicle"] == "soyuz")
    assert last < left.date - dt.timedelta(days=100), "its own last crew went home long before"
    for kind in ("crew-absent/roscosmos", "rule-crossed/trained-roscosmos"):
        event = story.maybe(kind)
        assert event is None or event.date >= left.date, "the seats swapped with NASA keep somebody aboard"


def test_full_service_to_the_last_day_is_a_share_of_one() -> None:
    settings = (
        "departure.after=2022-10-31",
        "span.end=2024-12-31",
        "departure.crew_flights=1",
        "departure.cargo_flights=1",
    )
    story = tell("iss-russia-leaves", *settings, "departure.exit_time=730 d")
    left = story.first("partner-left/roscosmos")
    assert story.maybe("crew-flights-end/roscosmos") is None and story.maybe("cargo-flights-end/roscosmos") is None
    assert story.first("service-ended/soyuz").date == left.date
    flown = [stay for stay in story.stays() if stay["partner"] == "roscosmos" and stay["left"]]
    assert max(stay["left"] for stay in flown) == left.date - dt.timedelta(days=1)
