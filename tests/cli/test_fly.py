"""``cupola fly``: from each kind of start to each kind of file, and every slip in words."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from cupola.base.instants import parse_instant
from cupola.cli.fly_told import sky_of
from cupola.flight.full_weather import observed_indices
from cupola.formats.oem import read_oem

STATE = ("--state", "6788.1363,0,0,0,4.755154,6.008923", "--epoch", "2025-01-01T12:00")
CRAFT = ("--mass", "420 t", "--drag-area", "3520 m2")


@pytest.fixture
def data(root: Path) -> Path:
    return root / "tests" / "formats" / "data"


def release(data: Path, name: str = "20210922T205919Z") -> Path:
    return data / "releases" / f"ISS.OEM_J2K_EPH_{name}.xml.gz"


@pytest.mark.slow
def test_a_release_flown_for_a_day_stays_near_the_stations_own_prediction(call, data: Path, tmp_path: Path) -> None:
    source = release(data, "20211224T224952Z")
    words = ("fly", source, "--at", "start", "--days", 1)
    for fidelity, most in (("full", 4.0), ("averaged", 4.5)):
        # Measured 1.26 and 1.38 km, with the mass and the drag area that the release tells.
        done = call(*words, "--fidelity", fidelity, "--out", f"{fidelity}.oem", "--json")
        assert done.exit_code == 0, done.stderr
        document = json.loads(done.stdout)
        assert document["object"] == {"name": "ISS", "id": "1998-067-A"}
        flown = read_oem(tmp_path / f"{fidelity}.oem").segments[0]
        theirs = read_oem(source).segments[0]
        row = int(np.searchsorted(theirs.instants, flown.instants[-1]))
        assert theirs.instants[row] == flown.instants[-1]
        # EME2000 and GCRF are a metre apart here.
        assert np.linalg.norm(flown.position[-1] - theirs.position[row]) / 1e3 < most


def test_a_summary_tells_orbit_decay_and_what_was_assumed(call, data: Path) -> None:
    done = call("fly", release(data), "--at", "start", "--days", "3", "--fidelity", "averaged")
    assert done.exit_code == 0, done.stderr
    told = " ".join(done.stdout.split())
    for text in (
        "ISS 1998-067-A: 2021-09-22T12:00:00 to 2021-09-25T12:00:00 UTC, 3 days, averaged engine",
        "altitude 421.8",
        "drag area 1420.08 m2, as the file tells, the same all along",
        "flux and ap as observed",
        "not flown: GMT267 Deboost Preli, 2021-09-24T14:38:00, -0.7 m/s, which the file plans (--planned)",
    ):
        assert text in told
    planned = call("fly", release(data), "--at", "start", "--days", "3", "--fidelity", "averaged", "--planned")
    assert "Burn 2021-09-24T14:38:00: -0.7 m/s, an impulse" in planned.stdout
    assert "not flown" not in planned.stdout


def test_the_sun_is_observed_then_forecast_and_dates_beyond_the_tables_are_said(call) -> None:
    done = call("fly", *STATE, *CRAFT, "--days", "2", "--fidelity", "averaged", "--as-of", "2024-06-10")
    assert "observed up to 2024-06-09, after that the middle of the forecast issued 2024-06" in " ".join(
        done.stdout.split()
    )
    far = (*STATE[:2], "--epoch", "2055-01-01", *CRAFT, "--days", "2", "--fidelity", "averaged")
    told = " ".join(call("fly", *far).stdout.split())
    assert "its last eleven years again" in told and "no leap second" in told


def test_a_flight_goes_on_from_the_file_of_another(call, tmp_path: Path) -> None:
    burn = ("--burn", "2025-01-01T15:00 1.5 m/s retrograde", "--isp", "300", "--thrust", "2 kN")
    first = call("fly", *STATE, *CRAFT, "--until", "2025-01-02", *burn, "-o", "one.xml", "--object", "LAB/2020-001A")
    assert first.exit_code == 0, first.stderr
    second = call("fly", "one.xml", "--days", "0.5", "--fidelity", "averaged", "--json")
    document = json.loads(second.stdout)
    assert document["object"] == {"name": "LAB", "id": "2020-001A"}
    assert document["start"]["instant"].startswith("2025-01-02T00:00:00")
    assert document["end"]["mass_kg"] == pytest.approx(420_000.0 - 214.1, abs=0.1)
    assert document["start"]["orbit"]["altitude_m"] < 403_000.0


@pytest.mark.parametrize("source", ["small.tle", "small.omm", "small_omm.xml", "small_omm.json"])
def test_elements_of_an_object(call, data: Path, tmp_path: Path, source: str) -> None:
    done = call(
        "fly", data / source, "--object", "LAB", *CRAFT, "--days", "0.1", "--fidelity", "averaged", "-o", "a.czml"
    )
    assert done.exit_code == 0, done.stderr
    assert json.loads((tmp_path / "a.czml").read_text())[1]["name"] == "LAB"


def refused(call, *words: object) -> str:
    done = call("fly", *words)
    assert done.exit_code == 3, done.stdout
    assert "Traceback" not in done.stderr and not done.stdout
    return str(done.stderr)


def test_all_slips_of_a_command_line_are_told_at_once(call) -> None:
    told = refused(
        call,
        *("--state", "6788,0,0,0,4.7,nan", "--epoch", "2025-13-01", "--frame", "MOON", "--time-system", "TDB"),
        *("--mass", "-1", "--drag-area", "inf", "--every", "0s", "--fidelity", "best", "--out", "a.stk"),
        *(
            "--burn",
            "now 1 m/s",
            "--burn",
            "2025-01-01T13:00 0 m/s",
            "--burn",
            "much",
            "--until",
            "soon",
            "--days",
            "1",
        ),
    )
    for place in ("--state", "--epoch", "--frame", "--time-system", "--mass", "--drag-area", "--every", "--fidelity"):
        assert f"{place}: " in told
    assert told.count("--burn: ") == 3 and "--out: " in told and told.count("--until: ") == 2
    assert "13 problems" in told or "14 problems" in told


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "start: is missing: expected either a file or --state"),
        ((*STATE, "--days", "1", "--mass", "1"), "drag area: is not told by the state. Give --drag-area."),
        ((*STATE, "--days", "1", "--drag-area", "1"), "mass: is not told by the state. Give --mass."),
        (("--state", "6000,0,0,0,4,6", *STATE[2:], *CRAFT, "--days", "1"), "lies under the ground"),
        (("--state", "6800,0,0,0,9,9", *STATE[2:], *CRAFT, "--days", "1"), "hyperbolic"),
        (("--state", "1,2,3", *STATE[2:], *CRAFT, "--days", "1"), "is not six numbers"),
        ((*STATE[:2], "--epoch", "1965-01-01", *CRAFT, "--days", "1"), "lies before 1972-01-01"),
        ((*STATE[:2], "--epoch", "1972-02-01", *CRAFT, "--days", "1"), "expected days from 1973-01-02"),
        ((*STATE[:2], "--epoch", "2070-01-01", *CRAFT, "--days", "1"), "beyond the table of Sun and Moon"),
        ((*STATE, "--mass", "1", "--drag-area", "11", "--days", "1"), "drag area: is too large for the mass"),
        ((*STATE, *CRAFT, "--until", "2024-12-31"), "is not after the start"),
        ((*STATE, *CRAFT, "--days", "1", "--burn", "2025-01-01T13:00 1 m/s"), "--thrust: burns: is missing"),
        (
            (*STATE, *CRAFT, "--days", "1", "--fidelity", "averaged", "--burn", "2026-01-01 1 m/s"),
            "lies outside the flight",
        ),
    ],
)
def test_one_clear_sentence_for_each(call, words: tuple[str, ...], said: str) -> None:
    assert said in refused(call, *words)


def test_bad_files_are_told_with_their_line(call, data: Path, tmp_path: Path) -> None:
    text = (data / "small.oem").read_text()
    (tmp_path / "bad.oem").write_text(text.replace("REF_FRAME = EME2000", "REF_FRAME = MOON", 1))
    assert "bad.oem:11: REF_FRAME" in refused(call, "bad.oem", "--days", "1")
    (tmp_path / "bomb.gz").write_bytes(gzip.compress(b"0" * 40_000_000))
    assert "bomb.gz:1: archive: unpacks to too much" in refused(call, "bomb.gz", "--days", "1")
    assert "none:1: file: is missing" in refused(call, "none", "--days", "1")
    both = refused(call, "bad.oem", "--days", "1", "--mass", "0")
    assert "bad.oem:11" in both and "--mass" in both
    assert "rows of mean elements" in refused(call, data / "rows.csv", "--days", "1")
    assert "holds several" in refused(call, data / "small.tle", "--days", "1")
    (tmp_path / "plain.oem").write_text("\n".join(line for line in text.split("\n") if "COMMENT" not in line))
    assert "drag area: is not told by plain.oem. Give --drag-area." in refused(call, "plain.oem", "--days", "1")


def test_other_files_are_not_written_over(call, tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("name,wage\n")
    flight = (*STATE, *CRAFT, "--days", "0.1", "--fidelity", "averaged")
    assert "is there already and is no .csv file" in refused(call, *flight, "-o", "mine.csv")
    for _ in range(2):
        assert call("fly", *flight, "-o", "flown.csv").exit_code == 0
    assert (tmp_path / "flown.csv").read_text().startswith("epoch_utc,")
    assert call("fly", *flight, "-o", "flown.oem").exit_code == 0
    assert "is the file to be read" in refused(call, "flown.oem", "--days", "1", "-o", "./flown.oem")


def test_the_mean_flux_is_that_around_the_day_and_the_flux_that_of_the_day_before() -> None:
    start = SimpleNamespace(instant=parse_instant("2024-05-01T12:00:00"))
    job = SimpleNamespace(start=start, until=np.datetime64("2024-05-20T00:00", "us"), as_of=None)
    sky, _ = sky_of(job)  # type: ignore[arg-type]
    observed, day = observed_indices(), 60_435
    row = day - observed.first_mjd
    found = sky.averaged(day)
    assert found.f107 == observed.f107[row - 1] and found.ap == pytest.approx(observed.ap[row].mean(), abs=0.6)
    assert found.f107a == pytest.approx(observed.f107[row - 40 : row + 41].mean(), rel=1e-9)


@pytest.mark.parametrize(
    ("option", "text", "range_"),
    [
        ("--days", "-1", "above 0 to 60000 d."),
        ("--every", "0", "1 to 1e+09 s."),
        ("--mass", "0", "above 0 to 1e+09 kg."),
    ],
)
def test_a_range_is_told_in_the_unit_of_its_option(call, data: Path, option: str, text: str, range_: str) -> None:
    done = call("fly", data / "small.oem", option, text)
    assert done.exit_code == 3 and f"is out of range: got {text}; expected {range_}" in done.stderr
