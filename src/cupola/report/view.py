"""What a report sees of a run: a manifest and tables, made regular.

A run hands out columns as lists or NumPy arrays, dates as ``date`` or ``datetime64``, missing values as None or
NaN. Here they become rows of plain Python values, so that templates and charts need not care.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from cupola.base.tables import TABLES
from cupola.base.time import parse_date


class RunView(Protocol):
    """A finished run, as the report needs it."""

    @property
    def manifest(self) -> Any:
        """The manifest, a mapping as in ``manifest.json`` (a dataclass of the same fields will do)."""

    def table(self, name: str) -> Mapping[str, Any]:
        """Columns of one table by name."""


@dataclass(frozen=True)
class Row:
    """One row of one table of one run; ``run`` is ``case`` or ``baseline``."""

    run: str
    table: str
    index: int
    values: dict[str, Any]

    @property
    def anchor(self) -> str:
        """The id that the row has in the appendix."""
        return f"row-{self.table}-{self.index}" if self.run == "case" else f"row-{self.run}-{self.table}-{self.index}"

    def text(self, column: str) -> str:
        """A text cell; empty when missing."""
        value = self.values.get(column)
        return "" if value is None else str(value)

    def number(self, column: str) -> float | None:
        """A number cell; None when missing."""
        value = self.values.get(column)
        return value if isinstance(value, int | float) else None

    def date(self, column: str) -> dt.date | None:
        """A date cell; None when missing."""
        value = self.values.get(column)
        return value if isinstance(value, dt.date) else None

    def flag(self, column: str) -> bool:
        """A yes-or-no cell; missing counts as no."""
        return bool(self.values.get(column))


class Tables:
    """The tables of one run as rows, each read once."""

    def __init__(self, view: RunView, run: str) -> None:
        self.run = run
        self.manifest = as_mapping(view.manifest)
        self._view = view
        self._read: dict[str, list[Row]] = {}

    def rows(self, name: str) -> list[Row]:
        """All rows of a table; empty when the run does not have it."""
        if name not in self._read:
            self._read[name] = self._load(name)
        return self._read[name]

    def _load(self, name: str) -> list[Row]:
        # A table that the run does not hold is empty; one that it holds but cannot read is an error to pass on.
        held = getattr(self._view, "tables", None)
        if held is not None and name not in held:
            return []
        try:
            columns = self._view.table(name)
        except KeyError:
            return []
        known = [column for column in TABLES[name].columns if column.name in columns]
        types = {column.name: column.type for column in known}
        cells = {column: [_cell(value, types[column]) for value in columns[column]] for column in types}
        count = min((len(column) for column in cells.values()), default=0)
        return [Row(self.run, name, i, {column: cells[column][i] for column in cells}) for i in range(count)]


def as_mapping(manifest: object) -> dict[str, Any]:
    """The manifest as a dictionary, whether it came as one or as a dataclass."""
    if isinstance(manifest, Mapping):
        return dict(manifest)
    if dataclasses.is_dataclass(manifest) and not isinstance(manifest, type):
        return dataclasses.asdict(manifest)
    return {}


def manifest_date(manifest: Mapping[str, Any], *keys: str) -> dt.date | None:
    """The first of the (dotted) keys that holds a date."""
    for key in keys:
        value: Any = manifest
        for part in key.split("."):
            value = _step(value, part)
        if isinstance(value, dt.date):
            return value
        if isinstance(value, str):
            try:
                return parse_date(value)
            except ValueError:
                continue
    return None


def _step(value: Any, part: str) -> Any:
    if isinstance(value, Mapping):
        return value.get(part)
    if isinstance(value, list | tuple) and part.isdigit() and int(part) < len(value):
        return value[int(part)]
    return None


def _cell(value: Any, kind: str) -> Any:
    """One cell as bool, int, float, str, date or None."""
    if value is None:
        return None
    if kind == "DATE":
        return _date(value)
    if kind == "VARCHAR":
        return str(value)
    try:
        if value != value or not math.isfinite(value):
            return None
    except (TypeError, ValueError):
        return None
    if kind == "BOOLEAN":
        return bool(value)
    return int(value) if kind == "INTEGER" else float(value)


def _date(value: Any) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    text = str(value)[:10]
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        # NumPy writes a missing day as NaT.
        return None
