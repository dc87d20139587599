"""Listing what was said, what contradicts, and adding to it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

AS_OF = ("--as-of", "2022-07-26")
NEW = (
    "--id", "c-says", "--said", "2022-07-01", "--speaker", "Chief of A", "--firmness", "announced", "--effect",
    "partner b stays-to 2030", "--paraphrase", "B will be with us to 2030.", "--source", "Gazette, 2022",
)  # fmt: skip


@pytest.fixture
def mine(small: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(small, tmp_path / "small"))


def test_what_is_in_force_is_marked(call, small: Path) -> None:
    read = json.loads(call("statements", small, *AS_OF, "--json").stdout)
    assert [(row["id"], row["in_force"], row["superseded_by"]) for row in read["statements"]] == [
        ("b-stays", False, "b-leaves"),
        ("b-leaves", True, ""),
    ]
    assert read["statements"][1]["clauses"][0] == {
        "subject": "b", "attribute": "leaves", "value": "after 2024-12-31", "condition": "", "denied": False,
    }  # fmt: skip
    assert read["contradictions"] == []
    text = call("statements", small, *AS_OF).stdout
    assert "2 statements known on 2022-07-26, 1 of them in force (*)" in text
    assert "*  2022-07-26  announced" in text
    live = json.loads(call("statements", small, *AS_OF, "--in-force", "--json").stdout)
    assert [row["id"] for row in live["statements"]] == ["b-leaves"]
    early = json.loads(call("statements", small, "--as-of", "2022-07-25", "--json").stdout)
    assert [row["in_force"] for row in early["statements"]] == [True]


def test_add_and_see_the_contradiction(call, mine: Path) -> None:
    done = call("statements", "add", mine, *NEW)
    assert done.exit_code == 0, done.stderr
    assert "c-says added" in done.stdout
    read = json.loads(call("statements", mine, *AS_OF, "--conflicts", "--json").stdout)
    assert "statements" not in read
    (found,) = read["contradictions"]
    assert (found["subject"], found["topic"]) == ("partner b", "stays")
    assert [[row["id"] for row in position["statements"]] for position in found["positions"]] == [
        ["c-says"],
        ["b-leaves"],
    ]
    text = call("statements", mine, *AS_OF).stdout
    assert "partner b: stays" in text and "Chief of A" in text and "Head of B" in text


def test_add_tells_all_problems_and_writes_nothing(call, mine: Path) -> None:
    before = (mine / "statements.csv").read_bytes()
    done = call("statements", "add", mine, "--said", "yesterday", "--effect", "partner bb leaves after 2030", "--json")
    assert done.exit_code == 3
    told = {problem["where"] for problem in json.loads(done.stdout)["problems"]}
    assert told == {"--id", "--said", "--speaker", "--firmness", "--effect", "--paraphrase", "--source"}
    assert (mine / "statements.csv").read_bytes() == before


def test_add_does_not_touch_the_package(call) -> None:
    done = call("statements", "add", "starter-station", *NEW)
    assert done.exit_code == 3 and "cupola new" in done.stderr


@pytest.mark.parametrize("words", [("--id", "x"), ("somewhere",)])
def test_what_belongs_to_add_is_refused_in_a_list(call, small: Path, words: tuple[str, ...]) -> None:
    assert call("statements", small, *words).exit_code == 2


def test_about(call, small: Path) -> None:
    read = json.loads(call("statements", small, *AS_OF, "--about", "b", "--json").stdout)
    assert len(read["statements"]) == 2
    done = call("statements", small, *AS_OF, "--about", "program")
    assert done.exit_code == 3 and "Did you mean 'programme'?" in done.stderr
