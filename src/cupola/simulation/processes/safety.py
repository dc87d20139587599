"""Safety: rules that are crossed, with what is done about it.

A rule is enforced or waived: where it is waived the crossing is recorded and nothing is done.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cupola.base.quantity import DAY_S
from cupola.programme.functions import CO2_REMOVAL, OXYGEN, WATER_RECOVERY
from cupola.programme.record import Rule
from cupola.simulation.state import Array, Mask, State

MAKERS = {"water": WATER_RECOVERY, "oxygen": OXYGEN}
"""Commodity -> function that makes it aboard"""


class Safety:
    """Watches every rule of the programme each day."""

    def __init__(self, state: State) -> None:
        self.state = state
        programme = state.model.programme
        self.enforced = bool(state.enforced.any())
        """Whether rules are acted on in any future"""
        self.within = state.draws.quantity("crew_policy.abandon_within", programme.crew_policy.abandon_within) / DAY_S
        self.rules = [
            (rule, check, np.zeros(state.width, dtype=bool), np.full(state.width, np.inf), rule.id in programme.waived)
            for rule in programme.rules.values()
            if (check := self._check(rule)) is not None
        ]

    def _check(self, rule: Rule) -> Callable[[], Mask] | None:
        """Whether the rule is crossed, by future; None for rules of kinds that are judged elsewhere."""
        state, programme = self.state, self.state.model.programme
        limit = rule.limit
        reserves: dict[str, Array] = {
            "food": state.food_days,
            "water": state.water_days,
            "oxygen": state.oxygen_days,
        }
        if rule.kind == "lifeboat":
            return lambda: state.crew > state.seats * limit + 0.5
        if rule.kind == "trained" and rule.subject in state.model.partners:
            row = state.model.partners.index(rule.subject)
            run_by = {key: programme.partner_of(one.operator) for key, one in programme.elements.items()}
            own = [key for key, partner in run_by.items() if partner == rule.subject]
            return lambda: (
                state.crewed & self._any_there(own) & (state.trained[row] + self._stand_ins(row) < limit - 0.5)
            )
        if rule.kind == "reserve" and rule.subject in reserves:
            return lambda: state.crewed & (reserves[rule.subject] * DAY_S < limit)
        if rule.kind == "reserve" and rule.subject == "propellant":
            return lambda: state.ledger.total("propellant") < limit
        if rule.kind == "altitude":
            return lambda: state.altitude > limit
        if rule.kind == "crew_minimum":
            return lambda: state.crewed & (state.crew < limit - 0.5)
        if rule.kind == "co2":
            return lambda: state.crewed & (state.capacity[CO2_REMOVAL] < state.crew - 1e-9)
        return None

    def _any_there(self, own: Sequence[str]) -> Mask | bool:
        """Where an element the partner runs is attached; when all have gone, there is nothing to be trained for."""
        return np.logical_or.reduce([self.state.attached[key] for key in own]) if own else True

    def _stand_ins(self, row: int) -> Array:
        """People of the operator that took over count as trained."""
        state = self.state
        plan = state.model.exit
        if plan is None or plan.mode != "hands-over" or plan.partner != row:
            return np.zeros(state.width)
        # Those trained in time stand in from the day on which the last of the partner's people go home.
        ready = plan.ready <= plan.ends and plan.ends - 1 <= state.day < plan.spares_end
        handed = state.operates[row] & (ready | ~state.active[row])
        return np.where(handed, state.trained[plan.to], 0.0)

    def tick(self, day: int) -> None:
        """Record crossings; order the crew off where a rule says so and is enforced."""
        state = self.state
        if day == state.model.recorded and day > 0:
            drifting = state.crewed & ~state.controlled & state.alive
            state.order_off(drifting, state.recorder.code("attitude-lost/station"), 1.0)
        for rule, check, crossed, since, waived in self.rules:
            now = check() & state.alive
            if np.count_nonzero(now != crossed):
                fresh = now & ~crossed
                key = state.recorder.event(
                    "rule-crossed", rule.id, fresh, self._causes(rule, fresh), source=rule.source
                )
                met = crossed & ~now & state.alive & state.crewed
                if np.count_nonzero(met):
                    state.recorder.event("rule-met", rule.id, met, self._restored(rule))
                np.copyto(since, float(day), where=fresh)
                np.copyto(since, np.inf, where=~now)
                np.copyto(crossed, now)
            else:
                key = state.recorder.code(f"rule-crossed/{rule.id}")
            if rule.action == "abandon" and not waived and self.enforced and np.count_nonzero(crossed):
                due = crossed & state.enforced & (day - since >= rule.grace / DAY_S)
                if np.count_nonzero(due):
                    state.order_off(due, key, self.within)

    def _causes(self, rule: Rule, fresh: Mask) -> tuple[int | NDArray[Any], ...]:
        """What led to a crossing, beside the rule itself."""
        state = self.state
        own = state.recorder.code(f"rule/{rule.id}")
        if rule.kind == "co2":
            lost = state.lost_key.get(CO2_REMOVAL)
            return (own,) if lost is None else (own, lost)
        plan = state.model.exit
        if plan is None:
            return (own,)
        called = np.where(state.flies[plan.partner], 0, state.home_key[plan.partner])
        left = state.recorder.code(f"partner-left/{state.model.partners[plan.partner]}")
        return (own, np.where(state.active[plan.partner], called, left).astype(np.int32))

    def _restored(self, rule: Rule) -> tuple[int | NDArray[Any], ...]:
        """The rule, and what ended its breach: the ship that came or went, or what provides what it asks for."""
        state, code = self.state, self.state.recorder.code
        plan = state.model.exit
        otherwise = ""
        if rule.kind == "co2":
            otherwise = f"function-back/{CO2_REMOVAL}"
        elif rule.kind == "altitude":
            return (code(f"rule/{rule.id}"), code("fact/orbit_policy.altitude"))
        elif rule.kind == "reserve" and rule.subject in MAKERS:
            otherwise = f"fact/functions.{MAKERS[rule.subject]}"
        elif rule.kind == "trained" and plan is not None:
            otherwise = f"handed-over/{state.model.partners[plan.partner]}"
        return (code(f"rule/{rule.id}"), state.movements.today(state.day, code(otherwise)))
