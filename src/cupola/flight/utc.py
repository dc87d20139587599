"""Between the two ways in which flight counts time: TAI nanoseconds of the files, and UTC calendar of the engines.

Assumptions and limits: to the microsecond; an instant within a leap second has no place in the engines' calendar. After
the table of leap seconds ends none is added.
"""

from __future__ import annotations

import datetime as dt

import numpy as np
from numpy.typing import NDArray

from cupola.base.errors import DomainError
from cupola.base.instants import DAY_S, LAST_YEAR, LEAP_SECONDS, NS, format_instant, from_utc_day, utc_day

HELD = LEAP_SECONDS.held_until(dt.date(LAST_YEAR, 12, 31))
"""The table of leap seconds, with no further one assumed after its end"""
_ZERO_MJD = 40_587
_DAY_US = 86_400_000_000


def to_calendar(instant: int) -> np.datetime64:
    """UTC of TAI nanoseconds since 2000-01-01T00:00:00 TAI, rounded to the microsecond.

    Raises DomainError within a leap second and before 1972.

    >>> from cupola.base.instants import parse_instant
    >>> str(to_calendar(parse_instant("2021-09-22T12:00:00.5")))
    '2021-09-22T12:00:00.500000'
    """
    mjd, second, nanoseconds = utc_day(instant, HELD)
    if second >= DAY_S:
        raise DomainError(
            f"instant: falls into a leap second: got {format_instant(instant, 'UTC', HELD)}; expected a second of the "
            "day. Choose another state."
        )
    micro = (mjd - _ZERO_MJD) * _DAY_US + second * 1_000_000 + round(nanoseconds / 1_000)
    return np.datetime64(micro, "us")


def to_instant(moment: np.datetime64) -> int:
    """TAI nanoseconds since 2000-01-01T00:00:00 TAI of a UTC instant; the inverse of ``to_calendar``.

    >>> to_calendar(to_instant(np.datetime64("2016-12-31T23:59:59"))) == np.datetime64("2016-12-31T23:59:59")
    np.True_
    """
    day, part = divmod(int(moment.astype("datetime64[us]").astype(np.int64)), _DAY_US)
    return from_utc_day(day + _ZERO_MJD, part * 1_000, HELD)


def to_instants(moments: NDArray[np.datetime64]) -> NDArray[np.int64]:
    """``to_instant`` of each (n,)."""
    micro = moments.astype("datetime64[us]").astype(np.int64)
    days, parts = np.divmod(micro, _DAY_US)
    kinds, places = np.unique(days, return_inverse=True)
    starts = np.array([from_utc_day(int(day) + _ZERO_MJD, 0, HELD) for day in kinds], dtype=np.int64)
    return starts[places] + parts * 1_000 if micro.size else micro


def day_of(moment: np.datetime64) -> float:
    """Modified Julian Day of a UTC instant.

    >>> day_of(np.datetime64("2000-01-01T12:00"))
    51544.5
    """
    return _ZERO_MJD + int(moment.astype("datetime64[us]").astype(np.int64)) / _DAY_US


def days_after(first: np.datetime64, moments: NDArray[np.datetime64]) -> NDArray[np.float64]:
    """(n,) days of 86,400 s of atomic time from a UTC instant to others, leap seconds counted."""
    passed = to_instants(moments) - to_instant(first)
    return np.asarray(passed / (DAY_S * NS))
