"""``cupola schema``: where the schema goes."""

from __future__ import annotations

import json
from pathlib import Path

from cupola.scenario.schema import DIALECT, scenario_schema


def test_it_is_printed(call) -> None:
    done = call("schema")
    assert done.exit_code == 0
    assert json.loads(done.stdout) == scenario_schema()
    assert json.loads(call("schema", "--json").stdout)["$schema"] == DIALECT


def test_it_is_written_and_written_anew(call, tmp_path: Path) -> None:
    for _ in range(2):
        done = call("schema", "--out", "schemas")
        assert done.exit_code == 0, done.stderr
        assert "yaml-language-server" in done.stdout
    place = tmp_path / "schemas" / "scenario.schema.json"
    assert json.loads(place.read_text(encoding="utf-8")) == scenario_schema()
    assert json.loads(call("schema", "--out", "schemas", "--json").stdout)["schema"].endswith("scenario.schema.json")


def test_another_file_of_that_name_stays(call, tmp_path: Path) -> None:
    place = tmp_path / "scenario.schema.json"
    place.write_text("{}", encoding="utf-8")
    done = call("schema", "--out", ".")
    assert done.exit_code == 3
    assert "is no schema" in done.stderr
    assert place.read_text(encoding="utf-8") == "{}"


def test_a_folder_that_cannot_be_made_is_told(call, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    done = call("schema", "--out", "file/below")
    assert done.exit_code == 1
    assert "Traceback" not in done.stderr
