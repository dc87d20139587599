"""Recipes: a reaction with all that is looked up once: rows, places in the books, and what happens to the elements.

A reaction runs each day, and most of its cost would be looking these up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from cupola.physics.chemistry import ELEMENTS, Number, Reaction
from cupola.simulation.accounts import TINY, Accounts, Array, Mixture


@dataclass(frozen=True, eq=False)
class Part:
    """One commodity of a reaction."""

    commodity: str
    rows: slice
    share: Number
    """kg for one unit of extent"""
    divisor: Number
    """The share, or a tiny number where it is zero"""
    whole: bool
    """Whether the share is exactly one, so that there is nothing to multiply"""
    account: Array
    """View of the account that this is booked in, (n,)"""
    mixture: Mixture | None
    column: Array
    """Elements in the share [kg for one unit of extent], (5, 1) or (5, n)"""


@dataclass(frozen=True, eq=False)
class Recipe:
    """A reaction, ready to run."""

    place: int
    """Place of the reaction among the causes"""
    inputs: tuple[Part, ...]
    outputs: tuple[Part, ...]
    vented: tuple[tuple[Part, Array], ...]
    """What leaves at once, with the account of its way out"""
    residue: Mixture | None
    """The mixture that takes up what elements are left over"""
    pure: Array
    """Elements that one unit of extent brings to the residue, beside those of mixtures taken in, (5, 1) or (5, n)"""
    touched: frozenset[tuple[int, int]]
    """Accounts that it books in"""


def recipe(
    what: Reaction,
    accounts: Accounts,
    drawn: Mapping[str, slice],
    filled: Mapping[str, slice],
) -> Recipe:
    """Look up all that a reaction needs; ``drawn`` and ``filled`` name the rows of its inputs and outputs."""
    cause = accounts.reaction(what.name)
    touched: set[tuple[int, int]] = set()

    def part(name: str, rows: slice, share: Number) -> Part:
        place = accounts.of[name]
        touched.add((place, cause))
        return Part(
            commodity=name,
            rows=rows,
            share=share,
            divisor=np.maximum(share, TINY),
            whole=isinstance(share, float) and share == 1.0,
            account=accounts.flow[place, cause],
            mixture=accounts.mixtures.get(place),
            column=what.column(name) * share,
        )

    inputs = tuple(part(name, rows, what.inputs[name]) for name, rows in drawn.items())
    outputs = tuple(part(name, rows, what.outputs[name]) for name, rows in filled.items())
    vented = []
    for name, share in what.vented.items():
        out = (accounts.of[name], accounts.boundary(what.cause))
        touched.add(out)
        vented.append((part(name, slice(0, 0), share), accounts.flow[out]))
    residue = what.residue()
    pure: Array = np.zeros((len(ELEMENTS), 1))
    for taken in inputs:
        if taken.mixture is None:
            pure = pure + taken.column
    for name, made in zip(filled, outputs, strict=True):
        if name != residue:
            pure = pure - made.column
    for lost, _ in vented:
        pure = pure - lost.column
    return Recipe(
        place=cause,
        inputs=inputs,
        outputs=outputs,
        vented=tuple(vented),
        residue=None if residue is None else accounts.mixtures[accounts.of[residue]],
        pure=pure,
        touched=frozenset(touched),
    )
