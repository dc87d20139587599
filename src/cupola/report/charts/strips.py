"""Bars on the shared time axis: ships at ports, what still works, obligations. A row a thing, gaps visible."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from markupsafe import Markup

from cupola.report.charts.axis import Frame, TimeAxis
from cupola.report.charts.svg import line, picture, tag, text
from cupola.report.palette import HATCHES

LEVELS = {"kept": (0.0, 13.0), "waived": (15.0, 6.0), "baseline": (23.0, 4.0)}
"""Offset and height of a bar within its row, by lane."""
ROW = 34.0


@dataclass(frozen=True)
class Bar:
    """One spell of one thing. ``fill`` is a class; ``hatch`` one of the palette's; ``level`` a lane's kind."""

    start: dt.date
    end: dt.date
    level: str
    fill: str
    words: str
    """Title for a pointer and for readers of the page by ear."""
    link: str
    label: str = ""
    """Short words inside the bar, shown where they fit."""
    hatch: str = "none"
    broken: dt.date | None = None
    """Day to mark with a cross."""


@dataclass(frozen=True)
class Track:
    """One row of a strip."""

    label: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Strip:
    """A strip of rows; ``tall`` rows hold the three lanes, others only one bar."""

    name: str
    title: str
    description: str
    tracks: tuple[Track, ...]
    tall: bool = True


def draw(strip: Strip, axis: TimeAxis, frame: Frame) -> Markup:
    """The strip as SVG in one frame."""
    step = (ROW if strip.tall else 22.0) + (14.0 if frame.narrow else 0.0)
    top = 6.0
    bottom = top + step * len(strip.tracks)
    used = sorted({bar.hatch for track in strip.tracks for bar in track.bars} - {"none"})
    name = f"{strip.name}-{frame.name}"
    parts = [patterns(name, used)] if used else []
    parts += axis.grid(frame, top, bottom)
    for i, track in enumerate(strip.tracks):
        y = top + i * step
        parts.append(line(0, y, frame.left + frame.plot, y, "grid"))
        if frame.narrow:
            parts.append(text(0, y + 12, _fit(track.label, frame.width, frame.letter), "label halo"))
            y += 14.0
        else:
            parts.append(text(0, y + 15, _fit(track.label, frame.left - 8, frame.letter), "label halo"))
        parts.extend(_bar(bar, axis, frame, y + 4, name) for bar in track.bars)
    return picture(name, strip.title, strip.description, frame.width, bottom + 20, *parts, kind=frame.name)


def _bar(bar: Bar, axis: TimeAxis, frame: Frame, y: float, name: str) -> Markup:
    offset, height = LEVELS[bar.level]
    x, right = axis.x(bar.start, frame), axis.x(bar.end, frame)
    width = max(1.5, right - x)
    place = {"x": x, "y": y + offset, "width": width, "height": height}
    parts = [tag("title", bar.words), tag("rect", class_=f"bar {bar.level} {bar.fill}", **place)]
    if bar.hatch != "none" and bar.level == "kept":
        parts.append(tag("rect", fill=f"url(#{name}-{bar.hatch})", **place))
    if bar.label and bar.level == "kept" and len(bar.label) * frame.letter + 6 <= width:
        parts.append(text(x + 4, y + offset + 10.5, bar.label, "inbar"))
    if bar.broken is not None:
        at = axis.x(bar.broken, frame)
        parts.append(line(at - 4, y + 2, at + 4, y + 11, "cross"))
        parts.append(line(at - 4, y + 11, at + 4, y + 2, "cross"))
    return tag("a", *parts, href=bar.link)


def patterns(name: str, hatches: list[str]) -> Markup:
    """Hatches that tell partners apart in print."""
    strokes = {
        "diagonal": ("M0 6L6 0",),
        "back": ("M0 0L6 6",),
        "upright": ("M3 0V6",),
        "level": ("M0 3H6",),
        "cross": ("M0 3H6", "M3 0V6"),
        "dots": ("M2 2h1.6v1.6h-1.6z",),
    }
    found = [
        tag(
            "pattern",
            *(tag("path", d=d, class_="hatch") for d in strokes[hatch]),
            id=f"{name}-{hatch}",
            width=6,
            height=6,
            patternUnits="userSpaceOnUse",
        )
        for hatch in hatches
        if hatch in HATCHES
    ]
    return tag("defs", *found)


def swatch(name: str, place: int) -> Markup:
    """A small sample of a partner's colour and hatch, for a key."""
    hatch = HATCHES[place]
    box = {"x": 0.5, "y": 0.5, "width": 20, "height": 12}
    parts = [patterns(name, [hatch])] if hatch != "none" else []
    parts.append(tag("rect", class_=f"bar kept p{place}", **box))
    if hatch != "none":
        parts.append(tag("rect", fill=f"url(#{name}-{hatch})", **box))
    return tag("svg", *parts, class_="swatch", viewBox="0 0 21 13", aria_hidden="true")


def _fit(words: str, width: float, letter: float) -> str:
    most = max(4, int(width / letter))
    return words if len(words) <= most else words[: most - 1] + "\u2026"
