"""``cupola reentry``: a date with its spread from a state or a track, the same bytes again, slips in words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

DATA = Path(__file__).parents[1] / "formats" / "data"
RELEASES = sorted((DATA / "releases").glob("ISS.OEM*"))
# A circular orbit at 180 km, where a heavy craft has days left.
STATE = ("--state", "6558.1363,0,0,0,4.838,6.113", "--epoch", "2020-01-01T12:00")
CRAFT = ("--mass", "420 t", "--drag-area", "3520 m2")
QUICK = ("--futures", "20", "--years", "1")


def test_a_state_comes_down_at_dates_in_order_and_the_same_again(call) -> None:
    words = ("reentry", *STATE, *CRAFT, *QUICK, "--json")
    first, again = call(*words), call(*words)
    assert first.exit_code == 0, first.stderr
    assert first.stdout == again.stdout
    told = json.loads(first.stdout)
    days = [told["reentry"][share]["days"] for share in ("p5", "p50", "p95")]
    assert 0.0 < days[0] < days[1] < days[2] < 30.0 and told["still_up"] == 0
    assert told["reentry"]["p50"]["instant"].startswith("2020-01-")
    assert told["spread"] == pytest.approx(0.242, abs=0.001) and "flux and ap as observed" in told["assumed"]
    other = json.loads(call(*words, "--seed", "2").stdout)
    assert other["reentry"]["p50"] != told["reentry"]["p50"]


def test_without_spread_and_with_the_sun_observed_all_futures_are_one(call) -> None:
    done = call("reentry", *STATE, *CRAFT, *QUICK, "--spread", "0", "--json")
    rows = json.loads(done.stdout)["reentry"]
    assert rows["p5"] == rows["p50"] == rows["p95"]


def test_a_craft_that_stays_up_is_no_error(call) -> None:
    state = ("--state", "6898.1363,0,0,0,4.7173,5.9612", "--epoch", "2020-01-01T12:00")
    done = call("reentry", *state, *CRAFT, *QUICK)
    assert done.exit_code == 0, done.stderr
    assert "None comes down to 120 km within 1 year." in done.stdout


@pytest.mark.slow
def test_the_track_of_two_releases_tells_drag_and_spread(call) -> None:
    done = call("reentry", *RELEASES, "--futures", "20", "--years", "5")
    assert done.exit_code == 0, done.stderr
    told = " ".join(done.stdout.split())
    assert "stretches of the track, the newest counting most" in told and "that of the stretches" in told
    assert "All come down within 5 years." in told


def test_slips_are_told_in_one_pass(call) -> None:
    done = call("reentry", *STATE, "--mass", "0", "--drag-area", "lots", "--spread", "nan", "--as-of", "soon")
    assert done.exit_code == 3 and "Traceback" not in done.stderr
    for option in ("--mass", "--drag-area", "--spread", "--as-of"):
        assert option in done.stderr


def test_missing_drag_both_starts_and_no_start(call) -> None:
    assert "is not told" in call("reentry", *STATE).stderr
    single = call("reentry", DATA / "small.tle", "--object", "LAB")
    assert single.exit_code == 3 and "Give --mass and --drag-area" in single.stderr
    assert "are two" in call("reentry", RELEASES[0], *STATE).stderr
    assert "is missing" in call("reentry").stderr


def test_several_files_that_are_bad_or_hold_no_state(call, tmp_path: Path) -> None:
    (tmp_path / "a.tle").write_text("1 25544U\n", encoding="utf-8")
    done = call("reentry", "a.tle", "missing.oem")
    assert done.exit_code == 3 and "a.tle:1" in done.stderr and "missing.oem:1" in done.stderr
    rows = call("reentry", DATA / "station_rows.csv", DATA / "rows.csv")
    assert rows.exit_code == 3 and "no state" in rows.stderr


def test_files_of_several_objects_are_refused_unless_one_is_named(call) -> None:
    done = call("reentry", RELEASES[0], DATA / "small.oem")
    assert done.exit_code == 3 and "are of several objects" in done.stderr
    assert "ISS (1998-067-A), LAB (2031-001A)" in done.stderr and "--object" in done.stderr


def test_a_range_in_percent_is_told_in_percent(call) -> None:
    assert "expected 0 to 100 %." in call("reentry", DATA / "small.oem", "--spread", "-5").stderr
