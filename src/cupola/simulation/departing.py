"""Why ships leave: their stay is over, their partner left, the crew was ordered off, or another one needs the port."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from cupola.simulation.queue import Planned
from cupola.simulation.recorder import Codes
from cupola.simulation.state import NEVER, State

Places = NDArray[np.intp]
OUTSTAYED = 30
"""Days after which a cargo ship makes room for one that waits"""
LONG = 365
"""Days: a ship whose stay is longer has a task that is not over, and makes room for none"""


def flown_by(flight: Planned) -> str:
    """The key of what brings a flight: its own record, or the line that it belongs to."""
    return f"fact/flights.{flight.id}" if flight.recorded is not None else f"fact/services.{flight.service}"


def may_go(state: State, futures: Places, day: int) -> NDArray[np.bool_]:
    """Whether the cargo ship at each port may be sent off for one that waits, (ports, these futures)."""
    since, due = state.port_since[:, futures], state.port_due[:, futures]
    found: NDArray[np.bool_] = (state.port_seats[:, futures] < 0.5) & (since <= day - OUTSTAYED) & (due - since <= LONG)
    return found


def makes_room(state: State, flights: Places) -> Codes:
    """Why a ship leaves that makes room: the flight that comes in its place."""
    queue = state.model.queue
    return np.array([state.recorder.code(flown_by(queue[flight])) for flight in flights.tolist()], dtype=np.int32)


def why_left(
    state: State, flights: Places, vehicles: Places, futures: Places, partner: Places, left: Mapping[int, int]
) -> Codes:
    """The reason for an undocking, by future: its partner left, the crew was ordered off, or its stay was over.

    partner    (vehicle types,) row of the partner of each type, -1 without one
    left       flight -> code of its undocking on record
    """
    code = state.recorder.code
    usual = {kind: code(f"fact/vehicles.{state.model.vehicles[kind]}.usual_stay") for kind in set(vehicles.tolist())}
    over = np.array(
        [left.get(flight) or usual[kind] for flight, kind in zip(flights.tolist(), vehicles.tolist(), strict=True)]
    )
    reason = np.where(state.leave_order[futures] < NEVER, code("crew-ordered-off/station"), over)
    own = partner[vehicles]
    called = (own >= 0) & ~state.flies[own, futures]
    return np.where(called, state.home_key[own, futures], reason).astype(np.int32)
