"""CZML: the document that a globe loads."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from cupola.base.errors import DomainError
from cupola.formats.czml import write_czml
from cupola.formats.oem import OemSegment, read_oem
from support.orbit_files import DATA


@pytest.fixture(scope="module")
def segment() -> OemSegment:
    return read_oem(DATA / "small.oem").segments[0]


def test_a_track_is_one_packet_behind_the_document(segment: OemSegment) -> None:
    document, packet = json.loads(write_czml([segment], name="run"))
    assert (document["id"], document["version"], document["name"]) == ("document", "1.0", "run")
    assert document["clock"]["interval"] == "2021-09-22T12:00:00.000Z/2021-09-22T12:12:00.000Z"
    assert packet["availability"] == document["clock"]["interval"]
    position = packet["position"]
    assert (position["referenceFrame"], position["epoch"]) == ("INERTIAL", "2021-09-22T12:00:00.000Z")
    samples = position["cartesianVelocity"]
    assert len(samples) == 7 * len(segment.instants)
    assert samples[7] == 240.0
    assert samples[8:14] == [*segment.position[1].tolist(), *segment.velocity[1].tolist()]


def test_frames_are_those_of_the_globe(segment: OemSegment) -> None:
    fixed = json.loads(write_czml([replace(segment, ref_frame="ITRF2014")]))[1]
    assert fixed["position"]["referenceFrame"] == "FIXED"
    with pytest.raises(DomainError, match="has no frame TEME"):
        write_czml([replace(segment, ref_frame="TEME")])


def test_what_makes_no_track_is_refused(segment: OemSegment) -> None:
    one = replace(segment, instants=segment.instants[:1], position=segment.position[:1], velocity=segment.velocity[:1])
    with pytest.raises(DomainError, match="two states or more"):
        write_czml([segment, one])
    with pytest.raises(DomainError, match="two states or more"):
        write_czml([one])
    with pytest.raises(DomainError, match="needs a track"):
        write_czml([])


def test_two_tracks_have_different_ids(segment: OemSegment) -> None:
    packets = json.loads(write_czml([segment, segment]))
    assert len({packet["id"] for packet in packets}) == 3
