"""The forecast of 2022 is scored against what followed: every row can be computed, and none was left out."""

from __future__ import annotations

import importlib
import math
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

VALIDATION = Path(__file__).resolve().parents[1] / "validation"
ROWS = {
    "forecast_altitude": 1,
    "forecast_flights": 1,
    "forecast_crew": 1,
    "forecast_cargo": 2,
    "forecast_reboosts": 3,
    "forecast_propellant": 1,
    "forecast_life_support": 3,
    "station_mass": 2,
}


@pytest.fixture(scope="module")
def measures() -> ModuleType:
    """The comparisons, imported by their plain names as the tool does that writes the scoreboard."""
    if str(VALIDATION) not in sys.path:
        sys.path.insert(0, str(VALIDATION))
    return importlib.import_module("measures_simulation")


@pytest.fixture(scope="module")
def rows(measures: ModuleType) -> dict[str, list[Any]]:
    return {name: getattr(measures, name)() for name in ROWS}


def test_every_comparison_is_registered_for_the_scoreboard(measures: ModuleType) -> None:
    registered = importlib.import_module("scoreboard").MEASURES
    assert {name for name in registered if registered[name].__module__ == measures.__name__} == set(ROWS)


def test_every_row_has_a_residual_and_fits_a_table(rows: dict[str, list[Any]]) -> None:
    assert {name: len(found) for name, found in rows.items()} == ROWS
    for row in (row for found in rows.values() for row in found):
        assert math.isfinite(row.residual) and row.residual >= 0.0, row.what
        assert row.naive is None or (math.isfinite(row.naive) and row.baseline), row.what
        assert not any("|" in text for text in (row.what, row.source, row.measured, row.expected, row.baseline))


def test_the_forecast_knows_nothing_of_what_followed(measures: ModuleType) -> None:
    programme = measures.forecast().programme
    flown = [row for row in programme.flights.values() if row.outcome != "planned"]
    assert programme.departure is None
    assert max(row.launched for row in flown) <= measures.AS_OF < measures.KNOWN
    assert max(row.day for row in programme.altitudes) <= measures.AS_OF


def test_with_the_ships_that_were_there_the_mass_is_that_of_the_headers(rows: dict[str, list[Any]]) -> None:
    """The one row that forecasts no traffic; the measured error is 0.5 t of 450."""
    by_tables = rows["station_mass"][1]
    assert by_tables.residual < 2.0
    assert by_tables.residual < by_tables.naive
