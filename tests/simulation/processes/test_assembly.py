"""A station is built within a run: what comes, when it comes, what it brings, and what waits for it."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from cupola.programme.functions import POWER
from cupola.programme.programme import Programme
from cupola.programme.station import Element
from cupola.simulation.clock import fly, simulate
from cupola.simulation.lanes import default_lanes
from cupola.simulation.state import NEVER, State
from support.small_station import coming, exit_of_b, more, on, port, provision, q, recorded, service, small, store
from support.told import NOMINAL, Run, days, events, of, prints, rows, sampled

DAY = 20
LATE = {"slip": q(15, "d"), "failures": q(0.4), "replacement": q(30.5, "d")}
"""A launch that slips by two weeks in the mean and is lost in four of ten futures"""
MANY = sampled(range(1, 61))


def lab(**changes: Any) -> Element:
    return coming("lab", "core", 8000, DAY, **({"drag_area": q(30, "m2")} | changes))


def building(*elements: Element, days: int = 60, **changes: Any) -> Programme:
    """A station without people or flights, to which a laboratory with a tank, a port and arrays comes on day 20."""
    programme = small(days, **({"services": {}, "rules": {}} | changes))
    return more(
        programme,
        elements={row.id: row for row in elements or (lab(),)},
        stores={"lab-water": store("lab-water", "water", "lab", 300, 200)},
        ports={"lab-port": port("lab-port", "lab", "round", since=on(DAY))},
        provisions={"lab-arrays": provision("lab-arrays", "power", "lab", q(10, "kW"), "a")},
    )


def calling(programme: Programme, first: int) -> Programme:
    """With a cargo ship from that day on, which can dock at the laboratory alone."""
    truck = dataclasses.replace(programme.vehicles["truck"], ports=("lab-port",))
    return more(programme, vehicles={"truck": truck}, services={"truck": service("truck", 300, first)})


def total(state: State, commodity: str) -> float:
    return float(state.ledger.total(commodity)[0])


# What comes on its day ------------------------------------------------------------------------------------------


def test_an_element_comes_on_its_day_once_with_its_statement_as_the_cause() -> None:
    state = fly(building(lab(statement="said")), NOMINAL)
    told = of(state, "element-attached")
    assert [(row.day, row.key, row.value) for row in told] == [(DAY, "element-attached/lab", 8000.0)]
    assert told[0].because == ("statement/said",)


def test_without_a_statement_the_row_itself_is_the_cause() -> None:
    assert of(fly(building(), NOMINAL), "element-attached")[0].because == ("fact/elements.lab",)


def test_what_is_there_on_the_first_day_does_not_come_again() -> None:
    programme = building(dataclasses.replace(lab(), attached=on(0)))
    state = Run(programme).to(5)
    assert state.element_mass[0] == 87_000.0 and days(state, "element-attached") == []
    assert state.ledger.level("lab-water")[0] > 199.0


def test_it_brings_mass_drag_area_and_water_on_that_day_and_not_before() -> None:
    run = Run(building())
    state = run.to(DAY - 1)
    before = (state.structure.copy(), state.drag_added.copy(), total(state, "water"), state.mass.copy())
    assert not state.attached["lab"][0] and before[1][0] == 0.0
    run.to(DAY)
    assert state.attached["lab"][0]
    assert state.structure - before[0] == pytest.approx(8000.0 * (1.0 + 5000.0 / 79_000.0))
    assert state.drag_added[0] == 30.0
    # Some water goes to the making of oxygen each day.
    assert total(state, "water") - before[2] == pytest.approx(200.0, abs=0.2)
    assert state.mass[0] - before[3][0] == pytest.approx(8200.0 + 8000.0 * 5000.0 / 79_000.0, abs=5.0)


def test_the_books_close_over_what_comes_and_what_goes() -> None:
    state = fly(building(lab(detached=on(40))), sampled(range(1, 9)))
    assert max(float(missing.max()) for missing in state.ledger.closure().values()) < 1e-9
    assert not state.ledger.level("lab-water").any()


def test_its_water_is_booked_as_brought_and_as_separated() -> None:
    found = simulate(building(lab(detached=on(40))), NOMINAL)
    booked = {row["cause"]: row["amount"] for row in rows(found, "flows") if row["commodity"] == "water"}
    assert booked["came with an element"] == pytest.approx(200.0)
    # A little of it was made into oxygen by then.
    assert booked["separated"] == pytest.approx(-200.0, abs=2.0)


def test_a_ship_waits_until_the_port_is_there() -> None:
    state = fly(calling(building(), 5), NOMINAL)
    assert days(state, "port-blocked") == [5]
    assert days(state, "docking") == [DAY]


def test_its_arrays_give_power_from_its_day_on() -> None:
    run = Run(building())
    assert run.to(DAY - 1).capacity[POWER][0] == 40e3
    assert run.to(DAY).capacity[POWER][0] == 50e3
    state = run.to(59)
    assert days(state, "provider-back/lab-arrays") == [DAY] and days(state, "provider-lost/lab-arrays") == []


def test_with_more_drag_area_the_orbit_sinks_faster_from_its_day_on() -> None:
    sunk = []
    for area in (0.0, 1000.0):
        run = Run(building(lab(drag_area=q(area, "m2"))))
        heights = [float(run.to(day).altitude[0]) for day in (DAY - 4, DAY - 1, DAY + 2)]
        assert days(run.state, "reboost") == []
        sunk.append((heights[0] - heights[1], heights[1] - heights[2]))
    assert sunk[0][0] == sunk[1][0] > 0.0
    # 1,000 m2 more, beside 500 m2.
    assert sunk[1][1] == pytest.approx(3.0 * sunk[0][1], rel=0.02)


# Windows of service ---------------------------------------------------------------------------------------------


def with_window(since: int | None, until: int | None, key: str = "lab-arrays") -> Programme:
    programme = building()
    row = programme.provisions[key]
    since_day = row.since if since is None else on(since)
    return more(
        programme,
        provisions={key: dataclasses.replace(row, since=since_day, until=None if until is None else on(until))},
    )


def powered_days(programme: Programme) -> list[int]:
    """Days on which there is more or less power than that of the day before."""
    run = Run(programme)
    power = [float(run.to(day).capacity[POWER][0]) for day in range(60)]
    return [day for day in range(1, 60) if power[day] != power[day - 1]]


def test_a_provider_begins_on_its_own_first_day() -> None:
    assert powered_days(with_window(27, None)) == [27]


def test_a_provider_serves_on_its_last_day_and_stops_on_the_day_after() -> None:
    programme = with_window(None, 30)
    assert powered_days(programme) == [DAY, 31]
    state = fly(programme, NOMINAL)
    assert [(row.day, row.because) for row in of(state, "provider-lost/lab-arrays")] == [
        (31, ("out-of-service/lab-arrays",))
    ]


def test_a_provider_of_an_old_element_has_its_window_too() -> None:
    spare = dataclasses.replace(provision("spare", "power", "truss", q(5, "kW"), "a"), since=on(8), until=on(12))
    assert powered_days(more(building(), provisions={"spare": spare})) == [8, 13, DAY]


def test_a_port_opens_and_closes_within_the_run() -> None:
    programme = calling(building(), 5)
    for since, until, first in ((25, None, 25), (DAY, 22, 20)):
        window = dataclasses.replace(
            programme.ports["lab-port"], since=on(since), until=None if until is None else on(until)
        )
        run = Run(more(programme, ports={"lab-port": window}))
        row = run.state.model.ports.index("lab-port")
        opened = [day for day in range(60) if run.to(day).port_open[row, 0]]
        assert opened == list(range(first, (until or 59) + 1))
        assert days(run.state, "docking") == [first]


# What goes --------------------------------------------------------------------------------------------------------


def test_what_is_detached_takes_all_that_it_brought() -> None:
    run = Run(calling(building(lab(detached=on(40))), 25))
    state = run.to(DAY - 1)
    before = (float(state.structure[0]), float(state.element_mass[0]), 0.0)
    run.to(39)
    water = total(state, "water") - float(state.ledger.level("lab-water")[0])
    row = state.model.ports.index("lab-port")
    assert state.port_open[row, 0] and state.port_flight[row, 0] >= 0
    run.to(40)
    assert (state.structure[0], state.element_mass[0], state.drag_added[0]) == pytest.approx(before, abs=1e-6)
    # What is in the other tanks stays, but for the making of oxygen.
    assert total(state, "water") == pytest.approx(water, abs=0.2) and water > 1000.0
    assert not state.port_open[row, 0] and state.port_flight[row, 0] == -1
    assert state.capacity[POWER][0] == 40e3 and not state.attached["lab"][0]
    run.to(59)
    assert days(state, "undocking") == [40] and days(state, "docking") == [25]
    left = of(state, "element-detached")
    assert [(event.day, event.key) for event in left] == [(40, "element-detached/lab")]
    assert left[0].value == pytest.approx(8000.0 * (1.0 + 5000.0 / 79_000.0))
    assert [(event.day, event.because) for event in of(state, "provider-lost/lab-arrays")] == [
        (40, ("element-detached/lab",))
    ]


def test_an_element_of_the_first_day_can_leave_too() -> None:
    programme = building()
    truss = dataclasses.replace(programme.elements["truss"], detached=on(15))
    state = fly(more(programme, elements={"truss": truss}), NOMINAL)
    lost = {row.key: row for row in events(state) if row.day == 15}
    assert lost["provider-lost/arrays"].because == ("element-detached/truss",)
    assert "provider-lost/arrays" in lost["function-lost/power"].because


# Slip and loss ----------------------------------------------------------------------------------------------------


def arrivals(programme: Programme, lanes: Sequence[Any] = MANY) -> State:
    return fly(programme, lanes, False)


def test_a_nominal_future_keeps_the_plan() -> None:
    state = arrivals(building(lab(**LATE)), default_lanes(20))
    assert state.arrives["lab"][:2].tolist() == [float(DAY)] * 2
    assert days(state, "element-attached", 0) == days(state, "element-attached", 1) == [DAY]
    assert len(set(state.arrives["lab"][2:].tolist())) > 10


def test_a_slip_is_a_whole_number_of_days_and_never_negative() -> None:
    state = arrivals(building(lab(slip=q(15, "d")), days=200))
    slips = state.arrives["lab"] - DAY
    assert (slips >= 0.0).all() and (slips == np.floor(slips)).all()
    assert 8.0 < slips.mean() < 24.0
    assert [days(state, "element-attached/lab", lane) for lane in range(60)] == [
        [int(day)] for day in state.arrives["lab"]
    ]
    assert days(state, "element-lost") == []


def test_a_lost_one_is_replaced_after_its_time() -> None:
    state = arrivals(building(lab(**LATE), days=300))
    lost = [lane for lane in range(60) if days(state, "element-lost/lab", lane)]
    assert 12 <= len(lost) <= 36
    for lane in range(60):
        came = days(state, "element-attached/lab", lane)
        if lane in lost:
            told = of(state, "element-lost/lab", lane)
            assert [row.because for row in told] == [("fact/elements.lab.failures",)]
            # Thirty and a half days after the loss: on the morning after.
            assert came == [told[0].day + 31]
        else:
            assert came == [int(state.arrives["lab"][lane])] and came[0] >= DAY


def test_without_a_replacement_a_lost_one_never_comes() -> None:
    programme = building(lab(failures=q(0.4), slip=q(3, "d")))
    state = arrivals(calling(programme, 30))
    lost = np.array([bool(days(state, "element-lost/lab", lane)) for lane in range(60)])
    assert 12 <= np.count_nonzero(lost) <= 36
    assert (state.arrives["lab"][lost] >= NEVER).all()
    assert (state.attached["lab"] == ~lost).all()
    assert (state.port_open[state.model.ports.index("lab-port")] == ~lost).all()
    assert (state.working["lab-arrays"] == ~lost).all()
    assert not state.ledger.level("lab-water")[lost].any()
    for lane in np.flatnonzero(lost).tolist():
        assert days(state, "docking", lane) == days(state, "element-attached", lane) == []


def test_what_hangs_on_a_late_host_waits_for_it() -> None:
    # In the file the child stands before its host, and the day of both is the same.
    node = coming("node", "lab", 3000, DAY)
    state = arrivals(building(node, lab(**LATE), days=300))
    assert (state.arrives["node"] == state.arrives["lab"]).all()
    for lane in range(60):
        order = [row.key for row in of(state, "element-attached", lane)]
        assert order == ["element-attached/lab", "element-attached/node"]
        assert days(state, "element-attached/node", lane) == days(state, "element-attached/lab", lane)


def test_a_child_with_a_later_day_of_its_own_keeps_it() -> None:
    node = coming("node", "lab", 3000, DAY + 25)
    state = arrivals(building(node, lab(slip=q(15, "d")), days=300))
    assert (state.arrives["node"] == np.maximum(state.arrives["lab"], DAY + 25.0)).all()
    assert (state.arrives["node"] == DAY + 25.0).any() and (state.arrives["node"] > DAY + 25.0).any()


def test_nothing_comes_to_a_host_that_was_lost_for_good() -> None:
    node = coming("node", "lab", 3000, DAY + 5)
    state = arrivals(building(node, lab(failures=q(0.4))))
    lost = ~state.attached["lab"]
    assert lost.any() and (state.attached["node"] == ~lost).all()


def test_ports_and_providers_slip_with_their_element() -> None:
    programme = with_window(DAY + 5, None)
    late = more(programme, elements={"lab": lab(slip=q(15, "d"))})
    run = Run(late, sampled(range(1, 13)))
    row = run.state.model.ports.index("lab-port")
    opened, worked = np.full(12, -1), np.full(12, -1)
    for day in range(60):
        state = run.to(day)
        opened[(opened < 0) & state.port_open[row]] = day
        worked[(worked < 0) & state.working["lab-arrays"]] = day
    came = state.arrives["lab"]
    seen = came < 60
    assert (opened[seen] == came[seen]).all()
    seen = came + 5 < 60
    assert np.count_nonzero(seen) > 6 and (worked[seen] == came[seen] + 5).all()


# The record ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("as_of", [DAY, DAY + 15])
def test_what_is_on_record_never_slips_and_is_never_lost(as_of: int) -> None:
    sure = {"slip": q(15, "d"), "failures": q(1.0), "replacement": q(30, "d")}
    state = arrivals(recorded(building(lab(**sure)), as_of))
    assert (state.arrives["lab"] == DAY).all()
    assert [days(state, "element-attached", lane) for lane in range(60)] == [[DAY]] * 60
    assert days(state, "element-lost") == []


def test_what_is_not_yet_on_record_may_slip() -> None:
    state = arrivals(recorded(building(lab(**LATE), days=200), DAY - 1))
    assert len(set(state.arrives["lab"].tolist())) > 10


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
