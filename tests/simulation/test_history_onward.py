"""Orders and the orbit under the record, and what comes after it."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest

from cupola.programme.programme import MeanAltitude, Programme
from cupola.simulation.clock import fly
from cupola.simulation.queue import flight_queue
from support.nouns import SOURCE, flight, on, people, q, rule, service
from support.past import CREWS, FLOWN, TODAY, past, stays
from support.small_station import more, recorded, small
from support.told import NOMINAL, Run, days, events, of, sampled


def test_nobody_is_ordered_off_before_the_record_ends() -> None:
    # Nobody trained by b is aboard, and the rule says that then all must leave at once.
    programme = past(
        flight("one", "taxi", 5, "front", crew_up=(("a", 3),)),
        rules={"trained-b": rule("trained-b", "trained", "b", 1, "1", "abandon")},
    )
    state = fly(programme, NOMINAL)
    assert days(state, "rule-crossed/trained-b") == [5]
    assert days(state, "crew-ordered-off") == [TODAY]
    assert days(state, "undocking/one") == [TODAY + 10]
    assert of(state, "crew-left")[0].day == TODAY + 10


def crewed(today: int = 5, **changes: Any) -> Programme:
    """Three people of a have been there for five days when the run begins; its record ends some days later."""
    programme = past(flight("one", "taxi", -5, "front"), people=people("a", "one", -5, 3), today=today, days=60)
    return dataclasses.replace(programme, **changes)


def test_a_station_that_is_too_low_when_the_record_ends_is_left() -> None:
    programme = crewed()
    orbit = dataclasses.replace(programme.orbit, altitude=q(320, "km"))
    policy = dataclasses.replace(programme.orbit_policy, altitude=q(320, "km"))
    # The crew leaves below 330 km.
    assert days(fly(crewed(orbit=orbit, orbit_policy=policy), NOMINAL), "crew-ordered-off") == [5]


def test_a_station_without_control_is_left_when_the_record_ends() -> None:
    run = Run(crewed())
    state = run.to(2)
    state.lose_attitude(state.alive.copy(), state.recorder.code("attitude-lost/station"))
    run.to(30)
    assert days(state, "power-lost") == [2] and days(state, "crew-ordered-off") == [5]
    assert days(state, "undocking/one") == [6]


def test_a_station_without_food_is_left_when_the_record_ends() -> None:
    programme = crewed(10)
    stores = {key: row for key, row in programme.stores.items() if row.commodity != "food"}
    state = fly(dataclasses.replace(programme, stores=stores), NOMINAL)
    assert days(state, "crew-ordered-off") == [10] and days(state, "undocking/one") == [11]
    assert of(state, "crew-ordered-off")[0].because == ("store-empty/food",)


def test_the_orbit_follows_the_altitude_on_record() -> None:
    programme = past(flight("tug-1", "tug", 1, "back", 59, operator="b", propellant=1000.0))
    heights = tuple(MeanAltitude(on(day), height, SOURCE) for day, height in ((0, 415e3), (40, 423e3), (TODAY, 423e3)))
    run = Run(dataclasses.replace(programme, altitudes=heights))
    # The policy's altitude is 415 km with a band of 2 km; on record the orbit was raised by 8 km in 40 days.
    found = [float(run.to(day).altitude[0]) for day in (0, 20, 40, 59)]
    assert found[0] == pytest.approx(415e3, abs=300.0)
    assert found[1] == pytest.approx(419e3, abs=2600.0) and found[1] > 416.5e3
    assert found[2] == pytest.approx(423e3, abs=2600.0) and found[3] == pytest.approx(423e3, abs=2600.0)
    # After the record it sinks to the policy's.
    assert not [day for day in days(run.to(89), "reboost") if day > TODAY]


def test_after_the_record_the_services_go_on_from_their_last_flight() -> None:
    programme = past(
        flight("truck-1", "truck", 5, "front", 31),
        flight("truck-2", "truck", 45, "top"),
        services={"truck": service("truck", 30, 2), "taxi": service("taxi", 25, 3, (("a", 2),))},
        days=150,
    )
    queue = [(row.id, row.day) for row in flight_queue(programme) if row.recorded is None]
    # The truck goes on 30 days after its last flight; the taxi, which never flew, keeps its rhythm from day 3.
    on_the_day = dataclasses.replace(programme, services={"taxi": service("taxi", 30, TODAY, (("a", 2),))})
    assert [row.day for row in flight_queue(on_the_day) if row.recorded is None] == [90, 120]
    assert [day for key, day in queue if key.startswith("truck")] == [75, 105, 135]
    assert [day for key, day in queue if key.startswith("taxi")] == [78, 103, 128]
    alone = dataclasses.replace(programme, services={"truck": programme.services["truck"]})
    assert days(fly(alone, NOMINAL), "docking") == [5, 45, 75, 105, 135]


def test_between_the_end_of_the_record_and_the_as_of_day_the_plan_is_flown() -> None:
    line = dataclasses.replace(service("truck", 30, 2), stay=q(10, "d"))
    ship = flight("truck-1", "truck", 5, "front", 15)
    programme = small(100, services={"truck": line}, rules={}, flights={"truck-1": ship}, as_of=on(80))
    state = fly(programme, NOMINAL)
    assert state.model.recorded == 15
    assert days(state, "docking") == [5, 35, 65, 95]
    # Where the record reaches to the as-of day, nothing else came until then; the line is overdue and comes soon after.
    assert days(fly(recorded(programme, 80), NOMINAL), "docking") == [5, 87]


def test_a_planned_flight_comes_after_the_record_alone() -> None:
    planned = {
        "soon": flight("soon", "truck", None, "top", launched=TODAY + 9, outcome="planned"),
        "late": flight("late", "truck", None, "top", launched=TODAY - 9, outcome="planned"),
    }
    programme = more(past(*FLOWN), flights=planned)
    known = [(row.id, row.recorded is not None) for row in flight_queue(programme)]
    assert known == [*((row.id, True) for row in FLOWN), ("soon", False)]


def test_a_crew_on_record_is_relieved_by_the_service_that_goes_on() -> None:
    programme = past(
        flight("one", "taxi", 40, "front", crew_up=(("a", 4),)),
        services={"taxi": service("taxi", 30, 3, (("a", 4),))},
        days=110,
    )
    found = stays(programme)
    assert found["one"] == [("front", 40, 76)]
    assert found["taxi-2022-10-1"][0][1] == 70


def test_what_the_record_holds_does_not_depend_on_other_futures() -> None:
    programme = past(*CREWS, people=people("a", "first", -20, 3), services=small().services, days=120)
    wide, alone = fly(programme, sampled(range(1, 41))), fly(programme, sampled([7, 31]))
    for place, lane in enumerate((7, 31)):
        assert events(alone, place) == events(wide, lane - 1)
        assert alone.altitude[place] == wide.altitude[lane - 1]


def test_the_state_of_a_free_port_is_that_of_the_first_morning() -> None:
    fresh, state = Run(past()).state, Run(past(*FLOWN)).to(TODAY + 5)
    for name in ("port_flight", "port_vehicle", "port_service", "port_due", "port_seats", "port_mass", "people"):
        assert np.array_equal(getattr(state, name), getattr(fresh, name)), name
