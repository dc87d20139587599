"""Orbit Ephemeris Messages (CCSDS OEM): states of an object in time, in keyword notation or XML.

``read_oem`` takes a file of either kind, compressed or not; ``write_oem`` gives the text. Kilometres stand in files
only.

**Assumptions and limits.** The centre is the Earth; frames and time systems are those listed here. Accelerations and
covariances are kept. Read again, what was written is the same record to the last bit.
Source: CCSDS 502.0-B-2, Orbit Data Messages, section 5; CCSDS 505.0-B, XML specification for navigation data messages.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cupola.base.instants import LEAP_SECONDS, SYSTEMS, LeapSeconds
from cupola.formats.records import FloatArray, IntArray, Record

if TYPE_CHECKING:
    from cupola.formats.trajectory_notes import TrajectoryNotes

INERTIAL = ("EME2000", "GCRF", "ICRF", "TEME")
ROTATING = (
    *("ITRF", "ITRF-93", "ITRF-97", "ITRF1993", "ITRF1997", "ITRF2000", "ITRF2005", "ITRF2008", "ITRF2014", "ITRF2020"),
)
FRAMES = (*INERTIAL, *ROTATING)
LOCAL = ("RSW", "RTN", "TNW")
"""Frames of the orbit itself, in which a covariance may stand"""
TIME_SYSTEMS = SYSTEMS
VERSIONS = ("1.0", "2.0", "3.0")
INTERPOLATIONS = ("HERMITE", "LAGRANGE", "LINEAR")


@dataclass(frozen=True, eq=False)
class Covariances(Record):
    """Covariance matrices of position and velocity, one a row."""

    instants: IntArray
    """(k,) TAI nanoseconds since 2000-01-01T00:00:00 TAI"""
    frames: tuple[str, ...]
    """(k,) frame of each"""
    matrices: FloatArray
    """(k, 6, 6), symmetric [m2, m2/s, m2/s2]"""


@dataclass(frozen=True, eq=False)
class OemSegment(Record):
    """States of one object in one frame, in order of time."""

    object_name: str
    object_id: str
    """International designator as it stands in the file"""
    ref_frame: str
    time_system: str
    start: int
    """TAI nanoseconds since 2000-01-01T00:00:00 TAI, as are all instants here"""
    stop: int
    instants: IntArray
    """(n,), strictly increasing"""
    position: FloatArray
    """(n, 3) [m]"""
    velocity: FloatArray
    """(n, 3) [m/s]"""
    acceleration: FloatArray | None = None
    """(n, 3) [m/s2]"""
    center_name: str = "EARTH"
    ref_frame_epoch: int | None = None
    useable_start: int | None = None
    useable_stop: int | None = None
    interpolation: str | None = None
    interpolation_degree: int | None = None
    metadata_comments: tuple[str, ...] = ()
    data_comments: tuple[str, ...] = ()
    covariances: Covariances | None = None
    covariance_comments: tuple[str, ...] = ()

    @property
    def seconds(self) -> FloatArray:
        """(n,) seconds since the first state [s]"""
        return (self.instants - self.instants[:1]) / 1e9

    def notes(self, leap: LeapSeconds = LEAP_SECONDS) -> TrajectoryNotes:
        """What the comments tell of mass, drag and events; empty when they tell nothing."""
        from cupola.formats.trajectory_notes import notes_of

        return notes_of(self, leap)


@dataclass(frozen=True, eq=False)
class Oem(Record):
    """One message: its header and its segments."""

    segments: tuple[OemSegment, ...]
    originator: str
    creation: int
    """TAI nanoseconds since 2000-01-01T00:00:00 TAI; always UTC in the file"""
    version: str = "2.0"
    comments: tuple[str, ...] = ()
    classification: str | None = None
    message_id: str | None = None


def read_oem(source: Path | bytes, name: str | None = None, leap: LeapSeconds = LEAP_SECONDS) -> Oem:
    """Read an OEM in keyword notation or XML, gzip-compressed or not.

    source     path of the file, or its bytes
    name       how messages call it; the path when left out
    leap       table of leap seconds
    returns    the message, with positions in m and velocities in m/s

    Raises FormatError with every problem of the file, each at its line.
    """
    from cupola.formats.findings import Findings, first_line, text_of
    from cupola.formats.oem_build import OemBuilder
    from cupola.formats.oem_kvn import read_oem_kvn
    from cupola.formats.oem_xml import read_oem_xml

    shown = name if name is not None else (str(source) if isinstance(source, Path) else "OEM")
    text = text_of(source, shown)
    findings = Findings(shown)
    builder = OemBuilder(findings, leap)
    if first_line(text).startswith("<"):
        read_oem_xml(text, builder, findings)
    else:
        read_oem_kvn(text, builder, findings)
    return builder.finish()


def write_oem(oem: Oem, kind: str = "kvn", leap: LeapSeconds = LEAP_SECONDS) -> str:
    """The text of an OEM.

    kind       ``kvn`` or ``xml``

    Raises DomainError for what the format cannot say: an instant outside the time system, NaN, a text over two lines.
    """
    from cupola.formats.oem_write import oem_kvn, oem_xml

    return oem_xml(oem, leap) if kind == "xml" else oem_kvn(oem, leap)


def lower_triangle(matrix: FloatArray) -> list[float]:
    """The 21 numbers of a symmetric 6x6 matrix, row by row, as an OEM gives them.

    >>> lower_triangle(np.eye(6))[:6]
    [1.0, 0.0, 1.0, 0.0, 0.0, 1.0]
    """
    return [float(matrix[row, column]) for row in range(6) for column in range(row + 1)]
