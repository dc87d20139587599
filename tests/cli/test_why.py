"""The verb that prints why."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cupola.cli.app import app


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of the small station that a partner leaves."""
    case = Path(__file__).resolve().parents[1] / "fixtures" / "small-b-leaves"
    words = ("--as-of", "2022-07-26", "--set", "span.end=2023-06-30", "--set", "departure.after=2022-12-31")
    words += ("--set", "departure.statement=b-leaves")
    out = tmp_path_factory.mktemp("runs")
    done = CliRunner().invoke(app, ["run", str(case), *words, "--set", "span.futures=2", "--out", str(out), "--json"])
    assert done.exit_code == 0, done.stderr
    return Path(json.loads(done.stdout)["run"])


def test_a_tree_with_dates_and_sources(call, run: Path) -> None:
    text = call("why", run, "partner-left/b").stdout
    assert text.startswith("small-b-leaves as of 2022-07-26, rules kept\n")
    assert "2023-01-01  Agency B has left and gives no more service  [partner-left/b]" in text
    assert "└─ " in text and "[statement/b-leaves]" in text and "source: invented" in text


def test_nested_json(call, run: Path) -> None:
    read = json.loads(call("why", run, "partner-left/b", "--json").stdout)
    (top,) = read["because"]
    assert (top["key"], top["date"]) == ("partner-left/b", "2023-01-01")
    assert [cause["key"] for cause in top["because"]] == ["partner-exit-begins/b"]
    (said,) = top["because"][0]["because"]
    assert (said["key"], said["source"]) == ("statement/b-leaves", "invented")
    answer = json.loads(call("why", run, "headline", "--json").stdout)
    assert answer["sentence"] and answer["because"]


def test_every_claim_of_the_headline_has_its_causes(call, run: Path) -> None:
    read = json.loads(call("why", run, "headline", "--json").stdout)
    roots = [row["key"] for row in read["because"]]
    texts = [row["text"] for row in read["because"]]
    assert roots[:2] == ["crew-left/station"] * 2, "with rules kept and with rules waived, on two days"
    assert texts[0].startswith("with rules kept, ") and texts[1].startswith("with rules waived, ")
    if "controlled deorbit" in read["sentence"]:
        assert "deorbit-lost/station" in roots
    if "enters the atmosphere" in read["sentence"]:
        assert "entry/station" in roots


def test_what_chooses_among_occurrences_is_refused_for_an_answer(call, run: Path) -> None:
    for words in (("--future", "0"), ("--on", "2023-01-01")):
        done = call("why", run, "headline", *words)
        assert done.exit_code == 2 and "is an answer of the whole run" in done.stderr


def test_an_event_of_other_days_or_futures_says_which(call, run: Path) -> None:
    early = call("why", run, "partner-left/b", "--on", "2022-09-01").stderr
    assert "does not happen by that day" in early and "2023-01-01 or later" in early
    assert "Did you mean" not in early


def test_an_exit_that_nobody_announced_ends_in_the_assumption(call, small: Path, tmp_path: Path) -> None:
    words = ("--after", "2023-06-30", "--as-of", "2022-07-26", "--set", "span.futures=2", "--out", tmp_path, "--json")
    case = json.loads(call("leave", small, "b", *words).stdout)["run"]
    (top,) = json.loads(call("why", case, "partner-left/b", "--json").stdout)["because"]
    begun = top["because"][0]
    assert begun["key"] == "partner-exit-begins/b"
    (assumed,) = begun["because"]
    assert (assumed["key"], assumed["date"]) == ("fact/departure.after", "2023-06-30")
    assert assumed["text"] == "assumed: Agency B leaves after 2023-06-30"
    assert assumed["source"] == "set on the command line"


def test_a_day_that_nobody_announced_is_not_put_into_a_mouth(call, tmp_path: Path) -> None:
    leaving = Path(__file__).resolve().parents[1] / "fixtures" / "small-b-leaves"
    words = ("--as-of", "2022-07-26", "--set", "span.end=2023-06-30", "--set", "span.futures=1", "--out", tmp_path)
    case = json.loads(call("run", leaving, *words, "--set", "departure.after=2022-12-31", "--json").stdout)["run"]
    text = call("why", case, "partner-exit-begins/b").stdout
    assert "assumed: Agency B leaves after 2022-12-31" in text and "[statement/b-leaves]" not in text


def test_an_unknown_event_suggests_near_names(call, run: Path) -> None:
    done = call("why", run, "partner-lef/b", "--json")
    assert done.exit_code == 3
    (problem,) = json.loads(done.stdout)["problems"]
    assert "Did you mean 'partner-left/b'?" in problem["remedy"]
    assert "Did you mean 'headline'?" in call("why", run, "hedline").stderr


@pytest.mark.parametrize("words", [("--on", "soon"), ("--on", "2022-01-01"), ("--future", "99")])
def test_what_cannot_be_told_exits_with_3(call, run: Path, words: tuple[str, str]) -> None:
    done = call("why", run, "partner-left/b", *words)
    assert done.exit_code == 3 and done.stdout == "" and "Traceback" not in done.stderr


def test_a_folder_that_is_no_run(call, small: Path) -> None:
    assert call("why", small, "headline").exit_code == 3


def test_obligations_of_a_run_by_partner_and_day(call, run: Path) -> None:
    read = json.loads(call("obligations", run, "--partner", "b", "--json").stdout)["obligations"]
    assert [(row["obligation"], row["state"], row["broken"]) for row in read] == [("b-reboost", "broken", "2023-01-01")]
    assert read[0]["rests_on"] == "law: Charter of the station, Article 9"
    assert read[0]["way_out"] == "one year of notice"
    early = json.loads(call("obligations", run, "--partner", "b", "--on", "2022-08-01", "--json").stdout)
    assert early["obligations"][0]["state"] in ("kept", "at risk")
    text = call("obligations", run, "--partner", "b").stdout
    assert "b-reboost: broken, the partner that owes it has left (partner-left/b)" in text
    assert "one year of notice" in text
    assert "Did you mean" in call("obligations", run, "--partner", "carier").stderr
