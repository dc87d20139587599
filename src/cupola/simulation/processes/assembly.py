"""Assembly: elements that come and go within the run, and ports and providers whose days begin or end within it.

Up to the as-of day the record is carried out. After it a planned element may slip, may be lost on its way, and is
attached no earlier than the element on which it hangs.

Simplifies: an element is launched and attached on one day; a slip is drawn once; a lost one is replaced once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import numpy as np

from cupola.base.quantity import DAY_S
from cupola.base.time import to_mjd
from cupola.programme.station import Element
from cupola.simulation.state import NEVER, Array, Mask, State
from cupola.simulation.structure import attach, closes, detach, open_all, opens


class Assembly:
    """Carries out the plan of elements, one day at a time."""

    def __init__(self, state: State) -> None:
        self.state = state
        model, programme = state.model, state.model.programme
        start = programme.span.start
        there = programme.attached_within(start, programme.span.end)
        self.coming = [row for row in self._in_order(there) if row.attached > start]
        self.lost: dict[str, Array] = {}
        """Day on which an element is lost, by future"""
        for row in self.coming:
            state.arrives[row.id] = self._arrival(row)
        self.leaving = [
            (row, to_mjd(row.detached) - model.first)
            for row in there.values()
            if row.detached is not None and row.detached < programme.span.end
        ]
        state.in_service = {
            row.id: np.ones(state.width, dtype=bool)
            for row in model.provisions
            if row.since > start or (row.until is not None and row.until < programme.span.end)
        }
        open_all(state)
        self.agenda = self._agenda()
        """Days on which something of this falls due in some future"""

    def _in_order(self, there: dict[str, Element]) -> list[Element]:
        """Hosts before what hangs on them, else in order of day."""
        placed: dict[str, Element] = {}
        waiting = sorted(there.values(), key=lambda row: row.attached)
        while waiting:
            ready = [row for row in waiting if row.host in placed or row.host not in there] or waiting[:1]
            placed |= {row.id: row for row in ready}
            waiting = [row for row in waiting if row.id not in placed]
        return list(placed.values())

    def _arrival(self, row: Element) -> Array:
        """Day on which an element is attached, by future."""
        state, draws = self.state, self.state.draws
        planned = to_mjd(row.attached) - state.model.first
        day = np.full(state.width, float(planned))
        if planned <= state.model.recorded:
            return day
        if row.slip.high > 0.0 or row.failures.high > 0.0:
            slip = np.floor(
                draws.exponential(f"slip/{row.id}", draws.quantity(f"elements.{row.id}.slip", row.slip) / DAY_S)
            )
            day = day + np.where(draws.nominal, 0.0, slip)
            fails = draws.uniform(f"loss/{row.id}") > 1.0 - row.failures.value
            self.lost[row.id] = np.where(fails, day, NEVER)
            again = row.replacement.value / DAY_S
            day = np.where(fails, day + again if again > 0.0 else NEVER, day)
        # It cannot be attached before what it hangs on is there.
        host = state.arrives.get(row.host)
        day = day if host is None else np.maximum(day, host)
        if row.detached is not None:
            # What slips past the day on which it would leave does not come at all.
            day = np.where(day >= to_mjd(row.detached) - state.model.first, NEVER, day)
        return day

    def _agenda(self) -> set[int]:
        state, programme = self.state, self.state.model.programme
        days: set[float] = {float(day) for _, day in self.leaving}
        for moments in (*state.arrives.values(), *self.lost.values(), *self._openings()):
            days |= set(np.ceil(moments).tolist())
        windows: list[dt.date | None] = [programme.ports[key].until for key in state.model.ports]
        windows += [row.until for row in state.model.provisions]
        days |= {closes(state, until) for until in windows if until is not None}
        return {int(day) for day in days if 0 <= day < state.model.days}

    def _openings(self) -> Iterator[Array]:
        state = self.state
        ports = state.model.programme.ports
        yield from (opens(state, ports[key].since, ports[key].element) for key in state.model.ports)
        yield from (opens(state, row.since, row.provider) for row in state.model.provisions)

    def tick(self, day: int) -> None:
        """Do what falls due on this day."""
        if day not in self.agenda:
            return
        state = self.state
        for row in self.coming:
            lost = state.alive & self._today(self.lost.get(row.id), day)
            if np.count_nonzero(lost):
                cause = state.recorder.code(f"fact/elements.{row.id}.failures")
                key = state.recorder.event("element-lost", row.id, lost, (cause,))
                self._strand(row, lost, key)
            due = state.alive & self._today(state.arrives[row.id], day)
            if np.count_nonzero(due):
                self._attach(row, due, day)
        for row, until in self.leaving:
            gone = state.alive & state.attached[row.id]
            if until == day and np.count_nonzero(gone):
                mass = detach(state, (row.id,), gone)
                plan = state.recorder.code(f"fact/elements.{row.id}")
                state.recorder.event(
                    "element-detached", row.id, gone, (plan,), value=mass, unit="kg", source=row.source
                )
        open_all(state)
        state.changed.add("element")

    def _strand(self, row: Element, lost: Mask, key: int) -> None:
        """Say of what should hang on a lost element, and will never come, that it has nothing to hang on."""
        state = self.state
        for guest in self.coming:
            if guest.id != row.id and guest.id in state.model.programme.hanging_on(row.id):
                never = lost & (state.arrives[guest.id] >= NEVER)
                state.recorder.event("element-stranded", guest.id, never, (key,))

    def _attach(self, row: Element, due: Mask, day: int) -> None:
        """Attach an element; one that is planned finds nothing to hang on where its host was cut off, and is lost."""
        state = self.state
        host = state.attached.get(row.host)
        if host is not None and day > state.model.recorded and np.count_nonzero(due & ~host):
            astray = due & ~host
            state.recorder.event("element-lost", row.id, astray, (state.absent[row.host],))
            np.copyto(state.arrives[row.id], NEVER, where=astray)
            due = due & host
        if np.count_nonzero(due):
            attach(state, row, due, self._why(row))

    def _today(self, moments: Array | None, day: int) -> Mask:
        if moments is None:
            return np.zeros(self.state.width, dtype=bool)
        found: Mask = np.ceil(moments) == day
        return found

    def _why(self, row: Element) -> int:
        code = self.state.recorder.code
        return code(f"statement/{row.statement}") if row.statement else code(f"fact/elements.{row.id}")
