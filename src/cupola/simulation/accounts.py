"""The books of the ledger: what came in, went out and was changed into what, by commodity, element and cause.

Assumptions and limits: all of a mixture (food, urine, waste) aboard is well mixed, so that what is taken of it has its
mean elements.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from cupola.base.errors import DomainError
from cupola.physics.chemistry import ELEMENTS, composition

Array = NDArray[np.float64]
TINY = 1e-200
"""Stands in for zero as a divisor; a share of nothing is then nothing."""


def fold(rows: Array) -> Array:
    """Sum over the first axis, row by row in order, so that a future's bits do not depend on the width."""
    out: Array = np.zeros(rows.shape[1])
    for row in rows:
        np.add(out, row, out=out)
    return out


class Mixture:
    """The elements in a commodity whose make-up varies: kg, shape (5, n)."""

    def __init__(self, makeup: Array, width: int) -> None:
        self.makeup = makeup
        """Mass fractions of what is delivered, (5, 1) or (5, n)"""
        self.content: Array = np.zeros((len(ELEMENTS), width))
        self.initial: Array = np.zeros_like(self.content)
        self.gained: Array = np.zeros_like(self.content)
        self.lost: Array = np.zeros_like(self.content)

    def start(self, amount: Array) -> None:
        """Change what was there on the first day by ``amount`` (n,) [kg]."""
        part = amount * self.makeup
        self.content += part
        self.initial += part

    def deliver(self, amount: Array) -> None:
        """Take in ``amount`` (n,) [kg] from outside."""
        part = amount * self.makeup
        np.add(self.content, part, out=self.content)
        np.add(self.gained, part, out=self.gained)

    def thin(self, amount: Array, whole: Array) -> Array:
        """Take out ``amount`` of a mass ``whole``, both (n,) [kg]; returns its elements."""
        share = np.minimum(amount / np.maximum(whole, TINY), 1.0)
        part: Array = np.multiply(self.content, share)
        np.subtract(self.content, part, out=self.content)
        return part

    def send(self, amount: Array, whole: Array) -> None:
        """Send ``amount`` of ``whole`` outside."""
        np.add(self.lost, self.thin(amount, whole), out=self.lost)


class Accounts:
    """Flows by commodity and cause since they were last drained, and totals since the first day."""

    def __init__(self, commodities: Sequence[str], boundary: Sequence[str], names: Sequence[str], width: int) -> None:
        """``boundary``: causes of flows through the hull; ``names``: reactions, which book under their own name."""
        if set(names) & set(boundary) or len(set(names)) != len(names):
            raise DomainError("ledger: reaction names must differ from each other and from boundary causes")
        self.commodities, self.causes = tuple(commodities), (*boundary, *names)
        self.width = width
        self.of = {name: place for place, name in enumerate(self.commodities)}
        self._of_cause = {name: place for place, name in enumerate(self.causes)}
        self._outside = len(boundary)
        shape = (len(self.commodities), len(self.causes), width)
        self.flow: Array = np.zeros(shape)
        self._kept: Array = np.zeros(shape)
        self.initial: Array = np.zeros((len(self.commodities), width))
        self.through: Array = np.zeros((len(self.commodities), width))
        """Sum of all amounts in and out, whatever their sign"""
        self._touched: set[tuple[int, int]] = set()
        self.mixtures: dict[int, Mixture] = {}

    def mix(self, makeups: Mapping[str, Array]) -> None:
        """Follow the elements of these commodities one by one."""
        self.mixtures = {self.of[name]: Mixture(makeup, self.width) for name, makeup in makeups.items()}

    def reaction(self, name: str) -> int:
        """Place of a reaction among the causes."""
        return self._of_cause[name]

    def boundary(self, cause: str) -> int:
        """Place of a boundary cause. Raises DomainError for an unknown one and for a reaction."""
        place = self._of_cause.get(cause, self._outside)
        if place >= self._outside:
            raise DomainError(f"ledger: no boundary cause {cause!r}; known: {', '.join(self.causes[: self._outside])}")
        return place

    def book_in(self, commodity: int, cause: int, amount: Array) -> None:
        """Book an amount gained (n,) [kg]."""
        account, through = self.flow[commodity, cause], self.through[commodity]
        np.add(account, amount, out=account)
        np.add(through, amount, out=through)
        self._touched.add((commodity, cause))

    def book_out(self, commodity: int, cause: int, amount: Array) -> None:
        """Book an amount lost (n,) [kg]."""
        account, through = self.flow[commodity, cause], self.through[commodity]
        np.subtract(account, amount, out=account)
        np.add(through, amount, out=through)
        self._touched.add((commodity, cause))

    def drain(self) -> dict[tuple[str, str], Array]:
        """(commodity, cause) -> kg (n,) since the last call, positive in; the flows begin again at zero."""
        drained = {(self.commodities[c], self.causes[k]): self.flow[c, k].copy() for c, k in sorted(self._touched)}
        np.add(self._kept, self.flow, out=self._kept)
        self.flow[...] = 0.0
        self._touched.clear()
        return drained

    def closure(self, total: Callable[[str], Array]) -> dict[str, Array]:
        """Commodity or element -> |initial + flows - now| / throughput, (n,).

            commodity c:   initial_c + sum over all causes of flow_ck - now_c
            element e:     sum over c of fraction_ec (initial_c + flow_ck over boundary causes k - now_c)

        Reactions are left out of the elements' sum: it closes only if they neither make nor lose an element.
        """
        booked = self._kept + self.flow
        result: dict[str, Array] = {}
        missing: Array = np.zeros((len(ELEMENTS), self.width))
        through: Array = np.zeros_like(missing)
        for c, name in enumerate(self.commodities):
            now, gross = total(name), self.initial[c] + self.through[c]
            result[name] = np.abs(self.initial[c] + fold(booked[c]) - now) / np.maximum(gross, TINY)
            mixture = self.mixtures.get(c)
            if mixture is None:
                column = composition(name)[:, None]
                missing += column * (self.initial[c] + fold(booked[c, : self._outside]) - now)
                through += column * gross
            else:
                missing += mixture.initial + mixture.gained - mixture.lost - mixture.content
                through += mixture.initial + mixture.gained + mixture.lost
        for place, element in enumerate(ELEMENTS):
            result[element] = np.abs(missing[place]) / np.maximum(through[place], TINY)
        return result
