"""Services of a station that is only visited: how long their ships stay, and the element that they wait for."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest

from cupola.programme.programme import Programme
from cupola.simulation import calendar
from cupola.simulation.calendar import Calendar
from cupola.simulation.clock import fly
from cupola.simulation.queue import flight_queue
from cupola.simulation.state import NEVER, State
from support.nouns import coming, flight, on, people, q, service
from support.small_station import exit_of_b, more, recorded, small
from support.told import NOMINAL, Run, days, events, of, sampled

MANY = sampled(range(1, 41))
LAB_DAY = 20


def visited(days: int = 200, **changes: Any) -> Programme:
    """A station that four people visit for two weeks every sixty days, from day 10 on."""
    row = dataclasses.replace(service("taxi", 60, 10, (("a", 4),)), stay=q(14, "d"))
    return small(days, services={"taxi": dataclasses.replace(row, **changes)}, rules={})


def waiting(first: int, days: int = 150, interval: float = 30, **lab: Any) -> Programme:
    """A cargo service from a day on, none of whose flights is made before the laboratory of day 20 is there."""
    row = dataclasses.replace(service("truck", interval, first), after="lab", stay=q(5, "d"))
    programme = small(days, services={"truck": row}, rules={})
    return more(programme, elements={"lab": coming("lab", "core", 8000, LAB_DAY, **lab)})


# Stay ---------------------------------------------------------------------------------------------------------------


def test_people_are_aboard_during_the_visits_alone() -> None:
    run = Run(visited())
    crew = [float(run.to(day).crew[0]) for day in range(200)]
    visits = [day for begin in (10, 70, 130, 190) for day in range(begin, begin + 14)]
    assert [day for day in range(200) if crew[day] > 0] == [day for day in visits if day < 200]
    assert set(crew) == {0.0, 4.0}


def test_a_visit_ends_because_its_time_is_over() -> None:
    state = fly(visited(), NOMINAL)
    assert days(state, "docking") == [10, 70, 130, 190] and days(state, "undocking") == [24, 84, 144]
    assert {row.value for row in of(state, "undocking")} == {4.0}
    assert days(state, "crew-ordered-off") == []


def test_without_a_stay_a_crew_is_relieved_by_the_next_one() -> None:
    programme = visited(stay=q(0, "d"))
    assert days(fly(programme, NOMINAL), "undocking") == [76, 136, 196]


def test_a_stay_in_sampled_futures_is_as_long() -> None:
    state = fly(visited(), MANY)
    for lane in range(40):
        came, left = days(state, "docking", lane), days(state, "undocking", lane)
        assert left == [day + 14 for day in came if day + 14 < 200]
    assert len({tuple(days(state, "docking", lane)) for lane in range(40)}) > 20


def test_the_stay_of_a_service_goes_before_that_of_its_type() -> None:
    # A truck usually stays for 40 days.
    for stay, left in ((0, 45), (5, 10), (70, 75)):
        row = dataclasses.replace(service("truck", 300, 5), stay=q(stay, "d"))
        state = fly(small(100, services={"truck": row}, rules={}), NOMINAL)
        assert days(state, "undocking") == [left]


def test_a_visit_on_record_is_over_when_it_was() -> None:
    programme = visited(120, first=on(0))
    ship = flight("visit", "taxi", 5, "front", 26, crew_up=(("a", 4),), crew_down=(("a", 4),))
    state = fly(recorded(more(programme, flights={"visit": ship}), 40), NOMINAL)
    # The next one comes sixty days after the last.
    assert days(state, "docking") == [5, 65] and days(state, "undocking") == [26, 79]


def test_a_visit_that_began_before_the_run_ends_in_time() -> None:
    ship = flight("visit", "taxi", -4, "front", crew_up=(("a", 4),))
    programme = more(visited(120, first=on(56)), flights={"visit": ship})
    state = fly(dataclasses.replace(programme, people=people("a", "visit", -4, 4)), NOMINAL)
    assert days(state, "undocking/visit") == [10]


# The element that a service waits for -------------------------------------------------------------------------------


def test_where_the_element_is_in_time_its_service_keeps_its_days() -> None:
    assert days(fly(waiting(25), NOMINAL), "docking") == [25, 55, 85, 115, 145]


def test_the_flights_are_late_by_as_much_as_the_element() -> None:
    programme = waiting(25, slip=q(15, "d"))
    truck = dataclasses.replace(programme.vehicles["truck"], slip=q(0, "d"), failures=q(0))
    state = fly(more(programme, vehicles={"truck": truck}), MANY)
    late = [int(day) - LAB_DAY for day in state.arrives["lab"].tolist()]
    assert len(set(late)) > 10 and min(late) >= 0
    for lane in range(40):
        expected = [day + late[lane] for day in (25, 55, 85, 115, 145)]
        assert days(state, "docking", lane) == [day for day in expected if day < 150]


def test_no_flight_is_made_before_the_element_is_there() -> None:
    state = fly(waiting(LAB_DAY, slip=q(15, "d"), failures=q(0.3), replacement=q(40, "d")), MANY)
    first = [min(days(state, "docking", lane), default=999) for lane in range(40)]
    came = [days(state, "element-attached/lab", lane) for lane in range(40)]
    assert all(day >= there[0] for day, there in zip(first, came, strict=True))
    # The ship itself slips by some days; now and then it comes on the very day.
    assert 0 <= min(day - there[0] for day, there in zip(first, came, strict=True)) < 5


def test_a_flight_that_was_planned_for_the_days_before_it_is_never_made() -> None:
    # Flights on days 5 and 15 lie before the day of the laboratory.
    programme = waiting(5, interval=10, days=60)
    assert [row.day for row in flight_queue(programme)] == [5, 15, 25, 35, 45, 55]
    state = fly(programme, NOMINAL)
    assert days(state, "docking") == [25, 35, 45, 55]
    assert days(state, "port-blocked") == []


def test_to_a_station_whose_element_was_lost_nobody_flies() -> None:
    state = fly(waiting(25, failures=q(0.5)), MANY)
    lost = [bool(days(state, "element-lost", lane)) for lane in range(40)]
    assert 10 < sum(lost) < 30
    assert [not days(state, "docking", lane) for lane in range(40)] == lost


def test_a_service_that_waits_for_an_old_element_waits_for_nothing() -> None:
    programme = waiting(5)
    row = dataclasses.replace(programme.services["truck"], after="truss")
    assert days(fly(dataclasses.replace(programme, services={"truck": row}), NOMINAL), "docking")[0] == 5


def test_a_flight_is_as_late_in_any_company() -> None:
    programme = waiting(25, slip=q(15, "d"))
    wide, alone = fly(programme, MANY), fly(programme, sampled([3, 38]))
    for place, lane in enumerate((3, 38)):
        assert days(alone, "docking", place) == days(wide, "docking", lane - 1)
        assert [row.key for row in events(alone, place)] == [row.key for row in events(wide, lane - 1)]


def test_a_service_waits_for_an_element_that_comes_after_the_run() -> None:
    programme = waiting(5, days=60)
    late = coming("lab", "core", 8000, 90)
    state: State = fly(more(programme, elements={"lab": late}), NOMINAL)
    assert days(state, "docking") == []


def test_a_flight_that_never_comes_costs_no_table_of_days(monkeypatch: pytest.MonkeyPatch) -> None:
    arange = np.arange

    def short(*bounds: float) -> Any:
        assert max(bounds) < 1e6, "a table of more than a million days"
        return arange(*bounds)

    monkeypatch.setattr(calendar.np, "arange", short)
    found = Calendar(np.array([[3.0, NEVER], [NEVER + 17.0, 5.0]]))
    assert [found.on(day).tolist() for day in range(8)] == [[], [], [], [0], [], [3], [], []]


def test_a_service_does_not_fly_for_an_element_that_found_nothing_to_hang_on() -> None:
    programme = waiting(45)
    row = dataclasses.replace(programme.services["truck"], after="tail")
    programme = dataclasses.replace(
        programme, services={"truck": row}, departure=exit_of_b("separates", 30, cut="engine-block")
    )
    state = fly(more(programme, elements={"tail": coming("tail", "engine-block", 3000, 40)}), NOMINAL)
    assert days(state, "element-lost/tail") == [40]
    assert days(state, "docking") == []
