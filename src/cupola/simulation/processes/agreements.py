"""Agreements: a partner's exit begins, ends its services, and takes, leaves or hands over its elements.

Simplifies: an exit that takes time keeps the partner's full service until its last day.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from cupola.simulation.state import NEVER, State
from cupola.simulation.structure import detach


class Agreements:
    """Carries out the departure that the scenario names."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.exit = state.model.exit

    def tick(self, day: int) -> None:
        """Do what falls due on this day."""
        plan = self.exit
        if plan is None:
            return
        state = self.state
        name = state.model.partners[plan.partner]
        said = state.recorder.code(f"statement/{plan.statement}") if plan.statement else 0
        if day == plan.begins:
            state.recorder.event("partner-exit-begins", name, state.alive, (said,))
        if day == max(0, plan.ends - 1):
            state.flies[plan.partner] = False
            np.copyto(state.home_key[plan.partner], np.int32(said))
            self._swap_seats(plan.partner)
            self._send_ships_home(plan.partner)
        if day == plan.ends:
            self._end(name, said)
        if plan.mode != "hands-over" or day < plan.ends:
            return
        if day == plan.ready:
            self._hand_over(name)
        if day == plan.spares_end:
            held = state.operates[plan.partner] & state.alive
            state.recorder.event("spares-exhausted", name, held, (state.recorder.code(f"handed-over/{name}"),))
            state.operates[plan.partner] = False
            state.changed.add("partner")

    def _end(self, name: str, said: int) -> None:
        state, plan = self.state, self.exit
        assert plan is not None
        begun = state.recorder.code(f"partner-exit-begins/{name}")
        key = state.recorder.event("partner-left", name, state.alive, (begun, said) if said else (begun,))
        state.active[plan.partner] = False
        state.operates[plan.partner] = False
        state.changed.add("partner")
        for service, row in state.model.programme.services.items():
            if state.model.partner_row(state.model.programme.vehicles[row.vehicle].operator) == plan.partner:
                state.recorder.event("service-ended", service, state.alive, (key,))
        if plan.mode == "separates":
            self._separate(plan.cut, key)

    def _hand_over(self, name: str) -> None:
        state, plan = self.state, self.exit
        assert plan is not None
        receiver = state.trained[plan.to] > 0
        state.operates[plan.partner] = receiver & state.alive
        left = state.recorder.code(f"partner-left/{name}")
        state.recorder.event("handed-over", name, receiver & state.alive, (left,))
        state.changed.add("partner")

    def _ships_of(self, partner: int) -> NDArray[Any]:
        """(ports, futures): whether the ship there is flown by this partner."""
        state = self.state
        table = np.array([row == partner for row in state.model.vehicle_partner] + [False])
        return table[state.port_vehicle]

    def _swap_seats(self, partner: int) -> None:
        """People of the partner who came on others' ships change seats with others who came on its ships."""
        state = self.state
        own = self._ships_of(partner) & (state.port_flight >= 0)
        others = ~own & (state.port_flight >= 0)
        rows = range(len(state.model.ports))
        for away in rows:
            for home in rows:
                if away == home:
                    continue
                possible = others[away] & own[home]
                if not possible.any():
                    continue
                for other in range(len(state.model.partners)):
                    if other == partner:
                        continue
                    swap = np.minimum(state.people[away, partner], state.people[home, other])
                    swap = np.where(possible, swap, 0.0)
                    state.people[away, partner] -= swap
                    state.people[home, partner] += swap
                    state.people[home, other] -= swap
                    state.people[away, other] += swap
        state.count_people()

    def _send_ships_home(self, partner: int) -> None:
        """Its ships leave on the last day of its service, with everybody who is seated in them."""
        state = self.state
        own = self._ships_of(partner) & (state.port_flight >= 0)
        np.copyto(state.port_due, float(state.day), where=own)

    def _separate(self, cut: str, key: int) -> None:
        """The cut element leaves with all that hangs on it."""
        state = self.state
        leaving = state.model.programme.hanging_on(cut)
        gone = detach(state, leaving, state.alive)
        for element in leaving:
            np.copyto(state.absent[element], np.int32(state.recorder.code(f"separated/{cut}")), where=state.alive)
        state.recorder.event("separated", cut, state.alive, (key,), value=gone, unit="kg")
        np.copyto(state.let_down, NEVER, where=~state.alive)
