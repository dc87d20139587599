"""The monthly solar-activity forecast of the Marshall Space Flight Center, "Table 3" text.

Each issue gives, month by month for the years ahead, the 95, 50 and 5 % levels of the 13-month-smoothed
10.7 cm flux and Ap.

Assumptions and limits: the month comes from the decimal year and must agree with the month's name; months
follow each other without a gap; a last row that repeats the one before it, as two issues of 1999 have, is
dropped. Smoothed Ap levels below zero occur in five issues of the deep minimum of
2009-2010 (an artefact of the percentile fit) and are read as they stand.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from cupola.base.errors import Problem, ScenarioError

MAX_LINES = 2_000
"""More lines than this are refused; the longest known issue has under 300."""

_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_VALUE = r"\s+(-?\d{1,3}\.\d)"
_ROW = re.compile(rf"\s*(\d{{4}})\.(\d{{4}})\s+({'|'.join(_MONTHS)})" + _VALUE * 6 + r"\s*", re.ASCII)
# Headings repeat on each page of the older issues, and footers name the page.
_FURNITURE = re.compile(
    r"\s*(TABLE 3 )?ESTIMATES OF 13-MONTH SMOOTH SOLAR ACTIVITY FOR\s*"
    r"|\s*(BALANCE OF )?CYCLE [\d\w ]+|.*10\.7 CM SOLAR FLUX.*|\s*PERCENTILE\s+PERCENTILE\s*"
    r"|[\sTIME]*95\.0%\s+50%\s+5\.0%\s+95\.0%\s+50%\s+5\.0%\s*|\s*TIME\s+95\.0%.*"
    r"|\s*\S+\s+Page \d+ of \d+\s+ENCLOSURE \d+\s*|\s*\(\d of \d\)\s*"
)


@dataclass(frozen=True)
class ForecastMonth:
    """One month of an issue; each level is (5 %, 50 %, 95 %)."""

    month: dt.date
    """First day of the month"""
    f107: tuple[float, float, float]
    """13-month-smoothed 10.7 cm flux [sfu]"""
    ap: tuple[float, float, float]
    """13-month-smoothed planetary index [2 nT]"""


def read_solar_forecast(lines: Iterable[str], name: str) -> tuple[ForecastMonth, ...]:
    """The months of one forecast issue, in order and without gaps.

    lines      the text's lines
    name       file name, for the messages
    returns    one ForecastMonth a month

    Raises ScenarioError with every line that is neither a month nor a heading, and for months out of order.
    """
    problems: list[Problem] = []
    months: list[ForecastMonth] = []
    before: tuple[str | None, ...] = ()
    for number, line in enumerate(lines, start=1):
        where, text = f"{name}:{number}", line.rstrip()
        if number > MAX_LINES:
            raise ScenarioError(name, [Problem(where, "file", "is too long", expected=f"at most {MAX_LINES} lines")])
        if not text or (len(text) < 200 and _FURNITURE.fullmatch(text)):
            continue
        row = _ROW.fullmatch(text) if len(text) < 200 else None
        if row is None:
            expected = "YEAR MONTH, then the 95, 50 and 5 % levels of F10.7 and of Ap"
            problems.append(Problem(where, "row", "cannot be read", got=repr(text[:60]), expected=expected))
            continue
        if row.groups() == before:
            continue
        before = row.groups()
        months.append(_month(row, where, months[-1].month if months else None, problems))
    if not months and not problems:
        problems.append(Problem(name, "rows", "are missing", remedy="Check that this is a forecast issue."))
    if problems:
        raise ScenarioError(name, problems)
    return tuple(months)


def _month(row: re.Match[str], where: str, before: dt.date | None, problems: list[Problem]) -> ForecastMonth:
    """The month of one row; faults are added to ``problems``."""
    number = _MONTHS.index(row[3]) + 1
    fraction = float(f"0.{row[2]}")
    month = dt.date(max(int(row[1]), 1), number, 1)
    # The tag is the month's beginning; the tolerance covers the drift in the tags of the old issues.
    if abs(fraction - (number - 1) / 12.0) > 0.02:
        problems.append(Problem(where, "month", "does not match the year", got=f"{row[1]}.{row[2]} {row[3]}"))
    if before is not None and month != next_month(before):
        problems.append(
            Problem(where, "month", "does not follow", got=f"{month:%Y-%m}", expected=f"{next_month(before):%Y-%m}")
        )
    values = [float(row[column]) for column in range(4, 10)]
    f107, ap = (values[2], values[1], values[0]), (values[5], values[4], values[3])
    if not (30.0 <= f107[0] <= f107[1] <= f107[2] <= 500.0):
        problems.append(
            Problem(where, "F10.7", "levels are out of order or range", got=str(f107), expected="30 to 500")
        )
    if not (-20.0 <= ap[0] <= ap[1] <= ap[2] <= 100.0):
        problems.append(Problem(where, "Ap", "levels are out of order or range", got=str(ap), expected="-20 to 100"))
    return ForecastMonth(month, f107, ap)


def next_month(month: dt.date) -> dt.date:
    """The first day of the month after.

    >>> next_month(dt.date(2022, 12, 1))
    datetime.date(2023, 1, 1)
    """
    return dt.date(month.year + month.month // 12, month.month % 12 + 1, 1)
