"""The recorded past of a run: its flights are flown as they were, on their day, at their port, or never arrive."""

from __future__ import annotations

import dataclasses

import pytest

from cupola.simulation.clock import fly, simulate
from support.nouns import flight, on, q, service
from support.past import FLOWN, TODAY, past, stays
from support.small_station import more
from support.told import NOMINAL, Run, days, events, of, rows, sampled

# Day, port and leaving ----------------------------------------------------------------------------------------------


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


# What never arrived -------------------------------------------------------------------------------------------------


def test_a_launch_failure_is_said_and_never_docks() -> None:
    lost = flight("lost", "truck", None, launched=12, outcome="lost", dry_cargo=500.0)
    state = fly(past(lost, flight("next", "truck", 20, "front", 40)), sampled(range(1, 6)))
    for lane in range(5):
        told = of(state, "launch-failed", lane)
        assert [(row.day, row.key, row.because) for row in told] == [(12, "launch-failed/lost", ("fact/flights.lost",))]
        assert [row.key for row in of(state, "docking", lane)] == ["docking/next"]
        assert "port-blocked/lost" not in {row.key for row in events(state, lane)}
