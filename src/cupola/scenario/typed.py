"""Rows with typed values, on which the checks work. A value that is missing or wrong is simply not there.

The nouns are made only when nothing is wrong; so the checks look at these rows, and one mistake hides no other.
"""

from __future__ import annotations

import datetime as dt

from cupola.base.quantity import Quantity
from cupola.programme.functions import Need
from cupola.scenario.cells import Row


class TypedRow:
    """The values of one row by field, with their places."""

    __slots__ = ("cells", "id", "table", "values", "where")

    def __init__(self, table: str, key: str, where: str, cells: Row) -> None:
        self.table, self.id, self.where, self.cells = table, key, where, cells
        self.values: dict[str, object] = {}

    def copy(self) -> TypedRow:
        """A row that may be changed without changing this one."""
        other = TypedRow(self.table, self.id, self.where, self.cells)
        other.values = dict(self.values)
        return other

    def place(self, field: str) -> str:
        """Where the field was written, or the row when it was not."""
        cell = self.cells.get(field)
        return cell.where if cell is not None else self.where

    def key(self, field: str) -> str:
        """The dotted key of a field."""
        return f"{self.table}.{self.id}.{field}" if self.id else f"{self.table}.{field}"

    def text(self, field: str) -> str:
        """A text or id; empty when absent."""
        value = self.values.get(field)
        return value if isinstance(value, str) else ""

    def day(self, field: str) -> dt.date | None:
        """A date, or None."""
        value = self.values.get(field)
        return value if isinstance(value, dt.date) else None

    def quantity(self, field: str) -> Quantity | None:
        """A quantity, or None."""
        value = self.values.get(field)
        return value if isinstance(value, Quantity) else None

    def number(self, field: str) -> float | None:
        """A number in SI, or None."""
        value = self.values.get(field)
        return float(value) if isinstance(value, (int, float)) else None

    def names(self, field: str) -> tuple[str, ...]:
        """The ids of a list or of a single reference; empty when absent."""
        value = self.values.get(field)
        if isinstance(value, str):
            return (value,) if value else ()
        return tuple(part for part in value if isinstance(part, str)) if isinstance(value, tuple) else ()

    def crew(self, field: str) -> tuple[tuple[str, int], ...]:
        """(partner, people) pairs; empty when absent."""
        value = self.values.get(field)
        pairs = value if isinstance(value, tuple) else ()
        return tuple((part[0], part[1]) for part in pairs if isinstance(part, tuple) and isinstance(part[1], int))

    def moves(self, field: str) -> tuple[tuple[dt.date, str], ...]:
        """(day, port) pairs; empty when absent."""
        value = self.values.get(field)
        pairs = value if isinstance(value, tuple) else ()
        return tuple((part[0], part[1]) for part in pairs if isinstance(part, tuple) and isinstance(part[0], dt.date))

    def needs(self) -> tuple[Need, ...]:
        """What a provision needs; empty when absent."""
        value = self.values.get("needs")
        return tuple(part for part in value if isinstance(part, Need)) if isinstance(value, tuple) else ()


TypedTables = dict[str, dict[str, TypedRow]]
"""Typed rows by table and id; every table and every given section is there."""
