"""Where a flight begins: states, frames, and what files tell of the craft."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from cupola.base.errors import DomainError, FormatError
from cupola.base.instants import parse_instant
from cupola.flight.full_library import from_gcrf
from cupola.flight.start import BEGIN, END, from_elements, from_oem, read_start, state_problems, turned
from cupola.flight.utc import to_calendar
from cupola.formats.elements import read_elements
from cupola.formats.oem import read_oem

RELEASE = "ISS.OEM_J2K_EPH_20210922T205919Z.xml.gz"
STATE = np.array([6_788e3, 0.0, 0.0, 0.0, 4_755.0, 6_009.0])


@pytest.fixture
def data(root: Path) -> Path:
    return root / "tests" / "formats" / "data"


def test_a_release_tells_state_mass_area_and_burns(data: Path) -> None:
    start = read_start(data / "releases" / RELEASE, BEGIN)
    assert (start.object_name, start.object_id) == ("ISS", "1998-067-A")
    assert (start.mass, start.drag_area, start.solar_area) == (461_622.0, 1_420.08, 0.0)
    assert start.instant == parse_instant("2021-09-22T12:00:00")
    back = from_gcrf("EME2000", start.motion, to_calendar(start.instant))
    assert back[0] == pytest.approx(-682_666.456, abs=0.001)
    burn = start.planned[0]
    assert (burn.delta_v, burn.sign) == (0.7, -1)


def test_the_state_nearest_to_an_instant_or_the_last(data: Path) -> None:
    oem = read_oem(data / "small.oem")
    first, last = oem.segments[0].instants, oem.segments[-1].instants
    assert from_oem(oem).instant == last[-1]
    start = from_oem(oem, int(first[2]) + 10_000_000_000)
    assert (start.instant, start.mass, start.drag_area) == (first[2], 420_000.0, 1_600.0 * 2.2)
    with pytest.raises(DomainError, match="outside the states of the file"):
        from_oem(oem, int(last[-1]) + 1)
    with pytest.raises(DomainError, match="object: is not in the file: got 'TUG'"):
        from_oem(oem, END, "TUG")


def test_a_segment_tells_of_its_own_craft_only(data: Path) -> None:
    oem = read_oem(data / "small.oem")
    assert from_oem(oem, END).mass is None
    one = oem.segments[0]
    lighter = tuple("MASS=1000.0" if "MASS" in text else text for text in one.data_comments)
    # Of two that hold the instant the later one counts.
    both = replace(oem, segments=(one, replace(one, data_comments=lighter)))
    assert from_oem(both).mass == 1_000.0


def test_elements_start_where_sgp4_puts_them_at_their_epoch(data: Path) -> None:
    sets = read_elements(data / "small.tle")
    start = from_elements(sets, END, "lab")
    assert start.instant == sets[0].epoch
    assert np.linalg.norm(start.motion[:3]) == pytest.approx(6_790e3, abs=15e3)
    assert (start.mass, start.drag_area) == (None, None)
    assert from_elements(sets, sets[0].epoch + 3_600_000_000_000, "99001").origin.endswith("+0.04 days on")
    with pytest.raises(DomainError, match=r"holds several: got LAB \(2031-001A, 99001\), TUG"):
        from_elements(sets)
    with pytest.raises(DomainError, match=r"too far from the elements: got 40\.0 days"):
        from_elements(sets, sets[0].epoch + 40 * 86_400_000_000_000, "99001")


def test_all_notations_of_an_omm_start_alike(data: Path) -> None:
    starts = [read_start(data / f"small{end}", END, "LAB") for end in (".omm", "_omm.xml", "_omm.json", "_omm.csv")]
    assert all(np.array_equal(start.motion, starts[0].motion) for start in starts)


def test_frames_of_files_are_turned_and_others_refused() -> None:
    instant = parse_instant("2025-01-01T12:00:00")
    assert np.array_equal(turned("ICRF", STATE, instant), STATE)
    ground = from_gcrf("ITRF", STATE, to_calendar(instant))
    assert turned("ITRF2014", ground, instant) == pytest.approx(STATE, abs=1e-3)
    bias = turned("EME2000", STATE, instant) - STATE
    assert 0.1 < float(np.linalg.norm(bias[:3])) < 1.5
    of_epoch = turned("TEME", STATE, instant, parse_instant("2000-01-01T12:00:00"))
    assert float(np.linalg.norm(of_epoch - turned("TEME", STATE, instant))) > 10e3
    with pytest.raises(DomainError, match="frame: is not known: got 'MOD'"):
        turned("MOD", STATE, instant)
    with pytest.raises(DomainError, match="held at an epoch"):
        turned("ITRF", STATE, instant, instant)


def test_bad_states_and_files_are_refused_in_words(data: Path) -> None:
    (under,) = state_problems("--state", "GCRF", 0.9 * STATE)
    assert "lies under the ground" in str(under)
    (fast,) = state_problems("--state", "GCRF", STATE * [1, 1, 1, 2, 2, 2])
    assert "hyperbolic" in str(fast)
    with pytest.raises(FormatError, match="is missing"):
        read_start(data / "nothing.oem")
    with pytest.raises(DomainError, match="rows of mean elements"):
        read_start(data / "rows.csv")
