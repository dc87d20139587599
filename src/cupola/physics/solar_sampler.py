"""Futures of the Sun that stray about a forecast as widely, and as slowly, as it did stray from forecasts before.

A future stands somewhere between a forecast's 5 and 95 % levels or beyond them, and wanders there from year to year.
About that smoothed course its flux swings from month to month.

    standing(t) = width(t) / 1.645 * g(t)        flux(t) = level(standing) + 1.15 sqrt(F - 65 sfu) * h(t)

g and h are Gaussian with mean 0 and variance 1: g with knots a year apart, each correlated by 0.68 with the one
before, h with independent knots two months apart; between knots linear, scaled to variance 1.

Calibrated on the archived monthly issues of 1999-03 to 2026-03 against the 13-month-smoothed flux and Ap that came;
tested by calibrating on half of the years and measuring on the other (tests/validation/solar_found.py):

* The published band of the flux held the truth 90 % of the time within a year, 82 to 85 % up to 14 years ahead and
  74 % beyond (where an issue ends, its last eleven years are repeated). ``WIDTH`` is what would have held 90 %.
* Errors of one issue a year apart correlate by 0.68, two years apart by 0.28. So the mean of five years strays three
  quarters as far as one month, where at one level for ever it would stray as far.
* The published Ap was too high: the truth lay at 0.87 of its middle within a year, at 0.60 to 0.67 from two years on,
  and in its band 72 to 33 % of the time. ``ap_levels`` puts middle and low level where the truth lay. The high level
  stays, for the record is that of one lull: the Ap of 1957 to 2004 had a mean of 14.

From the smoothed levels to the air that is met, by NRLMSISE-00 with observed daily indices of 1958 to 2025, at 400 km
and 51.6 degrees, in the mean over half a year:

* The flux's days and months leave the mean as it is (within 0.3 %), but scatter it by 11 % over 90 days, 7 % over 180
  and 4 % over a year. h is that.
* Storms are short, and the density is concave in Ap: with the smoothed Ap it comes out 2.4 % too high (1.6 % at
  250 km). So a smoothed Ap acts as ``ACTING_AP`` of it. The 27-day rotation needs nothing.

Of 40 falls from 410 and 460 km, forecast each July of 1999 to 2018 with drag and air known, 90 % ended between the 5
and 95 % of such futures; these lie 2.6 times apart, at one level for ever 3.4 times (tests/validation/solar_falls.py).
Those forecasts are among the issues calibrated on, and neighbouring Julys share most of their Sun: a check, no test.

Limits: two and a half cycles; up to 2008 issues strayed up to twice as far as those after. The correlation of the
flux's errors falls below 0 after three years in these issues (they are errors of when, too), and not in forecasts of
1960 to 1998 from past cycles; here it stays above. Flux and Ap share a standing; in truth they correlate by 0.2 to
0.65. What the Sun did just before the issue is not carried on.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cupola.base.errors import DomainError

Floats = NDArray[np.float64]

YEAR_DAYS, SWING_DAYS = 365.25, 60.875
"""Days between knots: a year, two months"""
MEMORY = 0.68
"""[1] Correlation of the standings a year apart"""
WIDTH = ((0.5, 1.0), (1.5, 1.11), (7.5, 1.11), (12.0, 1.14), (18.0, 1.23))
"""[year] since the issue, and how many times as far from its middle the truth's 90 % reached as the published levels"""
AP_LOW = ((0.5, 0.53), (1.5, 0.39), (7.5, 0.40), (12.0, 0.43), (18.0, 0.48))
AP_MIDDLE = ((0.5, 0.87), (1.5, 0.77), (3.5, 0.65), (7.5, 0.60), (12.0, 0.63), (18.0, 0.66))
"""[year] since the issue, and the 5 and 50 % points of the smoothed Ap as shares of the published middle"""
SWING, QUIET_FLUX = 1.15, 65.0
"""[sfu^0.5], [sfu] Standard deviation of a month's effective flux about the smoothed one: 1.15 sqrt(F - 65)"""
ACTING_AP = 0.84
"""[1] Share of the smoothed Ap that gives the days' mean density; 0.83 at 250 km, 0.85 at 500 km"""
LOWEST_FLUX = 60.0
"""[sfu]"""
NORMAL_95 = 1.645


def knots_until(lead_days: float) -> tuple[int, int]:
    """How many knots a year, and two months apart reach so many days after the issue.

    >>> knots_until(800.0)
    (4, 15)
    """
    if not 0.0 <= lead_days < 1e6:
        raise DomainError(f"lead: got {lead_days} d; expected 0 to 1000000 d")
    return int(lead_days / YEAR_DAYS) + 2, int(lead_days / SWING_DAYS) + 2


def width(lead_days: float) -> float:
    """Half-band of 90 % of the truth in units of the published one, so many days after the issue.

    >>> round(width(365.25), 3), width(1e5)
    (1.055, 1.23)
    """
    return float(_along(WIDTH, lead_days))


def ap_levels(lead_days: Floats, levels: Floats) -> Floats:
    """Levels of the smoothed Ap with the published ones' error taken out; only for archived issues.

    lead_days   array (d,)     [day]    since the issue
    levels      array (3, d)   [2 nT]   5, 50 and 95 % as published
    returns     array (3, d)   [2 nT]   a standing of ``-width`` on them is the 5 % point of what came

    >>> ap_levels(np.array([1_500.0]), np.array([[9.0], [14.0], [20.0]])).round(2).ravel().tolist()
    [5.86, 8.99, 20.0]
    """
    low, middle, high = levels
    centre = _along(AP_MIDDLE, lead_days) * middle
    bottom = np.minimum(np.minimum(low, _along(AP_LOW, lead_days) * middle), centre)
    # A standing reaches width times the half-band: the low level is placed so that it ends at the 5 % point.
    return np.array([centre - (centre - bottom) / _along(WIDTH, lead_days), centre, np.maximum(high, centre)])


def _along(nodes: tuple[tuple[float, float], ...], lead_days: Floats | float) -> Floats:
    years, values = zip(*nodes, strict=True)
    return np.asarray(np.interp(np.asarray(lead_days) / YEAR_DAYS, years, values))


@dataclass(frozen=True)
class Courses:
    """The Sun of many futures; one future's does not depend on how many others there are, to the last bit."""

    yearly: Floats
    """(k, n) [1] knots of g, a year apart, the first on the day of the issue"""
    swings: Floats
    """(m, n) [1] knots of h, two months apart"""

    def standing(self, lead_days: float) -> Floats:
        """Where each future's smoothed flux stands so many days after the issue.

        lead_days   float        [day]   held at 0 below
        returns     array (n,)   [1]     0 is the published middle, 1 the 95 % level, -1 the 5 % level; may go beyond

        Raises DomainError beyond the last knot.
        """
        return np.asarray(_between(self.yearly, lead_days / YEAR_DAYS, MEMORY) * (width(lead_days) / NORMAL_95))

    def flux(self, lead_days: float, low: float, middle: float, high: float) -> Floats:
        """Each future's flux of a day, or the 81-day mean, for both act with their months' swing.

        low, middle, high   [sfu]               5, 50 and 95 % as published; where all are equal it is observed
        returns             array (n,)  [sfu]   at least LOWEST_FLUX
        """
        if low == high:
            return np.full(self.yearly.shape[1], middle)
        smooth = level(self.standing(lead_days), low, middle, high)
        swing = _between(self.swings, lead_days / SWING_DAYS, 0.0)
        smooth += SWING * np.sqrt(np.maximum(smooth - QUIET_FLUX, 0.0)) * swing
        return np.asarray(np.maximum(smooth, LOWEST_FLUX))

    def of(self, lanes: NDArray[np.intp] | NDArray[np.bool_]) -> Courses:
        """Those of some futures."""
        return Courses(self.yearly[:, lanes], self.swings[:, lanes])


@dataclass(frozen=True)
class Steady:
    """Futures that stand at one place all along: the edges of what may come.

    Wider than what does come over years, for the Sun wanders: the mean of five years strays three quarters as far.
    """

    normal: Floats
    """(n,) [1] 1.645 for the 95 % point of what came, -1.645 for the 5 % point, 0 for the middle"""

    def standing(self, lead_days: float) -> Floats:
        """As for :meth:`Courses.standing`."""
        return np.asarray(self.normal * (width(lead_days) / NORMAL_95))

    def flux(self, lead_days: float, low: float, middle: float, high: float) -> Floats:
        """As for :meth:`Courses.flux`, without the months' swing.

        >>> Steady(np.array([-1.645, 0.0])).flux(182.625, 70.0, 100.0, 150.0).tolist()
        [70.0, 100.0]
        """
        return np.asarray(np.maximum(level(self.standing(lead_days), low, middle, high), LOWEST_FLUX))


def courses(yearly: Floats, swings: Floats) -> Courses:
    """Courses from independent standard normal numbers; see ``knots_until`` for how many.

    yearly   array (k, n)   [1]   k at least 2
    swings   array (m, n)   [1]   m at least 2

    Numbers that are all zero give the forecast's middle. More rows leave the earlier course as it is. Raises
    DomainError for arrays of other shapes, or values that are not finite.

    >>> courses(np.zeros((3, 1)), np.zeros((8, 1))).flux(400.0, 70.0, 100.0, 150.0)
    array([100.])
    """
    for name, rows in (("yearly", yearly), ("swings", swings)):
        if rows.ndim != 2 or rows.shape[0] < 2 or rows.shape[1] != yearly.shape[-1]:
            raise DomainError(f"{name}: got shape {rows.shape}; expected (2 or more, {yearly.shape[-1]})")
        if not np.isfinite(rows).all():
            raise DomainError(f"{name}: expected finite numbers")
    found = np.array(yearly, dtype=np.float64)
    for row in range(1, len(found)):
        found[row] = MEMORY * found[row - 1] + np.sqrt(1.0 - MEMORY * MEMORY) * yearly[row]
    return Courses(found, np.asarray(swings, dtype=np.float64))


def level(standing: Floats, low: float, middle: float, high: float) -> Floats:
    """The value at a standing between three levels, or beyond the outer ones.

    >>> level(np.array([-1.0, 0.0, 0.5, 2.0]), 70.0, 100.0, 150.0).tolist()
    [70.0, 100.0, 125.0, 200.0]
    """
    return np.asarray(middle + standing * np.where(standing > 0.0, high - middle, middle - low))


def standing_at(values: Floats, low: float, middle: float, high: float) -> Floats:
    """The standing at which ``level`` gives some values; 0 on a side that is closed.

    >>> standing_at(np.array([70.0, 100.0, 125.0, 200.0]), 70.0, 100.0, 150.0).tolist()
    [-1.0, 0.0, 0.5, 2.0]
    """
    off = values - middle
    half = np.where(off > 0.0, high - middle, middle - low)
    return np.asarray(np.divide(off, half, out=np.zeros_like(off), where=half > 0.0))


def _between(knots: Floats, place: float, memory: float) -> Floats:
    """The values between two knots, of variance 1 when the knots have it and are correlated by ``memory``."""
    at = max(place, 0.0)
    if not at < len(knots) - 1:
        raise DomainError(f"lead: got {at:g} knots after the issue; expected less than {len(knots) - 1}")
    row = int(at)
    part = at - row
    first = 1.0 - part
    scale = 1.0 / np.sqrt(first * first + part * part + 2.0 * first * part * memory)
    return np.asarray((first * scale) * knots[row] + (part * scale) * knots[row + 1])
