"""The state: every array has the future as its last axis, and only the processes change it.

Rows of ``port_*`` are the ports of the model; a port holds at most one ship, so a ship is known by its port.
People are counted by the ship that is to bring them home (its port) and by the partner whose segment they are
trained on.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cupola.base.quantity import DAY_S
from cupola.base.time import to_mjd
from cupola.programme.functions import KNOWN
from cupola.programme.station import is_open
from cupola.simulation.draws import Draws
from cupola.simulation.lanes import Lane, detailed
from cupola.simulation.leaving import Leaving
from cupola.simulation.ledger import Ledger
from cupola.simulation.model import Model
from cupola.simulation.movements import Movements
from cupola.simulation.orbit_start import orbit_on
from cupola.simulation.orbit_state import OrbitState
from cupola.simulation.recorder import Recorder
from cupola.simulation.seating import seated

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

OVERDUE = 60.0
"""Days for which a crew that has outstayed its ship's usual life on the first day waits for its relief."""
NEVER = 1e9
"""A due day that never comes."""


class State:
    """All that changes during a run, at one width."""

    def __init__(self, model: Model, lanes: Sequence[Lane], draws: Draws, ledger: Ledger, recorder: Recorder) -> None:
        n = len(lanes)
        self.model, self.lanes, self.draws, self.ledger, self.recorder = model, tuple(lanes), draws, ledger, recorder
        self.width = n
        self.detailed = detailed(lanes)
        """Leading futures that are kept in every detail"""
        self.day = 0
        self.enforced: Mask = np.array([lane.enforced for lane in lanes], dtype=bool)
        begin = model.programme.deorbit.begin
        planned = NEVER if begin is None else float(to_mjd(begin) - model.first)
        self.let_down: Array = np.array(
            [planned if lane.let_down is None else min(planned, lane.let_down) for lane in lanes], dtype=float
        )
        """Day from which no reboost is made any more"""

        self._start_body()
        self._start_partners()
        self._start_ports()
        self._start_people()
        self._start_working()
        self._start_shared()
        self.leaving = Leaving(model.exit, model.partners, lanes, recorder)
        self.movements = Movements(model, self.flight_ids, recorder, n)
        self._place_ships()
        self.people += seated(model, self.port_seats[:, 0])[:, :, None]
        self.count_people()
        self.weigh()

    @property
    def altitude(self) -> Array:
        """Mean altitude above the equatorial radius [m]; changed through ``orbit`` alone."""
        return self.orbit.altitude

    def _start_body(self) -> None:
        """The station as a body."""
        n, programme, draws = self.width, self.model.programme, self.draws
        self.alive: Mask = np.ones(n, dtype=bool)
        self.controlled: Mask = np.ones(n, dtype=bool)
        self.powered: Mask = np.ones(n, dtype=bool)
        self.crewed: Mask = np.ones(n, dtype=bool)
        altitude, node = orbit_on(programme, programme.span.start)
        self.orbit = OrbitState(draws.quantity("orbit.altitude", altitude), programme.orbit.inclination.value, node)
        start, epoch = programme.span.start, programme.orbit.epoch
        there, then = programme.attached_on(start), programme.attached_on(epoch)
        fixed = sum(row.mass.value for row in there.values())
        self.unlisted: Array = draws.quantity("orbit.unlisted_mass", programme.orbit.unlisted_mass)
        """Mass that no row lists on the epoch, at which it is known [kg]"""
        self.structure: Array = self.unlisted * programme.unlisted_share(start) + fixed
        """Mass of elements and outfitting, without stores and ships"""
        self.element_mass: Array = np.full(n, float(fixed))
        self.unsupplied: Array = np.zeros(n)
        """Propellant that it took to follow the record and that no tank of the run had [kg]"""
        self.drag_added: Array = np.zeros(n)
        """Drag coefficient times area of the elements that came after the epoch, less those that left [m2]"""
        for sign, more, less in ((1.0, there, then), (-1.0, then, there)):
            for key in (key for key in more if key not in less):
                self.drag_added += sign * draws.quantity(f"elements.{key}.drag_area", more[key].drag_area)

    def _start_partners(self) -> None:
        """Who is active, and which elements are attached."""
        n, model, programme = self.width, self.model, self.model.programme
        partners = len(model.partners)
        self.active: Mask = np.ones((partners, n), dtype=bool)
        self.flies: Mask = np.ones((partners, n), dtype=bool)
        """Whether it still launches; its last ships go home on the last day of its service"""
        self.home_key = np.zeros((partners, n), dtype=np.int32)
        """Code of what called its ships home"""
        self.operates: Mask = np.ones((partners, n), dtype=bool)
        """Whether its elements are operated, by itself or by the one that took over"""
        there = programme.attached_on(programme.span.start)
        self.attached: dict[str, Mask] = {key: np.full(n, key in there) for key in programme.elements}
        self.absent = {
            key: np.full(
                n, self.recorder.code(f"{'element-detached' if key in there else 'not-attached'}/{key}"), np.int32
            )
            for key in programme.elements
        }
        """Code of why an element is not there, where it is not, by future"""
        self.arrives: dict[str, Array] = {}
        """Day on which an element that comes within the run is attached, by future; filled by the assembly process"""
        self.in_service: dict[str, Mask] = {}
        """Whether it is within its days, by provision; for those whose days begin or end within the run"""
        self.brought: dict[str, Array | float] = {}
        """kg that new elements brought, by commodity"""

    def _start_ports(self) -> None:
        """Ships at ports, and the flights that they are."""
        n, model = self.width, self.model
        ports = len(model.ports)
        self.port_flight = np.full((ports, n), -1, dtype=np.int32)
        """Index into ``flight_ids``; -1 is free"""
        self.port_vehicle = np.full((ports, n), -1, dtype=np.int32)
        self.port_service = np.full((ports, n), -1, dtype=np.int32)
        self.port_due: Array = np.full((ports, n), NEVER)
        """Day on which the ship there leaves"""
        self.port_since: Array = np.full((ports, n), NEVER)
        self.port_seats: Array = np.zeros((ports, n))
        self.port_mass: Array = np.zeros((ports, n))
        start = model.programme.span.start
        there = model.programme.attached_on(start)
        nouns = [model.programme.ports[key] for key in model.ports]
        held = {ship.port for ship in model.docked}
        open_now = [
            place in held or (row.element in there and is_open(row.since, row.until, start))
            for place, row in enumerate(nouns)
        ]
        self.port_open: Mask = np.repeat(np.array(open_now, dtype=bool)[:, None], n, axis=1)
        """Whether the port is still on the station"""
        self.ships: Array = np.zeros((len(model.vehicles), n))
        """How many ships of each type are there"""
        self.flight_ids: list[str] = [ship.flight.id for ship in model.docked] + [row.id for row in model.queue]
        self.flight_names: list[str] = [ship.flight.name for ship in model.docked] + [row.name for row in model.queue]
        self.flight_vehicles: list[int] = [ship.vehicle for ship in model.docked] + [
            model.vehicles.index(row.vehicle) for row in model.queue
        ]

    def _start_people(self) -> None:
        """People by ship and training, shape (ports, partners, futures)."""
        n, ports, partners = self.width, len(self.model.ports), len(self.model.partners)
        self.people: Array = np.zeros((ports, partners, n))
        self.trained: Array = np.zeros((partners, n))
        """People aboard by the partner whose segment they are trained on"""
        self.crew: Array = np.zeros(n)
        self.seats: Array = np.zeros(n)
        self.leave_order: Array = np.full(n, NEVER)
        """Day by which the last ship must have left, once the crew is ordered off"""
        self.order_key = np.zeros(n, dtype=np.int32)

    def _start_working(self) -> None:
        """What works; filled by the providers process."""
        n, model = self.width, self.model
        self.working: dict[str, Mask] = {row.id: np.ones(n, dtype=bool) for row in model.provisions}
        # A programme need not name every function that the processes know; of one that it does not name there is none.
        self.capacity: dict[str, Array] = {key: np.zeros(n) for key in dict.fromkeys((*model.functions, *KNOWN))}
        self.changed: set[str] = {"all"}
        """What changed since the providers were last judged: 'partner', 'element', 'people', 'power', 'store/X', ..."""
        self.lost_key: dict[str, NDArray[Any]] = {}
        """Function id -> code of the event by which it was lost, by future"""

    def _start_shared(self) -> None:
        """Attitude, and what safety and the series share."""
        n = self.width
        self.impulse: Array = np.zeros(n)
        """Largest angular momentum that an event of this day puts into the station [N m s]"""
        self.impulse_key = np.zeros(n, dtype=np.int32)
        self.impulse_fact = np.zeros(n, dtype=np.int32)
        """Code of the number that the impulse rests on, beside its event"""
        self.pushed = False
        """Whether any future has an event today"""
        self.attitude_key = np.zeros(n, dtype=np.int32)
        self.food_days: Array = np.full(n, NEVER)
        self.water_days: Array = np.full(n, NEVER)
        self.oxygen_days: Array = np.full(n, NEVER)
        self.mass: Array = self.structure.copy()
        self.deorbit: Mask = np.zeros(n, dtype=bool)
        self.beta: Array = np.zeros(n)

    def _place_ships(self) -> None:
        model, programme = self.model, self.model.programme
        for number, ship in enumerate(model.docked):
            vehicle = programme.vehicles[model.vehicles[ship.vehicle]]
            port = ship.port
            stay = (vehicle.max_stay.high if vehicle.crewed else vehicle.usual_stay.value) / DAY_S
            service = next((row for row in programme.services.values() if row.vehicle == vehicle.id), None)
            if service is not None and service.stay.value > 0.0:
                stay = service.stay.value / DAY_S
            left = ship.flight.undocked
            if left is not None and left <= programme.as_of:
                stay = float(ship.days + to_mjd(left) - model.first)
            elif model.recorded > 0:
                # Of a ship that is still there when the record ends, no more is known than that it has not left.
                stay = max(stay, float(ship.days + model.recorded + 1))
            self.port_flight[port] = number
            self.port_vehicle[port] = ship.vehicle
            self.ships[ship.vehicle] += 1.0
            self.port_service[port] = next(
                (row for row, key in enumerate(model.services) if programme.services[key].vehicle == vehicle.id), -1
            )
            self.port_since[port] = -ship.days
            overdue = vehicle.crewed and service is not None and ship.days >= stay
            # A crew whose stay is over by the book is still there by the record: it waits for its relief.
            self.port_due[port] = OVERDUE if overdue else max(1.0, stay - ship.days)
            self.port_seats[port] = vehicle.seats.value if vehicle.crewed else 0.0
            self.port_mass[port] = ship.mass

    def count_people(self) -> None:
        """Recount those aboard by training, and the seats, after ships or people moved. Ordered sums only."""
        before = self.trained > 0
        self.trained[...] = 0.0
        self.seats[...] = 0.0
        for port in range(len(self.model.ports)):
            self.trained += self.people[port]
            self.seats += self.port_seats[port]
        self.crew[...] = 0.0
        for row in range(len(self.model.partners)):
            self.crew += self.trained[row]
        crewed = self.crew > 0.5
        came_or_went = bool((crewed != self.crewed).any())
        self.crewed[...] = crewed
        self.changed.add("crew")
        for row, name in enumerate(self.model.partners):
            if came_or_went or (before[row] != (self.trained[row] > 0)).any():
                self.changed.add(f"people/{name}")

    def count_people_in(self, futures: NDArray[np.intp]) -> None:
        """Recount the people of these futures, in which alone ships came or went."""
        before = self.trained[:, futures] > 0
        people, seats = self.people[:, :, futures], self.port_seats[:, futures]
        trained, places = people[0], seats[0]
        for port in range(1, len(people)):
            trained = trained + people[port]
            places = places + seats[port]
        crew = trained[0]
        for row in range(1, len(trained)):
            crew = crew + trained[row]
        crewed = crew > 0.5
        came_or_went = np.count_nonzero(crewed != self.crewed[futures]) > 0
        self.trained[:, futures] = trained
        self.seats[futures] = places
        self.crew[futures] = crew
        self.crewed[futures] = crewed
        self.changed.add("crew")
        differs = before != (trained > 0)
        for row, name in enumerate(self.model.partners):
            if came_or_went or np.count_nonzero(differs[row]):
                self.changed.add(f"people/{name}")

    def weigh(self, where: Mask | None = None) -> None:
        """Mass of the station with its ships and stores, in all futures or in some."""
        mass = self.structure.copy()
        for port in range(len(self.model.ports)):
            mass += self.port_mass[port]
        for row in range(self.ledger.levels.shape[0]):
            mass += self.ledger.levels[row]
        np.copyto(self.mass, mass, where=True if where is None else where)

    def weigh_in(self, futures: NDArray[np.intp]) -> None:
        """As :meth:`weigh`, for the futures in which ships came or went; added in the same order."""
        mass = self.structure[futures]
        for port in range(len(self.model.ports)):
            mass = mass + self.port_mass[port, futures]
        for row in range(self.ledger.levels.shape[0]):
            mass = mass + self.ledger.levels[row, futures]
        self.mass[futures] = mass

    def push(self, mask: Mask, momentum: Array | float, key: int) -> None:
        """An event of this day puts angular momentum into the station; the largest of a day counts."""
        more = mask & (momentum > self.impulse)
        np.copyto(self.impulse, momentum, where=more)
        np.copyto(self.impulse_key, np.int32(key), where=more)
        np.copyto(self.impulse_fact, np.int32(0), where=more)
        self.pushed = True

    def push_in(
        self, futures: NDArray[np.intp], momentum: Array, keys: NDArray[np.int32], facts: NDArray[np.int32]
    ) -> None:
        """As :meth:`push`, for these futures, each with its own momentum, key and fact that the momentum rests on."""
        more = momentum > self.impulse[futures]
        where = futures[more]
        self.impulse[where] = momentum[more]
        self.impulse_key[where] = keys[more]
        self.impulse_fact[where] = facts[more]
        self.pushed = True

    def lose_attitude(self, lost: Mask, key: int) -> None:
        """Without attitude control the arrays and radiators point anywhere: power and cooling go within hours."""
        self.controlled &= ~lost
        np.copyto(self.attitude_key, np.int32(key), where=lost)
        hours = self.model.programme.attitude.power_lost_after.value / 3600.0
        power = self.recorder.event("power-lost", "station", lost, (key,), value=hours, unit="h after loss of attitude")
        self.powered &= ~lost
        self.changed.add("power")
        self.order_off(lost, power, 1.0)

    def enter(self, down: Mask, causes: NDArray[np.int32]) -> None:
        """The orbit is over in these futures."""
        self.recorder.event("entry", "station", down, (causes,), value=self.crew, unit="people aboard")
        self.alive &= ~down
        self.controlled &= ~down
        self.changed.add("all")

    def order_off(self, mask: Mask, key: int, within: Array | float) -> None:
        """Order the crew to leave in the ships that are there; the first order stands.

        What is on record is not undone: up to the as-of day nobody is ordered off who was not.
        """
        if self.day < self.model.recorded:
            return
        fresh = mask & self.crewed & (self.leave_order >= NEVER) & self.alive
        if fresh.any():
            np.copyto(self.leave_order, self.day + within, where=fresh)
            np.copyto(self.order_key, np.int32(key), where=fresh)
            for port in range(len(self.model.ports)):
                crewed = fresh & (self.port_seats[port] > 0.5) & (self.port_flight[port] >= 0)
                np.copyto(self.port_due[port], np.minimum(self.port_due[port], self.leave_order), where=crewed)
            self.recorder.event("crew-ordered-off", "station", fresh, (key,))

    def date_of(self, year: int) -> int:
        """Day of the run on which a calendar year begins."""
        import datetime as dt

        return to_mjd(dt.date(year, 1, 1)) - self.model.first
