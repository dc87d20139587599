"""Over a whole run no mass and no element comes from nothing or goes nowhere."""

from __future__ import annotations

import numpy as np
import pytest

from behaviour.story import Story, tell

TOLERANCE = 1e-12
"""Share of all that went through"""
STORED = {"propellant", "oxygen", "nitrogen", "water", "food", "goods", "waste", "urine", "condensate"}


@pytest.fixture(scope="module", params=["iss", "iss-russia-leaves"])
def story(request: pytest.FixtureRequest) -> Story:
    return tell(request.param)


def test_every_commodity_and_element_closes(story: Story) -> None:
    off = {name: float(np.max(np.abs(share))) for name, share in story.state.ledger.closure().items()}
    assert STORED | {"O", "C", "H", "N"} <= set(off)
    assert {name: share for name, share in off.items() if not share <= TOLERANCE} == {}


def test_stores_add_up_from_their_flows(story: Story) -> None:
    """An account of our own: first levels and all flows of all years give the last levels."""
    ledger = story.state.ledger
    stores = story.programme.stores.values()
    for name in STORED:
        flows = sum(row["amount"] for row in story.rows("flows") if row["future"] == 1 and row["commodity"] == name)
        docked = sum(
            story.programme.vehicles[stay["vehicle"]].propellant_own.value
            for stay in story.stays()
            if stay["recorded"] and name == "propellant"
        )
        first = docked + sum(store.level.value for store in stores if store.commodity == name)
        through = sum(abs(row["amount"]) for row in story.rows("flows") if row["commodity"] == name)
        assert ledger.total(name)[1] == pytest.approx(first + flows, abs=1e-9 * (1.0 + through)), name


def test_a_gram_that_is_lost_is_noticed(story: Story) -> None:
    ledger = story.state.ledger
    row = ledger.block("water").start
    kept = ledger.levels[row].copy()
    try:
        ledger.levels[row] += 1e-3
        assert float(np.max(np.abs(ledger.closure()["water"]))) > TOLERANCE
    finally:
        ledger.levels[row] = kept
    assert float(np.max(np.abs(ledger.closure()["water"]))) <= TOLERANCE


def test_nothing_is_negative_and_nothing_overflows(story: Story) -> None:
    ledger = story.state.ledger
    assert (ledger.levels >= 0.0).all()
    assert (ledger.levels <= ledger.capacity + 1e-9).all()
    ledger.check("the last day")
