"""The recorded past within a run: which flights are on record, and what the record says of them.

A run that begins before its as-of day flies the flights on record up to that day as they were flown. This module knows
their moves from port to port, who went home in them, and which never arrived; traffic asks it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cupola.base.time import to_mjd
from cupola.programme.traffic import Flight
from cupola.simulation.calendar import Places
from cupola.simulation.picking import groups
from cupola.simulation.state import Mask, State

_PORT_ARRAYS = ("port_flight", "port_vehicle", "port_service", "port_due", "port_since", "port_seats", "port_mass")
_FREE = (-1, -1, -1, 1e9, 1e9, 0.0, 0.0)


class History:
    """The flights on record of one run, by their number among all flights of it."""

    def __init__(self, state: State) -> None:
        self.state = state
        model, as_of = state.model, state.model.programme.as_of
        first = len(model.docked)
        flights: dict[int, Flight] = {number: ship.flight for number, ship in enumerate(model.docked)}
        flights |= {first + number: row.recorded for number, row in enumerate(model.queue) if row.recorded is not None}
        self.known: Mask = np.array([row.recorded is not None for row in model.queue], dtype=bool)
        """By number in the queue: whether a flight is on record"""
        self.missed: NDArray[np.bool_] = np.array(
            [row.recorded is not None and row.recorded.docked is None for row in model.queue], dtype=bool
        )
        """By number in the queue: whether it never arrived"""
        over = {
            number: flight
            for number, flight in flights.items()
            if flight.undocked is not None and flight.undocked <= as_of and model.recorded > 0
        }
        self.left = {number: state.recorder.code(f"fact/flights.{flight.id}") for number, flight in over.items()}
        """By number: the key of its undocking, where that is on record"""
        self.down = {
            number: np.array(self._by_partner(flight.crew_down))
            for number, flight in over.items()
            if model.programme.vehicles[flight.vehicle].crewed and flight.crew_down
        }
        """By number: people who went home in it, by partner"""
        self.moves: dict[int, list[tuple[int, int]]] = {}
        """Day -> (flight, port) of the relocations of that day"""
        for number, flight in flights.items():
            for day, port in flight.moves:
                when = to_mjd(day) - model.first
                if when > 0 and day <= as_of and port in model.ports:
                    self.moves.setdefault(when, []).append((number, model.ports.index(port)))

    def _by_partner(self, crew: tuple[tuple[str, int], ...]) -> list[float]:
        model = self.state.model
        people = [0.0] * len(model.partners)
        for partner, count in crew:
            people[model.partner_row(partner)] += count
        return people

    def arrivals(self, pairs: Places) -> Places:
        """The flights that arrive; of those on record that never did, it is said why, and they are forgotten."""
        if not self.missed.size:
            return pairs
        state = self.state
        flights, futures = np.divmod(pairs, state.width)
        for flight, part in groups(flights):
            if self.missed[flight]:
                row = state.model.queue[flight]
                cause = state.recorder.code(f"fact/flights.{row.id}")
                state.recorder.note("launch-failed", row.id, futures[part], (cause,))
        return pairs[~self.missed[flights]]

    def move_ships(self, day: int) -> None:
        """Carry ships from port to port, as on record; one whose new port is still taken waits for the other."""
        waiting = self.moves.pop(day, [])
        while waiting:
            ready = [move for move in waiting if not np.count_nonzero(self._blocked(*move))]
            for flight, port in ready or waiting[:1]:
                self._move(flight, port)
            done = ready or waiting[:1]
            waiting = [move for move in waiting if move not in done]

    def _blocked(self, flight: int, port: int) -> Mask:
        here = self.state.port_flight == flight
        blocked: Mask = here.any(axis=0) & (self.state.port_flight[port] >= 0) & ~here[port]
        return blocked

    def _move(self, flight: int, target: int) -> None:
        """One ship, in all futures in which it is there and its new port is free."""
        state = self.state
        free = state.port_flight[target] < 0
        for source in range(len(state.model.ports)):
            futures = np.flatnonzero((state.port_flight[source] == flight) & free)
            if source == target or not futures.size:
                continue
            for name, empty in zip(_PORT_ARRAYS, _FREE, strict=True):
                array = getattr(state, name)
                array[target, futures] = array[source, futures]
                array[source, futures] = empty
            state.people[target][:, futures] = state.people[source][:, futures]
            state.people[source][:, futures] = 0.0
            tanks = [state.ledger.row(f"ship/{state.model.ports[port]}") for port in (source, target)]
            held = np.zeros(state.width)
            held[futures] = state.ledger.levels[tanks[0], futures]
            state.ledger.move(tanks[0], tanks[1], held)
            state.changed.add("store/propellant")
            numbers = np.full(len(futures), flight)
            state.recorder.stay("left", futures, np.full(len(futures), source), numbers)
            state.recorder.stay("arrived", futures, np.full(len(futures), target), numbers)

    def seat(self, flights: Places, ports: Places, futures: Places) -> None:
        """Before ships on record leave, those who stay change into another ship, and those who go home into these."""
        for flight in sorted(self.down.keys() & set(flights.tolist())):
            here = flights == flight
            self._change_ships(self.down[flight], ports[here], futures[here])

    def _change_ships(self, down: NDArray[np.float64], ports: Places, futures: Places) -> None:
        """Settle who goes home in the ships at these ports, one a future; without another crewed ship nobody stays."""
        state = self.state
        people = state.people
        for partner, wanted in enumerate(down.tolist()):
            more = wanted - people[ports, partner, futures]
            for other in range(len(state.model.ports)):
                there = (ports != other) & (state.port_flight[other, futures] >= 0)
                there &= state.port_seats[other, futures] > 0.5
                inward = np.minimum(more, people[other, partner, futures])
                step = np.where(there, np.where(more > 0.0, inward, more), 0.0)
                people[ports, partner, futures] += step
                people[other, partner, futures] -= step
                more = more - step
