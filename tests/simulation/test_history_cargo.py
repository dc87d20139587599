"""Cargo on record goes before what a ship of its type brings."""

from __future__ import annotations

import pytest

from cupola.programme.programme import Programme
from cupola.simulation.clock import simulate
from support.nouns import flight
from support.past import past
from support.told import NOMINAL, Run, rows


def delivered(programme: Programme) -> dict[str, float]:
    found = simulate(programme, NOMINAL)
    return {row["commodity"]: row["amount"] for row in rows(found, "flows") if row["cause"] == "delivered"}


def test_what_is_on_record_of_the_cargo_goes_before_what_the_type_brings() -> None:
    # The type brings 3,000 kg of dry cargo and 200 kg of water.
    found = delivered(past(flight("truck-1", "truck", 5, "front", 31, dry_cargo=700.0, water=123.0)))
    assert found["food"] + found["goods"] == pytest.approx(700.0)
    assert found["water"] == pytest.approx(123.0)
    known = flight("tug-1", "tug", 5, "back", 31, operator="b", propellant=77.0, gas=11.0, dry_cargo=0.0, water=0.0)
    found = delivered(past(known))
    # 200 kg of its own stand in its tanks beside what it brings.
    assert found["propellant"] == pytest.approx(277.0)
    assert found.get("oxygen", 0.0) + found.get("nitrogen", 0.0) == pytest.approx(11.0)
    assert "food" not in found and "water" not in found


def test_what_is_not_on_record_is_as_its_type_brings_it() -> None:
    found = delivered(past(flight("truck-1", "truck", 5, "front", 31, water=123.0)))
    assert found["food"] + found["goods"] == pytest.approx(3000.0)
    assert found["water"] == pytest.approx(123.0)
    found = delivered(past(flight("tug-1", "tug", 5, "back", 31, operator="b", dry_cargo=10.0)))
    assert found["food"] + found["goods"] == pytest.approx(10.0)
    assert 200.0 + 720.0 <= found["propellant"] <= 200.0 + 1080.0


def test_a_ship_weighs_what_its_cargo_on_record_leaves() -> None:
    run = Run(past(flight("truck-1", "truck", 5, "front", 31, dry_cargo=700.0, water=123.0)))
    state = run.to(5)
    assert state.port_mass[state.model.ports.index("front"), 0] == pytest.approx(8000.0 - 823.0)
