"""The metabolism against what NASA's documents state for a person-day.

Sources: Advanced Life Support Baseline Values and Assumptions Document, NASA CR-2004-208941 (2004), nominal human
interface values of a 70 kg person; Tobias and Garr, ISS Water Balance Operations, NASA JSC.
"""

from __future__ import annotations

import pytest

from cupola.physics.chemistry import Reaction
from cupola.physics.metabolism import diet, electrolysis, metabolism, respiratory_quotient

OXYGEN, CARBON_DIOXIDE, DRY_FOOD, WATER = 0.835, 0.998, 0.617, 3.909
URINE_WATER, VAPOUR, FAECAL_WATER = 1.886, 2.277, 0.091
SOLIDS = {"urine": 0.059, "faeces": 0.032, "sweat": 0.018}
ENERGY_MJ = 11.82
TOLERANCE = 0.02
"""kg a person-day; the compounds stand for a diet, they are not one."""


def bvad_day() -> Reaction:
    """The stated day. Food carries 0.4 kg of the stated water, for food is not eaten dry; nothing is wrapped."""
    return metabolism(
        oxygen=OXYGEN,
        carbon_dioxide=CARBON_DIOXIDE,
        food=DRY_FOOD + 0.4,
        dry_food=DRY_FOOD,
        drink=WATER - 0.4,
        urine=URINE_WATER + SOLIDS["urine"],
        condensate=VAPOUR,
        waste=FAECAL_WATER + SOLIDS["faeces"] + SOLIDS["sweat"],
        packaging=0.0,
    )


def test_the_document_itself_closes() -> None:
    taken = OXYGEN + DRY_FOOD + WATER
    given = CARBON_DIOXIDE + URINE_WATER + VAPOUR + FAECAL_WATER + sum(SOLIDS.values())
    assert taken == pytest.approx(given, abs=1e-9)


def test_respiratory_quotient() -> None:
    quotient = respiratory_quotient(OXYGEN, CARBON_DIOXIDE)
    assert quotient == pytest.approx(0.869, abs=5e-4)
    assert 0.85 <= quotient <= 0.92
    assert 0.85 <= respiratory_quotient(0.84, 1.00) <= 0.92


def test_dry_food_follows_from_the_gases() -> None:
    assert diet(OXYGEN, CARBON_DIOXIDE).solids == pytest.approx(DRY_FOOD, abs=TOLERANCE)


def test_metabolic_water_is_the_difference_of_the_stated_waters() -> None:
    stated = URINE_WATER + VAPOUR + FAECAL_WATER - WATER
    assert diet(OXYGEN, CARBON_DIOXIDE).water == pytest.approx(stated, abs=TOLERANCE)


def test_water_given_off() -> None:
    day = bvad_day()
    assert day.outputs["condensate"] == pytest.approx(VAPOUR, abs=TOLERANCE)
    assert day.outputs["waste"] == pytest.approx(FAECAL_WATER + SOLIDS["faeces"] + SOLIDS["sweat"], abs=TOLERANCE)


def test_energy_of_the_diet() -> None:
    # 17, 17 and 37 MJ/kg: energy conversion factors of Regulation (EU) 1169/2011, annex XIV.
    burnt = diet(OXYGEN, CARBON_DIOXIDE)
    assert 17.0 * burnt.protein + 17.0 * burnt.carbohydrate + 37.0 * burnt.fat == pytest.approx(ENERGY_MJ, rel=0.12)


def test_station_water_balance() -> None:
    """2.20 L in for drink, food and hygiene and 0.30 L of flush; out 1.50 L latent, 1.20 L urine and the flush."""
    day = metabolism(
        oxygen=0.84,
        carbon_dioxide=1.00,
        food=1.80,
        dry_food=0.62,
        drink=2.20 + 0.30,
        urine=1.20 + 0.30,
        condensate=1.50,
        waste=1.50,
    )
    assert day.outputs["condensate"] == pytest.approx(1.50, abs=TOLERANCE)
    # All but the water that leaves with trash comes back for recovery, and some food water with it.
    assert 2.9 <= day.outputs["condensate"] + day.outputs["urine"] <= 3.4


def test_water_for_a_day_of_oxygen() -> None:
    # The same document counts 1.00 L of water a person-day for oxygen.
    assert electrolysis().inputs["water"] * 0.84 == pytest.approx(1.00, abs=0.06)
