"""The few events that are numbered through all pictures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from cupola.report.charts.axis import Frame, TimeAxis
from cupola.report.charts.svg import line, picture, tag, text
from cupola.report.lanes import Lane
from cupola.report.names import Names
from cupola.report.view import Row

WORDS = {
    "partner-exit-begins": "exit of {} begins",
    "partner-left": "{} has left",
    "separated": "station cut at {}",
    "element-attached": "{} arrives",
    "element-lost": "{} is lost on its way",
    "element-stranded": "{} has nothing to hang on",
    "element-detached": "{} leaves",
    "crew-left": "last people leave",
    "attitude-lost": "attitude control lost",
    "deorbit-lost": "controlled deorbit no longer possible",
    "entry": "re-entry",
}
"""Event kinds worth a number, with short words; ``{}`` is the name of the subject."""
MOST_MARKS = 9
_UNDONE = {"crew-left": "docking", "deorbit-lost": "deorbit-back"}
"""Kind -> what undoes it; only the last one, which nothing undid, is worth a number"""


@dataclass(frozen=True)
class Mark:
    """One numbered event."""

    number: int
    date: dt.date
    row: Row
    words: str


def _undoes(row: Row, kind: str) -> bool:
    """Whether an event undoes those of a kind; a ship without people brings nobody back."""
    undone = row.text("kind") == _UNDONE[kind]
    return undone and (kind != "crew-left" or (row.number("value") or 0.0) > 0.5)


def marks_of(lanes: Sequence[Lane], names: Names) -> list[Mark]:
    """The first event of each kind and lane, in order of time; one that is the same in both lanes is told once."""
    found: dict[tuple[str, str, dt.date], tuple[Row, list[str]]] = {}
    for lane in sorted((lane for lane in lanes if lane.kind != "baseline"), key=lambda lane: lane.kind):
        seen: set[tuple[str, str]] = set()
        events = lane.rows("events")
        back = {kind: max((i for i, row in enumerate(events) if _undoes(row, kind)), default=-1) for kind in _UNDONE}
        for i, row in enumerate(events):
            if i < back.get(row.text("kind"), -1):
                # Others came after those who left, or the means came back.
                continue
            kind, subject, date = row.text("kind"), row.text("subject"), row.date("date")
            if kind in WORDS and date is not None and (kind, subject) not in seen:
                seen.add((kind, subject))
                found.setdefault((kind, subject, date), (row, []))[1].append(lane.label)
    left = {(subject, date) for kind, subject, date in found if kind == "partner-left"}
    for subject, date in left:
        # An exit that is over on the day on which it begins is told once.
        found.pop(("partner-exit-begins", subject, date), None)
    ordered = sorted(found.items(), key=lambda item: item[0][2])[:MOST_MARKS]
    both = len({lane.label for lane in lanes if lane.kind != "baseline"})
    marks = []
    for i, ((kind, subject, date), (row, labels)) in enumerate(ordered):
        words = WORDS[kind].format(names.element(subject) if kind.startswith("element-") else names.name(subject))
        marks.append(Mark(i + 1, date, row, words if len(labels) == both else f"{words} ({', '.join(labels)})"))
    return marks


def draw(marks: Sequence[Mark], axis: TimeAxis, frame: Frame) -> Markup:
    """The numbers above the shared axis; where two meet, the later one stands a step higher."""
    step, levels = 19.0, [0.0] * 4
    placed = []
    for mark in marks:
        x = axis.x(mark.date, frame)
        level = next((i for i, end in enumerate(levels) if end <= x - 9.0), len(levels) - 1)
        levels[level] = x + 9.0
        placed.append((mark, x, level))
    base = 12.0 + step * max((level for _, _, level in placed), default=0)
    bottom = base + 14.0
    parts = axis.grid(frame, bottom, bottom + 4)
    for mark, x, level in placed:
        y = base - step * level
        title = tag("title", f"{mark.date.isoformat()}: {mark.words}")
        disc = tag("circle", cx=x, cy=y, r=8.5, class_="disc")
        parts.append(line(x, y + 8, x, bottom + 4, "mark"))
        parts.append(
            tag("a", title, disc, text(x, y + 4, str(mark.number), "disc-text", "middle"), href=f"#{mark.row.anchor}")
        )
    words = "; ".join(f"{mark.number}: {mark.date.isoformat()} {mark.words}" for mark in marks)
    return picture(
        f"marks-{frame.name}", "Events on the time axis", words, frame.width, bottom + 24, *parts, kind=frame.name
    )
