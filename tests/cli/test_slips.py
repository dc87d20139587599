"""Slips of the command line that were told one at a time, too late, or not at all."""

from __future__ import annotations

import json
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


def test_a_new_statement_names_subjects_that_nothing_else_has(call, small: Path) -> None:
    words = ("--said", "2022-07-01", "--speaker", "X", "--firmness", "announced", "--paraphrase", "p", "--source", "s")
    done = call("statements", "add", small, "--id", "one", *words, "--effect", "foo bar; partner b stays-to 2030")
    assert done.exit_code == 0, done.stderr
    assert "about 'foo'" in done.stdout and "partner" not in done.stdout.partition("No other")[2]
    again = call("statements", "add", small, "--id", "one", *words)
    assert again.exit_code == 3 and "Nothing was written." in again.stderr
