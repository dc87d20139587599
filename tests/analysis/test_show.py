"""The station on one day."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest

from cupola.analysis.show import station_on, station_on_run
from cupola.base.errors import DomainError
from cupola.programme.programme import Programme
from cupola.programme.record import Expedition, Happening

D = dt.date
KEYS = ["scenario", "date", "as_of", "elements", "docked", "crew_aboard", "visitors", "crew"]


def test_a_day_of_the_record(programme: Programme) -> None:
    found = station_on(programme, D(2029, 12, 15))
    assert list(found)[: len(KEYS)] == KEYS
    assert (found["scenario"], found["date"], found["as_of"]) == ("small", "2029-12-15", "2030-01-01")
    assert found["elements"][0] == {
        "id": "core",
        "name": "Module core",
        "host": "",
        "owner": "b",
        "operator": "b",
        "mass_kg": 10_000.0,
    }
    assert found["docked"] == [
        {"vehicle": "Flight c1", "port": "p1", "since": "2029-11-01"},
        {"vehicle": "Flight t1", "port": "p2", "since": "2029-12-01"},
    ]
    assert (found["crew_aboard"], found["crew"]) == (2, ["Ada", "Ben"])
    # Two elements, two ships, 600 kg of propellant, 400 kg of food and 500 kg that no row lists.
    assert found["mass_kg"] == 2 * 10_000.0 + 2 * 7_000.0 + 600.0 + 400.0 + 500.0
    assert found["stores"] == {"propellant": 600.0, "food": 400.0}


@pytest.mark.parametrize(
    ("day", "altitude", "note"),
    [
        (D(2029, 12, 1), 410.0, ""),
        (D(2029, 12, 6), 409.5, ""),
        (D(2030, 1, 20), 412.0, "interpolated over 80 days"),
        (D(2030, 3, 20), 415.0, "that of 2030-03-01"),
        (D(2030, 6, 1), None, "92 days before"),
        (D(2029, 11, 1), None, "no mean altitude is recorded"),
    ],
)
def test_the_altitude_says_where_it_is_uncertain(
    programme: Programme, day: dt.date, altitude: float | None, note: str
) -> None:
    found = station_on(programme, day)
    assert found["altitude_km"] == altitude
    assert note in found.get("note", "")
    assert ("mean altitude" in found.get("note", "")) == bool(note)


def test_far_from_the_epoch_the_mass_is_approximate(programme: Programme) -> None:
    lab = dataclasses.replace(programme.elements["lab"], attached=D(2025, 1, 1))
    young = dataclasses.replace(programme, elements={**programme.elements, "lab": lab})
    found = station_on(young, D(2024, 1, 1))
    # One of the two elements, its tank, and half of the mass that no row lists.
    assert found["mass_kg"] == 10_000.0 + 600.0 + 250.0
    assert "approximate" in found["note"]
    assert "note" not in station_on(programme, D(2029, 12, 11))


def test_ships_that_no_published_total_counts_stand_apart(programme: Programme) -> None:
    apart = dataclasses.replace(programme.vehicles["tug"], counted=False)
    found = station_on(dataclasses.replace(programme, vehicles={**programme.vehicles, "tug": apart}), D(2029, 12, 15))
    assert found["mass_without_ships_kg"] == 2 * 10_000.0 + 600.0 + 400.0 + 500.0
    assert found["mass_kg"] == found["mass_without_ships_kg"] + 7_000.0
    assert found["mass_together_kg"] == found["mass_without_ships_kg"] + 14_000.0


def test_an_element_hangs_where_it_was_moved_to(programme: Programme) -> None:
    moves = ((D(2029, 1, 1), "core"), (D(2029, 6, 1), "other"))
    lab = dataclasses.replace(programme.elements["lab"], host="other", moves=moves)
    other = dataclasses.replace(programme.elements["core"], id="other", host="core")
    held = dataclasses.replace(programme, elements={**programme.elements, "lab": lab, "other": other})
    hosts = {
        day: {row["id"]: row["host"] for row in station_on(held, day)["elements"]}["lab"]
        for day in (D(2029, 5, 31), D(2029, 6, 1))
    }
    assert list(hosts.values()) == ["core", "other"]


def test_people_whom_no_row_names_are_counted_as_visitors(programme: Programme) -> None:
    flight = dataclasses.replace(programme.flights["c1"], crew_up=(("a", 2), ("b", 3)))
    held = dataclasses.replace(programme, flights={**programme.flights, "c1": flight})
    found = station_on(held, D(2029, 12, 15))
    # Ada and Ben are named, one of each partner.
    assert (found["crew_aboard"], found["visitors"]) == (2 + 3, 3)


def test_the_last_happenings_and_the_expedition_of_the_day(programme: Programme) -> None:
    rows = [
        Happening(f"h{day}", D(2029, 11, day), "reboost", "Tug", f"burn {day}", 1.5, "m/s", "invented", "K", "")
        for day in range(1, 9)
    ]
    crews = {
        "one": Expedition("one", "Crew one", D(2029, 1, 1), D(2029, 12, 1), "Ada", "invented", "K", ""),
        "two": Expedition("two", "Crew two", D(2029, 12, 1), None, "Ben", "invented", "K", ""),
    }
    held = dataclasses.replace(programme, chronicle={row.id: row for row in rows}, expeditions=crews)
    found = station_on(held, D(2029, 11, 7))
    assert [row["day"] for row in found["chronicle"]] == [f"2029-11-0{day}" for day in (7, 6, 5, 4, 3, 2)]
    assert (found["chronicle"][0]["value"], found["chronicle"][0]["unit"]) == (1.5, "m/s")
    assert [row["name"] for row in found["expeditions"]] == ["Crew one"]
    assert [row["commander"] for row in station_on(held, D(2029, 12, 1))["expeditions"]] == ["Ben"]


def test_who_commands_later_is_not_told_before_it_is_known(programme: Programme) -> None:
    crew = Expedition("one", "Crew one", D(2029, 1, 1), D(2029, 12, 1), "Ada > Ben", "invented", "K", "")
    told = []
    for as_of in (D(2029, 6, 1), D(2029, 12, 1)):
        held = dataclasses.replace(programme, as_of=as_of, expeditions={"one": crew})
        told += [row["commander"] for row in station_on(held, D(2029, 6, 1))["expeditions"]]
    assert told == ["Ada at its beginning", "Ada, then Ben"]


def test_a_move_counts_from_its_day(programme: Programme) -> None:
    ships = station_on(programme, D(2029, 12, 20))["docked"]
    assert {ship["vehicle"]: ship["since"] for ship in ships}["Flight t1"] == "2029-12-20"


def test_before_the_first_element_there_is_no_station(programme: Programme) -> None:
    with pytest.raises(DomainError, match=r"2019-01-01 is before the station exists; .* on 2020-01-01"):
        station_on(programme, D(2019, 1, 1))


def test_an_element_hangs_on_nothing_before_its_host_has_come(programme: Programme) -> None:
    lab = dataclasses.replace(programme.elements["lab"], launched=D(2019, 1, 1), attached=D(2019, 1, 1))
    held = dataclasses.replace(programme, elements={**programme.elements, "lab": lab})
    hosts = [{row["id"]: row["host"] for row in station_on(held, D(year, 6, 1))["elements"]} for year in (2019, 2020)]
    assert [row["lab"] for row in hosts] == ["", "core"]


def test_the_expedition_after_this_one_is_named_where_its_first_day_is_not_known(programme: Programme) -> None:
    crews = {
        "one": Expedition("one", "Crew one", D(2029, 1, 1), None, "Ada", "s", "F", ""),
        "two": Expedition("two", "Crew two", None, None, "", "s", "K", ""),
    }
    (row,) = station_on(dataclasses.replace(programme, expeditions=crews), D(2029, 6, 1))["expeditions"]
    assert (row["name"], row["undated_next"]) == ("Crew one", "Crew two")


def test_a_day_of_a_run(programme: Programme, case_tables: dict[str, dict[str, list[Any]]]) -> None:
    found = station_on_run(programme, case_tables, D(2031, 1, 1))
    assert list(found)[: len(KEYS)] == KEYS
    assert found["docked"] == [{"vehicle": "Flight c10", "port": "p2", "since": "2030-09-01"}]
    assert (found["crew_aboard"], found["altitude_km"], found["mass_kg"]) == (3, 409.0, 30_000.0)
    assert "rules kept" in found["note"]


def test_a_day_of_a_run_after_a_cut(programme: Programme, case_tables: dict[str, dict[str, list[Any]]]) -> None:
    row = (99, 0, D(2031, 1, 1), "separated", "lab", "separated/lab", None, "", "", "")
    for cells, value in zip(case_tables["events"].values(), row, strict=True):
        cells.append(value)
    assert [row["id"] for row in station_on_run(programme, case_tables, D(2031, 1, 1))["elements"]] == ["core"]
    assert len(station_on_run(programme, case_tables, D(2030, 12, 31))["elements"]) == 2
