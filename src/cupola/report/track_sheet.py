"""The picture of a track: mean altitude over time with its burns, and below it the ballistic coefficient."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from markupsafe import Markup

from cupola.base.instants import DAY_S, NS, ORIGIN_MJD
from cupola.base.time import from_mjd
from cupola.report.charts.axis import nice_ticks
from cupola.report.charts.svg import document, line, polyline, tag, text
from cupola.report.wording import clean

if TYPE_CHECKING:
    from cupola.flight.track import Track

WIDTH, LEFT, RIGHT, MARGIN = 1000.0, 64.0, 24.0, 16.0
TALL, LOW = 320.0, 130.0
MOST_POINTS = 4_000
"""Drawn; more would lie within a tenth of a unit of each other."""
GAP_DAYS = 15.0
"""Longer times without an altitude break the line."""
_STYLE = """
text{fill:#1a1a1a;font-size:12px;font-family:system-ui,"Liberation Sans",Arial,sans-serif}
.title{font-size:17px;font-weight:700}.soft,.tick{fill:#595959}.tick{font-size:11px}
line.grid{stroke:#dcdcdc;stroke-width:1}.series{fill:none;stroke:#0072b2;stroke-width:1.6;stroke-linejoin:round}
.plan{stroke-dasharray:4 3}line.up{stroke:#b34a00;stroke-width:1.2}line.down{stroke:#595959;stroke-width:1.2}
line.low{stroke-dasharray:2 3}line.drag{stroke:#0072b2;stroke-width:2.4}line.error{stroke:#0072b2;stroke-width:.8}
"""


def draw(track: Track) -> str:
    """The picture as an SVG document."""
    words = title(track)
    parts: list[Markup] = [text(MARGIN, MARGIN + 22.0, words, "title")]
    about = "Mean altitude above the equatorial radius; upright lines are burns (dotted: low confidence or planned)."
    parts.append(text(MARGIN, MARGIN + 42.0, about, "soft"))
    top = MARGIN + 78.0
    axis = _Axis(track)
    parts += _altitude(track, axis, top)
    second = top + TALL + 62.0
    if track.coefficients:
        parts += _drag(track, axis, second)
    height = (second + LOW if track.coefficients else top + TALL) + 36.0
    return document(words, _STYLE, WIDTH, height, *parts)


def title(track: Track) -> str:
    """What the picture says, in one sentence."""
    up = sum(1 for burn in track.burns if burn.delta_v > 0.0)
    down = len(track.burns) - up
    low, high = float(track.altitude.min()) / 1e3, float(track.altitude.max()) / 1e3
    burns = f"{up} burns raised it and {down} lowered it" if track.burns else "no burn shows"
    return clean(f"{track.name}: {low:.1f} to {high:.1f} km; {burns}", 110)


class _Axis:
    """Where an instant lies across the picture."""

    def __init__(self, track: Track) -> None:
        self.first, self.last = _day(int(track.instants[0])), _day(int(track.instants[-1]))
        self.last = max(self.last, self.first + 0.1)

    def x(self, instant: int) -> float:
        return self.at(_day(instant))

    def at(self, day: float) -> float:
        share = (day - self.first) / (self.last - self.first)
        return round(LEFT + min(1.0, max(0.0, share)) * (WIDTH - LEFT - RIGHT), 1)

    def grid(self, top: float, height: float) -> list[Markup]:
        """Upright lines at the first days of years, months, or at days, whichever are few enough."""
        days, length = [from_mjd(n) for n in range(int(self.first) + 1, int(self.last) + 1)], self.last - self.first
        if length > 900.0:
            stride = max(1, round(length / 365.25 / 14.0))
            chosen = [(d, str(d.year)) for d in days if d.month == d.day == 1 and d.year % stride == 0]
        elif length > 60.0:
            stride = 1 if length < 400.0 else 3
            chosen = [(d, f"{d:%Y-%m}") for d in days if d.day == 1 and (d.month - 1) % stride == 0]
        else:
            stride = max(1, round(length / 8.0))
            chosen = [(d, d.isoformat()) for d in days[::stride]]
        parts = []
        for day, label in chosen:
            x = self.at(float((day - dt.date(1858, 11, 17)).days))
            parts.append(line(x, top, x, top + height, "grid"))
            parts.append(text(x, top + height + 15.0, label, "tick", "middle"))
        return parts


def _day(instant: int) -> float:
    return instant / (NS * DAY_S) + ORIGIN_MJD


def _altitude(track: Track, axis: _Axis, top: float) -> list[Markup]:
    heights = track.altitude / 1e3
    ticks = nice_ticks(float(heights.min()), float(heights.max()), 6)

    def y(value: float) -> float:
        return round(top + TALL * (ticks[-1] - value) / (ticks[-1] - ticks[0]), 1)

    parts = [text(LEFT - 8.0, top - 10.0, "km", "tick", "end"), *axis.grid(top, TALL), *_levels(ticks, y)]
    for burn in track.burns:
        x = axis.x(burn.middle)
        way = "up" if burn.delta_v > 0.0 else "down"
        weak = " low" if burn.confidence == "low" or burn.basis == "plan" else ""
        said = f"{from_mjd(int(_day(burn.begin)))}: {burn.delta_v:+.2f} m/s, {burn.raised:+.0f} m, {burn.confidence}"
        drawn = tag("line", tag("title", said), x1=x, y1=top, x2=x, y2=top + TALL, class_=f"{way}{weak}")
        parts.append(Markup(drawn))
    return parts + _lines(track, axis, y)


def _levels(ticks: Sequence[float], y: Callable[[float], float]) -> list[Markup]:
    """Level lines with their numbers."""
    parts = []
    for tick in ticks:
        parts.append(line(LEFT, y(tick), WIDTH - RIGHT, y(tick), "grid"))
        parts.append(text(LEFT - 8.0, y(tick) + 4.0, f"{tick:g}", "tick", "end"))
    return parts


def _lines(track: Track, axis: _Axis, y: Callable[[float], float]) -> list[Markup]:
    """The altitudes, broken at long gaps and where a plan begins."""
    stride = -(-track.instants.size // MOST_POINTS)
    places = np.arange(0, track.instants.size, stride)
    parts: list[Markup] = []
    points: list[tuple[float, float]] = []
    before, kind = 0.0, ""
    for place in places.tolist():
        day, basis = _day(int(track.instants[place])), track.basis[place]
        point = (axis.at(day), float(y(float(track.altitude[place]) / 1e3)))
        if points and (day - before > GAP_DAYS or basis != kind):
            parts.append(polyline(points, "series plan" if kind == "plan" else "series"))
            points = [points[-1]] if day - before <= GAP_DAYS else []
        points.append(point)
        before, kind = day, basis
    parts.append(polyline(points, "series plan" if kind == "plan" else "series"))
    return parts


def _drag(track: Track, axis: _Axis, top: float) -> list[Markup]:
    """One level line a coasting stretch, with its error upright."""
    values = np.array([one.value for one in track.coefficients])
    # One stretch in a storm must not press the others flat.
    high = float(min(values.max(), 3.0 * np.median(values)))
    ticks = nice_ticks(0.0, high)

    def y(value: float) -> float:
        return round(top + LOW * (1.0 - min(1.0, max(0.0, value / ticks[-1]))), 1)

    parts = [text(MARGIN, top - 12.0, "Ballistic coefficient Cd A/m, m2/kg"), *axis.grid(top, LOW)]
    parts += _levels(ticks, y)
    for one in track.coefficients:
        left, right = axis.x(one.begin), axis.x(one.end)
        middle = round(0.5 * (left + right), 1)
        parts.append(line(middle, y(one.value - one.error), middle, y(one.value + one.error), "error"))
        parts.append(line(left, y(one.value), max(right, left + 1.0), y(one.value), "drag"))
    return parts
