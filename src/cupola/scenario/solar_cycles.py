"""A forecast of the Sun for days on which none is archived: what a person of that day could have made of the past.

Assumptions and limits:

* Known on a day are the months that had ended by then: sunspot numbers since 1749, flux and Ap since 1957-10. The
  sunspot numbers are the final ones; those printed at the time differ by some units.
* The levels are those of the smoothed sunspot number (``cupola.physics.solar_cycle``), turned into flux by the line
  of least squares through the monthly means of both. The line's own error is not added.
* In 1959 and 1960 that line knows the strongest maximum only, and gives 18 to 12 sfu too much for the next minimum.
* Ap has no cycle here: its levels are those of all monthly means known, its middle their mean.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cupola.base.errors import DomainError
from cupola.base.time import from_mjd, to_mjd
from cupola.physics.orbit import sun_distance
from cupola.physics.solar_cycle import LEVELS, replayed_levels, straight_line

Floats = NDArray[np.float64]

MONTHS = 241
"""Length of a forecast, from the month before the as-of day on: twenty years, as far as archived issues reach."""
FEWEST_MONTHS = 15
"""Months of flux that must be known: so the first day with a forecast is 1959-01-01."""
QUIET_FLUX = 67.0
"""sfu at 1 au, of a Sun without spots; no level lies below it, as the line would. The minimum of 1953 and 1954, before
any as-of day, was the first to show it.
Source: Holland and Vaughn (1984), quoted by Hathaway, Living Rev. Solar Phys. 7 (2010) 1, equation 3."""


@dataclass(frozen=True)
class Sunspots:
    """Monthly mean sunspot numbers without a gap."""

    first_month: int
    """Months since year 0"""
    numbers: Floats
    source: str


@dataclass(frozen=True)
class CycleForecast:
    """Levels by month, as an archived issue has them; flux at 1 au."""

    name: str
    first_month: int
    """Months since year 0"""
    f107: Floats
    """(3, months): 5, 50, 95 %"""
    ap: Floats
    """(3, months)"""
    source: str


def month_of(day: dt.date) -> int:
    """Months from year 0 to a day's month.

    >>> month_of(dt.date(1974, 2, 8)) - month_of(dt.date(1957, 10, 1))
    196
    """
    return day.year * 12 + day.month - 1


def first_of(month: int) -> dt.date:
    """First day of a month counted from year 0.

    >>> first_of(month_of(dt.date(1974, 2, 8))).isoformat()
    '1974-02-01'
    """
    return dt.date(month // 12, month % 12 + 1, 1)


def forecast_from_cycles(as_of: dt.date, spots: Sunspots, first: int, f107: Floats, ap: Floats) -> CycleForecast:
    """The forecast for ``as_of`` from the sunspot cycles that had passed.

    as_of      date             from 15 months after the first day of flux on, and not after the last sunspot number
    spots      Sunspots         from long before that
    first      int     [day]    Modified Julian Day of row 0 of the two arrays; the first of a month
    f107       array   [sfu]    daily, as observed
    ap         array            daily

    Nothing from the month of ``as_of`` on is read. Raises DomainError when too little is known.
    """
    start, end = month_of(from_mjd(first)), month_of(as_of)
    if end - start < FEWEST_MONTHS:
        from_day = first_of(start + FEWEST_MONTHS)
        raise DomainError(f"too little is known of the Sun's flux on {as_of}; expected a day from {from_day} on")
    known = end - spots.first_month
    if known > spots.numbers.size:
        raise DomainError(f"no sunspot number is known for the month before {as_of}")
    numbers = spots.numbers[:known]
    flux = _monthly(first, _at_one_au(first, f107), start, end)
    intercept, slope = straight_line(numbers[start - end :], flux)
    geomagnetic = _monthly(first, ap, start, end)
    low, high = np.quantile(geomagnetic, (LEVELS[0], LEVELS[2]))
    return CycleForecast(
        name=f"{as_of:%Y-%m} (from past cycles)",
        first_month=end - 1,
        f107=np.maximum(intercept + slope * replayed_levels(numbers, MONTHS), QUIET_FLUX),
        ap=np.repeat([[low], [geomagnetic.mean()], [high]], MONTHS, axis=1),
        source=f"own forecast as of {as_of:%Y-%m} from the sunspot cycles until then: {spots.source}",
    )


def _at_one_au(first: int, f107: Floats) -> Floats:
    """Daily flux as it would be at the mean distance of the Sun."""
    noon = np.arange(first, first + f107.size, dtype=np.float64) + 0.5
    distance = sun_distance(noon)
    return f107 * distance * distance


def _monthly(first: int, daily: Floats, start: int, end: int) -> Floats:
    """Means of the months from ``start`` to before ``end``; the daily rows begin with the month ``start``."""
    edges = np.array([to_mjd(first_of(month)) - first for month in range(start, end + 1)])
    if edges[0] != 0 or edges[-1] > daily.size:
        raise DomainError(f"daily indices do not cover the months before {first_of(end)}")
    return np.asarray(np.add.reduceat(daily[: edges[-1]], edges[:-1]) / np.diff(edges))
