from __future__ import annotations

from typing import Any

from cupola.report.lanes import MOST_POINTS, lanes_of, spells, steps, thinned
from cupola.report.view import Row, Tables


def rows(*values: float | None) -> list[Row]:
    return [Row("case", "series", i, {"x": value}) for i, value in enumerate(values)]


def test_lanes_are_baseline_waived_and_kept(case: Any, baseline: Any) -> None:
    lanes = lanes_of(Tables(case, "case"), Tables(baseline, "baseline"))
    assert [(lane.kind, lane.future) for lane in lanes] == [("baseline", 0), ("waived", 1), ("kept", 0)]


def test_thinning_keeps_ends_peaks_and_dips() -> None:
    values = [10.0] * 4000
    values[1777], values[2111] = 99.0, -5.0
    kept = thinned(rows(*values), "x")
    assert len(kept) <= MOST_POINTS + 2
    assert {0, 1777, 2111, 3999} <= {row.index for row in kept}
    assert [row.index for row in kept] == sorted(row.index for row in kept)


def test_thinning_leaves_gaps_out() -> None:
    assert [row.index for row in thinned(rows(1.0, None, 3.0), "x")] == [0, 2]


def test_steps_are_where_the_value_changes() -> None:
    assert [row.index for row in steps(rows(7, 7, 11, 11, 7, 7), "x")] == [0, 2, 4, 5]


def test_spells_say_whether_they_last() -> None:
    found = spells(rows(1, 1, 0, 1), lambda row: bool(row.number("x")))
    assert [(first.index, end.index, lasts) for first, end, lasts in found] == [(0, 2, False), (3, 3, True)]


def test_series_ends_with_the_entry(case: Any) -> None:
    kept = lanes_of(Tables(case, "case"), None)[-1]
    assert str(kept.rows("series")[-1].date("date")) > "2030"
    assert str(kept.flown()[-1].date("date")) <= "2028-06-04"
