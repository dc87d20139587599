"""Effect clauses are read by their grammar, and what two of them say of one thing is laid side by side."""

from __future__ import annotations

import datetime as dt

import pytest

from cupola.base.errors import DomainError
from cupola.scenario.effects import STAYS, agree, parse_effect

D = dt.date


@pytest.mark.parametrize(
    ("clause", "subject", "attribute", "value", "condition", "denied"),
    [
        ("station end 2030", "station", "end", "2030", "", False),
        ("partner a leaves after 2024-12-31", "partner a", "leaves", "after 2024-12-31", "", False),
        ("partner a leaves after 2025 if sanctions stay", "partner a", "leaves", "after 2025", "sanctions stay", False),
        ("partner a+b stays-to 2030 denied", "partner a+b", "stays-to", "2030", "", True),
        ("partner a leaves denied", "partner a", "leaves", "", "", True),
        ("notice a none", "notice a", "", "none", "", False),
        ("plan approved", "plan", "", "approved", "", False),
        ("  station   end  2030 ", "station", "end", "2030", "", False),
    ],
)
def test_a_clause_is_taken_apart(
    clause: str, subject: str, attribute: str, value: str, condition: str, denied: bool
) -> None:
    found = parse_effect(clause)
    assert (found.subject, found.attribute, found.value, found.condition, found.denied) == (
        subject, attribute, value, condition, denied,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("clause", "words"),
    [
        ("", "says nothing about anything"),
        ("station", "says nothing about station"),
        ("partner", "which partner"),
        ("partner a", "says nothing about partner a"),
        ("station end 2030 if", "condition"),
        ("station out 2026-03-01..2026-02-01", "before it begins"),
        ("station end 2030-13", "calendar"),
        ("station " + "word " * 50, "words"),
    ],
)
def test_a_clause_that_cannot_be_read_says_why(clause: str, words: str) -> None:
    with pytest.raises(DomainError, match=words):
        parse_effect(clause)


@pytest.mark.parametrize(
    ("clause", "topic", "period"),
    [
        ("partner a leaves after 2024-12-31", STAYS, (D(2024, 12, 31), D(2024, 12, 31))),
        ("partner a stays-to 2028 step 2", STAYS, (D(2028, 1, 1), D(2028, 12, 31))),
        ("partner a stays-until own-station", STAYS, None),
        ("station end after-2030 option", "end", (D(2030, 1, 1), dt.date.max)),
        ("plan module core launch 2028-H2", "module core launch", (D(2028, 7, 1), D(2028, 12, 31))),
        ("plan first-launch 2026/2027", "first-launch", (D(2026, 1, 1), D(2027, 12, 31))),
        ("plan base hub+lab", "base", None),
    ],
)
def test_topic_and_period(clause: str, topic: str, period: object) -> None:
    found = parse_effect(clause)
    assert (found.topic(), found.period()) == (topic, period)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("x end 2030", "x end 2030-09-30", True),
        ("x end 2030", "x end 2024", False),
        ("x end 2030 intent", "x end 2030", True),
        ("partner a leaves after 2024-12-31", "partner a stays-to 2024", True),
        ("partner a leaves after 2024-12-31", "partner a stays-to 2028 likely", False),
        ("partner a leaves after 2024-12-31", "partner a stays-until own-station", False),
        ("partner a leaves after 2024-12-31", "partner a leaves denied", False),
        ("partner a leaves possible", "partner a stays-to 2028", True),
        ("partner a leaves possible", "partner a leaves denied", False),
        ("partner a stays-to 2030 denied", "partner a stays-to 2028", True),
        ("partner a stays-to 2030 denied", "partner a stays-to 2030", False),
        ("partner a leaves denied", "partner a stays-to 2030 denied", True),
        ("x cost 3-4", "x cost 3.1", True),
        ("x cost 3", "x cost 3.1", False),
        ("x base hub", "x base lab", False),
    ],
)
def test_what_can_both_hold(one: str, other: str, same: bool) -> None:
    first, second = parse_effect(one), parse_effect(other)
    assert agree(first, second) is same
    assert agree(second, first) is same


def test_the_partners_that_a_clause_is_about() -> None:
    known = ("a", "b", "c")
    assert parse_effect("partner a+b stays-to 2030").of_partners(known) == ("a", "b")
    assert parse_effect("partner all stays-to 2030").of_partners(known) == known
    assert parse_effect("b leaves after 2030").of_partners(known) == ("b",)
    assert parse_effect("station end 2030").of_partners(known) == ()
