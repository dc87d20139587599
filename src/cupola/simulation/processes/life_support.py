"""Life support: people take oxygen, water and food, and give carbon dioxide, water vapour, urine and waste.

Recovery is done by equipment that has an owner, an operator and needs; what it cannot take up stays.

Simplifies: one cabin; oxygen is made to replace what is used, as far as the generators and the water last; what
a crewless station loses is its leak.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from cupola.base.quantity import DAY_S, YEAR_DAYS
from cupola.physics.life_support import carbon_dioxide_pressure
from cupola.programme.functions import CO2_REMOVAL, OXYGEN, ROBOTIC_ARM, URINE_RECOVERY, WATER_RECOVERY
from cupola.simulation.movements import filled
from cupola.simulation.recorder import Codes
from cupola.simulation.state import NEVER, Array, State

EATEN = {"water": "drink"}
"""Commodity -> name of what a person takes of it a day, where that is another"""
DRY = 1e-3
"""kg below which a store counts as empty"""


class LifeSupport:
    """Runs a day of living."""

    def __init__(self, state: State) -> None:
        self.state = state
        settings, draws = state.model.programme.life_support, state.draws
        self.co2 = settings.carbon_dioxide.value * DAY_S
        self.leak = draws.quantity("life_support.leak", settings.leak) * DAY_S
        self.residents = state.model.programme.crew_policy.usual.value
        self.need = {
            "oxygen": settings.oxygen.value * DAY_S,
            "water": settings.drink.value * DAY_S,
            "food": settings.food.value * DAY_S,
        }
        """kg a person-day that each reserve is counted in"""
        self.empty = {name: np.zeros(state.width, dtype=bool) for name in ("oxygen", "water", "food")}
        settings_eva = state.model.programme.attitude.evas.value
        self.eva_oxygen = settings.eva_oxygen.value * settings_eva / YEAR_DAYS
        self.eva_air = settings.eva_air.value * settings_eva / YEAR_DAYS
        self.share = draws.quantity("life_support.oxygen_share", settings.oxygen_share)
        volume = draws.quantity("life_support.volume", settings.volume)
        limit = draws.quantity("life_support.co2_limit", settings.co2_limit)
        self.most_co2 = np.asarray(limit / carbon_dioxide_pressure(1.0, volume))
        """kg of carbon dioxide in the cabin at the limit"""
        self.canisters = draws.quantity("life_support.co2_canisters", settings.co2_canisters)
        self.foul = np.zeros(state.width, dtype=bool)
        self.oxygen_goal = state.ledger.total("oxygen").copy()

    def tick(self, day: int) -> None:
        """Breathe, drink, eat; clean; leak; count the days of reserve."""
        state, ledger = self.state, self.state.ledger
        if day == state.model.recorded:
            # Nobody was ordered off within the record; what is still so when it ends counts from now on.
            self.foul[...] = False
            for seen in self.empty.values():
                seen[...] = False
        living = state.crew * state.alive
        done = ledger.convert("metabolism", living)
        self._recover()
        self._clear_air()
        living_here = state.crewed & state.alive
        losses = self.leak * state.alive + self.eva_air * living_here
        ledger.take("nitrogen", losses * (1.0 - self.share), "leaked")
        ledger.take("oxygen", losses * self.share + self.eva_oxygen * living_here, "leaked")
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

    def _clear_air(self) -> None:
        """Carbon dioxide above the limit is taken up by canisters; when they are used up the crew must leave."""
        state, ledger = self.state, self.state.ledger
        over = ledger.total("carbon_dioxide") - self.most_co2
        if not (over > 0.0).any():
            return
        used = np.minimum(np.maximum(over, 0.0) / self.co2, self.canisters)
        self.canisters -= used
        ledger.convert("carbon dioxide removal", used * self.co2)
        foul = state.alive & state.crewed & (over > used * self.co2 + DRY) & ~self.foul
        if foul.any():
            self.foul |= foul
            lost = state.lost_key.get(CO2_REMOVAL, np.zeros(state.width, dtype=np.int32))
            limit = state.recorder.code("fact/life_support.co2_limit")
            key = state.recorder.event(
                "air-foul", "carbon_dioxide", foul, (lost, limit), value=over, unit="kg too much"
            )
            state.order_off(foul, key, 1.0)

    def _make_oxygen(self) -> None:
        state, ledger = self.state, self.state.ledger
        goal = self.oxygen_goal + state.brought.get("oxygen", 0.0)
        wanted = np.maximum(0.0, goal - ledger.total("oxygen"))
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
                key = state.recorder.event("store-empty", name, out, self._why_empty(name))
                state.order_off(out, key, 1.0)

    def _why_empty(self, name: str) -> tuple[Codes, ...]:
        """What made or brought it and is gone: the function, the arm that berths its ships, the partner."""
        state = self.state
        makers = {"oxygen": (OXYGEN,), "water": (WATER_RECOVERY, ROBOTIC_ARM), "food": (ROBOTIC_ARM,)}[name]
        none = np.zeros(state.width, dtype=np.int32)
        causes = [
            np.where(state.capacity[maker] <= 0, state.lost_key.get(maker, none), 0)
            for maker in makers
            if maker in state.capacity
        ]
        plan = state.model.exit
        if plan is not None:
            left = state.recorder.code(f"partner-left/{state.model.partners[plan.partner]}")
            causes.append(np.where(state.active[plan.partner], 0, left))
        used = state.recorder.code(f"fact/life_support.{EATEN.get(name, name)}")
        return filled([none, *(cause.astype(np.int32) for cause in causes)], [state.movements.held, used])
