"""The Sun's activity in the years ahead, told from the cycles that have passed.

Each past cycle is replayed from the age that the present one has reached, with its own length and with the cycles
that came after it. So the years in which the next minimum and maximum may fall are those in which they did fall.
Today's departure from the past cycles is carried on by regression, as McNish and Lincoln did.

Assumptions and limits: past cycles are exchangeable; nothing is remembered but what the regression sees. Some eighteen
cycles are eighteen draws: the 5 and 95 % levels are about the least and the greatest of them. The levels are those
of each month by itself, and no cycle runs along one of them. A minimum is seen only when the number has risen after
it: one and a half to three years late, and three to five at the weak cycles that began in 1798 and 1810.
Source: McNish and Lincoln, Trans. Am. Geophys. Union 30 (1949) 673, for the regression on the departure from the mean
cycle; the replay of whole successions of cycles, and residuals that leave a case out, are our own.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cupola.base.errors import DomainError

Floats = NDArray[np.float64]
Months = NDArray[np.int64]

REACH = 6
"""Months on each side of the 13-month smoothing: the last six months have no smoothed number yet."""
RISE = 20.0
"""The smoothed number turns when it has gone back by this much: 15 to 30 all find the same minima since 1755."""
FEWEST = 5
"""Cycles replayed at least; near the end of a cycle few past ones were as long."""
LEVELS = (0.05, 0.5, 0.95)
_SAME = 1e-20
"""Sum of squares about the mean, over that about zero, below which values are the same but for rounding."""
_FREEST = 0.05
"""The least share of a case's residual that is its own, so that one case that stands alone is not divided by zero."""


def smoothed(values: Floats) -> Floats:
    """13-month smoothed monthly values.

        S(t) = (v(t-6)/2 + v(t-5) + ... + v(t+5) + v(t+6)/2) / 12

    values     array (months,)
    returns    array (months,)   NaN in the first and the last six months

    Raises DomainError for fewer than 13 months. Source: the usual definition of the smoothed sunspot number.

    >>> round(float(smoothed(np.arange(24.0))[10]), 9)
    10.0
    """
    if values.size <= 2 * REACH:
        raise DomainError(f"got {values.size} months; expected more than {2 * REACH} to smooth over 13")
    weights = np.full(2 * REACH + 1, 1.0 / (2 * REACH))
    weights[[0, -1]] *= 0.5
    result = np.full(values.size, np.nan)
    result[REACH:-REACH] = np.convolve(values, weights, mode="valid")
    return result


def cycle_minima(smooth: Floats, rise: float = RISE) -> tuple[Months, Months]:
    """The months of the minima, and the months whose smoothed number first showed each.

    smooth     array (months,)   13-month smoothed; NaN where not known
    rise       float             > 0: how far the number goes back before a minimum or maximum counts
    returns    two arrays (minima,) of indices

    Nothing after the second index is needed to find the first. Source: own.

    >>> wave = 50.0 - 50.0 * np.cos(2 * np.pi * np.arange(300) / 130.0)
    >>> [months.tolist() for months in cycle_minima(wave)]
    [[130, 260], [150, 280]]
    """
    lows: list[tuple[int, int]] = []
    known = np.flatnonzero(np.isfinite(smooth))
    rising, turn = True, int(known[0]) if known.size else 0
    for month in known.tolist():
        change = float(smooth[month] - smooth[turn])
        if change >= 0.0 if rising else change <= 0.0:
            turn = month
        elif abs(change) > rise:
            if not rising:
                lows.append((turn, month))
            rising, turn = not rising, month
    found = np.array(lows, dtype=np.int64).reshape(-1, 2)
    return found[:, 0], found[:, 1]


def regressed(now: float, then: Floats, later: Floats) -> Floats:
    """What each past case makes of today: the regression's answer and that case's own residual.

        y_i = <later> + b (now - <then>) + e_i / (1 - h_i)
        b: least squares        e_i: residual        h_i = 1/n + (then_i - <then>)^2 / sum (then - <then>)^2

    now        float              today's value
    then       array (cases,)     the same in the past cases
    later      array (cases,)     what came of it
    returns    array (cases,)     an ensemble of what may come now

    The residual is that of a regression which leaves the case out, so few cases make a wide ensemble.
    Source: McNish and Lincoln (1949) for b; Belsley, Kuh and Welsch, Regression Diagnostics (1980), for the residual.

    >>> regressed(2.0, np.array([0.0, 1.0, 3.0]), np.array([1.0, 3.0, 7.0])).round(9).tolist()
    [5.0, 5.0, 5.0]
    """
    offset, departure = then - then.mean(), later - later.mean()
    square = float((offset * offset).sum())
    # Cases that were all alike say nothing of a slope; what parts them is rounding.
    alike = square <= _SAME * float((then * then).sum())
    slope = 0.0 if alike else float((offset * departure).sum()) / square
    leverage = 1.0 / then.size + (0.0 if alike else offset * offset / square)
    residual = departure - slope * offset
    middle = float(later.mean() + slope * (now - then.mean()))
    return np.asarray(middle + residual / np.maximum(1.0 - leverage, _FREEST), dtype=np.float64)


def replayed_levels(numbers: Floats, months: int) -> Floats:
    """Levels of the 13-month smoothed number from the last known month on, by replaying the past cycles.

    numbers    array (known,)       monthly sunspot numbers, without a gap, up to the last known month
    months     int                  how many; the first is that last month, not yet known as a smoothed one
    returns    array (3, months)    5, 50, 95 %; at least 0

    Replayed are the cycles which at the present one's age had not shown their end either, or the ``FEWEST`` that
    lasted longest. The regression is on the mean of the last six months, those that the smoothing does not reach.
    Of n cases the i-th stands for the share i / (n + 1). Raises DomainError when fewer than ``FEWEST`` are known.
    """
    smooth = smoothed(numbers)
    lows, seen = cycle_minima(smooth)
    today = numbers.size - 1
    past, age = lows[:-1], today - int(lows[-1] if lows.size else 0)
    unseen = seen[1:] - past
    longest = np.argsort(-unseen, kind="stable")
    alike = unseen > age - REACH
    levels = np.empty((len(LEVELS), months))
    for ahead in range(months):
        able = longest[past[longest] + age + ahead <= today - REACH]
        if able.size < FEWEST:
            raise DomainError(f"{able.size} past cycles reach {ahead} months ahead; expected {FEWEST} or more")
        start = past[able[: max(FEWEST, int(np.count_nonzero(alike[able])))]] + age
        then = np.array([_recent(numbers, int(month)) for month in start])
        ensemble = np.maximum(regressed(_recent(numbers, today), then, smooth[start + ahead]), 0.0)
        levels[:, ahead] = np.quantile(ensemble, LEVELS, method="weibull")
    return levels


def _recent(numbers: Floats, month: int) -> float:
    """Mean of a month and the five before it."""
    return float(numbers[month - REACH + 1 : month + 1].mean())


def straight_line(x: Floats, y: Floats) -> tuple[float, float]:
    """Intercept and slope of the line of least squares, y = a + b x.

    x, y       arrays (n,)   n >= 2, and not all x equal
    returns    (a, b)

    Raises DomainError when all x are equal.

    >>> straight_line(np.array([0.0, 1.0, 2.0]), np.array([1.0, 3.0, 5.0]))
    (1.0, 2.0)
    """
    offset = x - x.mean()
    square = float((offset * offset).sum())
    if not square > 0.0:
        raise DomainError("all values are equal; expected at least two different ones for a line")
    slope = float((offset * y).sum()) / square
    return float(y.mean()) - slope * float(x.mean()), slope
