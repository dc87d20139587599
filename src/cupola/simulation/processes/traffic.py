"""Traffic: arrivals, slips, losses, ports, unloading, trash, departures and stay limits.

Simplifies: a ship launches and arrives on the same day; a slip is drawn once a flight; cargo is unloaded on
arrival; trash and returned goods leave up to the ship's capacity.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cupola.base.quantity import DAY_S
from cupola.programme.functions import ROBOTIC_ARM
from cupola.simulation.recorder import Codes
from cupola.simulation.state import NEVER, Array, Mask, State


@dataclass
class Cargo:
    """What one flight of a vehicle type can bring, by future; food, water and propellant within (least, most)."""

    mass: Array
    dry: Array
    food: tuple[Array, Array]
    water: tuple[float, float]
    gas: Array
    propellant: tuple[float, float]
    own: Array
    disposal: Array
    loads: bool
    """Whether it brings anything at all"""


class Traffic:
    """Moves the ships."""

    def __init__(self, state: State) -> None:
        self.state = state
        model, programme, draws = state.model, state.model.programme, state.draws
        self.ships_known = len(model.docked)
        n = state.width
        self.cargo: list[Cargo] = []
        for key, vehicle in programme.vehicles.items():
            dry = draws.quantity(f"vehicles.{key}.dry_cargo", vehicle.dry_cargo)
            self.cargo.append(
                Cargo(
                    mass=np.full(n, vehicle.mass.value),
                    dry=dry,
                    food=(dry * vehicle.food_share.low, dry * vehicle.food_share.high),
                    water=(vehicle.water.low, vehicle.water.high),
                    gas=draws.quantity(f"vehicles.{key}.gas", vehicle.gas),
                    propellant=(vehicle.propellant.low, vehicle.propellant.high),
                    own=draws.quantity(f"vehicles.{key}.propellant_own", vehicle.propellant_own),
                    disposal=np.full(n, vehicle.disposal.value + vehicle.returns.value),
                    loads=vehicle.dry_cargo.high + vehicle.water.high + vehicle.gas.high > 0,
                )
            )
        life, crew = programme.life_support, programme.crew_policy
        stay = crew.usual.value * crew.horizon.value
        self.goal = {"food": stay * life.food.value, "water": stay * life.drink.value}
        self.fuel_goal = programme.orbit_policy.propellant_goal.value
        self.due: list[Array] = []
        self.pending: list[Mask] = []
        self.fails: list[Mask] = []
        self.next_due: list[float] = []
        self.blocked: dict[int, Mask] = {}
        for number, flight in enumerate(model.queue):
            vehicle = programme.vehicles[flight.vehicle]
            mean = draws.quantity(f"vehicles.{flight.vehicle}.slip", vehicle.slip) / DAY_S
            slip = np.floor(draws.exponential(f"slip/{flight.id}", mean))
            slip = np.where(draws.nominal, 0.0, slip)
            self.due.append(np.maximum(1.0, flight.day + slip))
            self.pending.append(np.ones(n, dtype=bool))
            self.fails.append(draws.uniform(f"loss/{flight.id}") > 1.0 - vehicle.failures.value)
            self.next_due.append(float(self.due[number].min()))
        self.open = list(range(len(model.queue)))
        self.port_rows = {key: row for row, key in enumerate(model.ports)}
        self.fits: list[list[int]] = [
            [self.port_rows[port] for port in vehicle.ports if port in self.port_rows]
            for vehicle in programme.vehicles.values()
        ]
        self.excluded: list[list[int]] = [
            [self.port_rows[other] for other in programme.ports[port].excludes if other in self.port_rows]
            for port in model.ports
        ]
        arms = [programme.ports[port].lever_arm for port in model.ports]
        self.lever = [
            draws.quantity(f"ports.{port}.lever_arm", arm) for port, arm in zip(model.ports, arms, strict=True)
        ]
        self.speed = draws.quantity("attitude.contact_speed", programme.attitude.contact_speed)
        self.berthing = draws.quantity("attitude.berthing_momentum", programme.attitude.berthing_momentum)
        self.rows: dict[str, list[int]] = {store.commodity: [] for store in programme.stores.values()}
        for store in programme.stores.values():
            self.rows[store.commodity].append(state.ledger.row(store.id))
        self.ship_rows = [state.ledger.row(f"ship/{port}") for port in model.ports]
        self.moved = False

    def tick(self, day: int) -> None:
        """Departures first, then arrivals."""
        self.moved = False
        due = self.state.port_due <= day
        if due.any():
            self._departures(day, due)
        for number in list(self.open):
            if self.next_due[number] <= day:
                self._flight(number, day)
            elif self.state.model.queue[number].day > day + 400:
                break
        if self.moved:
            self.state.count_people()

    # Departures -------------------------------------------------------------------------------------------

    def _departures(self, day: int, due: NDArray[Any]) -> None:
        for port in range(due.shape[0]):
            leaving = due[port] & (self.state.port_flight[port] >= 0) & self.state.alive
            if leaving.any():
                self.undock(port, leaving, day)

    def undock(self, port: int, leaving: Mask, day: int) -> None:
        """The ships at this port leave in the masked futures, with their people, trash and leftover propellant."""
        state, ledger = self.state, self.state.ledger
        for number in np.unique(state.port_flight[port][leaving]):
            mask = leaving & (state.port_flight[port] == number)
            vehicle = state.flight_vehicles[int(number)]
            subject = state.flight_ids[int(number)]
            people = state.people[port].copy()
            gone = np.zeros(state.width)
            for row in range(people.shape[0]):
                gone += people[row]
            key = state.recorder.event("undocking", subject, mask, (self._why_left(int(number)),), value=gone)
            state.recorder.stays.append((day, "left", np.nonzero(mask)[0], np.full(1, port), np.full(1, number)))
            room = np.where(mask, self.cargo[vehicle].disposal, 0.0)
            for commodity in ("waste", "goods"):
                room -= ledger.take(ledger.block(commodity), room, "returned or disposed")
            self._hand_over_fuel(port, mask)
            ledger.empty(self.ship_rows[port], mask, "left in ship")
            arm = np.multiply(self.lever[port], self.speed)
            docking = state.model.programme.ports[state.model.ports[port]].method == "docking"
            state.push(mask, state.port_mass[port] * arm if docking else self.berthing, key)
        for vehicle in np.unique(state.port_vehicle[port][leaving]):
            state.changed.add(f"ship/{state.model.vehicles[int(vehicle)]}")
        self.moved = True
        np.copyto(state.port_flight[port], -1, where=leaving)
        np.copyto(state.port_vehicle[port], -1, where=leaving)
        np.copyto(state.port_service[port], -1, where=leaving)
        np.copyto(state.port_due[port], NEVER, where=leaving)
        np.copyto(state.port_seats[port], 0.0, where=leaving)
        np.copyto(state.port_mass[port], 0.0, where=leaving)
        for row in range(state.people.shape[1]):
            np.copyto(state.people[port, row], 0.0, where=leaving)
        state.changed.add("store/propellant")

    def _why_left(self, number: int) -> Codes:
        """The reason for an undocking, by future: its partner left, the crew was ordered off, or its stay was over."""
        state = self.state
        vehicle = state.flight_vehicles[number]
        partner = state.model.vehicle_partner[vehicle]
        code = state.recorder.code
        usual = code(f"fact/vehicles.{state.model.vehicles[vehicle]}.usual_stay")
        reason = np.where(state.leave_order < NEVER, code("crew-ordered-off/station"), usual)
        if partner >= 0:
            reason = np.where(state.flies[partner], reason, state.home_key[partner])
        return reason.astype(np.int32)

    # Arrivals ---------------------------------------------------------------------------------------------

    def _flight(self, number: int, day: int) -> None:
        state = self.state
        flight = state.model.queue[number]
        vehicle = state.flight_vehicles[self.ships_known + number]
        due, pending = self.due[number], self.pending[number]
        ready = pending & (due <= day)
        partner = state.model.vehicle_partner[vehicle]
        refused = ready & ~(state.alive & state.controlled & (state.leave_order >= NEVER))
        if partner >= 0:
            refused |= ready & ~state.flies[partner]
        pending &= ~refused
        ready &= ~refused
        ready = self._launch(number, ready, vehicle)
        if ready.any():
            ready &= ~self._arrive(number, flight.port, vehicle, ready, day)
            self._wait(number, ready, day)
        self.next_due[number] = float(due[pending].min()) if pending.any() else NEVER
        if self.next_due[number] >= NEVER:
            self.open.remove(number)

    def _launch(self, number: int, ready: Mask, vehicle: int) -> Mask:
        """A launch that was drawn to fail is flown again after the replacement time."""
        lost = ready & self.fails[number]
        if lost.any():
            state = self.state
            key = state.model.vehicles[vehicle]
            again = state.model.programme.vehicles[key].replacement.value / DAY_S
            subject = state.model.queue[number].id
            state.recorder.event(
                "launch-failed", subject, lost, (state.recorder.code(f"fact/vehicles.{key}.failures"),)
            )
            self.due[number][lost] += again
            self.fails[number] &= ~lost
            ready = ready & ~lost
        return ready

    def _arrive(self, number: int, wanted: str, vehicle: int, ready: Mask, day: int) -> Mask:
        """Dock or berth where a port is free; returns the futures in which it arrived."""
        state = self.state
        arrived = np.zeros(state.width, dtype=bool)
        rows = self.fits[vehicle]
        if wanted in self.port_rows:
            rows = [self.port_rows[wanted], *[row for row in rows if row != self.port_rows[wanted]]]
        for evict in (False, True):
            for port in rows:
                open_here = ready & ~arrived & state.port_open[port]
                if not open_here.any():
                    continue
                for other in self.excluded[port]:
                    open_here = open_here & (state.port_flight[other] < 0)
                if state.model.programme.ports[state.model.ports[port]].method == "berthing":
                    open_here = open_here & (state.capacity[ROBOTIC_ARM] > 0)
                if evict:
                    self._evict(port, open_here, day)
                free = open_here & (state.port_flight[port] < 0)
                if free.any():
                    self._dock(number, vehicle, port, free, day)
                    arrived |= free
        return arrived

    def _evict(self, port: int, wanted: Mask, day: int) -> None:
        """A cargo ship that has stayed a month makes room for the one that waits."""
        state = self.state
        old = wanted & (state.port_flight[port] >= 0) & (state.port_seats[port] < 0.5)
        old &= state.port_since[port] <= day - 30
        if old.any():
            self.undock(port, old, day)

    def _dock(self, number: int, vehicle: int, port: int, mask: Mask, day: int) -> None:
        state, model = self.state, self.state.model
        flight = model.queue[number]
        noun = model.programme.vehicles[model.vehicles[vehicle]]
        service = model.services.index(flight.service) if flight.service else -1
        people = np.zeros(state.width)
        for partner, count in flight.crew:
            row = model.partner_row(partner)
            instead = model.vehicle_partner[vehicle]
            sent = np.where(mask, float(count), 0.0)
            state.people[port, row] += np.where(state.flies[row], sent, 0.0)
            state.people[port, instead] += np.where(state.flies[row], 0.0, sent)
            people += count
        if noun.crewed and service >= 0:
            self._relieve(port, service, mask, day + model.programme.services[flight.service].handover.value / DAY_S)
        self.moved = True
        # A crew stays until it is relieved; only the end of its ship's life sends it home without relief.
        stay = (noun.max_stay.high if noun.crewed else noun.usual_stay.value) / DAY_S
        np.copyto(state.port_flight[port], np.int32(self.ships_known + number), where=mask)
        np.copyto(state.port_vehicle[port], np.int32(vehicle), where=mask)
        np.copyto(state.port_service[port], np.int32(service), where=mask)
        np.copyto(state.port_since[port], float(day), where=mask)
        np.copyto(state.port_due[port], float(day) + stay, where=mask)
        np.copyto(state.port_seats[port], noun.seats.value if noun.crewed else 0.0, where=mask)
        unloaded = self._unload(vehicle, port, mask)
        np.copyto(state.port_mass[port], np.maximum(0.0, self.cargo[vehicle].mass - unloaded), where=mask)
        self.pending[number] &= ~mask
        key = state.recorder.event(
            "docking", flight.id, mask, (state.recorder.code(f"fact/services.{flight.service}"),), value=people
        )
        state.recorder.stays.append(
            (day, "arrived", np.nonzero(mask)[0], np.full(1, port), np.full(1, self.ships_known + number))
        )
        docking = model.programme.ports[model.ports[port]].method == "docking"
        push = self.cargo[vehicle].mass * self.lever[port] * self.speed if docking else self.berthing
        state.push(mask, push, key)
        state.changed.add(f"ship/{noun.id}")
        state.changed.add("store/propellant")

    def _relieve(self, port: int, service: int, mask: Mask, leave: float) -> None:
        """The crew of the same service that was there hands over and leaves."""
        state = self.state
        for other in range(len(state.model.ports)):
            if other == port:
                continue
            old = mask & (state.port_service[other] == service) & (state.port_flight[other] >= 0)
            if old.any():
                np.copyto(state.port_due[other], np.minimum(state.port_due[other], leave), where=old)

    def _unload(self, vehicle: int, port: int, mask: Mask) -> Array:
        """Cargo into the stores as far as there is room; returns what left the ship [kg].

        What is loaded is decided by need: of food, water and propellant a ship brings more, within the range of its
        type, when less than the goal is aboard.
        """
        ledger, cargo = self.state.ledger, self.cargo[vehicle]
        unloaded = np.zeros(self.state.width)
        if cargo.loads:
            food = self._by_need("food", self.goal["food"], cargo.food)
            unloaded += self._fill("food", np.where(mask, food, 0.0))
            unloaded += self._fill("goods", np.where(mask, cargo.dry - food, 0.0))
            if cargo.water[1] > 0:
                water = self._by_need("water", self.goal["water"], cargo.water)
                unloaded += self._fill("water", np.where(mask, water, 0.0))
            gas = np.where(mask, cargo.gas, 0.0)
            taken = self._fill("oxygen", gas)
            unloaded += taken
            unloaded += self._fill("nitrogen", gas - taken)
        fuel = cargo.own
        if cargo.propellant[1] > 0:
            fuel = fuel + self._by_need("propellant", self.fuel_goal, cargo.propellant)
        return unloaded + ledger.put(self.ship_rows[port], np.where(mask, fuel, 0.0), "delivered")

    def _by_need(self, commodity: str, goal: float, limits: tuple[Array | float, Array | float]) -> Array:
        lacking = goal - self.state.ledger.total(commodity)
        return np.minimum(np.maximum(lacking, limits[0]), limits[1])

    def _hand_over_fuel(self, port: int, leaving: Mask) -> None:
        """What a ship did not burn for the station goes into the tanks that its port reaches, before it leaves."""
        ledger = self.state.ledger
        source = self.ship_rows[port]
        for store in self.state.model.programme.ports[self.state.model.ports[port]].refuels:
            left = np.where(leaving, ledger.levels[source], 0.0)
            ledger.move(source, ledger.row(store), left)

    def _fill(self, commodity: str, amount: Array) -> Array:
        ledger = self.state.ledger
        put = np.zeros(self.state.width)
        for row in self.rows.get(commodity, []) or [ledger.block(commodity).start]:
            put += ledger.put(row, amount - put, "delivered")
        return put

    def _wait(self, number: int, waiting: Mask, day: int) -> None:
        """No port is free: try again tomorrow, and say so once."""
        if not waiting.any():
            return
        np.copyto(self.due[number], day + 1.0, where=waiting)
        seen = self.blocked.setdefault(number, np.zeros(self.state.width, dtype=bool))
        fresh = waiting & ~seen
        if fresh.any():
            seen |= fresh
            self.state.recorder.event("port-blocked", self.state.model.queue[number].id, fresh)
