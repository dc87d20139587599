"""What is done to the stores of a few futures leaves the same bytes as the ledger's own operation with a mask."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from cupola.base.errors import InvariantError
from cupola.physics.metabolism import condensate_processing, metabolism
from cupola.simulation.chosen import Chosen
from cupola.simulation.ledger import Ledger, Row

ROWS = (
    Row("tank-a", "water", 300.0),
    Row("tank-b", "water", 50.0),
    Row("bottle", "oxygen", 100.0),
    Row("pantry", "food", 500.0),
    Row("larder", "food", 90.0),
    Row("bags", "waste", 100.0),
    Row("pile", "waste", np.inf),
    Row("lockers", "goods", np.inf),
    Row("station-tank", "propellant", 400.0),
    Row("second-tank", "propellant", 150.0),
    Row("ship/front", "propellant", np.inf),
    Row("ship/back", "propellant", np.inf),
)
WIDTH = 12
FUTURES = np.array([1, 2, 5, 7, 11])
MASK = np.isin(np.arange(WIDTH), FUTURES)
SHIPS = np.array([0, 1, 1, 0, 1])
"""Which of the two ships each chosen future has to do with"""
Floats = NDArray[np.float64]


def made() -> Ledger:
    reactions = (metabolism(0.84, 1.0, 1.83, 0.62, 2.5, 1.5, 1.5, 1.3), condensate_processing())
    rows = (*ROWS, Row("drum", "urine", 20.0), Row("sump", "condensate", 20.0), Row("air", "carbon_dioxide", np.inf))
    ledger = Ledger(rows, WIDTH, {row.name: row for row in reactions}, ["in", "out"])
    spread = 0.1 + 0.8 * np.abs(np.sin(np.arange(WIDTH)))
    for row in ledger.rows:
        ledger.start(ledger.row(row.id), np.minimum(row.capacity, 120.0) * spread)
    ledger.convert("metabolism", 3.0)
    return ledger


def amounts(size: float) -> Floats:
    return size * (1.0 + np.cos(np.arange(WIDTH)))


def bytes_of(ledger: Ledger) -> list[bytes]:
    books = ledger.accounts
    parts = [ledger.levels, books.flow, books.through]
    parts += [part for mixture in books.mixtures.values() for part in (mixture.content, mixture.gained, mixture.lost)]
    return [part.tobytes() for part in parts]


def same(everywhere: Callable[[Ledger], Floats], here: Callable[[Chosen], Floats]) -> None:
    whole, few = made(), made()
    answer = everywhere(whole)
    found = here(Chosen(few, FUTURES))
    assert found.tobytes() == answer[FUTURES].tobytes()
    assert bytes_of(few) == bytes_of(whole) != bytes_of(made())
    few.check("test")


@pytest.mark.parametrize("size", [1.0, 40.0, 1e4])
@pytest.mark.parametrize("row", ["tank-b", "pantry", "lockers"])
def test_put(row: str, size: float) -> None:
    place = made().row(row)
    same(
        lambda ledger: ledger.put(place, np.where(MASK, amounts(size), 0.0), "in"),
        lambda some: some.put(place, amounts(size)[FUTURES], "in"),
    )


@pytest.mark.parametrize("size", [1.0, 40.0, 1e4])
@pytest.mark.parametrize("rows", ["water", "waste", "goods", "food", slice(8, 10)])
def test_take(rows: str | slice, size: float) -> None:
    same(
        lambda ledger: ledger.take(rows, np.where(MASK, amounts(size), 0.0), "out"),
        lambda some: some.take(rows, amounts(size)[FUTURES], "out"),
    )


@pytest.mark.parametrize("size", [1.0, 60.0, 1e4])
def test_fill_goes_on_to_the_next_row(size: float) -> None:
    def everywhere(ledger: Ledger) -> Floats:
        wanted, put = np.where(MASK, amounts(size), 0.0), np.zeros(WIDTH)
        for row in range(ledger.block("water").start, ledger.block("water").stop):
            put += ledger.put(row, wanted - put, "in")
        return put

    same(everywhere, lambda some: some.fill(some.ledger.block("water"), amounts(size)[FUTURES], "in"))


def test_one_ship_a_future_is_emptied_into_a_tank_and_then_overboard() -> None:
    def everywhere(ledger: Ledger) -> Floats:
        for number, ship in enumerate(("ship/front", "ship/back")):
            mask = np.isin(np.arange(WIDTH), FUTURES[number == SHIPS])
            source = ledger.row(ship)
            ledger.move(source, ledger.row("second-tank"), np.where(mask, ledger.levels[source], 0.0))
            ledger.empty(source, mask, "out")
        return ledger.total("propellant")

    def here(some: Chosen) -> Floats:
        ships = some.ledger.row("ship/front") + SHIPS
        some.move(ships, np.full(len(FUTURES), some.ledger.row("second-tank")))
        some.empty(ships, "out")
        return some.total("propellant")

    same(everywhere, here)


@pytest.mark.parametrize("amount", [-1.0, float("nan")])
def test_an_amount_that_is_none_is_found(amount: float) -> None:
    ledger = made()
    Chosen(ledger, FUTURES).fill(ledger.block("water"), np.full(len(FUTURES), amount), "in")
    with pytest.raises(InvariantError):
        ledger.check("day 3")
