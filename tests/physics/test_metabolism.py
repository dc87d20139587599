"""Reactions close in every element, and refuse what cannot be."""

from __future__ import annotations

import numpy as np
import pytest

from cupola.base.errors import DomainError
from cupola.physics.chemistry import ATOMIC_MASS, ELEMENTS, Reaction, composition, fractions, molar_mass
from cupola.physics.metabolism import (
    air_leak,
    carbon_dioxide_removal,
    condensate_processing,
    diet,
    discarding,
    electrolysis,
    metabolism,
    respiratory_quotient,
    urine_processing,
)

DAY = {
    "oxygen": 0.84,
    "carbon_dioxide": 1.0,
    "food": 1.83,
    "dry_food": 0.62,
    "drink": 2.5,
    "urine": 1.5,
    "condensate": 1.5,
    "waste": 1.3,
}


@pytest.mark.parametrize(
    "commodity", ["oxygen", "nitrogen", "water", "hydrogen", "air", "carbon_dioxide", "propellant"]
)
def test_fractions_of_a_commodity_add_up_to_one(commodity: str) -> None:
    assert composition(commodity).shape == (len(ELEMENTS),)
    assert abs(composition(commodity).sum() - 1.0) < 1e-15


def test_water_is_two_parts_hydrogen() -> None:
    column = dict(zip(ELEMENTS, composition("water"), strict=True))
    assert column["H"] * molar_mass(H=2, O=1) == pytest.approx(2.0 * ATOMIC_MASS["H"], rel=1e-15)
    assert column["C"] == column["N"] == column["other"] == 0.0


@pytest.mark.parametrize(
    "reaction",
    [
        metabolism(**DAY),
        electrolysis(),
        urine_processing(),
        condensate_processing(),
        carbon_dioxide_removal(),
        air_leak(0.2314),
        discarding(),
    ],
    ids=lambda reaction: reaction.name,
)
def test_every_element_and_the_mass_close(reaction: Reaction) -> None:
    inputs = sum(reaction.inputs.values())
    outputs = sum([*reaction.outputs.values(), *reaction.vented.values()])
    assert np.abs(reaction.imbalance()).max() <= 2e-15 * inputs
    assert abs(inputs - outputs) <= 2e-15 * inputs


def test_what_is_stated_is_kept() -> None:
    day = metabolism(**DAY)
    assert day.inputs == {"oxygen": 0.84, "food": 1.83, "water": 2.5}
    assert day.outputs["carbon_dioxide"] == 1.0
    assert day.outputs["urine"] == 1.5
    assert day.outputs["condensate"] == pytest.approx(1.5, abs=1e-14)
    assert not day.stoppable


def test_water_that_is_not_thrown_away_dries_into_the_air() -> None:
    wet, dry = metabolism(**DAY), metabolism(**{**DAY, "waste": 0.6})
    assert dry.outputs["waste"] == pytest.approx(0.6)
    moved = dry.outputs["condensate"] - wet.outputs["condensate"]
    assert moved == pytest.approx(wet.outputs["waste"] - 0.6) and moved > 0.1


def test_water_that_is_not_drunk_is_not_breathed_out() -> None:
    assert metabolism(**{**DAY, "drink": 1.5}).outputs["condensate"] < 1.5
    with pytest.raises(DomainError, match="condensate"):
        metabolism(**{**DAY, "drink": 0.0})


def test_food_that_is_not_burnt_goes_to_waste() -> None:
    usual = metabolism(**DAY)
    more = metabolism(**{**DAY, "dry_food": diet(0.84, 1.0).solids + 0.1})
    # The dry food is "other" on both sides; what was water in the food is leavings now.
    gained = more.makeup["food"][4, 0] * 1.83 - usual.makeup["food"][4, 0] * 1.83
    assert gained == pytest.approx(0.1)
    assert more.makeup["waste"][4, 0] * more.outputs["waste"] == pytest.approx(
        usual.makeup["waste"][4, 0] * usual.outputs["waste"] + 0.1
    )


@pytest.mark.parametrize(("oxygen", "carbon_dioxide"), [(0.84, 1.2), (0.84, 0.8), (0.0, 1.0), (float("nan"), 1.0)])
def test_a_quotient_that_no_food_gives_is_refused(oxygen: float, carbon_dioxide: float) -> None:
    with np.errstate(all="ignore"), pytest.raises((DomainError, ZeroDivisionError)):
        diet(oxygen, carbon_dioxide)


def test_diet_is_solved_for_each_future_alike() -> None:
    oxygen, carbon_dioxide = np.array([0.80, 0.84, 0.90]), np.array([0.95, 1.0, 1.05])
    together = diet(oxygen, carbon_dioxide)
    for future in range(3):
        alone = diet(oxygen[future : future + 1], carbon_dioxide[future : future + 1])
        assert np.asarray(together.fat)[future] == np.asarray(alone.fat)[0]


def test_a_day_for_each_future_closes() -> None:
    oxygen = np.array([0.80, 0.84, 0.90])
    day = metabolism(**{**DAY, "oxygen": oxygen})
    assert day.makeup["waste"].shape == (5, 3)
    assert np.abs(day.imbalance()).max() < 5e-15


def test_quotient_of_sugar_is_one() -> None:
    sugar = fractions(C=6, H=12, O=6)
    carbon_dioxide = sugar[1] / fractions(C=1, O=2)[1]
    oxygen = carbon_dioxide * molar_mass(O=2) / molar_mass(C=1, O=2)
    assert respiratory_quotient(oxygen, carbon_dioxide) == pytest.approx(1.0, rel=1e-15)


def test_a_reaction_that_does_not_close_is_refused() -> None:
    with pytest.raises(DomainError, match="elements do not close"):
        Reaction("wish", {"water": 1.0}, {"oxygen": 1.0})
    with pytest.raises(DomainError, match="elements do not close"):
        Reaction("near", {"water": 1.0}, {"water": 1.0 - 1e-12})


@pytest.mark.parametrize("amount", [-1.0, float("nan"), float("inf")])
def test_a_reaction_refuses_amounts_that_are_not(amount: float) -> None:
    with pytest.raises(DomainError, match="expected a number"):
        Reaction("odd", {"water": amount}, {"water": amount})


def test_a_mixture_must_leave_its_rest_somewhere() -> None:
    with pytest.raises(DomainError, match="takes a mixture"):
        Reaction("lost", {"food": 1.0}, {"goods": 1.0})


def test_recovery_gives_its_share_of_the_water() -> None:
    most, least = urine_processing(0.98), urine_processing(0.70)
    assert most.outputs["water"] / least.outputs["water"] == pytest.approx(0.98 / 0.70)
    with pytest.raises(DomainError):
        urine_processing(1.2)
