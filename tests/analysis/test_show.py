"""The station on one day."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest

from cupola.analysis.show import station_on, station_on_run
from cupola.programme.programme import Programme

D = dt.date
KEYS = ["scenario", "date", "as_of", "elements", "docked", "crew_aboard", "crew", "mass_kg", "altitude_km", "stores"]


def test_a_day_of_the_record(programme: Programme) -> None:
    found = station_on(programme, D(2029, 12, 15))
    assert list(found)[: len(KEYS)] == KEYS
    assert (found["scenario"], found["date"], found["as_of"]) == ("small", "2029-12-15", "2030-01-01")
    assert found["elements"][0] == {
        "id": "core",
        "name": "Module core",
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


def test_a_move_counts_from_its_day(programme: Programme) -> None:
    ships = station_on(programme, D(2029, 12, 20))["docked"]
    assert {ship["vehicle"]: ship["since"] for ship in ships}["Flight t1"] == "2029-12-20"


def test_before_the_first_element_there_is_nothing(programme: Programme) -> None:
    found = station_on(programme, D(2019, 1, 1))
    assert (found["elements"], found["crew_aboard"], found["mass_kg"]) == ([], 0, 0.0)


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
