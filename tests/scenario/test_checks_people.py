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
    ],
)
def test_a_person_who_cannot_be_aboard_so(bench: Any, row: str, words: str, advice: str) -> None:
    line = bench.append("people.csv", row)
    (problem,) = bench.problems()
    assert problem.where == f"small/people.csv:{line}"
    assert words in str(problem)
    assert advice in problem.remedy


BASE = "Ben Beech,b,capsule-2,2022-06-01,capsule-2,2022-12-03,expedition"


@pytest.mark.parametrize(
    ("row", "field", "words", "advice"),
    [
        ("Ben Beech,b,capsule-2,2022-06-04,capsule-2,2022-12-03,expedition", "arrived",
         "is 3 days after capsule-2 docked", "Give 2022-06-01, or the flight that brought the person"),
        ("Ben Beech,b,capsule-2,2022-06-01,capsule-2,2022-12-06,expedition", "left",
         "is 3 days after capsule-2 undocked", "Give 2022-12-03, or the flight that took the person home"),
        ("Ben Beech,b,capsule-2,2022-06-01,capsule-2,2022-11-30,expedition", "left",
         "is 3 days before capsule-2 undocked", "Give 2022-12-03"),
        ("Ben Beech,b,capsule-2,2022-06-01,taxi-2,2022-12-03,expedition", "left",
         "is 60 days after taxi-2 undocked", "Give 2022-10-04"),
    ],
)  # fmt: skip
def test_a_stay_begins_and_ends_with_the_ship(bench: Any, row: str, field: str, words: str, advice: str) -> None:
    line = bench.replace("people.csv", BASE, row)
    (problem,) = bench.problems()
    assert (problem.where, problem.key.rpartition(".")[2]) == (f"small/people.csv:{line}", field)
    assert words in str(problem) and "within 2 days of" in str(problem)
    assert advice in problem.remedy


@pytest.mark.parametrize("row", [BASE.replace("06-01", "06-03"), BASE.replace("12-03", "12-05"),
                                 BASE.replace("12-03", "12-01")])  # fmt: skip
def test_two_days_are_no_mistake(bench: Any, row: str) -> None:
    bench.replace("people.csv", BASE, row)
    assert len(bench.load().people) == 8


@pytest.mark.parametrize(("left", "told"), [("2022-12-03", False), ("2022-12-05", False), ("2022-12-06", True)])
def test_the_end_of_a_flight_stands_for_an_unknown_undocking(bench: Any, left: str, told: bool) -> None:
    for name in ("Bob Briar,b", "Amy Ash,a"):
        whole = f"{name},capsule-2,2022-06-01,capsule-2,2022-12-03,expedition"
        bench.replace("people.csv", whole, whole.replace("2022-12-03", ""))
    bench.replace("people.csv", BASE, BASE.replace("2022-12-03", left))
    bench.replace("flights.csv", "2022-06-10 pier-nadir,2022-12-03,2022-12-03", "2022-06-10 pier-nadir,,2022-12-03")
    found = [problem for problem in bench.problems() if ".left" in problem.key] if told else bench.load() and []
    assert [("3 days after capsule-2 ended" in str(problem)) for problem in found] == [True] * told


def test_nobody_is_held_to_the_day_of_a_plan(bench: Any) -> None:
    bench.replace("people.csv", BASE, BASE.replace("capsule-2,2022-12-03", "plan-capsule-3,2022-12-03"))
    assert len(bench.load().people) == 8


def test_nobody_arrives_while_aboard(bench: Any) -> None:
    line = bench.replace("people.csv", "Bob Briar,b,capsule-2", "Old Oak,b,capsule-2")
    (problem,) = bench.problems()
    assert problem.where == f"small/people.csv:{line}"
    assert "while already aboard" in str(problem)
    assert "left of 2022-06-01" in problem.remedy


def test_a_person_may_come_back_on_the_day_of_leaving(bench: Any) -> None:
    bench.replace("people.csv", "capsule-1,2022-06-05", "capsule-1,2022-06-03")
    bench.replace("people.csv", "Bob Briar,b,capsule-2,2022-06-01", "Old Oak,b,capsule-2,2022-06-03")
    assert len(bench.load().people) == 8


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
