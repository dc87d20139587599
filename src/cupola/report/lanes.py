"""The lines that a report draws: the case with its rules kept, with its rules waived, and the baseline."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cupola.report.view import Row, Tables
from cupola.report.wording import clean

MOST_POINTS = 180
"""Points of one drawn line; daily series of decades are thinned to about this many."""


@dataclass(frozen=True)
class Lane:
    """One future of one run, with its place in the pictures."""

    kind: str
    """``kept``, ``waived`` or ``baseline``; also the class of its lines."""
    label: str
    future: int
    tables: Tables

    def rows(self, table: str) -> list[Row]:
        """The rows of this future, in the table's order."""
        return [row for row in self.tables.rows(table) if row.number("future") == self.future]

    def flown(self) -> list[Row]:
        """The rows of the series up to the day of entry, after which there is no orbit to speak of."""
        rows = self.rows("series")
        entry = next((row.date("date") for row in self.rows("events") if row.text("kind") == "entry"), None)
        return [row for row in rows if (day := row.date("date")) is not None and day <= entry] if entry else rows


def lanes_of(case: Tables, baseline: Tables | None) -> list[Lane]:
    """The nominal futures to draw: baseline first, so that the case lies over it."""
    lanes = []
    if baseline is not None and (found := _nominal(baseline, True) or _nominal(baseline, False)):
        lanes.append(Lane("baseline", "baseline", int(found.number("future") or 0), baseline))
    for enforced, kind in ((False, "waived"), (True, "kept")):
        if found := _nominal(case, enforced):
            label = clean(found.text("label"), 40) or f"rules {kind}"
            lanes.append(Lane(kind, label, int(found.number("future") or 0), case))
    return lanes


def _nominal(tables: Tables, enforced: bool) -> Row | None:
    rows = [row for row in tables.rows("futures") if row.flag("enforced") is enforced]
    return next((row for row in rows if row.flag("nominal")), rows[0] if rows else None)


def find(lanes: Sequence[Lane], *kinds: str) -> Lane | None:
    """The first lane of the given kinds, in that order of preference."""
    return next((lane for kind in kinds for lane in lanes if lane.kind == kind), None)


def thinned(rows: Sequence[Row], column: str, most: int = MOST_POINTS) -> list[Row]:
    """At most about ``most`` rows: the lowest and highest of each stretch, so that no dip or peak is lost."""
    known = [row for row in rows if row.number(column) is not None]
    if len(known) <= most:
        return known
    width = max(1, 2 * len(known) // most)
    kept: dict[int, Row] = {known[0].index: known[0], known[-1].index: known[-1]}
    for start in range(0, len(known), width):
        stretch = known[start : start + width]
        for row in (min(stretch, key=_by(column)), max(stretch, key=_by(column))):
            kept[row.index] = row
    return [kept[index] for index in sorted(kept)]


def steps(rows: Sequence[Row], column: str) -> list[Row]:
    """The rows where a stepwise column changes, with the first and the last."""
    kept = [row for i, row in enumerate(rows) if i == 0 or row.values.get(column) != rows[i - 1].values.get(column)]
    if rows and kept and kept[-1] is not rows[-1]:
        kept.append(rows[-1])
    return kept


def spells(rows: Sequence[Row], holds: Callable[[Row], bool]) -> list[tuple[Row, Row, bool]]:
    """Unbroken spells in which a condition holds: first row, row that ends it, and whether it lasts to the end."""
    found: list[tuple[Row, Row, bool]] = []
    first: Row | None = None
    for row in rows:
        if holds(row) and first is None:
            first = row
        elif not holds(row) and first is not None:
            found.append((first, row, False))
            first = None
    if first is not None and rows:
        found.append((first, rows[-1], True))
    return found


def span_of(lanes: Sequence[Lane]) -> tuple[dt.date, dt.date] | None:
    """First and last day of the series of all lanes; None when there is no series."""
    days = [day for lane in lanes for row in lane.rows("series") if (day := row.date("date"))]
    return (min(days), max(days)) if days else None


def _by(column: str) -> Callable[[Row], float]:
    return lambda row: row.number(column) or 0.0
