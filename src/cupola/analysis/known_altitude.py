"""The last mean altitude that is known of a station on a day, with its date, so that its age can be told.

Known are the recorded mean altitudes, and the scenario's own orbit on its epoch. A target of the orbit's policy is what
is wanted, not what is known, and is never taken.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from cupola.analysis.show import station_on
from cupola.base.errors import DomainError
from cupola.programme.programme import Programme

SET = "--set"
"""Where a quantity is from that the command line sets"""


@dataclass(frozen=True)
class Known:
    """A mean altitude, and where it is from."""

    altitude: float
    """[m]"""
    told: str
    """Where it is from, as words that follow the altitude"""


def known_altitude(programme: Programme, day: dt.date) -> Known:
    """The mean altitude on a day of the record: that of the day, else the last one before it.

    The record of the day is taken where there is one, or between two, as ``station_on`` interpolates them; else the
    later of the last recorded altitude and the scenario's own on its epoch. One that the command line sets for the day
    itself comes before all. Raises DomainError where there is none.
    """
    orbit = programme.orbit
    if orbit.epoch == day and orbit.altitude.where == SET:
        return Known(orbit.altitude.value, f"as set for {day}")
    rows = sorted(programme.altitudes, key=lambda row: row.day)
    near = station_on(programme, day)["altitude_km"] if rows else None
    before = [row for row in rows if row.day <= day]
    if near is not None:
        after = next((row for row in rows if row.day > day), None)
        if before[-1].day == day or after is None:
            return Known(1e3 * float(near), _since("recorded on", before[-1].day, day))
        return Known(1e3 * float(near), f"between those recorded on {before[-1].day} and {after.day}")
    if orbit.epoch <= day and (not before or orbit.epoch >= before[-1].day):
        return Known(orbit.altitude.value, _since("of the scenario for", orbit.epoch, day))
    if before:
        return Known(before[-1].altitude, _since("recorded on", before[-1].day, day))
    raise DomainError(
        f"altitude: is on record on no day up to {day}; expected one. Give FILE or --state, or that of the day with "
        f"--set orbit.epoch={day} --set 'orbit.altitude=ALTITUDE km'."
    )


def _since(words: str, known: dt.date, day: dt.date) -> str:
    """The day of a number, and its age.

    >>> _since("recorded on", dt.date(2015, 2, 27), dt.date(2015, 7, 1))
    'recorded on 2015-02-27, 124 days before'
    """
    age = (day - known).days
    return f"{words} {known}" + (f", {age} day{'s' if age > 1 else ''} before" if age else "")
