"""What a side can do: each question takes all that it needs at once."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from cupola.simulation.parts import Side, side_of, sides
from cupola.simulation.state import State
from cupola.simulation.viability import QUESTIONS, cut_rows, share_of, viability_rows
from support.small_station import exit_of_b, small
from support.told import Run

CUT = "engine-block"


@pytest.fixture
def state() -> State:
    """A week on, with ships at the ports; b leaves much later, and its part could be cut off."""
    return Run(small(60, exit_of_b("separates", cut=CUT, after=40))).to(7)


def verdicts(state: State, side: Side) -> dict[str, tuple[str, str]]:
    return {row["ability"]: (row["verdict"], row["lacks"]) for row in viability_rows(state, side, 0, "step")}


def whole(state: State) -> Side:
    model = state.model
    return side_of(state, "the station", model.programme.elements, range(len(model.partners)), 0)


def test_the_whole_station_can_do_it_all(state: State) -> None:
    found = verdicts(state, whole(state))
    assert list(found) == list(QUESTIONS)
    assert {key for key, (verdict, _) in found.items() if verdict == "no"} == set()


def test_a_reboost_takes_thrust_control_propellant_and_a_port(state: State) -> None:
    _, without = sides(state, CUT, 0)
    verdict, lacks = verdicts(state, without)["reboost"]
    assert verdict == "no" and "thrust" in lacks and "attitude control during a burn" in lacks
    dry = dataclasses.replace(whole(state), stock={"propellant": 0.0, "water": 100.0})
    assert verdicts(state, dry)["reboost"] == ("no", "propellant")
    nowhere = dataclasses.replace(whole(state), elements=frozenset({"truss"}))
    assert verdicts(state, nowhere)["reboost"] == ("no", "a port to push from")


def test_gyros_that_nothing_empties_fall_short(state: State) -> None:
    _, without = sides(state, CUT, 0)
    assert verdicts(state, without)["attitude"] == ("short", "gyros that nothing empties")


def test_power_is_shared_out_by_mass(state: State) -> None:
    parts = sides(state, CUT, 0)
    assert share_of(state, parts[0]) + share_of(state, parts[1]) == pytest.approx(1.0)
    assert share_of(state, whole(state)) == 1.0
    need = {
        side.name: next(row for row in viability_rows(state, side, 0, "") if row["ability"] == "power")["need"]
        for side in parts
    }
    assert sum(need.values()) == pytest.approx(state.model.programme.functions["power"].demand.value / 1000.0)


def test_air_and_water_are_asked_for_the_people_there(state: State) -> None:
    side = whole(state)
    crowd = dataclasses.replace(side, people=500.0)
    assert verdicts(state, crowd)["air"][0] == "short"
    assert verdicts(state, crowd)["seats"] == ("no", "return seats for all")
    thirsty = dataclasses.replace(side, stock={**side.stock, "water": 0.0})
    assert verdicts(state, thirsty)["water"] == ("no", "water")


def test_propellant_is_stranded_where_nothing_can_burn_it(state: State) -> None:
    rows: dict[str, Any] = {row["cut"]: row for row in cut_rows(state, 0, 0, "step")}
    assert set(rows) == {CUT, "cabin"}
    whole_of_it = float(state.ledger.total("propellant")[0])
    for row in rows.values():
        assert row["propellant_with"] + row["propellant_without"] == pytest.approx(whole_of_it)
    # Behind the cabin nobody of b is left to run the engines.
    assert rows["cabin"]["stranded_without"] == pytest.approx(rows["cabin"]["propellant_without"])
    assert rows["cabin"]["stranded_without"] > 100.0
