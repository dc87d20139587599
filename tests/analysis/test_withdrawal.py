"""The answers to the question: what happens if a partner leaves."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections import Counter
from itertools import pairwise
from typing import Any

import pytest

from cupola.analysis import answer_tables
from cupola.analysis.spread import percentile
from cupola.base.tables import ANSWER_TABLES
from cupola.programme.programme import Programme
from cupola.results.check import check_table

D = dt.date
Tables = dict[str, dict[str, list[Any]]]


def rows(table: Any) -> list[dict[str, Any]]:
    return [dict(zip(table, cells, strict=True)) for cells in zip(*table.values(), strict=True)]


@pytest.fixture
def made(programme: Programme, case_tables: Tables, baseline_tables: Tables) -> Any:
    return answer_tables(programme, case_tables, baseline_tables)


@pytest.fixture
def said(made: Any) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in rows(made["answers"])}


def test_all_answer_tables_are_as_specified(made: Any) -> None:
    assert list(made) == [spec.name for spec in ANSWER_TABLES]
    for spec in ANSWER_TABLES:
        check_table(spec, made[spec.name])


def test_the_headline_gives_the_date_of_the_rule_and_of_physics(said: dict[str, Any]) -> None:
    text = said["headline"]["sentence"]
    assert "the rule 'one person of B aboard' empties the station on 2031-01-08" in text
    assert "Were its rules waived, it would be empty on 2031-03-03: attitude control is lost on 2031-03-02" in text
    assert "If nobody leaves, the station stays crewed to 2034-01-01." in text
    assert said["headline"]["date"] == D(2031, 1, 8)
    assert (said["headline"]["value"], said["headline"]["unit"]) == (7.0, "d")


@pytest.mark.parametrize(
    ("answer", "day"),
    [
        ("rule-empties", D(2031, 1, 8)),
        ("physics-empties", D(2031, 3, 3)),
        ("attitude", D(2031, 3, 2)),
        ("reboost-last", D(2030, 12, 1)),
        ("controlled-deorbit", D(2030, 12, 31)),
        ("entry", D(2033, 5, 5)),
        ("stores", D(2031, 2, 10)),
        ("crew", D(2031, 1, 1)),
        ("law", D(2031, 1, 1)),
        ("function/reboost", D(2031, 1, 1)),
        ("function/attitude_thrusters", D(2031, 1, 1)),
        ("rule/trained-b", D(2031, 1, 1)),
        ("rule/food-45", D(2031, 2, 10)),
        ("missing", D(2031, 1, 1)),
    ],
)
def test_each_answer_has_its_date(said: dict[str, Any], answer: str, day: dt.date) -> None:
    assert said[answer]["date"] == day


def test_the_reason_is_the_enabling_cause_down_to_the_statement(said: dict[str, Any]) -> None:
    assert (
        "because nothing provides attitude control by thrusters any more (2031-01-01), "
        "because Unit jets can no longer be used (2031-01-01), "
        "because Agency B has left and gives no more service (2031-01-01), "
        "because Director B announced it on 2029-12-20"
    ) in said["physics-empties"]["sentence"]


def test_chains_end_at_a_statement_with_its_source(made: Any) -> None:
    chain = [row for row in rows(made["because"]) if row["answer"] == "physics-empties"]
    assert [row["step"] for row in chain] == list(range(len(chain)))
    assert (chain[0]["key"], chain[0]["depth"]) == ("crew-left/station", 0)
    assert chain[-1]["key"] == "statement/leaving" and chain[-1]["source"] == "State TV, 2029"
    assert chain[-1]["date"] == D(2029, 12, 20)
    assert all(later["depth"] <= row["depth"] + 1 for row, later in pairwise(chain))


def test_sources_of_an_answer_are_those_of_its_chain(said: dict[str, Any]) -> None:
    assert said["rule-empties"]["sources"] == "Rule book | State TV, 2029"


def test_the_crew_leaves_at_the_exit_and_when_ordered_off(said: dict[str, Any]) -> None:
    assert said["crew"]["sentence"] == (
        "With rules kept, 3 people leave, at the exit or when ordered off: Flight c9 on 2031-01-01 with 2 and "
        "Flight c10 on 2031-01-08 with 1. Nobody is left without a return seat."
    )
    assert said["crew"]["value"] == 3.0


def test_the_law_says_what_was_no_notice(said: dict[str, Any]) -> None:
    text = said["law"]["sentence"]
    assert "No formal notice under Station treaty, Article 9 is on record up to 2030-01-01." in text
    assert "firmness 'announced', which is not notice" in text
    assert said["law"]["value"] == 365.0


def test_an_exit_before_the_notice_is_over_breaks_the_agreement(programme: Programme, case_tables: Tables) -> None:
    assert programme.departure is not None
    early = dataclasses.replace(programme.departure, after=D(2030, 6, 30), notified=D(2029, 12, 1))
    made = answer_tables(dataclasses.replace(programme, departure=early), case_tables)
    text = next(row["sentence"] for row in rows(made["answers"]) if row["id"] == "law")
    assert "was given on 2029-12-01, so the earliest lawful exit is 2030-12-01" in text
    assert "An exit on 2030-07-01 is earlier than that and would break the agreement." in text


def test_missing_is_baseline_minus_case(made: Any, said: dict[str, Any]) -> None:
    found = {(row["year"], row["what"]): row for row in rows(made["missing"])}
    assert (found[2031, "reboost"]["baseline"], found[2031, "reboost"]["case"]) == (2.5, 0.0)
    assert found[2031, "propellant"]["missing"] == 1000.0
    assert found[2031, "seats"]["missing"] == 3.0
    assert found[2031, "cargo"]["missing"] == 300.0
    assert {year for year, _ in found} == {2030, 2031, 2032, 2033}
    assert "1,000 kg of propellant delivered, 3 seats flown and 300 kg of dry cargo" in said["missing"]["sentence"]


def test_nothing_happens(programme: Programme, baseline_tables: Tables) -> None:
    made = answer_tables(dataclasses.replace(programme, departure=None), baseline_tables)
    said = {row["id"]: row for row in rows(made["answers"])}
    assert said["headline"]["sentence"] == (
        "If nobody leaves, the station stays crewed to 2034-01-01 with its rules kept. "
        "Were its rules waived, nothing physical would empty it before 2034-01-01."
    )
    assert said["rule-empties"]["sentence"] == "No rule would empty the station before 2034-01-01."
    assert said["rule-empties"]["date"] is None
    assert said["attitude"]["sentence"] == "Attitude control is kept to 2034-01-01."
    assert said["controlled-deorbit"]["sentence"] == "The means for a controlled deorbit stay there to 2034-01-01."
    assert "its mean altitude is 410 km" in said["entry"]["sentence"] and said["entry"]["value"] == 410.0
    assert not {"law", "missing", "parts"} & set(said)
    assert made["missing"]["year"] == [] and made["compare"]["what"] == []


def test_a_run_of_one_future_says_that_physics_is_not_known(programme: Programme, case_tables: Tables) -> None:
    futures = case_tables["futures"]
    case_tables["futures"] = {name: values[:1] for name, values in futures.items()}
    said = {row["id"]: row for row in rows(answer_tables(programme, case_tables)["answers"])}
    assert "not known" in said["physics-empties"]["sentence"]
    assert said["attitude"]["sentence"] == "Attitude control is kept to 2034-01-01."


def test_a_cut_station_is_judged_part_by_part(programme: Programme, case_tables: Tables) -> None:
    case_tables["parts"] = {
        "part": ["with core", "with core", "without it"],
        "function": ["power", "reboost", "power"],
        "capacity": [0.0, 1.0, 5.0],
        "demand": [1.0, 2.0, 2.0],
        "verdict": ["none", "short", "enough"],
        "why": ["", "", ""],
    }
    said = {row["id"]: row for row in rows(answer_tables(programme, case_tables)["answers"])}
    assert said["parts"]["sentence"] == (
        "Judged from the first day: The part with core lacks power and has too little of reboost. "
        "The part without it has all that it needs."
    )


def test_every_sentence_can_be_read_alone(made: Any) -> None:
    for row in rows(made["answers"]):
        assert row["sentence"][0].isupper() and row["sentence"].endswith("."), row["id"]
        assert row["question"].endswith("?") and ".." not in row["sentence"] and " ," not in row["sentence"]
        # Numbers are given to three significant digits; dates and counts of days are whole.
        assert not re.search(r"\d\.\d{4,}", row["sentence"])
    assert max(Counter(made["answers"]["id"]).values()) == 1


def test_sampled_futures_give_percentiles(programme: Programme, case_tables: Tables) -> None:
    for place, day in enumerate((D(2031, 1, 5), D(2031, 1, 6), None), start=2):
        for name, value in {"future": place, "label": "sample", "enforced": True, "nominal": False}.items():
            case_tables["futures"][name].append(value)
        if day is not None:
            row = (99, place, day, "crew-left", "station", "crew-left/station", None, "", "", "")
            for cells, value in zip(case_tables["events"].values(), row, strict=True):
                cells.append(value)
    said = {row["id"]: row for row in rows(answer_tables(programme, case_tables)["answers"])}
    assert said["sampled"]["sentence"] == (
        "With rules kept, the station is emptied in 2 of 3 sampled futures: "
        "P10 2031-01-05, P50 2031-01-06, P90 not before 2034-01-01."
    )


def test_a_percentile_of_nothing_is_nothing() -> None:
    assert percentile([], 50) is None
    assert percentile([None], 50) is None
