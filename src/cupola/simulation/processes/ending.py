"""The planned end: from a day on the station is let sink, and at the hold altitude its last burns are made.

A burn takes attitude control by thrusters, thrust and propellant; the people are gone by then. The burns follow each
other within a day, each at the highest point of the orbit. What is lacking is said, and tried again each day, until the
orbit is too low to set the burns up.

Simplifies: the orbit is circular before the first burn; drag between the burns is left out.
"""

from __future__ import annotations

import numpy as np

from cupola.base.time import to_mjd
from cupola.physics.deorbit import perigee_after
from cupola.programme.functions import ATTITUDE_THRUSTERS, REBOOST
from cupola.programme.settings import Burn
from cupola.simulation.chosen import Chosen, Places
from cupola.simulation.engines import Engines
from cupola.simulation.state import Array, State

NEARLY = 0.98
"""Share of a burn that counts as made: what a station of uncertain mass is brought down with anyway."""


class Ending:
    """Carries out the controlled end, where one is planned."""

    def __init__(self, state: State) -> None:
        self.state = state
        programme, draws = state.model.programme, state.draws
        settings = programme.deorbit
        self.begin = None if settings.begin is None else to_mjd(settings.begin) - state.model.first
        self.hold, self.lowest, self.entry = settings.hold.value, settings.lowest.value, settings.entry.value
        burns = programme.burns or {
            "end": Burn("end", "the last burn", settings.delta_v, settings.delta_v.source, "", "")
        }
        self.burns = [(row, draws.quantity(f"burns.{row.id}.delta_v", row.delta_v)) for row in burns.values()]
        self.engines = Engines(state)
        self.missed = np.zeros(state.width, dtype=bool)
        self.done = np.zeros(state.width, dtype=bool)
        """Whether the burns were made"""

    def tick(self, day: int) -> None:
        """Say when the sinking begins; burn where the station is low enough."""
        if self.begin is None or day < self.begin:
            return
        state = self.state
        if day == self.begin:
            state.recorder.event("let-sink", "station", state.alive, (state.recorder.code("fact/deorbit.begin"),))
        low = state.alive & ~state.crewed & (state.altitude <= self.hold) & (state.altitude >= self.lowest) & ~self.done
        if np.count_nonzero(low):
            self._end(np.flatnonzero(low))

    def _end(self, futures: Places) -> None:
        """Make the burns one after the other, in these futures; those that lack something drop out."""
        state = self.state
        wanted: Array = np.zeros(len(futures))
        for _, speed in self.burns:
            wanted += speed[futures]
        able = state.controlled[futures] & (state.capacity[ATTITUDE_THRUSTERS][futures] > 0)
        able &= state.capacity[REBOOST][futures] > 0
        ready = able & (self.engines.reach(futures) >= NEARLY * wanted)
        if not np.all(ready):
            # Burns that cannot all be made are not begun. A ship behind the station's engines makes room for them.
            self._miss(futures[~ready])
            self.engines.clear_ports(futures[able & ~ready])
            futures = futures[ready]
        perigee: Array = state.altitude[futures]
        apogee = perigee.copy()
        made = 0
        for row, speed in self.burns:
            wish = speed[futures]
            given = self._push(futures, wish)
            perigee = perigee_after(apogee, perigee, given)
            enough = given >= NEARLY * wish
            if not np.all(enough):
                self._miss(futures[~enough])
                state.orbit.lower(futures[~enough], apogee[~enough], perigee[~enough])
            futures, apogee, perigee = futures[enough], apogee[enough], perigee[enough]
            code = state.recorder.code
            plan = (code("let-sink/station"), code(f"fact/burns.{row.id}" if row.where else "fact/deorbit.delta_v"))
            made = state.recorder.note(
                "burn", row.id, futures, plan, value=perigee / 1000.0, unit="km", source=row.source
            )
        if futures.size:
            self._down(futures, apogee, perigee, made)

    def _push(self, futures: Places, wish: Array) -> Array:
        """The velocity change that all engines give one after the other."""
        given: Array = np.zeros(len(futures))
        for _ in range(len(self.engines.ships) + len(self.engines.own)):
            left = np.maximum(wish - given, 0.0)
            if not np.count_nonzero(left):
                break
            stock = Chosen(self.state.ledger, futures).total("propellant")
            given = given + np.where(left > 0.0, self.engines.push(futures, left, stock), 0.0)
        return given

    def _down(self, futures: Places, apogee: Array, perigee: Array, made: int) -> None:
        """The orbit is over where its perigee lies in the air; else the station goes on in the lower orbit."""
        state = self.state
        self.done[futures] = True
        state.orbit.lower(futures, apogee, perigee)
        down = np.zeros(state.width, dtype=bool)
        down[futures[perigee <= self.entry]] = True
        if np.count_nonzero(down):
            state.enter(down, np.full(state.width, made, dtype=np.int32))

    def _miss(self, futures: Places) -> None:
        state = self.state
        fresh = futures[~self.missed[futures]]
        self.missed[futures] = True
        none = np.zeros(state.width, dtype=np.int32)
        reason = state.lost_key.get(REBOOST, none)[fresh]
        control = state.capacity[ATTITUDE_THRUSTERS][fresh] <= 0
        reason = np.where(control, state.lost_key.get(ATTITUDE_THRUSTERS, none)[fresh], reason)
        reason = np.where(state.controlled[fresh], reason, state.attitude_key[fresh])
        reason = np.where(reason > 0, reason, state.recorder.code("fact/deorbit.delta_v")).astype(np.int32)
        state.recorder.note("end-missed", "station", fresh, (reason,), value=state.altitude[fresh] / 1000.0, unit="km")
