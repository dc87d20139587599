"""One panel of lines on the shared time axis: baseline, rules waived, rules kept, limits."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from markupsafe import Markup

from cupola.report.charts.axis import Frame, TimeAxis, nice_ticks
from cupola.report.charts.svg import line, picture, polyline, tag, text
from cupola.report.wording import THIN, number


@dataclass(frozen=True)
class Point:
    """One cell of a table, drawn."""

    day: dt.date
    value: float
    link: str
    """Address of its row"""


@dataclass(frozen=True)
class Series:
    """One line of a panel. ``kind`` is its class: baseline, waived, kept, or one of these with `` seats``."""

    label: str
    kind: str
    points: tuple[Point, ...]
    stepped: bool = False


@dataclass(frozen=True)
class Limit:
    """A rule's or a fact's number, drawn as a thin line with its name."""

    name: str
    value: float
    link: str


@dataclass(frozen=True)
class Panel:
    """What one panel shows. ``cap`` cuts the value axis where larger values say nothing more."""

    name: str
    title: str
    quantity: str
    unit: str
    lines: tuple[Series, ...]
    limits: tuple[Limit, ...] = ()
    from_zero: bool = False
    cap: float | None = None
    height: float = 150.0


def draw(panel: Panel, axis: TimeAxis, frame: Frame) -> Markup:
    """The panel as SVG in one frame."""
    ticks = _ticks(panel)
    top = 26.0 + 16.0 * len(_key_rows(panel, frame)) if frame.narrow else 16.0
    bottom = top + panel.height

    def y(value: float) -> float:
        share = (value - ticks[0]) / (ticks[-1] - ticks[0])
        return round(bottom - min(1.0, max(0.0, share)) * panel.height, 1)

    parts = axis.grid(frame, top, bottom)
    for tick in ticks:
        parts.append(line(frame.left, y(tick), frame.left + frame.plot, y(tick), "grid"))
        parts.append(text(frame.left - 6, y(tick) + 4, number(tick), "tick", "end"))
    parts.append(_heading(panel, frame, top))
    parts.extend(_limit(limit, frame, y(limit.value)) for limit in panel.limits)
    drawn = [(series, [(axis.x(p.day, frame), y(p.value)) for p in series.points]) for series in panel.lines]
    for series, points in drawn:
        parts.append(polyline(_stepped(points) if series.stepped else points, f"series {series.kind}"))
        parts.extend(_ends(series, points, panel.unit))
    parts.extend(_limit_names([(y(limit.value), limit) for limit in panel.limits], frame))
    parts.extend(_key(panel, frame) if frame.narrow else _direct_labels(drawn, frame, top, bottom))
    description = _description(panel)
    name = f"{panel.name}-{frame.name}"
    return picture(name, panel.title, description, frame.width, bottom + 20, *parts, kind=frame.name)


def _ticks(panel: Panel) -> list[float]:
    values = [point.value for series in panel.lines for point in series.points] or [0.0]
    values += [limit.value for limit in panel.limits]
    high = max(values) if panel.cap is None else min(max(values), panel.cap)
    low = 0.0 if panel.from_zero else min(values)
    return nice_ticks(min(low, high), high)


def _heading(panel: Panel, frame: Frame, top: float) -> Markup:
    unit = {"1": "count", "d": "days"}.get(panel.unit, panel.unit)
    if frame.narrow:
        return text(0, 12, f"{panel.quantity}, {unit}", "label strong")
    return tag("g", text(0, top + 4, panel.quantity, "label strong"), text(0, top + 19, unit, "label"))


def _limit(limit: Limit, frame: Frame, y: float) -> Markup:
    return tag("a", line(frame.left, y, frame.left + frame.plot, y, "limit"), href=limit.link, aria_label=limit.name)


def _limit_names(limits: list[tuple[float, Limit]], frame: Frame) -> list[Markup]:
    """Names over their lines, drawn last so that no line runs through them; one that would meet another goes left."""
    parts: list[Markup] = []
    edge = frame.left + frame.plot - 4
    right, above = edge, -100.0
    for y, limit in sorted(limits, key=lambda pair: pair[0]):
        # The last name's own width is the room that the next one has to leave.
        right = right if y - above < 12.0 else edge
        parts.append(text(right, y - 4.0, limit.name, "label limit-name", "end"))
        right, above = right - len(limit.name) * frame.letter - 8.0, y
    return parts


def _stepped(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    path: list[tuple[float, float]] = []
    for x, y in points:
        if path:
            path.append((x, path[-1][1]))
        path.append((x, y))
    return path


def _ends(series: Series, points: list[tuple[float, float]], unit: str) -> list[Markup]:
    """The lowest and the last point as links, so that a reader can go from the line to its rows."""
    if not points:
        return []
    last = len(points) - 1
    lowest = min(range(len(points)), key=lambda i: series.points[i].value)
    found = []
    for i in sorted({lowest, last}):
        point = series.points[i]
        words = f"{series.label}, {point.day.isoformat()}: {number(point.value, unit)}"
        dot = tag("circle", tag("title", words), cx=points[i][0], cy=points[i][1], r=3, class_=f"dot {series.kind}")
        found.append(tag("a", dot, href=point.link, aria_label=words))
    return found


def _direct_labels(
    drawn: list[tuple[Series, list[tuple[float, float]]]], frame: Frame, top: float, bottom: float
) -> list[Markup]:
    """Labels at the right ends of the lines, moved apart where they would meet."""
    ends = sorted(((points[-1][1], points[-1][0], series) for series, points in drawn if points), key=lambda e: e[0])
    edge = frame.left + frame.plot
    # A line that ends early is named where it ends; a leader to the edge would look like its continuation.
    early = [end for end in ends if end[1] < edge - 150.0]
    ends = [end for end in ends if end[1] >= edge - 150.0]
    parts = _early_labels(early, frame)
    at = top - 10.0
    for i, (y, x, series) in enumerate(ends):
        room = bottom - 14.0 * (len(ends) - 1 - i)
        at = max(at + 14.0, min(y + 4.0, room))
        parts.append(line(x + 4, y, edge + 8, at - 4, f"leader {series.kind}"))
        parts.append(text(edge + 11, at, series.label, "label"))
    return parts


def _early_labels(ends: list[tuple[float, float, Series]], frame: Frame) -> list[Markup]:
    """Labels beside the ends of lines that stop early, each lifted until it stands clear of the others."""
    placed: list[tuple[float, float, float]] = []
    parts = []
    for y, x, series in sorted(ends, key=lambda end: -end[0]):
        at, width = y - 5.0, len(series.label) * frame.letter
        while any(abs(at - other) < 13.0 and x < right and x + width > left for left, other, right in placed):
            at -= 13.0
        placed.append((x, at, x + width))
        parts.append(text(x + 7, at, series.label, "label halo"))
    return parts


def _key(panel: Panel, frame: Frame) -> list[Markup]:
    """The lines' names above the plot, where the right edge has no room for them."""
    parts: list[Markup] = []
    for i, row in enumerate(_key_rows(panel, frame)):
        y = 30.0 + 16.0 * i
        for x, series in row:
            parts.append(line(x, y - 4, x + 20, y - 4, f"series {series.kind}"))
            parts.append(text(x + 25, y, series.label, "label"))
    return parts


def _key_rows(panel: Panel, frame: Frame) -> list[list[tuple[float, Series]]]:
    """The key's entries with their places, in as many rows as they need."""
    rows: list[list[tuple[float, Series]]] = [[]]
    x = 0.0
    for series in panel.lines:
        width = 36 + len(series.label) * (frame.letter + 0.8)
        if rows[-1] and x + width > frame.width:
            rows.append([])
            x = 0.0
        rows[-1].append((x, series))
        x += width
    return rows


def _description(panel: Panel) -> str:
    words = [f"{panel.quantity} by date."]
    for series in panel.lines:
        if series.points:
            first, last = series.points[0], series.points[-1]
            low = min(series.points, key=lambda point: point.value)
            words.append(
                f"{series.label}: {number(first.value, panel.unit)} on {first.day}, lowest "
                f"{number(low.value, panel.unit)} on {low.day}, {number(last.value, panel.unit)} on {last.day}."
            )
    words += [f"Limit: {limit.name}." for limit in panel.limits]
    return " ".join(words).replace(THIN, " ")
