"""``cupola fly --change``: what the craft becomes on its way, in flight, summary and files, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

STATE = ("fly", "--state", "6788.1363,0,0,0,4.755154,6.008923", "--epoch", "2025-01-01T12:00")
FLIGHT = (*STATE, "--mass", "420 t", "--drag-area", "3520 m2")
AVERAGED = (*FLIGHT, "--fidelity", "averaged")


def test_twice_the_area_from_the_middle_on_sinks_by_half_as_much_again(call) -> None:
    def fallen(*words: str) -> float:
        document = json.loads(call(*AVERAGED, "--days", "20", *words, "--json").stdout)
        return float(document["start"]["orbit"]["altitude_m"] - document["end"]["orbit"]["altitude_m"])

    plain = fallen()
    # A denser Sun in the second half: 1.5 of the same halves.
    assert fallen("--change", "2025-01-11T12:00 drag-area 7040") / plain == pytest.approx(1.5, abs=0.1)
    assert fallen("--change", "2025-01-11T12:00 mass 840 t drag-area 7040 m2") == pytest.approx(plain, rel=1e-3)


@pytest.mark.parametrize("fidelity", [pytest.param("full", marks=pytest.mark.slow), "averaged"])
def test_a_change_stands_in_the_summary_and_the_file_carries_it_on(call, tmp_path: Path, fidelity: str) -> None:
    changes = ("--change", "2025-01-01T14:00 mass 430 t solar-area 2400", "--change", "2025-01-01T15:30 drag-area 4000")
    burn = ("--burn", "2025-01-01T15:00 1 m/s", "--isp", "300", "--thrust", "2 kN")
    words = (*FLIGHT, "--days", "0.25", "--fidelity", fidelity, *changes, *burn)
    done = call(*words, "--out", "lab.oem")
    assert done.exit_code == 0, done.stderr
    told = " ".join(done.stdout.split())
    for text in (
        "mass 420000 kg, as given, less what burns use, until 2025-01-01T14:00:00",
        "drag area 3520 m2, as given, until 2025-01-01T15:30:00",
        "from 2025-01-01T14:00:00 on: mass 430000 kg, solar area 2400 m2, as given",
        "Change 2025-01-01T14:00:00: mass 430000 kg, drag area 3520 m2, solar area 2400 m2 from there on.",
        "Change 2025-01-01T15:30:00: mass 429854 kg, drag area 4000 m2, solar area 2400 m2 from there on.",
    ):
        assert text in told
    document = json.loads(call("fly", "lab.oem", "--days", "0.1", "--fidelity", "averaged", "--json").stdout)
    assert document["end"]["mass_kg"] == pytest.approx(429_853.9, abs=0.1)
    assert "drag area 4000 m2, as the file tells, the same all along" in document["assumed"]
    document = json.loads(call(*words, "--json").stdout)
    assert [one["drag_area_m2"] for one in document["changes"]] == [3520.0, 3520.0, 4000.0]
    assert document["changes"][0]["instant"].startswith("2025-01-01T14:00:00")


def test_every_slip_is_told_at_once(call) -> None:
    texts = (
        *("2025-01-02 mass", "soon mass 1 t", "2025-01-02 mass nan", "2025-01-02 drag-area inf", "2025-01-02 mass 0"),
        *("2025-01-02 mass 1 t mass 2 t", "2025-01-02 solar-area -1", "2025-01-02 wings 3", "2025-01-02 5 mass 3", ""),
        *("2025-02-02 mass 420 t", "2025-01-03 mass 1 t"),
    )
    done = call(*AVERAGED, "--days", "3", *(word for text in texts for word in ("--change", text)))
    assert done.exit_code == 3 and not done.stdout and "Traceback" not in done.stderr
    told = done.stderr
    assert told.count("--change: change: cannot be read") == 4
    assert "expected 'INSTANT mass MASS drag-area AREA solar-area AREA', any of the three" in told
    assert told.count("--change: instant: ") == 1 and told.count("is not a number") == 2
    assert told.count("is out of range") == 2 and "tells the mass twice" in told
    assert "lies outside the flight" in told and "--change: drag area: is too large for the mass" in told
    assert "12 problems" in told


def test_a_change_within_a_burn_is_refused(call) -> None:
    burn = ("--burn", "2025-01-01T15:00 1 m/s", "--isp", "300", "--thrust", "200 N")
    done = call(*AVERAGED, "--days", "1", *burn, "--change", "2025-01-01T15:10 mass 400 t")
    assert done.exit_code == 3 and "change: falls into the burn of 2025-01-01T15:00:00" in done.stderr


def test_dockings_that_a_release_plans_tell_no_mass(call, root: Path) -> None:
    release = root / "tests" / "formats" / "data" / "releases" / "ISS.OEM_J2K_EPH_20210922T205919Z.xml.gz"
    words = ("fly", release, "--at", "start", "--days", "14.9", "--fidelity", "averaged")
    told = " ".join(call(*words).stdout.split())
    said = "no change of the craft by {}: the file tells no mass (--change)"
    assert said.format("SPX-23 Undock, 2021-09-30T13:00:00") in told
    told = " ".join(call(*words, "--change", "2021-09-30T13:00 mass 452 t").stdout.split())
    assert "SPX-23" not in told and said.format("65S 2-Orbit Docking, 2021-10-05T12:12:00") in told
