"""As of a day, nothing is known that came later."""

from __future__ import annotations

import datetime as dt

import pytest

from behaviour.story import tell
from cupola import flow

BEFORE, AFTER = dt.date(2022, 7, 26), dt.date(2023, 5, 1)
LETTERS = "rus-2023-04-25-letters"
"""The letters by which all partners were told of the Russian decision to go on to 2028"""


def test_the_letters_of_2023_are_known_in_2023_and_not_in_2022() -> None:
    early, late = flow.load("iss", as_of=BEFORE), flow.load("iss", as_of=AFTER)
    assert LETTERS in late.statements
    assert "partner roscosmos stays-to 2028" in late.statements[LETTERS].effect
    assert LETTERS not in early.statements
    assert "rus-2022-07-26-borisov" in early.statements


@pytest.mark.parametrize("day", [BEFORE, AFTER])
def test_nothing_dated_later_is_known(day: dt.date) -> None:
    programme = flow.load("iss", as_of=day)
    assert max(row.said for row in programme.statements.values()) <= day
    assert max(row.day for row in programme.altitudes) <= day
    assert max(row.arrived for row in programme.people) <= day
    assert all(row.left is None or row.left <= day for row in programme.people)
    flown = [row for row in programme.flights.values() if row.outcome != "planned"]
    assert max(row.launched for row in flown) <= day
    assert all(row.undocked is None or row.undocked <= day for row in flown)
    assert programme.solar.observed_until <= day
    assert programme.solar.issue <= f"{day:%Y-%m}"


def test_the_decision_of_2023_binds_nobody_in_2022() -> None:
    early, late = flow.load("iss", as_of=BEFORE), flow.load("iss", as_of=AFTER)
    assert "rus-govt-2028" in late.agreements and "ob-rus-operate-2028" in late.obligations
    assert "rus-govt-2028" not in early.agreements
    assert "ob-rus-operate-2028" not in early.obligations


def test_a_run_begins_with_the_station_of_that_day() -> None:
    story = tell("iss", "span.end=2023-05-31", as_of=str(AFTER))
    assert min(story.column("crew")) == AFTER
    assert story.column("crew")[AFTER] == 7
    there = {stay["flight"] for stay in story.stays() if stay["recorded"]}
    assert {"soyuz-ms-23", "crew-dragon-crew-6"} <= there
    assert not there & {"soyuz-ms-22", "crew-dragon-crew-5"}, "gone by then"
