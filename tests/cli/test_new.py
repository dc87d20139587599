"""``cupola new``: what it writes loads at once, and nothing is overwritten."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

AS_OF = ("--as-of", "2022-07-26")


def test_a_station_from_nothing_is_checked_and_told(call, tmp_path: Path) -> None:
    done = call("new", "mine", *AS_OF)
    assert done.exit_code == 0, done.stderr
    assert "Next: cupola run mine --as-of 2022-07-26" in done.stdout
    assert call("check", "mine", *AS_OF).exit_code == 0
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["scenario.yaml"]


def test_a_station_from_nothing_needs_no_day(call) -> None:
    assert call("new", "mine").exit_code == 0
    assert call("check", "mine").exit_code == 0


@pytest.mark.slow
def test_a_station_from_nothing_runs_and_stays_crewed(call) -> None:
    call("new", "mine", *AS_OF)
    done = call("run", "mine", *AS_OF, "--json")
    assert done.exit_code == 0, done.stderr
    headline = json.loads(done.stdout)["answers"][0]
    assert "stays crewed to 2028-01-01" in headline["sentence"]
    left = call("leave", "mine", "south", "--after", "2024-12-31", *AS_OF, "--json")
    assert left.exit_code == 0, left.stderr
    assert json.loads(left.stdout)["answers"][0]["date"] is not None


@pytest.mark.parametrize("options", [(), ("--only-overlay",), ("--flat",)])
def test_from_another_scenario(call, small: Path, tmp_path: Path, options: tuple[str, ...]) -> None:
    shutil.copytree(small, tmp_path / "small")
    done = call("new", "mine", "--from", "small", *options, *AS_OF, "--json")
    assert done.exit_code == 0, done.stderr
    read = json.loads(done.stdout)
    assert read["scenario"] == "mine"
    assert ("elements.csv" in read["files"]) == (options != ("--only-overlay",))
    differs = json.loads(call("diff", "small", "mine", *AS_OF, "--json").stdout)["differences"]
    assert {row["key"] for row in differs} <= {"scenario.title", "scenario.baseline"}


def test_out_says_where(call, tmp_path: Path) -> None:
    assert call("new", "mine", *AS_OF, "--out", "a/b").exit_code == 0
    assert (tmp_path / "a" / "b" / "mine" / "scenario.yaml").is_file()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("new", "a/b"), "cannot name a scenario"),
        (("new", "mine", "--from", "no-such-scenario"), "neither a shipped scenario nor a file"),
        (("new", "mine", "--from", "{small}", "--only-overlay"), "--out"),
        (("new", "mine", "--as-of", "1999-01-01"), "before the station exists"),
        (("new", "mine", "--as-of", "soon"), "is not a date"),
    ],
)
def test_what_cannot_be_made_exits_with_3_and_writes_nothing(
    call, small: Path, tmp_path: Path, words: tuple[str, ...], told: str
) -> None:
    done = call(*(word.replace("{small}", str(small)) for word in words))
    assert done.exit_code == 3, done.stdout
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_overwritten(call, tmp_path: Path) -> None:
    call("new", "mine", *AS_OF)
    before = (tmp_path / "mine" / "scenario.yaml").read_bytes()
    done = call("new", "mine", "--from", "mine", *AS_OF, "--json")
    assert done.exit_code == 3
    assert "is there already" in json.loads(done.stdout)["problems"][0]["what"]
    assert (tmp_path / "mine" / "scenario.yaml").read_bytes() == before


@pytest.mark.parametrize("words", [("--only-overlay",), ("--flat",), ("--from", "x", "--flat", "--only-overlay")])
def test_options_that_do_not_go_together_are_wrong_usage(call, tmp_path: Path, words: tuple[str, ...]) -> None:
    done = call("new", "mine", *words)
    assert done.exit_code in (2, 3)
    assert list(tmp_path.iterdir()) == []
