"""Agreements: a partner's exit begins, its flights and its services end step by step, and its elements go or stay.

Of an exit that takes time, crew flights end first, then cargo flights, then operations, each after the share of the
time that the scenario gives. Its people may still come in the ships of others until operations end. What becomes of
single elements is done by the process of fates.

Simplifies: until its last day a partner runs its segment in full.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from cupola.simulation.leaving import CARGO, CREW
from cupola.simulation.parting import part_away, ports_of, share_out
from cupola.simulation.state import NEVER, Array, Mask, State
from cupola.simulation.viability import judge_part, note_cuts


class Agreements:
    """Carries out the departure that the scenario names."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.exit = plan = state.model.exit
        if plan is None:
            return
        self.name = state.model.partners[plan.partner]
        self.shift = np.rint(state.draws.quantity("departure.after", plan.shift))
        """Days by which the exit comes earlier or later, by future"""
        # Without a statement nobody announced the exit, and its day is an assumption of the scenario.
        self.said = state.recorder.code(f"statement/{plan.statement}" if plan.statement else "fact/departure.after")
        self.cut = cut = set(state.model.programme.hanging_on(plan.cut)) if plan.cut in state.attached else set()
        self.along = ports_of(state, cut) if plan.ships_along else []
        """Ports whose ships go along with the part that separates"""

    def tick(self, day: int) -> None:
        """Do what falls due on this day."""
        plan = self.exit
        if plan is None:
            return
        for when, act in (
            (plan.begins, self._begin),
            (plan.crew_stops if plan.crew_stops < plan.ends else None, self._end_crew_flights),
            (plan.cargo_stops if plan.cargo_stops < plan.ends else None, self._end_cargo_flights),
            (max(0, plan.ends - 1), self._last_day),
            (plan.ends, self._end),
            (plan.ready if plan.mode == "hands-over" else None, self._hand_over),
            (plan.spares_end, self._use_up),
        ):
            if when is None or not when + plan.shift.low <= day <= max(when + plan.shift.high, 0):
                continue
            due = self.state.alive & (np.maximum(when + self.shift, 0.0) == day)
            if np.count_nonzero(due):
                act(due)

    def _begin(self, due: Mask) -> None:
        state = self.state
        state.recorder.event("partner-exit-begins", self.name, due, (self.said,))
        state.leaving.step(f"partner-exit-begins/{self.name}", due)

    def _end_crew_flights(self, due: Mask) -> None:
        self._end_flights(due, CREW, "crew-flights-end")

    def _end_cargo_flights(self, due: Mask) -> None:
        self._end_flights(due, CARGO, "cargo-flights-end")

    def _end_flights(self, due: Mask, kind: int, event: str) -> None:
        """The partner launches no more ships with people, or none without; those that are there stay their time."""
        state, plan = self.state, self.exit
        assert plan is not None
        begun = state.recorder.code(f"partner-exit-begins/{self.name}")
        key = state.recorder.event(event, self.name, due, (begun,))
        state.leaving.flights[kind, plan.partner] &= ~due
        np.copyto(state.home_key[plan.partner], np.int32(key), where=due)
        self._end_services(due, kind, key)
        state.leaving.step(f"{event}/{self.name}", due)

    def _end_services(self, due: Mask, kind: int, key: int) -> None:
        model = self.state.model
        for service, row in model.programme.services.items():
            vehicle = model.programme.vehicles[row.vehicle]
            if model.partner_row(vehicle.operator) == model.exit.partner and int(vehicle.crewed) == kind:  # type: ignore[union-attr]
                self.state.recorder.event("service-ended", service, due, (key,))

    def _last_day(self, due: Mask) -> None:
        state, plan = self.state, self.exit
        assert plan is not None
        state.flies[plan.partner] &= ~due
        state.leaving.flights[:, plan.partner] &= ~due
        np.copyto(state.home_key[plan.partner], np.int32(self.said), where=due)
        self._swap_seats(plan.partner, due)
        if self.along:
            self._change_ships(plan.partner, due)
        self._send_ships_home(plan.partner, due)

    def _end(self, due: Mask) -> None:
        state, plan = self.state, self.exit
        assert plan is not None
        begun = state.recorder.code(f"partner-exit-begins/{self.name}")
        key = state.recorder.event("partner-left", self.name, due, (begun,))
        state.active[plan.partner] &= ~due
        state.operates[plan.partner] &= ~due
        state.changed.add("partner")
        for kind, stops in ((CREW, plan.crew_stops), (CARGO, plan.cargo_stops)):
            if stops >= plan.ends:
                self._end_services(due, kind, key)
        state.leaving.step(f"partner-left/{self.name}", due)
        if due[state.leaving.noted].any():
            note_cuts(state, f"partner-left/{self.name}")
            if plan.cut in state.attached:
                judge_part(state, plan.cut)
        if plan.cut in state.attached:
            part_away(state, plan.cut, due, key, plan.ships_along)
            np.copyto(state.let_down, NEVER, where=~state.alive)

    def _hand_over(self, due: Mask) -> None:
        state, plan = self.state, self.exit
        assert plan is not None
        receiver = due & (state.trained[plan.to] > 0)
        np.copyto(state.operates[plan.partner], receiver, where=due)
        left = state.recorder.code(f"partner-left/{self.name}")
        state.recorder.event("handed-over", self.name, receiver, (left,))
        state.changed.add("partner")
        state.leaving.step(f"handed-over/{self.name}", receiver)

    def _use_up(self, due: Mask) -> None:
        """The spares of what others run are used up."""
        state, plan, leaving = self.state, self.exit, self.state.leaving
        assert plan is not None
        held = due & state.operates[plan.partner] & ~state.active[plan.partner]
        taken = [element for element, runs in leaving.runs.items() if np.count_nonzero(due & runs)]
        for element in taken:
            held = held | (due & leaving.runs[element])
        if not np.count_nonzero(held):
            return
        cause = state.recorder.code(
            f"handed-over/{self.name}" if plan.mode == "hands-over" else f"partner-left/{self.name}"
        )
        spares = state.recorder.code("fact/departure.spares")
        key = state.recorder.event("spares-exhausted", self.name, held, (cause, spares))
        state.operates[plan.partner] &= ~due
        np.copyto(leaving.left_key, np.int32(key), where=held)
        for element in taken:
            leaving.settle(element, due & leaving.runs[element], np.zeros_like(due), key)
        state.changed.add("partner")
        leaving.step(f"spares-exhausted/{self.name}", held)

    # Who goes home in which ship ----------------------------------------------------------------------------

    def _ships_of(self, partner: int) -> NDArray[Any]:
        """(ports, futures): whether the ship there is flown by this partner."""
        state = self.state
        table = np.array([row == partner for row in state.model.vehicle_partner] + [False])
        return table[state.port_vehicle]

    def _swap_seats(self, partner: int, due: Mask) -> None:
        """People of the partner who came on others' ships change seats with others who came on its ships."""
        state = self.state
        own = self._ships_of(partner) & (state.port_flight >= 0) & due
        others = ~self._ships_of(partner) & (state.port_flight >= 0) & due
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

    def _change_ships(self, partner: int, due: Mask) -> None:
        """Where ships go along, its people change into them and others out of them, as far as seats are free."""
        state = self.state
        stay = [port for port in range(len(state.model.ports)) if port not in self.along]
        for row in range(len(state.model.partners)):
            sources, targets = (stay, self.along) if row == partner else (self.along, stay)
            for source in sources:
                for target in targets:
                    self._move_people(row, source, target, due)
        state.count_people()
        going: Array = np.zeros(state.width)
        for port in self.along:
            for row in range(len(state.model.partners)):
                going += state.people[port, row]
        share_out(state, self.cut, going, due & (going > 0.5))

    def _move_people(self, partner: int, source: int, target: int, due: Mask) -> None:
        people = self.state.people
        if not np.count_nonzero(due & (people[source, partner] > 0.0)):
            return
        free = self.state.port_seats[target].copy()
        for row in range(len(self.state.model.partners)):
            free -= people[target, row]
        moved = np.where(due, np.clip(free, 0.0, people[source, partner]), 0.0)
        people[source, partner] -= moved
        people[target, partner] += moved

    def _send_ships_home(self, partner: int, due: Mask) -> None:
        """Its ships leave on the last day of its service, with everybody who is seated in them."""
        state = self.state
        own = self._ships_of(partner) & (state.port_flight >= 0) & due
        for port in self.along:
            own[port] = False
        np.copyto(state.port_due, float(state.day), where=own)
