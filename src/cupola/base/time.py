"""Dates at the edge (UTC, ISO 8601) and day numbers inside.

The daily clock counts Modified Julian Days of the UTC calendar; an integer ``mjd`` is that day's 00:00 UTC.
A partial date (``2026``, ``2025-12``) is said at the END of its period when it dates a statement.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re

from cupola.base.errors import DomainError

_EPOCH = dt.date(1858, 11, 17)
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?)?)?")


def parse_date(text: str, *, end: bool = False) -> dt.date:
    """Read ``2022-07-26``, ``2022-07-26T12:00Z``, ``2022-07`` or ``2022``; the time of day is dropped.

    ``end`` picks the last day of a partial date instead of the first. Raises DomainError for anything else.
    """
    match = _DATE.fullmatch(text.strip())
    if match is None:
        raise DomainError(f"{text!r} is not a date; write YYYY-MM-DD")
    year = int(match.group(1))
    month = int(match.group(2)) if match.group(2) else (12 if end else 1)
    try:
        last = calendar.monthrange(year, month)[1]
        day = int(match.group(3)) if match.group(3) else (last if end else 1)
        return dt.date(year, month, day)
    except (ValueError, calendar.IllegalMonthError) as error:
        raise DomainError(f"{text!r} is not a date of the calendar") from error


def to_mjd(date: dt.date) -> int:
    """Modified Julian Day number of a calendar day.

    >>> to_mjd(dt.date(2000, 1, 1))
    51544
    """
    return (date - _EPOCH).days


def from_mjd(mjd: float) -> dt.date:
    """Calendar day of a Modified Julian Day number (the fraction is dropped)."""
    return _EPOCH + dt.timedelta(days=int(mjd // 1))
