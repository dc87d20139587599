"""The picture of an outlook: the expected end of crewed operation and the re-entry against the day of the statement.

One panel, for both are dates: across runs the day on which something was said, upwards the day that was then expected.
A step holds until the next statement that moved it; hollow marks are what other claims in force would have given.
"""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from cupola.report.charts.svg import document, line, polyline, tag, text
from cupola.report.wording import clean

Row = Mapping[str, Any]
WIDTH, LEFT, RIGHT, MARGIN = 1000.0, 60.0, 212.0, 16.0
PLOT = 330.0
LETTERS = 138
STEP = 16.0
_STYLE = """
text{fill:#1a1a1a;font-size:12px;font-family:system-ui,"Liberation Sans",Arial,sans-serif}
.title{font-size:17px;font-weight:700}.soft,.tick{fill:#595959}.tick{font-size:11px}.number{fill:#fff;font-size:11px;font-weight:700}
line.grid{stroke:#dcdcdc;stroke-width:1}line.mark{stroke:#595959;stroke-width:.8;stroke-dasharray:1 3}
line.again{stroke:#595959;stroke-width:1.6}
.series{fill:none;stroke-width:2.2;stroke-linejoin:round}.end{stroke:#0072b2}.down{stroke:#b34a00;stroke-dasharray:7 3}
.policy{stroke:#767676;stroke-width:1.4;stroke-dasharray:2 3}.disc{fill:#1a1a1a}
.other{fill:#fff;stroke:#0072b2;stroke-width:1.4}
"""
LINES = (
    ("crewed_end", "end", "people aboard until"),
    ("reentry", "down", "re-entry"),
    ("planned_end", "policy", "operation, as said"),
)
"""Key of a row, class of its line, and its label"""


def draw(rows: Sequence[Row], name: str, first: dt.date, last: dt.date) -> str:
    """The picture as an SVG document; ``rows`` are those of the outlook, oldest first."""
    parts: list[Markup] = []
    y = MARGIN
    for words in textwrap.wrap(title(rows, name), 90):
        y += 22.0
        parts.append(text(MARGIN, y, words, "title"))
    y += STEP + 4.0
    about = "The day then expected (upwards) against the day of the statement (across); nominal futures, rules kept."
    parts.append(text(MARGIN, y, about, "soft"))
    top = y + 46.0
    scale = _Scale(rows, first, last, top)
    parts += [*scale.grid(), *_lines(rows, scale), *_others(rows, scale)]
    told = [row for row in rows if row["flown_as_of"] == row["date"]]
    parts += _marks(told, scale)
    parts += [_tick(row, scale) for row in rows if row not in told]
    y = top + PLOT + 44.0
    for number, row in enumerate(told, start=1):
        for place, words in enumerate(textwrap.wrap(_caption(row), LETTERS)):
            parts.append(text(MARGIN + 26.0, y, words))
            if not place:
                parts.append(text(MARGIN, y, str(number), "soft"))
            y += STEP
    return document(title(rows, name), _STYLE, WIDTH, y + MARGIN, *parts)


def title(rows: Sequence[Row], name: str) -> str:
    """What the picture says, in one sentence."""
    if not rows:
        return f"Nothing that was said changes {clean(name, 80)}."
    moved = [row for row in rows if any(change["what"] == "crewed_end" for change in row["moved_by_statement"])]
    start, end = rows[0]["crewed_end"], rows[-1]["crewed_end"]
    begin, over = (str(value) if value else "the end of the run" for value in (start, end))
    times = f"{len(moved)} statement days" if len(moved) != 1 else "one statement day"
    if not moved:
        return f"From {rows[0]['date']} on nothing that was said moved the expected end of crewed operation, {begin}."
    way = f"from {begin} to {over}" if begin != over else f"in the end back to {over}"
    return f"On {times} what was said moved the expected end of crewed operation, {way}."


class _Scale:
    """Where a day of speech and an expected day lie."""

    def __init__(self, rows: Sequence[Row], first: dt.date, last: dt.date, top: float) -> None:
        self.first, self.last, self.top = first, max(last, first + dt.timedelta(days=1)), top
        told = [row[key] for row in rows for key, _, _ in LINES if row[key]]
        told += [one["crewed_end"] for row in rows for one in row["others"] if one["crewed_end"]] or [last]
        self.low = dt.date(min([*told, last]).year, 1, 1)
        self.high = dt.date(max([*told, last]).year + 1, 1, 1)

    def x(self, day: dt.date) -> float:
        share = (day - self.first).days / (self.last - self.first).days
        return round(LEFT + min(1.0, max(0.0, share)) * (WIDTH - LEFT - RIGHT), 1)

    def y(self, day: dt.date) -> float:
        share = (day - self.low).days / (self.high - self.low).days
        return round(self.top + (1.0 - share) * PLOT, 1)

    def grid(self) -> list[Markup]:
        """Years of both axes."""
        parts = []
        for year in range(self.low.year, self.high.year + 1):
            y = self.y(dt.date(year, 1, 1))
            parts += [line(LEFT, y, WIDTH - RIGHT, y, "grid"), text(LEFT - 8, y + 4, str(year), "tick", "end")]
        for year in range(self.first.year + (self.first != dt.date(self.first.year, 1, 1)), self.last.year + 1):
            x = self.x(dt.date(year, 1, 1))
            parts += [
                line(x, self.top, x, self.top + PLOT, "grid"),
                text(x, self.top + PLOT + 16, str(year), "tick", "middle"),
            ]
        return parts


def _lines(rows: Sequence[Row], scale: _Scale) -> list[Markup]:
    """One stepped line a kind of date, named at its right end, the names kept apart."""
    parts: list[Markup] = []
    ends: list[tuple[float, str]] = []
    for key, kind, label in LINES:
        points: list[tuple[float, float]] = []
        for place, row in enumerate(rows):
            until = rows[place + 1]["date"] if place + 1 < len(rows) else scale.last
            if row[key] is None:
                if len(points) > 1:
                    parts.append(polyline(points, f"series {kind}"))
                points = []
                continue
            y = scale.y(row[key])
            points += [(scale.x(row["date"]), y), (scale.x(until), y)]
        if points:
            parts.append(polyline(points, f"series {kind}"))
            ends.append((points[-1][1], f"{label} {rows[-1][key]}"))
    at = scale.top - 12.0
    for y, label in sorted(ends):
        at = max(at + 15.0, y + 4.0)
        parts.append(text(WIDTH - RIGHT + 6.0, at, label))
    return parts


def _others(rows: Sequence[Row], scale: _Scale) -> list[Markup]:
    parts = []
    for row in rows:
        for one in row["others"]:
            if one["crewed_end"] is not None:
                words = f"{one['clause']} ({one['speaker']}): {one['crewed_end']}"
                x, y = scale.x(row["date"]), scale.y(one["crewed_end"])
                parts.append(tag("circle", tag("title", clean(words, 300)), cx=x, cy=y, r=3.5, class_="other"))
    return parts


def _marks(told: Sequence[Row], scale: _Scale) -> list[Markup]:
    """A numbered disc above the plot for each day that was flown; those that would meet stand one above the other."""
    parts: list[Markup] = []
    right, lift = -100.0, 0.0
    for number, row in enumerate(told, start=1):
        x = scale.x(row["date"])
        lift = lift + 15.0 if x - right < 16.0 and lift < 15.0 else 0.0
        right = x
        y = scale.top - 10.0 - lift
        parts.append(line(x, y, x, scale.top + PLOT, "mark"))
        parts.append(tag("circle", cx=x, cy=y, r=7.5, class_="disc"))
        parts.append(text(x, y + 4.0, str(number), "number", "middle"))
    return parts


def _tick(row: Row, scale: _Scale) -> Markup:
    """A short line at the foot of the plot: a day on which something was said that changed no programme."""
    x, foot = scale.x(row["date"]), scale.top + PLOT
    said = "; ".join(f"{one['speaker']} ({one['firmness']}): {one['effect']}" for one in row["statements"])
    drawn = tag(
        "line", tag("title", clean(f"{row['date']} {said}", 600)), x1=x, y1=foot - 9, x2=x, y2=foot, class_="again"
    )
    return Markup(drawn)


def _caption(row: Row) -> str:
    said = "; ".join(f"{one['speaker']} ({one['firmness']}): {one['effect']}" for one in row["statements"])
    end = row["crewed_end"] or f"beyond {row['flown_to']}"
    return clean(f"{row['date']}  {said}. People aboard until {end}: {row['why']}.", 600)
