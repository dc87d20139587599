"""Burns that change the orbit: which futures can make one, what it takes from the tanks, and what is told of it.

A burn takes thrust, propellant in reach of the engine, attitude control by thrusters while it burns, and a clear port.

Simplifies: burns are impulsive, in pairs half a turn apart, and made at midnight.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cupola.physics.reboost import propellant_for
from cupola.programme.functions import ATTITUDE_THRUSTERS, REBOOST
from cupola.simulation.altitude_goal import POLICY, RECORD
from cupola.simulation.chosen import Chosen, Places
from cupola.simulation.engines import Engines
from cupola.simulation.recorder import Cause, Codes
from cupola.simulation.state import Array, Mask, State

OVERSHOOT = 500.0
"""m by which a reboost goes beyond the target, so that the next one comes later."""


class Burning:
    """Makes burns in the futures that can, and notes why others cannot."""

    def __init__(self, state: State) -> None:
        self.state = state
        programme = state.model.programme
        policy = programme.orbit_policy
        self.largest = policy.burn.value
        self.reserve, self.kept, self.floor = (
            row.value for row in (policy.propellant_reserve, policy.let_down_reserve, policy.floor)
        )
        self.momentum = state.draws.quantity("attitude.reboost_momentum", programme.attitude.reboost_momentum)
        self.engines = Engines(state)
        self.impulse: Array = np.full(state.width, policy.engine_impulse.value)
        self.missed: Codes = np.zeros(state.width, dtype=np.int32)
        """Code of why the last reboost that was due was not made; 0 where it was"""

    def able(self, futures: Places) -> tuple[Mask, Mask]:
        """Where a burn could be made if there were propellant, and where there is thrust."""
        state = self.state
        control = state.controlled[futures] & (state.capacity[ATTITUDE_THRUSTERS][futures] > 0)
        thrust: Mask = state.capacity[REBOOST][futures] > 0
        return control & thrust, thrust

    def to_target(self, futures: Places, target: Array, rests: Sequence[str]) -> Mask:
        """Raise these futures to their target, or as far as one burn goes; returns where none could.

        rests    keys of what sets the target
        """
        state = self.state
        wish = np.minimum(self.largest, state.orbit.change_to(futures, target + OVERSHOOT))
        stock = Chosen(state.ledger, futures).total("propellant")
        held = np.where(state.altitude[futures] < self.floor, self.kept, max(self.reserve, self.kept))
        made = self.push(futures, wish, stock - held, rests)
        self.missed[futures[made]] = 0
        return ~made

    def push(self, futures: Places, wish: Array, spare: Array, rests: Sequence[str]) -> Mask:
        """Burn with the first engine that can; returns where one did.

        wish     array (n,)   [m/s]   along the velocity, or below zero against it
        spare    array (n,)   [kg]    propellant that may be spent
        """
        state = self.state
        given = self.engines.push(futures, np.abs(wish), spare)
        made: Mask = given > 0.0
        if np.count_nonzero(made):
            where, change = futures[made], np.copysign(given[made], wish[made])
            state.orbit.push(where, change)
            code = state.recorder.code
            causes: list[Cause] = [self.engines.used[where], *(code(rest) for rest in rests)]
            key = state.recorder.note("reboost", "station", where, causes, value=change, unit="m/s")
            facts = np.full(len(where), code("fact/attitude.reboost_momentum"), dtype=np.int32)
            state.push_in(where, self.momentum[where], np.full(len(where), key, dtype=np.int32), facts)
        return made

    def follow(self, futures: Places, recorded: float) -> None:
        """Raise the orbit to the altitude on record: something did, so what the run lacks for it is only counted."""
        state = self.state
        able, _ = self.able(futures)
        left = np.ones(len(futures), dtype=bool)
        if np.count_nonzero(able):
            where = futures[able]
            left[able] = self.to_target(where, np.full(len(where), recorded), RECORD)
        where = futures[left]
        if where.size:
            change = state.orbit.change_to(where, np.full(len(where), recorded + OVERSHOOT))
            state.orbit.push(where, change)
            need = propellant_for(change, state.mass[where], self.impulse[where]) * (1.0 + self.engines.control[where])
            state.unsupplied[where] += need
            cause = state.recorder.code(RECORD[0])
            state.recorder.note("reboost", "station", where, (cause,), value=change, unit="m/s")

    def why_not(self, futures: Places) -> Codes:
        """Code of what a burn lacks in these futures."""
        state, recorder = self.state, self.state.recorder
        able, thrust = self.able(futures)
        reason = np.where(able, recorder.code("fact/orbit_policy.propellant_reserve"), 0)
        no_thrust = state.lost_key.get(REBOOST)
        lost = state.lost_key.get(ATTITUDE_THRUSTERS)
        if no_thrust is not None:
            reason = np.where(thrust, reason, no_thrust[futures])
        if lost is not None:
            reason = np.where(state.capacity[ATTITUDE_THRUSTERS][futures] <= 0, lost[futures], reason)
        reason = np.where(state.controlled[futures], reason, state.attitude_key[futures])
        # What never worked was not lost either.
        found: Codes = np.where(reason > 0, reason, recorder.code(POLICY[0])).astype(np.int32)
        return found

    def miss(self, futures: Places) -> None:
        """Say why no reboost is made, where the reason is new."""
        reason = self.why_not(futures)
        fresh = reason != self.missed[futures]
        if np.count_nonzero(fresh):
            where, why = futures[fresh], reason[fresh]
            height = self.state.altitude[where] / 1000.0
            self.state.recorder.note("reboost-missed", "station", where, (why,), value=height, unit="km")
            self.missed[where] = why
