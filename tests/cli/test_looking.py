"""``cupola outlook`` and ``cupola hindsight`` on the command line."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

Call = Callable[..., Result]
FIXTURE = Path(__file__).parents[1] / "fixtures" / "small"
CONSEQUENCES = """id,subject,attribute,words,topic,bound,written,sets,note
leaves,partner,leaves,after,exit,exactly,,,
stays,partner,until,,exit,at-least,,,
"""


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    place = tmp_path / "small"
    shutil.copytree(FIXTURE, place)
    (place / "consequences.csv").write_text(CONSEQUENCES)
    return place


def test_outlook_tells_and_draws(call: Call, scenario: Path, tmp_path: Path) -> None:
    picture = tmp_path / "out.svg"
    dates = ("--from", "2022-07-01", "--to", "2022-07-31")
    done = call("outlook", scenario, *dates, "--jobs", "1", "--out", picture)
    assert done.exit_code == 0, done.output
    assert "Head of B (announced)" in done.stdout
    assert picture.read_text(encoding="utf-8").startswith("<svg")


def test_outlook_as_json(call: Call, scenario: Path) -> None:
    dates = ("--from", "2022-07-01", "--to", "2022-07-31")
    told = json.loads(call("outlook", scenario, *dates, "--jobs", "1", "--json").stdout)
    assert [row["date"] for row in told["outlook"]] == ["2022-07-01", "2022-07-26"]
    assert told["outlook"][1]["leaves"]["value"] == "2024-12-31"


def test_mistakes_of_an_outlook_are_told_in_one_pass(call: Call, scenario: Path) -> None:
    done = call("outlook", scenario, "--from", "2023", "--to", "2022", "--out", "x.png")
    assert done.exit_code == 3
    assert "--from" in done.stderr
    assert "--out" in done.stderr


def test_hindsight_prints_a_table_and_json(call: Call) -> None:
    done = call("hindsight", FIXTURE, "--as-of", "2022-07-20", "--until", "2022-07-20")
    assert done.exit_code == 3 and "is not after the day of the forecast" in done.stderr
    words = ("hindsight", FIXTURE, "--as-of", "2022-07-20", "--until", "2023-01-31")
    done = call(*words)
    assert done.exit_code == 0, done.output
    assert "mean altitude" in done.stdout
    told = json.loads(call(*words, "--json").stdout)
    assert {"what", "forecast", "happened", "residual", "naive", "verdict"} <= set(told["hindsight"][0])


def test_hindsight_of_today_has_nothing_to_score(call: Call) -> None:
    done = call("hindsight", FIXTURE, "--as-of", "2040-01-01")
    assert done.exit_code == 3
    assert "no record" in done.stderr
