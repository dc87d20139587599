"""The answer for a terminal: the same sentences first, what breaks and what is missing, all on one screen."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Sequence

from cupola.report.answers import Answer, Answers
from cupola.report.lanes import find, lanes_of
from cupola.report.steps import assembly_steps
from cupola.report.view import Row, RunView, Tables, manifest_date
from cupola.report.wording import DASH, ELLIPSIS, THIN, clean, day, number, sentences

LINES = 24
"""Lines of one screen."""
WIDEST = 100
NARROWEST = 40
BREAKS = 8
STEPS = 9
YEARS = 6
BOLD, DIM, PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"


def answer_text(case: RunView, colour: bool, width: int, report: str = "", baseline: RunView | None = None) -> str:
    """The answers of a run as text, at most one screen, the answer first.

    case       the run, with its answer tables
    colour     whether to mark the answer bold and the asides dim; the words are the same without
    width      columns of the terminal [1], used from 40 to 100
    report     where the report is; when empty, the command that writes it is named
    baseline   the run to compare with, to leave out what breaks in it too; None when there is none
    returns    lines joined by newlines, without one at the end

    Raises RunError when a table of the run cannot be read.
    """
    wide = max(NARROWEST, min(WIDEST, width))
    tables = Tables(case, "case")
    answers = Answers(tables, Tables(baseline, "baseline") if baseline is not None else None)
    pen = Pen(colour)
    last = [line for part in _where(case, tables, report).split("\n") for line in _wrapped(part, wide)]
    top = _opening(tables, answers, pen, wide)
    room = LINES - len(last) - len(top)
    steps = _steps(tables, wide, room)
    room -= len(steps)
    missing = _missing(tables, wide)[: max(0, room // 2 - 1)]
    breaks = _breaks(answers, wide, room - len(missing))
    body = [*top, *steps, *breaks, *missing][: LINES - len(last)]
    return "\n".join([*body, *last])


class Pen:
    """Bold and dim text, or plain text when there is no colour."""

    def __init__(self, colour: bool) -> None:
        self.colour = colour

    def bold(self, text: str) -> str:
        """Bold text."""
        return f"{BOLD}{text}{PLAIN}" if self.colour and text else text

    def dim(self, text: str) -> str:
        """Dim text."""
        return f"{DIM}{text}{PLAIN}" if self.colour and text else text


def _opening(tables: Tables, answers: Answers, pen: Pen, wide: int) -> list[str]:
    """The answer, and what kind of future it was read from."""
    headline = answers.headline()
    title = clean(str(tables.manifest.get("title") or tables.manifest.get("scenario") or "Run"), 200)
    about = f"{title}, as known on {day(manifest_date(tables.manifest, 'as_of'))}. {_sure(tables)}".strip()
    said = headline.sentence if headline else "This run has no answers yet."
    sampled = answers.get("sampled")
    return [
        *(pen.bold(line) for line in _wrapped(said, wide, 9)),
        *(_whole(sampled.sentence, wide, 3) if sampled else []),
        *(pen.dim(line) for line in _wrapped(about, wide, 3)),
    ]


def _sure(tables: Tables) -> str:
    lanes = lanes_of(tables, None)
    rows = [row for row in tables.rows("futures") if row.number("future") in {lane.future for lane in lanes}]
    words = "Nominal futures, no probabilities" if rows and all(row.flag("nominal") for row in rows) else ""
    if find(lanes, "kept") and find(lanes, "waived"):
        words += "; rules kept and rules waived" if words else "Rules kept and rules waived"
    return f"{words}." if words else ""


def _steps(tables: Tables, wide: int, room: int) -> list[str]:
    """The steps of an assembly, a line each, with what people cannot live without and is lacking."""
    found = assembly_steps(tables)
    if not found or room < 4:
        return []
    shown = found[: min(STEPS, room - 3)]
    lines = ["", "Step by step:"]
    for step in shown:
        lines.append(_cut(f"  {day(step.date)}  {step.words}: {step.judgement}", wide).replace(THIN, " "))
    if len(found) > len(shown):
        lines.append(f"  and {len(found) - len(shown)} more in the report.")
    return lines


def _breaks(answers: Answers, wide: int, room: int) -> list[str]:
    """What breaks, a line each, with its date and its nearest reason."""
    found = answers.breaks()
    if not found or room < 3:
        return []
    shown = found[: min(BREAKS, room - 3)]
    lines = ["", "What breaks first:"]
    for answer in shown:
        said = sentences(answer.shortened(0))[0].rstrip(".")
        line, reason = f"  {day(answer.date)}  {said}", _reason(answer)
        whole = f"{line}, because {reason}" if reason else line
        lines.append(_at_word(whole, wide))
    if len(found) > len(shown):
        lines.append(f"  and {len(found) - len(shown)} more in the report.")
    return lines


def _reason(answer: Answer) -> str:
    """The cause next to the event, on the branch that goes deepest."""
    chain = answer.chain(2)
    return chain[1].text if len(chain) > 1 else ""


def _missing(tables: Tables, wide: int) -> list[str]:
    """What is missing by year: a row a need; the years that fit."""
    rows = [row for row in tables.rows("missing") if (row.number("missing") or 0.0) > 0.0]
    if not rows:
        return []
    found: dict[tuple[str, int], Row] = {(row.text("what"), int(row.number("year") or 0)): row for row in rows}
    order = dict.fromkeys(row.text("what") for row in tables.rows("missing"))
    units = {row.text("what"): clean(row.text("unit"), 12) for row in rows}
    name = {
        what: clean(f"{what}, {unit}" if unit not in ("", "1", what) else what, 40)
        for what in order
        if (unit := units.get(what)) is not None
    }
    left = min(max(_cells(label) for label in name.values()), 24) + 2
    years = sorted({year for _, year in found})[: max(1, min(YEARS, (wide - left - 2) // 9))]
    lines = ["", "Missing each year, without the partner:", _row("", [str(year) for year in years], left)]
    for what, label in name.items():
        values = [found.get((what, year)) for year in years]
        shown = [number(row.number("missing")) if row else DASH for row in values]
        if any(values):
            lines.append(_row(label, shown, left))
    return [_cut(line, wide) for line in lines]


def _row(label: str, values: Sequence[str], left: int) -> str:
    name = _cut(label, left - 1)
    pad = " " * (left - _cells(name))
    # A terminal font has no thin space.
    return f"  {name}{pad}" + "".join(f"{value.replace(THIN, ' '):>9}" for value in values)


def _where(case: RunView, tables: Tables, report: str) -> str:
    if report:
        return f"Report: {clean(report, 2_000)}"
    path = clean(str(getattr(case, "path", "") or tables.manifest.get("scenario") or ""), 2_000) or "RUN"
    return f"Reasons: cupola why {path} headline\nReport: cupola report {path}"


def _wrapped(text: str, wide: int, most: int = 4) -> list[str]:
    lines = textwrap.wrap(clean(text), wide, break_on_hyphens=False) or [""]
    lines = [_cut(line, wide) for line in lines]
    return lines if len(lines) <= most else [*lines[: most - 1], _cut(f"{lines[most - 1]} {ELLIPSIS}", wide)]


def _whole(text: str, wide: int, most: int) -> list[str]:
    """As many whole sentences as fit in some lines; the first one is cut when it alone does not."""
    told = sentences(text)
    while len(told) > 1 and len(_wrapped(" ".join(told), wide, 99)) > most:
        told = told[:-1]
    return _wrapped(" ".join(told), wide, most)


def _at_word(text: str, wide: int) -> str:
    """The text cut after a word to a number of columns."""
    if _cells(text) <= wide:
        return text
    head, _, _ = _cut(text, wide).rpartition(" ")
    return f"{head.rstrip(',;')} {ELLIPSIS}" if head.strip() else _cut(text, wide)


def _cells(text: str) -> int:
    """Columns that a text takes: wide letters take two, combining marks none."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _cut(text: str, wide: int) -> str:
    """The text cut to a number of columns."""
    if _cells(text) <= wide:
        return text
    while text and _cells(text) > wide - 1:
        text = text[:-1]
    return text.rstrip() + ELLIPSIS
