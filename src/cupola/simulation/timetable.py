"""The timetable: when each flight of the queue is due, how long it stays, and which ports it may use.

Simplifies: a slip is drawn once a flight.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cupola.base.quantity import DAY_S
from cupola.base.time import to_mjd
from cupola.programme.functions import ROBOTIC_ARM
from cupola.simulation.calendar import Places
from cupola.simulation.queue import Planned
from cupola.simulation.recorder import Codes
from cupola.simulation.state import NEVER, Array, State


def stay_of(state: State, flight: Planned, usual: Array) -> float:
    """Days at the station: by the record, by the service, or as its type usually stays."""
    model, programme = state.model, state.model.programme
    row = flight.recorded
    if row is not None and row.undocked is not None and row.undocked <= programme.as_of:
        return float(to_mjd(row.undocked) - model.first - flight.day)
    chosen = programme.services[flight.service].stay.value / DAY_S if flight.service else 0.0
    stay = chosen if chosen > 0.0 else float(usual[model.vehicles.index(flight.vehicle)])
    # Of a ship that is still there on the as-of day, no more is known than that it has not left.
    return stay if row is None else max(stay, float(model.recorded + 1 - flight.day))


def due_days(state: State) -> Array:
    """Planned day and slip of each flight in each future, (flights, futures)."""
    model, programme, draws = state.model, state.model.programme, state.draws
    due = np.zeros((len(model.queue), state.width))
    for number, flight in enumerate(model.queue):
        mean = draws.quantity(f"vehicles.{flight.vehicle}.slip", programme.vehicles[flight.vehicle].slip) / DAY_S
        slip = np.floor(draws.exponential(f"slip/{flight.id}", mean))
        if flight.recorded is not None:
            due[number] = flight.day
            continue
        due[number] = np.maximum(1.0, flight.day + np.where(draws.nominal, 0.0, slip)) + _waits(state, flight)
    return due


def _waits(state: State, flight: Planned) -> Array | float:
    """Days by which a flight waits for the element that its service follows."""
    programme = state.model.programme
    after = programme.services[flight.service].after if flight.service else ""
    if after in programme.elements and programme.elements[after].attached >= programme.span.end:
        return NEVER
    if after not in state.arrives:
        return 0.0
    planned = to_mjd(programme.elements[after].attached) - state.model.first
    late: Array = np.maximum(0.0, state.arrives[after] - max(planned, 0))
    # No flight is made before the element is there, however early the line would begin.
    return np.where(state.arrives[after] > flight.day + late, NEVER, late)


def port_choices(state: State) -> Places:
    """Ports that a flight may use, best first, one row a flight; -1 where there are no more."""
    model = state.model
    rows = []
    for flight in model.queue:
        fits = [key for key in model.programme.vehicles[flight.vehicle].ports if key in model.ports]
        if flight.port in model.ports:
            fits = [flight.port, *(key for key in fits if key != flight.port and flight.recorded is None)]
        rows.append([model.ports.index(key) for key in fits])
    most = max((len(row) for row in rows), default=0) + 1
    return np.array([row + [-1] * (most - len(row)) for row in rows], dtype=np.intp).reshape(len(rows), most)


def in_the_way(
    state: State, choices: Places, futures: Places, excluded: Sequence[tuple[int, int]], berths: Sequence[int]
) -> list[Codes]:
    """Why no port took a flight, one flight a future: what brought the ships there, or why the arm is lost.

    choices     ports that each flight may use, -1 where there are no more
    excluded    pairs of ports, of which the first is shut while a ship is at the other
    berths      ports at which the arm berths
    """
    there = state.port_flight[:, futures]
    # The last row stands for no port.
    shut = np.zeros((len(there) + 1, len(futures)), dtype=np.int32)
    shut[:-1] = state.movements.ship[there]
    for port, other in excluded:
        shut[port] = np.where(there[port] >= 0, shut[port], shut[other])
    arm = state.capacity[ROBOTIC_ARM][futures] > 0
    lost = state.lost_key.get(ROBOTIC_ARM, np.zeros(state.width, dtype=np.int32))[futures]
    for port in berths:
        shut[port] = np.where(arm, shut[port], lost)
    return [shut[choices[:, turn], np.arange(len(futures))] for turn in range(choices.shape[1])]
