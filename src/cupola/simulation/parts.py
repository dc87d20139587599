"""Sides: a station, or a part of it, judged alone from the state of a day: what it has of each function, and why.

A side is a set of elements with the partners that run them. On the day of a cut it is judged from what its tanks hold,
which ships are docked at it, and who is aboard them. A ship that its partners can still send counts as one ship.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from cupola.base.quantity import UNITS
from cupola.base.tables import PARTS
from cupola.programme.functions import Need, Provision
from cupola.simulation.parting import ports_of
from cupola.simulation.state import State

Row = dict[str, Any]


@dataclass(frozen=True)
class Side:
    """A part of the station in one future on one day."""

    name: str
    elements: frozenset[str]
    partners: tuple[int, ...]
    """Rows of the partners that run it"""
    lane: int
    docked: Mapping[str, int]
    """Ships at its ports, by type"""
    coming: frozenset[str]
    """Types of ship that its partners still send to one of its ports"""
    stock: Mapping[str, float]
    """kg aboard, by commodity"""
    people: float
    seats: float
    working: Mapping[str, Provision]
    missing: Mapping[str, str]
    """Provision id -> what it lacks, in words"""

    def amount(self, function: str) -> float:
        """What it has of a function, in SI."""
        total = 0.0
        for row in self.working.values():
            if row.function == function:
                total += row.capacity.value * max(1, self.docked.get(row.provider, 0))
        return total


def side_of(state: State, name: str, elements: Iterable[str], partners: Sequence[int], lane: int) -> Side:
    """What a side has today in one future."""
    model, programme = state.model, state.model.programme
    there = frozenset(key for key in elements if key in state.attached and state.attached[key][lane])
    ports = [row for row in ports_of(state, set(there)) if state.port_open[row, lane]]
    names = {model.ports[row] for row in ports}
    docked: dict[str, int] = {}
    people = seats = 0.0
    for row in ports:
        if state.port_flight[row, lane] >= 0:
            kind = model.vehicles[int(state.port_vehicle[row, lane])]
            docked[kind] = docked.get(kind, 0) + 1
            seats += float(state.port_seats[row, lane])
            for partner in range(len(model.partners)):
                people += float(state.people[row, partner, lane])
    coming = frozenset(
        key
        for key, vehicle in programme.vehicles.items()
        if model.partner_row(vehicle.operator) in partners and names & set(vehicle.ports)
        and any(service.vehicle == key for service in programme.services.values())
    )  # fmt: skip
    stock: dict[str, float] = {}
    for store in programme.stores.values():
        if store.element in there:
            held = float(state.ledger.level(store.id)[lane])
            stock[store.commodity] = stock.get(store.commodity, 0.0) + held
    for port in names:
        stock["propellant"] = stock.get("propellant", 0.0) + float(state.ledger.level(f"ship/{port}")[lane])
    working, missing = _working(state, there, {*docked, *coming}, partners, stock, lane)
    return Side(
        name, there, tuple(partners), lane, docked, coming, stock, people, seats, working, missing
    )  # fmt: skip


def _working(
    state: State,
    elements: frozenset[str],
    ships: set[str],
    partners: Sequence[int],
    stock: Mapping[str, float],
    lane: int,
) -> tuple[dict[str, Provision], dict[str, str]]:
    """Provisions that work with these elements, ships and partners alone; and why the others do not."""
    model = state.model
    working: dict[str, Provision] = {}
    missing: dict[str, str] = {}
    for row in model.provisions:
        here = row.provider in elements or row.provider in ships or row.provider in model.programme.sites
        if not here or not (row.id not in state.in_service or state.in_service[row.id][lane]):
            continue
        lacks = "" if model.partner_row(row.operator) in partners else "its operator is gone"
        lacks = lacks or next(
            (_words(need) for need in row.needs if not _met(state, need, working.values(), partners, stock)), ""
        )
        if lacks:
            missing[row.id] = lacks
        else:
            working[row.id] = row
    return working, missing


def _met(
    state: State, need: Need, working: Iterable[Provision], partners: Sequence[int], stock: Mapping[str, float]
) -> bool:
    model = state.model
    if need.kind == "provision":
        return any(row.id == need.subject for row in working)
    if need.kind == "function":
        return any(row.function == need.subject for row in working)
    if need.kind == "site":
        return model.partner_row(model.programme.sites[need.subject].operator) in partners
    if need.kind == "trained":
        return model.partner_row(need.subject) in partners
    return stock.get(need.subject, 0.0) > 1.0


def _words(need: Need) -> str:
    return f"no {need.subject.replace('_', ' ').replace('-', ' ')}"


def function_rows(state: State, side: Side) -> list[Row]:
    """One row a function: capacity against the demand of the whole station with its usual crew."""
    programme = state.model.programme
    crew = programme.crew_policy.usual.value
    rows = []
    for key, function in programme.functions.items():
        givers = [row.id for row in side.working.values() if row.function == key]
        absent = [row.id for row in state.model.provisions if row.function == key and row.id in side.missing]
        factor = UNITS[function.unit][1]
        capacity = side.amount(key) / factor
        demand = function.demand.value / factor * (crew if function.basis == "crew" else 1.0)
        enough = capacity > 0 and (capacity >= demand or function.basis == "none")
        rows.append(
            {
                "part": side.name,
                "function": key,
                "capacity": capacity,
                "demand": demand,
                "verdict": "enough" if enough else ("short" if capacity > 0 else "none"),
                "why": ", ".join(givers) or "; ".join(f"{row}: {side.missing[row]}" for row in absent),
            }
        )
    return rows


def sides(state: State, cut: str, lane: int) -> tuple[Side, Side]:
    """The two parts of a cut today: with the element and all that hangs on it, and without; each run by its own."""
    model = state.model
    plan = model.exit
    leaving = set(model.programme.hanging_on(cut))
    rest = set(model.programme.elements) - leaving
    own = [plan.partner] if plan is not None else []
    others = [row for row in range(len(model.partners)) if row not in own]
    name = model.programme.elements[cut].name
    return side_of(state, f"with {name}", leaving, own, lane), side_of(state, "without it", rest, others, lane)


def judge_cut(state: State, cut: str) -> None:
    """Note what both parts have of each function, in the last of the nominal futures; the latest judgement stands."""
    lanes = state.leaving.noted
    if not lanes or cut not in state.attached:
        return
    lane = lanes[-1]
    if not state.attached[cut][lane]:
        return
    state.leaving.parts = [row for side in sides(state, cut, lane) for row in function_rows(state, side)]


def parts_table(state: State) -> dict[str, Sequence[Any] | NDArray[Any]]:
    """One row a part and function; empty without a separation."""
    rows = state.leaving.parts
    return {column.name: [row[column.name] for row in rows] for column in PARTS.columns}
