"""SGP4: states in the frame TEME from an element set, by the official code behind this one door.

**Assumptions and limits.** The constants are those of WGS 72 and the mode is the improved one, as in the published
verification. Time is what has passed since the epoch, leap seconds included. The catalogue number stays with the
element set, since the package takes none above 339,999. A forecast beyond two weeks is not worth its digits.
Source: Vallado, Crawford, Hujsak and Kelso, Revisiting Spacetrack Report No. 3, AIAA 2006-6753; package sgp4.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from cupola.base.errors import DomainError
from cupola.base.instants import DAY_S, LEAP_SECONDS, NS, LeapSeconds, format_instant, utc_day
from cupola.formats.element_set import ElementSet
from cupola.formats.records import FloatArray, IntArray, Record

_MJD_JD = 2_400_000.5
_EPOCH_JD = 2_433_281.5
"""1949-12-31, from which SGP4 counts epochs"""
_MINUTE_NS = 60 * NS
_MEANINGS = {
    1: "the mean eccentricity leaves 0 to 1 or the mean motion is not above 0",
    2: "the mean motion is not above 0",
    3: "the perturbed eccentricity leaves 0 to 1",
    4: "the semi-latus rectum is below 0",
    5: "the elements lie under the ground",
    6: "the object has come down",
}


@dataclass(frozen=True, eq=False)
class TemeStates(Record):
    """States of one object in TEME."""

    catalogue_id: int
    instants: IntArray
    """(n,) TAI nanoseconds since 2000-01-01T00:00:00 TAI"""
    position: FloatArray
    """(n, 3) [m]"""
    velocity: FloatArray
    """(n, 3) [m/s]"""
    stopped: str = ""
    """Why the states end before the last instant asked for; empty when they do not"""


def sgp4_states(
    elements: ElementSet, instants: IntArray, *, until_failure: bool = False, leap: LeapSeconds = LEAP_SECONDS
) -> TemeStates:
    """States of an element set at instants.

    elements        mean elements for SGP4
    instants        (n,) TAI nanoseconds since 2000-01-01T00:00:00 TAI
    until_failure   end before the first instant at which SGP4 fails, instead of raising
    leap            table of leap seconds, for the epoch
    returns         positions [m] and velocities [m/s], each (n, 3), in TEME

    Raises DomainError where SGP4 gives no state: it never hands out NaN.

    >>> from cupola.base.instants import parse_instant
    >>> degree, rev = math.pi / 180, math.pi / 43200
    >>> lab = ElementSet("LAB", "1998-067A", 25544, parse_instant("2021-08-13T12:00:00"), 15.489 * rev, 4e-4,
    ...                  51.64 * degree, 1.0, 1.0, 2.0, 3e-5)
    >>> round(float(np.linalg.norm(sgp4_states(lab, np.array([lab.epoch])).position)) / 1e3)
    6799
    """
    wanted = np.asarray(instants, dtype=np.int64)
    minutes = (wanted - elements.epoch) / _MINUTE_NS
    codes, position, velocity = _run(elements, minutes, leap)
    failed = (codes != 0) | ~np.isfinite(position).all(axis=1) | ~np.isfinite(velocity).all(axis=1)
    stopped = ""
    if failed.any():
        at = int(np.argmax(failed))
        when = format_instant(int(wanted[at]), "TAI")
        meaning = _MEANINGS.get(int(codes[at]), "the state is not finite")
        stopped = f"SGP4 has no state of {elements.catalogue_id} at {when} TAI: {meaning}"
        if not until_failure:
            raise DomainError(stopped)
        wanted, position, velocity = wanted[:at], position[:at], velocity[:at]
    return TemeStates(elements.catalogue_id, wanted, position * 1e3, velocity * 1e3, stopped)


def _run(elements: ElementSet, minutes: FloatArray, leap: LeapSeconds) -> tuple[Any, FloatArray, FloatArray]:
    """Error codes, positions [km] and velocities [km/s] some minutes after the epoch."""
    from sgp4.api import WGS72, Satrec  # type: ignore[import-not-found,import-untyped,unused-ignore]

    mjd, second, nanoseconds = utc_day(elements.epoch, leap)
    # The official reader of a TLE adds the whole and the part of the Julian date before it takes the epoch of SGP4
    # from it, and loses some 20 microseconds. The verification was made so, and deep-space orbits feel it.
    epoch = (mjd + _MJD_JD + (second + nanoseconds / NS) / DAY_S) - _EPOCH_JD
    satellite = Satrec()
    satellite.sgp4init(
        WGS72,
        "i",
        0,
        epoch,
        elements.bstar,
        elements.mean_motion_dot * 3600.0,
        elements.mean_motion_ddot * 216_000.0,
        elements.eccentricity,
        elements.arg_of_pericenter % (2.0 * math.pi),
        elements.inclination,
        elements.mean_anomaly % (2.0 * math.pi),
        elements.mean_motion * 60.0,
        elements.raan % (2.0 * math.pi),
    )
    days, part = np.divmod(minutes / 1440.0, 1.0)
    start, fraction = satellite.jdsatepoch, satellite.jdsatepochF
    codes, position, velocity = satellite.sgp4_array(start + days, fraction + part)
    return codes, position, velocity
