"""Ephemerides: what a file says stands in the record, in SI, and goes back to a file without losing a bit."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from cupola.base.errors import DomainError
from cupola.base.instants import parse_instant
from cupola.formats.oem import Oem, OemSegment, read_oem, write_oem
from support.orbit_files import DATA, text


@pytest.fixture(scope="module")
def small() -> Oem:
    return read_oem(DATA / "small.oem")


def test_a_message_is_understood(small: Oem) -> None:
    first, second = small.segments
    assert (small.version, small.originator, small.comments) == ("2.0", "CUPOLA", ("A small message",))
    assert (first.object_name, first.object_id, first.ref_frame) == ("LAB", "2031-001A", "EME2000")
    assert first.start == parse_instant("2021-09-22T12:00:00") == first.instants[0]
    assert first.position[0].tolist() == [-682666.456242589, 4624818.17028874, -4946579.2749271905]
    assert first.velocity[0].tolist() == [-6504.14981062659, -3346.15963652397, -2230.27216335422]
    assert first.seconds.tolist() == [0.0, 240.0, 480.0, 720.0]
    assert (first.interpolation, first.interpolation_degree) == ("LAGRANGE", 5)
    assert first.acceleration is None
    assert second.acceleration is not None and second.acceleration[0, 0] == 5.896329
    assert second.covariances is None


def test_covariances_are_kept(small: Oem) -> None:
    found = small.segments[0].covariances
    assert found is not None
    assert found.frames == ("EME2000", "RTN")
    assert found.matrices.shape == (2, 6, 6)
    assert np.array_equal(found.matrices, found.matrices.transpose(0, 2, 1))
    assert (found.matrices[0, 0, 0], found.matrices[0, 5, 0]) == (3.621, -2.087)
    assert small.segments[0].covariance_comments == ("Invented too",)


@pytest.mark.parametrize("kind", ["kvn", "xml"])
def test_both_notations_say_the_same(small: Oem, kind: str) -> None:
    written = write_oem(small, kind)
    assert read_oem(written.encode()) == small
    assert written == text("small.oem" if kind == "kvn" else "small_oem.xml")


def test_a_record_is_not_written_to(small: Oem) -> None:
    with pytest.raises(ValueError, match="read-only"):
        small.segments[0].position[0, 0] = 1.0
    assert small != read_oem(DATA / "release_cut.xml")
    assert small.segments[0] != "text"


def test_a_message_may_stand_within_an_ndm(small: Oem) -> None:
    wrapped = text("small_oem.xml").replace("<oem ", "<ndm><oem ").replace("</oem>", "</oem></ndm>")
    assert read_oem(wrapped.encode()) == small


def test_blanks_and_xml_comments_do_not_matter(small: Oem) -> None:
    loose = text("small_oem.xml").replace("<segment>", "<!-- one -->\n  <segment>\n\n").replace("</X>", " </X>")
    assert read_oem(loose.encode()) == small


def segment(small: Oem, **changes: object) -> Oem:
    return replace(small, segments=(replace(small.segments[1], **changes),))  # type: ignore[arg-type]


def test_what_a_file_cannot_say_is_not_written(small: Oem) -> None:
    good = small.segments[1]
    bad = good.velocity.copy()
    bad[0, 0] = np.nan
    deep = good.position * 0.9
    for wrong, words in (
        (segment(small, object_name=" LAB"), "cannot be written"),
        (segment(small, object_name="LAB\nX"), "cannot be written"),
        (segment(small, object_name=""), "cannot be written"),
        (segment(small, data_comments=("x" * 300,)), "cannot be written"),
        (segment(small, velocity=bad), "not finite"),
        (segment(small, position=deep), "under the ground"),
        (segment(small, velocity=good.velocity * 2.0), "hyperbolic"),
        (segment(small, ref_frame="ECI"), "of those known here"),
        (segment(small, time_system="TDB"), "of those known here"),
        (segment(small, stop=good.start), "lies outside the segment"),
        (segment(small, instants=good.instants[::-1]), "does not come after"),
        (segment(small, position=good.position[:1]), "needs states"),
        (replace(small, segments=()), "without a segment"),
        (replace(small, version="9.9"), "version"),
        (replace(small, segments=(small.segments[0], replace(good, object_name="TUG"))), "one object"),
    ):
        with pytest.raises(DomainError, match=words):
            write_oem(wrong)


def test_states_in_a_frame_that_turns_are_bound_too() -> None:
    instants = np.array([parse_instant("2022-01-01T00:00:00")])
    # At geostationary height a state stands still over the ground; without the Earth's rotation it would be falling.
    still = OemSegment(
        *("SAT", "2031-001A", "ITRF2014", "UTC", int(instants[0]), int(instants[0]), instants),
        *(np.array([[42_164e3, 0.0, 0.0]]), np.zeros((1, 3))),
    )
    message = Oem((still,), "CUPOLA", int(instants[0]))
    assert read_oem(write_oem(message).encode()) == message
    fast = replace(still, velocity=np.array([[0.0, 1_400.0, 0.0]]))
    with pytest.raises(DomainError, match="hyperbolic"):
        write_oem(replace(message, segments=(fast,)))
