"""Functions over months: who provides which share, and without whom nothing would be left."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from cupola.report.charts.axis import Frame, TimeAxis
from cupola.report.charts.partners import Partners, key_of
from cupola.report.charts.svg import line, text

ROW, BAR, UNDER = 30.0, 15.0, 5.0
FRAME = Frame("wide", 1100.0, 210.0, 150.0, 7.0)
MONTH = dt.timedelta(days=31)


def months(found: Mapping[str, Any], partners: Partners) -> tuple[float, float, list[Markup]]:
    """Width, height and parts of the strips."""
    rows: dict[str, list[Mapping[str, Any]]] = {}
    for row in found["months"]:
        rows.setdefault(row["function"], []).append(row)
    axis = TimeAxis(found["from"], _after(found["to"]), None)
    top, bottom = 24.0, 24.0 + ROW * len(rows)
    parts = key_of(partners, 0.0, 10.0, FRAME.width)
    parts += axis.grid(FRAME, top, bottom)
    now = axis.x(found["as_of"], FRAME)
    totals = {row["function"]: row for row in found["summary"]}
    y = top
    for key, listed in rows.items():
        parts.append(text(0.0, y + 15.0, listed[0]["name"][:30], "head" if listed[0]["vital"] else ""))
        parts += _function(listed, axis, partners, y + 3.0)
        parts.append(text(FRAME.left + FRAME.plot + 6.0, y + 15.0, _always(totals[key], partners), "small"))
        y += ROW
    parts.append(line(0.0, bottom, FRAME.width, bottom, "grid"))
    if axis.start <= found["as_of"] <= axis.end:
        parts.append(line(now, top, now, bottom, "asof"))
    words = "Bar: shares of what is provided. Line below it: a partner without whom nothing is left. "
    words += "Bold: a vital function. Broken line: the as-of day; plans after it."
    parts.append(text(0.0, bottom + 34.0, words, "soft small"))
    return FRAME.width, bottom + 40.0, parts


def _after(day: dt.date) -> dt.date:
    """A month later, as far as the calendar goes."""
    return day + MONTH if dt.date.max - day > MONTH else dt.date.max


def _function(rows: Sequence[Mapping[str, Any]], axis: TimeAxis, partners: Partners, y: float) -> list[Markup]:
    """The bar of one function and the line of needed partners below it, spell by spell."""
    ends = [row["date"] for row in rows[1:]] + [_after(rows[-1]["date"])]
    parts: list[Markup] = []
    paired = zip(rows, ends, strict=True)
    for shares, spell in itertools.groupby(paired, key=lambda pair: _shares(pair[0])):
        x, width = _span(list(spell), axis)
        under = y
        for partner, share in shares:
            parts += partners.fill(partner, x=x, y=under, width=width, height=BAR * share)
            under += BAR * share
    paired = zip(rows, ends, strict=True)
    for needed, spell in itertools.groupby(paired, key=lambda pair: _needed(pair[0])):
        x, width = _span(list(spell), axis)
        for place, partner in enumerate(needed):
            height = UNDER / len(needed)
            parts += partners.fill(partner, x=x, y=y + BAR + 2.0 + place * height, width=width, height=height)
    return parts


def _span(spell: Sequence[tuple[Mapping[str, Any], dt.date]], axis: TimeAxis) -> tuple[float, float]:
    x, right = axis.x(spell[0][0]["date"], FRAME), axis.x(spell[-1][1], FRAME)
    return x, max(0.5, right - x)


def _shares(row: Mapping[str, Any]) -> tuple[tuple[str, float], ...]:
    """Partners with their share, rounded so that spells are not cut by what nobody sees."""
    if not row["stands"] or row["capacity"] <= 0.0:
        return ()
    return tuple((key, round(amount / row["capacity"], 2)) for key, amount in row["partners"].items())


def _needed(row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(key.partition("/")[2] for key in row["single"] if key.startswith("partner/"))


def _always(row: Mapping[str, Any], partners: Partners) -> str:
    """Partners without whom it never stands."""
    names = [
        partners.name(key.partition("/")[2])
        for key, number in row["single"].items()
        if key.startswith("partner/") and number == row["stood"]
    ]
    return f"never without {', '.join(names)}"[:28] if names else ""
