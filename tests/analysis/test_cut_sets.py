"""The smallest sets whose loss ends a function, against trying every set."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest

from cupola.analysis.cut_sets import candidates, minimal_sets
from cupola.analysis.dependence import judge_on, stands
from cupola.analysis.losses import Loss
from cupola.analysis.presence import world
from cupola.programme.programme import Programme
from cupola.scenario import load

DAY = dt.date(2030, 1, 1)


def tried(programme: Programme, function: str) -> set[frozenset[str]]:
    """Every set of up to three that ends a function and holds no smaller one, one by one."""
    pool = candidates(programme, world(programme, [DAY]))
    found: set[frozenset[str]] = set()
    for size in (1, 2, 3):
        for losses in itertools.combinations(pool, size):
            keys = frozenset(loss.key for loss in losses)
            ended = not stands(judge_on(programme, DAY, [losses]).judge(), function)[0]
            if ended and not any(smaller < keys for smaller in found):
                found.add(keys)
    return found


@pytest.mark.parametrize("function", ["reboost", "oxygen_generation", "return_seats", "power"])
def test_the_sets_are_those_that_trying_all_finds(programme: Programme, function: str) -> None:
    rows = minimal_sets(programme, DAY, function=function)
    assert {frozenset(row["losses"]) for row in rows} == tried(programme, function)
    assert [row["size"] for row in rows] == sorted(row["size"] for row in rows)


def test_a_set_says_why(programme: Programme) -> None:
    rows = {tuple(row["losses"]): row for row in minimal_sets(programme, DAY, function="reboost")}
    why = rows["partner/a",]["why"]
    assert "engine <- computers <- power <- arrays <- a" in why
    assert rows["partner/a",]["vital"]


def test_what_is_lost_already_is_no_part_of_a_set(programme: Programme) -> None:
    before = {tuple(row["losses"]) for row in minimal_sets(programme, DAY, function="oxygen_generation", most=1)}
    assert ("partner/a",) in before and ("partner/b",) not in before
    rows = minimal_sets(programme, DAY, (Loss("partner", "b"),), function="oxygen_generation")
    assert all("partner/b" not in row["losses"] for row in rows) and rows


def test_what_does_not_stand_is_not_ended(programme: Programme) -> None:
    assert minimal_sets(programme, DAY, (Loss("partner", "b"),), function="attitude_thrusters") == []


def test_the_pad_that_failed_was_the_only_one_for_two_types_of_ship_only_after_the_other_closed() -> None:
    station = load("iss", as_of=dt.date(2026, 3, 1))
    lone, before = (
        {row["losses"][0] for row in minimal_sets(station, day, function="refuelling", most=1)}
        for day in (dt.date(2025, 12, 1), dt.date(2018, 6, 1))
    )
    assert lone - before == {"site/baikonur-31"}
    pairs = minimal_sets(station, dt.date(2018, 6, 1), function="refuelling", most=2)
    assert ["site/baikonur-31", "site/baikonur-1"] in [row["losses"] for row in pairs]
