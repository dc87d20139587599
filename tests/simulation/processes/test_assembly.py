"""A station is built within a run: what comes on its day, what it brings, its window of service, and what goes."""

from __future__ import annotations

import dataclasses

import pytest

from cupola.programme.functions import POWER
from cupola.programme.programme import Programme
from cupola.simulation.clock import fly, simulate
from support.growing import DAY, building, calling, lab, total, with_window
from support.nouns import on, provision, q
from support.small_station import more
from support.told import NOMINAL, Run, days, events, of, rows, sampled

# What comes on its day ----------------------------------------------------------------------------------------------


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


# Windows of service -------------------------------------------------------------------------------------------------


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


# What goes ----------------------------------------------------------------------------------------------------------


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
