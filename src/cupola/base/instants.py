"""Instants to the nanosecond: a whole number of TAI nanoseconds inside, text in a named time system outside.

An instant is a Python int, or an element of an int64 array, that counts nanoseconds since 2000-01-01T00:00:00 TAI.
Whole numbers are exact, so that what is read and written again is the same, and a step does not depend on the date.

**Assumptions and limits.** UTC is kept from 1972-01-01, when its seconds became those of TAI, to the day on which the
table of leap seconds ends; nobody knows the leap seconds after that day. Who plans beyond it says so with
``LEAP_SECONDS.held_until(day)``. TT is TAI + 32.184 s and GPS is TAI - 19 s; other systems are refused.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import lru_cache

from cupola.base.errors import DomainError
from cupola.base.time import from_mjd, to_mjd

NS = 1_000_000_000
"""Nanoseconds in a second."""
DAY_S = 86_400
ORIGIN_MJD = 51_544
"""Day of the instant 0."""
FIRST_YEAR, LAST_YEAR = 1957, 2200
"""Other dates are refused; 64 bits of nanoseconds reach from 1708 to 2292."""
SYSTEMS = ("UTC", "TAI", "TT", "GPS")
_TAI_MINUS_NS = {"TAI": 0, "TT": -32_184_000_000, "GPS": 19 * NS}
_TEXT = re.compile(
    r"(\d{4}-(?:\d{2}-\d{2}|\d{3}))T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,24}))?(Z?)",
    re.ASCII,
)


@dataclass(frozen=True)
class LeapSeconds:
    """TAI - UTC by day, and how long it is known."""

    mjd: tuple[int, ...]
    """First days of a new difference"""
    tai_minus_utc: tuple[int, ...]
    """[s] from that day on"""
    expires: dt.date
    """Last day for which the table speaks"""

    def held_until(self, day: dt.date) -> LeapSeconds:
        """The same table, with the assumption that no leap second comes up to and with a later day."""
        return replace(self, expires=max(day, self.expires))

    def offset(self, mjd: int) -> int:
        """TAI - UTC in seconds on a day of UTC. Raises DomainError outside the table."""
        if mjd < self.mjd[0]:
            raise DomainError(f"{from_mjd(mjd)} lies before 1972-01-01, and earlier UTC is not kept")
        if mjd > to_mjd(self.expires):
            raise DomainError(
                f"{from_mjd(mjd)} lies beyond the table of leap seconds, which ends {self.expires}: "
                "UTC is not known there"
            )
        return self.tai_minus_utc[bisect_right(self.mjd, mjd) - 1]


LEAP_SECONDS = LeapSeconds(
    (
        *(41317, 41499, 41683, 42048, 42413, 42778, 43144, 43509, 43874, 44239, 44786, 45151, 45516, 46247),
        *(47161, 47892, 48257, 48804, 49169, 49534, 50083, 50630, 51179, 53736, 54832, 56109, 57204, 57754),
    ),
    tuple(range(10, 38)),
    dt.date(2027, 6, 28),
)
"""Source: IERS, Leap_Second.dat, through Bulletin C 72 of July 2026."""


@lru_cache(maxsize=4096)
def _day(text: str) -> int:
    """MJD of ``YYYY-MM-DD`` or ``YYYY-DDD``."""
    try:
        if len(text) == 8:
            year, day = int(text[:4]), int(text[5:])
            date = dt.date(year, 1, 1) + dt.timedelta(days=day - 1)
            if day < 1 or date.year != year:
                raise ValueError
        else:
            date = dt.date(int(text[:4]), int(text[5:7]), int(text[8:]))
    except (ValueError, OverflowError):
        raise DomainError(f"{text!r} is not a day of the calendar") from None
    if not FIRST_YEAR <= date.year <= LAST_YEAR:
        raise DomainError(f"{text} lies outside the years {FIRST_YEAR} to {LAST_YEAR}")
    return to_mjd(date)


@lru_cache(maxsize=4096)
def _offset(mjd: int, leap: LeapSeconds) -> int:
    return leap.offset(mjd)


def parse_instant(text: str, system: str = "UTC", leap: LeapSeconds = LEAP_SECONDS) -> int:
    """The instant of a CCSDS date and time, ``2021-08-13T12:40:19.983`` or ``2021-225T12:40:19.983Z``.

    text       calendar or ordinal day, seconds with any decimals (rounded to the nanosecond)
    system     one of SYSTEMS; only UTC may end with Z
    leap       table of leap seconds
    returns    TAI nanoseconds since 2000-01-01T00:00:00 TAI

    Raises DomainError for another form, a day or time that does not exist, and UTC outside the table.
    Source: CCSDS 301.0-B-4, ASCII time codes A and B.

    >>> parse_instant("2000-01-01T00:00:00") // NS
    32
    >>> parse_instant("2016-366T23:59:60.5Z") - parse_instant("2017-01-01T00:00:00")
    -500000000
    """
    match = _TEXT.fullmatch(text)
    if match is None:
        raise DomainError(f"{text[:40]!r} is not a date and time; write YYYY-MM-DDThh:mm:ss.sss")
    day, hour, minute, second, fraction, zulu = match.groups()
    mjd, second_of_day, whole = _day(day), int(hour) * 3600 + int(minute) * 60 + int(second), int(second)
    if int(hour) > 23 or int(minute) > 59 or whole > 60 or (whole == 60 and system != "UTC"):
        raise DomainError(f"{text!r} is not a time of day")
    nanoseconds = 0
    if fraction:
        nanoseconds = (
            int(fraction.ljust(9, "0")) if len(fraction) <= 9 else round(int(fraction) / 10 ** (len(fraction) - 9))
        )
    passed = (mjd - ORIGIN_MJD) * DAY_S + second_of_day
    if system != "UTC":
        if zulu:
            raise DomainError(f"{text!r} ends with Z, which means UTC, in the time system {system}")
        try:
            return passed * NS + nanoseconds + _TAI_MINUS_NS[system]
        except KeyError:
            raise DomainError(f"{system!r} is no time system known here; known are {', '.join(SYSTEMS)}") from None
    offset = _offset(mjd, leap)
    if whole == 60 and (second_of_day != DAY_S or leap.offset(mjd + 1) != offset + 1):
        raise DomainError(f"{text!r} is not a leap second")
    return (passed + offset) * NS + nanoseconds


def format_instant(instant: int, system: str = "UTC", leap: LeapSeconds = LEAP_SECONDS, decimals: int = 3) -> str:
    """The date and time of an instant, without Z, with as many decimals as it has and at least ``decimals``.

    Raises DomainError when it has no name in that system: UTC outside the table, a year after LAST_YEAR.

    >>> format_instant(parse_instant("2016-366T23:59:60.5Z"))
    '2016-12-31T23:59:60.500'
    """
    if system == "UTC":
        mjd, second_of_day, nanoseconds = utc_day(instant, leap)
    elif system in _TAI_MINUS_NS:
        passed, nanoseconds = divmod(int(instant) - _TAI_MINUS_NS[system], NS)
        day, second_of_day = divmod(passed, DAY_S)
        mjd = day + ORIGIN_MJD
    else:
        raise DomainError(f"{system!r} is no time system known here; known are {', '.join(SYSTEMS)}")
    if not 0 < mjd < 200_000 or not FIRST_YEAR <= from_mjd(mjd).year <= LAST_YEAR:
        raise DomainError(f"the instant {instant} ns lies outside the years {FIRST_YEAR} to {LAST_YEAR}")
    # A leap second is the only one whose number within the day is 86,400.
    hour, minute, second = second_of_day // 3600, second_of_day // 60 % 60, second_of_day % 60
    if second_of_day == DAY_S:
        hour, minute, second = 23, 59, 60
    fraction = f"{nanoseconds:09d}".rstrip("0").ljust(decimals, "0")
    return f"{from_mjd(mjd)}T{hour:02d}:{minute:02d}:{second:02d}{'.' if fraction else ''}{fraction}"


def utc_day(instant: int, leap: LeapSeconds = LEAP_SECONDS) -> tuple[int, int, int]:
    """Day of UTC (MJD), whole second of that day (86,400 in a leap second), and nanoseconds, of an instant.

    >>> utc_day(parse_instant("2021-08-13T00:00:01"))
    (59439, 1, 0)
    """
    passed, nanoseconds = divmod(int(instant), NS)
    starts = [(mjd - ORIGIN_MJD) * DAY_S + offset for mjd, offset in zip(leap.mjd, leap.tai_minus_utc, strict=True)]
    at = bisect_right(starts, passed) - 1
    if at < 0:
        raise DomainError("the instant lies before 1972-01-01, and earlier UTC is not kept")
    day, second = divmod(passed - leap.tai_minus_utc[at], DAY_S)
    if at + 1 < len(starts) and passed == starts[at + 1] - 1:
        day, second = day - 1, DAY_S
    leap.offset(day + ORIGIN_MJD)
    return day + ORIGIN_MJD, second, nanoseconds


def from_utc_day(mjd: int, nanoseconds: int, leap: LeapSeconds = LEAP_SECONDS) -> int:
    """The instant of a day of UTC and the nanoseconds passed in it; the inverse of ``utc_day``.

    >>> utc_day(from_utc_day(59439, 1_000_000_005))
    (59439, 1, 5)
    """
    return ((mjd - ORIGIN_MJD) * DAY_S + leap.offset(mjd)) * NS + nanoseconds
