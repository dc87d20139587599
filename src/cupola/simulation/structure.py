"""The structure: elements come and go with their mass, their drag area, their tanks and their ports.

It is shared by all that changes what the station is made of: assembly, and the cut of a separation. Where an element is
attached stands in the state; ports and providers follow it, each from its own first day to its own last.

Simplifies: outfitting and cargo that no row lists come on the day of their element, all at once, and go in proportion
to the mass of the elements.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import numpy as np

from cupola.base.time import to_mjd
from cupola.programme.station import Element
from cupola.simulation.state import NEVER, Array, Mask, State

BROUGHT = "came with an element"
"""Cause under which the contents of a new element's tanks are booked"""


def attach(state: State, element: Element, mask: Mask, cause: int) -> int:
    """Add an element with what is on it, in these futures; returns the key of the event."""
    programme = state.model.programme
    state.attached[element.id] |= mask
    mass = np.where(mask, element.mass.value, 0.0)
    unlisted = state.unlisted * programme.unlisted_share_of(element)
    state.structure += mass + np.where(mask, unlisted, 0.0)
    state.element_mass += mass
    state.drag_added += np.where(mask, state.draws.quantity(f"elements.{element.id}.drag_area", element.drag_area), 0.0)
    np.copyto(state.absent[element.id], np.int32(state.recorder.code(f"element-detached/{element.id}")), where=mask)
    for store in programme.stores.values():
        if store.element == element.id:
            row = state.ledger.row(store.id)
            capacity = state.draws.quantity(f"stores.{store.id}.capacity", store.capacity)
            level = np.minimum(state.draws.quantity(f"stores.{store.id}.level", store.level), capacity)
            state.ledger.set_capacity(row, np.where(mask, capacity, state.ledger.capacity[row]))
            brought = state.ledger.put(row, np.where(mask, level, 0.0), BROUGHT)
            state.brought[store.commodity] = state.brought.get(store.commodity, 0.0) + brought
            state.changed.add(f"store/{store.commodity}")
    key = state.recorder.event(
        "element-attached", element.id, mask, (cause,), value=element.mass.value, unit="kg", source=element.source
    )
    _moved(state, mask)
    return key


def detach(state: State, elements: Iterable[str], mask: Mask) -> Array:
    """Take elements away with all that is on them, in these futures; returns the mass that leaves (n,) [kg].

    Ships at their ports go with them on the same day; tanks are emptied as separated.
    """
    programme = state.model.programme
    leaving = [key for key in elements if key in state.attached]
    gone: Array = np.zeros(state.width)
    for key in leaving:
        left = mask & state.attached[key]
        noun = programme.elements[key]
        gone += np.where(left, noun.mass.value, 0.0)
        if noun.drag_area.high > 0.0:
            area = state.draws.quantity(f"elements.{key}.drag_area", noun.drag_area)
            state.drag_added -= np.where(left, area, 0.0)
        state.attached[key] &= ~mask
    unlisted = (state.structure - state.element_mass) * (gone / np.maximum(state.element_mass, 1.0))
    state.structure -= gone + unlisted
    state.element_mass -= gone
    for store in programme.stores.values():
        if store.element in leaving:
            row = state.ledger.row(store.id)
            state.ledger.empty(row, mask, "separated")
            state.ledger.set_capacity(row, np.where(mask, 0.0, state.ledger.capacity[row]))
    for number, port in enumerate(state.model.ports):
        if programme.ports[port].element in leaving:
            held = mask & (state.port_flight[number] >= 0)
            np.copyto(state.port_due[number], float(state.day), where=held)
    _moved(state, mask)
    return gone + unlisted


def _moved(state: State, mask: Mask) -> None:
    open_all(state)
    state.changed.update(("element", "store/propellant"))
    state.weigh(mask)


def open_all(state: State) -> None:
    """Open and close ports and providers whose element is attached, each within its own days."""
    programme = state.model.programme
    for number, key in enumerate(state.model.ports):
        row = programme.ports[key]
        state.port_open[number] = state.attached[row.element] & within(state, row.since, row.until, row.element)
    for provision in state.model.provisions:
        if provision.id in state.in_service:
            state.in_service[provision.id] = within(state, provision.since, provision.until, provision.provider)


def opens(state: State, since: dt.date, provider: str) -> Array:
    """Day of the run from which a port or provider of an element can serve, by future: it slips with its element."""
    begins = float(to_mjd(since) - state.model.first)
    element = state.model.programme.elements.get(provider)
    arrives = state.arrives.get(provider)
    if element is None or arrives is None:
        return np.full(state.width, begins)
    late: Array = arrives + max(0.0, float((since - element.attached).days))
    return late


def closes(state: State, until: dt.date | None) -> float:
    """Day of the run on which it serves no more."""
    return NEVER if until is None else float(to_mjd(until) - state.model.first + 1)


def within(state: State, since: dt.date, until: dt.date | None, provider: str) -> Mask:
    """Whether today lies between a first and a last day, by future."""
    inside: Mask = (opens(state, since, provider) <= state.day) & (state.day < closes(state, until))
    return inside
