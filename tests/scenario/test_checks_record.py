"""What was said and agreed is checked: clauses, partners, days, parties; all in one pass."""

from __future__ import annotations

from typing import Any

import pytest

ROW = "c-says,{said},Head of B,head,,paper,announced,programme,{effect},{supersedes},Something was said.,invented,F"


def seed(bench: Any, effect: str = "b until 2028", said: str = "2022-07-01", supersedes: str = "") -> int:
    return int(bench.append("statements.csv", ROW.format(said=said, effect=effect, supersedes=supersedes)))


@pytest.mark.parametrize(
    ("effect", "words"),
    [
        ("partner bb leaves after 2030", "names no partner: got bb"),
        ("partner a+nobody stays-to 2030", "names no partner: got nobody"),
        ("partner", "does not say which partner"),
        ("station", "says nothing about station"),
        ("station end 2030 if", "has no condition"),
        ("partner b leaves after 2019-12-31", "lies before the day on which it was said"),
        ("station out 2026-03-01..2026-02-01", "ends before it begins"),
        ("partner b leaves after 2024; partner b stays-to 2028", "contradicts itself"),
    ],
)
def test_an_effect_clause_that_is_wrong(bench: Any, effect: str, words: str) -> None:
    line = seed(bench, effect)
    (problem,) = bench.problems()
    assert problem.where == f"small/statements.csv:{line}"
    assert problem.key == "statements.c-says.effect"
    assert words in str(problem)


@pytest.mark.parametrize(
    "effect", ["partner all progress-to 2030", "partner others invited", "partner b leaves denied"]
)
def test_effect_clauses_that_are_right(bench: Any, effect: str) -> None:
    seed(bench, effect)
    assert effect in bench.load().statements["c-says"].effect


def test_a_statement_replaces_only_an_earlier_one(bench: Any) -> None:
    seed(bench, said="2020", supersedes="b-stays")
    (problem,) = bench.problems()
    assert problem.key == "statements.c-says.supersedes"
    assert "replaces a statement that was made later: got b-stays, said on 2021-12-31" in str(problem)


def test_a_statement_that_replaces_itself_is_told_once(bench: Any) -> None:
    seed(bench, supersedes="c-says")
    (problem,) = bench.problems()
    assert "circle" in problem.what


def test_an_agreement_needs_parties_and_an_end_after_its_begin(bench: Any) -> None:
    bench.append("agreements.csv", "deal,Deal,,2014-05-01,2014-07-01,2013,x,a,b,,,invented,F")
    found = {problem.key: str(problem) for problem in bench.problems()}
    assert set(found) == {"agreements.deal.parties", "agreements.deal.end"}
    assert "has no party" in found["agreements.deal.parties"]


def test_all_in_one_pass(bench: Any) -> None:
    seed(
        bench, "partner nobody leaves after 2030; station; partner b stays-to 2010", said="2020", supersedes="b-leaves"
    )
    bench.append("agreements.csv", "deal,Deal,,2014,,,x,a,b,,,invented,F")
    keys = sorted(problem.key for problem in bench.problems())
    assert keys == [
        "agreements.deal.parties", *["statements.c-says.effect"] * 3, "statements.c-says.supersedes",
    ]  # fmt: skip
