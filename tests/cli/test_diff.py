"""``cupola diff``: differences in words, on one screen, or as JSON."""

from __future__ import annotations

import json
from pathlib import Path

AS_OF = ("--as-of", "2022-07-26")


def test_what_an_overlay_changes(call, small: Path) -> None:
    done = call("diff", small, small.parent / "small-b-leaves", *AS_OF)
    assert done.exit_code == 0, done.stderr
    assert "From small to small-b-leaves, both as of 2022-07-26" in done.stdout
    assert "\ndeparture: " in done.stdout
    assert "\n  after: 2024-12-31\n" in done.stdout
    assert "title: A small station of two partners, invented for the tests -> The small station" in done.stdout


def test_no_difference(call, small: Path) -> None:
    assert call("diff", small, small, *AS_OF).stdout.startswith("From small to small, both as of 2022-07-26: no diff")


def test_the_same_scenario_on_two_days(call, small: Path) -> None:
    read = json.loads(call("diff", small, small, *AS_OF, "--then", "2022-12-31", "--json").stdout)
    assert read["first"]["as_of"] == "2022-07-26"
    assert read["second"]["as_of"] == "2022-12-31"
    keys = {row["key"]: row for row in read["differences"]}
    assert keys["flights.taxi-3"]["kind"] == "added"
    assert keys["flights.plan-taxi-3"]["kind"] == "removed"
    assert keys["flights.taxi-2.undocked"]["old"] == "nothing"
    assert keys["flights.taxi-2.undocked"]["new"] == "2022-10-04"


def test_a_screen_holds_it_and_all_prints_the_rest(call, small: Path) -> None:
    words = ("diff", small, "starter-station", *AS_OF)
    count = len(json.loads(call(*words, "--json").stdout)["differences"])
    assert count > 100
    short = call(*words).stdout.splitlines()
    assert len(short) <= 24
    assert short[-1] == "--all prints every difference, with its sources."
    assert all(len(line) <= 100 for line in short[1:])
    full = call(*words, "--all").stdout
    assert full.count("\n") > count
    assert "source: invented for an example" in full


def test_numbers_carry_their_units(call, small: Path, tmp_path: Path) -> None:
    (tmp_path / "lower.yaml").write_text(
        "id: lower\ntitle: Lower\nextends: starter-station\norbit_policy: {altitude: {value: 390 km, source: mine}}\n",
        encoding="utf-8",
    )
    done = call("diff", "starter-station", "lower.yaml", *AS_OF, "--all")
    assert "  altitude: 405 km (395 km to 415 km) -> 390 km\n" in done.stdout
    assert "      source: mine\n" in done.stdout


def test_mistakes_are_told_without_a_traceback(call, small: Path, tmp_path: Path) -> None:
    for words in (("diff", small, "no-such"), ("diff", small, small, "--then", "soon"), ("diff", "no-such", small)):
        done = call(*words)
        assert done.exit_code == 3
        assert done.stdout == ""
        assert "Traceback" not in done.stderr
    assert call("diff", small).exit_code == 2
    assert list(tmp_path.iterdir()) == []
