"""The shared time axis and the value axis: where a day and a value lie, and where the ticks go."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

from markupsafe import Markup

from cupola.report.charts.svg import line, text


@dataclass(frozen=True)
class Frame:
    """Size of a chart: wide for screens and paper, narrow for telephones. Units of the viewBox."""

    name: str
    width: float
    left: float
    right: float
    """Width kept free at the right, for direct labels."""
    letter: float
    """Width of an average letter of a label, to fit words."""

    @property
    def plot(self) -> float:
        """Width of the plot area."""
        return self.width - self.left - self.right

    @property
    def narrow(self) -> bool:
        """Whether labels must go above their rows."""
        return self.name == "narrow"


WIDE = Frame("wide", 940.0, 138.0, 104.0, 7.0)
LABELLED = Frame("wide", 940.0, 330.0, 16.0, 7.0)
"""Wide, with much room at the left for rows that are named by a phrase."""
NARROW = Frame("narrow", 368.0, 42.0, 8.0, 7.0)


@dataclass(frozen=True)
class TimeAxis:
    """The days that all pictures of a report share."""

    start: dt.date
    end: dt.date
    as_of: dt.date | None
    marks: tuple[tuple[int, dt.date], ...] = ()
    """Numbered events, drawn as thin lines through every picture."""

    def x(self, day: dt.date, frame: Frame) -> float:
        """Where a day lies; days outside the span lie on its edge."""
        days = max(1, (self.end - self.start).days)
        share = (day - self.start).days / days
        return round(frame.left + min(1.0, max(0.0, share)) * frame.plot, 1)

    def years(self, frame: Frame) -> list[tuple[float, str]]:
        """Year ticks, as many as fit."""
        first = self.start.year if self.start == dt.date(self.start.year, 1, 1) else self.start.year + 1
        years = range(first, self.end.year + 1)
        room = max(1, int(frame.plot / 44.0))
        stride = next((s for s in (1, 2, 5, 10, 20, 50) if len(years) <= room * s), 100)
        return [(self.x(dt.date(year, 1, 1), frame), str(year)) for year in years if year % stride == 0]

    def grid(self, frame: Frame, top: float, bottom: float) -> list[Markup]:
        """Year lines with labels below, the as-of day, and the numbered events."""
        parts = []
        for x, label in self.years(frame):
            parts.append(line(x, top, x, bottom, "grid"))
            parts.append(text(x, bottom + 14, label, "tick", "middle"))
        if self.as_of is not None and self.start <= self.as_of <= self.end:
            x = self.x(self.as_of, frame)
            parts.append(line(x, top, x, bottom, "asof"))
        parts.extend(line(self.x(day, frame), top, self.x(day, frame), bottom, "mark") for _, day in self.marks)
        return parts


def nice_ticks(low: float, high: float, most: int = 4) -> list[float]:
    """Round tick values that cover a range.

    >>> nice_ticks(0, 430)
    [0.0, 200.0, 400.0, 600.0]
    >>> nice_ticks(3, 3)
    [3.0, 3.5, 4.0]
    """
    if high <= low:
        high = low + 1.0
    raw = (high - low) / max(1, most - 1)
    size = 10.0 ** math.floor(math.log10(raw))
    step = next(factor * size for factor in (1.0, 2.0, 2.5, 5.0, 10.0) if factor * size >= raw * 0.999)
    first = math.floor(low / step + 1e-9)
    last = math.ceil(high / step - 1e-9)
    return [round(i * step, 10) for i in range(first, last + 1)]
