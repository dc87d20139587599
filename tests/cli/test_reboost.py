"""``cupola reboost``: the three goals, from a craft and from a station, its ships, and every slip in words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

DATA = Path(__file__).parents[1] / "formats" / "data"
RELEASE = DATA / "releases" / "ISS.OEM_J2K_EPH_20210922T205919Z.xml.gz"
STATE = ("--state", "6788.1363,0,0,0,4.755154,6.008923", "--epoch", "2025-01-01T12:00")
CRAFT = ("--mass", "420 t", "--drag-area", "3520 m2")
STATION = ("--station", "iss", "--as-of", "2022-07-26", "--on", "2022-07-26")


def told(call, *words: object) -> dict[str, Any]:
    done = call("reboost", *words, "--json")
    assert done.exit_code == 0, done.stderr
    document: dict[str, Any] = json.loads(done.stdout)
    return document


def refused(call, *words: object) -> str:
    done = call("reboost", *words)
    assert done.exit_code == 3, done.stdout
    assert "Traceback" not in done.stderr and not done.stdout
    return str(done.stderr)


def test_a_craft_to_an_altitude(call) -> None:
    found = told(call, *STATE, *CRAFT, "--target", "407", "--isp", "300", "--thrust", "2 kN")
    assert found["goal"] == {"kind": "target", "instant": None, "altitude_m": 407e3}
    assert [burn["begin"] for burn in found["burns"]] == ["2025-01-03T00:00:00", "2025-01-03T00:46:17"]
    assert found["burns"][-1]["after"]["altitude_m"] == pytest.approx(407e3, abs=1.0)
    # Half a metre a second a kilometre, and 3.2 km to make good with what a day and a half of drag took.
    assert found["delta_v_m_s"] == pytest.approx(1.95, abs=0.1)
    assert found["propellant_kg"] == pytest.approx(420e3 * found["delta_v_m_s"] / (300 * 9.80665), rel=0.01)
    back = found["sinks_back"]
    assert "2025-01-06" < back["p5"] == back["p50"] == back["p95"] < "2025-02-01"
    lowered = told(call, *STATE, *CRAFT, "--target", "400")
    assert lowered["delta_v_m_s"] < 0.0 and lowered["sinks_back"] is None
    assert lowered["propellant_kg"] is None and lowered["burns"][0]["mass_after_kg"] is None


def test_what_is_planned_can_be_flown(call) -> None:
    found = told(call, *STATE, *CRAFT, "--target", "407", "--isp", "300", "--thrust", "2 kN")
    burns = [word for burn in found["burns"] for word in ("--burn", burn["fly"])]
    done = call(
        *("fly", *STATE, *CRAFT, "--until", "2025-01-03T02:00", "--fidelity", "averaged", "--json"),
        *(*burns, "--isp", "300", "--thrust", "2 kN"),
    )
    assert done.exit_code == 0, done.stderr
    end = json.loads(done.stdout)["end"]
    assert end["orbit"]["altitude_m"] == pytest.approx(407e3, abs=60.0)
    assert end["mass_kg"] == pytest.approx(420e3 - found["propellant_kg"], abs=1.0)


def test_what_is_printed_fits_and_ends_with_what_was_assumed(call) -> None:
    done = call("reboost", *STATE, *CRAFT, "--target", "407", "--isp", "300", "--thrust", "2 kN", "--largest", "0.7")
    assert done.exit_code == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == "Craft: to a mean altitude of 407 km" and max(map(len, lines)) <= 100
    assert done.stdout.count('--burn "2025-01-03T') == 3
    text = " ".join(done.stdout.split())
    for part in ("minutes of burning.", "--isp 300 --thrust 2000", "Unless raised again, back at", "Assumed:"):
        assert part in text


def test_a_station_says_who_can_push_and_who_cannot(call) -> None:
    found = told(call, *STATION, "--target", "419")
    rows = {row["port"] or row["kind"]: row for row in found["station"]["pushers"]}
    assert found["delta_v_m_s"] == pytest.approx(1.12, abs=0.02)
    assert rows["zvezda-aft"]["verdict"] == "suffices alone" and rows["zvezda-aft"]["suffices"]
    assert rows["poisk-zenith"]["verdict"] == "suffices alone, after a turn in pitch"
    assert rows["harmony-zenith"]["verdict"] == "cannot: it has no thrust for reboosts"
    assert rows["reboost-zvezda"]["verdict"] == "cannot: Progress MS-20 (81P) stands behind it at zvezda-aft"
    assert {burn["engine"] for burn in found["burns"]} == {"Progress MS-20 (81P) at zvezda-aft"}
    assert found["burn_time_s"] == pytest.approx(rows["zvezda-aft"]["burn_time_s"], rel=0.01)
    other = told(call, *STATION, "--target", "419", "--with", "poisk-zenith")
    assert {burn["engine"] for burn in other["burns"]} == {"Progress MS-19 (80P) at poisk-zenith"}
    text = " ".join(call("reboost", *STATION, "--target", "435").stdout.split())
    assert "more than what is there can give" in text and "of 10" in text
    assert "and cannot be flown; the rest takes " in text and "kg of propellant with steering, " in text
    # The burn that nobody can make stands in the table alone.
    assert text.count(" > ") == 3 * (text.count('--burn "') + 1) > 3
    lacking = told(call, *STATION, "--target", "435")["burns"]
    assert [burn["fly"] is None for burn in lacking] == [burn["engine"] == "nobody" for burn in lacking]
    down = told(call, *STATION, "--target", "416.5")
    assert {row["port"]: row["verdict"] for row in down["station"]["pushers"]}["zvezda-aft"].endswith("turn in yaw")


def test_a_station_on_a_day_to_come_is_flown_to_it(call) -> None:
    found = told(call, "--station", "iss", "--as-of", "2022-07-26", "--on", "2022-12-01", "--target", "420")
    assert found["start"]["instant"] == "2022-12-01T00:00:00"
    assert any("nominal run from 2022-07-26" in line for line in found["assumed"])
    assert all(row["brought_kg"] == 0.0 for row in found["station"]["pushers"])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "km", "said"),
    [
        (("iss", "--on", "2015-07-01"), 403.69, "between those recorded on 2015-02-27 and 2016-02-20"),
        (("iss", "--as-of", "2015-07-01"), 402.99, "recorded on 2015-02-27, 124 days before"),
        (
            ("iss", "--as-of", "2015-07-01", "--on", "2015-07-03"),
            405.27,
            "by a run from 2015-07-01 on, begun at 402.99 km, recorded on 2015-02-27, 124 days before",
        ),
    ],
)
def test_a_station_starts_from_its_last_recorded_altitude(call, words: tuple[str, ...], km: float, said: str) -> None:
    found = told(call, "--station", *words, "--target", f"{km + 2.0}")
    assert found["start"]["orbit"]["altitude_m"] == pytest.approx(1e3 * km, abs=1_000.0 if "by a run" in said else 10.0)
    assert found["start"]["orbit"]["elements"] == f"mean, {said}"
    assert 0.5 < found["delta_v_m_s"] < 2.0


def test_burns_that_were_asked_for_and_set_aside_are_told(call) -> None:
    words = ("reboost", *STATE, *CRAFT, "--target", "407", "--isp", "300", "--thrust", "50 kN")
    text = " ".join(call(*words, "--largest", "0.7", "--burns", "1").stdout.split())
    assert "--burns 1 is set aside: no burn may be larger than 0.7 m/s (--largest)." in text
    assert " seconds of burning" in text and "minutes" not in text and "steering" not in text
    assert "set aside" not in call(*words, "--burns", "3").stdout


def test_over_a_site_that_the_plane_never_comes_over_it_says_so_before_the_burn(call) -> None:
    words = ("reboost", *STATE, "--at-time", "2025-01-09T12:00", "--passes")
    text = " ".join(call(*words, "70,20").stdout.split())
    head, _, rest = text.partition("burn, UTC")
    assert "Its plane, tilted by 51.6" in head and "never comes over the site's latitude, 70 deg" in head
    assert "never" not in rest and "of the track." in rest and "It lies in the plane" not in rest
    south, north = (" ".join(call(*words, f"{place},0").stdout.split()) for place in (-70, 70))
    assert "to the right of the track" in south and "to the left of the track" in north
    assert "never comes over" not in call(*words, "40,20").stdout


def test_the_other_direction_is_as_far_as_it_is_told(call) -> None:
    meeting = told(call, *STATE, "--phase", "120", "--at-time", "2025-01-09T12:00")["meeting"]
    apart = abs(meeting["chosen"]["delta_v_m_s"] - meeting["other"]["delta_v_m_s"])
    assert meeting["solutions_apart_m_s"] == pytest.approx(apart, abs=1e-9)
    text = " ".join(call("reboost", *STATE, "--phase", "120", "--at-time", "2025-01-09T12:00").stdout.split())
    assert f"{apart:.3f} m/s from this burn, for a turn more or less." in text


@pytest.mark.slow
def test_where_the_sun_was_observed_a_drift_down_is_one_row(call) -> None:
    past = ("--state", "6788.1363,0,0,0,4.755154,6.008923", "--epoch", "2003-10-01T12:00")
    done = call("reboost", *past, *CRAFT, "--drift-down", "390", "--by", "2003-10-20")
    assert done.stderr.startswith("the years of a drift-down are flown") and done.stderr.count("\n") == 1
    rows = done.stdout.split("Without burns")[1].split("Assumed:")[0].strip().splitlines()
    assert rows[1].startswith("km then  reached") and len(rows) == 3
    assert "forecast" not in " ".join(rows) and "With these burns" not in done.stdout


@pytest.mark.slow
def test_a_meeting_from_a_release_with_a_stations_ships(call) -> None:
    words = (RELEASE, "--at", "start", "--station", "iss", "--as-of", "2021-09-22")
    when = ("--at-time", "2021-10-05T08:55")
    found = told(call, *words, "--phase", "120", *when)
    meeting = found["meeting"]
    assert meeting["chosen"]["argument_of_latitude_deg"] == pytest.approx(120.0, abs=1e-3)
    assert meeting["chosen"]["delta_v_m_s"] * meeting["other"]["delta_v_m_s"] < 0.0
    assert found["station"]["date"] == "2021-09-24" and len(found["burns"]) == 1
    over = told(call, *words, "--passes", "45.96,63.35", *when)
    site = over["meeting"]["site"]
    # Baikonur's latitude is below the inclination: the plane comes over it twice a day.
    assert abs(site["aside_m"]) < 200e3
    assert abs(site["northbound_in_s"]) < 600.0 and 3_600.0 < abs(site["southbound_in_s"]) < 43_200.0
    text = " ".join(call("reboost", *words, "--passes", "45.96,63.35", *when).stdout.split())
    assert "It lies in the plane northbound at 2021-10-05T08:5" in text and "Without a burn it would be" in text


@pytest.mark.slow
def test_a_drift_down_that_is_too_slow_and_one_that_is_too_fast(call) -> None:
    slow = told(call, *STATION, "--drift-down", "400", "--by", "2023-02-01")
    middle = slow["drift_down"]["p50"]
    assert middle["lowering_m_s"] < 0.0 and middle["hold"] is None
    assert slow["delta_v_m_s"] == middle["lowering_m_s"]
    assert middle["after_the_burns"]["altitude_m"] == pytest.approx(400e3, abs=300.0)
    after = [slow["drift_down"][share]["after_the_burns"]["altitude_m"] for share in ("p5", "p50", "p95")]
    assert after == sorted(after)
    fast = told(call, *STATION, "--drift-down", "400", "--by", "2024-06-01")
    hold = fast["drift_down"]["p50"]["hold"]
    assert hold["reboosts"][-1]["begin"] == hold["last"] < "2024-06-01" and not fast["burns"]
    assert hold["delta_v_m_s"] == pytest.approx(sum(row["delta_v_m_s"] for row in hold["reboosts"]))
    # Some 155 kg a metre a second, and a tenth for steering.
    assert fast["hold_propellant_kg"] == pytest.approx(1.1 * 163.5 * hold["delta_v_m_s"], rel=0.02)
    text = " ".join(call("reboost", *STATION, "--drift-down", "400", "--by", "2024-06-01").stdout.split())
    assert "hold: " in text and "Reboosts of the middle" in text
    assert "kg of propellant with steering, " in text and "earlier than the row tells" in text


def test_all_slips_of_a_command_line_are_told_at_once(call) -> None:
    words = ("--mass", "0", "--isp", "1e9", "--thrust", "nan", "--largest", "-1", "--band", "inf", "--burn-on", "soon")
    said = refused(call, "--target", "abc", *words, "--as-of", "2020-13-01", "--drag-area", "-1", "--with", "x")
    for option in ("--target", "--mass", "--isp", "--thrust", "--largest", "--band", "--burn-on", "--as-of", "--with"):
        assert f"{option}: " in said
    assert "11 problems on the command line. Nothing was planned." in said
    both = refused(call, "--station", "isss", "--target", "100", "--on", "tomorrow")
    assert "Did you mean 'iss'?" in both and "above 120 to 595 km" in both and "--on: date" in both


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((*STATE,), "goal: goal: is missing"),
        ((*STATE, "--target", "410", "--phase", "3", "--at-time", "2025-01-09"), "are several: got --target and"),
        ((*STATE, "--phase", "3"), "--at-time: instant: is missing"),
        ((*STATE, "--target", "410", "--by", "2026-01-01"), "--by: instant: does not go with --target"),
        ((*STATE, "--phase", "361", "--at-time", "2025-01-09"), "expected -360 to 360 deg"),
        ((*STATE, "--passes", "baikonur", "--at-time", "2025-01-09"), "the sites of a scenario have none"),
        ((*STATE, "--passes", "91,0", "--at-time", "2025-01-09"), "latitude: is out of range"),
        ((*STATE, "--target", "600"), "where the tables of the air hold"),
        ((*STATE, "--target", "410", "--thrust", "500"), "--isp: specific impulse: is missing"),
        ((*STATE, "--target", "410", "--isp", "300"), "--mass: mass: is not told"),
        ((*STATE, "--target", "410", "--set", "orbit.altitude=400 km"), "goes with --station only"),
        ((*STATE, "--target", "410", "--burn-on", "2024-12-31"), "is before the start"),
        ((*STATE, "--drift-down", "300", "--by", "2026-01-01"), "--drag-area: drag area: is not told, or zero"),
        ((*STATE, *CRAFT, "--drift-down", "410", "--by", "2026-01-01"), "drift-down: is out of range"),
        ((*STATE, *CRAFT, "--target", "410", "--burn-on", "2180-01-01"), "dates:"),
        ((*STATE, "--phase", "10", "--at-time", "2025-01-03T00:30"), "too late to change the place"),
        ((*STATE, "--target", "500", "--largest", "0.05"), "come to more than 200"),
        ((*STATION, "--target", "419", "--isp", "300"), "--isp: specific impulse: goes with a craft alone"),
        ((*STATION, "--target", "419", "--with", "foo"), "has no ship or engine on 2022-07-26: got foo"),
        ((*STATION, "--phase", "3", "--at-time", "2022-08-01"), "a scenario tells no place in the orbit"),
        (("--station", "iss", "--on", "1990-01-01", "--target", "419"), "is before the station exists"),
        (("--station", "iss", "--on", "2099-01-01", "--target", "419"), "not before the end of the run"),
        (("--target", "410"), "expected either a file or --state"),
    ],
)
def test_one_clear_sentence_for_each(call, words: tuple[str, ...], said: str) -> None:
    assert said in refused(call, *words)
