"""Orbit keeping: the orbit sinks by drag, and a reboost is made if everything that it takes is there.

The orbit is flown by the averaged engine, a day at a time, with the day's mass and drag area.

In the recorded past of a run the target is the altitude on record, where there is one.

Simplifies: reboosts are impulsive, in pairs half a turn apart.
"""

from __future__ import annotations

import numpy as np

from cupola.base.time import to_mjd
from cupola.flight.averaged_levels import Levelled, Standing
from cupola.physics.density import effective_flux
from cupola.physics.orbit import beta_angle
from cupola.simulation.altitude_goal import RECORD, AltitudeGoal
from cupola.simulation.burning import Burning
from cupola.simulation.chosen import Places
from cupola.simulation.manoeuvres import Manoeuvres
from cupola.simulation.state import Array, Mask, State

WIDER = 1.6
"""How many times the published band the outer levels of the Sun stand apart."""
PATIENCE = 3_000.0
"""m that the orbit may sink further while a ship with propellant is awaited."""


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
        self.air = Levelled(self.inclination)
        self.drag_area = draws.quantity("orbit.drag_area", orbit.drag_area)
        solar = programme.solar
        self.level = self._solar_level()
        self.middle = bool((self.level == 1.0).all())
        """Whether all futures fly through the forecast's middle"""
        self.flux = _spread(effective_flux(np.array(solar.f107), np.array(solar.f107a)))
        self.ap = np.maximum(_spread(np.array(solar.ap)), 0.0)
        self.offset = state.model.first - to_mjd(solar.first)
        self.goal = AltitudeGoal(state)
        self.band = policy.band.value
        self.entry = programme.deorbit.entry.value
        self.burning = Burning(state)
        self.manoeuvres = Manoeuvres(state, self.burning)
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

    def tick(self, day: int) -> None:
        """Sink for a day; reboost where due; end where the orbit is over."""
        state = self.state
        mjd, area = state.model.first + day, self.drag_area + state.drag_added
        down = state.orbit.fly_day(mjd, self.entry, state.alive, area, state.mass, self._sun(day), self.air)
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

    def _sun(self, day: int) -> Standing:
        """The day's levels of the Sun, one where they do not differ, and where each future stands between them."""
        index = day + self.offset
        flux, ap = self.flux[:, index], self.ap[:, index]
        if self.middle or (flux[0] == flux[-1] and ap[0] == ap[-1]):
            flux, ap = flux[1:2], ap[1:2]
        return Standing(tuple(flux.tolist()), tuple(ap.tolist()), self.level)

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
