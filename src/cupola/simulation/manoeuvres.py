"""Burns that are not there to keep the altitude: out of the way of debris, and to meet a ship at the right place.

An avoidance manoeuvre may spend every reserve; it raises the orbit, so the next reboost comes later. Where it cannot be
made that is told, and nothing follows: whether the object would have hit is not modelled.

Simplifies: sampled futures draw the times between two objects, nominal ones have them evenly; of the recorded past the
altitude on record tells all.
"""

from __future__ import annotations

import numpy as np

from cupola.base.quantity import YEAR_DAYS
from cupola.base.time import to_mjd
from cupola.simulation.burning import Burning
from cupola.simulation.chosen import Chosen, Places
from cupola.simulation.engines import LEAST_BURN
from cupola.simulation.state import NEVER, Array, Mask, State

AVOIDANCE = ("fact/orbit_policy.avoidances", "fact/orbit_policy.avoidance_burn")


class Manoeuvres:
    """Avoidance manoeuvres at their yearly rate, and corrections on their dates."""

    def __init__(self, state: State, burning: Burning) -> None:
        self.state, self.burning = state, burning
        policy, draws, n = state.model.programme.orbit_policy, state.draws, state.width
        rate = draws.quantity("orbit_policy.avoidances", policy.avoidances)
        self.interval: Array = np.where(rate > 0.0, YEAR_DAYS / np.maximum(rate, 1e-9), NEVER)
        self.size = draws.quantity("orbit_policy.avoidance_burn", policy.avoidance_burn)
        self.count = np.zeros(n, dtype=np.int64)
        self.next: Array = max(state.model.recorded, 0) + self._wait(np.arange(n))
        self.soonest = float(self.next.min(initial=NEVER))
        phasings = sorted(state.model.programme.phasings.values(), key=lambda row: row.date)
        self.phasings = [(to_mjd(row.date) - state.model.first, row) for row in phasings]

    def _wait(self, futures: Places) -> Array:
        """Days until the next object, drawn by how many there were."""
        waits: Array = self.interval[futures].copy()
        draws = self.state.draws
        for number in np.unique(self.count[futures]).tolist():
            mine = (self.count[futures] == number) & ~draws.nominal[futures]
            if np.count_nonzero(mine):
                waits[mine] = draws.exponential(f"avoidance/{number}", self.interval)[futures[mine]]
        return np.minimum(waits, NEVER)

    def tick(self, day: int, up: Mask, target: Array, rests: tuple[str, ...]) -> None:
        """Make what is due today where the orbit goes on and is still kept."""
        while self.phasings and self.phasings[0][0] <= day:
            due, row = self.phasings.pop(0)
            if due == day and day >= self.state.model.recorded and np.count_nonzero(up):
                self._phase(np.flatnonzero(up), row.id, row.delta_v.value, target, rests)
        if day >= self.soonest:
            due_now = np.flatnonzero(self.next <= day)
            where = due_now[up[due_now]]
            if where.size:
                self._make(where, self.size[where], AVOIDANCE, "avoidance-missed")
            self.count[due_now] += 1
            self.next[due_now] = day + np.maximum(self._wait(due_now), 1.0)
            self.soonest = float(self.next.min())

    def _phase(self, futures: Places, name: str, size: float, target: Array, rests: tuple[str, ...]) -> None:
        """The correction of a date: of its own size, or up to the target."""
        cause = f"fact/phasings.{name}"
        if size:
            self._make(futures, np.full(len(futures), size), (cause,), "phasing-missed")
            return
        wish = np.minimum(self.burning.largest, self.state.orbit.change_to(futures, target[futures]))
        some = wish >= LEAST_BURN
        if np.count_nonzero(some):
            self._make(futures[some], wish[some], (cause, *rests), "phasing-missed")

    def _make(self, futures: Places, wish: Array, rests: tuple[str, ...], missed: str) -> None:
        state, burning = self.state, self.burning
        able, _ = burning.able(futures)
        made = np.zeros(len(futures), dtype=bool)
        if np.count_nonzero(able):
            where = futures[able]
            stock = Chosen(state.ledger, where).total("propellant")
            made[able] = burning.push(where, wish[able], stock, rests)
        if not np.all(made):
            where = futures[~made]
            state.recorder.note(missed, "station", where, (burning.why_not(where), state.recorder.code(rests[0])))
