"""The needs of one function as a graph: the function at the left, its providers, what they need, where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from cupola.report.charts.partners import Partners, key_of
from cupola.report.charts.svg import line, tag, text

BOX, HIGH, GAP, STEP = 178.0, 28.0, 56.0, 36.0
PLACES = ("element", "vehicle", "site", "store", "trained")
"""Kinds that need nothing further; they stand in the last column"""
SAID = {"trained": "somebody trained by ", "store": "stock of "}


def graph(found: Mapping[str, Any], partners: Partners) -> tuple[float, float, list[Markup]]:
    """Width, height and parts of the graph."""
    inner = [node for node in found["nodes"] if node["kind"] not in PLACES]
    last = max((node["level"] for node in inner), default=0) + 1
    columns: dict[int, list[Mapping[str, Any]]] = {}
    for node in found["nodes"]:
        columns.setdefault(last if node["kind"] in PLACES else node["level"], []).append(node)
    columns[last] = sorted(columns.get(last, []), key=lambda node: PLACES.index(node["kind"]))
    tallest = max(len(nodes) for nodes in columns.values())
    where: dict[str, tuple[float, float]] = {}
    for column, nodes in columns.items():
        # Each column is spread over the height of the tallest one.
        step = STEP * tallest / max(1, len(nodes))
        for place, node in enumerate(nodes):
            where[node["key"]] = (column * (BOX + GAP), 24.0 + (place + 0.5) * step)
    parts = key_of(partners, 0.0, 10.0, (last + 1) * (BOX + GAP))
    for edge in found["edges"]:
        place = edge["below"].partition("/")[0] in PLACES
        parts.append(_edge(where[edge["above"]], where[edge["below"]], "edge place" if place else "edge"))
    for nodes in columns.values():
        for node in nodes:
            parts += _node(node, partners, *where[node["key"]])
    height = 24.0 + STEP * tallest
    words = "A line leads to what is needed. A function takes one of its providers, a provider each of its needs. "
    parts.append(text(0.0, height + 20.0, f"{words}Crossed: lost, or fallen with what is lost.", "soft small"))
    return (last + 1) * (BOX + GAP) - GAP, height + 26.0, parts


def _edge(above: tuple[float, float], below: tuple[float, float], class_: str) -> Markup:
    """A curve from the right side of one box to the left side of another; backwards it goes round by the left."""
    x, y = above[0] + BOX, above[1]
    right, end = below
    bend = GAP * 0.6 if right > x else -GAP * 0.6
    if right <= x:
        x = above[0]
        right = below[0] + BOX if below[0] < above[0] else below[0]
    return tag("path", class_=class_, d=f"M{x:g} {y:g}C{x + bend:g} {y:g} {right - bend:g} {end:g} {right:g} {end:g}")


def _node(node: Mapping[str, Any], partners: Partners, x: float, y: float) -> list[Markup]:
    """One box: a bar in the partner's colour, its name, a cross where it does not stand."""
    top = y - HIGH / 2
    parts = [tag("rect", class_="box", x=x, y=top, width=BOX, height=HIGH, rx=4)]
    if node["partner"]:
        parts += partners.fill(node["partner"], x=x, y=top, width=10.0, height=HIGH)
    name = SAID.get(node["kind"], "") + node["name"]
    most = int((BOX - 20.0) / 6.4)
    shown = name if len(name) <= most else f"{name[: most - 1]}\u2026"
    words = tag(
        "text", tag("title", f"{node['kind']} {node['id']}: {name}"), shown, x=x + 15.0, y=y + 4.0,
        class_="head" if node["kind"] == "function" else "small",
    )  # fmt: skip
    parts.append(words)
    if not node["stands"]:
        parts.append(line(x, top, x + BOX, top + HIGH, "gone"))
        parts.append(line(x, top + HIGH, x + BOX, top, "gone"))
    return parts
