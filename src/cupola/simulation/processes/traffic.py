"""Traffic: arrivals, slips, losses, ports, departures and stay limits.

What comes and goes on a day is done for all futures at once, for one ship of each future at a time: ships of different
types at different ports, each in its own future, share the same few array operations.

A flight on record is flown as it was: its day, its port, its moves, its people and what is known of its cargo.

Simplifies: a ship launches and arrives on the same day; a slip is drawn once a flight.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cupola.base.quantity import DAY_S
from cupola.programme.functions import ROBOTIC_ARM
from cupola.programme.traffic import Vehicle
from cupola.simulation.calendar import Calendar, Places
from cupola.simulation.cargo import Cargo
from cupola.simulation.departing import flown_by, makes_room, may_go, why_left
from cupola.simulation.history import History
from cupola.simulation.movements import filled
from cupola.simulation.picking import first_choice, groups, one_a_future
from cupola.simulation.recorder import Codes
from cupola.simulation.state import NEVER, Array, Mask, State
from cupola.simulation.timetable import due_days, in_the_way, port_choices, stay_of


class Traffic:
    """Moves the ships."""

    def __init__(self, state: State) -> None:
        self.state = state
        model, programme, draws = state.model, state.model.programme, state.draws
        self.cargo = Cargo(state)
        self.docked_first = len(model.docked)
        """Flights of the queue are numbered after the ships that are there on the first day"""
        kinds = list(programme.vehicles.values())
        self.flown_by: Places = np.array(state.flight_vehicles, dtype=np.intp)
        self.partner: Places = np.array(model.vehicle_partner, dtype=np.intp)
        self.crewed: Places = np.array([int(kind.crewed) for kind in kinds], dtype=np.intp)
        self.seats = np.array([kind.seats.value if kind.crewed else 0.0 for kind in kinds])
        # A crew stays until it is relieved; only the end of its ship's life sends it home without relief.
        stays = [kind.max_stay.high if kind.crewed else kind.usual_stay.value for kind in kinds]
        usual = np.array(stays) / DAY_S
        self.history = History(state)
        self.stay = np.array([stay_of(state, row, usual) for row in model.queue])
        """Days for which each flight of the queue stays"""
        self.service = np.array([model.services.index(row.service) if row.service else -1 for row in model.queue])
        self.boards = [bool(row.crew) or programme.vehicles[row.vehicle].crewed for row in model.queue]
        """Whether a flight carries people or relieves some"""
        after = {key: row.after for key, row in programme.services.items() if row.after in state.attached}
        self.after = {place: after[row.service] for place, row in enumerate(model.queue) if row.service in after}
        """Element before whose arrival a flight is not made, by number in the queue"""
        self.calendar = Calendar(due_days(state))
        fails = [
            draws.uniform(f"loss/{row.id}") > 1.0 - programme.vehicles[row.vehicle].failures.value
            if row.recorded is None
            else np.zeros(state.width, dtype=bool)
            for row in model.queue
        ]
        self.fails: Mask = np.array(fails, dtype=bool).reshape(-1)
        self.blocked: Mask = np.zeros(len(model.queue) * state.width, dtype=bool)
        """Whether a flight was already said to wait for a port"""
        ports = [programme.ports[port] for port in model.ports]
        self.choices = port_choices(state)
        row_of = {key: row for row, key in enumerate(model.ports)}
        self.excluded = [
            (row, row_of[other]) for row, port in enumerate(ports) for other in port.excludes if other in row_of
        ]
        self.berths = [row for row, port in enumerate(ports) if port.method == "berthing"]
        self.docks: Mask = np.array([port.method == "docking" for port in ports], dtype=bool)
        levers = [draws.quantity(f"ports.{port.id}.lever_arm", port.lever_arm) for port in ports]
        self.lever: Array = np.array(levers).reshape(-1)
        self.speed = draws.quantity("attitude.contact_speed", programme.attitude.contact_speed)
        self.drift = draws.quantity("attitude.drift_momentum", programme.attitude.drift_momentum)
        self.berthing = draws.quantity("attitude.berthing_momentum", programme.attitude.berthing_momentum)
        self.serves = np.array([self._serves(kind) for kind in kinds], dtype=bool)
        """Types that still come when nobody is aboard: they dock by themselves and bring propellant"""
        self.stuck: Mask = np.zeros((len(ports), state.width), dtype=bool)
        self.moved: list[Places] = []
        """Futures in which people may have come or gone today"""

    def _serves(self, kind: Vehicle) -> bool:
        ports = self.state.model.programme.ports
        docks = any(port in ports and ports[port].method == "docking" for port in kind.ports)
        return docks and not kind.crewed and kind.propellant.high > 0

    def tick(self, day: int) -> None:
        """Departures first, then arrivals."""
        state = self.state
        due = state.port_due <= day
        if np.count_nonzero(due):
            self._departures(due)
        self.history.move_ships(day)
        pairs = self.calendar.on(day)
        while pairs.size:
            first, pairs = one_a_future(pairs, pairs % state.width)
            self._flights(first, day)
        if self.moved:
            moved = np.concatenate(self.moved)
            state.count_people_in(moved)
            state.weigh_in(moved)
            self.moved.clear()

    # Departures -------------------------------------------------------------------------------------------

    def _departures(self, due: NDArray[np.bool_]) -> None:
        state = self.state
        due = due & (state.port_flight >= 0) & state.alive
        for port in self.berths:
            self._release(port, due)
        leaving = np.flatnonzero(due)
        while leaving.size:
            first, leaving = one_a_future(leaving, leaving % state.width)
            ports, futures = np.divmod(first, state.width)
            self._undock(ports, futures)

    def _release(self, port: int, due: NDArray[np.bool_]) -> None:
        """A berthed ship is let go by the arm; without it the ship stays, and that is said once."""
        state = self.state
        held = due[port] & (state.capacity[ROBOTIC_ARM] <= 0)
        if not np.count_nonzero(held):
            return
        due[port] &= ~held
        fresh = np.flatnonzero(held & ~self.stuck[port])
        self.stuck[port] |= held
        unable = np.full(state.width, state.recorder.code(f"fact/functions.{ROBOTIC_ARM}"), dtype=np.int32)
        lost = state.lost_key.get(ROBOTIC_ARM, unable)
        order = fresh[np.argsort(state.port_flight[port, fresh], kind="stable")]
        for flight, part in groups(state.port_flight[port, order]):
            where = order[part]
            state.recorder.note("ship-stuck", state.flight_ids[flight], where, (lost[where],))

    def _undock(self, ports: Places, futures: Places, reasons: Codes | None = None) -> None:
        """One ship a future leaves, with its people, trash and leftover propellant, for the ``reasons`` given."""
        state = self.state
        at = ports * state.width + futures
        flights: Places = state.port_flight.reshape(-1)[at].astype(np.intp)
        vehicles = self.flown_by[flights]
        self.history.seat(flights, ports, futures)
        if reasons is None:
            reasons = why_left(state, flights, vehicles, futures, self.partner, self.history.left)
        keys = self._say_left(flights, ports, futures, reasons)
        state.recorder.stay("left", futures, ports, flights)
        self.cargo.load(vehicles, ports, futures)
        mass, arm = state.port_mass.reshape(-1), self.lever[at] * self.speed[futures]
        push = np.where(self.docks[ports], mass[at] * arm + self.drift[futures], self.berthing[futures])
        state.push_in(futures, push, keys, state.movements.lever[ports])
        self._came_or_went(vehicles, futures, -1.0, keys)
        state.port_flight.reshape(-1)[at] = -1
        state.port_vehicle.reshape(-1)[at] = -1
        state.port_service.reshape(-1)[at] = -1
        state.port_due.reshape(-1)[at] = NEVER
        state.port_seats.reshape(-1)[at] = 0.0
        mass[at] = 0.0
        state.people[ports, :, futures] = 0.0

    def _say_left(self, flights: Places, ports: Places, futures: Places, reasons: Codes) -> Codes:
        """Record each undocking with the people in it and why it is; returns the key by future."""
        state = self.state
        seated = state.people[ports, :, futures]
        gone = np.zeros(len(futures))
        for row in range(seated.shape[1]):
            gone += seated[:, row]
        keys = np.zeros(len(futures), dtype=np.int32)
        order = np.argsort(flights, kind="stable")
        for flight, part in groups(flights[order]):
            here = order[part]
            keys[here] = state.recorder.note(
                "undocking", state.flight_ids[flight], futures[here], (reasons[here],), value=gone[here]
            )
        state.movements.took_home(seated, futures, keys)
        return keys

    # Arrivals ---------------------------------------------------------------------------------------------

    def _flights(self, pairs: Places, day: int) -> None:
        """Fly what is due, one flight a future; what cannot be flown any more is forgotten."""
        state = self.state
        pairs = self.history.arrivals(pairs[state.alive[pairs % state.width]])
        flights, futures = np.divmod(pairs, state.width)
        partner = self.partner[self.flown_by[self.docked_first + flights]]
        go = state.controlled[futures]
        go &= (state.leave_order[futures] >= NEVER) | self.serves[self.flown_by[self.docked_first + flights]]
        for number in set(flights.tolist()) & self.after.keys():
            # What the line waits for may have been lost after the timetable was made.
            go &= (flights != number) | state.attached[self.after[number]][futures]
        go |= self.history.known[flights]
        pairs = pairs[go & ((partner < 0) | self._launches(flights, partner, futures))]
        lost = self.fails[pairs]
        if np.count_nonzero(lost):
            self._lose(pairs[lost], day)
            pairs = pairs[~lost]
        if pairs.size:
            waiting = self._arrive(pairs, day)
            if waiting.size:
                self._wait(waiting, day)

    def _launches(self, flights: Places, partner: Places, futures: Places) -> Mask:
        """Whether the partner of each flight still launches ships of its kind, with people or without."""
        kind = self.crewed[self.flown_by[self.docked_first + flights]]
        found: Mask = self.state.leaving.flights[kind, partner, futures]
        return found

    def _lose(self, pairs: Places, day: int) -> None:
        """A launch that was drawn to fail is flown again after the replacement time."""
        state, model = self.state, self.state.model
        self.fails[pairs] = False
        flights, futures = np.divmod(pairs, state.width)
        for flight, part in groups(flights):
            key = model.queue[flight].vehicle
            cause = state.recorder.code(f"fact/vehicles.{key}.failures")
            failed = state.recorder.note("launch-failed", model.queue[flight].id, futures[part], (cause,))
            state.movements.held[futures[part]] = failed
            self.calendar.delay(pairs[part], day, model.programme.vehicles[key].replacement.value / DAY_S)

    def _arrive(self, pairs: Places, day: int) -> Places:
        """Dock or berth where a port is free or can be made free; returns the pairs that found none."""
        state = self.state
        flights, futures = np.divmod(pairs, state.width)
        usable, free = self._usable(futures)
        choices = self.choices[flights]
        ports = first_choice(choices, free)
        found = ports >= 0
        if np.count_nonzero(found) < len(pairs):
            # A cargo ship that has stayed a month makes room for the one that waits; any does for one on record.
            old = usable & ~free & may_go(state, futures, day)
            old |= usable & ~free & self.history.known[flights]
            instead = first_choice(choices, old)
            evicted = ~found & (instead >= 0)
            if np.count_nonzero(evicted):
                self._undock(instead[evicted], futures[evicted], makes_room(state, flights[evicted]))
                ports = np.where(evicted, instead, ports)
                found |= evicted
        if np.count_nonzero(found):
            self._dock(flights[found], ports[found], futures[found], day)
        return pairs[~found]

    def _usable(self, futures: Places) -> tuple[Mask, Mask]:
        """Whether each port could be used, and whether it is free too, (ports, these futures)."""
        state = self.state
        empty = state.port_flight[:, futures] < 0
        usable = state.port_open[:, futures]
        for port, other in self.excluded:
            usable[port] &= empty[other]
        if self.berths:
            arm = state.capacity[ROBOTIC_ARM][futures] > 0
            for port in self.berths:
                usable[port] &= arm
        return usable, usable & empty

    def _dock(self, flights: Places, ports: Places, futures: Places, day: int) -> None:
        """One ship a future arrives: its people, its cargo, its push."""
        state = self.state
        at = ports * state.width + futures
        vehicles = self.flown_by[self.docked_first + flights]
        for flight, part in groups(flights):
            if self.boards[flight]:
                self._board(flight, ports[part], futures[part], day)
        state.port_flight.reshape(-1)[at] = self.docked_first + flights
        state.port_vehicle.reshape(-1)[at] = vehicles
        state.port_service.reshape(-1)[at] = self.service[flights]
        state.port_since.reshape(-1)[at] = float(day)
        state.port_due.reshape(-1)[at] = float(day) + self.stay[flights]
        state.port_seats.reshape(-1)[at] = self.seats[vehicles]
        mass = self.cargo.mass[vehicles]
        unloaded = self.cargo.unload(vehicles, ports, futures, flights)
        state.port_mass.reshape(-1)[at] = np.maximum(0.0, mass - unloaded)
        keys = self._say_docked(flights, futures)
        state.recorder.stay("arrived", futures, ports, self.docked_first + flights)
        docked = mass * self.lever[at] * self.speed[futures] + self.drift[futures]
        push = np.where(self.docks[ports], docked, self.berthing[futures])
        state.push_in(futures, push, keys, state.movements.lever[ports])
        self._came_or_went(vehicles, futures, 1.0, keys)

    def _say_docked(self, flights: Places, futures: Places) -> Codes:
        state = self.state
        keys = np.zeros(len(futures), dtype=np.int32)
        for number, part in groups(flights):
            flight = state.model.queue[number]
            people = np.full(part.stop - part.start, float(sum(count for _, count in flight.crew)))
            cause = state.recorder.code(flown_by(flight))
            keys[part] = state.recorder.note("docking", flight.id, futures[part], (cause,), value=people)
        return keys

    def _board(self, number: int, ports: Places, futures: Places, day: int) -> None:
        """The people of one flight come aboard; where a partner has left, the ship's own sends somebody instead."""
        state, model = self.state, self.state.model
        flight = model.queue[number]
        instead = model.vehicle_partner[self.flown_by[self.docked_first + number]]
        for partner, count in flight.crew:
            row = model.partner_row(partner)
            sends = state.flies[row, futures]
            state.people[ports, row, futures] += np.where(sends, float(count), 0.0)
            state.people[ports, instead, futures] += np.where(sends, 0.0, float(count))
        if flight.recorded is not None:
            return
        if model.programme.vehicles[flight.vehicle].crewed and self.service[number] >= 0:
            handover = model.programme.services[flight.service].handover.value / DAY_S
            self._relieve(ports, int(self.service[number]), futures, day + handover)

    def _relieve(self, ports: Places, service: int, futures: Places, leave: float) -> None:
        """The crews of the same service that were there hand over and leave."""
        state = self.state
        old = (state.port_service[:, futures] == service) & (state.port_flight[:, futures] >= 0)
        old[ports, np.arange(len(futures))] = False
        due = state.port_due[:, futures]
        state.port_due[:, futures] = np.where(old, np.minimum(due, leave), due)

    def _wait(self, pairs: Places, day: int) -> None:
        """No port is free: try again tomorrow, and say so once."""
        state = self.state
        self.calendar.postpone(pairs, day, day + 1.0)
        fresh = pairs[~self.blocked[pairs]]
        self.blocked[fresh] = True
        flights, futures = np.divmod(fresh, state.width)
        causes = in_the_way(state, self.choices[flights], futures, self.excluded, self.berths) if fresh.size else ()
        for flight, part in groups(flights):
            row, here = state.model.queue[flight], futures[part]
            why = filled([cause[part] for cause in causes], [state.recorder.code(f"fact/vehicles.{row.vehicle}")])
            state.movements.held[here] = state.recorder.note("port-blocked", row.id, here, why)

    def _came_or_went(self, vehicles: Places, futures: Places, change: float, keys: Codes) -> None:
        """Tell the others what moved."""
        state = self.state
        state.ships[vehicles, futures] += change
        state.movements.moved(vehicles, futures, change > 0.0, keys, state.day)
        self.moved.append(futures)
        state.changed.update(f"ship/{state.model.vehicles[kind]}" for kind in set(vehicles.tolist()))
        state.changed.add("store/propellant")
