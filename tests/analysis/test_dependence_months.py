"""Dependence over months: each month is what the day itself says."""

from __future__ import annotations

import datetime as dt

import pytest

from cupola.analysis.cut_sets import minimal_sets
from cupola.analysis.dependence import dependence, remains
from cupola.analysis.dependence_months import by_month, month_days, spells, summary
from cupola.analysis.losses import Loss
from cupola.programme.programme import Programme

FIRST, LAST = dt.date(2029, 10, 15), dt.date(2031, 3, 1)


def test_months_begin_on_the_day_asked_for() -> None:
    assert month_days(dt.date(2029, 11, 30), dt.date(2030, 1, 31)) == [
        dt.date(2029, 11, 30), dt.date(2029, 12, 1), dt.date(2030, 1, 1)
    ]  # fmt: skip
    assert len(month_days(dt.date(1998, 1, 1), dt.date(2030, 12, 31))) == 396
    assert month_days(dt.date(9999, 12, 1), dt.date.max) == [dt.date(9999, 12, 1)]


def test_each_month_is_what_its_day_says(programme: Programme) -> None:
    days = month_days(FIRST, LAST)
    rows = {(row["function"], row["date"]): row for row in by_month(programme, days)}
    assert len(rows) == len(days) * len(programme.functions)
    for day in days:
        left, ends = remains(programme, day), minimal_sets(programme, day, most=1)
        own = {(row["function"], row["partner"]): row["capacity"] for row in dependence(programme, day)}
        for function in programme.functions:
            row = rows[function, day]
            assert row["without"] == pytest.approx({partner: left[function, partner] for partner in ("a", "b")})
            assert row["partners"] == pytest.approx(
                {partner: own[function, partner] for partner in ("a", "b") if own.get((function, partner))}
            )
            assert set(row["single"]) == {cut["losses"][0] for cut in ends if cut["function"] == function}


def test_many_days_and_few_days_say_the_same(programme: Programme) -> None:
    days = month_days(dt.date(2000, 1, 1), dt.date(2060, 1, 1))
    listed = by_month(programme, days, function="reboost")
    alone = by_month(programme, days[360:362], function="reboost")
    assert [row["date"] for row in listed] == days
    assert listed[360:362] == alone


def test_what_is_lost_already_is_lost_in_every_month(programme: Programme) -> None:
    rows = by_month(programme, month_days(FIRST, LAST), (Loss("partner", "b"),), "reboost")
    assert not any(row["stands"] for row in rows)
    assert {row["verdict"] for row in rows} == {"none"}


def test_months_that_are_alike_are_one_spell(programme: Programme) -> None:
    rows = by_month(programme, month_days(dt.date(2019, 11, 1), LAST), function="power")
    found = spells(rows)
    assert [spell["verdict"] for spell in found] == ["none", "enough"]
    assert sum(spell["months"] for spell in found) == len(rows)
    assert found[1]["first"] == dt.date(2020, 1, 1) and found[1]["single"] == rows[-1]["single"]


def test_the_summary_counts_months(programme: Programme) -> None:
    rows = by_month(programme, month_days(dt.date(2019, 11, 1), dt.date(2020, 3, 1)), function="power")
    [row] = summary(rows)
    assert (row["months"], row["stood"], row["first"]) == (5, 3, dt.date(2020, 1, 1))
    assert row["single"]["partner/a"] == 3 and row["partners"] == ["a"]
