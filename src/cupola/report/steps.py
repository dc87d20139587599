"""The steps of an assembly as a reader wants them: a line a step, a sign a function."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from cupola.analysis.words import lower_first
from cupola.report.view import Row, Tables
from cupola.report.wording import clean, number

SIGNS = {"enough": "\u25cf", "short": "\u25d0", "none": "\u25cb"}
_CHANGES = {"first day": "{}", "attached": "+ {}", "left": "\u2212 {}", "lost": "{} is lost"}


@dataclass(frozen=True)
class Cell:
    """One function in one step."""

    row: Row
    verdict: str
    sign: str
    words: str


@dataclass(frozen=True)
class Step:
    """One step with its functions."""

    date: dt.date
    words: str
    functions: list[tuple[str, bool]]
    """(name, whether people cannot live without it)"""
    cells: list[Cell]
    together: float
    """Share of the step's days on which all that is vital is there at once"""

    def cell(self, function: int) -> Cell:
        """The function at this place."""
        return self.cells[function]

    @property
    def judgement(self) -> str:
        """What it lacks, or that it can be lived in, and on how many of its days all is there at once."""
        if self.lacking:
            return f"lacks {', '.join(self.lacking)}"
        days = "" if self.together > 0.995 else f", {number(100.0 * self.together)} % of the days"
        return f"can be lived in{days}"

    @property
    def lacking(self) -> list[str]:
        """Functions that people cannot live without and of which there is not enough."""
        pairs = zip(self.functions, self.cells, strict=True)
        return [lower_first(name) for (name, vital), cell in pairs if vital and cell.verdict != "enough"]


def assembly_steps(tables: Tables) -> list[Step]:
    """The steps of the run's assembly, in order; empty where nothing is built."""
    by_step: dict[int, list[Row]] = {}
    functions: dict[str, tuple[str, bool]] = {}
    for row in tables.rows("assembly"):
        by_step.setdefault(int(row.number("step") or 0), []).append(row)
        functions.setdefault(row.text("function"), (clean(row.text("name"), 80), row.flag("vital")))
    found = []
    for _, rows in sorted(by_step.items()):
        first = rows[0]
        date = first.date("date")
        if date is None:
            continue
        words = _CHANGES.get(first.text("change"), "{}").format(clean(first.text("elements"), 160))
        own = {row.text("function"): row for row in rows}
        cells = [_cell(own.get(key, first), key in own) for key in functions]
        together = first.number("together")
        found.append(Step(date, words, list(functions.values()), cells, 1.0 if together is None else together))
    return found


def _cell(row: Row, known: bool) -> Cell:
    if not known:
        return Cell(row, "", "?", "not in the table")
    verdict, unit = clean(row.text("verdict"), 20), clean(row.text("unit"), 24)
    has = f"{number(row.number('best'), unit)} of {number(row.number('demand'), unit)}"
    words = f"{clean(row.text('name'), 80)}: {verdict}, {has}; {clean(row.text('why'), 300)}"
    return Cell(row, verdict, SIGNS.get(verdict, "?"), words)


def steps_title(steps: Sequence[Step]) -> str:
    """What the steps say, in a sentence."""
    first = next((step for step in steps if not step.lacking), None)
    if first is None:
        return "At no step is all there that people need"
    if first is steps[0]:
        return "From the first day all is there that people need"
    return f"All that people need is there from {first.date} on"
