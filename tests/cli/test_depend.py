"""``cupola depend`` on the small invented station: what it prints, what it writes, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

AS_OF = ("--as-of", "2022-07-26")


@pytest.fixture
def told(call, small: Path):
    """What a call of ``cupola depend`` says as JSON."""

    def asked(*words: str) -> dict[str, Any]:
        done = call("depend", small, *AS_OF, *words, "--json")
        assert done.exit_code == 0, done.stderr
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    return asked


def test_single_points_of_failure_are_named(call, small: Path, told) -> None:
    points = {(row["function"], row["losses"][0]) for row in told()["single_points"]}
    assert ("attitude_thrusters", "partner/b") in points and ("attitude_thrusters", "site/control-b") in points
    assert not any(function == "power" for function, _ in points)
    text = call("depend", small, *AS_OF).stdout
    warned = text.partition("Single points of failure")[2]
    assert "attitude_thrusters" not in warned, "it is not vital in this station"
    assert "return_seats" in warned


def test_without_takes_things_away_and_says_why(told) -> None:
    rows = {row["function"]: row for row in told("--without", "service", "--without", "pad-a")["left"]}
    assert rows["attitude_thrusters"]["left"] == 0.0 and rows["attitude_thrusters"]["ends"]
    assert rows["reboost"]["why"] == [
        "service-engines <- service",
        "tug-engines <- attitude_thrusters <- service-thrusters <- service",
    ]
    assert rows["reboost"]["losses"] == ["element/service", "site/pad-a"]
    seats = rows["return_seats"]
    assert seats["felt"] > "2022-07-26", "the taxi that is docked is there already"
    assert seats["unseated"] == 0 and seats["why"] == ["taxi-seats <- launch of taxi <- pad-a"]


@pytest.mark.parametrize(
    ("kind", "loss", "function"),
    [
        ("partner", ["partner/b"], "reboost"),
        ("pair", ["partner/a", "partner/b"], "power"),
        ("element", ["element/service"], "reboost"),
        ("branch", ["branch/service"], "reboost"),
        ("vehicle", ["vehicle/tug"], "reboost"),
        ("site", ["site/pad-b"], "reboost"),
        ("provision", ["provision/service-thrusters"], "reboost"),
    ],
)
def test_by_tells_what_each_loss_leaves(call, small: Path, told, kind: str, loss: list[str], function: str) -> None:
    rows = [row for row in told("--by", kind)["left"] if row["losses"] == loss]
    assert function in {row["function"] for row in rows}
    assert all(row["left"] < row["before"] or row["ends"] for row in rows)
    assert loss[0].partition("/")[2] in call("depend", small, *AS_OF, "--by", kind).stdout


def test_minimal_sets_of_one_function(call, small: Path, told) -> None:
    rows = told("--minimal", "--function", "power")["minimal"]
    sets = [row["losses"] for row in rows]
    assert ["partner/a", "partner/b"] in sets and ["element/service", "element/truss"] in [sorted(cut) for cut in sets]
    assert "truss-arrays <- a" in call("depend", small, *AS_OF, "--minimal", "--function", "power").stdout


def test_what_is_without_already_counts_for_the_rest(told) -> None:
    alone = told("--minimal", "--function", "power", "--without", "truss")["minimal"]
    assert ["partner/b"] in [row["losses"] for row in alone]
    months = told("--months", "2022-07", "2022-12", "--without", "truss", "--function", "power")["months"]
    assert {row["capacity"] for row in months} == {4.0}


def test_months_go_on_by_the_plans(call, small: Path, told) -> None:
    found = told("--months", "2022-01", "2024-12")
    assert (found["from"], found["to"]) == ("2022-01-01", "2024-12-01")
    rows = [row for row in found["months"] if row["function"] == "return_seats"]
    assert len(rows) == 36
    assert all(row["stands"] for row in rows if row["date"] > "2022-08"), "the lines of flights go on"
    assert set(rows[-1]["without"]) == {"a", "b"}
    assert call("depend", small, *AS_OF, "--months", "2022", "2024").exit_code == 0
    text = call("depend", small, *AS_OF, "--months", "2022", "2024", "--function", "reboost").stdout
    assert "tug" not in text and "control-b" in text


@pytest.mark.parametrize("words", [(), ("--function", "reboost"), ("--months", "2020", "2025"), ("--without", "b")])
def test_a_drawing_is_written_and_written_again(call, small: Path, tmp_path: Path, words: tuple[str, ...]) -> None:
    for _ in range(2):
        done = call("depend", small, *AS_OF, *words, "--out", "new/depend.svg")
        assert done.exit_code == 0, done.stderr
        assert (tmp_path / "new" / "depend.svg").read_text(encoding="utf-8").startswith("<svg")
    assert "Drawing: new/depend.svg" in done.stdout
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["depend.svg"]


@pytest.mark.parametrize(
    "words",
    [
        ("--on", "soon"),
        ("--without", "nobody"),
        ("--without", "element:a"),
        ("--function", "flying"),
        ("--by", "planet"),
        ("--months", "2024", "2023"),
        ("--months", "1000", "2023"),
        ("--months", "then", "2023"),
        ("--out", "depend.png"),
    ],
)
def test_bad_words_are_refused_and_nothing_is_written(call, small: Path, tmp_path: Path, words) -> None:
    done = call("depend", small, *AS_OF, "--out", "drawing.svg", *words)
    assert done.exit_code == 3, done.stderr
    assert done.stdout == "" and "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_all_mistakes_are_told_at_once(call, small: Path) -> None:
    done = call("depend", small, *AS_OF, "--without", "nobody", "--function", "flying", "--by", "planet")
    assert "3 problems" in done.stderr


def test_a_day_and_months_are_not_asked_for_together(call, small: Path) -> None:
    assert call("depend", small, *AS_OF, "--on", "2023-01-01", "--months", "2022", "2023").exit_code == 2


def test_a_file_that_is_no_drawing_stays(call, small: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.svg").write_text("mine", encoding="utf-8")
    done = call("depend", small, *AS_OF, "--out", "mine.svg")
    assert done.exit_code == 3 and (tmp_path / "mine.svg").read_text(encoding="utf-8") == "mine"
