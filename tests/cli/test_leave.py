"""What ``leave`` and ``run`` refuse, and how they say it, on the small invented station."""

from __future__ import annotations

from pathlib import Path

import pytest

AS_OF = ("--as-of", "2022-07-26")
SHORT = ("--set", "span.end=2022-12-31", "--set", "span.futures=1")


@pytest.fixture
def leaving(small: Path) -> Path:
    """The overlay that partner b leaves after 2024."""
    return small.parent / "small-b-leaves"


@pytest.mark.parametrize("words", [("--cut", "hub"), ("--to", "a"), ("--mode", "separates", "--to", "a")])
def test_an_option_that_says_nothing_in_this_mode_is_wrong_usage(small: Path, call, words: tuple[str, ...]) -> None:
    done = call("leave", small, "b", "--after", "2022-10-31", *AS_OF, *words)
    assert done.exit_code == 2
    assert "only with --mode" in done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("B", "--after", "2022-10-31"), "PARTNER: departure.partner: is no partner: got B. Did you mean 'b'?"),
        (("nobody", "--after", "2022-10-31"), "Known: a, b."),
        (
            ("b", "--after", "2022-01-31"),
            "--after: departure.after: lies before the as-of day, or the first day of the run",
        ),
        (("b", "--after", "2022-10-31", "--mode", "separates"), "--cut: departure.cut: is missing"),
        (("b", "--after", "2022-10-31", "--exit-time", "soon"), "--exit-time: departure.exit_time: is not a number"),
    ],
)
def test_a_mistake_is_told_of_the_argument_that_made_it(small: Path, call, words: tuple[str, ...], said: str) -> None:
    done = call("leave", small, *words, *AS_OF)
    assert done.exit_code == 3
    assert said in done.stderr
    assert "Simulating" not in done.stderr


def test_a_second_partner_cannot_leave_in_one_scenario(leaving: Path, call) -> None:
    done = call("leave", leaving, "a", "--after", "2022-10-31", *AS_OF)
    assert done.exit_code == 3
    assert "cannot leave too: b leaves in this scenario" in done.stderr
    assert "Start from 'small'." in done.stderr


def test_an_element_that_is_gone_cannot_be_cut_off(small: Path, call) -> None:
    gone = ("--set", "elements.lab.detached=2022-07-01")
    words = ("leave", small, "b", "--after", "2022-10-31", "--mode", "separates", "--cut", "lab", *AS_OF)
    done = call(*words, *gone)
    assert done.exit_code == 3
    assert "--cut: departure.cut: is not part of the station on 2022-10-31: got lab" in done.stderr


@pytest.mark.parametrize("verb", [("run",), ("show", "--on", "2025-06-01")])
def test_a_departure_in_the_past_is_refused(leaving: Path, call, verb: tuple[str, ...], tmp_path: Path) -> None:
    done = call(*verb, leaving, "--as-of", "2025-02-01")
    assert done.exit_code == 3
    assert (
        "scenario.yaml:8: departure.after: lies before the as-of day, or the first day of the run: got 2024-12-31"
        in done.stderr
    )
    assert list(tmp_path.iterdir()) == []


def test_a_departure_after_the_end_is_told(small: Path, call) -> None:
    done = call("leave", small, "b", "--after", "2030-12-31", *AS_OF, *SHORT)
    assert done.exit_code == 0, done.stderr
    assert "2030-12-31, lies after the end of the run, 2022-12-31" in done.stderr


def test_an_old_record_is_told(small: Path, call) -> None:
    done = call("run", small, "--as-of", "2023-03-01", "--set", "span.end=2023-03-15")
    assert done.exit_code == 0, done.stderr
    assert "The record ends on 2022-12-20, 71 days before the as-of day" in done.stderr
    assert "The record ends" not in call("run", small, *AS_OF, *SHORT).stderr


def test_a_station_that_no_line_of_flights_serves_is_told(small: Path, call) -> None:
    done = call("run", small, "--as-of", "2020-12-31", *SHORT)
    assert done.exit_code == 0, done.stderr
    assert "No line of flights is known on 2020-12-31" in done.stderr
    assert "No line of flights" not in call("run", small, *AS_OF, *SHORT).stderr


def test_what_says_nothing_in_this_mode_is_wrong_usage(small: Path, call) -> None:
    done = call("leave", small, "b", "--after", "2022-10-31", *AS_OF, "--continue", "small")
    assert done.exit_code == 2
    assert "only with --mode" in " ".join(done.stderr.replace("│", " ").split())


def test_every_slip_of_a_departure_is_told_in_one_pass(small: Path, call) -> None:
    fates = ("--fate", "pier", "--fate", "pier=inert", "--fate", "pier=separates", "--fate", "moon=inert")
    done = call("leave", small, "nobody", "--after", "2025-13-31", *AS_OF, *fates, "--exit-time", "P9X")
    assert done.exit_code == 3
    for said in (
        "PARTNER: departure.partner: is no partner: got nobody",
        "--after: departure.after: is not a date: got 2025-13-31",
        "--fate: fates: is no fate of an element: got pier; expected ELEMENT=FATE",
        "--fate: fates.pier: has two fates: got inert and separates; expected one",
        "--fate: fates.moon",
        "--exit-time: departure.exit_time",
    ):
        assert said in done.stderr, said


def test_a_fate_that_contradicts_the_cut_is_refused(small: Path, call) -> None:
    words = ("--mode", "separates", "--cut", "service", *AS_OF, "--after", "2022-10-31", "--fate", "pier=inert")
    done = call("leave", small, "b", *words)
    assert done.exit_code == 3
    assert "fates.pier.fate: contradicts the cut: pier hangs on service, where it is made: got inert" in done.stderr


def test_an_element_that_is_gone_has_no_fate(small: Path, call) -> None:
    done = call("leave", small, "b", "--after", "2022-10-31", *AS_OF, "--fate", "cellar=inert")
    assert done.exit_code == 3
    assert "fates.cellar: is not part of the station on 2022-10-31: got cellar, detached on" in done.stderr


def test_an_element_on_which_others_hang_is_told_of_its_fate(small: Path, call) -> None:
    done = call("leave", small, "b", "--after", "2022-10-31", *AS_OF, "--fate", "service=separates")
    assert done.exit_code == 3
    assert "--fate: fates.service.fate: cannot leave alone: pier hangs on it" in done.stderr


def test_fates_are_answered(small: Path, call) -> None:
    done = call("leave", small, "b", "--after", "2022-10-31", *AS_OF, *SHORT, "--fate", "pier=inert", "--json")
    assert done.exit_code == 0, done.stderr
    import json

    answers = {row["id"]: row for row in json.loads(done.stdout)["answers"]}
    assert "Pier stays and nobody runs it from 2022-11-01 on" in answers["fates"]["sentence"]
    assert {"exit-steps", "stranded", "goes-along"} <= answers.keys()


def test_nobody_leaves_twice(leaving: Path, call) -> None:
    done = call("leave", leaving, "b", "--after", "2022-10-31", *AS_OF, *SHORT)
    assert done.exit_code == 3
    assert (
        "PARTNER: departure.partner: leaves in this scenario already, after 2024-12-31; nobody leaves twice"
        in done.stderr
    )
