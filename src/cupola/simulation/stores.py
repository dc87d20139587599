"""Where the kilograms are: the rows of the ledger, their levels and their room.

Levels are kg, shape (rows, n), rows sorted so that a commodity is one contiguous block. Every operation is a few
elementwise NumPy calls, so that a future's bits do not depend on how many others are computed with it.

Assumptions and limits: a negative or NaN amount is found when the ledger is checked, not at the call, where it would
cost as much as the operation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cupola.base.errors import DomainError, InvariantError
from cupola.physics.chemistry import Number
from cupola.simulation.accounts import TINY, Array


@dataclass(frozen=True)
class Row:
    """One tank, stock or cabin: kg of one commodity in one place."""

    id: str
    commodity: str
    capacity: float
    """kg; ``inf`` where nothing limits it"""
    listed: bool = False
    """Whether the programme lists it; else it is a ship's tank or what arises aboard"""


class Stores:
    """Levels and capacities of every row in every future."""

    def __init__(self, rows: Sequence[Row], width: int) -> None:
        """Empty rows, sorted by commodity. Raises DomainError for ids used twice and capacities below zero."""
        order = list(dict.fromkeys(row.commodity for row in rows))
        self.rows = tuple(sorted(rows, key=lambda row: order.index(row.commodity)))
        self.width = width
        self._index = {row.id: place for place, row in enumerate(self.rows)}
        if len(self._index) != len(self.rows) or any(not row.capacity >= 0.0 for row in self.rows):
            raise DomainError("ledger: row ids must differ and capacities must be numbers not below zero")
        self.blocks = _blocks(self.rows)
        self.levels: Array = np.zeros((len(self.rows), width))
        self.capacity: Array = np.array([row.capacity for row in self.rows])[:, None] * np.ones(width)
        self.bounded = [bool(np.isfinite(row.capacity)) for row in self.rows]
        self._least: Array = np.zeros(width)

    def row(self, id: str) -> int:
        """Place of a row."""
        return self._index[id]

    def block(self, commodity: str) -> slice:
        """Rows of a commodity; an empty slice where it has none."""
        return self.blocks.get(commodity, slice(0, 0))

    def holds(self, id: str) -> bool:
        """Whether there is a row of this id."""
        return id in self._index

    def listed(self, commodity: str) -> int:
        """How many of a commodity's rows, which come first, are tanks and stocks that the programme lists."""
        return sum(row.listed for row in self.rows[self.block(commodity)])

    def level(self, id: str) -> Array:
        """A view (n,) of one row's level [kg]; not to be written to."""
        view: Array = self.levels[self._index[id]]
        return view

    def total(self, rows: str | slice, out: Array | None = None) -> Array:
        """Sum (n,) of a commodity's rows, or of a slice of rows [kg], added row by row in order."""
        place = self.block(rows) if isinstance(rows, str) else rows
        out = np.empty(self.width) if out is None else out
        if place.stop <= place.start:
            out[...] = 0.0
            return out
        if place.stop - place.start == 1:
            np.copyto(out, self.levels[place.start])
            return out
        np.add(self.levels[place.start], self.levels[place.start + 1], out=out)
        for row in range(place.start + 2, place.stop):
            np.add(out, self.levels[row], out=out)
        return out

    def set_capacity(self, row: int, capacity: Number) -> None:
        """Give a row another capacity [kg], a number or (n,). Raises DomainError below its level."""
        if not np.all(self.levels[row] <= capacity):
            raise DomainError(f"{self.rows[row].id}: got a capacity of {capacity} kg; expected at least its level")
        self.capacity[row] = capacity
        self.bounded[row] = bool(np.any(np.isfinite(self.capacity[row])))

    def move(self, source: int, target: int, amount: Number) -> Array:
        """Carry up to ``amount`` [kg] from one row to another of the same commodity; returns what was moved."""
        if self.rows[source].commodity != self.rows[target].commodity:
            raise DomainError(f"{self.rows[source].id} to {self.rows[target].id}: not one commodity")
        moved = self._wanted(amount)
        np.minimum(moved, self.levels[source], out=moved)
        self._fit(target, moved)
        np.subtract(self.levels[source], moved, out=self.levels[source])
        self._raise(target, moved)
        return moved

    def check_levels(self, where: str) -> None:
        """Raise InvariantError for a negative or NaN level or amount, or a level above its capacity."""
        for place, row in enumerate(self.rows):
            level, capacity = self.levels[place], self.capacity[place]
            sound = (level >= 0.0) & (level <= capacity)
            if not np.all(sound):
                future = int(np.argmin(sound))
                got, most = level[future], capacity[future]
                raise InvariantError(f"{where}: {row.id}, future {future}: got {got} kg; expected 0 to {most} kg")
        if not np.all(self._least >= 0.0):
            raise InvariantError(f"{where}: an amount asked of the ledger was {np.min(self._least)} kg; expected >= 0")

    def witness(self, amount: Array, futures: NDArray[np.intp]) -> None:
        """Remember the least amount asked for in these futures, for the check."""
        self._least[futures] = np.minimum(self._least[futures], amount)

    def _wanted(self, amount: Number) -> Array:
        np.minimum(self._least, amount, out=self._least)
        return np.maximum(amount, 0.0, out=np.empty(self.width))

    def _one(self, rows: slice) -> str:
        if self.rows[rows.start].commodity != self.rows[rows.stop - 1].commodity:
            raise DomainError(f"{self.rows[rows.start].id} to {self.rows[rows.stop - 1].id}: not one commodity")
        name: str = self.rows[rows.start].commodity
        return name

    def _fit(self, row: int, amount: Array) -> None:
        if self.bounded[row]:
            np.minimum(amount, self.capacity[row] - self.levels[row], out=amount)
            np.maximum(amount, 0.0, out=amount)

    def _raise(self, row: int, amount: Array) -> None:
        level = self.levels[row]
        np.add(level, amount, out=level)
        if self.bounded[row]:
            # The sum may round up past a full tank by one unit in the last place.
            np.minimum(level, self.capacity[row], out=level)

    def _draw(self, rows: slice, amount: Array, available: Array) -> None:
        if rows.stop - rows.start == 1:
            np.subtract(self.levels[rows.start], amount, out=self.levels[rows.start])
            return
        part = self.levels[rows]
        np.subtract(part, part * (amount / np.maximum(available, TINY)), out=part)


def _blocks(rows: Sequence[Row]) -> dict[str, slice]:
    found: dict[str, slice] = {}
    for place, row in enumerate(rows):
        first = found[row.commodity].start if row.commodity in found else place
        found[row.commodity] = slice(first, place + 1)
    return found
