"""``cupola track``: what it prints, draws and refuses."""

from __future__ import annotations

import json
import xml.etree.ElementTree as Tree
from pathlib import Path

from support.orbit_files import DATA, RELEASES


def test_a_release_in_words(call) -> None:
    done = call("track", RELEASES[0])
    assert done.exit_code == 0, done.stderr
    assert "2021-09-24T14:38" in done.stdout and "-0.65" in done.stdout and "high" in done.stdout
    assert "Cd A/m" in done.stdout


def test_two_releases_as_json_with_a_picture(call, tmp_path: Path) -> None:
    done = call("track", *RELEASES, "--json", "--out", "track.svg")
    assert done.exit_code == 0, done.stderr
    read = json.loads(done.stdout)
    assert [round(burn["delta_v_m_s"], 1) for burn in read["burns"]] == [-0.6]
    assert read["burns"][0]["begin"].startswith("2021-09-24T14:38") and read["picture"] == "track.svg"
    assert len(read["history"]) > 400 and read["ballistic_coefficients"] and read["refused"] == []
    picture = Tree.fromstring((tmp_path / "track.svg").read_text(encoding="utf-8"))
    assert picture.tag.endswith("svg") and len(list(picture.iter())) > 30


def test_rows_of_elements_that_span_years(call) -> None:
    done = call("track", DATA / "station_rows.csv", "--out", "rows.svg")
    assert done.exit_code == 0, done.stderr
    assert "25544" in done.stdout


def test_bad_files_exit_with_3_and_are_all_named(call, tmp_path: Path) -> None:
    (tmp_path / "a.tle").write_text("1 25544U\n", encoding="utf-8")
    done = call("track", "a.tle", "missing.oem", "--json")
    assert done.exit_code == 3
    assert "a.tle:1" in done.stderr and "missing.oem:1" in done.stderr and "Traceback" not in done.stderr
    assert len(json.loads(done.stdout)["problems"]) >= 2


def test_a_picture_of_another_kind_is_refused(call) -> None:
    done = call("track", RELEASES[0], "--out", "track.png")
    assert done.exit_code == 3 and ".svg" in done.stderr


def test_an_object_that_no_file_holds(call) -> None:
    done = call("track", RELEASES[0], "--object", "12345")
    assert done.exit_code == 3 and "12345" in done.stderr and "ISS (1998-067-A)" in done.stderr
