"""A station's release: mass, drag, and the table of events with the signs of its burns."""

from __future__ import annotations

import numpy as np
import pytest

from cupola.base.instants import parse_instant
from cupola.formats.oem import Oem, read_oem, write_oem
from cupola.formats.oem_notes import notes_of
from cupola.formats.trajectory_notes import comments_of
from support.orbit_files import DATA, RELEASES, changed, refusal


@pytest.fixture(scope="module")
def release() -> Oem:
    return read_oem(next(path for path in RELEASES if "20210922" in path.name))


def test_mass_and_drag_are_read(release: Oem) -> None:
    notes = notes_of(release.segments[0])
    assert (notes.mass, notes.drag_area, notes.drag_coefficient) == (461_622.0, 1_420.08, 1.0)
    assert (notes.solar_area, notes.solar_coefficient) == (0.0, 0.0)
    assert notes.area_to_mass == pytest.approx(1_420.08 / 461_622.0)


def test_every_event_is_a_typed_row(release: Oem) -> None:
    events = notes_of(release.segments[0]).events
    assert [(event.name, event.kind) for event in events] == [
        ("GMT267 Deboost Preli", "burn"),
        ("64S Relocate MLM", "relocation"),
        ("SPX-23 Undock", "undocking"),
        ("65S Launch", "launch"),
        ("65S 2-Orbit Docking", "docking"),
    ]
    burn = events[0]
    assert burn.instant == parse_instant("2021-09-24T14:38:00")
    assert (burn.delta_v, burn.apogee_height, burn.perigee_height) == (0.7, 428_900.0, 413_200.0)


def test_the_sign_of_a_burn_is_that_of_its_states(release: Oem) -> None:
    burn, *others = notes_of(release.segments[0]).events
    assert burn.sign == -1
    assert burn.along_track == pytest.approx(-0.7, abs=0.1)
    assert all(event.sign == 0 and event.along_track is None for event in others)
    # The rows of the table agree: the mean height falls from the burn's row to the next.
    assert burn.apogee_height + burn.perigee_height > others[0].apogee_height + others[0].perigee_height


def test_a_release_without_events(release: Oem) -> None:
    other = read_oem(next(path for path in RELEASES if "20211224" in path.name))
    notes = notes_of(other.segments[0])
    assert (notes.mass, notes.drag_coefficient, notes.events) == (459_023.0, 4.9, ())


@pytest.mark.parametrize("kind", ["kvn", "xml"])
def test_a_release_goes_through_a_file_whole(release: Oem, kind: str) -> None:
    again = read_oem(write_oem(release, kind).encode())
    assert again == release
    assert notes_of(again.segments[0]) == notes_of(release.segments[0])


def test_a_release_is_whole(release: Oem) -> None:
    segment = release.segments[0]
    assert segment.position.shape == segment.velocity.shape == (5_429, 3)
    assert (segment.ref_frame, segment.time_system) == ("EME2000", "UTC")
    radius = np.linalg.norm(segment.position, axis=1) / 1e3
    assert (round(float(radius.min()), 3), round(float(radius.max()), 3)) == (6_788.278, 6_806.267)


def test_written_comments_are_read() -> None:
    notes = notes_of(read_oem(DATA / "small.oem").segments[0])
    assert (notes.mass, notes.drag_area, notes.drag_coefficient) == (420_000.0, 1_600.0, 2.2)
    assert comments_of(420_000.0, 1_600.0, 2.2)[1] == "MASS=420000.0"
    assert notes_of(read_oem(DATA / "small.oem").segments[1]).mass is None


ROW = " GMT267 Deboost Preli  267:14:38:00.000             0.7     428.9     413.2"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (ROW, ROW.replace("267:14", "467:14"), "event: 467:14:38:00.000 is no time of the year 2021"),
        (ROW, ROW.replace("267:14", "067:14"), "event: day 067 of 2021 is over a month outside the segment"),
        (ROW, ROW.replace("  0.7", " -0.7"), "event: a velocity change of -0.7 m/s is outside 0 to 1000"),
        (ROW, ROW.replace("0.7", "nan"), "event: 'nan' is not a finite decimal number"),
        (ROW, ROW.replace("428.9", "408.9"), "event: heights of 408.9 and 413.2 km are no apogee and perigee"),
        (ROW, ROW.replace("0.7", "0.9"), "event: 2.3 in English units is not 0.9 in metric ones"),
        ("MASS=461622.00", "MASS=0.00", "MASS: is not right: got 0.00; expected a mass above 0"),
        ("DRAG_AREA=1420.08", "DRAG_AREA=-1", "DRAG_AREA: is not right: got -1; expected 0 or more"),
    ],
)
def test_wrong_comments_are_named(old: str, new: str, words: str) -> None:
    message = refusal(read_oem, changed("release_cut.xml", old, new))
    assert words in message and "f:" in message


def test_a_table_without_its_end_is_refused() -> None:
    content = changed("release_cut.xml", "End sequence of events", "More to come")
    second = content.rindex("=============")
    start = content.rindex("<COMMENT>", 0, second)
    cut = content[:start] + content[content.index("\n", second) + 1 :]
    assert "events: have no end" in refusal(read_oem, cut)


def test_a_line_of_another_form_is_kept_as_it_stands() -> None:
    content = changed("release_cut.xml", ROW, " *** times under review ***")
    notes = notes_of(read_oem(content.encode()).segments[0])
    assert len(notes.events) == 4
    assert notes.unread[0] == "*** times under review ***"
    assert notes_of(read_oem(DATA / "release_cut.xml").segments[0]).unread == ()


def test_the_same_comments_in_keyword_notation_with_other_blanks() -> None:
    release = read_oem(DATA / "release_cut.xml")
    written = write_oem(release).replace("COMMENT ", "COMMENT    ").replace("= EARTH", "= Earth")
    assert notes_of(read_oem(written.encode()).segments[0]) == notes_of(release.segments[0])
