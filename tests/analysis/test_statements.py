"""What is in force on a day, and which statements in force contradict each other."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from cupola import flow
from cupola.analysis.statements import contradictions, in_force, is_about, said, superseded
from cupola.programme.programme import Programme
from cupola.programme.record import Statement

D = dt.date


def statement(key: str, day: dt.date, *effect: str, supersedes: str = "") -> Statement:
    return Statement(
        key, day, f"Speaker of {key}", "", "", (), "announced", "small+plan", effect, supersedes, "Words", "s", "F", ""
    )


def having(programme: Programme, *rows: Statement) -> Programme:
    return dataclasses.replace(programme, statements={row.id: row for row in rows})


def told(programme: Programme) -> dict[str, list[list[str]]]:
    return {
        f"{row.subject}/{row.topic}": [[claim.statement.id for claim in group] for group in row.positions]
        for row in contradictions(programme)
    }


def test_what_was_replaced_is_not_in_force(programme: Programme) -> None:
    rows = (
        statement("one", D(2029, 1, 1), "partner b stays-to 2030"),
        statement("two", D(2029, 6, 1), "partner b stays-to 2032", supersedes="one"),
        statement("three", D(2029, 3, 1), "partner b leaves after 2031"),
    )
    found = having(programme, *rows)
    assert [row.id for row in in_force(found)] == ["three", "two"]
    assert superseded(found) == {"one": "two"}


def test_both_sides_of_a_contradiction_are_kept(programme: Programme) -> None:
    found = having(
        programme,
        statement("leaves", D(2029, 1, 1), "partner b leaves after 2030-12-31"),
        statement("same", D(2029, 2, 1), "b leaves after 2030-12-31"),
        statement("stays", D(2029, 3, 1), "partner a+b stays-to 2034"),
        statement("denies", D(2029, 4, 1), "partner b leaves denied"),
        statement("other", D(2029, 4, 1), "plan first-launch 2031"),
    )
    assert told(found) == {"partner b/stays": [["leaves", "same"], ["stays"], ["denies"]]}
    words = [said(group[0].effect) for group in contradictions(found)[0].positions]
    assert words == ["leaves after 2030-12-31", "stays-to 2034", "not: leaves"]


def test_the_end_of_the_programme_stands_beside_how_long_a_partner_stays(programme: Programme) -> None:
    found = having(
        programme,
        statement("leaves", D(2029, 1, 1), "partner b leaves after 2030"),
        statement("runs", D(2029, 3, 1), "small end 2034"),
        statement("also", D(2029, 3, 2), "small end 2034-09-30"),
    )
    assert told(found) == {"partner b/stays": [["leaves"], ["runs"], ["also"]]}


def test_one_statement_does_not_contradict_itself(programme: Programme) -> None:
    assert told(having(programme, statement("x", D(2029, 1, 1), "partner b stays-until done; b stays-to 2034"))) == {}


@pytest.mark.parametrize(
    ("word", "found"), [("plan", True), ("small", True), ("b", True), ("partner b", True), ("c", False)]
)
def test_what_a_statement_is_about(word: str, found: bool) -> None:
    assert is_about(statement("x", D(2029, 1, 1), "partner b stays-to 2034"), word) is found


def test_the_day_on_which_the_head_of_an_agency_spoke() -> None:
    """Borisov, Energia, what the government had set, and NASA's 2030 are in force together, and none is averaged."""
    programme = flow.load("iss", as_of="2022-07-26")
    live = {row.id for row in in_force(programme)}
    together = {
        "rus-2022-07-26-borisov", "rus-2022-07-26-solovyov", "rus-2021-energia-2028", "rus-2022-06-05-rogozin",
        "us-2022-07-26-nasa", "us-2022-07-26-gatens",
    }  # fmt: skip
    assert together <= live
    assert not {"rus-2022-04-29-rogozin", "rus-2022-04-30-rogozin"} & live
    disputed = {f"{row.subject}/{row.topic}": row for row in contradictions(programme)}
    ids = {claim.statement.id for group in disputed["partner roscosmos/stays"].positions for claim in group}
    assert together - {"us-2022-07-26-gatens"} <= ids
    later = {row.id for row in in_force(flow.load("iss", as_of="2023-05-01"))}
    assert "rus-2023-04-25-letters" in later and "rus-2022-07-26-borisov" not in later
