"""Function x partner on a day: the share as a filled area, the only provider framed, what falls with others marked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from cupola.report.charts.partners import Partners
from cupola.report.charts.svg import line, tag, text

CELL, WIDE, LEFT, RIGHT = 26.0, 92.0, 230.0, 420.0


def matrix(found: Mapping[str, Any], partners: Partners) -> tuple[float, float, list[Markup]]:
    """Width, height and parts of the matrix."""
    cells = {(row["function"], row["partner"]): row for row in found["dependence"]}
    functions = {row["function"]: row["name"] for row in found["dependence"]}
    columns = [key for key in partners.ids if any(partner == key for _, partner in cells)]
    single: dict[str, list[str]] = {}
    vital = {row["function"] for row in found["single_points"] if row["vital"]}
    for row in found["single_points"]:
        single.setdefault(row["function"], []).append(row["losses"][0].partition("/")[2])
    parts: list[Markup] = []
    for place, key in enumerate(columns):
        parts.append(text(LEFT + (place + 0.5) * WIDE, 14.0, partners.name(key), "head", "middle"))
    ends = LEFT + len(columns) * WIDE + 12.0
    parts.append(text(ends, 14.0, "One loss that ends it", "head"))
    y = 24.0
    for function, name in functions.items():
        parts.append(line(0.0, y, ends + RIGHT, y, "grid"))
        parts.append(text(0.0, y + 17.0, name, "head" if function in vital else ""))
        for place, key in enumerate(columns):
            if (function, key) in cells:
                parts += _cell(cells[function, key], partners, LEFT + place * WIDE, y + 3.0)
        told = ", ".join(single.get(function, []))
        most = int(RIGHT / 6.2)
        parts.append(text(ends, y + 17.0, told if len(told) <= most else f"{told[: most - 1]}\u2026", "small"))
        y += CELL
    parts.append(line(0.0, y, ends + RIGHT, y, "grid"))
    words = (
        "Filled: share of all that is provided. Framed: the only provider. Arrow: what others provide falls with it. "
    )
    parts.append(text(0.0, y + 18.0, f"{words}Bold: a vital function that one loss ends.", "soft small"))
    return ends + RIGHT, y + 22.0, parts


def _cell(row: Mapping[str, Any], partners: Partners, x: float, y: float) -> list[Markup]:
    """One cell: its bar, frame, share in words, and an arrow where others fall."""
    room, height = WIDE - 44.0, CELL - 6.0
    parts = [tag("rect", class_="box", x=x + 4.0, y=y, width=room, height=height)]
    if row["share"] > 0.0:
        parts += partners.fill(row["partner"], x=x + 4.0, y=y, width=max(1.0, room * row["share"]), height=height)
        percent = f"{100.0 * row['share']:.0f} %" if row["share"] >= 0.01 else "< 1 %"
        parts.append(text(x + room + 8.0, y + 14.0, percent, "small"))
    if row["only"]:
        parts.append(tag("rect", class_="only", x=x + 4.0, y=y, width=room, height=height))
    if row["falls"]:
        at = x + room - 6.0
        parts.append(tag("path", class_="falls", d=f"M{at:g} {y + 4:g}v10m-4 -4l4 4l4 -4"))
    return parts
