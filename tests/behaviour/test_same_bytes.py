"""The same inputs give the same bytes, and other inputs another folder."""

from __future__ import annotations

from pathlib import Path

import pytest

import cupola
from cupola.base.tables import TABLES
from cupola.flow import Case

SETTINGS = ("span.end=2022-11-30", "departure.after=2022-10-15", "span.futures=2")


def run(out: Path, *more: str) -> Case:
    return cupola.run("iss-russia-leaves", as_of="2022-07-26", settings=(*SETTINGS, *more), out=out)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return run(tmp_path_factory.mktemp("first"))


def test_every_file_of_case_and_baseline_is_the_same(first: Case, tmp_path: Path) -> None:
    again = run(tmp_path)
    assert first.baseline is not None and again.baseline is not None
    before, after = contents(first.run.path.parent), contents(tmp_path)
    assert set(after) == set(before)
    assert [name for name in before if before[name] != after[name]] == []
    tables = {f"{run.path.name}/tables/{name}.parquet" for run in (again.run, again.baseline) for name in TABLES}
    manifests = {f"{run.path.name}/manifest.json" for run in (again.run, again.baseline)}
    assert set(after) == tables | manifests


def test_another_seed_gives_another_folder_and_other_samples(first: Case, tmp_path: Path) -> None:
    other = run(tmp_path, "span.seed=2")
    assert other.run.path.name != first.run.path.name
    same = [list(case.run.rows("events")) for case in (first, other)]
    nominal = [[row for row in rows if row["future"] < 2] for rows in same]
    strip = [[{key: value for key, value in row.items() if key != "event"} for row in rows] for rows in nominal]
    assert strip[0] == strip[1], "the nominal futures draw nothing"
    assert same[0] != same[1]


def test_the_chain_of_an_answer_is_saved_down_to_what_was_assumed(first: Case) -> None:
    rows = [row for row in first.run.rows("because") if row["answer"] == "physics-empties"]
    assert [row["step"] for row in rows] == list(range(len(rows)))
    keys = [row["key"] for row in rows]
    assert keys[0] == "crew-left/station"
    order = ["attitude-lost/station", "function-lost/attitude_thrusters", "partner-left/roscosmos"]
    assert [key for key in dict.fromkeys(keys) if key in order] == order
    assert "fact/departure.after" in keys
    assert all(row["text"] for row in rows)
