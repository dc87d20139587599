"""Every dated fact holds, there are enough of each kind, and a fact that is wrong is seen."""

from __future__ import annotations

import dataclasses
from collections import Counter

import pytest
from history_facts import Fact, facts, programme
from measures_history import TOTALS, by_old_rule, mean_mass

pytestmark = pytest.mark.validation

FACTS = facts()


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: f"{fact.day}-{fact.kind}-{fact.subject}")
def test_a_dated_fact(fact: Fact) -> None:
    assert fact.holds, f"{fact.found()} instead of {fact.expected} ({fact.source})"


def test_there_are_enough_facts_of_each_sort() -> None:
    count = Counter(fact.kind for fact in FACTS)
    assert len(FACTS) >= 40
    assert count["mass"] + count["mass_least"] + count["there"] + count["gone"] + count["host"] >= 15
    assert count["crew"] + count["visiting"] >= 15
    assert count["ships"] + count["named"] + count["at"] >= 10
    assert all(fact.source for fact in FACTS)


def test_a_wrong_fact_is_seen() -> None:
    for fact in FACTS:
        wrong = {"mass": "350000", "mass_least": "700000", "gone": "unity", "crew": "4"}.get(fact.kind, "nothing")
        assert not dataclasses.replace(fact, expected=wrong, day=FACTS[0].day).holds


@pytest.mark.parametrize("total", TOTALS, ids=lambda total: str(total[0]))
def test_a_published_total_is_met_within_three_per_cent(total: tuple[str, object, object, float]) -> None:
    _, first, end, value = total
    error = abs(mean_mass(first, end) / value - 1.0)
    assert error <= 0.03
    assert error < abs(by_old_rule(first, end) / value - 1.0) or error < 0.01


def test_everybody_whom_a_flight_brought_is_named() -> None:
    named = Counter(person.up for person in programme().people)
    brought = {row.id: sum(count for _, count in row.crew_up) for row in programme().flights.values() if row.docked}
    wrong = {key: (count, named[key]) for key, count in brought.items() if count != named[key]}
    assert not wrong


def test_relocations_begin_with_the_attachment_and_end_at_the_present_host() -> None:
    moved = [row for row in programme().elements.values() if row.moves]
    assert len(moved) >= 9
    for row in moved:
        assert (row.moves[0][0], row.moves[-1][1]) == (row.attached, row.host), row.id
        assert all(host in programme().attached_on(day) for day, host in row.moves), row.id


def test_every_part_of_a_flight_says_how_sure_it_is() -> None:
    flown = [row for row in programme().flights.values() if row.outcome != "planned"]
    # One of the 306 flew after the day as of which the facts are read.
    assert len(flown) == 305
    assert all(any(cell.startswith("docked ") for cell in row.cells) for row in flown)
    assert sum(row.cargo_up is not None for row in flown) > 200
    assert len(programme().expeditions) == 75
    assert {"relocate", "failure", "repair", "reboost", "loss", "milestone"} <= {
        row.kind for row in programme().chronicle.values()
    }
