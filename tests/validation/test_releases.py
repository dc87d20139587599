"""The full engine goes on from a release's first 24 hours as the release does."""

from __future__ import annotations

import dataclasses
import importlib
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from measures_releases import GOALS
from releases import MASS, PATH, Release, errors, fitted, load, medians, of_half, places, planned, releases, unfitted

from cupola.flight.full_library import from_gcrf
from cupola.flight.full_plan import delta_v
from cupola.flight.utc import to_instant
from cupola.formats.ephemeris import Oem, OemSegment
from cupola.formats.oem import write_oem

pytestmark = pytest.mark.validation

# Medians in km by day, as measured when the comparison was made; the goals are 1.5, 4, 25 and 100 km.
TOOLS = Path(__file__).resolve().parents[2] / "tools"
TESTED = {1: (0.0025, 11), 3: (0.29, 10), 7: (3.6, 8), 14: (17.9, 6)}
"""Median and number of releases still coasting"""
CHOSEN = {1: (0.0018, 10), 3: (0.35, 10), 7: (7.8, 8)}
CHOSEN_14 = (103.3, 2)
"""The median of two releases, 48 and 158 km: above the goal of 100 km.

In both the drag area changes on the way (``tools/check_releases.py areas``), which the first 24 hours cannot tell.
"""


def changed(**other: object) -> Release:
    return dataclasses.replace(releases()[0], **other)  # type: ignore[arg-type]


def burn(begin: float, end: float, size: float = 0.5) -> np.ndarray:
    return np.array([[begin, end, 0.0, size, 0.0, size]])


def test_the_file_holds_what_the_comparison_needs() -> None:
    known = releases()
    assert len(known) == 22 and len(of_half(True)) == len(of_half(False)) == 11
    assert all(one.instants[0] < two.instants[0] for one, two in pairwise(known))
    for one in known:
        gaps = np.diff(one.seconds)
        assert one.states.shape == (6, one.instants.size) and (gaps > 0.0).all() and gaps.max() < 6.2 * 3_600.0
        assert one.mass > 400_000.0 and one.told > 1_000.0
        assert np.isfinite(one.burns[:, :5]).all()
    # The sizes of the table have one decimal; those of the states must be theirs.
    sizes = [(float(np.linalg.norm(row[2:5])), row[5]) for one in known for row in one.burns]
    assert len(sizes) == 16 and max(abs(ours - table) for ours, table in sizes) < 0.06


def test_the_first_day_is_fitted_where_no_burn_is() -> None:
    assert changed(burns=np.zeros((0, 6))).stretch == (0.0, 86_400.0)
    assert changed(burns=burn(0.0, 300.0)).stretch == (300.0, 86_400.0)
    assert changed(burns=burn(-200.0, 300.0)).stretch == (300.0, 86_400.0)
    assert changed(burns=burn(7_200.0, 7_500.0)).stretch == (7_500.0, 86_400.0)
    late = changed(burns=burn(72_000.0, 72_500.0))
    assert late.stretch == (0.0, 72_000.0) and late.coasts_until == 72_000.0
    assert places(late) == {} and list(places(late, burns=True)) == [1, 3, 7, 14]
    assert changed(burns=burn(7_200.0, 7_500.0)).coasts_until == pytest.approx(15 * 86_400.0)


def test_burns_of_unknown_size_end_the_comparison() -> None:
    unseen = changed(burns=np.array([[2e5, 2e5 + 900.0, np.nan, np.nan, np.nan, 0.7]]))
    assert list(places(unseen)) == list(places(unseen, burns=True)) == [1]


def test_planned_burns_have_their_size_and_direction() -> None:
    found = planned(changed(burns=np.array([[2e5, 2e5 + 300.0, 0.0, -0.6, 0.0, 0.6]])))
    assert len(found) == 1 and found[0].duration_s == 300.0 and found[0].direction == (0.0, -0.6, 0.0)
    assert delta_v(found[0], releases()[0].mass) == pytest.approx(0.6)


def test_a_release_without_mass_and_area_is_read(tmp_path: Path) -> None:
    with np.load(PATH) as data:
        arrays = dict(data)
    arrays["craft"] = np.full_like(arrays["craft"], np.nan)
    np.savez_compressed(tmp_path / "bare.npz", **arrays)
    bare = load(tmp_path / "bare.npz")[0]
    assert bare.mass == MASS and np.isnan(bare.told) and unfitted(bare) == {}


@pytest.mark.slow
def test_a_burn_on_the_first_day_and_no_area_leave_a_fit() -> None:
    # The burn is put into states that coast: the fit takes those after it.
    bare = changed(burns=burn(3_000.0, 3_300.0), mass=MASS, told=float("nan"))
    assert bare.stretch[0] == 3_300.0
    found, whole = fitted(bare), fitted(releases()[0])
    assert found.rms_m < 2.0
    per_mass = [one.state.craft.drag_area_m2 / one.state.craft.mass_kg for one in (found, whole)]
    assert per_mass[0] == pytest.approx(per_mass[1], rel=0.05)


@pytest.mark.slow
def test_the_ground_and_space_axes_give_the_same_release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = releases()[0]
    near = one.seconds < 1.6 * 86_400.0
    times = np.array([to_instant(instant) for instant in one.instants[near]])
    folder = tmp_path / "oem"
    folder.mkdir()
    for number, frame in enumerate(("EME2000", "ITRF-97")):
        name = "ITRF" if frame.startswith("ITRF") else frame
        pairs = zip(one.states[:, near].T, one.instants[near], strict=True)
        states = np.stack([from_gcrf(name, state, instant) for state, instant in pairs])
        ends = int(times[0]), int(times[-1])
        segment = OemSegment("ISS", "1998-067-A", frame, "UTC", *ends, times, states[:, :3], states[:, 3:])
        text = write_oem(Oem((segment,), "NOBODY", ends[0]))
        (folder / f"{number}.oem").write_text(text)
    (folder / "broken.oem").write_text("no release")
    monkeypatch.syspath_prepend(str(TOOLS))
    make = importlib.import_module("make_release_states")
    assert make.main([str(folder), str(tmp_path / "made.npz")]) == 0
    made = load(tmp_path / "made.npz")
    assert len(made) == 2 and made[0].mass == MASS
    assert np.abs(made[0].states - made[1].states)[:3].max() < 0.01
    assert np.array_equal(made[0].instants[:50], one.instants[:50])


@pytest.mark.slow
def test_the_test_half_is_followed_up_to_the_first_burn() -> None:
    found = medians([errors(one) for one in of_half(False)])
    for mark, (then, count) in TESTED.items():
        middle, releases_left = found[mark]
        assert releases_left == count and middle <= min(3.0 * then, GOALS[mark]), found


@pytest.mark.slow
def test_the_half_for_choosing_is_followed_up_to_the_first_burn() -> None:
    found = medians([errors(one) for one in of_half(True)])
    for mark, (then, count) in CHOSEN.items():
        middle, releases_left = found[mark]
        assert releases_left == count and middle <= min(3.0 * then, GOALS[mark]), found
    middle, releases_left = found[14]
    assert releases_left == CHOSEN_14[1] and GOALS[14] < middle <= 1.1 * CHOSEN_14[0], found


@pytest.mark.slow
@pytest.mark.parametrize(("number", "then"), [(0, 1.05), (10, 8.3), (14, 5.2)])
def test_planned_burns_are_flown_through(number: int, then: float) -> None:
    # A raise after five days, a lowering after six, and a raise within the first day.
    assert errors(releases()[number], "steady", True)[14] < 3.0 * then
