"""Providers: which of them work, what that gives of each function, and what falls with what.

Judged again only when something that they need has changed.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from cupola.programme.functions import RETURN_SEATS, Need, Provision
from cupola.simulation.recorder import Codes
from cupola.simulation.returning import Returning
from cupola.simulation.shortages import Shortages
from cupola.simulation.state import Array, Mask, State

HANDOVER = 21
"""Days for which a shortage is put down to a crew handover. Handovers took 5 to 14 days in 2020-2022."""
STANDING = {"all", "partner", "element"}
"""Changes that can move an element, an operator or a ground site"""
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
        self.vehicle = {
            row.id: model.vehicles.index(row.provider) for row in model.provisions if row.provider in model.vehicles
        }
        """Provisions that ships bring, with the type of ship"""
        self.of_function: dict[str, list[Provision]] = {key: [] for key in model.functions}
        for row in model.provisions:
            self.of_function.setdefault(row.function, []).append(row)
        self.was_present = {key: np.zeros(state.width, dtype=bool) for key in model.functions}
        self.was_lost = {key: np.zeros(state.width, dtype=bool) for key in model.functions}
        self.stocked: dict[str, Mask] = {}
        self.standing: dict[str, Mask] = {}
        """Whether element, operator and ground sites are there, by provision"""
        self.first = True
        self.shortages = Shortages(state, programme.functions)
        self.returning = Returning(state)
        self._touched_by = self._marks()
        self._dependents = self._followers()
        last = {row.function: place for place, row in enumerate(model.provisions)}
        self._closes = [
            row.function if last[row.function] == place else "" for place, row in enumerate(model.provisions)
        ]
        """The function that is added up after this provision, which is the last of its providers"""
        self._held: dict[Need, Mask] = {}
        """Needs of stores and of people that were looked up in this tick"""

    def _marks(self) -> dict[str, list[int]]:
        """What can change, and the places of the provisions that are then worth judging again."""
        found: dict[str, list[int]] = {}
        for place, row in enumerate(self.state.model.provisions):
            marks = {"all", "partner", "element", "power"}
            marks |= {f"store/{need.subject}" for need in row.needs if need.kind == "store"}
            marks |= {f"people/{need.subject}" for need in row.needs if need.kind == "trained"}
            if row.id in self.vehicle:
                marks.add(f"ship/{row.provider}")
            for mark in marks:
                found.setdefault(mark, []).append(place)
        return found

    def _followers(self) -> dict[str, list[int]]:
        """What a provision or function carries: the places of the provisions that need it."""
        found: dict[str, list[int]] = {}
        for place, row in enumerate(self.state.model.provisions):
            for need in row.needs:
                if need.kind in ("provision", "function"):
                    found.setdefault(f"{need.kind}/{need.subject}", []).append(place)
        return found

    def tick(self, day: int) -> None:
        """Judge again what today's changes can have touched."""
        state = self.state
        self._say_short(day)
        if not state.changed:
            return
        changed = self._really_changed(state.changed)
        state.changed.clear()
        if not changed:
            return
        if changed & STANDING:
            self.standing.clear()
        self._held.clear()
        self._spread(changed)
        if "crew" in changed:
            self.shortages.compare_crewed()
        self.first = False

    def _really_changed(self, changed: set[str]) -> set[str]:
        """All that changed but the stores that are as full or as empty as before."""
        state = self.state
        kept = set(changed)
        for mark in changed:
            if mark.startswith("store/"):
                commodity = mark[6:]
                now = state.ledger.total(commodity) > 1.0
                before = self.stocked.get(commodity)
                if before is not None and not np.count_nonzero(now != before):
                    kept.discard(mark)
                self.stocked[commodity] = now
        return kept

    def _spread(self, changed: set[str]) -> None:
        """Judge what is touched, in order of needs; what depends on it only where it really changed."""
        provisions = self.state.model.provisions
        touched = [False] * len(provisions)
        for mark in changed:
            for place in self._touched_by.get(mark, ()):
                touched[place] = True
        counted: set[str] = set()
        for place, row in enumerate(provisions):
            if touched[place]:
                if self._judge(row):
                    for follower in self._dependents.get(f"provision/{row.id}", ()):
                        touched[follower] = True
                counted.add(row.function)
            if counted and self._closes[place] in counted and self._count(row.function, "crew" in changed):
                for follower in self._dependents.get(f"function/{row.function}", ()):
                    touched[follower] = True

    # One provision --------------------------------------------------------------------------------------------

    def _judge(self, row: Provision) -> bool:
        """Whether it works, by future; returns whether that changed in any."""
        state = self.state
        standing = self.standing.get(row.id)
        if standing is None:
            standing = self.standing[row.id] = self._stands(row)
        works = state.alive & standing
        if row.id in self.vehicle:
            works &= state.ships[self.vehicle[row.id]] > 0
        for need in row.needs:
            if need.kind != "site":
                works &= self._met(need, row)
        was = state.working[row.id]
        changed = bool(np.count_nonzero(was != works))
        state.working[row.id] = works
        if changed or self.first:
            self._note(row, was, works)
        return changed

    def _stands(self, row: Provision) -> Mask:
        """Whether its element, its operator and its ground sites are there: what only an exit changes."""
        state = self.state
        stands = np.ones(state.width, dtype=bool)
        if row.provider in state.attached:
            stands &= state.attached[row.provider]
        if row.id in state.in_service:
            stands &= state.in_service[row.id]
        if row.id not in self.vehicle and self.operator[row.id] >= 0:
            stands &= self._operated(row)
        for need in row.needs:
            if need.kind == "site":
                stands &= self._met(need, row)
        return stands

    def _operated(self, row: Provision) -> Mask:
        """Whether its operator runs it, or the one that took its element over."""
        partner = self.operator[row.id]
        return self.state.leaving.operated(row.provider, partner, self.state.operates[partner])

    def _requirements(self, row: Provision) -> Iterator[tuple[Mask, str | Codes]]:
        """What must hold for it, in order, each with the key of what is missing where it does not, or its codes."""
        state = self.state
        if row.provider in state.attached:
            yield state.attached[row.provider], state.absent[row.provider]
        if row.id in state.in_service:
            yield state.in_service[row.id], f"out-of-service/{row.id}"
        partner = self.operator[row.id]
        if row.id in self.vehicle:
            yield state.ships[self.vehicle[row.id]] > 0, f"no-ship/{row.provider}"
        elif partner >= 0:
            yield self._operated(row), self._partner_key(partner, row)
        for need in row.needs:
            yield self._met(need, row), self._need_key(need, row)

    def _note(self, row: Provision, was: Mask, works: Mask) -> None:
        """Record why it stopped or that it is back, and its capacity from today."""
        state, recorder = self.state, self.state.recorder
        kept = state.detailed <= KEPT
        told = row.id not in self.vehicle and not self.first
        if not kept and not told:
            return
        lost = np.flatnonzero(was & ~works & state.alive)
        if kept:
            missing = self._missing(row, np.arange(state.width))
            # A row for those alone in which something changed, so that a future's rows do not depend on its company.
            fresh = np.ones(state.width, dtype=bool) if self.first else was != works
            recorder.capacities.append((state.day, row.id, works, self.capacity[row.id], missing, fresh))
        if told:
            if lost.size:
                lacks = self._missing(row, lost)
                recorder.note("provider-lost", row.id, lost, (lacks,), source=row.source)
                self.returning.lost(row.id, lost, lacks)
            self.returning.say_provider(row, works & ~was)

    def _missing(self, row: Provision, futures: NDArray[np.intp]) -> Codes:
        """The key of the first thing that it lacks, for these futures; 0 where it lacks nothing."""
        state = self.state
        missing = np.zeros(len(futures), dtype=np.int32)
        still = state.alive[futures]
        for mask, key in self._requirements(row):
            met = mask[futures]
            lacks = still & ~met
            missing[lacks] = state.recorder.code(key) if isinstance(key, str) else key[futures][lacks]
            still &= met
        return missing

    def _partner_key(self, partner: int, row: Provision) -> str | Codes:
        return self.state.leaving.missing(row.provider, self.state.model.partners[partner], partner)

    def _met(self, need: Need, provision: Provision) -> Mask:
        state = self.state
        if need.kind == "provision":
            return state.working.get(need.subject, ~state.alive)
        if need.kind == "function":
            return state.capacity[need.subject] > 0
        if need.kind == "site":
            row = state.model.partner_row(state.model.programme.sites[need.subject].operator)
            return state.leaving.taken(provision.provider, row, state.operates[row]) if row >= 0 else state.alive
        held = self._held.get(need)
        if held is None:
            held = self._held[need] = self._has(need)
        if need.kind == "trained":
            held = state.leaving.taken(provision.provider, state.model.partner_row(need.subject), held)
        return held

    def _has(self, need: Need) -> Mask:
        """Whether a store is not empty, or whether somebody who can run it is aboard or nobody is."""
        state = self.state
        if need.kind == "store":
            stocked: Mask = state.ledger.total(need.subject) > 1.0
            # Within the record a tank that the run finds empty was not: what is known to have worked goes on.
            return stocked if state.day >= state.model.recorded else state.alive
        row = state.model.partner_row(need.subject)
        handed: Mask = state.operates[row] & ~state.active[row]
        met: Mask = handed | (state.trained[row] > 0) | ~state.crewed
        return met

    def _need_key(self, need: Need, provision: Provision) -> str | Codes:
        if need.kind == "provision":
            return f"provider-lost/{need.subject}"
        if need.kind == "function":
            return f"function-lost/{need.subject}"
        if need.kind == "store":
            return f"store-empty/{need.subject}"
        if need.kind == "trained":
            return f"crew-absent/{need.subject}"
        row = self.state.model.partner_row(self.state.model.programme.sites[need.subject].operator)
        return self._partner_key(row, provision)

    # One function ---------------------------------------------------------------------------------------------

    def _count(self, function: str, crew_changed: bool) -> bool:
        """Add up what its working providers give; say when it is lost or back; returns whether it came or went."""
        state = self.state
        total = np.zeros(state.width)
        for row in self.of_function[function]:
            amount = self.capacity[row.id]
            if row.id in self.vehicle:
                amount = amount * state.ships[self.vehicle[row.id]]
            total += amount * state.working[row.id]
        if function != RETURN_SEATS and np.count_nonzero(state.powered) < state.width:
            total *= state.powered
        state.capacity[function] = total
        if function not in self.was_present:
            return False
        present = total > 0
        came_or_went = bool(np.count_nonzero(self.was_present[function] != present))
        if came_or_went or self.first:
            self._say_lost(function, present)
        self.was_present[function] = present
        # Where people came or went too, all that is counted by people is compared at the end of the tick.
        if not (crew_changed and state.model.programme.functions[function].basis == "crew"):
            self.shortages.compare(function)
        return came_or_went

    def _say_lost(self, function: str, present: Mask) -> None:
        """Record where a function is lost or back."""
        state, recorder = self.state, self.state.recorder
        noun = state.model.programme.functions[function]
        lost = self.was_present[function] & ~present & state.alive
        if noun.basis == "crew":
            lost &= state.crewed
        futures = np.flatnonzero(lost)
        if futures.size:
            causes = self._causes(function, futures)
            code = recorder.note("function-lost", function, futures, causes, source=noun.source)
            held = state.lost_key.setdefault(function, np.zeros(state.width, dtype=np.int32))
            held[futures] = code
        if not self.first:
            back = present & ~self.was_present[function] & self.was_lost[function]
            self.returning.say_function(function, back, self.of_function[function])
        self.was_lost[function] = (self.was_lost[function] | lost) & ~present

    def _say_short(self, day: int) -> None:
        """A function that has been short for longer than a handover lasts."""
        for function, futures, share in self.shortages.of_age(day, HANDOVER):
            self.state.recorder.note(
                "function-short",
                function,
                futures,
                self._causes(function, futures, self.shortages.began(function, futures)),
                value=share,
                unit="% of the need",
                source=self.state.model.programme.functions[function].source,
            )

    def _kind(self, row: Provision) -> int:
        """Whether the ship that brings it carries people."""
        return int(self.state.model.programme.vehicles[row.provider].crewed)

    def _causes(self, function: str, futures: NDArray[np.intp], moved: Codes | None = None) -> tuple[Codes, ...]:
        """Keys under which its providers were lost, for these futures; else ships that left, or ``moved``."""
        state = self.state
        code = state.recorder.code
        dark = ~state.powered[futures] & (function != RETURN_SEATS)
        causes = [np.where(dark, code("power-lost/station"), 0)]
        for row in self.of_function[function]:
            out = ~state.working[row.id][futures] & ~dark
            if row.provider in state.arrives:
                # What is still to come is not what went.
                out &= state.arrives[row.provider][futures] <= state.day
            gone: NDArray[np.int32] | int = code(f"provider-lost/{row.id}")
            if row.id in self.vehicle:
                partner = state.model.vehicle_partner[self.vehicle[row.id]]
                if partner < 0:
                    continue
                left = code(f"partner-left/{state.model.partners[partner]}")
                gone = np.where(state.active[partner, futures], state.home_key[partner, futures], left)
                out = out & ~state.leaving.flights[self._kind(row), partner, futures]
            if np.count_nonzero(out):
                causes.append(np.where(out, gone, 0))
        return self.returning.gone(function, self.of_function[function], futures, causes, moved)
