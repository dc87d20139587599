"""Fates: what becomes of single elements of a partner that leaves, each on its day.

An element that another takes over works again when that one's people are trained. One that is brought down leaves with
a ship of the named type that is docked at it and has the propellant for the burn in its tanks; until there is one it
waits.
"""

from __future__ import annotations

import numpy as np

from cupola.base.quantity import UNITS
from cupola.physics.reboost import propellant_for
from cupola.programme.leaving import DEORBITED, INERT, SEPARATES, SOLD, TAKEN_OVER, TRANSFERRED
from cupola.simulation.exit_plan import PlannedFate
from cupola.simulation.parting import part_away, ports_of, take_ship
from cupola.simulation.state import Array, Mask, State
from cupola.simulation.structure import detach


class Fates:
    """Carries out the table of fates."""

    def __init__(self, state: State) -> None:
        self.state = state
        plan = state.model.exit
        self.fates = plan.fates if plan is not None else ()
        if plan is None or not self.fates:
            return
        self.name = state.model.partners[plan.partner]
        self.along = plan.ships_along
        # Drawn under the name that the process of agreements uses, it is the same shift.
        self.shift = np.rint(state.draws.quantity("departure.after", plan.shift))
        self.waiting = {row.noun.id: np.zeros(state.width, dtype=bool) for row in self.fates}
        """By element: whether it is to be brought down and still waits for a ship"""
        self.told = {row.noun.id: np.zeros(state.width, dtype=bool) for row in self.fates}
        self.speed = {
            row.noun.id: state.draws.quantity(f"fates.{row.noun.id}.delta_v", row.noun.delta_v) for row in self.fates
        }

    def tick(self, day: int) -> None:
        """Do what falls due on this day."""
        for row in self.fates:
            due = self._due(row.day, day) & self._there(row)
            if np.count_nonzero(due):
                self._come(row, due)
            if row.noun.fate in TAKEN_OVER:
                ready = self._due(row.ready, day) & self._there(row)
                if np.count_nonzero(ready):
                    self._take_over(row, ready)
            if np.count_nonzero(self.waiting[row.noun.id]):
                self._bring_down(row)

    def _due(self, when: int, day: int) -> Mask:
        found: Mask = self.state.alive & (np.maximum(when + self.shift, 0.0) == day)
        return found

    def _there(self, row: PlannedFate) -> Mask:
        none = np.zeros(self.state.width, dtype=bool)
        return self.state.attached.get(row.noun.id, none)

    def _come(self, row: PlannedFate, due: Mask) -> None:
        """The day of the fate."""
        state, noun = self.state, row.noun
        said = state.recorder.code(f"statement/{noun.statement}") if noun.statement else 0
        begun = said or state.recorder.code(f"partner-exit-begins/{self.name}")
        if noun.fate == INERT:
            key = state.recorder.event("element-inert", noun.id, due, (begun,), source=noun.source)
            state.leaving.settle(noun.id, due, np.zeros_like(due), key)
            state.changed.add("partner")
            state.leaving.step(f"element-inert/{noun.id}", due)
        elif noun.fate in (TRANSFERRED, SOLD):
            price = np.nan if noun.price is None else noun.price.value / UNITS[noun.price.unit][1]
            unit = "" if noun.price is None else noun.price.unit
            kind = f"element-{noun.fate}"
            state.recorder.event(kind, noun.id, due, (begun,), value=price, unit=unit, source=noun.source)
            state.leaving.step(f"element-{noun.fate}/{noun.id}", due)
        elif noun.fate == SEPARATES:
            part_away(state, noun.id, due, begun, self.along)
        elif noun.fate == DEORBITED:
            self.waiting[noun.id] |= due

    def _take_over(self, row: PlannedFate, ready: Mask) -> None:
        state, noun = self.state, row.noun
        runs = ready & (state.trained[row.to] > 0)
        left = state.recorder.code(f"partner-left/{self.name}")
        state.recorder.event("element-taken-over", noun.id, runs, (left,), source=noun.source)
        state.leaving.settle(noun.id, ready, runs, left)
        state.changed.add("partner")
        state.leaving.step(f"element-taken-over/{noun.id}", ready)

    def _bring_down(self, row: PlannedFate) -> None:
        """Where a ship of the type is docked at the element with enough propellant, both leave and come down."""
        state, noun = self.state, row.noun
        leaving = set(state.model.programme.hanging_on(noun.id))
        kind = state.model.vehicles.index(noun.vehicle)
        for port in ports_of(state, leaving):
            here = self.waiting[noun.id] & state.alive & (state.port_vehicle[port] == kind)
            if not np.count_nonzero(here):
                continue
            tank = state.ledger.row(f"ship/{state.model.ports[port]}")
            need = self._fuel(row, leaving, port)
            able = here & (state.ledger.levels[tank] >= need)
            if np.count_nonzero(able):
                self._leave(row, leaving, port, able, need)
        left = self.waiting[noun.id] & ~self.told[noun.id]
        if np.count_nonzero(left):
            self.told[noun.id] |= left
            state.recorder.event("element-waits", noun.id, left, (state.recorder.code(f"no-ship/{noun.vehicle}"),))

    def _fuel(self, row: PlannedFate, leaving: set[str], port: int) -> Array:
        """Propellant for the burn of element and ship together (n,) [kg]."""
        state = self.state
        mass: Array = np.zeros(state.width)
        for key in leaving & state.attached.keys():
            mass += state.model.programme.elements[key].mass.value * state.attached[key]
        vehicle = state.model.programme.vehicles[row.noun.vehicle]
        impulse = state.draws.quantity(f"vehicles.{vehicle.id}.specific_impulse", vehicle.specific_impulse)
        # Outfitting that no row lists goes with the mass of the elements.
        mass = mass * (state.structure / np.maximum(state.element_mass, 1.0)) + state.port_mass[port]
        fuel: Array = propellant_for(self.speed[row.noun.id], mass, np.maximum(impulse, 1.0))
        return fuel

    def _leave(self, row: PlannedFate, leaving: set[str], port: int, able: Mask, need: Array) -> None:
        state, noun = self.state, row.noun
        tank = state.ledger.row(f"ship/{state.model.ports[port]}")
        burnt = state.ledger.take_row(tank, np.where(able, need, 0.0), "burnt for deorbit")
        take_ship(state, port, able, state.recorder.code(f"element-deorbited/{noun.id}"), "left in ship")
        state.count_people()
        detach(state, leaving, able)
        key = state.recorder.event(
            "element-deorbited", noun.id, able, (state.recorder.code(f"partner-exit-begins/{self.name}"),),
            value=burnt, unit="kg of propellant", source=noun.source,
        )  # fmt: skip
        for part in leaving & state.absent.keys():
            np.copyto(state.absent[part], np.int32(key), where=able)
        self.waiting[noun.id] &= ~able
        state.leaving.step(f"element-deorbited/{noun.id}", able)
