"""Tracks from whole files: what counts where they overlap, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from cupola.base.constants import EARTH_RADIUS, MU_EARTH
from cupola.base.errors import FormatError
from cupola.base.instants import DAY_S, NS, format_instant
from cupola.flight.track import claims, track
from cupola.flight.track_files import read_files
from cupola.formats.ephemeris import Oem, OemSegment
from cupola.formats.oem import write_oem
from support.orbit_files import DATA, RELEASES
from support.track_orbits import BEGIN, segment


def written(folder: Path, name: str, states: OemSegment, created: float) -> Path:
    """A file of states, made some days after their begin."""
    path = folder / name
    oem = Oem((states,), "TEST", states.start + round(created * DAY_S) * NS)
    path.write_text(write_oem(oem), encoding="utf-8")
    return path


def rows(folder: Path, name: str, heights: list[float], number: str = "99001", step: float = 0.25) -> Path:
    """A table of rows from the begin on."""
    lines = ["norad,epoch_utc,mean_motion_revday,ecc,inc_deg"]
    for place, height in enumerate(heights):
        motion = np.sqrt(MU_EARTH / (EARTH_RADIUS + height) ** 3) * 43_200.0 / np.pi
        epoch = format_instant(BEGIN + round(place * step * DAY_S) * NS)
        lines.append(f"{number},{epoch}Z,{motion:.8f},0.0008,51.64")
    path = folder / name
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    return path


def test_the_burn_of_a_release_is_found() -> None:
    found = track([RELEASES[0]])
    (burn,) = found.burns
    # The release's table says 0.7 m/s at 2021-09-24T14:38, lowering.
    assert burn.delta_v == pytest.approx(-0.7, abs=0.1) and burn.basis == "plan"
    assert format_instant(burn.begin)[:16] == "2021-09-24T14:38"
    assert found.name == "ISS" and set(found.basis) == {"estimate", "plan"} and found.refused == ()


def test_the_newer_file_counts_from_its_start_on(tmp_path: Path) -> None:
    old = written(tmp_path, "old.oem", segment(6.0, ((4.5, 5.0, 0.5),)), 0.5)
    new = written(tmp_path, "new.oem", segment(6.0, altitude=417_760.0, begin=BEGIN + 4 * DAY_S * NS), 0.5)
    found = track([new, old])
    # The burn planned for the fifth day lies where the newer file counts, and is not in it.
    assert found.burns == () and found.instants.size == pytest.approx(10.0 * 15.5, abs=3)
    (handover,) = found.handovers
    assert abs(handover.miss) < 5.0 and handover.lead == pytest.approx(3.5, abs=0.1)
    assert any("newer" in words for words in found.told)
    assert np.all(np.diff(found.instants) > 0)


def test_a_planned_burn_that_was_not_flown_is_refused(tmp_path: Path) -> None:
    old = written(tmp_path, "old.oem", segment(6.0, ((2.5, 5.0, 0.5),)), 0.5)
    new = written(tmp_path, "new.oem", segment(6.0, altitude=417_760.0, begin=BEGIN + 4 * DAY_S * NS), 0.5)
    found = track([old, new])
    assert found.burns == ()
    assert "not flown" in found.refused[0].reason and "+0.50 m/s" in found.refused[0].what


def test_a_burn_that_nobody_planned_lies_between_the_files(tmp_path: Path) -> None:
    old = written(tmp_path, "old.oem", segment(3.0), 0.5)
    new = written(tmp_path, "new.oem", segment(4.0, altitude=418_800.0, begin=BEGIN + 5 * DAY_S * NS), 0.5)
    (burn,) = track([old, new]).burns
    assert burn.basis == "between files" and burn.raised == pytest.approx(1_100.0, abs=10.0)
    assert burn.begin == BEGIN + DAY_S // 2 * NS and burn.end > BEGIN + 5 * DAY_S * NS


def test_claims_of_three_spans() -> None:
    assert claims([(0, 100), (10, 20), (50, 60)], [0, 0, 5]) == [[(0, 10), (20, 55), (60, 100)], [(10, 20)], [(50, 60)]]


def test_rows_with_repeats_wrong_sets_and_another_object(tmp_path: Path) -> None:
    heights = [400e3 - 20.0 * place + 5.0 * (place % 3) for place in range(80)]
    heights = [height + (1_500.0 if place >= 40 else 0.0) for place, height in enumerate(heights)]
    heights[20] += 3_000.0
    one = rows(tmp_path, "one.csv", heights)
    other = rows(tmp_path, "other.csv", [500e3] * 5, "99002")
    found = track([one, one, other])
    (burn,) = found.burns
    assert burn.raised == pytest.approx(1_500.0, abs=30.0) and burn.basis == "elements"
    reasons = [item.reason for item in found.refused]
    assert sum("a repeat of" in text for text in reasons) == 80
    assert sum("another object: 99002" in text for text in reasons) == 5
    wrong = [item for item in found.refused if "line of its neighbours" in item.reason]
    assert [item.where for item in wrong] == [f"{one}:22"]
    assert track([one, other], "99002").altitude.mean() > 490e3


def test_elements_fill_what_no_ephemeris_covers(tmp_path: Path) -> None:
    states = written(tmp_path, "states.oem", segment(5.0), 5.0)
    table = rows(tmp_path, "rows.csv", [418e3 - 15.0 * place for place in range(80)])
    found = track([states, table])
    assert {"estimate", "elements"} == set(found.basis) and found.burns == ()
    inside = found.instants < BEGIN + 4 * DAY_S * NS
    assert "elements" not in {kind for kind, there in zip(found.basis, inside, strict=True) if there}


def test_the_same_file_twice_and_a_single_state(tmp_path: Path) -> None:
    path = written(tmp_path, "a.oem", segment(3.0), 1.0)
    again = tmp_path / "b.oem"
    again.write_bytes(path.read_bytes())
    found = track([path, again])
    assert [item.reason for item in found.refused] == [f"the same states as in {path}"]


def test_elements_of_any_file_and_a_short_ephemeris() -> None:
    material = read_files([DATA / "small.tle", DATA / "small.omm"])
    assert material.sets.instants.size >= 1
    with pytest.raises(FormatError, match="tell no altitude history"):
        track([DATA / "small.oem"])


def test_every_problem_of_all_files_is_told_at_once(tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text("epoch_utc,mean_motion_revday,ecc,inc_deg\nnever,15.5,0.001,51.6\n", encoding="utf-8")
    with pytest.raises(FormatError) as caught:
        track([bad, tmp_path / "missing.oem"])
    where = [problem.where for problem in caught.value.problems]
    assert where == [f"{bad}:2", f"{tmp_path / 'missing.oem'}:1"]


def test_states_that_turn_with_the_earth_are_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "itrf.oem", replace(segment(1.0), ref_frame="ITRF"), 0.5)
    with pytest.raises(FormatError, match="turns with the Earth"):
        track([path])


def test_nothing_of_the_object_is_told(tmp_path: Path) -> None:
    table = rows(tmp_path, "rows.csv", [418e3] * 9)
    with pytest.raises(FormatError, match="is not in the files: got 5; expected 99001"):
        track([table], "5")
