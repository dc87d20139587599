"""The record of mean elements, and what they must satisfy: a closed orbit, above the ground at the epoch."""

from __future__ import annotations

import math
from dataclasses import dataclass

from cupola.base.constants import EARTH_FLATTENING, EARTH_RADIUS
from cupola.formats.findings import Findings

UNKNOWN = "UNKNOWN"
"""Name or designator of an object that has none"""
GREATEST_ID = 999_999_999
MAX_SETS = 100_000
"""Element sets in a file"""
MU_WGS72 = 3.986008e14
"""Gravitational constant of SGP4 [m3/s2]. Source: Spacetrack Report No. 3 (1980), WGS 72."""


@dataclass(frozen=True)
class ElementSet:
    """Mean elements of one object at one epoch."""

    object_name: str
    object_id: str
    """International designator, ``1998-067A``"""
    catalogue_id: int
    """1 to 9 digits"""
    epoch: int
    """TAI nanoseconds since 2000-01-01T00:00:00 TAI"""
    mean_motion: float
    """[rad/s], after Kozai"""
    eccentricity: float
    inclination: float
    """[rad]"""
    raan: float
    """Right ascension of the ascending node [rad]"""
    arg_of_pericenter: float
    """[rad]"""
    mean_anomaly: float
    """[rad]"""
    bstar: float = 0.0
    """SGP4's drag term [1/Earth radius]"""
    mean_motion_dot: float = 0.0
    """Half the first derivative of the mean motion, as both formats have it [rad/s2]"""
    mean_motion_ddot: float = 0.0
    """A sixth of the second derivative [rad/s3]"""
    classification: str = "U"
    ephemeris_type: int = 0
    element_set_no: int = 0
    rev_at_epoch: int = 0
    creation: int | None = None
    """TAI nanoseconds since 2000-01-01T00:00:00 TAI"""
    originator: str | None = None
    mass: float | None = None
    """[kg]"""
    solar_area: float | None = None
    """[m2]"""
    solar_coefficient: float | None = None
    drag_area: float | None = None
    """[m2]"""
    drag_coefficient: float | None = None
    comments: tuple[str, ...] = ()
    user_defined: tuple[tuple[str, str], ...] = ()
    """Names, without USER_DEFINED_, and texts"""
    tle_spelling: str = ""
    """How the TLE that this was read from differs from the usual spelling, so that it is written again as it was"""
    version: str = "2.0"
    """Of the OMM"""

    @property
    def semi_major_axis(self) -> float:
        """Of the mean motion as it stands [m]"""
        return float((MU_WGS72 / self.mean_motion**2) ** (1.0 / 3.0))


def radius_at_epoch(elements: ElementSet) -> float:
    """Distance from the Earth's centre at the epoch by Kepler's equation [m]."""
    e, mean = elements.eccentricity, math.remainder(elements.mean_anomaly, 2.0 * math.pi)
    low, high = -math.pi, math.pi
    # Bisection: slow, but it cannot miss at any eccentricity.
    for _ in range(40):
        middle = (low + high) / 2.0
        low, high = (middle, high) if middle - e * math.sin(middle) < mean else (low, middle)
    return elements.semi_major_axis * (1.0 - e * math.cos((low + high) / 2.0))


def check_elements(elements: ElementSet, line: int, findings: Findings) -> None:
    """Note elements whose object is under the ground at its epoch."""
    radius = radius_at_epoch(elements)
    if radius < EARTH_RADIUS * (1.0 - EARTH_FLATTENING):
        got = f"{radius / 1e3:.1f} km from the centre at the epoch"
        findings.add(line, "MEAN_MOTION", "puts the object under the ground", got)
