"""What is due on a day, what it rests on, and whose leaving is told."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from cupola.analysis.duties import bases, duties, rests_on, term, told_to_leave, way_out
from cupola.programme.programme import Programme

D = dt.date


@pytest.mark.parametrize(
    ("day", "state"),
    [(D(2029, 12, 31), "not yet"), (D(2030, 1, 1), "due"), (D(2031, 1, 1), "due"), (D(2031, 1, 2), "ended")],
)
def test_a_term_holds_on_its_first_and_last_day(day: dt.date, state: str) -> None:
    assert term(D(2030, 1, 1), D(2031, 1, 1), day) == state


def test_what_a_duty_rests_on(programme: Programme) -> None:
    found = bases(programme, dataclasses.replace(programme.obligations["b-early"], basis="treaty; leaving, old habit"))
    assert [(row.kind, row.key) for row in found] == [
        ("law", "agreement/treaty"), ("promise", "statement/leaving"), ("named", ""),
    ]  # fmt: skip
    assert rests_on(found) == (
        "law: Station treaty, Article 9 | promise: Director B on 2029-12-20 (announced) | named: old habit"
    )
    assert way_out(found) == "one year of notice"


def test_only_what_a_partner_owes(programme: Programme) -> None:
    assert {row["obligation"] for row in duties(programme, D(2030, 3, 1), "b")} == {"b-reboost", "b-early"}
    contractor = {row["obligation"] for row in duties(programme, D(2030, 3, 1), "c")}
    assert contractor == {row["obligation"] for row in duties(programme, D(2030, 3, 1), "a")}


def test_states_on_a_day(programme: Programme) -> None:
    found = {row["obligation"]: row["state"] for row in duties(programme, D(2030, 7, 1))}
    assert found["b-early"] == "ended" and found["b-reboost"] == "due"


@pytest.mark.parametrize(
    ("clause", "day", "leaves"),
    [
        ("partner b leaves after 2030-12-31", D(2030, 1, 1), D(2030, 12, 31)),
        ("partner b leaves after 2030-12-31", D(2031, 6, 1), None),
        ("partner b leaves after 2030 denied", D(2030, 1, 1), None),
        ("partner b leaves possible", D(2030, 1, 1), None),
        ("partner a leaves after 2030", D(2030, 1, 1), None),
    ],
)
def test_a_leaving_that_is_told(programme: Programme, clause: str, day: dt.date, leaves: dt.date | None) -> None:
    told = dataclasses.replace(programme.statements["leaving"], effect=(clause,))
    changed = dataclasses.replace(programme, statements={"leaving": told})
    found = told_to_leave(changed, changed.obligations["b-reboost"], day)
    assert (None if found is None else found[1]) == leaves
    # A duty that ends before is not touched by it.
    assert told_to_leave(changed, changed.obligations["b-early"], day) is None
