"""Numbers that lead to their row: anchors in the text, and which rows the appendix must therefore show."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from markupsafe import Markup, escape

from cupola.base.tables import TABLES, Column
from cupola.report.view import Row, Tables
from cupola.report.wording import day, exact, number

MOST_ROWS = 400
"""Rows of one table shown besides those that the page refers to."""
SPARSE = ("series", "capacity", "stays", "events")
"""Tables that are long by nature: of these only what the page refers to, and events that are not routine."""
ROUTINE = ("reboost", "launch", "docking", "undocking", "provider-lost", "provider-back")


@dataclass(frozen=True)
class AppendixTable:
    """One table as the appendix shows it."""

    run: str
    name: str
    meaning: str
    columns: tuple[Column, ...]
    rows: list[Row]
    count: int
    """Rows that the run has of it."""

    @property
    def id(self) -> str:
        """The anchor of the table."""
        return f"table-{self.run}-{self.name}"

    def cells(self, row: Row) -> list[str]:
        """The cells of one row, exact."""
        return [exact(row.values.get(column.name)) for column in self.columns]


class Links:
    """Makes links to rows and remembers which rows were referred to."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, str], set[int]] = {}

    def to(self, row: Row) -> str:
        """The address of a row, which the appendix will show from now on."""
        self._seen.setdefault((row.run, row.table), set()).add(row.index)
        return f"#{row.anchor}"

    def wrap(self, row: Row, text: str) -> Markup:
        """The text as a link to its row."""
        return Markup('<a class="cell" href="{}">{}</a>').format(self.to(row), text)

    def number(self, row: Row, column: str, unit: str = "") -> Markup:
        """A number cell with its unit, linked."""
        value = row.number(column)
        return self.wrap(row, number(value, unit)) if value is not None else escape(number(None))

    def date(self, row: Row, column: str = "date") -> Markup:
        """A date cell, linked."""
        value: dt.date | None = row.date(column)
        if value is None:
            return escape(day(None))
        return Markup('<a class="cell" href="{}"><time datetime="{}">{}</time></a>').format(
            self.to(row), value.isoformat(), day(value)
        )

    def appendix(self, tables: Tables) -> list[AppendixTable]:
        """Every table of a run that has rows, with the rows referred to and as many others as are readable."""
        found = []
        for name, spec in TABLES.items():
            rows = tables.rows(name)
            if rows:
                seen = self._seen.get((tables.run, name), set())
                shown = [row for row in rows if row.index in seen]
                others = [row for row in rows if row.index not in seen and _worth_showing(row, tables.run)]
                merged = sorted([*shown, *others[:MOST_ROWS]], key=lambda row: row.index)
                if merged:
                    found.append(AppendixTable(tables.run, name, spec.meaning, spec.columns, merged, len(rows)))
        return found


def _worth_showing(row: Row, run: str) -> bool:
    if row.table == "events":
        return run == "case" and row.text("kind") not in ROUTINE
    # The baseline's record and answers repeat those of the case, unless the page refers to them.
    return row.table not in SPARSE and (run == "case" or row.table in ("flows", "futures"))
