"""What commodities are made of, and reactions between them that keep every element.

Assumptions and limits: oxygen, carbon, hydrogen and nitrogen are followed; all else is ``other``. A commodity has one
make-up; where it is a mixture (food, urine, waste), the reaction that takes or makes it says which.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from cupola.base.errors import DomainError

Array = NDArray[np.float64]
Number = float | Array
"""One number for all futures, or one for each, shape (n,)."""

ELEMENTS = ("O", "C", "H", "N", "other")
"""Rows of every elemental column. ``other`` is mass whose chemistry is not followed."""
ATOMIC_MASS = {"O": 15.999, "C": 12.011, "H": 1.008, "N": 14.007}
"""[g/mol]. Source: IUPAC, Standard atomic weights, abridged to five figures (2021)."""
CLOSURE = 1e-14
"""Largest elemental imbalance of a reaction, as a share of its mass."""


def fractions(**atoms: int) -> Array:
    """Mass fractions of :data:`ELEMENTS` in a compound given by its atoms.

    >>> [round(float(x), 4) for x in fractions(H=2, O=1)]
    [0.8881, 0.0, 0.1119, 0.0, 0.0]
    """
    masses = [atoms.get(element, 0) * ATOMIC_MASS.get(element, 0.0) for element in ELEMENTS]
    return np.array(masses) / molar_mass(**atoms)


def molar_mass(**atoms: int) -> float:
    """Molar mass [g/mol] of a compound given by its atoms.

    >>> round(molar_mass(C=1, O=2), 3)
    44.009
    """
    return sum(count * ATOMIC_MASS[element] for element, count in atoms.items())


WATER = fractions(H=2, O=1)
CARBON_DIOXIDE = fractions(C=1, O=2)
OTHER = np.array([0.0, 0.0, 0.0, 0.0, 1.0])
AIR_OXYGEN = 0.2314
"""Mass share of oxygen in dry air (argon counted with nitrogen). Source: U.S. Standard Atmosphere (1976), table 3."""

_PURE: dict[str, Array] = {
    "oxygen": fractions(O=2),
    "nitrogen": fractions(N=2),
    "hydrogen": fractions(H=2),
    "water": WATER,
    "condensate": WATER,
    "carbon_dioxide": CARBON_DIOXIDE,
    "air": AIR_OXYGEN * fractions(O=2) + (1.0 - AIR_OXYGEN) * fractions(N=2),
}
MIXTURES = ("food", "urine", "waste")
"""Commodities whose make-up depends on who made them."""


def composition(commodity: str) -> Array:
    """Mass fractions of :data:`ELEMENTS` in a commodity, shape (5,); what is not known here is all ``other``.

    >>> float(composition("propellant")[4])
    1.0
    """
    return _PURE.get(commodity, OTHER)


@dataclass(frozen=True, eq=False)
class Reaction:
    """A change of commodities into others, in kg for one unit of extent; refuses to exist unless it closes."""

    name: str
    inputs: Mapping[str, Number]
    """Commodity -> kg taken"""
    outputs: Mapping[str, Number] = field(default_factory=dict)
    """Commodity -> kg made and kept aboard"""
    vented: Mapping[str, Number] = field(default_factory=dict)
    """Commodity -> kg made and sent overboard"""
    cause: str = "vented"
    """Cause under which the vented part is booked"""
    makeup: Mapping[str, Array] = field(default_factory=dict)
    """Mixture -> mass fractions as this reaction takes or makes it, shape (5,) or (5, n)"""
    stoppable: bool = True
    """Whether it stops when there is no room for what it makes"""

    def column(self, commodity: str) -> Array:
        """Mass fractions of a commodity in this reaction, shape (5, 1) or (5, n)."""
        found = self.makeup[commodity] if commodity in self.makeup else composition(commodity)
        return found[:, None] if found.ndim == 1 else found

    def imbalance(self) -> Array:
        """Mass out minus mass in for each element, shape (5, n or 1) [kg per unit of extent]."""
        net: Array = np.zeros((len(ELEMENTS), 1))
        for sign, side in ((-1.0, self.inputs), (1.0, self.outputs), (1.0, self.vented)):
            for commodity, amount in side.items():
                net = net + sign * self.column(commodity) * amount
        return net

    def residue(self) -> str | None:
        """The product that takes up what elements are left over: the last mixture made; None where none is touched."""
        return next((name for name in reversed(list(self.outputs)) if name in MIXTURES), None)

    def __post_init__(self) -> None:
        mass: Number = 0.0
        for side in (self.inputs, self.outputs, self.vented):
            for commodity, amount in side.items():
                if not np.all(np.isfinite(amount)) or np.any(np.asarray(amount) < 0.0):
                    raise DomainError(f"{self.name}: {commodity}: got {amount} kg; expected a number not below zero")
                mass = mass + amount
        imbalance = self.imbalance()
        if not np.all(np.abs(imbalance) <= CLOSURE * mass):
            worst = ", ".join(
                f"{name} {np.max(np.abs(row)):.3g}" for name, row in zip(ELEMENTS, imbalance, strict=True)
            )
            raise DomainError(f"{self.name}: elements do not close: got {worst} kg; expected zero of each")
        if self.residue() is None and any(name in MIXTURES for name in (*self.inputs, *self.vented)):
            raise DomainError(f"{self.name}: takes a mixture and makes none; expected waste among its outputs")
