"""The parts that a separation leaves, each judged alone on its first day: function by function, capacity against
demand.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from numpy.typing import NDArray

from cupola.base.quantity import UNITS
from cupola.base.tables import PARTS
from cupola.programme.functions import Need, Provision
from cupola.simulation.model import Model


def parts_table(model: Model) -> dict[str, Sequence[Any] | NDArray[Any]]:
    """One row a part and function; empty without a separation."""
    plan = model.exit
    rows: list[tuple[Any, ...]] = []
    if plan is not None and plan.mode == "separates" and plan.cut in model.programme.elements:
        leaving = set(model.programme.hanging_on(plan.cut))
        staying = set(model.programme.elements) - leaving
        keeper = [row for row in range(len(model.partners)) if row != plan.partner]
        rows += _judge(model, f"with {model.programme.elements[plan.cut].name}", leaving, [plan.partner])
        rows += _judge(model, "without it", staying, keeper)
    return {column.name: [row[place] for row in rows] for place, column in enumerate(PARTS.columns)}


def _judge(model: Model, name: str, elements: set[str], partners: Sequence[int]) -> list[tuple[Any, ...]]:
    programme = model.programme
    ships = {
        model.vehicles[ship.vehicle]
        for ship in model.docked
        if programme.ports[model.ports[ship.port]].element in elements
    }
    ports = {key for key in model.ports if programme.ports[key].element in elements}
    usable = {
        key
        for key, vehicle in programme.vehicles.items()
        if key in ships or (model.partner_row(vehicle.operator) in partners and ports & set(vehicle.ports))
    }
    working, missing = _working(model, elements, usable, partners)
    crew = programme.crew_policy.usual.value
    rows = []
    for key, function in programme.functions.items():
        givers = [row for row in model.provisions if row.function == key and row.id in working]
        absent = [row.id for row in model.provisions if row.function == key and row.id in missing]
        factor = UNITS[function.unit][1]
        capacity = sum(row.capacity.value for row in givers) / factor
        demand = function.demand.value / factor * (crew if function.basis == "crew" else 1.0)
        enough = capacity > 0 and (capacity >= demand or function.basis == "none")
        verdict = "enough" if enough else ("short" if capacity > 0 else "none")
        why = ", ".join(row.id for row in givers) or "; ".join(f"{row}: {missing[row]}" for row in absent)
        rows.append((name, key, capacity, demand, verdict, why))
    return rows


def _working(
    model: Model, elements: set[str], ships: set[str], partners: Sequence[int]
) -> tuple[dict[str, Provision], dict[str, str]]:
    """Provisions that work with these elements, ships and partners alone; and why the others do not."""
    working: dict[str, Provision] = {}
    missing: dict[str, str] = {}
    for row in model.provisions:
        here = row.provider in elements or row.provider in ships or row.provider in model.programme.sites
        if not here:
            continue
        lacks = "" if model.partner_row(row.operator) in partners else "its operator is gone"
        lacks = lacks or next(
            (_words(need) for need in row.needs if not _met(model, need, working.values(), partners)), ""
        )
        if lacks:
            missing[row.id] = lacks
        else:
            working[row.id] = row
    return working, missing


def _met(model: Model, need: Need, working: Iterable[Provision], partners: Sequence[int]) -> bool:
    if need.kind == "provision":
        return any(row.id == need.subject for row in working)
    if need.kind == "function":
        return any(row.function == need.subject for row in working)
    if need.kind == "site":
        return model.partner_row(model.programme.sites[need.subject].operator) in partners
    if need.kind == "trained":
        return model.partner_row(need.subject) in partners
    return True


def _words(need: Need) -> str:
    return f"no {need.subject.replace('_', ' ').replace('-', ' ')}"
