"""A run folder: complete or not there, equal bytes for equal inputs, nothing in it trusted."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cupola.base.errors import InvariantError, RunError
from cupola.base.tables import RUN_TABLES, TABLES
from cupola.results import Manifest, open_run, save
from cupola.results import run as run_module

Tables = dict[str, dict[str, Any]]


@pytest.fixture
def manifest() -> Manifest:
    return Manifest("small", "A small station", dt.date(2030, 1, 1), dt.date(2030, 1, 1), dt.date(2034, 1, 1), 7, 1)


@pytest.fixture
def tables() -> Tables:
    made: Tables = {spec.name: {column.name: [] for column in spec.columns} for spec in RUN_TABLES}
    made["futures"] = {"future": [0], "label": ["rules kept"], "enforced": [True], "nominal": [True]}
    made["stays"] = {
        "future": [0, 0],
        "flight": ["f1", "f2"],
        "name": ["it's", 'a "ship"'],
        "vehicle": ["v", "v"],
        "partner": ["a", "b"],
        "port": ["p", "p"],
        "arrived": np.array(["2030-01-02", "2030-05-02"], dtype="datetime64[D]"),
        "left": [dt.date(2030, 3, 1), None],
        "crew": np.array([3, 0], dtype=np.int32),
        "recorded": [True, False],
    }
    made["flows"] = {
        "future": [0, 0],
        "year": [2030, 2031],
        "commodity": ["water", "water"],
        "cause": ["delivered", "made"],
        "amount": np.array([0.1, -2.0]),
    }
    return made


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_a_saved_run_reads_back_what_was_saved(tmp_path: Path, manifest: Manifest, tables: Tables) -> None:
    saved = save(tmp_path, tables, manifest)
    run = open_run(saved.path)
    assert saved.path.name.startswith("small-2030-01-01-") and len(saved.path.name) == len("small-2030-01-01-") + 12
    assert run.details == manifest
    stays = run.table("stays")
    assert stays["left"] == [dt.date(2030, 3, 1), None]
    assert stays["arrived"] == [dt.date(2030, 1, 2), dt.date(2030, 5, 2)]
    assert stays["name"] == ["it's", 'a "ship"'] and stays["recorded"] == [True, False] and stays["crew"] == [3, 0]
    assert run.rows("flows")[0] == {
        "future": 0,
        "year": 2030,
        "commodity": "water",
        "cause": "delivered",
        "amount": 0.1,
    }
    assert run.table("events")["because"] == []
    assert set(run.tables) == {spec.name for spec in RUN_TABLES} and all(path.is_file() for path in run.tables.values())
    assert run.manifest["span"] == {"start": "2030-01-01", "end": "2034-01-01"}


def test_equal_inputs_give_equal_bytes(tmp_path: Path, manifest: Manifest, tables: Tables) -> None:
    first = save(tmp_path / "one", tables, manifest)
    second = save(tmp_path / "two", tables, manifest)
    assert first.path.name == second.path.name
    assert bytes_of(first.path) == bytes_of(second.path)


def test_another_input_gives_another_folder(manifest: Manifest) -> None:
    assert dataclasses.replace(manifest, seed=8).folder_name() != manifest.folder_name()


def test_a_run_of_the_same_name_is_replaced_and_nothing_is_left_beside(
    tmp_path: Path, manifest: Manifest, tables: Tables
) -> None:
    save(tmp_path, tables, manifest)
    tables["flows"]["amount"] = [5.0, 6.0]
    run = save(tmp_path, tables, manifest)
    assert open_run(run.path).table("flows")["amount"] == [5.0, 6.0]
    assert [path.name for path in tmp_path.iterdir()] == [run.path.name]


def test_a_failed_save_leaves_nothing(
    tmp_path: Path, manifest: Manifest, tables: Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> int:
        raise OSError("disk full")

    monkeypatch.setattr(run_module, "write_table", fail)
    with pytest.raises(OSError, match="disk full"):
        save(tmp_path, tables, manifest)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_no_run_is_not_replaced(tmp_path: Path, manifest: Manifest, tables: Tables) -> None:
    place = tmp_path / manifest.folder_name()
    place.mkdir()
    (place / "letters.txt").write_text("mine")
    with pytest.raises(RunError, match="something else"):
        save(tmp_path, tables, manifest)
    assert [path.name for path in tmp_path.iterdir()] == [place.name]
    assert (place / "letters.txt").read_text() == "mine"


def test_a_scenario_id_cannot_lead_out_of_the_folder(tmp_path: Path, manifest: Manifest, tables: Tables) -> None:
    with pytest.raises(RunError, match="cannot name a folder"):
        save(tmp_path, tables, dataclasses.replace(manifest, scenario="../away"))


def test_missing_and_unknown_tables_are_refused(tmp_path: Path, manifest: Manifest, tables: Tables) -> None:
    del tables["events"]
    tables["secrets"] = {}
    with pytest.raises(InvariantError, match=r"missing \['events'\]; unknown \['secrets'\]"):
        save(tmp_path, tables, manifest)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_name_with_wildcards_is_read_as_it_stands(tmp_path: Path, manifest: Manifest, tables: Tables) -> None:
    for name in ("a[bc]d", "it's*?"):
        run = save(tmp_path / name, tables, manifest)
        assert open_run(run.path).table("flows")["year"] == [2030, 2031]


def edit(folder: Path, **changes: Any) -> None:
    file = folder / "manifest.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), **changes}))


def spoil_version(folder: Path) -> None:
    edit(folder, format=99)


def spoil_table_name(folder: Path) -> None:
    held = json.loads((folder / "manifest.json").read_text())["tables"]
    edit(folder, tables={**held, "../../passwd": {"rows": 1, "sha256": "0"}})


def spoil_file(folder: Path) -> None:
    (folder / "tables" / "events.parquet").unlink()


def spoil_link(folder: Path) -> None:
    file = folder / "tables" / "events.parquet"
    other = folder.parent / "other.parquet"
    file.rename(other)
    file.symlink_to(other)


def spoil_json(folder: Path) -> None:
    (folder / "manifest.json").write_text("{")


def spoil_depth(folder: Path) -> None:
    (folder / "manifest.json").write_text("[" * 100_000)


def spoil_date(folder: Path) -> None:
    edit(folder, as_of="yesterday")


def spoil_names(folder: Path) -> None:
    edit(folder, partners=["a"])


def spoil_size(folder: Path) -> None:
    (folder / "manifest.json").write_text(" " * (run_module.MAX_MANIFEST_BYTES + 1))


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (spoil_version, "got 99; expected 1"),
        (spoil_table_name, "unknown"),
        (spoil_file, "events.parquet: the file is missing"),
        (spoil_link, "a link is not followed"),
        (spoil_json, "not JSON"),
        (spoil_depth, "not JSON"),
        (spoil_date, "as_of has a wrong value"),
        (spoil_names, "partners has a wrong value"),
        (spoil_size, "too large"),
    ],
)
def test_a_spoilt_folder_is_refused_with_the_reason(
    tmp_path: Path, manifest: Manifest, tables: Tables, spoil: Any, message: str
) -> None:
    run = save(tmp_path, tables, manifest)
    spoil(run.path)
    with pytest.raises(RunError, match=message):
        open_run(run.path)


def test_a_folder_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="no run folder here"):
        open_run(tmp_path / "nothing")


def test_a_changed_table_is_refused(tmp_path: Path, manifest: Manifest, tables: Tables) -> None:
    run = save(tmp_path, tables, manifest)
    (run.path / "tables" / "flows.parquet").write_bytes(b"PAR1 not a table PAR1")
    with pytest.raises(RunError, match="not the one that was saved"):
        open_run(run.path).table("flows")
    with pytest.raises(RunError, match="no table 'secrets'"):
        run.table("secrets")


def test_every_specified_table_can_be_saved_empty(tmp_path: Path, manifest: Manifest) -> None:
    empty = {name: {column.name: [] for column in spec.columns} for name, spec in TABLES.items()}
    run = open_run(save(tmp_path, empty, manifest).path)
    assert {name: list(table) for name, table in run.load().items()} == {
        name: [column.name for column in spec.columns] for name, spec in TABLES.items()
    }
