"""A future of a station that grows is the same in any company; what cannot come does not."""

from __future__ import annotations

import dataclasses

import pytest

from cupola.programme.programme import Programme
from cupola.simulation.clock import fly, simulate
from cupola.simulation.state import State
from support.growing import DAY, LATE, arrivals, building, lab
from support.nouns import coming, on, q, store
from support.small_station import exit_of_b, more, small
from support.told import NOMINAL, days, events, of, prints, rows, sampled

# One future, any company --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def growing() -> Programme:
    """Two elements that slip and may be lost, the second of which leaves; one service waits for the first."""
    node = coming("node", "lab", 3000, DAY + 5, detached=on(90), **(LATE | {"replacement": q(20, "d")}))
    programme = building(lab(**LATE), node, days=110, services=small().services)
    stores = {"node-tank": store("node-tank", "propellant", "node", 500, 300)}
    truck = dataclasses.replace(programme.services["truck"], after="lab", first=on(35))
    return more(programme, stores=stores, services={"truck": truck})


@pytest.fixture(scope="module")
def wide(growing: Programme) -> State:
    return fly(growing, sampled(range(1, 121)), False)


@pytest.mark.parametrize("numbers", [[1], [119, 2], [7, 8, 9], list(range(30, 94))])
def test_a_future_is_the_same_in_any_company(growing: Programme, wide: State, numbers: list[int]) -> None:
    alone = fly(growing, sampled(numbers), False)
    reference = prints(wide)
    for place, lane in enumerate(prints(alone)):
        assert lane == reference[numbers[place] - 1], f"lane {numbers[place]} at width {len(numbers)}"
        assert events(alone, place) == events(wide, numbers[place] - 1)


def test_the_futures_of_a_station_that_grows_differ(wide: State) -> None:
    assert len(set(wide.arrives["lab"].tolist())) > 20
    assert len(set(prints(wide))) == wide.width


# What cannot come ---------------------------------------------------------------------------------------------------


def test_why_a_provider_does_not_work_is_the_same_in_any_company() -> None:
    programme = building(lab(slip=q(15, "d")), days=120)
    lanes = [2, 1]
    came = [float(day) for day in fly(programme, sampled(lanes)).arrives["lab"]]
    alone = {row["missing"] for row in rows(simulate(programme, sampled([2])), "capacity") if not row["working"]}
    beside = {row["missing"] for row in rows(simulate(programme, sampled(lanes)), "capacity") if not row["working"]}
    assert came[0] > came[1] and alone == beside


def test_what_comes_after_the_day_on_which_it_would_leave_does_not_stay() -> None:
    state = arrivals(building(lab(slip=q(15, "d"), detached=on(DAY + 10)), days=120))
    assert not state.attached["lab"].any()


def test_nothing_is_attached_to_a_host_that_was_cut_off() -> None:
    tail = coming("tail", "engine-block", 3000, 40)
    programme = building(lab(), tail, departure=exit_of_b("separates", 30, cut="engine-block"))
    state = fly(programme, NOMINAL)
    assert not state.attached["engine-block"][0]
    assert days(state, "element-attached/tail") == []


def test_a_provider_that_is_still_to_come_is_not_blamed() -> None:
    programme = building()
    truss = dataclasses.replace(programme.elements["truss"], detached=on(15))
    state = fly(more(programme, elements={"truss": truss}), NOMINAL)
    assert [row.because for row in of(state, "function-lost/power")] == [("provider-lost/arrays",)]
