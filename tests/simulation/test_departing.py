"""Which ships make room for one that waits, and what their leaving rests on."""

from __future__ import annotations

import dataclasses

from cupola.programme.programme import Programme
from cupola.simulation import simulate
from cupola.simulation.departing import flown_by
from cupola.simulation.queue import Planned
from support.nouns import flight as record
from support.nouns import on, q
from support.small_station import small
from support.told import rows

DAY_S = 86_400.0


def crowded(stay: float) -> Programme:
    """A station with one port for cargo, at which trucks stay for so long and come every 60 days."""
    programme = small(300)
    truck = dataclasses.replace(
        programme.vehicles["truck"], usual_stay=q(stay * DAY_S), max_stay=q(0.0), ports=("front",), slip=q(0.0)
    )
    line = dataclasses.replace(programme.services["truck"], first=on(20), interval=q(60 * DAY_S), stay=q(stay * DAY_S))
    only = {key: row for key, row in programme.flights.items() if row.vehicle != "truck"}
    return dataclasses.replace(
        programme,
        vehicles=programme.vehicles | {"truck": truck},
        services={"truck": line},
        flights=only,
    )


def test_a_ship_that_has_outstayed_makes_room_and_the_reason_is_the_one_that_comes() -> None:
    tables = simulate(crowded(200.0))
    stays = [row for row in rows(tables, "stays") if row["vehicle"] == "truck" and row["left"] is not None]
    assert stays and stays[0]["left"] - stays[0]["arrived"] == 60
    left = [
        row for row in rows(tables, "events") if row["kind"] == "undocking" and row["subject"] == stays[0]["flight"]
    ]
    assert [row["because"] for row in left] == ["fact/services.truck"]


def test_a_ship_that_is_to_stay_for_years_makes_room_for_none() -> None:
    tables = simulate(crowded(900.0))
    stays = [row for row in rows(tables, "stays") if row["vehicle"] == "truck"]
    assert len(stays) == 1 and stays[0]["left"] is None
    assert any(row["kind"] == "port-blocked" for row in rows(tables, "events"))


def test_a_flight_is_brought_by_its_record_or_its_line() -> None:
    flight = Planned("a-1", "A 1", "truck", "line", 3, (), "")
    assert flown_by(flight) == "fact/services.line"
    known = dataclasses.replace(flight, recorded=record("a-1", "truck", 3))
    assert flown_by(known) == "fact/flights.a-1"


def test_crews_fly_to_a_station_that_sinks_until_it_is_low() -> None:
    programme = small(300)
    sinking = dataclasses.replace(programme.deorbit, begin=on(50), crew_off=q(100_000.0))
    tables = simulate(dataclasses.replace(programme, deorbit=sinking))
    crewed = {key for key, row in programme.vehicles.items() if row.crewed}
    arrived = [
        row["arrived"] for row in rows(tables, "stays") if row["vehicle"] in crewed and row["arrived"] is not None
    ]
    assert max(arrived) > 100
