"""The CSSI space-weather text: one line a day with the solar flux and the geomagnetic indices.

Assumptions and limits: only the block of observed days is read; the predicted blocks that follow it are
skipped. The columns are those of the FORTRAN format in the file's own head:
``I4,I3,I3,I5,I3,8I3,I4,8I4,I4,F4.1,I2,I4,F6.1,I2,5F6.1``.
Source of the layout: https://celestrak.org/SpaceData/SpaceWx-format.php
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cupola.base.errors import DomainError, Problem, ScenarioError

MAX_LINES = 100_000
"""More lines than this are refused: a century of days is 36,525."""

# The columns used, as slices of the fixed-width line.
_YEAR, _MONTH, _DAY = slice(0, 4), slice(4, 7), slice(7, 10)
_AP = slice(78, 82)
_AP_3H = tuple(slice(46 + 4 * k, 50 + 4 * k) for k in range(8))
_FLUX_OBSERVED = slice(112, 118)
_BEGIN, _END, _COUNT = "BEGIN OBSERVED", "END OBSERVED", "NUM_OBSERVED_POINTS"


@dataclass(frozen=True)
class SpaceWeatherDay:
    """The indices of one observed day."""

    day: dt.date
    f107: float
    """10.7 cm flux of this day, as observed, not adjusted to 1 au [sfu]"""
    ap: float
    """Mean of the day's eight 3-hourly ap [2 nT]"""
    ap_3h: tuple[float, ...]
    """The eight ap of the day, each of three hours, from 00:00 UTC on [2 nT]"""


def read_space_weather(lines: Iterable[str], name: str) -> tuple[SpaceWeatherDay, ...]:
    """The observed days of a CSSI space-weather text, in order and without gaps.

    lines      the text's lines
    name       file name, for the messages
    returns    one SpaceWeatherDay a day

    Raises ScenarioError with every malformed line, a gap, a wrong count or a missing block.
    """
    problems: list[Problem] = []
    days: list[SpaceWeatherDay] = []
    declared: int | None = None
    state = "before"
    for number, line in enumerate(lines, start=1):
        where, text = f"{name}:{number}", line.rstrip()
        if number > MAX_LINES:
            raise ScenarioError(name, [Problem(where, "file", "is too long", expected=f"at most {MAX_LINES} lines")])
        if text.startswith(_COUNT):
            declared = _count(text, where, problems)
        elif text == _BEGIN:
            state = "inside"
        elif text == _END:
            state = "after"
            break
        elif state == "inside" and text:
            days.extend(_row(text, where, days[-1].day if days else None, problems))
    problems.extend(_whole(name, state, declared, len(days), bool(problems)))
    if problems:
        raise ScenarioError(name, problems)
    return tuple(days)


def _count(text: str, where: str, problems: list[Problem]) -> int | None:
    number = text.removeprefix(_COUNT).strip()
    if not number.isascii() or not number.isdecimal():
        problems.append(Problem(where, _COUNT, "is not a whole number", got=repr(number[:20])))
        return None
    return int(number)


def _row(text: str, where: str, before: dt.date | None, problems: list[Problem]) -> Iterator[SpaceWeatherDay]:
    """The day of one line; what is wrong with it is added to ``problems`` instead."""
    try:
        day = dt.date(int(text[_YEAR]), int(text[_MONTH]), int(text[_DAY]))
        flux, mean = _number(text[_FLUX_OBSERVED], 30.0, 2_000.0), _number(text[_AP], 0.0, 400.0)
        row = SpaceWeatherDay(day, flux, mean, tuple(_number(text[part], 0.0, 400.0) for part in _AP_3H))
    except (ValueError, DomainError) as error:
        problems.append(Problem(where, "row", "cannot be read", got=str(error), expected="the CSSI columns"))
        return
    if before is not None and day != before + dt.timedelta(days=1):
        problems.append(Problem(where, "date", "does not follow", got=str(day), expected=f"the day after {before}"))
    yield row


def _number(text: str, low: float, high: float) -> float:
    if not text.strip().isascii() or "_" in text:
        raise DomainError(f"{text.strip()!r} is not a number")
    value = float(text)
    if not math.isfinite(value) or not low <= value <= high:
        raise DomainError(f"{value} is outside {low} to {high}")
    return value


def _whole(name: str, state: str, declared: int | None, found: int, broken: bool) -> Iterator[Problem]:
    """What is wrong with the block as a whole."""
    if state != "after":
        missing = _BEGIN if state == "before" else _END
        yield Problem(name, missing, "is missing", remedy="Fetch the file again; it may be cut off.")
    elif declared is not None and declared != found and not broken:
        yield Problem(name, _COUNT, "does not match the rows", got=str(found), expected=str(declared))
    elif not found and not broken:
        yield Problem(name, _BEGIN, "has no rows")
