"""Life support: people take oxygen, water and food, and give carbon dioxide, water vapour, urine and waste.

Recovery is done by equipment that has an owner, an operator and needs; what it cannot take up stays.

Simplifies: one cabin; oxygen is made to replace what is used, as far as the generators and the water last; what
a crewless station loses is its leak.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from cupola.base.quantity import DAY_S
from cupola.programme.functions import CO2_REMOVAL, OXYGEN, URINE_RECOVERY, WATER_RECOVERY
from cupola.simulation.state import NEVER, Array, State

DRY = 1e-3
"""kg below which a store counts as empty"""


class LifeSupport:
    """Runs a day of living."""

    def __init__(self, state: State) -> None:
        self.state = state
        settings, draws = state.model.programme.life_support, state.draws
        self.co2 = settings.carbon_dioxide.value * DAY_S
        leak = draws.quantity("life_support.leak", settings.leak) * DAY_S
        self.leak = {"nitrogen": leak * 0.77, "oxygen": leak * 0.23}
        self.residents = state.model.programme.crew_policy.usual.value
        self.need = {
            "oxygen": settings.oxygen.value * DAY_S,
            "water": settings.drink.value * DAY_S,
            "food": settings.food.value * DAY_S,
        }
        """kg a person-day that each reserve is counted in"""
        self.empty = {name: np.zeros(state.width, dtype=bool) for name in ("oxygen", "water", "food")}
        settings_eva = state.model.programme.attitude.evas.value
        self.eva_oxygen = settings.eva_oxygen.value * settings_eva / 365.25
        self.oxygen_goal = state.ledger.total("oxygen").copy()

    def tick(self, day: int) -> None:
        """Breathe, drink, eat; clean; leak; count the days of reserve."""
        state, ledger = self.state, self.state.ledger
        living = state.crew * state.alive
        done = ledger.convert("metabolism", living)
        self._recover()
        ledger.take("nitrogen", self.leak["nitrogen"] * state.alive, "leaked")
        spacewalks = self.eva_oxygen * (state.crewed & state.alive)
        ledger.take("oxygen", self.leak["oxygen"] * state.alive + spacewalks, "leaked")
        self._make_oxygen()
        self._reserves(living)
        hungry = state.crewed & state.alive & (done < living * (1.0 - 1e-9))
        if np.count_nonzero(hungry):
            self._name_the_empty(hungry)

    def _recover(self) -> None:
        """Clean the air and the water as far as the equipment goes."""
        state, ledger = self.state, self.state.ledger
        ledger.convert("carbon dioxide removal", state.capacity[CO2_REMOVAL] * self.co2)
        ledger.convert("condensate processing", state.capacity[WATER_RECOVERY] * DAY_S)
        ledger.convert("urine processing", state.capacity[URINE_RECOVERY] * DAY_S)

    def _make_oxygen(self) -> None:
        state, ledger = self.state, self.state.ledger
        wanted = np.maximum(0.0, self.oxygen_goal - ledger.total("oxygen"))
        wanted = np.minimum(wanted, state.capacity[OXYGEN] * DAY_S)
        ledger.convert("electrolysis", wanted)

    def _reserves(self, living: Array) -> None:
        """Days of reserve for the residents; a crew that is handing over for a week is not counted in them."""
        state, ledger = self.state, self.state.ledger
        people = np.maximum(np.minimum(living, self.residents), 1.0)
        nobody = np.flatnonzero(living < 0.5)
        for name, days in (("food", state.food_days), ("water", state.water_days), ("oxygen", state.oxygen_days)):
            np.divide(ledger.total(name), people * self.need[name], out=days)
            if nobody.size:
                days[nobody] = NEVER

    def _name_the_empty(self, hungry: NDArray[Any]) -> None:
        """A store that is empty with people aboard: they must leave."""
        state = self.state
        for name, seen in self.empty.items():
            out = hungry & (state.ledger.total(name) < self.need[name]) & ~seen
            if out.any():
                seen |= out
                key = state.recorder.event("store-empty", name, out)
                state.order_off(out, key, 1.0)
