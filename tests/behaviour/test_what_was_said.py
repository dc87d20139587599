"""What was said of the shipped station from 2021 to 2026: whose word counts on which day, without flying anything."""

from __future__ import annotations

import datetime as dt

import pytest

from cupola import flow
from cupola.analysis.outlook import Moment, moments

FIRST, LAST = dt.date(2021, 4, 1), dt.date(2026, 11, 22)


@pytest.fixture(scope="module")
def found() -> dict[str, Moment]:
    return {str(row.day): row for row in moments(flow.load("iss", as_of=LAST), FIRST, LAST)}


def leaves(moment: Moment) -> tuple[str, str, str]:
    claim = moment.plan.leaves
    return ("", "", "") if claim is None else (claim.key[1], str(claim.day), str(moment.plan.over))


def test_the_last_day_moves_as_it_was_said(found: dict[str, Moment]) -> None:
    # In 2021 all went to the end of 2024 by law; whoever leaves later is not missed.
    assert leaves(found["2021-04-18"]) == ("", "", "")
    assert str(found["2021-04-18"].plan.end) == "2024-12-31"
    assert leaves(found["2021-12-31"]) == ("roscosmos", "2028-12-31", "2028-12-31")
    assert leaves(found["2022-04-29"]) == ("roscosmos", "2024-12-31", "2024-12-31")
    # The exit announced on this day was the last day of what had been promised; it moved nothing.
    assert leaves(found["2022-07-26"]) == leaves(found["2022-04-29"])
    assert not found["2022-07-26"].changes
    assert leaves(found["2022-07-29"])[2] == "2026-12-31"
    assert leaves(found["2023-04-25"]) == ("roscosmos", "2028-12-31", "2028-12-31")


def test_a_bill_that_is_no_law_unsays_nothing(found: dict[str, Moment]) -> None:
    assert {str(row.plan.end) for day, row in found.items() if day >= "2022-08-09"} == {"2030-09-30"}


def test_the_statement_that_moved_it_is_named(found: dict[str, Moment]) -> None:
    assert [row.id for row in found["2021-12-31"].statements] == ["us-2021-12-31-2030"]
    assert [row.id for row in found["2022-04-29"].statements] == ["rus-2022-04-29-rogozin"]


def test_what_others_would_give_is_kept(found: dict[str, Moment]) -> None:
    told = {(claim.statement.id, str(claim.day)) for claim, _ in found["2022-04-29"].others}
    assert ("rus-2021-energia-2028", "2028-12-31") in told
