"""The recorded past of a run: its flights are flown as they were, and after it the services go on."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest

from cupola.programme.programme import MeanAltitude, Programme
from cupola.programme.traffic import Flight
from cupola.simulation.clock import fly, simulate
from cupola.simulation.history import History
from cupola.simulation.queue import flight_queue
from cupola.simulation.state import NEVER
from support.small_station import (
    SOURCE,
    flight,
    more,
    on,
    people,
    port,
    q,
    recorded,
    rule,
    service,
    small,
)
from support.told import NOMINAL, Run, days, events, of, rows, sampled

TODAY = 60
"""The as-of day, as a day of the run"""
Crew = tuple[tuple[str, int], ...]


def past(*flights: Flight, days: int = 90, today: int = TODAY, **changes: Any) -> Programme:
    """A run that began before its as-of day, with these flights on record and nobody else to come."""
    programme = small(days, **({"services": {}, "rules": {}, "flights": {row.id: row for row in flights}} | changes))
    low = port("low", "core", "round")
    return more(recorded(programme, today), ports={"low": low})


def stays(programme: Programme) -> dict[str, list[tuple[str, int, int | None]]]:
    """Port, arrival and leaving of each flight of the nominal future, by flight."""
    found: dict[str, list[tuple[str, int, int | None]]] = {}
    for row in rows(simulate(programme, NOMINAL), "stays"):
        found.setdefault(row["flight"], []).append((row["port"], row["arrived"], row["left"]))
    return found


# Day, port and leaving --------------------------------------------------------------------------------------------


FLOWN = (
    flight("truck-1", "truck", 5, "front", 31),
    flight("taxi-1", "taxi", 8, "low", 50),
    flight("capsule-1", "capsule", 12, "side", 14, operator="b"),
    flight("tug-1", "tug", 30, "back", 59, operator="b"),
    flight("truck-2", "truck", 31, "front", 60),
)
"""A ship may come on the day on which another leaves its port; the taxi docks where its type usually does not."""


def test_a_flight_on_record_keeps_its_day_its_port_and_its_leaving() -> None:
    expected = {row.id: [(row.port, (row.docked - on(0)).days, (row.undocked - on(0)).days)] for row in FLOWN}  # type: ignore[operator]
    assert stays(past(*FLOWN)) == expected


def test_what_counts_is_the_day_of_docking_up_to_the_last_day_of_the_record() -> None:
    programme = past(
        flight("slow", "truck", 9, "front", 20, launched=2), flight("last", "truck", TODAY, "top", launched=TODAY - 2)
    )
    assert {key: row[0][1] for key, row in stays(programme).items()} == {"slow": 9, "last": TODAY}


def test_a_ship_on_its_way_when_the_record_ends_arrives() -> None:
    programme = past(flight("away", "truck", TODAY + 2, "front", launched=TODAY - 1))
    assert days(fly(programme, NOMINAL), "docking/away") == [TODAY + 2]


def test_it_does_so_in_every_future_however_much_its_type_slips_and_fails() -> None:
    programme = past(*FLOWN)
    wild = {key: dataclasses.replace(row, slip=q(90, "d"), failures=q(1)) for key, row in programme.vehicles.items()}
    state = fly(more(programme, vehicles=wild), sampled(range(1, 21)))
    nominal = [row for row in events(fly(programme, NOMINAL)) if "docking/" in row.key]
    assert len(nominal) == 2 * len(FLOWN)
    for lane in range(20):
        assert [(row.day, row.key) for row in events(state, lane) if "docking/" in row.key] == [
            (row.day, row.key) for row in nominal
        ]
        assert days(state, "launch-failed", lane) == []


def test_arrival_and_leaving_rest_on_the_record() -> None:
    state = fly(past(*FLOWN), NOMINAL)
    assert {row.because for row in events(state) if row.key.endswith("docking/taxi-1")} == {("fact/flights.taxi-1",)}
    assert days(state, "docking/taxi-1") + days(state, "undocking/taxi-1") == [8, 50]


def test_its_stays_are_marked_as_recorded_and_the_others_are_not() -> None:
    programme = past(*FLOWN, services={"truck": service("truck", 120, 20)}, days=200)
    marked = {row["flight"]: row["recorded"] for row in rows(simulate(programme, NOMINAL), "stays")}
    # The last dated truck came on day 31.
    assert {key for key, sure in marked.items() if sure} == {row.id for row in FLOWN}
    assert [key for key, sure in marked.items() if not sure] == ["truck-2022-12-1"]


def test_a_ship_of_the_first_day_leaves_when_it_did() -> None:
    programme = past(flight("old", "taxi", -100, "front", 25), flight("new", "truck", 25, "front", 40))
    assert stays(programme) == {"old": [("front", -100, 25)], "new": [("front", 25, 40)]}


def test_it_docks_even_where_control_is_lost() -> None:
    run = Run(past(*FLOWN))
    run.to(3).controlled[...] = False
    assert days(run.to(20), "docking") == [5, 8, 12]


def test_it_takes_its_port_from_a_ship_that_the_record_forgot() -> None:
    programme = past(flight("old", "taxi", -3, "front"), flight("new", "truck", 9, "front", 40))
    assert stays(programme) == {"old": [("front", -3, 9)], "new": [("front", 9, 40)]}


def test_without_a_past_the_same_flights_are_no_part_of_the_run() -> None:
    programme = past(*FLOWN, today=0)
    assert stays(dataclasses.replace(programme, as_of=on(0))) == {}


def test_a_ship_still_docked_at_the_end_of_the_record_stays_until_then() -> None:
    # Its type usually stays for 40 days.
    assert stays(past(flight("truck-1", "truck", 5, "front"), days=100, today=80)) == {"truck-1": [("front", 5, 81)]}
    # Where less has passed, its usual stay counts.
    assert stays(past(flight("truck-1", "truck", 5, "front"), days=100, today=20)) == {"truck-1": [("front", 5, 45)]}


@pytest.mark.parametrize(("vehicle", "today"), [("truck", 80), ("taxi", 250)])
def test_a_ship_of_the_first_day_stays_until_the_end_of_the_record(vehicle: str, today: int) -> None:
    # A truck usually stays for 40 days, a taxi at most for 200.
    found = stays(past(flight("old", vehicle, -10, "front"), days=today + 20, today=today))
    assert found["old"][0][2] is None or found["old"][0][2] > today


# Moves ----------------------------------------------------------------------------------------------------------------


def test_a_ship_moves_from_port_to_port_and_another_takes_its_place() -> None:
    programme = past(
        flight("taxi-1", "taxi", 8, "front", 50, moves=((20, "top"), (35, "low"))),
        flight("truck-1", "truck", 20, "front", 45),
    )
    assert stays(programme) == {
        "taxi-1": [("front", 8, 20), ("top", 20, 35), ("low", 35, 50)],
        "truck-1": [("front", 20, 45)],
    }


def test_of_two_moves_of_a_day_the_one_whose_port_is_free_goes_first() -> None:
    programme = past(
        flight("a", "taxi", 8, "front", 50, moves=((20, "top"),)),
        flight("b", "truck", 9, "top", 45, moves=((20, "low"),)),
    )
    assert stays(programme) == {
        "a": [("front", 8, 20), ("top", 20, 50)],
        "b": [("top", 9, 20), ("low", 20, 45)],
    }


def test_a_ship_of_the_first_day_moves_too_with_all_that_is_in_it() -> None:
    run = Run(past(flight("old", "tug", -10, "back", 40, moves=((15, "side"),), operator="b")))
    state = run.to(14)
    back, side = (state.model.ports.index(key) for key in ("back", "side"))
    tanks = [state.ledger.level(f"ship/{key}") for key in ("back", "side")]
    names = ("port_flight", "port_vehicle", "port_service", "port_due", "port_since", "port_seats", "port_mass")
    held = [float(getattr(state, name)[back, 0]) for name in names]
    fuel, mass = float(tanks[0][0]), state.mass.copy()
    assert held[0] == 0.0 and fuel == 200.0 and tanks[1][0] == 0.0
    state.recorder.day = state.day = 15
    run.processes["Traffic"].tick(15)
    assert [float(getattr(state, name)[side, 0]) for name in names] == held
    assert [float(getattr(state, name)[back, 0]) for name in names] == [-1, -1, -1, NEVER, NEVER, 0.0, 0.0]
    assert (float(tanks[0][0]), float(tanks[1][0])) == (0.0, fuel)
    state.weigh()
    assert state.mass == pytest.approx(mass, abs=2.0)


def test_its_people_move_with_it() -> None:
    programme = past(flight("old", "taxi", -10, "front", 40, moves=((15, "low"),)), people=people("b", "old", -10, 3))
    run = Run(programme)
    state = run.to(14)
    front, low, b = state.model.ports.index("front"), state.model.ports.index("low"), state.model.partners.index("b")
    assert state.people[front, b, 0] == 3.0
    run.to(15)
    assert state.people[front, b, 0] == 0.0 and state.people[low, b, 0] == 3.0 and state.crew[0] == 3.0
    run.to(40)
    assert days(state, "undocking/old") == [40] and state.crew[0] == 0.0


def test_a_move_into_a_port_that_stays_taken_is_left_out() -> None:
    programme = past(
        flight("a", "taxi", 8, "front", 50, moves=((20, "top"),)),
        flight("b", "truck", 9, "top", 45),
    )
    assert stays(programme) == {"a": [("front", 8, 50)], "b": [("top", 9, 45)]}


def test_what_is_moved_after_the_record_is_not_known() -> None:
    programme = past(flight("a", "taxi", 8, "front", moves=((TODAY + 5, "top"),)))
    assert History(Run(programme).state).moves == {}


# People ---------------------------------------------------------------------------------------------------------------


CREWS = (
    # Three of the first crew; one of them goes home only with the next ship, in the place of one who came with it.
    flight("first", "taxi", -20, "front", 15, crew_up=(("a", 3),), crew_down=(("a", 2),)),
    flight("second", "taxi", 10, "top", 30, crew_up=(("a", 2), ("b", 1)), crew_down=(("a", 3),)),
    # One of the second crew is still there and goes with the third, which leaves one of its own to the fourth.
    flight("third", "capsule", 20, "side", 42, operator="b", crew_up=(("b", 2),), crew_down=(("b", 2),)),
    flight("fourth", "taxi", 40, "low", 55, crew_up=(("a", 4),), crew_down=(("a", 3), ("b", 1))),
    # A visit that brings one more home than it brought.
    flight("visit", "taxi", 44, "front", 50, crew_up=(("a", 1),), crew_down=(("a", 2),)),
)


def aboard(day: int, partner: str) -> int:
    """By the record alone: all who came up to a day less all who went home."""
    came = [row.crew_up for row in CREWS if row.docked is not None and row.docked <= on(day)]
    went = [row.crew_down for row in CREWS if row.undocked is not None and row.undocked <= on(day)]
    return sum(dict(crew).get(partner, 0) for crew in came) - sum(dict(crew).get(partner, 0) for crew in went)


def test_the_number_of_people_aboard_is_right_on_every_day() -> None:
    run = Run(past(*CREWS, people=people("a", "first", -20, 3)), sampled(range(3)))
    counts = set()
    for day in range(TODAY):
        state = run.to(day)
        for row, partner in enumerate(state.model.partners):
            assert state.trained[row].tolist() == [aboard(day, partner)] * 3, f"day {day}, {partner}"
        counts.add(float(state.crew[0]))
        assert state.crew.tolist() == [aboard(day, "a") + aboard(day, "b")] * 3
    assert counts == {0.0, 3.0, 4.0, 5.0, 6.0, 7.0} and state.crew[0] == 0.0


def test_the_undocking_tells_how_many_went_home() -> None:
    state = fly(past(*CREWS, people=people("a", "first", -20, 3)), NOMINAL)
    told = {row.key: row.value for row in of(state, "undocking")}
    assert told == {f"undocking/{row.id}": float(sum(count for _, count in row.crew_down)) for row in CREWS}
    brought = {row.key: row.value for row in of(state, "docking")}
    assert brought == {f"docking/{row.id}": float(sum(count for _, count in row.crew_up)) for row in CREWS[1:]}


def test_who_stays_behind_needs_another_ship_with_seats() -> None:
    # Two would stay, but a cargo ship brings nobody home: they go with the ship that they came with.
    programme = past(
        flight("only", "taxi", 5, "front", 20, crew_up=(("a", 3),), crew_down=(("a", 1),)),
        flight("cargo", "truck", 6, "top", 50),
    )
    run = Run(programme)
    assert run.to(19).crew[0] == 3.0
    assert run.to(20).crew[0] == 0.0 and of(run.state, "undocking/only")[0].value == 3.0


def test_who_changes_ships_does_so_once() -> None:
    # Four go home where three came, and two other ships are there with two people each.
    others = [flight(key, "taxi", 6, key, 50, crew_up=(("a", 2),)) for key in ("top", "low")]
    one = flight("one", "taxi", 5, "front", 20, crew_up=(("a", 3),), crew_down=(("a", 4),))
    run = Run(past(one, *others))
    assert run.to(20).crew[0] == 3.0 and of(run.state, "undocking/one")[0].value == 4.0
    # Two go home where three came: the third is in one other ship, not in both.
    fewer = dataclasses.replace(one, crew_down=(("a", 2),))
    assert Run(past(fewer, *others)).to(20).crew[0] == 5.0


def test_no_more_go_home_than_are_there() -> None:
    programme = past(
        flight("one", "taxi", 5, "front", 20, crew_up=(("a", 1),), crew_down=(("a", 3), ("b", 1))),
        flight("other", "taxi", 6, "top", 50, crew_up=(("a", 1),), crew_down=(("a", 1),)),
    )
    run = Run(programme)
    state = run.to(20)
    assert state.crew[0] == 0.0 and (state.people >= 0.0).all()
    assert of(state, "undocking/one")[0].value == 2.0


def test_where_the_record_does_not_say_who_went_home_all_go_who_came() -> None:
    programme = past(
        flight("one", "taxi", 5, "front", 20, crew_up=(("a", 2), ("b", 1))),
        flight("other", "taxi", 6, "top", 50, crew_up=(("a", 1),)),
    )
    run = Run(programme)
    assert run.to(19).crew[0] == 4.0
    assert run.to(20).crew[0] == 1.0


def test_a_ship_on_record_relieves_nobody() -> None:
    # In the plan a crew leaves six days after the next one of its service came.
    programme = past(
        flight("one", "taxi", 5, "front", 50, crew_up=(("a", 2),)),
        flight("other", "taxi", 20, "top", 58, crew_up=(("a", 2),)),
        services={"taxi": service("taxi", 180, 200, (("a", 4),))},
    )
    assert stays(programme) == {"one": [("front", 5, 50)], "other": [("top", 20, 58)]}


def test_a_crew_that_no_row_names_is_aboard_from_the_first_day() -> None:
    programme = past(flight("old", "taxi", -10, "front", 30, crew_up=(("a", 2), ("b", 1))))
    run = Run(programme)
    assert run.to(29).trained[:, 0].tolist() == [2.0, 1.0]
    assert run.to(30).crew[0] == 0.0 and of(run.state, "undocking/old")[0].value == 3.0


# What never arrived ---------------------------------------------------------------------------------------------------


def test_a_launch_failure_is_said_and_never_docks() -> None:
    lost = flight("lost", "truck", None, launched=12, outcome="lost", dry_cargo=500.0)
    state = fly(past(lost, flight("next", "truck", 20, "front", 40)), sampled(range(1, 6)))
    for lane in range(5):
        told = of(state, "launch-failed", lane)
        assert [(row.day, row.key, row.because) for row in told] == [(12, "launch-failed/lost", ("fact/flights.lost",))]
        assert [row.key for row in of(state, "docking", lane)] == ["docking/next"]
        assert "port-blocked/lost" not in {row.key for row in events(state, lane)}


# Cargo ----------------------------------------------------------------------------------------------------------------


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


# Orders, orbit, and what comes after ----------------------------------------------------------------------------------


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
