"""The run's orbit flown again: it agrees where it should, and a wrong craft or a wrong burn shows."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cupola import flow
from cupola.analysis.orbit_check import OrbitCheck, check_orbit, told, write_check
from cupola.base.errors import DomainError
from cupola.programme.programme import Programme
from cupola.simulation import simulate

START = "2022-08-30"
LAST = dt.date(2022, 9, 12)
Tables = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def flown() -> tuple[Programme, Tables]:
    """Two weeks of the station on record, with one reboost in them."""
    programme = flow.load("iss", as_of="2022-12-01", settings=(f"span.start={START}", f"span.end={LAST}"))
    return programme, simulate(programme)


@pytest.fixture(scope="module")
def found(flown: tuple[Programme, Tables]) -> OrbitCheck:
    return check_orbit(*flown, 12)


def changed(tables: Tables, name: str, factor: float) -> Tables:
    column = (np.asarray(tables["orbit"][name]) * factor).tolist()
    return tables | {"orbit": tables["orbit"] | {name: column}}


@pytest.mark.slow
def test_both_engines_agree(found: OrbitCheck) -> None:
    # Measured over 60 days with observed indices: 20 m at most.
    assert len(found.days) == 12 and str(found.days[0]) == "2022-08-31"
    assert np.abs(found.difference).max() < 40.0
    assert 100.0 < found.fall < 2_000.0 and np.abs(found.difference[0]) < 10.0


@pytest.mark.slow
def test_an_area_that_is_not_the_runs_shows(flown: tuple[Programme, Tables], found: OrbitCheck) -> None:
    programme, tables = flown
    # The altitudes stay the run's; only what the full engine flies has three times the drag.
    wrong = check_orbit(programme, changed(tables, "drag_area", 3.0), 12)
    assert wrong.difference[-1] - found.difference[-1] == pytest.approx(-2.0 * found.fall, rel=0.15)


@pytest.mark.slow
def test_a_pair_of_burns_is_flown_as_the_run_makes_it(flown: tuple[Programme, Tables]) -> None:
    programme, tables = flown
    orbit = {name: list(values) for name, values in tables["orbit"].items()}
    # Day 5 of the first future raises it by a metre a second in the table, which moves all later days up.
    for row in range(5, len(orbit["date"]) // 2):
        orbit["altitude"][row] += 1.7736
    orbit["burn"][5] += 1.0
    check = check_orbit(programme, tables | {"orbit": orbit}, 9)
    assert check.burns >= 1 and np.abs(check.difference).max() < 60.0


def test_a_run_that_ends_at_once_is_refused(flown: tuple[Programme, Tables]) -> None:
    programme, tables = flown
    ended = tables["orbit"] | {"burn": [float("nan")] * len(tables["orbit"]["burn"])}
    with pytest.raises(DomainError, match="two or more"):
        check_orbit(programme, tables | {"orbit": ended}, 5)


def test_it_is_told_and_written(tmp_path: Path) -> None:
    days = tuple(dt.date(2022, 8, 1) + dt.timedelta(days=day) for day in range(30))
    run = np.linspace(415e3, 414e3, 30)
    check = OrbitCheck(days, run, run - np.linspace(0.0, 20.0, 30), 1_000.0, 2, 3_000.0, dt.date(2022, 8, 10), 1e-4)
    lines = told(check, 4)
    assert len(lines) == 7 and lines[1].startswith("2022-08-01") and lines[4].startswith("2022-08-30")
    assert "-20 m, -2.0 % of the fall; 20 m at most" in lines[5] and "2022-08-10" in lines[6]
    with write_check(check, tmp_path).open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 30 and float(rows[-1]["difference_m"]) == -20.0 and rows[0]["date"] == "2022-08-01"
