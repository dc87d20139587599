"""Each of the other partners leaves: what stops in the run is what the dependence matrix foretells."""

from __future__ import annotations

import datetime as dt

import pytest

from behaviour.story import WAIVED, Story, leaves, tell
from cupola.analysis import dependence, remains, working
from cupola.programme.programme import Programme

AFTER = dt.date(2022, 10, 31)
NEXT_DAY = dt.date(2022, 11, 1)
PARTNERS = ("nasa", "roscosmos", "esa", "jaxa", "csa")
LOST = {
    "nasa": {
        "power_transfer",
        "attitude_gyros",
        "oxygen_generation",
        "co2_removal",
        "water_recovery",
        "urine_recovery",
        "robotic_arm",
        "berthing_ports",
    },
    "roscosmos": {"attitude_thrusters", "reboost", "refuelling", "propellant_storage"},
    "esa": set(),
    "jaxa": set(),
    "csa": {"robotic_arm", "berthing_ports"},
}
"""Functions of which nothing is left on the day after, with reboost by a Cygnus not counted while none is there"""


def story_of(partner: str) -> Story:
    return tell("iss", "span.end=2023-04-30", *leaves(partner, after=str(AFTER)))


def matrix(programme: Programme, partner: str) -> dict[str, tuple[bool, bool]]:
    """Function -> (only this partner provides it, what others provide of it falls too)."""
    rows = dependence(programme, programme.span.start)
    return {row["function"]: (row["only"], row["falls"]) for row in rows if row["partner"] == partner}


@pytest.mark.parametrize("partner", PARTNERS)
def test_functions_that_are_lost(partner: str) -> None:
    lost = {event.key.partition("/")[2] for event in story_of(partner).of("function-lost") if event.date <= NEXT_DAY}
    assert lost == LOST[partner]


@pytest.mark.parametrize("partner", PARTNERS)
def test_the_matrix_foretells_what_is_lost(partner: str) -> None:
    story = story_of(partner)
    foretold = matrix(story.programme, partner)
    left = remains(story.programme, story.programme.span.start)
    nothing_left = {function for function in foretold if left[function, partner] == 0.0}
    assert nothing_left == LOST[partner]
    assert {function for function, (only, _) in foretold.items() if only} <= nothing_left


@pytest.mark.parametrize("partner", PARTNERS)
def test_every_provider_that_the_matrix_takes_away_stops_and_no_other(partner: str) -> None:
    story = story_of(partner)
    programme = story.programme
    fixed = {key for key, row in programme.provisions.items() if row.provider not in programme.vehicles}
    foretold = {key for key, (works, _) in working(programme, programme.span.start, {partner}).items() if not works}
    stopped = {event.key.partition("/")[2] for event in story.of("provider-lost") if event.date <= NEXT_DAY}
    assert stopped == foretold & fixed
    assert stopped, "each partner provides something"


@pytest.mark.parametrize("partner", ["esa", "jaxa"])
def test_the_station_goes_on_with_one_control_centre_less(partner: str) -> None:
    story = story_of(partner)
    assert story.subjects("function-short") == {"ground_control"}
    assert story.subjects("crew-left") == set()
    assert min(story.column("crew").values()) >= 7
    assert any(event.date > NEXT_DAY for event in story.of("reboost"))
    assert all(story.column("attitude").values())


def test_without_nasa_thrusters_hold_the_station_and_burn_propellant_daily() -> None:
    story, usual = story_of("nasa"), tell("iss", "span.end=2023-04-30")
    assert story.maybe("attitude-lost/station") is None
    burnt, often = (
        sum(-row["amount"] for row in run.rows("flows") if row["future"] == WAIVED and row["cause"] == cause)
        for run, cause in ((story, "burnt for attitude"), (usual, "burnt for attitude"))
    )
    days = (dt.date(2023, 4, 30) - NEXT_DAY).days
    daily = story.programme.attitude.event_propellant.value
    assert burnt - often == pytest.approx(days * daily, rel=0.1)


def test_without_nasa_only_the_partner_of_the_soyuz_is_aboard() -> None:
    story = story_of("nasa")
    crew = story.column("crew")
    assert crew[AFTER] == crew[NEXT_DAY] == 3
    assert {stay["partner"] for stay in story.stays() if stay["arrived"] > AFTER} <= {"roscosmos"}
    assert story.first("rule-crossed/trained-nasa").date == AFTER
    rule = story.first("rule-crossed/co2")
    assert rule.date == NEXT_DAY
    assert "function-lost/co2_removal" in rule.because
    roots = story.roots(story.first("function-lost/co2_removal"))
    assert "fact/departure.after" in roots, "no statement is named, so the exit is an assumption"


def test_without_nasa_the_air_empties_the_station_when_the_canisters_are_used_up() -> None:
    story = story_of("nasa")
    foul = story.first("air-foul/carbon_dioxide")
    assert foul.because[0] == "function-lost/co2_removal"
    assert story.first("crew-ordered-off/station").because == (foul.key,)
    assert story.first("crew-left/station").date > foul.date
    canisters = story.programme.life_support.co2_canisters.value
    people = max(number for day, number in story.column("crew").items() if NEXT_DAY <= day <= foul.date)
    assert (foul.date - NEXT_DAY).days >= canisters / people - 1


def test_without_the_arm_no_berthing_ship_arrives() -> None:
    story = story_of("csa")
    berths = {key for key, port in story.programme.ports.items() if port.method == "berthing"}
    assert all(stay["arrived"] <= AFTER for stay in story.stays() if stay["port"] in berths)
    usual = tell("iss", "span.end=2023-04-30")
    missing = {stay["flight"] for stay in usual.stays() if stay["port"] in berths and stay["arrived"] > AFTER}
    assert missing
    assert story.subjects("port-blocked") >= missing
    docked = {stay["vehicle"] for stay in story.stays() if stay["arrived"] > NEXT_DAY}
    assert {"progress", "soyuz", "crew-dragon", "cargo-dragon"} <= docked, "ships that dock by themselves still come"


def test_an_arm_without_strength_is_no_arm() -> None:
    story = tell("iss", "span.end=2022-11-30", "provisions.arm.capacity=0 kg")
    assert "cygnus" not in {stay["vehicle"] for stay in story.stays()}
    assert "cygnus" in {stay["vehicle"] for stay in tell("iss", "span.end=2022-11-30").stays()}
