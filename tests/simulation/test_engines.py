"""Which engine pushes, when it may, and what the push takes from which tanks."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from cupola.physics.reboost import propellant_for
from cupola.programme.programme import Programme
from cupola.programme.traffic import Flight
from cupola.simulation.engines import LEAST_BURN, Engines
from cupola.simulation.state import NEVER, State
from support.nouns import flight, on, port, q
from support.small_station import more, recorded, small
from support.told import Run, sampled

LANES = sampled(range(1, 7))
ALL = np.arange(6)
PLENTY = np.full(6, 1e9)
TUG = flight("tug-1", "tug", -5, "back", operator="b")
FUEL = "burnt for reboost"


def station(*docked: Flight) -> Programme:
    return small(60, services={}, rules={}, flights={row.id: row for row in docked})


def engines(*docked: Flight) -> tuple[State, Engines]:
    """The station on its first morning, when everything works, with these ships."""
    state = Run(station(*docked), LANES).state
    return state, Engines(state)


def wish(speed: float) -> np.ndarray:
    return np.full(6, speed)


def levels(state: State) -> tuple[np.ndarray, np.ndarray]:
    """What is in the tug's tank and in the station's."""
    return state.ledger.level("ship/back").copy(), state.ledger.level("tank").copy()


def test_a_ship_is_used_before_the_stations_own_engines() -> None:
    state, found = engines(TUG)
    ship, own = levels(state)
    assert (found.push(ALL, wish(0.5), PLENTY) == 0.5).all()
    after = levels(state)
    assert (after[0] < ship).all() and (after[1] == own).all()
    assert {state.recorder.keys[code] for code in found.used} == {"fact/flights.tug-1"}


def test_without_a_ship_the_station_pushes_itself() -> None:
    state, found = engines()
    ship, own = levels(state)
    assert (found.push(ALL, wish(0.5), PLENTY) == 0.5).all()
    after = levels(state)
    assert (after[0] == ship).all() and (after[1] < own).all()
    assert all(state.recorder.keys[code].startswith("fact/provisions.") for code in found.used)


@pytest.mark.parametrize("docked", [(), (TUG,)])
@pytest.mark.parametrize("speed", [0.21, 1.0, 2.0])
def test_what_is_burnt_is_the_propellant_of_the_push_and_a_share_for_control(
    docked: tuple[Flight, ...], speed: float
) -> None:
    state, found = engines(*docked)
    before, mass = levels(state), state.mass.copy()
    given = found.push(ALL, wish(speed), PLENTY)
    burnt = sum(before) - sum(levels(state))
    # Tugs have a specific impulse of 290 s, the station's engines of 300 s; steering takes a tenth more.
    impulse = 290.0 if docked else 300.0
    assert given.tolist() == [speed] * 6
    assert burnt == pytest.approx(propellant_for(given, mass, np.full(6, impulse)) * 1.1, rel=1e-9)
    flows = state.ledger.drain_flows()
    assert -flows["propellant", FUEL] == pytest.approx(burnt)
    assert max(float(missing.max()) for missing in state.ledger.closure().values()) < 1e-12


def test_no_more_is_given_than_the_propellant_that_may_be_spent() -> None:
    state, found = engines()
    before, mass = levels(state)[1], state.mass.copy()
    spare = np.array([100.0, 200.0, 300.0, 400.0, 500.0, 600.0])
    given = found.push(ALL, wish(50.0), spare)
    assert before - levels(state)[1] == pytest.approx(spare, rel=1e-9)
    assert (np.diff(given) > 0.0).all() and (given < 50.0).all()
    assert propellant_for(given, mass, np.full(6, 300.0)) * 1.1 == pytest.approx(spare, rel=1e-9)


def test_no_more_is_given_than_the_tank_holds() -> None:
    state, found = engines(TUG)
    ship, own = levels(state)
    given = found.push(ALL, wish(50.0), PLENTY)
    after = levels(state)
    assert after[0] == pytest.approx(np.zeros(6), abs=1e-6) and (after[1] == own).all()
    assert propellant_for(given, state.mass, np.full(6, 290.0)) * 1.1 == pytest.approx(ship, rel=1e-6)


def test_dry_tanks_give_nothing_and_lose_nothing() -> None:
    state, found = engines()
    state.ledger.empty(state.ledger.row("tank"), np.ones(6, dtype=bool), "vented")
    state.ledger.drain_flows()
    assert found.push(ALL, wish(1.0), PLENTY).tolist() == [0.0] * 6
    assert not np.any(state.ledger.drain_flows().get(("propellant", FUEL), 0.0))


def test_too_little_for_a_burn_that_is_worth_it_is_left_in_the_tank() -> None:
    state, found = engines()
    before = levels(state)[1]
    # 10 kg would give some 0.3 m/s, 5 kg half of that.
    few = np.array([5.0, 10.0, 5.0, 10.0, 0.0, -20.0])
    given = found.push(ALL, wish(1.0), few)
    assert (given[[1, 3]] > LEAST_BURN).all() and given[[0, 2, 4, 5]].tolist() == [0.0] * 4
    assert (levels(state)[1] == before).tolist() == [True, False, True, False, True, True]


def test_a_wish_below_the_least_burn_is_granted() -> None:
    _, found = engines()
    assert found.push(ALL, wish(0.05), PLENTY).tolist() == [0.05] * 6


def test_the_ports_behind_must_be_clear() -> None:
    # The tug behind the engines has nothing left to burn.
    state, found = engines(TUG)
    state.ledger.empty(state.ledger.row("ship/back"), np.ones(6, dtype=bool), "vented")
    own = levels(state)[1]
    assert found.push(ALL, wish(1.0), PLENTY).tolist() == [0.0] * 6
    assert (levels(state)[1] == own).all()
    assert [[state.model.ports[row] for row in engine.behind] for engine in found.own] == [["back"]]


def test_a_ship_at_another_port_is_not_in_the_way() -> None:
    state, found = engines(
        flight("capsule-1", "capsule", -5, "side", operator="b"), flight("truck-1", "truck", -5, "front")
    )
    assert (found.push(ALL, wish(1.0), PLENTY) == 1.0).all()
    assert state.port_flight[state.model.ports.index("side"), 0] >= 0


def test_a_port_to_push_from_on_another_element_is_not_behind() -> None:
    programme = more(
        station(flight("truck-1", "truck", -5, "front")), ports={"front": port("front", "core", "round", "prograde")}
    )
    found = Engines(Run(programme, LANES).state)
    assert (found.push(ALL, wish(1.0), PLENTY) == 1.0).all()


def test_engines_that_do_not_work_give_nothing() -> None:
    state, found = engines()
    state.working["engine"] = np.array([True, False, True, False, True, False])
    assert found.push(ALL, wish(1.0), PLENTY).tolist() == [1.0, 0.0] * 3


def test_each_future_has_its_own_ship_and_the_others_are_left_alone() -> None:
    state, found = engines(TUG)
    back = state.model.ports.index("back")
    gone = np.array([1, 4])
    state.port_flight[back, gone] = state.port_vehicle[back, gone] = -1
    ship, own = levels(state)
    some = np.array([0, 1, 3, 4])
    given = found.push(some, wish(1.0)[some], PLENTY[some])
    assert given.tolist() == [1.0] * 4
    after = levels(state)
    assert (after[0] < ship).tolist() == [True, False, False, True, False, False]
    assert (after[1] < own).tolist() == [False, True, False, False, True, False]


def test_only_a_ship_with_thrust_at_a_port_to_push_from_is_an_engine() -> None:
    state, found = engines(TUG)
    assert [(state.model.ports[row.port], state.model.vehicles[row.vehicle]) for row in found.ships] == [
        ("back", "tug")
    ]
    programme = station(TUG)
    weak = dataclasses.replace(programme.vehicles["tug"], thrust=q(0, "N"))
    beside = port("back", "engine-block", "square", "none", ("tank",))
    for changed in (more(programme, vehicles={"tug": weak}), more(programme, ports={"back": beside})):
        assert Engines(Run(changed, LANES).state).ships == []


def test_of_two_ships_that_can_push_the_first_port_of_the_programme_is_tried_first() -> None:
    programme = more(
        station(TUG, flight("tug-2", "tug", -5, "side", operator="b")),
        ports={"side": port("side", "cabin", "square", "yaw")},
    )
    tug = dataclasses.replace(programme.vehicles["tug"], ports=("side", "back"))
    state = Run(more(programme, vehicles={"tug": tug}), LANES).state
    found = Engines(state)
    side = state.ledger.level("ship/side").copy()
    assert (found.push(ALL, wish(0.5), PLENTY) == 0.5).all()
    assert (state.ledger.level("ship/side") == side).all() and (levels(state)[0] < 200.0).all()
    # What the first cannot give any more, the second does.
    state.ledger.empty(state.ledger.row("ship/back"), np.ones(6, dtype=bool), "vented")
    assert (found.push(ALL, wish(0.5), PLENTY) == 0.5).all()
    assert (state.ledger.level("ship/side") < side).all()


def test_an_idle_ship_behind_the_engines_is_sent_off_the_next_day() -> None:
    state, found = engines(TUG)
    back = state.model.ports.index("back")
    state.day = 9
    due = state.port_due[back].copy()
    assert (due > 10.0).all()
    found.clear_ports(np.array([0, 2]))
    assert state.port_due[back].tolist() == [10.0, due[1], 10.0, *due[3:]]
    # One that was to leave before is not kept.
    state.port_due[back] = 4.0
    found.clear_ports(ALL)
    assert (state.port_due[back] == 4.0).all()


def test_neither_a_crew_nor_a_free_port_is_sent_off() -> None:
    programme = station(flight("capsule-1", "capsule", -5, "back", operator="b"))
    state = Run(programme, LANES).state
    due = state.port_due.copy()
    Engines(state).clear_ports(ALL)
    assert (state.port_due == due).all()
    assert (state.port_due[state.model.ports.index("front")] == NEVER).all()


def test_a_ship_on_record_is_not_sent_off_before_it_left() -> None:
    state = Run(recorded(station(flight("tug-1", "tug", -5, "back", 40, operator="b")), 50), LANES).state
    back = state.model.ports.index("back")
    assert state.model.programme.as_of == on(50)
    state.day = 9
    Engines(state).clear_ports(ALL)
    assert (state.port_due[back] == 40.0).all()
