"""Providers: which of them work, what that gives of each function, and what falls with what.

Judged again only when something that they need has changed.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cupola.programme.functions import RETURN_SEATS, Need, Provision
from cupola.simulation.recorder import Codes
from cupola.simulation.state import Array, Mask, State

HANDOVER = 21
"""Days for which a shortage is put down to a crew handover. Handovers took 5 to 14 days in 2020-2022."""
KEPT = 64
"""Above this many futures the capacities by day are not kept."""


class Providers:
    """Judges every provision by its element, its operator and its needs."""

    def __init__(self, state: State) -> None:
        self.state = state
        model = state.model
        programme = model.programme
        self.capacity: dict[str, Array] = {
            row.id: state.draws.quantity(f"provisions.{row.id}.capacity", row.capacity) for row in model.provisions
        }
        self.operator = {row.id: model.partner_row(row.operator) for row in model.provisions}
        self.demand = {
            key: state.draws.quantity(f"functions.{key}.demand", function.demand)
            for key, function in programme.functions.items()
        }
        self.of_function: dict[str, list[Provision]] = {key: [] for key in model.functions}
        for row in model.provisions:
            self.of_function.setdefault(row.function, []).append(row)
        self.was_present = {key: np.zeros(state.width, dtype=bool) for key in model.functions}
        self.was_lost = {key: np.zeros(state.width, dtype=bool) for key in model.functions}
        self.count: dict[str, Array] = {}
        self.by_crew = [key for key, function in programme.functions.items() if function.basis == "crew"]
        self.short_since = {key: np.full(state.width, np.inf) for key in model.functions}
        self.share: dict[str, Array] = {}
        self.waiting: set[str] = set()
        self.stocked: dict[str, Mask] = {}
        self.first = True
        self.triggers = {row.id: self._triggers(row) for row in model.provisions}
        self.upstream = {
            row.id: {f"{need.kind}/{need.subject}" for need in row.needs if need.kind in ("provision", "function")}
            for row in model.provisions
        }
        self.last = {row.function: place for place, row in enumerate(model.provisions)}

    def _triggers(self, row: Provision) -> set[str]:
        """What makes this provision worth judging again."""
        found = {"all", "partner", "element", "power"}
        if row.provider in self.state.model.vehicles:
            found.add(f"ship/{row.provider}")
        for need in row.needs:
            if need.kind == "store":
                found.add(f"store/{need.subject}")
            elif need.kind == "trained":
                found.add(f"people/{need.subject}")
        return found

    def tick(self, day: int) -> None:
        """Judge again what today's changes can have touched."""
        state = self.state
        if self.waiting:
            self._say_short(day)
        if not state.changed:
            return
        changed = frozenset(state.changed)
        state.changed.clear()
        changed = self._really_changed(changed)
        if not changed:
            return
        self._spread(changed - {"crew"})
        if "crew" in changed:
            for function in self.by_crew:
                self._compare(function)
        self.first = False

    def _really_changed(self, changed: frozenset[str]) -> frozenset[str]:
        """Drop the stores that are as full or as empty as before, and ship moves that changed no kind aboard."""
        state = self.state
        kept = set(changed)
        for mark in changed:
            if mark.startswith("store/"):
                commodity = mark[6:]
                now = state.ledger.total(commodity) > 1.0
                before = self.stocked.get(commodity)
                if before is not None and bool((now == before).all()):
                    kept.discard(mark)
                self.stocked[commodity] = now
        return frozenset(kept)

    def _spread(self, changed: frozenset[str]) -> None:
        """Judge what is touched, in order of needs; what depends on it only where it really changed."""
        moved: set[str] = set()
        counted: set[str] = set()
        for place, row in enumerate(self.state.model.provisions):
            if self.triggers[row.id] & changed or (moved and self.upstream[row.id] & moved):
                if self._judge(row):
                    moved.add(f"provision/{row.id}")
                counted.add(row.function)
            if row.function in counted and self.last[row.function] == place:
                counted.discard(row.function)
                if self._count(row.function):
                    moved.add(f"function/{row.function}")

    # One provision --------------------------------------------------------------------------------------------

    def _judge(self, row: Provision) -> bool:
        """Whether it works, by future; returns whether that changed in any."""
        state = self.state
        holds = [mask for mask, _ in self._requirements(row)]
        works = state.alive.copy()
        for mask in holds:
            works &= mask
        was = state.working[row.id]
        changed = bool((was != works).any())
        state.working[row.id] = works
        if changed or self.first:
            self._note(row, was, works)
        return changed

    def _requirements(self, row: Provision) -> Iterator[tuple[Mask, str]]:
        """What must hold for it, in order, each with the key of what is missing where it does not."""
        state = self.state
        if row.provider in state.attached:
            yield state.attached[row.provider], self._separated_key()
        partner = self.operator[row.id]
        if row.provider in state.model.vehicles:
            docked = self._docked(state.model.vehicles.index(row.provider))
            self.count[row.id] = docked
            yield docked > 0, f"no-ship/{row.provider}"
        elif partner >= 0:
            yield state.operates[partner], self._partner_key(partner)
        for need in row.needs:
            yield self._met(need), self._need_key(need)

    def _note(self, row: Provision, was: Mask, works: Mask) -> None:
        """Record why it stopped or that it is back, and its capacity from today."""
        state, recorder = self.state, self.state.recorder
        missing = np.zeros(state.width, dtype=np.int32)
        still = state.alive.copy()
        for mask, key in self._requirements(row):
            np.copyto(missing, np.int32(recorder.code(key)), where=still & ~mask)
            still &= mask
        if state.detailed <= KEPT:
            recorder.capacities.append((state.day, row.id, works, self.capacity[row.id], missing))
        if row.provider not in state.model.vehicles and not self.first:
            recorder.event("provider-lost", row.id, was & ~works & state.alive, (missing,), source=row.source)
            recorder.event("provider-back", row.id, works & ~was)

    def _docked(self, vehicle: int) -> Array:
        """How many ships of a type are there."""
        state = self.state
        found = np.zeros(state.width)
        for port in range(len(state.model.ports)):
            found += state.port_vehicle[port] == vehicle
        return found

    def _separated_key(self) -> str:
        plan = self.state.model.exit
        return f"separated/{plan.cut}" if plan and plan.cut else "separated/station"

    def _partner_key(self, partner: int) -> str:
        name = self.state.model.partners[partner]
        plan = self.state.model.exit
        spent = plan is not None and plan.mode == "hands-over" and self.state.day >= plan.spares_end
        return f"spares-exhausted/{name}" if spent else f"partner-left/{name}"

    def _met(self, need: Need) -> Mask:
        state = self.state
        if need.kind == "provision":
            return state.working.get(need.subject, ~state.alive)
        if need.kind == "function":
            return state.capacity[need.subject] > 0
        if need.kind == "store":
            stocked: Mask = state.ledger.total(need.subject) > 1.0
            return stocked
        if need.kind == "trained":
            row = state.model.partner_row(need.subject)
            handed: Mask = state.operates[row] & ~state.active[row]
            met: Mask = handed | (state.trained[row] > 0) | ~state.crewed
            return met
        site = state.model.programme.sites[need.subject]
        row = state.model.partner_row(site.operator)
        return state.operates[row] if row >= 0 else state.alive

    def _need_key(self, need: Need) -> str:
        if need.kind == "provision":
            return f"provider-lost/{need.subject}"
        if need.kind == "function":
            return f"function-lost/{need.subject}"
        if need.kind == "store":
            return f"store-empty/{need.subject}"
        if need.kind == "trained":
            return f"crew-absent/{need.subject}"
        row = self.state.model.partner_row(self.state.model.programme.sites[need.subject].operator)
        return self._partner_key(row)

    # One function ---------------------------------------------------------------------------------------------

    def _count(self, function: str) -> bool:
        """Add up what its working providers give; say when it is lost or back; returns whether it came or went."""
        state = self.state
        total = np.zeros(state.width)
        for row in self.of_function[function]:
            amount = self.capacity[row.id]
            if row.id in self.count:
                amount = amount * self.count[row.id]
            total += np.where(state.working[row.id], amount, 0.0)
        if not state.powered.all() and function != RETURN_SEATS:
            total = np.where(state.powered, total, 0.0)
        state.capacity[function] = total
        if function not in self.was_present:
            return False
        noun = state.model.programme.functions[function]
        present = total > 0
        recorder = state.recorder
        lost = self.was_present[function] & ~present
        if noun.basis == "crew":
            lost &= state.crewed
        if lost.any():
            code = recorder.event("function-lost", function, lost, self._causes(function), source=noun.source)
            held = state.lost_key.setdefault(function, np.zeros(state.width, dtype=np.int32))
            np.copyto(held, np.int32(code), where=lost)
        if not self.first:
            recorder.event("function-back", function, present & ~self.was_present[function] & self.was_lost[function])
        self.was_lost[function] = (self.was_lost[function] | lost) & ~present
        came_or_went = bool((self.was_present[function] != present).any())
        self.was_present[function] = present
        self._compare(function)
        return came_or_went

    def _compare(self, function: str) -> None:
        """Note since when what there is of a function is less than what is needed of it."""
        state = self.state
        noun = state.model.programme.functions[function]
        if noun.basis == "none":
            return
        need = self.demand[function] * state.crew if noun.basis == "crew" else self.demand[function]
        total = state.capacity[function]
        short = (total > 0) & (total < need * (1.0 - 1e-9)) & state.alive
        if not short.any() and function not in self.waiting:
            return
        since = self.short_since[function]
        np.copyto(since, np.inf, where=~short)
        np.minimum(since, float(state.day), out=since, where=short)
        self.share[function] = np.divide(total, need, out=np.ones(state.width), where=need > 0)
        self.waiting.add(function)

    def _say_short(self, day: int) -> None:
        """A function that has been short for longer than a handover lasts."""
        for function in sorted(self.waiting):
            fresh = self.short_since[function] == day - HANDOVER
            if fresh.any():
                self.state.recorder.event(
                    "function-short",
                    function,
                    fresh,
                    self._causes(function),
                    value=self.share[function] * 100.0,
                    unit="% of the need",
                    source=self.state.model.programme.functions[function].source,
                )
            if np.isinf(self.short_since[function]).all():
                self.waiting.discard(function)

    def _causes(self, function: str) -> tuple[Codes, ...]:
        """Keys under which its providers were lost, by future; 0 where one is not among the reasons."""
        state = self.state
        code = state.recorder.code
        dark = ~state.powered & (function != RETURN_SEATS)
        causes = [np.where(dark, code("power-lost/station"), 0)]
        for row in self.of_function[function]:
            out = ~state.working[row.id] & ~dark
            if row.provider in state.model.vehicles:
                partner = state.model.vehicle_partner[state.model.vehicles.index(row.provider)]
                if partner < 0:
                    continue
                left = code(f"partner-left/{state.model.partners[partner]}")
                gone = np.where(state.active[partner], state.home_key[partner], left)
                out = out & ~state.flies[partner]
            else:
                gone = np.full(state.width, code(f"provider-lost/{row.id}"), dtype=np.int64)
            if out.any():
                causes.append(np.where(out, gone, 0))
        return tuple(cause.astype(np.int32) for cause in causes)
