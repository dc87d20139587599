"""What comes with an element and goes with it: mass, drag area, tanks, ports and providers, in these futures alone."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from cupola.programme.programme import Programme
from cupola.simulation.state import NEVER, State
from cupola.simulation.structure import BROUGHT, attach, closes, detach, open_all, opens, within
from support.nouns import coming, flight, on, port, provision, q, store
from support.small_station import more, small
from support.told import Run, days, of, sampled

LANES = sampled([1, 2, 3, 4])
SOME = np.array([True, False, True, False])
LAB = "lab"
DAY = 20


def with_lab() -> Programme:
    """A station to which a laboratory with a water tank, a port and arrays comes on day 20."""
    return more(
        small(60, services={}, rules={}, flights={"cargo": flight("cargo", "truck", -3, "front")}),
        elements={LAB: coming(LAB, "core", 8000, DAY, drag_area=q(30, "m2", 0.3))},
        stores={
            "lab-water": store("lab-water", "water", LAB, 300, 200),
            "lab-tank": store("lab-tank", "propellant", LAB, 90, 60),
        },
        ports={"lab-port": port("lab-port", LAB, "round", since=on(DAY))},
        provisions={"lab-arrays": provision("lab-arrays", "power", LAB, q(10, "kW"), "a")},
    )


@pytest.fixture
def run() -> Run:
    """As on the first morning, with nothing done yet."""
    return Run(with_lab(), LANES)


@pytest.fixture
def state(run: Run) -> State:
    run.state.day = run.state.recorder.day = DAY
    run.state.arrives[LAB] = np.where(SOME, float(DAY), NEVER)
    return run.state


def test_its_mass_comes_with_its_share_of_what_no_row_lists(state: State) -> None:
    before, weighed = state.structure.copy(), state.mass.copy()
    listed = state.element_mass.copy()
    attach(state, state.model.programme.elements[LAB], SOME, 0)
    # 5,000 kg are not listed beside 79,000 kg of elements.
    gain = 8000.0 * (1.0 + 5000.0 / 79_000.0)
    assert state.structure - before == pytest.approx(np.where(SOME, gain, 0.0), rel=1e-12)
    assert state.element_mass - listed == pytest.approx(np.where(SOME, 8000.0, 0.0))
    held = state.ledger.level("lab-water") + state.ledger.level("lab-tank")
    assert state.mass - weighed == pytest.approx(np.where(SOME, gain + held, 0.0), rel=1e-9)


def test_its_drag_area_is_drawn_and_added(state: State) -> None:
    attach(state, state.model.programme.elements[LAB], SOME, 0)
    added = state.drag_added[SOME]
    assert state.drag_added[~SOME].tolist() == [0.0, 0.0]
    assert ((added > 21.0) & (added < 39.0)).all() and added[0] != added[1]


def test_its_tanks_come_filled_and_the_books_close(state: State) -> None:
    ledger = state.ledger
    assert (ledger.capacity[ledger.row("lab-water")] == 0.0).all()
    attach(state, state.model.programme.elements[LAB], SOME, 0)
    capacity = ledger.capacity[ledger.row("lab-water")]
    assert capacity.tolist() == [300.0, 0.0, 300.0, 0.0]
    water, fuel = ledger.level("lab-water"), ledger.level("lab-tank")
    assert (np.abs(water[SOME] - 200.0) < 10.0).all() and (np.abs(fuel[SOME] - 60.0) < 3.0).all()
    assert not water[~SOME].any() and not fuel[~SOME].any()
    flows = ledger.drain_flows()
    assert (flows["water", BROUGHT] == water).all() and (flows["propellant", BROUGHT] == fuel).all()
    assert (np.asarray(state.brought["water"]) == water).all()
    assert max(float(missing.max()) for missing in ledger.closure().values()) < 1e-12
    ledger.check()


def test_it_cannot_hold_more_than_its_tank(run: Run) -> None:
    programme = more(with_lab(), stores={"lab-water": store("lab-water", "water", LAB, 150, 200)})
    state = Run(programme, LANES).state
    attach(state, programme.elements[LAB], SOME, 0)
    assert state.ledger.level("lab-water").tolist() == [150.0, 0.0, 150.0, 0.0]


def test_the_event_tells_its_mass_and_its_cause(state: State) -> None:
    key = attach(state, state.model.programme.elements[LAB], SOME, state.recorder.code("statement/said"))
    assert state.recorder.keys[key] == f"element-attached/{LAB}"
    told = of(state, f"element-attached/{LAB}", 0)
    assert [(row.day, row.value, row.because) for row in told] == [(DAY, 8000.0, ("statement/said",))]
    assert days(state, "element-attached", 1) == []


def test_its_port_opens_with_it(state: State) -> None:
    row = state.model.ports.index("lab-port")
    assert not state.port_open[row].any()
    others = np.delete(state.port_open, row, axis=0).copy()
    attach(state, state.model.programme.elements[LAB], SOME, 0)
    assert (state.port_open[row] == SOME).all()
    assert (np.delete(state.port_open, row, axis=0) == others).all()


def test_what_came_goes_again_to_the_last_kilogram(state: State) -> None:
    programme, ledger = state.model.programme, state.ledger
    before = [part.copy() for part in (state.structure, state.element_mass, state.drag_added, state.mass)]
    attach(state, programme.elements[LAB], SOME, 0)
    brought = ledger.level("lab-water") + ledger.level("lab-tank")
    ledger.drain_flows()
    gone = detach(state, [LAB], SOME)
    after = (state.structure, state.element_mass, state.drag_added, state.mass)
    for one, other in zip(before, after, strict=True):
        assert other == pytest.approx(one, rel=1e-12, abs=1e-9)
    assert gone == pytest.approx(np.where(SOME, 8000.0 * (1.0 + 5000.0 / 79_000.0), 0.0), rel=1e-12)
    assert not ledger.level("lab-water").any() and not ledger.capacity[ledger.row("lab-water")].any()
    flows = ledger.drain_flows()
    assert -(flows["water", "separated"] + flows["propellant", "separated"]) == pytest.approx(brought)
    assert max(float(missing.max()) for missing in ledger.closure().values()) < 1e-12
    assert not state.attached[LAB].any() and not state.port_open[state.model.ports.index("lab-port")].any()


def test_only_what_is_there_can_leave(state: State) -> None:
    attach(state, state.model.programme.elements[LAB], SOME, 0)
    gone = detach(state, [LAB, "no such element"], np.ones(4, dtype=bool))
    assert (gone[SOME] > 8000.0).all() and not gone[~SOME].any()


def test_a_part_takes_its_share_of_what_no_row_lists(state: State) -> None:
    gone = detach(state, ["truss", "cabin"], SOME)
    assert gone == pytest.approx(np.where(SOME, 29_000.0 * (1.0 + 5000.0 / 79_000.0), 0.0), rel=1e-12)


def test_ships_at_its_ports_go_the_same_day_and_others_stay(state: State) -> None:
    front, top = (state.model.ports.index(key) for key in ("front", "top"))
    due = state.port_due.copy()
    assert (due[front] > DAY).all()
    detach(state, ["cabin"], SOME)
    assert (state.port_due == due).all()
    detach(state, ["core"], SOME)
    assert state.port_due[front].tolist() == np.where(SOME, float(DAY), due[front]).tolist()
    # A free port calls for no departure.
    assert (state.port_due[top] == due[top]).all()


def test_windows_move_with_a_late_element(state: State) -> None:
    state.arrives[LAB] = np.array([20.0, 33.5, NEVER, 24.0])
    assert opens(state, on(0), LAB).tolist() == state.arrives[LAB].tolist()
    assert opens(state, on(DAY + 5), LAB)[[0, 1, 3]].tolist() == [25.0, 38.5, 29.0]
    assert opens(state, on(DAY + 5), LAB)[2] >= NEVER
    # What is there from the first day on has fixed days, and so have ships and sites.
    assert opens(state, on(7), "core").tolist() == [7.0] * 4
    assert opens(state, on(7), "taxi").tolist() == [7.0] * 4


def test_the_last_day_is_a_day_of_service(state: State) -> None:
    assert closes(state, None) == NEVER and closes(state, on(30)) == 31.0
    found = {}
    for day in (9, 10, 30, 31):
        state.day = day
        found[day] = bool(within(state, on(10), on(30), "core").all())
    assert found == {9: False, 10: True, 30: True, 31: False}


def test_ports_and_providers_open_within_their_own_days() -> None:
    programme = small(60, services={}, rules={})
    ports = {"top": dataclasses.replace(programme.ports["top"], since=on(10), until=on(30))}
    arrays = dataclasses.replace(programme.provisions["arrays"], since=on(10), until=on(30))
    state = Run(more(programme, ports=ports, provisions={"arrays": arrays})).state
    top = state.model.ports.index("top")
    assert set(state.in_service) == {"arrays"}
    found = []
    for day in (9, 10, 30, 31):
        state.day = day
        open_all(state)
        found.append((bool(state.port_open[top, 0]), bool(state.in_service["arrays"][0])))
    assert found == [(False, False), (True, True), (True, True), (False, False)]
    assert state.port_open[state.model.ports.index("front")].all()


def test_others_are_told_that_the_structure_changed(state: State) -> None:
    state.changed.clear()
    attach(state, state.model.programme.elements[LAB], SOME, 0)
    assert {"element", "store/water", "store/propellant"} <= state.changed


def test_what_comes_in_one_future_weighs_no_other(state: State) -> None:
    state.ledger.take("water", 50.0, "vented")
    weighed = state.mass.copy()
    attach(state, state.model.programme.elements[LAB], SOME, 0)
    assert (state.mass[~SOME] == weighed[~SOME]).all()
