"""A statement is added to a folder of one's own, or nothing is written and every problem is told."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from cupola.base.errors import Problem, ScenarioError
from cupola.scenario.add_statement import add_statement
from cupola.scenario.shipped import shipped

DAY = dt.date(2022, 7, 26)
GOOD = {
    "id": "b-again",
    "said": "2022-08",
    "speaker": "Head of B",
    "firmness": "decided",
    "effect": "partner b stays-to 2028; partner b leaves denied",
    "supersedes": "b-leaves",
    "paraphrase": "B stays, with a comma, after all.",
    "source": "Newspaper, 2022",
    "status": "F",
}


def refused(folder: str | Path, **changes: str) -> tuple[Problem, ...]:
    with pytest.raises(ScenarioError) as caught:
        add_statement(folder, GOOD | changes, as_of=DAY)
    return caught.value.problems


def test_a_row_is_appended_and_read_again(bench: Any) -> None:
    path = bench.path("small") / "statements.csv"
    before = path.read_text(encoding="utf-8")
    assert add_statement(bench.path("small"), GOOD, as_of=DAY) == path
    assert path.read_text(encoding="utf-8").startswith(before)
    row = bench.load(as_of=dt.date(2022, 9, 1)).statements["b-again"]
    assert (row.said, row.firmness, row.supersedes) == (dt.date(2022, 8, 31), "decided", "b-leaves")
    assert row.effect == ("partner b stays-to 2028", "partner b leaves denied")
    assert row.paraphrase == GOOD["paraphrase"]
    assert not list(path.parent.glob(".*"))


def test_a_folder_without_the_table_gets_one(bench: Any) -> None:
    folder = bench.path("small-b-leaves")
    add_statement(folder, GOOD, as_of=DAY)
    assert set(bench.load("small-b-leaves", as_of=dt.date(2022, 9, 1)).statements) == {"b-stays", "b-leaves", "b-again"}


def test_a_last_line_without_an_end_stays_a_line_of_its_own(bench: Any) -> None:
    path = bench.path("small") / "statements.csv"
    path.write_text(path.read_text(encoding="utf-8").rstrip("\n"), encoding="utf-8")
    add_statement(bench.path("small"), GOOD, as_of=DAY)
    assert "b-again" in bench.load(as_of=dt.date(2022, 9, 1)).statements


def test_what_is_said_on_a_day_to_come_is_refused(bench: Any) -> None:
    path = bench.path("small") / "statements.csv"
    before = path.read_bytes()
    with pytest.raises(ScenarioError) as caught:
        add_statement(bench.path("small"), GOOD | {"said": "2150-01-01"})
    assert ("--said", "is a day to come") in [(problem.where, problem.what) for problem in caught.value.problems]
    assert path.read_bytes() == before


def test_every_problem_is_told_and_nothing_is_written(bench: Any) -> None:
    path = bench.path("small") / "statements.csv"
    before = path.read_bytes()
    found = refused(
        bench.path("small"), said="2022-02-30", speaker="", firmness="sworn", effect="partner bb leaves after 2030",
        supersedes="b-leafs", source="",
    )  # fmt: skip
    assert {problem.where for problem in found} == {
        "--said", "--speaker", "--firmness", "--effect", "--supersedes", "--source",
    }  # fmt: skip
    assert path.read_bytes() == before
    assert "Did you mean 'b'" in str(next(problem for problem in found if problem.where == "--effect"))


def test_an_earlier_day_than_what_it_replaces(bench: Any) -> None:
    (problem,) = refused(bench.path("small"), said="2022-01-01")
    assert (problem.where, problem.key) == ("--supersedes", "statements.b-again.supersedes")


@pytest.mark.parametrize(("id", "words"), [("b-leaves", "stands already"), ("", "is missing"), ("no id!", "id")])
def test_an_id_that_will_not_do(bench: Any, id: str, words: str) -> None:
    found = refused(bench.path("small"), id=id, supersedes="")
    assert len(found) == 1
    assert found[0].where == "--id" and words in str(found[0])


def test_scenarios_of_the_package_are_not_changed(bench: Any) -> None:
    name, folder = next(iter(shipped().items()))
    before = {path: path.read_bytes() for path in folder.glob("*.csv")}
    for place in (name, folder):
        (problem,) = refused(place)
        assert "of the package" in str(problem) and "cupola new" in str(problem)
    assert {path: path.read_bytes() for path in folder.glob("*.csv")} == before


def test_what_is_no_folder_of_a_scenario(bench: Any, tmp_path: Path) -> None:
    for place in ("", str(tmp_path / "nowhere"), str(bench.path("small") / "scenario.yaml")):
        assert "is no scenario folder" in str(refused(place)[0])


def test_a_mistake_elsewhere_in_the_scenario_is_told_too(bench: Any) -> None:
    bench.replace("elements.csv", ",25000,24000,", ",heavy,24000,")
    found = refused(bench.path("small"), firmness="sworn")
    assert {problem.key for problem in found} == {"elements.truss.mass", "statements.b-again.firmness"}


def test_a_table_that_lacks_a_column(bench: Any) -> None:
    path = bench.path("small") / "statements.csv"
    rows = path.read_text(encoding="utf-8").splitlines()
    cut = [",".join(cell for place, cell in enumerate(row.split(",")) if place != 4) for row in rows]
    path.write_text("\n".join(cut[:1]) + "\n", encoding="utf-8")
    (problem,) = [row for row in refused(bench.path("small"), audience="press", supersedes="") if "column" in row.what]
    assert problem.key == "statements.audience"
