"""Who is aboard on the first day, by the ship that is to bring them home and the partner they are trained by."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cupola.simulation.model import Model


def seated(model: Model, free: NDArray[np.float64]) -> NDArray[np.float64]:
    """People on the first day (ports, partners).

    free    array (ports,), seats of the ship at each port

    Each is seated in the ship they came with if it is there, else in any ship with a free seat. Of a ship whose people
    no row names, those who came with it are aboard.
    """
    programme = model.programme
    start, seats = programme.span.start, free.copy()
    people: NDArray[np.float64] = np.zeros((len(model.ports), len(model.partners)))
    late: list[int] = []
    port_of = {ship.flight.id: ship.port for ship in model.docked}
    for person in programme.people:
        if person.arrived > start or (person.left is not None and person.left <= start):
            continue
        row = model.partner_row(person.partner)
        port = port_of.get(person.up, -1)
        if port >= 0 and seats[port] > 0:
            seats[port] -= 1
            people[port, row] += 1
        else:
            late.append(row)
    for flight, crew in programme.unnamed_on(start).items():
        for partner, count in crew:
            seats[port_of[flight]] -= count
            people[port_of[flight], model.partner_row(partner)] += count
    for row in late:
        port = int(np.argmax(seats))
        seats[port] -= 1
        people[port, row] += 1
    return people
