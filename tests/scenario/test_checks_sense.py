"""What cannot be meant is told, each mistake once, with a next step that names a value."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

DAY = dt.date(2022, 7, 26)


@pytest.mark.parametrize(
    ("settings", "key", "words", "advice"),
    [
        (
            ["elements.lab.known=2014-01-01", "elements.lab.attached=2014-12-01", "elements.lab.launched=2014-11-01"],
            "elements.lab.attached",
            "comes before hub, on which it hangs",
            "2015-01-10 or later",
        ),
        (["elements.service.detached=2022-07-01"], "elements.pier.detached", "hangs on service", "detached 2022-07-01"),
        (["elements.hub.detached=2024-01-01"], "elements.hub.detached", "root of the station", "2023-12-31"),
        (["elements.cellar.detached=2015-09-03"], "elements.cellar.detached", "the day on which", "after 2015-09-03"),
        (["span.start=2014-12-31"], "span.start", "before the first element", "Give 2015-01-10"),
        (["ports.hub-zenith.excludes=hub-zenith"], "ports.hub-zenith.excludes", "excludes itself", "hub-forward"),
        (["provisions.lab-oxygen.since=2016-03-01"], "provisions.lab-oxygen.since", "before lab", "Give 2016-03-03"),
        (["provisions.taxi-seats.provider=hub"], "provisions.taxi-seats.provider", "no vehicle", "Known: taxi"),
        (["stores.lab-urine.commodity=urin"], "stores.lab-urine.commodity", "no commodity", "'urine'"),
        (["deorbit.hold=421 km"], "deorbit.hold", "above the altitude", "Give 400 km or less"),
        (["orbit_policy.floor=401 km"], "orbit_policy.floor", "more than altitude", "Give 400 km or less"),
        (
            ["orbit_policy.propellant_reserve=2001 kg"],
            "orbit_policy.propellant_reserve",
            "more than propellant_goal",
            "Give 2000 kg or less",
        ),
        (["rules.ceiling.subject=taxy"], "rules.ceiling.subject", "names no vehicle", "'taxi'"),
        (["rules.food-45.unit=kg"], "rules.food-45.unit", "counted in days", "Give d"),
        (["life_support.food=0.7 kg/d"], "life_support.food", "water in the food", "0.75 kg/d or more"),
        (["life_support.carbon_dioxide=1.3 kg/d"], "life_support.carbon_dioxide", "quotient", "about 1.01 kg/d"),
        (
            ["life_support.drink=0.5 kg/d", "life_support.urine=3 kg/d"],
            "life_support.drink",
            "condensate: got -",
            "above the urine, 3.00 kg/d",
        ),
    ],
)
def test_a_mistake_of_the_station_is_told_once(
    bench: Any, settings: list[str], key: str, words: str, advice: str
) -> None:
    (problem,) = bench.problems(settings=settings)
    assert problem.key == key
    assert words in str(problem)
    assert advice in problem.remedy


@pytest.mark.parametrize(
    "settings",
    [
        ["deorbit.hold=420 km"],
        ["orbit_policy.floor=400 km"],
        ["attitude.gyros=0"],
        ["attitude.gyros=1"],
        ["stores.lab-urine.commodity=xenon"],
        ["span.start=2015-01-10", "orbit.epoch=2015-01-10"],
        ["provisions.lab-oxygen.since=2016-03-03"],
        ["elements.hub.detached=2024-01-01", "span.end=2023-12-31"],
        ["services.capsule-line.handover=181 d"],
        ["deorbit.begin=2026-06-01"],
        ["deorbit.begin=2026-06-01", "span.end=2025-01-01"],
    ],
)
def test_what_can_be_meant_is_not_told(bench: Any, settings: list[str]) -> None:
    bench.load(settings=settings, as_of=dt.date(2015, 1, 10) if "span.start" in settings[0] else DAY)


def test_a_beginning_of_the_end_lies_within_the_span_of_the_same_scenario(bench: Any) -> None:
    line = bench.replace("scenario.yaml", "  delta_v: {value: 60", "  begin: 2027-06-01\n  delta_v: {value: 60")
    (problem,) = bench.problems()
    assert (problem.where, problem.key) == (f"small/scenario.yaml:{line}", "deorbit.begin")
    assert "Give 2027-01-01 or earlier" in problem.remedy


def test_more_gyros_are_not_needed_than_there_are(bench: Any) -> None:
    bench.replace("scenario.yaml", "gyros_needed: 2", "gyros_needed: 5")
    (problem,) = bench.problems()
    assert problem.key == "attitude.gyros_needed"
    assert "Give 4 or less" in problem.remedy


def test_a_span_in_an_overlay_may_end_before_the_end_begins(bench: Any) -> None:
    bench.replace("scenario.yaml", "  delta_v: {value: 60", "  begin: 2026-06-01\n  delta_v: {value: 60")
    bench.append("small-b-leaves/scenario.yaml", "span: {end: 2026-01-01}")
    assert bench.load("small-b-leaves").span.end == dt.date(2026, 1, 1)


def test_burns_need_a_day_on_which_the_end_begins(bench: Any) -> None:
    text = "id,name,delta_v,source,status\nlast,Last burn,60 m/s,invented,K\n"
    (bench.path("small") / "burns.csv").write_text(text, encoding="utf-8")
    (problem,) = bench.problems()
    assert (problem.where, problem.key) == ("small/burns.csv:2", "deorbit.begin")
    assert "a day before 2027-01-01" in problem.remedy


def test_a_flight_docks_while_the_element_of_its_port_is_there(bench: Any) -> None:
    bench.append("ports.csv", "cellar-aft,Cellar aft,cellar,probe,docking,none,,,10,7,14,,,invented,K")
    bench.append("flights.csv", "late,Late,tug,b,2021-03-01,2021-03-02,cellar-aft,,2021-04-01,,,,,,,,ok,,invented,F")
    (problem,) = [found for found in bench.problems() if found.key == "flights.late.docked"]
    assert "2021-03-01 or earlier" in problem.remedy


def test_an_overlay_has_an_id_of_its_own(bench: Any) -> None:
    bench.replace("small-b-leaves/scenario.yaml", "id: small-b-leaves\n", "")
    (problem,) = bench.problems("small-b-leaves")
    assert (problem.where, problem.key) == ("small-b-leaves/scenario.yaml:2", "scenario.id")
    assert "Write id: small-b-leaves." in problem.remedy


def test_an_id_is_the_name_of_the_folder_or_file(bench: Any) -> None:
    bench.replace("scenario.yaml", "id: small\n", "id: smaller\n")
    (problem,) = bench.problems()
    assert (problem.where, problem.key) == ("small/scenario.yaml:2", "scenario.id")
    assert "got smaller; expected small" in str(problem)
