"""Burns and changes of the craft in order of time: each takes the mass that the one before left."""

from __future__ import annotations

import numpy as np
import pytest

from cupola.base.errors import DomainError
from cupola.flight.course_plan import Refit, Wanted, craft_of, plan, planned
from cupola.flight.full_plan import Craft

BEGIN = np.datetime64("2025-01-01T12:00", "us")
CRAFT = Craft(420_000.0, 3_520.0, 2_400.0)
EXHAUST = 300.0 * 9.80665


def later(hours: float) -> np.datetime64:
    return BEGIN + np.timedelta64(round(hours * 3.6e9), "us")


END = later(24.0)


def test_a_burn_after_a_docking_moves_the_mass_that_docked() -> None:
    burns = [Wanted(later(6.0), 1.0, 300.0, 2_000.0), Wanted(later(1.0), 1.0, 300.0)]
    refits = [Refit(later(3.0), mass=430_000.0), Refit(later(9.0), drag_area=4_000.0), Refit(later(10.0), mass=400e3)]
    found = plan(CRAFT, burns, refits, BEGIN, END)
    share = np.exp(-1.0 / EXHAUST)
    masses = [420e3 * share, 430e3, 430e3 * share, 430e3 * share, 400e3]
    assert [one.craft.mass_kg for one in found.crafts] == pytest.approx(masses, rel=1e-12)
    assert [one.craft.drag_area_m2 for one in found.crafts] == [3_520.0] * 3 + [4_000.0] * 2
    assert {one.craft.solar_area_m2 for one in found.crafts} == {2_400.0}
    assert [burn.mass_after for burn in found.made] == pytest.approx([420e3 * share, 430e3 * share], rel=1e-12)
    assert found.made[1].duration == pytest.approx(430e3 * (1.0 - share) * EXHAUST / 2_000.0, rel=1e-9)
    assert [one.instant for one in found.refits] == [later(3.0), later(9.0), later(10.0)]
    assert found.craft_at(CRAFT, later(0.5)) is CRAFT
    assert found.craft_at(CRAFT, later(3.0)).mass_kg == 430e3
    assert found.craft_at(CRAFT, END) == Craft(400e3, 4_000.0, 2_400.0)


def test_a_change_at_the_end_of_a_burn_counts() -> None:
    burn = Wanted(later(1.0), 1.0, 300.0, 800.0)
    stop = plan(CRAFT, [burn], [], BEGIN, END).made[0].end
    found = plan(CRAFT, [burn], [Refit(stop, mass=300e3)], BEGIN, END)
    assert [one.craft.mass_kg for one in found.crafts] == [300e3]


@pytest.mark.parametrize(
    ("burns", "refits", "said"),
    [
        ([], [Refit(BEGIN, mass=1e5)], "change: lies outside the flight"),
        ([], [Refit(END, mass=1e5)], "change: lies outside the flight"),
        ([], [Refit(later(1.0), mass=1e5), Refit(later(1.0), drag_area=1.0)], "two fall on one instant"),
        ([Wanted(later(1.0), 1.0, 300.0, 800.0)], [Refit(later(1.1), mass=1e5)], "falls into the burn"),
        ([Wanted(later(1.0), 1.0)], [Refit(later(1.0), mass=1e5)], "falls into the burn"),
        ([], [Refit(later(1.0), mass=1e3)], "drag area: is too large for the mass"),
        ([], [Refit(later(1.0), mass=float("nan"))], "mass"),
        ([], [Refit(later(1.0), drag_area=float("inf"))], "drag area"),
        ([Wanted(later(25.0), 1.0)], [], "burn: lies outside the flight"),
        ([Wanted(later(1.0), 1.0, 300.0, 100.0), Wanted(later(1.1), 1.0)], [], "overlaps the one before"),
        ([Wanted(later(1.0), 1.0, None, 5.0)], [], "no specific impulse"),
    ],
)
def test_what_cannot_be_flown_is_refused(burns: list[Wanted], refits: list[Refit], said: str) -> None:
    with pytest.raises(DomainError, match=said):
        plan(CRAFT, burns, refits, BEGIN, END)


def test_all_that_cannot_be_flown_is_told_at_once() -> None:
    burns = [Wanted(later(30.0), 1.0), Wanted(later(2.0), 1.0, None, 5.0), Wanted(later(3.0), 1.0)]
    found, problems = planned(CRAFT, burns, [Refit(later(-1.0), mass=1e5), Refit(later(3.0), mass=1e5)], BEGIN, END)
    assert [kind for kind, _ in problems] == ["change", "burn", "change", "burn"]
    assert [burn.wanted for burn in found.made] == [burns[2]]


def test_the_craft_itself_is_checked() -> None:
    with pytest.raises(DomainError, match="solar area: is too large"):
        craft_of(10.0, 1.0, 11.0)
