"""Flights, people and lines of flights that cannot be as they are written."""

from __future__ import annotations

from typing import Any

import pytest

FERRY = "ferry,Ferry,tug,b,2021-05-01,{docked},{port},,{undocked},{ended},,,,,,,{outcome},,invented,F"


@pytest.mark.parametrize(
    ("docked", "port", "undocked", "ended", "outcome", "field", "words", "advice"),
    [
        ("2021-05-02", "", "", "", "launch-failure", "docked", "outcome launch-failure", "outcome ok"),
        ("2021-05-02", "service-aft", "2021-06-02", "2021-06-01", "ok", "ended", "earlier than undocked", "2021-06-02"),
        ("", "service-aft", "", "", "ok", "docked", "has the port service-aft", "2021-05-01 or later"),
    ],
)
def test_the_days_of_a_flight_go_with_how_it_went(
    bench: Any, docked: str, port: str, undocked: str, ended: str, outcome: str, field: str, words: str, advice: str
) -> None:
    row = FERRY.format(docked=docked, port=port, undocked=undocked, ended=ended, outcome=outcome)
    line = bench.append("flights.csv", row)
    (problem,) = [found for found in bench.problems() if found.key == f"flights.ferry.{field}" and words in str(found)]
    assert problem.where == f"small/flights.csv:{line}"
    assert advice in problem.remedy


@pytest.mark.parametrize(
    ("row", "words", "advice"),
    [
        ("New Name,a,taxi-1,2021-10-01,taxi-1,2022-04-05,visitor", "before taxi-1 docked", "Give 2021-10-02"),
        ("New Name,a,tug-1,2022-02-12,taxi-1,2022-04-05,visitor", "which has no seats", "taxi-1"),
        ("New Name,a,taxi-2,2022-04-02,taxi-2,2022-10-04,visitor", "more people than taxi-2 brought", "crew_up of 5"),
        ("Old Oak,b,taxi-1,2022-06-04,taxi-2,2022-10-04,visitor", "while already aboard", "left of 2022-06-04"),
    ],
)
def test_a_person_who_cannot_be_aboard_so(bench: Any, row: str, words: str, advice: str) -> None:
    line = bench.append("people.csv", row)
    (problem,) = bench.problems()
    assert problem.where == f"small/people.csv:{line}"
    assert words in str(problem)
    assert advice in problem.remedy


def test_a_person_may_come_back_on_the_day_of_leaving(bench: Any) -> None:
    bench.append("people.csv", "Old Oak,b,taxi-1,2022-06-05,taxi-2,2022-10-04,visitor")
    assert len(bench.load().people) == 9


@pytest.mark.parametrize(
    ("settings", "key", "words", "advice"),
    [
        (["services.tug-line.stay=366 d"], "services.tug-line.stay", "longer than tug can stay", "Give 365 d or less"),
        (["services.taxi-line.handover=182 d"], "services.taxi-line.handover", "as long as the interval", "Give 5 d"),
        (["services.tug-line.crew=b 0"], "services.tug-line.crew", "", "1"),
    ],
)
def test_a_line_that_cannot_be_flown(bench: Any, settings: list[str], key: str, words: str, advice: str) -> None:
    found = [problem for problem in bench.problems(settings=settings) if problem.key == key]
    assert len(found) == 1
    assert words in str(found[0])
    assert advice in str(found[0])


def test_more_people_than_the_usual_seats_and_no_more_than_the_highest(bench: Any) -> None:
    bench.replace("vehicles.csv", "capsule,seats,3,,,,K", "capsule,seats,2,2,3,1,K")
    (problem,) = bench.problems()
    assert problem.key == "services.capsule-line.crew"
    assert "Send 2 or fewer" in problem.remedy


def test_one_ship_that_waits_for_the_end_may_stay_longer(bench: Any) -> None:
    bench.load(settings=["services.tug-line.stay=400 d", "services.tug-line.interval=36525 d"])
