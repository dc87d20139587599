"""An answer, and the case that answers are drawn from: a programme, its lanes, and the baseline to compare with."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from cupola.analysis.because import Reasons, Step, because_rows, without_repeats
from cupola.analysis.lane import Event, Lane, Tables, nominal_lanes, rows_of
from cupola.analysis.words import sentence
from cupola.programme.programme import Programme


@dataclass(frozen=True)
class Answer:
    """One sentence, or two, with the date and the number they turn on, and why."""

    id: str
    question: str
    sentence: str
    date: dt.date | None = None
    value: float | None = None
    unit: str = ""
    steps: tuple[Step, ...] = ()

    @property
    def sources(self) -> str:
        """The sources under its chain, each once, in order."""
        return " | ".join(dict.fromkeys(step.source for step in self.steps if step.source))


@dataclass(frozen=True)
class Finding:
    """What one lane says to a question: a clause without capital and stop, and the event that it rests on."""

    text: str
    date: dt.date | None = None
    value: float | None = None
    unit: str = ""
    event: Event | None = None
    why: str = ""
    """``, because ...``; said once, for the lane that answers"""
    brief: str = ""
    """What is said in place of ``text`` beside another lane's answer, where that reads better"""


@dataclass(frozen=True)
class Case:
    """What the answers are drawn from.

    ``main`` is the lane that answers of physics come from: rules waived where the run has it, else rules kept.
    """

    programme: Programme
    kept: Lane
    waived: Lane | None
    baseline: Lane | None
    """The baseline's nominal future with rules kept"""
    baseline_main: Lane | None
    record: dict[str, dict[str, Any]]

    @property
    def main(self) -> Lane:
        """The lane that answers of physics come from."""
        return self.waived or self.kept

    @property
    def end(self) -> dt.date:
        """First day after the span."""
        return self.programme.span.end

    @property
    def partner(self) -> str:
        """Name of the partner that leaves, or empty."""
        left = self.programme.departure
        return self.programme.partners[left.partner].name if left else ""

    @property
    def exit_over(self) -> dt.date | None:
        """Day on which the partner's services end, if that is within the span."""
        event = self.main.first("partner-left")
        return event.date if event else None

    def never(self, text: str) -> Finding:
        """A finding that something does not happen within the span."""
        return Finding(text, brief=f"this does not happen before {self.end}")

    @property
    def condition(self) -> str:
        """``if X leaves after 2024-12-31``, or ``if nobody leaves``."""
        left = self.programme.departure
        if left is None:
            return "if nobody leaves"
        mode = {"hands-over": " and hands its elements over", "separates": " and its part is cut off"}
        return f"if {self.partner} leaves after {left.after}{mode.get(left.mode, '')}"

    def reasons(self, lane: Lane) -> Reasons:
        """What finds the causes in one lane."""
        return Reasons(self.programme, lane, self.record)

    def why(self, lane: Lane, event: Event | None, hops: int = 4) -> str:
        """``, because ...`` for an event of a lane."""
        return self.reasons(lane).sentence(event, hops)

    def steps(self, lane: Lane, event: Event | None) -> tuple[Step, ...]:
        """The chain of causes of an event of a lane; what stands further up is named again without its own causes."""
        return tuple(self.reasons(lane).chain(event, repeat=True))

    def steps_of(self, told: Sequence[tuple[str, Lane, Event | None]]) -> tuple[Step, ...]:
        """The chains of several events, one after the other; what stands in one is not told again in the next.

        told    words before the first step of a chain, lane, and event
        """
        found: list[Step] = []
        for words, lane, event in told:
            steps = self.steps(lane, event)
            found += [dataclasses.replace(step, text=words + step.text) for step in steps[:1]]
            found += steps[1:]
        return tuple(without_repeats(found))

    def answer(self, id: str, question: str, find: Callable[[Lane], Finding]) -> Answer:
        """Ask the main lane; add what the lane with rules kept and the baseline say where they differ."""
        main = find(self.main)
        kept = find(self.kept) if self.waived else main
        answer = main.text + main.why
        if kept.date == main.date and (main.date is not None or kept.text == main.text):
            text = sentence(answer)
        else:
            beside = self._other(kept, main)
            text = f"{sentence(f'with rules waived, {answer}')} {sentence(f'with rules kept, {beside}')}"
        if self.baseline_main is not None:
            usual = find(self.baseline_main)
            if usual.date != main.date or (main.date is None and usual.text != main.text):
                text += f" {sentence(f'if nobody leaves, {self._other(usual, main)}')}"
        return Answer(id, question, text, main.date, main.value, main.unit, self.steps(self.main, main.event))

    def _other(self, other: Finding, main: Finding) -> str:
        """What another lane says, beside the main one."""
        if main.event is None:
            return other.text + other.why
        return other.brief or other.text


def case_of(programme: Programme, tables: Tables, baseline: Tables | None) -> Case:
    """Read the lanes that the answers need out of the tables of a run and of its baseline."""
    kept, waived = nominal_lanes(tables)
    usual, usual_waived = nominal_lanes(baseline) if baseline is not None else (None, None)
    record = {row["key"]: row for row in rows_of(tables, "record")}
    return Case(programme, kept, waived, usual, usual_waived or usual, record)


def answer_rows(answers: Sequence[Answer]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Rows of the tables ``answers`` and ``because``."""
    rows = [
        {
            "id": row.id,
            "question": row.question,
            "sentence": row.sentence,
            "date": row.date,
            "value": row.value,
            "unit": row.unit,
            "sources": row.sources,
        }
        for row in answers
    ]
    return rows, [step for row in answers for step in because_rows(row.id, row.steps)]
