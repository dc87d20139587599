"""The stores of a few futures: the ledger's operations at the cost of those few alone.

On a usual day a ship comes or goes in some futures of a thousand. What is done to the stores then is done to these
futures only. All operations are elementwise, so the bits are those of the ledger's own operations with nothing to do
in the other futures.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from cupola.simulation.accounts import TINY, Array
from cupola.simulation.ledger import Ledger

Places = NDArray[np.intp]


class Chosen:
    """A ledger's stores in the given futures, of which each is named once; amounts are kg, one for each of them."""

    def __init__(self, ledger: Ledger, futures: Places) -> None:
        self.ledger, self.futures = ledger, futures
        # One flat index for row and future is what NumPy looks up fastest; these are views, not copies.
        self._levels: Array = ledger.levels.reshape(-1)
        self._capacity: Array = ledger.capacity.reshape(-1)

    def total(self, rows: str | slice) -> Array:
        """Sum of a commodity's rows, or of a slice of rows, added row by row in order."""
        block = self.ledger.block(rows) if isinstance(rows, str) else rows
        return self._sum(self.ledger.levels[block.start : block.stop, self.futures])

    def level(self, rows: int | Places) -> Array:
        """What is in a row, or in one row for each future."""
        found: Array = self._levels[self._at(rows)]
        return found

    def put(self, rows: int | Places, amount: Array, cause: str) -> Array:
        """Bring an amount in from outside into a row, or one row for each future; returns what there was room for."""
        commodity, accounts, at = self._commodity(rows), self.ledger.accounts, self._at(rows)
        accepted = self._fitting(rows, at, self._wanted(amount))
        self._raise(rows, at, accepted)
        self._book(commodity, accounts.boundary(cause), accepted, np.add)
        mixture = accounts.mixtures.get(commodity)
        if mixture is not None:
            mixture.deliver_to(self.futures, accepted)
        return accepted

    def fill(self, rows: slice, amount: Array, cause: str) -> Array:
        """Put an amount into rows of one commodity, one after the other; returns what there was room for."""
        ledger, futures = self.ledger, self.futures
        levels: Array = ledger.levels[rows.start : rows.stop, futures]
        capacity: Array = ledger.capacity[rows.start : rows.stop, futures]
        room = np.maximum(capacity - levels, 0.0)
        left = self._wanted(amount)
        commodity, accounts = self._commodity(rows.start), ledger.accounts
        account, through = accounts.flow[commodity, accounts.boundary(cause)], accounts.through[commodity]
        booked, turned = account[futures], through[futures]
        accepted: Array = np.zeros(len(futures))
        for row in range(len(levels)):
            put = np.minimum(left, room[row])
            levels[row] += put
            booked += put
            turned += put
            accepted += put
            left = amount - accepted
        # The sum may round up past a full tank by one unit in the last place.
        ledger.levels[rows.start : rows.stop, futures] = np.minimum(levels, capacity)
        account[futures], through[futures] = booked, turned
        accounts.touch(commodity, accounts.boundary(cause))
        mixture = accounts.mixtures.get(commodity)
        if mixture is not None:
            mixture.deliver_to(futures, accepted)
        return accepted

    def take(self, rows: str | slice, amount: Array, cause: str) -> Array:
        """Send up to an amount out of a commodity's rows, from each in proportion; returns what was taken."""
        ledger, futures = self.ledger, self.futures
        place = ledger.block(rows) if isinstance(rows, str) else rows
        levels: Array = ledger.levels[place.start : place.stop, futures]
        available = self._sum(levels)
        taken = np.minimum(self._wanted(amount), available)
        commodity = self._commodity(place.start)
        mixture = ledger.accounts.mixtures.get(commodity)
        if mixture is not None:
            mixture.send_from(futures, taken, self.total(ledger.rows[place.start].commodity))
        if len(levels) == 1:
            levels -= taken
        else:
            levels -= levels * (taken / np.maximum(available, TINY))
        ledger.levels[place.start : place.stop, futures] = levels
        self._book(commodity, ledger.accounts.boundary(cause), taken, np.subtract)
        return taken

    def move(self, sources: int | Places, targets: int | Places) -> None:
        """Carry all that a row holds into another of the same commodity, as far as there is room."""
        source, target = self._at(sources), self._at(targets)
        held = self._levels[source]
        moved = self._fitting(targets, target, held)
        self._levels[source] = held - moved
        self._raise(targets, target, moved)

    def empty(self, rows: int | Places, cause: str) -> None:
        """Send all that a row of a commodity with one make-up holds outside."""
        at = self._at(rows)
        out = self._levels[at]
        self._levels[at] = 0.0
        self._book(self._commodity(rows), self.ledger.accounts.boundary(cause), out, np.subtract)

    def _sum(self, levels: Array) -> Array:
        out: Array = levels[0]
        for row in levels[1:]:
            out = out + row
        return out

    def _at(self, rows: int | Places) -> Places:
        places: Places = rows * self.ledger.width + self.futures
        return places

    def _commodity(self, rows: int | Places) -> int:
        row = rows if isinstance(rows, int) else int(rows[0])
        return self.ledger.accounts.of[self.ledger.rows[row].commodity]

    def _wanted(self, amount: Array) -> Array:
        self.ledger.witness(amount, self.futures)
        return np.maximum(amount, 0.0)

    def _fitting(self, rows: int | Places, at: Places, amount: Array) -> Array:
        if not isinstance(rows, int) or self.ledger.bounded[rows]:
            amount = np.maximum(np.minimum(amount, self._capacity[at] - self._levels[at]), 0.0)
        return amount

    def _raise(self, rows: int | Places, at: Places, amount: Array) -> None:
        # The sum may round up past a full tank by one unit in the last place.
        self._levels[at] = np.minimum(self._levels[at] + amount, self._capacity[at])

    def _book(self, commodity: int, cause: int, amount: Array, sign: Callable[[Array, Array], Array]) -> None:
        accounts = self.ledger.accounts
        account, through = accounts.flow[commodity, cause], accounts.through[commodity]
        account[self.futures] = sign(account[self.futures], amount)
        through[self.futures] += amount
        accounts.touch(commodity, cause)
