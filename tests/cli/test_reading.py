"""Verbs that read a scenario and simulate nothing, on the small invented station."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

AS_OF = ("--as-of", "2022-07-26")


def test_check_passes_a_good_scenario(call, small: Path) -> None:
    done = call("check", small, *AS_OF, "--json")
    assert done.exit_code == 0, done.stderr
    read = json.loads(done.stdout)
    assert read["problems"] == []
    assert read["as_of"] == "2022-07-26"
    assert read["counts"]["elements"] >= 4
    assert "no problems" in call("check", small, *AS_OF).stdout


@pytest.mark.parametrize(
    "words",
    [
        ("check", "no-such-scenario"),
        ("check", "{small}", "--as-of", "yesterday"),
        ("check", "{small}", "--set", "orbit.altitude"),
        ("check", "{small}", "--set", "orbit.altitude=NaN km"),
        ("check", "{small}", "--set", "orbit.altitood=400 km"),
        ("check", "{small}", "--waive", "no-such-rule"),
        ("run", "{small}", "--set", "orbit.altitude=-5 km"),
        ("leave", "{small}", "nobody", "--after", "2031-01-01"),
        ("leave", "{small}", "b", "--after", "soon"),
        ("show", "{small}", "--on", "2022-13-45"),
        ("report", "no-such-run"),
        ("report",),
        ("compare", "no-such-run", "{small}"),
        ("explain", "no.such.key"),
    ],
)
def test_bad_input_exits_with_3_and_writes_nothing(call, small: Path, tmp_path: Path, words: tuple[str, ...]) -> None:
    done = call(*(word.replace("{small}", str(small)) for word in words))
    assert done.exit_code == 3, done.stderr
    assert done.stdout == ""
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_all_problems_are_told_at_once(call, small: Path) -> None:
    done = call("check", small, *AS_OF, "--set", "orbit.altitude=fast", "--set", "span.wrong=1", "--json")
    assert done.exit_code == 3
    read = json.loads(done.stdout)
    assert len(read["problems"]) == 2
    assert read["error"].startswith("2 problems in scenario")


def test_show_prints_the_station(call, small: Path) -> None:
    read = json.loads(call("show", small, *AS_OF, "--on", "2022-07-26", "--json").stdout)
    assert set(read) >= {
        "scenario", "date", "as_of", "elements", "docked", "crew_aboard", "crew", "mass_kg", "altitude_km", "stores",
    }  # fmt: skip
    assert read["date"] == "2022-07-26"
    assert read["mass_kg"] > sum(element["mass_kg"] for element in read["elements"]) > 0
    text = call("show", small, *AS_OF).stdout
    assert all(element["id"] in text for element in read["elements"])


def test_set_changes_what_is_shown(call, small: Path) -> None:
    plain = json.loads(call("show", small, *AS_OF, "--json").stdout)
    more = json.loads(call("show", small, *AS_OF, "--json", "--set", "orbit.unlisted_mass=12345 kg").stdout)
    assert more["mass_kg"] != plain["mass_kg"]


def test_depend_lists_functions_and_partners(call, small: Path) -> None:
    read = json.loads(call("depend", small, *AS_OF, "--json").stdout)
    assert {row["partner"] for row in read["dependence"]} >= {"a", "b"}
    assert "falls" in call("depend", small, *AS_OF).stdout


@pytest.mark.parametrize("verb", ["statements", "obligations"])
def test_lists_as_json_and_as_text(call, small: Path, verb: str) -> None:
    assert isinstance(json.loads(call(verb, small, *AS_OF, "--json").stdout)[verb], list)
    assert call(verb, small, *AS_OF).exit_code == 0


def test_scenarios_lists_what_is_shipped(call) -> None:
    from cupola.scenario import shipped

    read = json.loads(call("scenarios", "--json").stdout)
    assert [row["scenario"] for row in read["scenarios"]] == sorted(shipped())


def test_explain_an_input_field(call) -> None:
    read = json.loads(call("explain", "orbit.altitude", "--json").stdout)
    assert read["unit"] == "km"
    assert read["meaning"].endswith(".")


def test_explain_says_which_file_set_a_value_and_what_it_hid(call, small: Path) -> None:
    words = ("explain", "orbit.altitude", "--in", small, *AS_OF)
    first = json.loads(call(*words, "--json").stdout)["values"][0]
    assert first["where"].startswith("scenario.yaml:") or "/scenario.yaml:" in first["where"]
    over = json.loads(call(*words, "--set", "orbit.altitude=401 km", "--json").stdout)["values"][0]
    assert over["where"] == "--set"
    assert over["hidden"][0]["value"] == first["value"]


def test_explain_says_what_each_row_of_a_table_has_and_from_where(call, small: Path) -> None:
    read = json.loads(call("explain", "elements.mass", "--in", small, *AS_OF, "--json").stdout)
    values = {row["key"]: row for row in read["values"]}
    assert values["elements.lab.mass"]["value"] == "14000 kg (13800 kg to 14200 kg)"
    assert values["elements.lab.mass"]["where"] == "small/elements.csv:3"
    assert values["elements.lab.mass"]["source"] == "invented"
    assert values["elements.hub.mass"]["where"] == "small/elements.csv:2"
    one = call("explain", "elements.lab.mass", "--in", small, *AS_OF).stdout
    assert "elements.lab.mass = 14000 kg (13800 kg to 14200 kg)    (small/elements.csv:3)\n    source: invented" in one
    assert "elements.hub.mass" not in one


def test_explain_says_that_a_default_holds(call, small: Path) -> None:
    read = json.loads(call("explain", "span.start", "--in", small, *AS_OF, "--json").stdout)
    assert [(row["value"], row["where"]) for row in read["values"]] == [("2022-07-26", "default")]


def test_explain_refuses_a_row_that_is_not_known(call, small: Path) -> None:
    done = call("explain", "elements.lob.mass", "--in", small, *AS_OF)
    assert done.exit_code == 3
    assert "names no row that is known on 2022-07-26: got lob. Did you mean 'lab'?" in done.stderr


def test_explain_of_a_date_has_no_unit(call) -> None:
    read = json.loads(call("explain", "span.end", "--json").stdout)
    assert (read["unit"], read["partial"]) == ("", "a year or a month counts as its last day")


def test_explain_a_result_column(call) -> None:
    assert json.loads(call("explain", "events.because", "--json").stdout)["type"] == "VARCHAR"
    assert "mean altitude" in call("explain", "series.altitude").stdout


def test_explain_suggests_what_there_is(call) -> None:
    assert "altitude" in call("explain", "orbit.heigth").stderr


def test_depend_says_that_it_leaves_out_the_departure(call, small: Path) -> None:
    leaving = small.parent / "small-b-leaves"
    assert "as if it stayed" in call("depend", leaving, *AS_OF, "--on", "2025-01-01").stdout
    assert "as if it stayed" not in call("depend", leaving, *AS_OF, "--on", "2024-12-31").stdout
