"""The engines of the station fire only while the port behind them is clear."""

from __future__ import annotations

import datetime as dt

import pytest

from behaviour.story import Event, Story, tell

NO_PUSH = "vehicles.progress.thrust=0 N"
"""With it no Progress can raise the orbit, so the station's engines and a Cygnus must."""


@pytest.fixture(scope="module")
def story() -> Story:
    return tell("iss", "span.end=2023-10-15", NO_PUSH)


def at_port(story: Story, port: str, day: dt.date) -> str:
    """The kind of ship at a port on a day, or nothing."""
    here = (
        stay["vehicle"]
        for stay in story.stays()
        if stay["port"] == port and stay["arrived"] <= day and (stay["left"] is None or stay["left"] > day)
    )
    return next(here, "")


def by_station(story: Story) -> list[Event]:
    """Reboosts that no Cygnus can have made."""
    return [event for event in story.of("reboost") if at_port(story, "unity-nadir", event.date) != "cygnus"]


def test_with_a_ship_in_the_way_only_another_ship_can_push(story: Story) -> None:
    burns = by_station(story)
    assert len(burns) >= 3
    assert [event for event in burns if at_port(story, "zvezda-aft", event.date)] == []


def test_the_orbit_sinks_while_the_port_is_taken_and_is_raised_once_it_is_clear(story: Story) -> None:
    taken = next(stay for stay in story.stays() if stay["port"] == "zvezda-aft" and stay["arrived"].year == 2023)
    altitude = story.column("altitude")
    assert altitude[taken["left"] - dt.timedelta(days=1)] < altitude[taken["arrived"]] - 3.0
    assert taken["left"] in {event.date for event in story.of("reboost")}, "on the very day on which it becomes clear"
    assert story.maybe("reboost-missed/station") is not None


def test_a_ship_that_can_push_is_not_in_the_way() -> None:
    usual = tell("iss", "span.end=2023-10-15")
    assert usual.maybe("reboost-missed/station") is None
    pushed = [event for event in by_station(usual) if at_port(usual, "zvezda-aft", event.date) == "progress"]
    assert len(pushed) >= 4


def test_an_idle_ship_in_the_way_is_sent_off_when_the_orbit_has_sunk() -> None:
    missed = tell("iss", "span.end=2023-10-15", NO_PUSH).of("reboost-missed")
    assert missed
    story = tell("iss", "span.end=2023-10-15", NO_PUSH, "services.progress.interval=194 d")
    left = {stay["left"] for stay in story.stays() if stay["port"] == "zvezda-aft"}
    for event in story.of("reboost-missed"):
        assert event.date + dt.timedelta(days=1) in left
    heights = [height for height in story.column("altitude").values() if height is not None]
    assert min(heights) > 410.0
