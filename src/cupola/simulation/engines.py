"""Engines: which of them can push the station today, and what a push takes from which tanks.

A ship burns what is in its own tanks, the station's engines what is in the station's tanks; they fire only while the
ports behind them are clear. Steering takes a share of the burn's propellant on top.

Simplifies: impulsive; one engine at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from cupola.physics.reboost import delta_v_from, propellant_for
from cupola.programme.functions import REBOOST
from cupola.simulation.chosen import Chosen, Places
from cupola.simulation.recorder import Cause, Codes
from cupola.simulation.state import Array, Mask, State

LEAST_BURN = 0.2
"""m/s: a smaller burn is not worth its preparation. The smallest of the reported burns of 2020-2025 gave 0.22 m/s."""


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


class Engines:
    """All that can push the station, in the order in which it is tried: ships by port, then the station's own."""

    def __init__(self, state: State) -> None:
        self.state = state
        policy = state.model.programme.orbit_policy
        self.control = state.draws.quantity("orbit_policy.burn_control", policy.burn_control)
        self.ships = self._ship_engines()
        self.own = self._station_engines()
        self.used: Codes = np.zeros(state.width, dtype=np.int32)
        """Code of what made the latest burn: the arrival of the ship, or the provider, by future"""

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
        # The station's own tanks are the first rows of the propellant block.
        block = self.state.ledger.block("propellant")
        tanks = slice(block.start, block.start + self.state.ledger.listed("propellant"))
        return [
            StationEngine(
                row.id,
                tuple(
                    port
                    for port, key in enumerate(model.ports)
                    if programme.ports[key].element == row.provider and programme.ports[key].burn == "prograde"
                ),
                tanks,
                isp,
            )
            for row in model.provisions
            if row.function == REBOOST and row.provider in programme.elements
        ]

    def push(self, futures: Places, wish: Array, spare: Array) -> Array:
        """Burn with the first engine that can, in these futures; returns the velocity change (n,) [m/s], 0 where none.

        wish     array (n,)   [m/s]   at most this much
        spare    array (n,)   [kg]    propellant that may be spent
        """
        given: Array = np.zeros(len(futures))
        for here, isp, rows, engine in self._able(futures):
            here &= given == 0.0
            if np.count_nonzero(here):
                where = futures[here]
                given[here] = self._burn(where, wish[here], isp, spare[here], rows)
                # Where it gave nothing the next engine overwrites this, and where none did it is not read.
                self.used[where] = self._maker(engine, where)
        return given

    def reach(self, futures: Places) -> Array:
        """The velocity change (n,) [m/s] that all engines that can fire today would give one after the other."""
        state = self.state
        total: Array = np.zeros(len(futures))
        for here, isp, rows, _ in self._able(futures):
            held = Chosen(state.ledger, futures).total(rows) / (1.0 + self.control[futures])
            total += np.where(here, delta_v_from(held, state.mass[futures], isp[futures]), 0.0)
        return total

    def _able(self, futures: Places) -> Iterator[tuple[Mask, Array, slice, ShipEngine | StationEngine]]:
        """Each engine: where it can fire, its specific impulse, the tanks that it burns from, and itself."""
        state = self.state
        for ship in self.ships:
            yield state.port_vehicle[ship.port, futures] == ship.vehicle, ship.isp, ship.tank, ship
        for engine in self.own:
            here = state.working[engine.provision][futures].copy()
            for port in engine.behind:
                here &= state.port_flight[port, futures] < 0
            yield here, engine.isp, engine.tanks, engine

    def _maker(self, engine: ShipEngine | StationEngine, where: Places) -> Cause:
        """Code of what an engine rests on: the arrival of its ship, or its provision."""
        state = self.state
        if isinstance(engine, StationEngine):
            return state.recorder.code(f"fact/provisions.{engine.provision}")
        ships: Codes = state.movements.ship[state.port_flight[engine.port, where]]
        return ships

    def _burn(self, where: Places, wished: Array, isp: Array, spare: Array, rows: slice) -> Array:
        """Burn as much of the wish as the propellant in reach gives; returns the velocity change."""
        state = self.state
        more = 1.0 + self.control[where]
        reach = np.maximum(0.0, np.minimum(Chosen(state.ledger, where).total(rows), spare)) / more
        change = np.minimum(wished, delta_v_from(reach, state.mass[where], isp[where]))
        done = change >= np.minimum(wished, LEAST_BURN)
        if np.count_nonzero(done):
            burning, speed = where[done], change[done]
            need = propellant_for(speed, state.mass[burning], isp[burning]) * more[done]
            Chosen(state.ledger, burning).take(rows, need, "burnt for reboost")
            state.changed.add("store/propellant")
        return np.where(done, change, 0.0)

    def clear_ports(self, futures: Places) -> None:
        """A ship without people that stands behind the station's engines, and has nothing left to burn, is sent off.

        One on record leaves when it did.
        """
        state = self.state
        if state.day < state.model.recorded:
            return
        for port in sorted({port for engine in self.own for port in engine.behind}):
            idle = (state.port_flight[port, futures] >= 0) & (state.port_seats[port, futures] < 0.5)
            where = futures[idle]
            state.port_due[port, where] = np.minimum(state.port_due[port, where], state.day + 1.0)
