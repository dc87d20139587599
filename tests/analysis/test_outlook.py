"""What was said becomes programmes: which statement moved the end, and what the others would have given."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from typing import Any

import pytest

from cupola import flow
from cupola.analysis.outlook import is_needed, moments, outlook
from cupola.base.errors import ScenarioError

FIXTURE = Path(__file__).parents[1] / "fixtures" / "small"
FIRST, LAST = dt.date(2022, 7, 26), dt.date(2022, 12, 31)
CONSEQUENCES = """id,subject,attribute,words,topic,bound,written,sets,note
leaves,partner,leaves,after,exit,exactly,,,
stays,partner,stays-to,,exit,at-least,,,
end,station,end,,operation-end,at-least,,,
months,partner,exit-months,,exit-time,exactly,P*M,,
"""
STATEMENTS = """id,said,speaker,role,audience,outlets,firmness,about,effect,supersedes,paraphrase,source,status
policy,2021-06-01,Agency A,agency,public,page,decided,station,station end 2026,,The station runs to 2026.,invented,F
b-stays,2021-07-01,Head of B,head,press,page,announced,station,partner b stays-to 2028,,B stays to 2028.,invented,F
b-leaves,2022-09-01,Head of B,head,press,page,announced,station,partner b leaves after 2023-06-30,,B leaves.,invented,F
b-firm,2022-10-01,B,government,all,letter,notified,station,partner b leaves after 2023-06-30,,B notifies.,invented,F
b-late,2022-11-15,B,government,all,letter,notified,station,partner b leaves after 2023-12-31,b-firm,B later.,invented,F
a-talks,2022-12-01,A,agency,public,page,reported,station,partner a leaves after 2024 if money fails,,Talk.,invented,F
"""


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> str:
    place = tmp_path_factory.mktemp("outlook") / "small"
    shutil.copytree(FIXTURE, place)
    (place / "statements.csv").write_text(STATEMENTS)
    (place / "consequences.csv").write_text(CONSEQUENCES)
    return str(place)


@pytest.fixture(scope="module")
def rows(scenario: str) -> list[dict[str, Any]]:
    return outlook(scenario, FIRST, LAST, jobs=1)


def test_a_moment_is_a_day_on_which_another_claim_counts(scenario: str) -> None:
    found = moments(flow.load(scenario, as_of=LAST), FIRST, LAST)
    assert [(str(row.day), [one.id for one in row.statements]) for row in found] == [
        ("2022-07-26", ["policy", "b-stays"]),
        ("2022-09-01", ["b-leaves"]),
        ("2022-10-01", ["b-firm"]),
        ("2022-11-15", ["b-late"]),
    ]
    assert [row.changes for row in found] == [False, True, False, True]
    # A partner that stays beyond the end of operation does not leave.
    assert found[0].plan.leaves is None
    assert found[0].plan.settings == ("deorbit.begin=2027-01-01",)
    assert "departure.after=2023-06-30" in found[1].plan.settings


def test_which_partner_people_cannot_live_without(scenario: str) -> None:
    programme = flow.load(scenario, as_of=LAST)
    assert is_needed(programme, "a", FIRST)
    assert is_needed(programme, "b", FIRST)


def test_a_statement_moves_the_end_and_a_firmer_one_does_not(rows: list[dict[str, Any]]) -> None:
    first, leaves, firm, late = rows
    assert first["crewed_end"] == dt.date(2026, 12, 31) or first["crewed_end"] < dt.date(2026, 12, 31)
    assert leaves["leaves"]["about"] == "b"
    assert leaves["crewed_end"] < first["crewed_end"]
    assert {row["what"] for row in leaves["moved_by_statement"]} >= {"crewed_end"}
    assert (firm["crewed_end"], firm["flown_as_of"], firm["changes"]) == (leaves["crewed_end"], leaves["date"], False)
    assert not firm["moved_by_statement"]
    assert late["crewed_end"] > leaves["crewed_end"]


def test_the_other_claims_are_flown_and_named(rows: list[dict[str, Any]]) -> None:
    (stays,) = [row for row in rows[1]["others"] if row["statement"] == "b-stays"]
    assert stays["crewed_end"] > rows[1]["crewed_end"]
    (talk,) = [row for row in outlook_claims(rows[-1]) if row["statement"] == "b-leaves"]
    assert talk["unused"] == ""


def outlook_claims(row: dict[str, Any]) -> list[dict[str, Any]]:
    return [*row["claims"], *row["set_aside"]]


@pytest.mark.slow
def test_two_processes_give_what_one_gives(scenario: str, rows: list[dict[str, Any]]) -> None:
    assert outlook(scenario, FIRST, LAST, jobs=2) == rows


def test_a_scenario_in_which_nothing_said_changes_anything_is_refused() -> None:
    with pytest.raises(ScenarioError, match="consequences"):
        outlook(str(FIXTURE), FIRST, LAST, jobs=1)
