"""Sets a run up: the ledger with the stores of the first day, and the state around it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cupola.base.quantity import DAY_S
from cupola.physics import metabolism
from cupola.programme.functions import COMMODITIES
from cupola.programme.programme import Programme
from cupola.simulation.draws import Draws
from cupola.simulation.lanes import Lane
from cupola.simulation.ledger import Ledger, Row
from cupola.simulation.model import Model
from cupola.simulation.recorder import Recorder
from cupola.simulation.state import State
from cupola.simulation.structure import BROUGHT

CAUSES = (
    "delivered",
    BROUGHT,
    "returned or disposed",
    "left in ship",
    "separated",
    "burnt for reboost",
    "burnt for attitude",
    "burnt for deorbit",
    "leaked",
    "vented",
)


def build_ledger(model: Model, draws: Draws, width: int) -> Ledger:
    """Rows for every store, the ships' tanks, and what arises aboard; filled as on the first day."""
    programme = model.programme
    there = programme.attached_within(programme.span.start, programme.span.end)
    attached = programme.attached_on(programme.span.start)
    stores = {key: store for key, store in programme.stores.items() if store.element in there}
    names = dict.fromkeys((*COMMODITIES, *(store.commodity for store in stores.values())))
    rows: list[Row] = []
    for commodity in names:
        held = [store for store in stores.values() if store.commodity == commodity]
        rows += [Row(store.id, commodity, max(store.capacity.high, store.level.high), True) for store in held]
        if commodity == "propellant":
            rows += [Row(f"ship/{port}", commodity, np.inf) for port in model.ports]
        elif not held:
            rows.append(Row(f"aboard/{commodity}", commodity, np.inf))
    ledger = Ledger(rows, width, _reactions(programme), CAUSES)
    for store in stores.values():
        row = ledger.row(store.id)
        if store.element not in attached:
            # Its tanks hold nothing and take nothing until its element comes.
            ledger.set_capacity(row, 0.0)
            continue
        capacity = draws.quantity(f"stores.{store.id}.capacity", store.capacity)
        level = np.minimum(draws.quantity(f"stores.{store.id}.level", store.level), capacity)
        ledger.set_capacity(row, capacity)
        ledger.start(row, level)
    for ship in model.docked:
        noun = programme.vehicles[model.vehicles[ship.vehicle]]
        tank = ship.flight.tank
        own = draws.quantity(f"vehicles.{noun.id}.propellant_own", noun.propellant_own) if tank is None else tank
        ledger.start(ledger.row(f"ship/{model.ports[ship.port]}"), own)
    return ledger


def _reactions(programme: Programme) -> dict[str, metabolism.Reaction]:
    life = programme.life_support
    return {
        "metabolism": metabolism.metabolism(
            oxygen=life.oxygen.value * DAY_S,
            carbon_dioxide=life.carbon_dioxide.value * DAY_S,
            food=life.food.value * DAY_S,
            dry_food=life.dry_food.value * DAY_S,
            drink=life.drink.value * DAY_S,
            urine=life.urine.value * DAY_S,
            condensate=life.condensate.value * DAY_S,
            waste=life.waste.value * DAY_S,
        ),
        "electrolysis": metabolism.electrolysis(),
        "urine processing": metabolism.urine_processing(),
        "condensate processing": metabolism.condensate_processing(),
        "carbon dioxide removal": metabolism.carbon_dioxide_removal(),
    }


def set_up(model: Model, lanes: Sequence[Lane], seed: int) -> State:
    """The state on the morning of day 0."""
    draws = Draws(seed, lanes)
    recorder = Recorder(len(lanes))
    return State(model, lanes, draws, build_ledger(model, draws, len(lanes)), recorder)
