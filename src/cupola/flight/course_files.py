"""A flown course as a file: OEM in either notation, CSV, CZML.

A segment ends with each burn, so that nobody interpolates across one, and with each change of the craft. It tells in
its comments the mass and the areas of the craft in it, in the form in which the start of a flight is read.

Assumptions and limits: states in GCRF, times in UTC. Of arrays that turn it tells no more than a drag area: what of
body and arrays meets the wind, in the mean of an orbit, at the end of the segment.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from cupola.base.errors import DomainError
from cupola.flight.course import Course
from cupola.flight.course_arrays import NO_ARRAYS, Arrays, in_the_wind
from cupola.flight.full_plan import Craft
from cupola.flight.utc import HELD, to_instants
from cupola.formats.czml import write_czml
from cupola.formats.ephemeris import Oem, OemSegment
from cupola.formats.ephemeris_csv import write_ephemeris_csv
from cupola.formats.oem import write_oem
from cupola.formats.texts import LONGEST_COMMENT
from cupola.formats.trajectory_notes import comments_of

KINDS = {".oem": "CCSDS_OEM_VERS", ".xml": "<?xml", ".csv": "epoch_utc", ".czml": '[{"id":"document"'}
"""Ending of a file, and how a file that was written so begins"""


def course_text(
    course: Course,
    kind: str,
    names: tuple[str, str],
    craft: Craft,
    comments: Sequence[str],
    creation: int,
    arrays: Arrays = NO_ARRAYS,
) -> str:
    """The text of a file.

    kind       one of KINDS
    names      name and designator of the object
    craft      as it was at the start
    comments   for the header of an OEM
    creation   TAI nanoseconds since 2000-01-01T00:00:00 TAI
    arrays     with which it was flown

    Raises DomainError for an unknown kind, and for names that a file cannot hold.
    """
    if kind == ".csv":
        return write_ephemeris_csv(_whole(course, names), HELD)
    if kind == ".czml":
        return write_czml([_whole(course, names)], leap=HELD)
    if kind not in KINDS:
        raise DomainError(f"file: has an unknown ending: got {kind[:20]!r}; expected one of {', '.join(KINDS)}")
    told = tuple(comment[:LONGEST_COMMENT].rstrip() for comment in comments)
    oem = Oem(tuple(segments(course, names, craft, arrays)), "CUPOLA", creation, comments=told)
    return write_oem(oem, "xml" if kind == ".xml" else "kvn", HELD)


def segments(course: Course, names: tuple[str, str], craft: Craft, arrays: Arrays = NO_ARRAYS) -> list[OemSegment]:
    """One segment between each two burns or changes of the craft, with the mass and the areas that it has in it."""
    instants = to_instants(course.instants)
    last = int(instants[-1])
    cuts = [0, *(int(np.searchsorted(course.instants, one.instant)) for one in course.crafts), instants.size]
    crafts = [craft, *(one.craft for one in course.crafts)]
    found = []
    for (begin, end), now in zip(pairwise(cuts), crafts, strict=True):
        if begin == end:
            continue
        area = in_the_wind(arrays, now.drag_area_m2, course.states[:, end - 1], course.instants[end - 1])
        told = (
            *comments_of(now.mass_kg, area, 1.0),
            f"SOLAR_RAD_AREA={now.solar_area_m2!r}",
            "SOLAR_RAD_COEFF=1.0",
        )
        times = instants[begin:end]
        stop = int(times[-1]) if end < instants.size else last
        found.append(_segment(course, names, slice(begin, end), (int(times[0]), stop), told))
    return found


def _whole(course: Course, names: tuple[str, str]) -> OemSegment:
    instants = to_instants(course.instants)
    return _segment(course, names, slice(0, instants.size), (int(instants[0]), int(instants[-1])), ())


def _segment(
    course: Course, names: tuple[str, str], rows: slice, span: tuple[int, int], comments: tuple[str, ...]
) -> OemSegment:
    return OemSegment(
        *names,
        ref_frame="GCRF",
        time_system="UTC",
        start=span[0],
        stop=span[1],
        instants=to_instants(course.instants)[rows],
        position=np.ascontiguousarray(course.states[:3, rows].T),
        velocity=np.ascontiguousarray(course.states[3:, rows].T),
        data_comments=comments,
    )
