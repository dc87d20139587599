"""Slips of the command line that were told one at a time, too late, or not at all."""

from __future__ import annotations

import json
import shutil
from pathlib import Path


def test_a_departure_is_told_whole(call, small: Path) -> None:
    words = ("--after", "2020-01-01", "--as-of", "2022-07-26", "--mode", "separates", "--cut", "nowhere", "--json")
    done = call("leave", small, "agency", *words)
    assert done.exit_code == 3
    told = {row["where"]: row["what"] for row in json.loads(done.stdout)["problems"]}
    assert told["PARTNER"] == "is no partner"
    assert "before the as-of day" in told["--after"]
    assert told["--cut"] == "names nothing in elements"
    assert len(told) == 3


def test_an_exit_that_the_run_does_not_see_over_is_said(call, small: Path, tmp_path: Path) -> None:
    words = ("--after", "2023-01-31", "--exit-time", "P90Y", "--as-of", "2022-07-26", "--out", tmp_path)
    text = " ".join(call("leave", small, "b", *words, "--set", "span.futures=2").stdout.split())
    assert "The exit, which begins on 2023-02-01, is not over before" in text


def test_a_programme_to_come_is_shown_on_its_first_day(call) -> None:
    shown = json.loads(call("show", "ros-from-iss", "--as-of", "2026-01-01", "--json").stdout)
    assert shown["date"] == "2030-01-01"
    early = call("show", "ros-from-iss", "--as-of", "2026-01-01", "--on", "2026-01-01")
    assert early.exit_code == 3 and "2030-01-01 or later" in early.stderr


def test_an_as_of_day_far_ahead_is_told_as_such(call) -> None:
    done = call("check", "iss", "--as-of", "2099-01-01")
    assert done.exit_code == 3 and "--as-of: as_of: is not before the end of the run" in done.stderr


def test_what_is_alike_in_row_after_row_is_told_once(call, small: Path, tmp_path: Path) -> None:
    folder = tmp_path / small.name
    shutil.copytree(small, folder)
    path = folder / "flights.csv"
    rows = path.read_text(encoding="utf-8").replace("vehicle", "vehicel", 1)
    first, *more = [line for line in rows.splitlines() if not line.startswith("#")]
    copies = [line.replace(",", f"-{number},", 1) for line in more[:1] for number in range(20)]
    path.write_text("\n".join([first, *more, *copies, ""]), encoding="utf-8")
    done = call("check", folder)
    assert done.exit_code == 3 and "Did you mean 'vehicle'?" in done.stderr
    assert done.stderr.count(".vehicle: is missing") == 3 and " more like it" in done.stderr
    listed = json.loads(call("check", folder, "--json").stdout)["problems"]
    assert sum(row["key"].endswith(".vehicle") for row in listed) > 20


def test_a_scenario_that_extends_nothing_is_told_only_that(call, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("id: mine\ntitle: Mine\nextends: iss-rusia-leaves\n", encoding="utf-8")
    listed = json.loads(call("check", path, "--json").stdout)["problems"]
    assert [row["key"] for row in listed] == ["extends"]


def test_a_wrong_unit_is_one_mistake(call) -> None:
    done = call("check", "iss", "--set", "orbit.altitude=410 kg", "--json")
    assert len(json.loads(done.stdout)["problems"]) == 1


def test_a_new_statement_names_subjects_that_nothing_else_has(call, small: Path, tmp_path: Path) -> None:
    small = Path(shutil.copytree(small, tmp_path / small.name))
    words = ("--said", "2022-07-01", "--speaker", "X", "--firmness", "announced", "--paraphrase", "p", "--source", "s")
    done = call("statements", "add", small, "--id", "one", *words, "--effect", "foo bar; partner b stays-to 2030")
    assert done.exit_code == 0, done.stderr
    assert "about 'foo'" in done.stdout and "partner" not in done.stdout.partition("No other")[2]
    again = call("statements", "add", small, "--id", "one", *words)
    assert again.exit_code == 3 and "Nothing was written." in again.stderr


def test_two_bad_dates_of_one_line_are_both_told(call, small: Path) -> None:
    done = call("leave", small, "b", "--after", "2026-02-30", "--as-of", "2026-13-20")
    assert done.exit_code == 3
    assert "--after" in done.stderr and "--as-of" in done.stderr


def test_a_clause_that_the_outlook_cannot_use_is_told(call, tmp_path: Path) -> None:
    made = call("new", "mine", "--from", "iss", "--only-overlay", "--out", tmp_path, "--as-of", "2026-06-01")
    assert made.exit_code == 0, made.stderr
    words = ("--said", "2026-05-01", "--speaker", "X", "--firmness", "announced", "--paraphrase", "p", "--source", "s")
    effects = ("--effect", "partner roscosmos leaves after soon", "--effect", "iss end 2031")
    done = call("statements", "add", tmp_path / "mine", "--id", "one", *words, *effects, "--as-of", "2026-06-01")
    assert done.exit_code == 0, done.stderr
    assert "'partner roscosmos leaves after soon' changes nothing in the outlook: it says 'soon'" in done.stdout
    assert "'iss end 2031'" not in done.stdout
