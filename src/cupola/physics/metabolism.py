"""Reactions of life aboard: what people take and give, and what the equipment makes of it.

Assumptions and limits: steady state, nobody gains or loses weight. Sweat solids stay on clothing and wipes and are
counted as waste, so that condensate is water. What the body cannot burn of its dry food is ``other`` mass in the waste.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cupola.base.errors import DomainError
from cupola.physics.chemistry import OTHER, WATER, Array, Number, Reaction, composition, fractions, molar_mass

__all__ = [
    "Diet",
    "Reaction",
    "air_leak",
    "carbon_dioxide_removal",
    "composition",
    "condensate_processing",
    "diet",
    "discarding",
    "electrolysis",
    "metabolism",
    "respiratory_quotient",
    "urine_processing",
]

# Compounds that stand for food and excreta. Source: Volk and Rummel, Mass balances for a biological life support system
# simulation model, Advances in Space Research 7 (1987), as used in the Baseline Values and Assumptions Document.
PROTEIN = {"C": 4, "H": 5, "O": 1, "N": 1}
CARBOHYDRATE = {"C": 6, "H": 12, "O": 6}
FAT = {"C": 16, "H": 32, "O": 2}
URINE_SOLIDS = {"C": 2, "H": 6, "O": 2, "N": 2}
FAECAL_SOLIDS = {"C": 42, "H": 69, "O": 13, "N": 5}
SWEAT_SOLIDS = {"C": 13, "H": 28, "O": 13, "N": 2}

URINE_SOLIDS_KG, FAECAL_SOLIDS_KG, SWEAT_SOLIDS_KG = 0.059, 0.032, 0.018
"""Solids that a person gives off [kg a day]. Source: Advanced Life Support Baseline Values and Assumptions Document,
CR-2004-208941 (2004), nominal human interface values."""
FAECAL_WATER_KG = 0.091
"""Water that leaves a person with the faeces [kg a day]. Source: as above."""
PACKAGING = 0.15
"""Share of packaged food that is packaging. General knowledge, 0.10 to 0.20."""


@dataclass(frozen=True, eq=False)
class Diet:
    """What is burnt in a person-day, each (n,) or one number [kg]."""

    protein: Number
    carbohydrate: Number
    fat: Number
    water: Number
    """Metabolic water made of it"""

    @property
    def solids(self) -> Number:
        """Dry mass of food that takes part."""
        return self.protein + self.carbohydrate + self.fat


def respiratory_quotient(oxygen: Number, carbon_dioxide: Number) -> Number:
    """Moles of carbon dioxide given for each mole of oxygen taken, from their masses [kg].

    >>> round(respiratory_quotient(0.835, 0.998), 3)
    0.869
    """
    return carbon_dioxide / molar_mass(C=1, O=2) / (oxygen / molar_mass(O=2))


def diet(oxygen: Number, carbon_dioxide: Number) -> Diet:
    """The protein, carbohydrate and fat that burn with this oxygen to this carbon dioxide and the usual excreta.

        p C4H5ON + c C6H12O6 + f C16H32O2 + o O2 -> d CO2 + u C2H6O2N2 + s C42H69O13N5 + w C13H28O13N2 + m H2O
        N: p = 2u + 5s + 2w     C: 6c + 16f = d + 2u + 42s + 13w - 4p = K
        C, H: m = K + 5p/2 - 3u - 34.5s - 14w     O: 6c + 2f = 2d + 2u + 13s + 13w + m - p - 2o = L
        f = (K - L) / 14        c = (L - 2f) / 6

    oxygen           number or (n,)   [kg a person-day]   > 0
    carbon_dioxide   number or (n,)   [kg a person-day]   > 0
    returns          a Diet           [kg a person-day]

    Raises DomainError where no mixture of the three gives this respiratory quotient.
    Holds in steady state. Source: Volk and Rummel (1987); solids from CR-2004-208941.

    >>> round(diet(0.835, 0.998).solids, 3)     # the same document states 0.617 kg of dry food
    0.63
    """
    o, d = oxygen / molar_mass(O=2), carbon_dioxide / molar_mass(C=1, O=2)
    u = URINE_SOLIDS_KG / molar_mass(**URINE_SOLIDS)
    s = FAECAL_SOLIDS_KG / molar_mass(**FAECAL_SOLIDS)
    w = SWEAT_SOLIDS_KG / molar_mass(**SWEAT_SOLIDS)
    p = 2.0 * u + 5.0 * s + 2.0 * w
    k = d + 2.0 * u + 42.0 * s + 13.0 * w - 4.0 * p
    m = k + 2.5 * p - 3.0 * u - 34.5 * s - 14.0 * w
    rest = 2.0 * d + 2.0 * u + 13.0 * s + 13.0 * w + m - p - 2.0 * o
    f = (k - rest) / 14.0
    c = (rest - 2.0 * f) / 6.0
    if not np.all((np.asarray(oxygen) > 0.0) & (np.asarray(f) >= 0.0) & (np.asarray(c) >= 0.0) & (np.asarray(m) >= 0)):
        quotient = respiratory_quotient(oxygen, carbon_dioxide)
        raise DomainError(f"metabolism: got a respiratory quotient of {quotient}; expected about 0.72 to 0.98")
    return Diet(
        p * molar_mass(**PROTEIN), c * molar_mass(**CARBOHYDRATE), f * molar_mass(**FAT), m * molar_mass(H=2, O=1)
    )


def metabolism(
    oxygen: Number,
    carbon_dioxide: Number,
    food: Number,
    dry_food: Number,
    drink: Number,
    urine: Number,
    condensate: Number,
    waste: Number,
    packaging: Number = PACKAGING,
) -> Reaction:
    """One person-day: oxygen, food and water become carbon dioxide, condensate, urine and waste.

    The eight masses say more than one balance can hold. Oxygen, carbon dioxide, food, drink and urine are kept; the
    condensate is kept as long as the waste, which takes up the difference, is neither less than its solids, the
    packaging and the water of the faeces, nor wetter than makes it ``waste``. Beyond that the condensate gives way:
    water that is not drunk cannot be breathed out, and water that is not thrown away dries into the cabin's air.

    oxygen, carbon_dioxide   number or (n,)   [kg a person-day]   respiratory quotient 0.72 to 0.98
    food, dry_food           number or (n,)   [kg a person-day]   packaged food; dry solids in it
    drink                    number or (n,)   [kg a person-day]   water for drinking, food, hygiene and flushing
    urine                    number or (n,)   [kg a person-day]   with its solids and flush water
    condensate, waste        number or (n,)   [kg a person-day]   as stated; see above
    packaging                number or (n,)   [1]                 share of the packaged food
    returns                  a Reaction whose unit is a person-day; it does not stop for want of a tank

    Raises DomainError where the food does not hold its solids or the water does not suffice.
    Source: as :func:`diet`; the balance is ours.
    """
    burnt = diet(oxygen, carbon_dioxide)
    leavings = np.maximum(dry_food - burnt.solids, 0.0)
    wrapping = food * packaging
    moisture = food - wrapping - burnt.solids - leavings
    solids = wrapping + leavings + FAECAL_SOLIDS_KG + SWEAT_SOLIDS_KG
    spare = moisture + drink + burnt.water - (urine - URINE_SOLIDS_KG)
    wet = np.clip(spare - condensate, FAECAL_WATER_KG, np.maximum(waste - solids, FAECAL_WATER_KG))
    vapour = spare - wet
    for name, mass in (("water in the food", moisture), ("urine", urine - URINE_SOLIDS_KG), ("condensate", vapour)):
        if not np.all(np.asarray(mass) >= 0.0):
            raise DomainError(f"metabolism: {name}: got {np.min(mass):.3f} kg; expected at least 0. Check the masses.")
    return Reaction(
        "metabolism",
        {"oxygen": oxygen, "food": food, "water": drink},
        {"carbon_dioxide": carbon_dioxide, "condensate": vapour, "urine": urine, "waste": solids + wet},
        makeup=_makeup(burnt, moisture, wrapping + leavings, urine, wet),
        stoppable=False,
    )


def _makeup(burnt: Diet, moisture: Number, uneaten: Number, urine: Number, wet: Number) -> dict[str, Array]:
    """Elements of the food, the urine and the waste of a person-day, as mass fractions (5,) or (5, n).

    moisture   water in the food         uneaten   packaging and what is not burnt
    urine      with its solids           wet       water in the waste           all in kg
    """
    food = (
        (burnt.protein, fractions(**PROTEIN)),
        (burnt.carbohydrate, fractions(**CARBOHYDRATE)),
        (burnt.fat, fractions(**FAT)),
        (moisture, WATER),
        (uneaten, OTHER),
    )
    waste = (
        (FAECAL_SOLIDS_KG, fractions(**FAECAL_SOLIDS)),
        (SWEAT_SOLIDS_KG, fractions(**SWEAT_SOLIDS)),
        (wet, WATER),
        (uneaten, OTHER),
    )
    fluid = ((URINE_SOLIDS_KG, fractions(**URINE_SOLIDS)), (urine - URINE_SOLIDS_KG, WATER))
    return {"food": _mean(food), "urine": _mean(fluid), "waste": _mean(waste)}


def discarding(commodity: str = "goods") -> Reaction:
    """One kg of dry goods (clothes, wipes, wrapping) thrown away."""
    return Reaction(
        f"discarding {commodity}", {commodity: 1.0}, {"waste": 1.0}, makeup={"waste": composition(commodity)}
    )


def electrolysis() -> Reaction:
    """Water for one kg of oxygen; the hydrogen goes overboard: 2 H2O -> O2 + 2 H2.

    >>> round(electrolysis().inputs["water"], 3)
    1.126
    """
    water, hydrogen = 2.0 * molar_mass(H=2, O=1) / molar_mass(O=2), 2.0 * molar_mass(H=2) / molar_mass(O=2)
    return Reaction("electrolysis", {"water": water}, {"oxygen": 1.0}, {"hydrogen": hydrogen})


def urine_processing(recovered: Number = 0.85, solids: float = URINE_SOLIDS_KG / 1.5) -> Reaction:
    """One kg of urine with flush water to water and brine, which is waste.

    recovered   number or (n,)   share of the urine's water. Default: 0.85 to 0.87 (distillation without brine drying),
                                 ICES-2023-097; 0.97 to 0.98 with it, 0.70 for the other segment's way, same paper
    solids      number           share of solids in what is processed; the ledger uses the mixture's own elements
    """
    water = recovered * (1.0 - solids)
    fed = solids * fractions(**URINE_SOLIDS) + (1.0 - solids) * WATER
    brine = _mean(((solids, fractions(**URINE_SOLIDS)), ((1.0 - solids) - water, WATER)))
    return Reaction(
        "urine processing",
        {"urine": 1.0},
        {"water": water, "waste": solids + ((1.0 - solids) - water)},
        makeup={"urine": fed, "waste": brine},
    )


def condensate_processing(loss: float = 0.01) -> Reaction:
    """One kg of condensate to water; ``loss`` is the share left in filters. Default: general knowledge, 0 to 0.03."""
    return Reaction(
        "condensate processing", {"condensate": 1.0}, {"water": 1.0 - loss, "waste": loss}, makeup={"waste": WATER}
    )


def carbon_dioxide_removal() -> Reaction:
    """One kg of carbon dioxide taken from the cabin and sent overboard."""
    return Reaction("carbon dioxide removal", {"carbon_dioxide": 1.0}, vented={"carbon_dioxide": 1.0})


def air_leak(oxygen_share: Number) -> Reaction:
    """One kg of cabin air lost; ``oxygen_share`` of it is oxygen, the rest nitrogen."""
    parts = {"oxygen": oxygen_share, "nitrogen": 1.0 - oxygen_share}
    return Reaction("air leak", parts, vented=parts, cause="leaked")


def _mean(parts: tuple[tuple[Number, Array], ...]) -> Array:
    """Mass fractions of a mixture of (kg, fractions), shape (5,) or (5, n)."""
    mass: Number = 0.0
    elements: Array = np.zeros((5, 1))
    for amount, column in parts:
        mass = mass + amount
        elements = elements + column[:, None] * amount
    return elements / mass
