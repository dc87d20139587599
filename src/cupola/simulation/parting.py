"""A part leaves the station: what it takes along is noted to the last kilogram, so that it can be flown on elsewhere.

The notes are those of the leading nominal futures. A ship that goes along keeps its people and its propellant.

Simplifies: what people live on is shared out by their number where some go along; air in the cabins and what lies about
without a store of its own stay with the station; what no row lists goes with the mass of the elements.
"""

from __future__ import annotations

import numpy as np

from cupola.base.time import from_mjd
from cupola.simulation.leaving import Row
from cupola.simulation.state import NEVER, Array, Mask, State
from cupola.simulation.structure import detach

SHARED = ("food", "water", "oxygen")
"""What is carried from one side to the other by hand before a cut"""


def ports_of(state: State, elements: set[str]) -> list[int]:
    """Rows of the ports on these elements."""
    ports = state.model.programme.ports
    return [row for row, key in enumerate(state.model.ports) if ports[key].element in elements]


def part_away(state: State, element: str, mask: Mask, key: int, along: bool) -> int:
    """The element leaves with all that hangs on it, in these futures; returns the code of the event.

    along    whether the ships at its ports go along with their people, or go home on this day
    """
    leaving = state.model.programme.hanging_on(element)
    there = {part for part in leaving if part in state.attached}
    before = {lane: _note(state, element, there, lane, along) for lane in state.leaving.noted if mask[lane]}
    if along:
        for port in ports_of(state, there):
            take_ship(state, port, mask & (state.port_flight[port] >= 0), state.recorder.code(f"separated/{element}"))
        state.count_people()
    gone = detach(state, leaving, mask)
    for lane, rows in before.items():
        listed = 0.0
        for row in rows:
            listed += row["amount"] if row["kind"] == "element" else 0.0
        rows.append(_row(state, element, lane, "outfitting", element, float(gone[lane]) - listed, "kg"))
        state.leaving.separated += rows
    for part in leaving:
        np.copyto(state.absent[part], np.int32(state.recorder.code(f"separated/{element}")), where=mask)
    event = state.recorder.event("separated", element, mask, (key,), value=gone, unit="kg")
    state.leaving.step(f"separated/{element}", mask)
    return event


def share_out(state: State, part: set[str], people: Array, mask: Mask) -> None:
    """Before the hatches are shut, what people live on is shared out by how many of them go and stay.

    part      elements that leave
    people    array (n,), how many go along
    """
    share = people / np.maximum(state.crew, 1.0)
    programme, ledger = state.model.programme, state.ledger
    for commodity in SHARED:
        held = [store for store in programme.stores.values() if store.commodity == commodity]
        going = [ledger.row(store.id) for store in held if store.element in part]
        staying = [
            ledger.row(store.id) for store in held if store.element in state.attached and store.element not in part
        ]
        if not going or not staying:
            continue
        whole: Array = np.zeros(state.width)
        own: Array = np.zeros(state.width)
        for row in (*going, *staying):
            whole += ledger.levels[row]
            own += ledger.levels[row] if row in going else 0.0
        more = np.where(mask, whole * share - own, 0.0)
        for sources, targets, wanted in ((staying, going, more), (going, staying, -more)):
            left = np.maximum(wanted, 0.0)
            for source in sources:
                for target in targets:
                    left = left - ledger.move(source, target, left)
        state.changed.add(f"store/{commodity}")


def take_ship(state: State, port: int, mask: Mask, key: int, cause: str = "separated") -> None:
    """A ship goes with the part at which it is docked: its mass, its propellant and its people leave the station.

    key    code of the event by which the part leaves
    """
    for kind, name in enumerate(state.model.vehicles):
        here = mask & (state.port_vehicle[port] == kind)
        if np.count_nonzero(here):
            state.ships[kind] -= here
            state.changed.add(f"ship/{name}")
    futures = np.flatnonzero(mask)
    if not futures.size:
        return
    flights = state.port_flight[port, futures].astype(np.intp)
    state.recorder.stay("left", futures, np.full(len(futures), port), flights)
    state.ledger.empty(state.ledger.row(f"ship/{state.model.ports[port]}"), mask, cause)
    for array, empty in (
        (state.port_flight, -1), (state.port_vehicle, -1), (state.port_service, -1), (state.port_due, NEVER),
        (state.port_since, NEVER), (state.port_seats, 0.0), (state.port_mass, 0.0),
    ):  # fmt: skip
        array[port, futures] = empty
    state.movements.took_home(state.people[port, :, futures], futures, np.full(len(futures), key, dtype=np.int32))
    state.people[port, :, futures] = 0.0
    state.changed.add("store/propellant")


def _row(state: State, cut: str, lane: int, kind: str, key: str, amount: float, unit: str, **more: object) -> Row:
    date = from_mjd(state.model.first + state.day)
    row: Row = {"future": lane, "date": date, "cut": cut, "kind": kind, "id": key, "what": "", "place": ""}
    return row | {"since": None, "amount": amount, "unit": unit} | more


def _note(state: State, cut: str, there: set[str], lane: int, along: bool) -> list[Row]:
    """What a part is made of and holds in one future, before it leaves; its outfitting is known afterwards."""
    programme, ledger = state.model.programme, state.ledger

    def row(kind: str, key: str, amount: float, unit: str = "kg", **more: object) -> Row:
        return _row(state, cut, lane, kind, key, float(amount), unit, **more)

    rows = [
        row("element", key, noun.mass.value)
        for key, noun in programme.elements.items()
        if key in there and state.attached[key][lane]
    ]
    held = {store.id: store for store in programme.stores.values() if store.element in there}
    rows += [
        row("store", key, ledger.level(key)[lane], what=store.commodity, place=store.element)
        for key, store in held.items()
        if state.attached[store.element][lane]
    ]
    rows.append(row("orbit", "altitude", state.altitude[lane] / 1000.0, "km"))
    rows.append(row("orbit", "node", np.degrees(state.orbit.node[lane]) % 360.0, "deg"))
    for port in ports_of(state, there) if along else []:
        rows += _ship(state, cut, port, lane)
    return rows


def _ship(state: State, cut: str, port: int, lane: int) -> list[Row]:
    """A ship that goes along, its propellant and its people, in one future."""
    number = int(state.port_flight[port, lane])
    if number < 0:
        return []
    place, flight = state.model.ports[port], state.flight_ids[number]
    since = from_mjd(state.model.first + int(state.port_since[port, lane]))
    vehicle = state.model.vehicles[int(state.port_vehicle[port, lane])]
    shared = {"place": place, "since": since}
    tank = float(state.ledger.level(f"ship/{place}")[lane])
    rows = [
        _row(state, cut, lane, "ship", flight, float(state.port_mass[port, lane]), "kg", what=vehicle, **shared),
        _row(state, cut, lane, "tank", flight, tank, "kg", what="propellant", **shared),
    ]
    for partner, name in enumerate(state.model.partners):
        people = float(state.people[port, partner, lane])
        if people > 0.5:
            rows.append(_row(state, cut, lane, "people", flight, people, "1", what=name, **shared))
    return rows
