"""Orbit keeping: the orbit sinks by drag, and a reboost is made if everything that it takes is there.

A reboost takes thrust, propellant in reach of the engine, attitude control by thrusters while it burns, and a
clear port. Decay is orbit-averaged on the tabulated atmosphere; the node precesses by J2.

In the recorded past of a run the target is the altitude on record, where there is one.

Simplifies: near-circular orbit; reboosts are impulsive.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cupola.base.quantity import DAY_S
from cupola.base.time import to_mjd
from cupola.physics.decay import decay_step
from cupola.physics.density import Column, DensityTable, effective_flux, load_table
from cupola.physics.orbit import beta_angle, node_local_time, node_rate
from cupola.physics.reboost import delta_v_for_raise, propellant_for, raise_from_delta_v
from cupola.programme.functions import ATTITUDE_THRUSTERS, REBOOST
from cupola.simulation.chosen import Chosen, Places
from cupola.simulation.engines import Engines
from cupola.simulation.recorder import Cause
from cupola.simulation.state import Array, Mask, State

FAST_FALL = 8_000.0
"""m a day: above this fall the day is flown in sub-steps."""
SUBSTEPS = 16
WIDER = 1.6
"""How many times the published band the outer levels of the Sun stand apart."""
PATIENCE = 3_000.0
"""m that the orbit may sink further while a ship with propellant is awaited."""
RECORD_GAP = 400.0
"""Days between two recorded altitudes up to which the one follows the line between them."""
OVERSHOOT = 500.0
"""m by which a reboost goes beyond the target, so that the next one comes later."""


POLICY = ("fact/orbit_policy.altitude", "fact/orbit_policy.band")
"""What sets the target of a reboost"""
RECORD = ("fact/altitudes",)
"""And in the recorded past"""


def _spread(levels: Array) -> Array:
    """Low, middle and high level, the outer ones moved out, so that futures beyond the published band fit."""
    middle = levels[1]
    wide = middle + WIDER * (levels - middle)
    spread: Array = np.maximum(wide, np.minimum(levels, 60.0))
    return spread


class OrbitKeeping:
    """Flies the orbit one day at a time."""

    def __init__(self, state: State) -> None:
        self.state = state
        programme, draws = state.model.programme, state.draws
        policy, orbit = programme.orbit_policy, programme.orbit
        self.inclination = orbit.inclination.value
        self.table: DensityTable = load_table(self.inclination)
        self.drag_area = draws.quantity("orbit.drag_area", orbit.drag_area)
        solar = programme.solar
        self.level = self._solar_level()
        self.flux = _spread(effective_flux(np.array(solar.f107), np.array(solar.f107a)))
        self.ap = np.maximum(_spread(np.array(solar.ap)), 0.0)
        self.offset = state.model.first - to_mjd(solar.first)
        self.target = draws.quantity("orbit_policy.altitude", policy.altitude)
        self.band = policy.band.value
        self.trigger = self.target - self.band
        self.largest = policy.burn.value
        self.reserve = policy.propellant_reserve.value
        self.floor = policy.floor.value
        self.momentum = draws.quantity("attitude.reboost_momentum", programme.attitude.reboost_momentum)
        self.entry = programme.deorbit.entry.value
        self.missed = np.zeros(state.width, dtype=np.int32)
        self.engines = Engines(state)
        self.profile = self._recorded()
        self.impulse: Array = np.full(state.width, policy.engine_impulse.value)
        self.first_let_down = float(state.let_down.min())
        """Before this day a reboost is made wherever it is due"""

    def _solar_level(self) -> Array:
        """Where each future's Sun stands between the low and the high level; 1 is the forecast's middle.

        The forecast's 5-95 % band held the truth 80-88 % of the time (docs/validation.md), so a future strays 1.2
        times as far as the band says. Box and Muller's transform makes the normal number.
        """
        draws = self.state.draws
        radius = np.sqrt(-2.0 * np.log(draws.uniform("solar/radius")))
        normal = radius * np.cos(2.0 * np.pi * draws.uniform("solar/angle"))
        level = 1.0 + np.clip(1.2 * normal / 1.645 / WIDER, -1.0, 1.0)
        return np.where(draws.nominal, 1.0, level)

    def _recorded(self) -> Array:
        """The altitude on record by day of the run, up to the as-of day [m]; NaN where none is near."""
        model, programme = self.state.model, self.state.model.programme
        days = np.array([to_mjd(row.day) - model.first for row in programme.altitudes], dtype=np.float64)
        heights = np.array([row.altitude for row in programme.altitudes])
        wanted = np.arange(max(0, model.recorded))
        if not days.size or not wanted.size:
            return np.full(wanted.size, np.nan)
        place = np.searchsorted(days, wanted, side="right")
        before, after = days[np.maximum(place - 1, 0)], days[np.minimum(place, days.size - 1)]
        known = (place > 0) & (place < days.size) & (after - before <= RECORD_GAP)
        profile: Array = np.where(known, np.interp(wanted, days, heights), np.nan)
        return profile

    def tick(self, day: int) -> None:
        """Sink for a day; reboost where due; end where the orbit is over."""
        state = self.state
        index = day + self.offset
        slab = self.table.day(state.model.first + day, self.flux[:, index], self.ap[:, index])
        local = node_local_time(state.node, state.model.first + day)
        per_mass = (self.drag_area + state.drag_added) * (1.0 / np.maximum(state.mass, 1.0))
        rho, slope = slab.lookup(self.level, local, state.altitude)
        sunk = decay_step(state.altitude, rho, slope, per_mass, 1.0, self.entry)
        fast = np.flatnonzero(state.alive & (state.altitude - sunk > FAST_FALL))
        if fast.size:
            sunk[fast] = self._substeps(slab.column(self.level[fast], local[fast]), fast, per_mass[fast])
        np.copyto(state.altitude, sunk, where=state.alive)
        state.node += node_rate(state.altitude, self.inclination) * DAY_S
        if day % 5 == 0:
            state.beta = beta_angle(state.node, self.inclination, state.model.first + day)
        recorded = float(self.profile[day]) if day < self.profile.size and self.profile[day] > 0.0 else None
        if day > 0 and day == state.model.recorded:
            lacked = state.unsupplied > 0.0
            followed = state.model.programme.altitudes
            known = (state.recorder.code(RECORD[0] if followed else "fact/attitude.event_propellant"),)
            state.recorder.event("supply-unrecorded", "station", lacked, known, value=state.unsupplied, unit="kg")
        low = state.alive & (state.altitude < (self.trigger if recorded is None else recorded - self.band))
        if day >= self.first_let_down:
            low &= day < state.let_down
        if np.count_nonzero(low):
            self._reboost(np.flatnonzero(low), recorded)
        down = state.alive & (state.altitude <= self.entry)
        if np.count_nonzero(down):
            self._enter(down)

    def _substeps(self, column: Column, fast: Places, per_mass: Array) -> Array:
        """The day in sub-steps, for those alone that fall fast: near the end there are few at a time."""
        altitude: Array = self.state.altitude[fast]
        for _ in range(SUBSTEPS):
            rho, slope = column.lookup(altitude)
            altitude = decay_step(altitude, rho, slope, per_mass, 1.0 / SUBSTEPS, self.entry)
            if not np.count_nonzero(altitude > self.entry):
                break
        return altitude

    def _enter(self, down: Mask) -> None:
        state = self.state
        causes = np.where(state.controlled, state.recorder.code("altitude-below/floor"), state.attitude_key)
        causes = np.where(self.missed > 0, self.missed, causes).astype(np.int32)
        state.enter(down, causes)

    # Reboost --------------------------------------------------------------------------------------------------

    def _reboost(self, futures: Places, recorded: float | None) -> None:
        """Raise the orbit to its target, or to the altitude on record; where that cannot be done, note why."""
        state = self.state
        control = state.controlled[futures] & (state.capacity[ATTITUDE_THRUSTERS][futures] > 0)
        thrust = state.capacity[REBOOST][futures] > 0
        able = control & thrust
        if recorded is not None:
            self._follow(futures, able, recorded)
            return
        left = ~able
        if np.count_nonzero(able):
            # A ship whose tanks are dry is waited out for a while; only a lasting want of propellant is a miss.
            where = futures[able]
            target = self.target[where]
            left[able] = self._try(where, target, POLICY) & (state.altitude[where] < target - self.band - PATIENCE)
            self.engines.clear_ports(futures[able & left])
        if np.count_nonzero(left):
            self._miss(futures[left], able[left], thrust[left])

    def _follow(self, futures: Places, able: Mask, recorded: float) -> None:
        """Raise the orbit to the altitude on record: something did, so what the run lacks for it is only counted."""
        state = self.state
        where = futures[able]
        left = np.ones(len(futures), dtype=bool)
        if where.size:
            left[able] = self._try(where, np.full(len(where), recorded), RECORD)
        where = futures[left]
        if where.size:
            altitude: Array = state.altitude[where]
            change = delta_v_for_raise(altitude, recorded - altitude + OVERSHOOT)
            state.altitude[where] = altitude + raise_from_delta_v(altitude, change)
            need = propellant_for(change, state.mass[where], self.impulse[where]) * (1.0 + self.engines.control[where])
            state.unsupplied[where] += need
            cause = state.recorder.code(RECORD[0])
            state.recorder.note("reboost", "station", where, (cause,), value=change, unit="m/s")

    def _try(self, futures: Places, target: Array, rests: Sequence[str]) -> Mask:
        """Burn with the first engine that can, where thrust and control are there; returns where none could.

        rests    keys of what sets the target
        """
        state = self.state
        altitude: Array = state.altitude[futures]
        rise = target - altitude + OVERSHOOT
        wish = np.minimum(self.largest, delta_v_for_raise(altitude, rise))
        stock = Chosen(state.ledger, futures).total("propellant")
        spare = np.where(altitude < self.floor, stock, stock - self.reserve)
        given = self.engines.push(futures, wish, spare)
        made = given > 0.0
        if np.count_nonzero(made):
            where, change = futures[made], given[made]
            state.altitude[where] = altitude[made] + raise_from_delta_v(altitude[made], change)
            code = state.recorder.code
            causes: list[Cause] = [self.engines.used[where], *(code(rest) for rest in rests)]
            key = state.recorder.note("reboost", "station", where, causes, value=change, unit="m/s")
            facts = np.full(len(where), code("fact/attitude.reboost_momentum"), dtype=np.int32)
            state.push_in(where, self.momentum[where], np.full(len(where), key, dtype=np.int32), facts)
            self.missed[where] = 0
        return ~made

    def _miss(self, futures: Places, able: Mask, thrust: Mask) -> None:
        """Say why no reboost is made, where the reason is new."""
        state, recorder = self.state, self.state.recorder
        reason = np.where(able, recorder.code("fact/orbit_policy.propellant_reserve"), 0)
        no_thrust = state.lost_key.get(REBOOST)
        lost = state.lost_key.get(ATTITUDE_THRUSTERS)
        if no_thrust is not None:
            reason = np.where(thrust, reason, no_thrust[futures])
        if lost is not None:
            reason = np.where(state.capacity[ATTITUDE_THRUSTERS][futures] <= 0, lost[futures], reason)
        reason = np.where(state.controlled[futures], reason, state.attitude_key[futures])
        # What never worked was not lost either.
        reason = np.where(reason > 0, reason, recorder.code(POLICY[0])).astype(np.int32)
        fresh = reason != self.missed[futures]
        if np.count_nonzero(fresh):
            where, why = futures[fresh], reason[fresh]
            height = state.altitude[where] / 1000.0
            recorder.note("reboost-missed", "station", where, (why,), value=height, unit="km")
            self.missed[where] = why
