"""Orbit keeping: the orbit sinks by drag, and a reboost is made if everything that it takes is there.

A reboost takes thrust, propellant in reach of the engine, attitude control by thrusters while it burns, and a
clear port. Decay is orbit-averaged on the tabulated atmosphere; the node precesses by J2.

Simplifies: near-circular orbit; reboosts are impulsive; a ship burns what is in its own tanks, the station's
engines what is in the station's tanks.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cupola.base.quantity import DAY_S
from cupola.base.time import to_mjd
from cupola.physics.decay import decay_step
from cupola.physics.density import Column, DensityTable, effective_flux, load_table
from cupola.physics.orbit import beta_angle, node_local_time, node_rate
from cupola.physics.reboost import delta_v_for_raise, delta_v_from, propellant_for, raise_from_delta_v
from cupola.programme.functions import ATTITUDE_THRUSTERS, REBOOST
from cupola.simulation.chosen import Chosen, Places
from cupola.simulation.state import Array, Mask, State

FAST_FALL = 8_000.0
"""m a day: above this fall the day is flown in sub-steps."""
SUBSTEPS = 16
WIDER = 1.6
"""How many times the published band the outer levels of the Sun stand apart."""
LEAST_BURN = 0.2
"""m/s: a smaller burn is not worth its preparation. The smallest of the reported burns of 2020-2025 gave 0.22 m/s."""
PATIENCE = 3_000.0
"""m that the orbit may sink further while a ship with propellant is awaited."""
OVERSHOOT = 500.0
"""m by which a reboost goes beyond the target, so that the next one comes later."""


def _spread(levels: Array) -> Array:
    """Low, middle and high level, the outer ones moved out, so that futures beyond the published band fit."""
    middle = levels[1]
    wide = middle + WIDER * (levels - middle)
    spread: Array = np.maximum(wide, np.minimum(levels, 60.0))
    return spread


@dataclass(frozen=True)
class ShipEngine:
    """A docked ship of this type at this port can push the station."""

    port: int
    vehicle: int
    tank: slice
    isp: Array


@dataclass(frozen=True)
class StationEngine:
    """The station's own engines; they fire only while the ports behind them are clear."""

    provision: str
    behind: tuple[int, ...]
    tanks: slice
    isp: Array


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
        self.trigger = self.target - policy.band.value
        self.largest = policy.burn.value
        self.reserve = policy.propellant_reserve.value
        self.floor = policy.floor.value
        self.control = draws.quantity("orbit_policy.burn_control", policy.burn_control)
        self.momentum = draws.quantity("attitude.reboost_momentum", programme.attitude.reboost_momentum)
        self.entry = programme.deorbit.entry.value
        self.missed = np.zeros(state.width, dtype=np.int32)
        self.ships = self._ship_engines()
        self.engines = self._station_engines()
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

    def _ship_engines(self) -> list[ShipEngine]:
        """Ships that can reboost, by port, in the programme's order of ports."""
        model, programme = self.state.model, self.state.model.programme
        providers = {row.provider for row in model.provisions if row.function == REBOOST}
        found = []
        for port, port_id in enumerate(model.ports):
            for number, key in enumerate(model.vehicles):
                noun = programme.vehicles[key]
                able = key in providers and noun.thrust.value > 0 and port_id in noun.ports
                if able and programme.ports[port_id].burn != "none":
                    isp = self.state.draws.quantity(f"vehicles.{key}.specific_impulse", noun.specific_impulse)
                    tank = self.state.ledger.row(f"ship/{port_id}")
                    found.append(ShipEngine(port, number, slice(tank, tank + 1), isp))
        return found

    def _station_engines(self) -> list[StationEngine]:
        """The station's own engines, each with the ports that lie behind it."""
        model, programme = self.state.model, self.state.model.programme
        impulse = programme.orbit_policy.engine_impulse
        isp = self.state.draws.quantity("orbit_policy.engine_impulse", impulse)
        return [
            StationEngine(
                row.id,
                tuple(
                    port
                    for port, key in enumerate(model.ports)
                    if programme.ports[key].element == row.provider and programme.ports[key].burn == "prograde"
                ),
                self._tanks(),
                isp,
            )
            for row in model.provisions
            if row.function == REBOOST and row.provider in programme.elements
        ]

    def _tanks(self) -> slice:
        """Rows of the station's own tanks: the first rows of the propellant block."""
        state = self.state
        block = state.ledger.block("propellant")
        own = sum(store.commodity == "propellant" for store in state.model.programme.stores.values())
        return slice(block.start, block.start + own)

    def tick(self, day: int) -> None:
        """Sink for a day; reboost where due; end where the orbit is over."""
        state = self.state
        index = day + self.offset
        slab = self.table.day(state.model.first + day, self.flux[:, index], self.ap[:, index])
        local = node_local_time(state.node, state.model.first + day)
        per_mass = self.drag_area * (1.0 / state.mass)
        rho, slope = slab.lookup(self.level, local, state.altitude)
        sunk = decay_step(state.altitude, rho, slope, per_mass, 1.0, self.entry)
        fast = np.flatnonzero(state.alive & (state.altitude - sunk > FAST_FALL))
        if fast.size:
            sunk[fast] = self._substeps(slab.column(self.level[fast], local[fast]), fast, per_mass[fast])
        np.copyto(state.altitude, sunk, where=state.alive)
        state.node += node_rate(state.altitude, self.inclination) * DAY_S
        if day % 5 == 0:
            state.beta = beta_angle(state.node, self.inclination, state.model.first + day)
        low = state.alive & (state.altitude < self.trigger)
        if day >= self.first_let_down:
            low &= day < state.let_down
        if np.count_nonzero(low):
            self._reboost(np.flatnonzero(low))
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
        state.recorder.event("entry", "station", down, (causes,), value=state.crew, unit="people aboard")
        state.alive &= ~down
        state.controlled &= ~down

    # Reboost --------------------------------------------------------------------------------------------------

    def _reboost(self, futures: Places) -> None:
        """Try each way in order, in the futures that are low; where none is there, note why."""
        state = self.state
        control = state.controlled[futures] & (state.capacity[ATTITUDE_THRUSTERS][futures] > 0)
        thrust = state.capacity[REBOOST][futures] > 0
        able = control & thrust
        left = ~able
        if np.count_nonzero(able):
            # A ship whose tanks are dry is waited out for a while; only a lasting want of propellant is a miss.
            where = futures[able]
            left[able] = self._try(where) & (state.altitude[where] < self.trigger[where] - PATIENCE)
            self._clear_ports(futures[able & left])
        if np.count_nonzero(left):
            self._miss(futures[left], able[left], thrust[left])

    def _try(self, futures: Places) -> Mask:
        """Burn with the first engine that can, where thrust and control are there; returns where none could."""
        state = self.state
        altitude: Array = state.altitude[futures]
        rise = self.target[futures] - altitude + OVERSHOOT
        wish = np.minimum(self.largest, delta_v_for_raise(altitude, rise))
        stock = Chosen(state.ledger, futures).total("propellant")
        spare = np.where(altitude < self.floor, stock, stock - self.reserve)
        left = np.ones(len(futures), dtype=bool)
        for ship in self.ships:
            here = left & (state.port_vehicle[ship.port, futures] == ship.vehicle)
            self._burn(here, left, futures, wish, ship.isp, spare, ship.tank)
        for engine in self.engines:
            here = left & state.working[engine.provision][futures]
            for port in engine.behind:
                here &= state.port_flight[port, futures] < 0
            self._burn(here, left, futures, wish, engine.isp, spare, engine.tanks)
        return left

    def _clear_ports(self, futures: Places) -> None:
        """A ship without people that stands behind the station's engines, and has nothing left to burn, is sent off."""
        state = self.state
        for port in sorted({port for engine in self.engines for port in engine.behind}):
            idle = (state.port_flight[port, futures] >= 0) & (state.port_seats[port, futures] < 0.5)
            where = futures[idle]
            state.port_due[port, where] = np.minimum(state.port_due[port, where], state.day + 1.0)

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
        reason = np.where(state.controlled[futures], reason, state.attitude_key[futures]).astype(np.int32)
        fresh = reason != self.missed[futures]
        if np.count_nonzero(fresh):
            where, why = futures[fresh], reason[fresh]
            height = state.altitude[where] / 1000.0
            recorder.note("reboost-missed", "station", where, (why,), value=height, unit="km")
            self.missed[where] = why

    def _burn(
        self, here: Mask, left: Mask, futures: Places, wish: Array, isp: Array, spare: Array, rows: slice
    ) -> None:
        """Burn as much of the wish as the propellant in reach gives; ``left`` and ``spare`` tell what remains to do."""
        if not np.count_nonzero(here):
            return
        state = self.state
        where, wished = futures[here], wish[here]
        more = 1.0 + self.control[where]
        reach = np.maximum(0.0, np.minimum(Chosen(state.ledger, where).total(rows), spare[here])) / more
        change = np.minimum(wished, delta_v_from(reach, state.mass[where], isp[where]))
        done = change >= np.minimum(wished, LEAST_BURN)
        if not np.count_nonzero(done):
            return
        where, change = where[done], change[done]
        need = propellant_for(change, state.mass[where], isp[where]) * more[done]
        burnt = Chosen(state.ledger, where).take(rows, need, "burnt for reboost")
        altitude: Array = state.altitude[where]
        state.altitude[where] = altitude + raise_from_delta_v(altitude, change)
        key = state.recorder.note("reboost", "station", where, value=change, unit="m/s")
        state.push_in(where, self.momentum[where], np.full(len(where), key, dtype=np.int32))
        self.missed[where] = 0
        burns = np.flatnonzero(here)[done]
        spare[burns] -= burnt
        left[burns] = False
        state.changed.add("store/propellant")
