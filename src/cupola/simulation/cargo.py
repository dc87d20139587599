"""Cargo: what a ship brings, what it takes along when it leaves, and what it leaves in the tanks.

Simplifies: cargo is unloaded on arrival; trash and returned goods leave up to the ship's capacity. What is loaded is
decided by need: of food, water and propellant a ship brings more, within the range of its type, when less than the
goal is aboard.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cupola.programme.traffic import Flight, Vehicle
from cupola.simulation.chosen import Chosen, Places
from cupola.simulation.state import Array, State


class Cargo:
    """What flights of each vehicle type can carry, by future; rows of the tables are vehicle types."""

    def __init__(self, state: State) -> None:
        self.state = state
        model, programme, draws = state.model, state.model.programme, state.draws
        kinds = list(programme.vehicles.values())

        def drawn(name: str) -> Array:
            """One number a type and future, laid out flat."""
            rows = [draws.quantity(f"vehicles.{kind.id}.{name}", getattr(kind, name)) for kind in kinds]
            return np.array(rows).reshape(-1)

        # Their ranges are from flight to flight and even out over a year, so they are not drawn once for a future.
        self.dry = np.repeat([kind.dry_cargo.value for kind in kinds], state.width)
        self.gas = np.repeat([kind.gas.value for kind in kinds], state.width)
        self.own = drawn("propellant_own")
        self.food_share = _limits(kinds, "food_share")
        self.water = _limits(kinds, "water")
        self.propellant = _limits(kinds, "propellant")
        self.mass = np.array([kind.mass.value for kind in kinds])
        self.recorded = {
            name: np.array([_of_record(row.recorded, name) for row in model.queue])
            for name in ("dry_cargo", "gas", "water", "propellant")
            if any(row.recorded is not None for row in model.queue)
        }
        self.disposal = np.array([kind.disposal.value + kind.returns.value for kind in kinds])
        ledger = state.ledger
        life, crew = programme.life_support, programme.crew_policy
        stay = crew.usual.value * crew.horizon.value
        self.food_goal = stay * life.food.value
        self.water_goal = stay * life.drink.value
        self.gas_goal = {name: ledger.total(name).copy() for name in ("oxygen", "nitrogen")}
        """What was stored on the first day; gas goes where more of that is lacking"""
        self.fuel_goal = programme.orbit_policy.propellant_goal.value
        self.rows = {name: self._tanks(name) for name in ("food", "goods", "water", "oxygen", "nitrogen")}
        self.ship_rows = np.array([ledger.row(f"ship/{port}") for port in model.ports], dtype=np.intp)
        # A tank whose element comes after the run is not in the ledger.
        reached = [
            [ledger.row(store) for store in programme.ports[port].refuels if ledger.holds(store)]
            for port in model.ports
        ]
        most = max((len(rows) for rows in reached), default=0)
        self.reached = [
            np.array([rows[turn] if turn < len(rows) else -1 for rows in reached], dtype=np.intp)
            for turn in range(most)
        ]
        """By turn: the tank that a port reaches, or -1"""

    def _tanks(self, commodity: str) -> slice:
        """Rows that a delivery goes to: the listed stores, which come first in a commodity, or else the first row."""
        first = self.state.ledger.block(commodity).start
        return slice(first, first + max(1, self.state.ledger.listed(commodity)))

    def unload(self, vehicles: Places, ports: Places, futures: Places, flights: Places) -> Array:
        """Cargo into the stores as far as there is room, one ship a future; returns what left each ship [kg].

        ``flights`` are numbers of the queue: what is on record of a flight's cargo goes before what its type brings.
        """
        some = Chosen(self.state.ledger, futures)
        drawn = vehicles * self.state.width + futures
        dry, gas = self._known("dry_cargo", flights, self.dry[drawn]), self._known("gas", flights, self.gas[drawn])
        low, high = self.food_share
        food = _by_need(self.food_goal - some.total("food"), dry * low[vehicles], dry * high[vehicles])
        unloaded = some.fill(self.rows["food"], food, "delivered")
        unloaded = unloaded + some.fill(self.rows["goods"], dry - food, "delivered")
        low, high = self.water
        water = _by_need(self.water_goal - some.total("water"), low[vehicles], high[vehicles])
        water = self._known("water", flights, water)
        unloaded = unloaded + some.fill(self.rows["water"], water, "delivered")
        lacking = {name: np.maximum(self._gas_goal(name)[futures] - some.total(name), 0.0) for name in self.gas_goal}
        both = lacking["oxygen"] + lacking["nitrogen"]
        share = np.where(both > 0.0, lacking["oxygen"] / np.maximum(both, 1e-9), 0.5)
        oxygen = some.fill(self.rows["oxygen"], gas * share, "delivered")
        unloaded = unloaded + oxygen
        unloaded = unloaded + some.fill(self.rows["nitrogen"], gas - oxygen, "delivered")
        low, high = self.propellant
        fuel = _by_need(self.fuel_goal - some.total("propellant"), low[vehicles], high[vehicles])
        fuel = self._known("propellant", flights, fuel)
        return unloaded + some.put(self.ship_rows[ports], self.own[drawn] + fuel, "delivered")

    def _known(self, name: str, flights: Places, else_: Array) -> Array:
        """What is on record of the cargo of flights, and the other number where nothing is."""
        known = self.recorded.get(name)
        if known is None:
            return else_
        found: Array = np.where(np.isnan(known[flights]), else_, known[flights])
        return found

    def _gas_goal(self, name: str) -> Array:
        """What was stored on the first day and what new elements brought."""
        goal: Array = self.gas_goal[name] + self.state.brought.get(name, 0.0)
        return goal

    def load(self, vehicles: Places, ports: Places, futures: Places) -> None:
        """Trash and goods into ships that leave, one a future; what they did not burn goes into the tanks first."""
        some = Chosen(self.state.ledger, futures)
        room = self.disposal[vehicles]
        for commodity in ("waste", "goods"):
            room = room - some.take(commodity, room, "returned or disposed")
        self._hand_over_fuel(ports, futures)
        some.empty(self.ship_rows[ports], "left in ship")

    def _hand_over_fuel(self, ports: Places, futures: Places) -> None:
        """What a ship did not burn for the station goes into the tanks that its port reaches, before it leaves."""
        for reached in self.reached:
            tanks = reached[ports]
            there = tanks >= 0
            if there.any():
                some = Chosen(self.state.ledger, futures[there])
                some.move(self.ship_rows[ports[there]], tanks[there])


def _of_record(flight: Flight | None, name: str) -> float:
    """A number of a flight's cargo, or NaN where it is not known."""
    amount = getattr(flight, name, None)
    return float("nan") if amount is None else float(amount)


def _limits(kinds: list[Vehicle], name: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The least and the most by type."""
    rows = [getattr(kind, name) for kind in kinds]
    return np.array([row.low for row in rows]), np.array([row.high for row in rows])


def _by_need(lacking: Array, least: Array, most: Array) -> Array:
    return np.minimum(np.maximum(lacking, least), most)
