"""What differs between two programmes: rows and values that were added, removed or changed.

Places (file and line) do not count, and neither does the order of rows. A number counts as changed when its value, its
range, its source or its status did.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cupola.base.quantity import UNITS, Quantity
from cupola.programme.functions import Need
from cupola.programme.programme import Programme
from cupola.scenario.fields import HEAD, SECTIONS, TABLES, FieldSpec, key_fields, table_specs
from cupola.scenario.writer import exact

ADDED, REMOVED, CHANGED = "added", "removed", "changed"
_HEAD = ("title", "baseline", "waived")
"""Top-level keys that are compared; two scenarios of one id would not need a comparison."""
_UNSOURCED = "given without a source"
"""How the reader begins the source of a number that has none; its place follows, which does not count."""


@dataclass(frozen=True)
class Change:
    """One difference. A row that is new or gone is one change; of a row in both, each field is one."""

    table: str
    id: str
    """Key of the row; empty for a section"""
    name: str
    """Name of the row as people read it, or its key"""
    field: str
    """Empty when the whole row is new or gone"""
    kind: str
    """``added``, ``removed`` or ``changed``"""
    old: str = ""
    new: str = ""
    old_source: str = ""
    new_source: str = ""

    @property
    def key(self) -> str:
        """The dotted key, as ``--set`` and ``explain`` take it."""
        return ".".join(part for part in (self.table, self.id, self.field) if part)

    @property
    def same_value(self) -> bool:
        """Whether only the source or the status changed."""
        return self.kind == CHANGED and self.old == self.new


def differences(first: Programme, second: Programme) -> tuple[Change, ...]:
    """Every difference between two programmes: top-level keys, sections, then tables, as ``fields.csv`` orders them."""
    found: list[Change] = []
    for field in _HEAD:
        spec = table_specs(HEAD)[field]
        found += _field(HEAD, "", "", spec, (first, getattr(first, field)), (second, getattr(second, field)))
    for section in SECTIONS:
        found += _section(section, first, second)
    for table in TABLES:
        found += _table(table, first, second)
    return tuple(found)


def written(value: float, unit: str) -> str:
    """An SI number in its edge unit with as many digits as it has, e.g. ``417 km``.

    >>> written(417_000.0, "km"), written(0.25, "1")
    ('417 km', '0.25')
    """
    text = exact(value, unit)
    number, _, other = text.partition(" ")
    number = number.removesuffix(".0")
    unit = other or unit
    return number if unit == "1" else f"{number} {unit}"


def in_words(value: object, unit: str, programme: Programme) -> str:
    """Any value of an input field in a few words; ``nothing`` for one that is blank.

    unit        edge unit of a plain number; a quantity knows its own
    programme   where the units of functions stand
    """
    if value is None or value == "" or value == ():
        return "nothing"
    if isinstance(value, Quantity):
        text = written(value.value, value.unit)
        ends = (written(value.low, value.unit), written(value.high, value.unit))
        return text if value.low == value.high else f"{text} ({ends[0]} to {ends[1]})"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return written(value, unit if unit in UNITS else "1")
    if isinstance(value, tuple):
        return "; ".join(_part(part, programme) for part in value)
    return str(value)


def _part(part: object, programme: Programme) -> str:
    """One item of a list: a need, a (partner, people) or (day, port) pair, or a word."""
    if isinstance(part, Need):
        function = programme.functions.get(part.subject) if part.kind == "function" else None
        amount = f" {written(part.amount, function.unit)}" if part.amount and function else ""
        return f"{part.kind} {part.subject}{amount}"
    return " ".join(str(piece) for piece in part) if isinstance(part, tuple) else str(part)


def _section(section: str, first: Programme, second: Programme) -> Iterator[Change]:
    """Changes of a section; one that only one side has is told field by field, without its blank fields."""
    old, new = getattr(first, section), getattr(second, section)
    for field, spec in table_specs(section).items():
        if old is None or new is None:
            side, noun, kind = (first, old, REMOVED) if new is None else (second, new, ADDED)
            value = getattr(noun, field, None)
            if noun is None or value in (None, "", ()):
                continue
            text = in_words(value, _unit(spec, noun), side)
            if kind == ADDED:
                yield Change(section, "", "", field, kind, new=text, new_source=_source(value))
            else:
                yield Change(section, "", "", field, kind, old=text, old_source=_source(value))
            continue
        yield from _field(
            section, "", "", spec, (first, getattr(old, field)), (second, getattr(new, field)), _unit(spec, new)
        )


def _table(table: str, first: Programme, second: Programme) -> Iterator[Change]:
    """Changes of a table: rows that are gone, rows that are new, and fields of those in both."""
    old, new = rows_of(first, table), rows_of(second, table)
    for key in old:
        if key not in new:
            yield Change(table, key, _name(old[key], key), "", REMOVED, old_source=getattr(old[key], "source", ""))
    for key, row in new.items():
        if key not in old:
            yield Change(table, key, _name(row, key), "", ADDED, new_source=getattr(row, "source", ""))
            continue
        for field, spec in table_specs(table).items():
            if field in ("id", "source", "status"):
                continue
            yield from _field(
                table,
                key,
                _name(row, key),
                spec,
                (first, getattr(old[key], field)),
                (second, getattr(row, field)),
                _unit(spec, row),
                (old[key], row),
            )
        yield from _sources(table, key, old[key], row)


def _sources(table: str, key: str, old: object, row: object) -> Iterator[Change]:
    """A row's own source or status."""
    for field in ("source", "status"):
        before, after = getattr(old, field, ""), getattr(row, field, "")
        if before != after:
            yield Change(table, key, _name(row, key), field, CHANGED, before, after)


def _field(
    table: str,
    key: str,
    name: str,
    spec: FieldSpec,
    old: tuple[Programme, Any],
    new: tuple[Programme, Any],
    unit: str = "1",
    rows: tuple[object, object] = (None, None),
) -> Iterator[Change]:
    """The change of one field, when there is one. ``old`` and ``new`` are a programme with its value."""
    if _bare(old[1], rows[0]) == _bare(new[1], rows[1]):
        return
    yield Change(
        table,
        key,
        name,
        spec.field,
        CHANGED,
        in_words(old[1], unit, old[0]),
        in_words(new[1], unit, new[0]),
        _source(old[1]) or getattr(rows[0], "source", ""),
        _source(new[1]) or getattr(rows[1], "source", ""),
    )


def _bare(value: object, row: object) -> object:
    """A value without its place, and without a source and status that are those of its row."""
    if not isinstance(value, Quantity):
        return value
    own = ("" if value.source.startswith(_UNSOURCED) else value.source, value.status)
    of_row = (getattr(row, "source", None), getattr(row, "status", None))
    return value.value, value.low, value.high, None if own == of_row else own


def _source(value: object) -> str:
    return value.source if isinstance(value, Quantity) else ""


def _unit(spec: FieldSpec, row: object) -> str:
    """Edge unit of a plain number."""
    return str(getattr(row, "unit", "1")) if spec.unit.startswith("@") else spec.unit or "1"


def rows_of(programme: Programme, table: str) -> Mapping[str, Any]:
    """The rows of a table by the key that names them."""
    rows = getattr(programme, table)
    if isinstance(rows, dict):
        return rows
    return {", ".join(str(getattr(row, field)) for field in key_fields(table)): row for row in rows}


def _name(row: object, key: str) -> str:
    """What people call a row."""
    for field in ("name", "paraphrase", "what", "vehicle"):
        text = getattr(row, field, "")
        if isinstance(text, str) and text:
            return text
    day = getattr(row, "day", None)
    return day.isoformat() if isinstance(day, dt.date) else key
