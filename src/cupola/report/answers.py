"""The answers of a run in the order in which a reader wants them, each with its tree of causes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from cupola.report.view import Row, Tables
from cupola.report.wording import clean, sentence, sentences

HEADLINE = "headline"
BREAKS = ("attitude", "reboost-last", "controlled-deorbit", "stores", "crew", "entry")
"""Answers that tell of something breaking, besides those about one function or one rule."""
BREAK_PREFIXES = ("function/", "rule/")
STATEMENT = "statement/"
EXITS = ("partner-exit-begins", "partner-left")
BECAUSE = ", because "
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

    def reach(self) -> int:
        """How many steps lie below this one on the longest branch."""
        return 1 + max((cause.reach() for cause in self.causes), default=-1)


@dataclass(frozen=True)
class Answer:
    """One answer: its row, its sentence, and its causes from the event down to the statement."""

    row: Row
    id: str
    question: str
    sentence: str
    date: dt.date | None
    causes: tuple[Cause, ...]

    @property
    def brief(self) -> str:
        """The sentence with only the first reason of each chain; the tree of causes holds the rest."""
        return self.shortened(1) if self.causes else self.sentence

    def shortened(self, reasons: int) -> str:
        """Its sentences, each with at most so many of its reasons."""
        cut = (BECAUSE.join(part.split(BECAUSE)[: reasons + 1]) for part in sentences(self.sentence))
        return " ".join(sentence(part) for part in cut)

    def chain(self, most: int) -> list[Cause]:
        """The causes of its first event along the longest branch, the one down to what was said or decided."""
        found: list[Cause] = []
        at = list(self.causes[:1])
        while at and len(found) < most:
            found.append(max(at, key=lambda cause: (cause.reach(), cause.row.text("key").startswith(STATEMENT))))
            at = found[-1].causes
        return found


class Answers:
    """All answers of a run."""

    def __init__(self, tables: Tables, baseline: Tables | None = None) -> None:
        # An event that comes on the same day in the baseline is not the work of the case.
        rows = baseline.rows("events") if baseline is not None else []
        self._usual = {(row.text("key"), row.date("date")) for row in rows}
        exits = [row.date("date") for row in tables.rows("events") if row.text("kind") in EXITS]
        self._exit = min((day for day in exits if day is not None), default=None) if baseline is None else None
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
        """What breaks in the case, the earliest first; answers without a date tell of nothing breaking."""
        return [answer for answer in self._broken() if not self._is_usual(answer)]

    def anyway(self) -> list[Answer]:
        """What breaks on the same day in the baseline too, the earliest first."""
        return [answer for answer in self._broken() if self._is_usual(answer)]

    def _broken(self) -> list[Answer]:
        found = [answer for answer in self._about_breaking() if answer.date is not None]
        return sorted(found, key=lambda answer: (answer.date or dt.date.max, answer.row.index))

    def _is_usual(self, answer: Answer) -> bool:
        if any((cause.row.text("key"), cause.date) in self._usual for cause in answer.causes[:1]):
            return True
        # Without a baseline to compare with, what comes before an exit and was not caused by it counts as usual.
        before = self._exit is not None and answer.date is not None and answer.date < self._exit
        return before and not any(_names_exit(cause) for cause in answer.causes)

    def lasts(self) -> list[Answer]:
        """What was asked about and does not break in the run."""
        return [answer for answer in self._about_breaking() if answer.date is None]

    def others(self, shown: Sequence[str]) -> list[Answer]:
        """Answers that have no place of their own on the page."""
        breaking = {answer.id for answer in self._about_breaking()}
        return [a for key, a in self._by_id.items() if key not in breaking and key not in shown]

    def _about_breaking(self) -> list[Answer]:
        return [a for key, a in self._by_id.items() if key in BREAKS or key.startswith(BREAK_PREFIXES)]


def _names_exit(cause: Cause) -> bool:
    """Whether an exit, or a statement, stands in the chain of a cause."""
    key = cause.row.text("key")
    return key.startswith(STATEMENT) or key.split("/", 1)[0] in EXITS or any(_names_exit(c) for c in cause.causes)


def tree(steps: Sequence[Row]) -> tuple[Cause, ...]:
    """Causes nested by their depth: a step hangs on the nearest one before it that is less deep."""
    roots: list[Cause] = []
    seen: set[tuple[str, dt.date | None]] = set()
    path: list[tuple[int, Cause]] = []
    for row in steps[:MOST_CAUSES]:
        depth = min(int(row.number("depth") or 0), DEEPEST)
        text, name = clean(row.text("text"), 600), (row.text("key"), row.date("date"))
        again = name[0] != "" and name in seen
        seen.add(name)
        source = "" if again else clean(row.text("source"), 300)
        cause = Cause(row, f"{text} (see above)" if again else text, name[1], source)
        while path and path[-1][0] >= depth:
            path.pop()
        (path[-1][1].causes if path else roots).append(cause)
        path.append((depth, cause))
    return tuple(roots)


def _answer(row: Row, key: str, causes: tuple[Cause, ...]) -> Answer:
    words = sentence(clean(row.text("sentence")))
    return Answer(row, clean(key, 120), clean(row.text("question"), 400), words, row.date("date"), causes)
