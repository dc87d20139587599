"""The tables of a report as a reader wants them: what is missing by year, who provides what, what is uncertain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from cupola.report.charts.strips import swatch
from cupola.report.charts.svg import tag
from cupola.report.links import Links
from cupola.report.names import Names
from cupola.report.view import Row, Tables
from cupola.report.wording import DASH, clean, exact, number

GENERAL_KNOWLEDGE = "K"


@dataclass(frozen=True)
class Grid:
    """A table with named rows and columns; ``cells`` is row by column."""

    columns: list[Markup | str]
    rows: list[Markup | str]
    cells: list[list[Markup]]


def missing_grid(tables: Tables, links: Links) -> Grid | None:
    """What is missing by year: a row a need, a column a year; nothing missing is a dash."""
    found = {(row.text("what"), int(row.number("year") or 0)): row for row in tables.rows("missing")}
    whats = list(dict.fromkeys(what for what, _ in found))
    years = sorted({year for _, year in found})
    years = [y for y in years if any((row.number("missing") or 0.0) > 0 for (_, at), row in found.items() if at == y)]
    cells = [[_missing(found.get((what, year)), links) for year in years] for what in whats]
    # A need of which nothing is ever missing would only make the table longer.
    kept = [
        i
        for i, what in enumerate(whats)
        if any((found[what, y].number("missing") or 0) > 0 for y in years if (what, y) in found)
    ]
    if not kept:
        return None
    names = [_with_unit(whats[i], next(row for (what, _), row in found.items() if what == whats[i])) for i in kept]
    return Grid([str(year) for year in years], list(names), [cells[i] for i in kept])


def _with_unit(what: str, row: Row) -> Markup:
    unit = clean(row.text("unit"), 24)
    return Markup("{}{}").format(
        clean(what, 80), Markup(' <span class="unit">{}</span>').format(unit) if unit not in ("", "1", what) else ""
    )


def _missing(row: Row | None, links: Links) -> Markup:
    if row is None or (row.number("missing") or 0.0) <= 0.0:
        return Markup(DASH)
    unit = row.text("unit")
    words = f"with the partner {number(row.number('baseline'), unit)}, without it {number(row.number('case'), unit)}"
    return Markup('<a class="cell" href="{}" title="{}">{}</a>').format(
        links.to(row), words, number(row.number("missing"))
    )


@dataclass(frozen=True)
class Share:
    """One cell of the dependence matrix."""

    mark: Markup
    """A square whose filled area is the share"""
    value: Markup
    notes: tuple[str, ...]
    """``only``, ``falls``, ``gone``"""
    words: str


@dataclass(frozen=True)
class Matrix:
    """Function by partner."""

    partners: list[str]
    gone: list[bool]
    rows: list[tuple[str, list[Share | None]]]


def matrix(tables: Tables, names: Names, leaver: str, links: Links) -> Matrix | None:
    """Who provides how much of each function on the first day."""
    found = {(row.text("function"), row.text("partner")): row for row in tables.rows("dependence")}
    if not found:
        return None
    partners = names.ordered(partner for _, partner in found)
    functions = {
        row.text("function"): clean(row.text("name") or names.name(row.text("function")), 80) for row in found.values()
    }
    rows = [
        (name, [_share(found.get((function, partner)), partner == leaver, names, links) for partner in partners])
        for function, name in functions.items()
    ]
    return Matrix([names.name(partner) for partner in partners], [partner == leaver for partner in partners], rows)


def _share(row: Row | None, gone: bool, names: Names, links: Links) -> Share | None:
    share = row.number("share") if row else None
    if row is None or (not share and not row.flag("falls")):
        return None
    share = share or 0.0
    notes = [note for note in ("only", "falls") if row.flag(note)] + (["gone"] if gone else [])
    side = 18.0 * max(0.0, min(1.0, share)) ** 0.5
    square = tag(
        "rect", x=1, y=19.0 - side, width=side, height=side, class_=f"p{names.place(row.text('partner'))} area"
    )
    parts = [tag("rect", x=1, y=1, width=18, height=18, class_="whole"), square]
    if gone:
        parts.append(tag("path", d="M1 1L19 19M19 1L1 19", class_="cross"))
    words = f"{number(row.number('capacity'), row.text('unit'))} of {row.text('name')}"
    drawing = tag("svg", *parts, viewBox="0 0 20 20", class_="share", aria_hidden="true")
    return Share(drawing, links.wrap(row, f"{number(share * 100)}\u2009%"), tuple(notes), clean(words))


@dataclass(frozen=True)
class Uncertain:
    """One number that rests on general knowledge."""

    row: Row
    text: str
    value: Markup
    range: str


def uncertain(tables: Tables, links: Links) -> list[Uncertain]:
    """Numbers of the record for which no text was found, widest relative range first."""
    found = []
    for row in tables.rows("record"):
        value, low, high = row.number("value"), row.number("low"), row.number("high")
        if row.text("status") != GENERAL_KNOWLEDGE or value is None:
            continue
        unit = row.text("unit")
        wide = ((high or value) - (low or value)) / abs(value) if value else 0.0
        shown = (
            f"{number(low)} to {number(high, unit)}" if low is not None and high is not None and low != high else DASH
        )
        found.append(
            (wide, row.index, Uncertain(row, clean(row.text("text"), 200), links.number(row, "value", unit), shown))
        )
    return [entry for _, _, entry in sorted(found, key=lambda item: (-item[0], item[1]))]


def sources(tables: Tables) -> list[str]:
    """The sources behind the answers, each once."""
    seen: dict[str, None] = {}
    for table, column in (("answers", "sources"), ("because", "source"), ("obligations", "source")):
        for row in tables.rows(table):
            for source in row.text(column).split(" | "):
                if source.strip():
                    seen.setdefault(clean(source, 300).strip())
    return list(seen)


def partner_key(tables: Tables, names: Names, baseline: Tables | None) -> list[tuple[Markup, str]]:
    """A sample of colour and hatch for each partner that flies or provides something, for the key."""
    rows = [*tables.rows("stays"), *(baseline.rows("stays") if baseline else [])]
    partners = names.ordered(names.acts_for(row.text("partner")) for row in rows)
    return [(swatch(f"key-{i}", names.place(p)), names.name(p)) for i, p in enumerate(partners)]


def manifest_rows(manifest: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The manifest flattened to name and value, names of partners and the like left out: the page shows those."""
    hidden = ("partners", "functions", "ports", "vehicles", "provisions", "rules", "span")
    found: list[tuple[str, str]] = []
    _flatten({key: value for key, value in manifest.items() if key not in hidden}, "", found)
    return found[:300]


def _flatten(value: Any, name: str, found: list[tuple[str, str]]) -> None:
    if isinstance(value, Mapping):
        for key, entry in value.items():
            _flatten(entry, f"{name} \u203a {clean(str(key), 120)}" if name else clean(str(key), 120), found)
    elif isinstance(value, list | tuple):
        found.append((name, clean(", ".join(str(entry) for entry in value[:100])) or "none"))
    else:
        found.append((name, exact(value) or "none"))
