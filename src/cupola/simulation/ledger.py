"""The stores of all futures, which change only by moves, reactions and declared boundary flows.

Levels are kg, shape (rows, n), rows sorted so that a commodity is one contiguous block. Every operation is a few
elementwise NumPy calls, so that a future's bits do not depend on how many others are computed with it.

Assumptions and limits: a negative or NaN amount is found by :meth:`Ledger.check`, not at the call, where it would cost
as much as the operation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from cupola.base.errors import DomainError, InvariantError
from cupola.physics.chemistry import MIXTURES, Number, Reaction, composition
from cupola.simulation.accounts import Accounts, Array, fold
from cupola.simulation.recipe import Part, Recipe, recipe
from cupola.simulation.stores import Row, Stores

__all__ = ["Ledger", "Row"]

_SLACK = 1e-9
"""Share of a mixture's mass by which rounding may move its elements before it is called a bug."""


class Ledger(Stores):
    """Levels, capacities and flows of every store in every future."""

    def __init__(
        self, rows: Sequence[Row], width: int, reactions: Mapping[str, Reaction], causes: Sequence[str]
    ) -> None:
        """Empty stores, sorted by commodity. ``causes`` are those of boundary flows; reactions add their own.

        A row ``cabin/COMMODITY`` without limit is added where a reaction that cannot be stopped has only tanks to fill.
        Raises DomainError for ids or causes used twice, and for a reaction whose input or output has no row.
        """
        super().__init__([*rows, *_cabins(rows, reactions)], width)
        self.reactions = dict(reactions)
        for reaction in reactions.values():
            missing = [name for name in (*reaction.inputs, *reaction.outputs) if name not in self.blocks]
            if missing:
                raise DomainError(f"ledger: {reaction.name}: no row holds {', '.join(missing)}")
        vented = [name for reaction in reactions.values() for name in reaction.vented]
        vents = [reaction.cause for reaction in reactions.values() if reaction.vented]
        commodities, boundary = tuple(dict.fromkeys([*self.blocks, *vented])), tuple(dict.fromkeys([*causes, *vents]))
        self.accounts = Accounts(commodities, boundary, tuple(reactions.values()), width)
        self.accounts.mix({name: _makeup(name, reactions) for name in MIXTURES if name in self.accounts.of})
        self._recipes = {reaction: self._recipe_of(reaction, None, None) for reaction in reactions}
        self._of = tuple(self.accounts.of[row.commodity] for row in self.rows)

    def start(self, row: int, level: Number) -> None:
        """Set a row's level on the first day [kg]. Raises DomainError outside 0 to its capacity."""
        levels: Array = np.zeros(self.width) + level
        if not np.all((levels >= 0.0) & (levels <= self.capacity[row])):
            raise DomainError(f"{self.rows[row].id}: got {level} kg; expected 0 to {self.capacity[row]} kg")
        gained = levels - self.levels[row]
        self.levels[row] = levels
        self.accounts.initial[self._of[row]] += gained
        mixture = self.accounts.mixtures.get(self._of[row])
        if mixture is not None:
            mixture.start(gained)

    def put(self, row: int, amount: Number, cause: str) -> Array:
        """Bring ``amount`` [kg] in from outside; returns what the row had room for."""
        accepted, commodity = self._wanted(amount), self._of[row]
        self._fit(row, accepted)
        self._raise(row, accepted)
        self.accounts.book_in(commodity, self.accounts.boundary(cause), accepted)
        mixture = self.accounts.mixtures.get(commodity)
        if mixture is not None:
            mixture.deliver(accepted)
        return accepted

    def take(self, rows: str | slice, amount: Number, cause: str) -> Array:
        """Send up to ``amount`` [kg] out of a commodity's rows, from each in proportion; returns what was taken."""
        place = self.block(rows) if isinstance(rows, str) else rows
        taken, outside = self._wanted(amount), self.accounts.boundary(cause)
        if place.stop <= place.start:
            taken[...] = 0.0
            return taken
        commodity, available = self.accounts.of[self._one(place)], self.total(place)
        np.minimum(taken, available, out=taken)
        self._send(commodity, taken)
        self._draw(place, taken, available)
        self.accounts.book_out(commodity, outside, taken)
        return taken

    def take_row(self, row: int, amount: Number, cause: str) -> Array:
        """Send up to ``amount`` [kg] of one row out; returns what was taken."""
        return self.take(slice(row, row + 1), amount, cause)

    def empty(self, rows: int | slice, mask: NDArray[np.bool_], cause: str) -> Array:
        """Send all of the rows out in the masked futures; rows may span commodities. Returns the mass (n,) [kg]."""
        place = rows if isinstance(rows, slice) else slice(rows, rows + 1)
        lost: Array = np.zeros(self.width)
        for name, block in self.blocks.items():
            part = slice(max(place.start, block.start), min(place.stop, block.stop))
            if part.start < part.stop:
                out = self.total(part)
                np.multiply(out, mask, out=out)
                self._send(self.accounts.of[name], out)
                np.copyto(self.levels[part], 0.0, where=mask)
                self.accounts.book_out(self.accounts.of[name], self.accounts.boundary(cause), out)
                np.add(lost, out, out=lost)
        return lost

    def convert(
        self,
        reaction: str,
        extent: Number,
        inputs: Mapping[str, slice] | None = None,
        outputs: Mapping[str, int] | None = None,
    ) -> Array:
        """Run a reaction to ``extent`` or to what its inputs and outputs' room allow; returns the extent done (n,).

        ``inputs`` names the rows an input is drawn from in proportion (default: all of it), ``outputs`` the row that a
        product goes to (default: all of its rows, filled in order).
        """
        plan = (
            self._recipes[reaction]
            if inputs is None and outputs is None
            else self._recipe_of(reaction, inputs, outputs)
        )
        done = self._wanted(extent)
        held = [self.total(part.rows) for part in plan.inputs]
        for part, there in zip(plan.inputs, held, strict=True):
            np.minimum(done, there if part.whole else there / part.divisor, out=done)
        for part in plan.outputs:
            if all(self.bounded[part.rows]):
                room = fold(self.capacity[part.rows] - self.levels[part.rows])
                np.minimum(done, room if part.whole else room / part.divisor, out=done)
        self.accounts.turn(plan.place, done, plan.touched)
        balance: Array | None = None if plan.residue is None else done * plan.pure
        for part, there in zip(plan.inputs, held, strict=True):
            self._consume(part, done, there, balance)
        for part in plan.outputs:
            self._produce(part, done, part.mixture is not plan.residue)
        for part, out in plan.vented:
            amount = done if part.whole else done * part.share
            np.add(part.account, amount, out=part.account)
            np.subtract(out, amount, out=out)
        if plan.residue is not None and balance is not None:
            np.add(plan.residue.content, balance, out=plan.residue.content)
        return done

    def drain_flows(self) -> dict[tuple[str, str], Array]:
        """(commodity, cause) -> kg (n,) since the last call, positive in; the flows begin again at zero."""
        return self.accounts.drain()

    def closure(self) -> dict[str, Array]:
        """Commodity or element -> what is missing or too much, as a share of all that went through, (n,)."""
        return self.accounts.closure(self.total)

    def check(self, where: str = "") -> None:
        """Raise InvariantError for a negative or NaN store or amount, one above capacity, or elements astray."""
        self.check_levels(where)
        for c, mixture in self.accounts.mixtures.items():
            name, total = self.accounts.commodities[c], self.total(self.accounts.commodities[c])
            slack = _SLACK * (total + self.accounts.gross(c))
            if not (np.all(np.abs(fold(mixture.content) - total) <= slack) and np.all(mixture.content >= -slack)):
                raise InvariantError(f"{where}: the elements of {name} do not add up to its mass")

    # What one step of an operation does to levels, mixtures and books.

    def _recipe_of(self, name: str, inputs: Mapping[str, slice] | None, outputs: Mapping[str, int] | None) -> Recipe:
        """The recipe of a reaction, with the rows that are named."""
        what = self.reactions[name]
        drawn = {name: inputs.get(name, self.blocks[name]) if inputs else self.blocks[name] for name in what.inputs}
        filled = {name: self.blocks[name] for name in what.outputs}
        filled |= {name: slice(row, row + 1) for name, row in (outputs or {}).items()}
        for commodity, rows in drawn.items():
            if self._one(rows) != commodity:
                raise DomainError(f"{what.name}: {self.rows[rows.start].id} does not hold {commodity}")
        for commodity, rows in filled.items():
            if self._one(rows) != commodity:
                row = self.rows[rows.start]
                raise DomainError(f"{row.id}: holds {row.commodity}; expected {commodity}")
        return recipe(what, self.accounts, drawn, filled)

    def _send(self, commodity: int, amount: Array) -> None:
        mixture = self.accounts.mixtures.get(commodity)
        if mixture is not None:
            mixture.send(amount, self.total(self.accounts.commodities[commodity]))

    def _consume(self, part: Part, done: Array, held: Array, balance: Array | None) -> None:
        """Take an input of a reaction; the elements of a mixture go into the balance."""
        amount = done if part.whole else np.minimum(done * part.share, held)
        if balance is not None and part.mixture is not None:
            np.add(balance, part.mixture.thin(amount, self.total(part.commodity)), out=balance)
        self._draw(part.rows, amount, held)
        np.subtract(part.account, amount, out=part.account)

    def _produce(self, part: Part, done: Array, follow: bool) -> None:
        """Make an output of a reaction, filling its rows in order; ``follow``: the elements of a mixture, too."""
        amount = done if part.whole else done * part.share
        np.add(part.account, amount, out=part.account)
        if follow and part.mixture is not None:
            np.add(part.mixture.content, done * part.column, out=part.mixture.content)
        for row in range(part.rows.start, part.rows.stop - 1):
            if not self.bounded[row]:
                break
            room = self.capacity[row] - self.levels[row]
            if not np.count_nonzero(amount > room):
                break
            # Somewhere this row fills up, and the next one takes what is left.
            fits = np.maximum(np.minimum(amount, room), 0.0)
            self._raise(row, fits)
            amount = amount - fits
        else:
            row = part.rows.stop - 1
        self._raise(row, amount)


def _cabins(rows: Sequence[Row], reactions: Mapping[str, Reaction]) -> list[Row]:
    """Rows for what cannot be stopped and finds no tank that holds without limit."""
    made = dict.fromkeys(name for what in reactions.values() if not what.stoppable for name in what.outputs)
    endless = {row.commodity for row in rows if row.capacity == np.inf}
    return [Row(f"cabin/{name}", name, np.inf) for name in made if name not in endless]


def _makeup(name: str, reactions: Mapping[str, Reaction]) -> Array:
    """How a mixture is made up when it is delivered: as the first reaction that names it says."""
    for reaction in reactions.values():
        if name in reaction.makeup:
            return reaction.column(name)
    return composition(name)[:, None]
