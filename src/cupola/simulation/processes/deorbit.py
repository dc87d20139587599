"""Deorbit: whether a controlled end could be carried out today, and since when not.

It takes attitude control by thrusters, thrust, propellant for the burns (aboard, or brought by the ships that
are sent for it), and an orbit that is not yet too low to set the burns up. The sinking from the working
altitude to the altitude from which the burns begin is left to drag, and the crew and cargo ships are gone by
then; how long that takes is another question, asked with the let-down lanes.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from cupola.physics.reboost import propellant_for
from cupola.programme.functions import ATTITUDE_THRUSTERS, REBOOST
from cupola.simulation.chosen import Chosen
from cupola.simulation.state import Array, State


class Deorbit:
    """Judges each day whether the means for a controlled end are there."""

    def __init__(self, state: State) -> None:
        self.state = state
        programme, draws = state.model.programme, state.draws
        settings = programme.deorbit
        self.speed = draws.quantity("deorbit.delta_v", settings.delta_v)
        self.lowest = settings.lowest.value
        self.control = programme.orbit_policy.burn_control.value
        self.ships = settings.ships.value
        self.partner = -1
        self.per_ship: Array = np.zeros(state.width)
        self.isp: Array = np.full(state.width, 300.0)
        if settings.vehicle in programme.vehicles:
            noun = programme.vehicles[settings.vehicle]
            self.partner = state.model.partner_row(noun.operator)
            self.per_ship = draws.quantity("deorbit.ship_propellant", settings.ship_propellant)
            self.isp = draws.quantity(f"vehicles.{noun.id}.specific_impulse", noun.specific_impulse)
        self.first = True
        self.crew_off = settings.crew_off.value
        self.low = np.zeros(state.width, dtype=bool)
        self.lacked = np.zeros(state.width, dtype=np.int8)
        """What was lacking when the means went: 0 propellant, 1 height, 2 thrust, 3 thrusters"""

    def tick(self, day: int) -> None:
        """Say when the last means go, and when they come back."""
        state = self.state
        thrusters = state.capacity[ATTITUDE_THRUSTERS] > 0
        thrust = state.capacity[REBOOST] > 0
        sent = np.zeros(state.width)
        if self.partner >= 0:
            sent = np.where(state.active[self.partner], self.ships, 0.0)
            thrust = thrust | (sent > 0)
        able = state.alive & state.controlled & thrusters & thrust
        enough = np.zeros(state.width, dtype=bool)
        where = np.flatnonzero(able)
        if where.size:
            enough[where] = self._enough(where, sent[where])
        now = able & enough & (state.altitude >= self.lowest)
        if self.first:
            self.first = False
            lost = ~now
            state.deorbit[...] = True
        else:
            lost = state.deorbit & ~now & state.alive
        if np.count_nonzero(lost):
            self._say(lost, thrusters, thrust, enough)
        self._crew_off()
        back = now & ~state.deorbit
        if np.count_nonzero(back):
            state.recorder.event("deorbit-back", "station", back, self._why_back())
        state.deorbit[...] = now

    def _why_back(self) -> tuple[NDArray[Any], int]:
        """What brought the means back: a function, a reboost, or a ship with propellant or without its mass."""
        state, code = self.state, self.state.recorder.code
        reason = np.where(self.lacked == 1, code("reboost/station"), state.movements.latest)
        reason = np.where(self.lacked == 2, code(f"function-back/{REBOOST}"), reason)
        reason = np.where(self.lacked == 3, code(f"function-back/{ATTITUDE_THRUSTERS}"), reason)
        return reason.astype(np.int32), code("fact/deorbit.delta_v")

    def _enough(self, where: NDArray[np.intp], sent: Array) -> NDArray[np.bool_]:
        """Whether the propellant for the burns is aboard or in the ships that are sent, for these futures."""
        state = self.state
        bare = state.mass[where]
        for port in range(len(state.model.ports)):
            bare -= state.port_mass[port, where]
        need = propellant_for(self.speed[where], bare, self.isp[where]) * (1.0 + self.control)
        stock = Chosen(state.ledger, where).total("propellant")
        found: NDArray[np.bool_] = stock + sent * self.per_ship[where] >= need
        return found

    def _crew_off(self) -> None:
        """The crew leaves a station that has sunk below the altitude at which it would leave before the end."""
        state = self.state
        if state.day < state.model.recorded:
            return
        low = state.alive & state.crewed & (state.altitude < self.crew_off) & ~self.low
        if low.any():
            self.low |= low
            key = state.recorder.event(
                "altitude-below",
                "crew-off",
                low,
                (state.recorder.code("fact/deorbit.crew_off"), state.recorder.code("reboost-missed/station")),
                value=state.altitude / 1000.0,
                unit="km",
            )
            state.order_off(low, key, 14.0)

    def _say(self, lost: NDArray[Any], thrusters: NDArray[Any], thrust: NDArray[Any], enough: NDArray[Any]) -> None:
        state = self.state
        code = state.recorder.code
        none = np.zeros(state.width, dtype=np.int32)
        able = thrust & thrusters
        lacks = np.where(thrusters, np.where(thrust, np.where(enough, 1, 0), 2), 3)
        np.copyto(self.lacked, lacks, where=lost, casting="unsafe")
        reason = np.where(able & enough, code("altitude-below/lowest"), code("fact/deorbit.delta_v"))
        no_thrust = state.lost_key.get(REBOOST, none)
        reason = np.where(thrust | (no_thrust == 0), reason, no_thrust)
        control = state.lost_key.get(ATTITUDE_THRUSTERS, none)
        reason = np.where(thrusters | (control == 0), reason, control)
        reason = np.where(state.controlled, reason, state.attitude_key)
        state.recorder.event(
            "deorbit-lost", "station", lost, (reason.astype(np.int32),), value=state.altitude / 1000.0, unit="km"
        )
