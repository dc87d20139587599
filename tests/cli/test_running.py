"""Verbs that simulate, on the small invented station."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cupola.cli.app import app

AS_OF = ("--as-of", "2022-07-26", "--set", "span.end=2024-06-30")
LEAVES = ("--set", "departure.after=2022-12-31")


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("runs")


@pytest.fixture(scope="module")
def ran(runs: Path) -> Result:
    """The overlay in which a partner leaves, with its baseline, run once."""
    case = Path(__file__).resolve().parents[1] / "fixtures" / "small-b-leaves"
    return CliRunner().invoke(app, ["run", str(case), *AS_OF, *LEAVES, "--out", str(runs), "--json"])


def test_run_prints_one_document_with_answers_and_reasons(ran: Result, runs: Path) -> None:
    assert ran.exit_code == 0, ran.stderr
    read = json.loads(ran.stdout)
    assert (read["scenario"], read["as_of"]) == ("small-b-leaves", "2022-07-26")
    first = read["answers"][0]
    assert set(first) >= {"id", "question", "sentence", "date", "because", "sources"}
    chained = [answer for answer in read["answers"] if answer["because"]]
    assert chained
    assert set(chained[0]["because"][0]) >= {"event", "date", "source"}
    assert all(Path(path).is_file() for path in read["tables"].values())
    assert Path(read["run"]).parent == Path(read["baseline"]).parent == runs


def test_progress_goes_to_stderr(ran: Result) -> None:
    assert "Simulating the baseline" in ran.stderr
    assert "Simulating" not in ran.stdout


def test_the_same_inputs_give_the_same_folder(ran: Result, runs: Path, small: Path) -> None:
    before = {path: path.read_bytes() for path in runs.rglob("*.parquet")}
    case = small.parent / "small-b-leaves"
    again = CliRunner().invoke(app, ["run", str(case), *AS_OF, *LEAVES, "--out", str(runs), "--json"])
    assert json.loads(again.stdout)["run"] == json.loads(ran.stdout)["run"]
    assert {path: path.read_bytes() for path in runs.rglob("*.parquet")} == before


def test_report_writes_one_file(ran: Result, call) -> None:
    place = json.loads(ran.stdout)["run"]
    done = call("report", place, "--json")
    assert done.exit_code == 0, done.stderr
    read = json.loads(done.stdout)
    assert read["report"] == f"{place}/report.html"
    page = Path(read["report"]).read_text(encoding="utf-8")
    assert page.lstrip().lower().startswith("<!doctype html>")
    assert read["bytes"] == len(page.encode())
    assert not list(Path(place).glob(".report*"))


def test_report_takes_the_newest_run(ran: Result, runs: Path, call, tmp_path: Path) -> None:
    done = call("report", "--runs", runs, "--out", tmp_path / "new" / "page.html", "--json")
    assert json.loads(done.stdout)["run"] == json.loads(ran.stdout)["run"]
    assert (tmp_path / "new" / "page.html").is_file()


def test_report_shows_an_outlook_and_refuses_what_is_none(ran: Result, call, tmp_path: Path) -> None:
    place, page, told = json.loads(ran.stdout)["run"], tmp_path / "page.html", tmp_path / "outlook.json"
    told.write_text(json.dumps({"scenario": "small", "from": "2022-07-26", "to": "2022-12-31", "outlook": []}))
    done = call("report", place, "--outlook", told, "--out", page)
    assert done.exit_code == 0, done.stderr
    assert "Nothing that was said changes small." in page.read_text(encoding="utf-8")
    page.unlink()
    told.write_text("{}")
    done = call("report", place, "--outlook", told, "--out", page)
    assert done.exit_code == 3 and "is no outlook: scenario is not a text" in done.stderr
    assert not page.exists()
    done = call("report", place, "--outlook", told, "--out", tmp_path / "page.svg")
    assert done.exit_code == 2 and "--outlook" in done.stderr


def test_compare_opens_run_folders(ran: Result, call) -> None:
    read = json.loads(ran.stdout)
    done = call("compare", read["baseline"], read["run"], "--json")
    assert done.exit_code == 0, done.stderr
    figures = {row["what"]: row for row in json.loads(done.stdout)["figures"]}
    assert figures["crew-days"]["baseline"] != figures["crew-days"]["case"]
    assert "baseline" in call("compare", read["baseline"], read["run"]).stdout


def test_compare_simulates_scenarios(ran: Result, small: Path, call) -> None:
    done = call("compare", json.loads(ran.stdout)["baseline"], small, *AS_OF, "--json")
    assert done.exit_code == 0, done.stderr
    figures = json.loads(done.stdout)["figures"]
    assert figures
    assert all(row["baseline"] == row["case"] for row in figures)


def test_obligations_of_a_run_have_a_state(ran: Result, call) -> None:
    rows = json.loads(call("obligations", json.loads(ran.stdout)["run"], "--json").stdout)["obligations"]
    assert all(row["state"] in ("kept", "broken", "ended", "not judged") for row in rows)


def test_leave_compares_with_the_scenario_itself(small: Path, call, tmp_path: Path) -> None:
    done = call("leave", small, "b", "--after", "2022-12-31", *AS_OF, "--json")
    assert done.exit_code == 0, done.stderr
    read = json.loads(done.stdout)
    assert read["scenario"] == "small"
    case, baseline = (json.loads((tmp_path / read[key] / "manifest.json").read_text()) for key in ("run", "baseline"))
    assert case["departure"]["partner"] == "b"
    assert baseline["departure"] == {}
    assert case["baseline"] == Path(read["baseline"]).name


def test_run_in_words_starts_with_the_answer(small: Path, call) -> None:
    done = call("run", small, *AS_OF)
    assert done.exit_code == 0, done.stderr
    assert "\x1b" not in done.stdout
    assert all(len(line) <= 100 for line in done.stdout.splitlines())
    assert "cupola report" in done.stdout.splitlines()[-1]


def test_show_of_a_later_day_is_simulated(small: Path, call) -> None:
    done = call("show", small, *AS_OF, "--on", "2023-06-01", "--json")
    assert done.exit_code == 0, done.stderr
    assert json.loads(done.stdout)["date"] == "2023-06-01"
    assert "simulating" in done.stderr


def test_a_day_that_the_run_does_not_reach_is_refused(small: Path, call) -> None:
    done = call("show", small, *AS_OF, "--on", "2024-06-30")
    assert done.exit_code == 3
    assert "a day before 2024-06-30" in done.stderr
    assert "simulating" not in done.stderr


def test_compare_reads_both_before_it_simulates_one(small: Path, call, tmp_path: Path) -> None:
    done = call("compare", small, "no-such-scenario", *AS_OF)
    assert done.exit_code == 3
    assert "Simulating" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_written_when_the_baseline_is_wrong(small: Path, call, tmp_path: Path) -> None:
    place = tmp_path / "lost.yaml"
    place.write_text("id: lost\ntitle: An overlay\nextends: small\nbaseline: nowhere\n", encoding="utf-8")
    (tmp_path / "small").symlink_to(small)
    done = call("run", place, *AS_OF)
    assert done.exit_code == 3
    assert not (tmp_path / "runs").exists()


def test_a_place_that_cannot_be_written_is_told_before_anything_is_simulated(small: Path, call, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    done = call("run", small, *AS_OF, "--out", "taken")
    assert done.exit_code == 1
    assert "taken: is a file, not a folder for runs." in done.stderr
    assert "Simulating" not in done.stderr


def test_days_to_fly_again_go_with_flying_again_only(call) -> None:
    done = call("run", "iss", "--verify-days", "5")
    assert done.exit_code == 3 and not done.stdout
    assert "--verify-days: days: goes with --verify-orbit only: got 5" in done.stderr
