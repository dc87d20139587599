"""The answers of a run in the order in which a reader wants them, each with its tree of causes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from cupola.report.view import Row, Tables
from cupola.report.wording import clean, sentence

HEADLINE = "headline"
BREAKS = ("attitude", "reboost-last", "controlled-deorbit", "stores", "crew", "entry")
"""Answers that tell of something breaking, besides those about one function or one rule."""
BREAK_PREFIXES = ("function/", "rule/")
DEEPEST = 12
MOST_CAUSES = 60


@dataclass
class Cause:
    """One step of a chain of causes, with what led to it."""

    row: Row
    text: str
    date: dt.date | None
    source: str
    causes: list[Cause] = field(default_factory=list)


@dataclass(frozen=True)
class Answer:
    """One answer: its row, its sentence, and its causes from the event down to the statement."""

    row: Row
    id: str
    question: str
    sentence: str
    date: dt.date | None
    causes: tuple[Cause, ...]

    def chain(self, most: int) -> list[Cause]:
        """The causes along the first branch, the event first."""
        found: list[Cause] = []
        at = list(self.causes)
        while at and len(found) < most:
            found.append(at[0])
            # Facts that stand beside the event at the same depth follow once the branch has ended.
            at = at[0].causes or at[1:]
        return found


class Answers:
    """All answers of a run."""

    def __init__(self, tables: Tables) -> None:
        chains: dict[str, list[Row]] = {}
        for row in tables.rows("because"):
            chains.setdefault(row.text("answer"), []).append(row)
        self._by_id: dict[str, Answer] = {}
        for row in tables.rows("answers"):
            key = row.text("id")
            steps = sorted(chains.get(key, []), key=lambda step: step.number("step") or 0)
            self._by_id.setdefault(key, _answer(row, key, tree(steps)))

    def get(self, key: str) -> Answer | None:
        """The answer of an id, or None."""
        return self._by_id.get(key)

    def headline(self) -> Answer | None:
        """The answer to the question of the run: the headline, or the first answer when there is none."""
        return self.get(HEADLINE) or next(iter(self._by_id.values()), None)

    def breaks(self) -> list[Answer]:
        """What breaks, the earliest first; answers without a date tell of nothing breaking and are left out."""
        found = [answer for answer in self._about_breaking() if answer.date is not None]
        return sorted(found, key=lambda answer: (answer.date or dt.date.max, answer.row.index))

    def lasts(self) -> list[Answer]:
        """What was asked about and does not break in the run."""
        return [answer for answer in self._about_breaking() if answer.date is None]

    def others(self, shown: Sequence[str]) -> list[Answer]:
        """Answers that have no place of their own on the page."""
        breaking = {answer.id for answer in self._about_breaking()}
        return [a for key, a in self._by_id.items() if key not in breaking and key not in shown]

    def _about_breaking(self) -> list[Answer]:
        return [a for key, a in self._by_id.items() if key in BREAKS or key.startswith(BREAK_PREFIXES)]


def tree(steps: Sequence[Row]) -> tuple[Cause, ...]:
    """Causes nested by their depth: a step hangs on the nearest one before it that is less deep."""
    roots: list[Cause] = []
    path: list[tuple[int, Cause]] = []
    for row in steps[:MOST_CAUSES]:
        depth = min(int(row.number("depth") or 0), DEEPEST)
        cause = Cause(row, clean(row.text("text"), 600), row.date("date"), clean(row.text("source"), 300))
        while path and path[-1][0] >= depth:
            path.pop()
        (path[-1][1].causes if path else roots).append(cause)
        path.append((depth, cause))
    return tuple(roots)


def _answer(row: Row, key: str, causes: tuple[Cause, ...]) -> Answer:
    words = sentence(clean(row.text("sentence")))
    return Answer(row, clean(key, 120), clean(row.text("question"), 400), words, row.date("date"), causes)
