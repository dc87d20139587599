"""The books of the ledger: what came in, went out and was changed into what, by commodity, element and cause.

Assumptions and limits: all of a mixture (food, urine, waste) aboard is well mixed, so that what is taken of it has its
mean elements.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from cupola.base.errors import DomainError
from cupola.physics.chemistry import ELEMENTS, Number, Reaction, composition

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

    def deliver_to(self, futures: NDArray[np.intp], amount: Array) -> None:
        """As :meth:`deliver`, to these futures alone."""
        part = amount * (self.makeup if self.makeup.shape[1] == 1 else self.makeup[:, futures])
        self.content[:, futures] += part
        self.gained[:, futures] += part

    def send_from(self, futures: NDArray[np.intp], amount: Array, whole: Array) -> None:
        """As :meth:`send`, from these futures alone."""
        content = self.content[:, futures]
        part = content * np.minimum(amount / np.maximum(whole, TINY), 1.0)
        self.content[:, futures] = content - part
        self.lost[:, futures] += part


class Accounts:
    """Flows by commodity and cause since they were last drained, and totals since the first day."""

    def __init__(
        self, commodities: Sequence[str], boundary: Sequence[str], reactions: Sequence[Reaction], width: int
    ) -> None:
        """``boundary``: causes of flows through the hull; reactions book under their own name."""
        names = [reaction.name for reaction in reactions]
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
        """Sum of all amounts moved through the hull, whatever their sign"""
        self._extent: Array = np.zeros((len(self.causes), width))
        """How far each reaction has run since the first day; with its shares it says what it turned over"""
        self._turned = [_turned(name, reactions) for name in self.commodities]
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

    def touch(self, commodity: int, cause: int) -> None:
        """Say that a flow was booked in some futures."""
        self._touched.add((commodity, cause))

    def turn(self, reaction: int, extent: Array, touched: frozenset[tuple[int, int]]) -> None:
        """A reaction ran to this extent (n,) and books in these accounts."""
        np.add(self._extent[reaction], extent, out=self._extent[reaction])
        self._touched.update(touched)

    def gross(self, commodity: int) -> Array:
        """What was there on the first day, and all amounts in and out since, whatever their sign (n,) [kg]."""
        gross: Array = self.initial[commodity] + self.through[commodity]
        for reaction, share in self._turned[commodity]:
            gross = gross + self._extent[self.reaction(reaction)] * share
        return gross

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
            now, gross = total(name), self.gross(c)
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


def _turned(commodity: str, reactions: Sequence[Reaction]) -> list[tuple[str, Number]]:
    """Reactions that touch a commodity, with kg in and out for one unit of extent; what is vented comes and goes."""
    found: list[tuple[str, Number]] = []
    for reaction in reactions:
        for side, times in ((reaction.inputs, 1.0), (reaction.outputs, 1.0), (reaction.vented, 2.0)):
            if commodity in side:
                found.append((reaction.name, side[commodity] * times))
    return found
