"""The records of an ephemeris: states of an object in time, with the frames and time systems they may be in."""

from __future__ import annotations

from dataclasses import dataclass

from cupola.base.instants import SYSTEMS
from cupola.formats.records import FloatArray, IntArray, Record

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


def lower_triangle(matrix: FloatArray) -> list[float]:
    """The 21 numbers of a symmetric 6x6 matrix, row by row, as an OEM gives them.

    >>> import numpy as np
    >>> lower_triangle(np.eye(6))[:6]
    [1.0, 0.0, 1.0, 0.0, 0.0, 1.0]
    """
    return [float(matrix[row, column]) for row in range(6) for column in range(row + 1)]
