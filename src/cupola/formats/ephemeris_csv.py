"""Ephemerides as CSV for a spreadsheet: one state a row, in metres and metres a second."""

from __future__ import annotations

from cupola.base.errors import DomainError
from cupola.base.instants import LEAP_SECONDS, LeapSeconds, format_instant
from cupola.formats.ephemeris import OemSegment

COLUMNS = ("epoch_utc", "x_m", "y_m", "z_m", "vx_m_s", "vy_m_s", "vz_m_s")


def write_ephemeris_csv(segment: OemSegment, leap: LeapSeconds = LEAP_SECONDS) -> str:
    """The text of a table of states; numbers have as many digits as they need to be read back as they are.

    Raises DomainError for a state that is not finite, and for an instant without a name in UTC.
    """
    rows = [",".join(COLUMNS)]
    for instant, place, speed in zip(
        segment.instants.tolist(), segment.position.tolist(), segment.velocity.tolist(), strict=True
    ):
        numbers = [*place, *speed]
        if not all(abs(number) < float("inf") for number in numbers):
            raise DomainError("a state that is not finite is not written")
        rows.append(",".join([format_instant(instant, "UTC", leap) + "Z", *map(repr, numbers)]))
    return "\n".join([*rows, ""])
