"""Orbit keeping: the orbit sinks by drag, and a reboost is made if everything that it takes is there.

The orbit is flown by the averaged engine, a day at a time, with the day's mass and drag area.

In the recorded past of a run the target is the altitude on record, where there is one.

Simplifies: reboosts are impulsive, in pairs half a turn apart.
"""

from __future__ import annotations

import numpy as np

from cupola.flight.averaged_levels import Levelled
from cupola.physics.orbit import beta_angle
from cupola.simulation.altitude_goal import RECORD, AltitudeGoal
from cupola.simulation.burning import Burning
from cupola.simulation.chosen import Places
from cupola.simulation.manoeuvres import Manoeuvres
from cupola.simulation.state import Mask, State
from cupola.simulation.sun import ForecastSun

PATIENCE = 3_000.0
"""m that the orbit may sink further while a ship with propellant is awaited."""


class OrbitKeeping:
    """Flies the orbit one day at a time."""

    def __init__(self, state: State) -> None:
        self.state = state
        programme, draws = state.model.programme, state.draws
        policy, orbit = programme.orbit_policy, programme.orbit
        self.inclination = orbit.inclination.value
        self.air = Levelled(self.inclination)
        self.drag_area = draws.quantity("orbit.drag_area", orbit.drag_area)
        self.sun = ForecastSun(state)
        self.goal = AltitudeGoal(state)
        self.band = policy.band.value
        self.entry = programme.deorbit.entry.value
        self.burning = Burning(state)
        self.manoeuvres = Manoeuvres(state, self.burning)
        self.first_let_down = float(state.let_down.min())
        """Before this day a reboost is made wherever it is due"""

    def tick(self, day: int) -> None:
        """Sink for a day; reboost where due; end where the orbit is over."""
        state = self.state
        mjd, area = state.model.first + day, self.drag_area + state.drag_added
        down = state.orbit.fly_day(mjd, self.entry, state.alive, area, state.mass, self.sun.on(day), self.air)
        if day % 5 == 0:
            state.beta = beta_angle(state.orbit.node, self.inclination, mjd)
        recorded = self.goal.on(day)
        if day > 0 and day == state.model.recorded:
            self._unrecorded()
        kept = state.alive & ~down
        if day >= self.first_let_down:
            kept &= day < state.let_down
        self.manoeuvres.tick(day, kept, self.goal.target, self.goal.rests)
        low = kept & (state.altitude < (self.goal.target if recorded is None else recorded) - self.band)
        if np.count_nonzero(low):
            self._reboost(np.flatnonzero(low), recorded)
        if np.count_nonzero(down):
            self._enter(down)

    def _unrecorded(self) -> None:
        """Say what propellant the record took that no tank of the run had."""
        state = self.state
        lacked = state.unsupplied > 0.0
        followed = state.model.programme.altitudes
        known = (state.recorder.code(RECORD[0] if followed else "fact/attitude.event_propellant"),)
        state.recorder.event("supply-unrecorded", "station", lacked, known, value=state.unsupplied, unit="kg")

    def _enter(self, down: Mask) -> None:
        state, missed = self.state, self.burning.missed
        causes = np.where(state.controlled, state.recorder.code("altitude-below/floor"), state.attitude_key)
        causes = np.where(missed > 0, missed, causes).astype(np.int32)
        state.enter(down, causes)

    def _reboost(self, futures: Places, recorded: float | None) -> None:
        """Raise the orbit to its target, or to the altitude on record; where that cannot be done, note why."""
        if recorded is not None:
            self.burning.follow(futures, recorded)
            return
        able, _ = self.burning.able(futures)
        left = ~able
        if np.count_nonzero(able):
            # A ship whose tanks are dry is waited out for a while; only a lasting want of propellant is a miss.
            where = futures[able]
            target = self.goal.target[where]
            dry = self.burning.to_target(where, target, self.goal.rests)
            left[able] = dry & (self.state.altitude[where] < target - self.band - PATIENCE)
            self.burning.engines.clear_ports(futures[able & left])
        if np.count_nonzero(left):
            self.burning.miss(futures[left])
