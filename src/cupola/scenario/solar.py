"""What was known of the Sun on a date: daily indices, observed before it and forecast after it.

Assumptions and limits:

* Days before ``as_of`` are observed; nothing observed on ``as_of`` or later is used, nor in the 81-day means, which
  are completed with the forecast's middle level.
* The forecast is the issue current on ``as_of``: an issue is current from the first day of its month. Real
  issues came out some days into it; the difference is a few per mille of what they say.
* Before the first archived issue (1999-03) the forecast is our own, made from nothing but what was observed until then
  (``cupola.scenario.solar_cycles``); before 1959 there is none.
* Its monthly values are 13-month-smoothed and stand for the middle of their month; between months they are linear.
  So the forecast has no 27-day rotation and no storms: its Ap is the smoothed mean.
* Smoothing takes the yearly swing of the Sun's distance out; it is put back (1/R^2), as the air feels it.
* Beyond the issue's last month its last eleven years are repeated; ``forecast_until`` says where that begins.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import as_file, files

import numpy as np
from numpy.typing import NDArray

from cupola.base.errors import DomainError
from cupola.base.time import from_mjd, to_mjd
from cupola.physics.orbit import sun_distance
from cupola.programme.environment import SolarOutlook
from cupola.scenario.solar_cycles import Sunspots, forecast_from_cycles

Floats = NDArray[np.float64]
Levels = tuple[tuple[float, ...], tuple[float, ...], tuple[float, ...]]

CYCLE_MONTHS = 132
"""The cycle that is repeated: eleven years, the mean length. Source: Hathaway, Living Rev. Solar Phys. 12 (2015)."""
_HALF_WINDOW = 40
"""Days on each side of the 81-day mean."""
MAX_DAYS = 60_000
"""Longest span asked for: some 164 years."""


@dataclass(frozen=True)
class _Observed:
    first: int
    f107: Floats
    ap: Floats
    source: str


@dataclass(frozen=True)
class _Issue:
    name: str
    first_month: int
    """Months since year 0"""
    middles: Floats
    """Modified Julian Day of the middle of each month"""
    f107: Floats
    """(3, months)"""
    ap: Floats
    source: str
    from_cycles: bool = False


def _archive(name: str) -> dict[str, NDArray[np.generic]]:
    resource = files("cupola").joinpath("data", "environment", name)
    with as_file(resource) as path, np.load(path, allow_pickle=False) as archive:
        return {key: archive[key] for key in archive.files}


@lru_cache(maxsize=1)
def _observed() -> _Observed:
    data = _archive("solar_observed.npz")
    f107 = np.asarray(data["f107"], dtype=np.float64) / 10.0
    return _Observed(int(data["first"].item()), f107, np.asarray(data["ap"], dtype=np.float64), str(data["source"]))


@lru_cache(maxsize=1)
def _forecasts() -> dict[str, NDArray[np.generic]]:
    return _archive("solar_forecast.npz")


@lru_cache(maxsize=1)
def _sunspots() -> Sunspots:
    data = _archive("sunspots.npz")
    numbers = np.asarray(data["number"], dtype=np.float64) / 10.0
    return Sunspots(int(data["first"].item()), numbers, str(data["source"]))


def _month_middle(month: int) -> float:
    """Modified Julian Day of the middle of a month counted from year 0."""
    begin = dt.date(month // 12, month % 12 + 1, 1)
    following = month + 1
    end = dt.date(following // 12, following % 12 + 1, 1)
    return 0.5 * (to_mjd(begin) + to_mjd(end))


def _own_issue(as_of: dt.date) -> _Issue:
    """The issue that could have been made on a date. Raises DomainError before 1959."""
    observed = _observed()
    made = forecast_from_cycles(as_of, _sunspots(), observed.first, observed.f107, observed.ap)
    middles = np.array([_month_middle(made.first_month + month) for month in range(made.f107.shape[1])])
    return _Issue(made.name, made.first_month, middles, made.f107, made.ap, made.source, from_cycles=True)


def _issue_on(as_of: dt.date) -> _Issue:
    """The issue current on a date; our own before the first one. Raises DomainError where that cannot be made."""
    data = _forecasts()
    issues = np.asarray(data["issue"], dtype=np.int64)
    index = int(np.searchsorted(issues, as_of.year * 100 + as_of.month, side="right")) - 1
    if index < 0:
        return _own_issue(as_of)
    start, stop = (int(value) for value in np.asarray(data["start"], dtype=np.int64)[index : index + 2])
    first_month = int(np.asarray(data["first"], dtype=np.int64)[index])
    name = f"{issues[index] // 100}-{issues[index] % 100:02d}"
    return _Issue(
        name=name,
        first_month=first_month,
        middles=np.array([_month_middle(first_month + month) for month in range(stop - start)]),
        f107=np.asarray(data["f107"], dtype=np.float64)[:, start:stop] / 10.0,
        ap=np.asarray(data["ap"], dtype=np.float64)[:, start:stop] / 10.0,
        source=str(data["source"]).format(issue=name),
    )


def _prolonged(issue: _Issue, last: int) -> _Issue:
    """The issue with its last cycle repeated until it covers a day."""
    day = from_mjd(last)
    months = max(day.year * 12 + day.month - issue.first_month + 1, issue.middles.size)
    index = np.arange(months)
    size = issue.middles.size
    cycle = min(CYCLE_MONTHS, size)
    pick = np.where(index < size, index, size - cycle + (index - size) % cycle)
    middles = np.array([_month_middle(issue.first_month + int(month)) for month in index])
    return replace(issue, middles=middles, f107=issue.f107[:, pick], ap=issue.ap[:, pick])


def _centred_mean(values: Floats) -> Floats:
    """81-day mean of each day that has 40 days on both sides; shorter by 80."""
    sums = np.cumsum(np.concatenate([[0.0], values]))
    width = 2 * _HALF_WINDOW + 1
    return np.asarray((sums[width:] - sums[:-width]) / width)


def solar_outlook(as_of: dt.date, first: dt.date, last: dt.date) -> SolarOutlook:
    """Daily flux, its 81-day mean and Ap from ``first`` to ``last``, as they were known on ``as_of``.

    as_of      date   from 1959-01-01 on; before the first issue (1999-03) the forecast is made from past cycles
    first      date   at least 41 days after the first observation (1957-10-01)
    last       date   from ``first`` on

    Where observed, the flux is that of the day before, its mean that around the day, as NRLMSISE-00 has them; neither
    is adjusted to 1 au. After the last observation the three levels are the forecast's 5, 50 and 95 %. Raises
    DomainError outside those dates.

    >>> outlook = solar_outlook(dt.date(2022, 7, 26), dt.date(2022, 7, 26), dt.date(2030, 1, 1))
    >>> outlook.issue, outlook.observed_until.isoformat(), outlook.f107[1][0]
    ('2022-07', '2022-07-25', 102.3)
    """
    observed = _observed()
    begin, end, today = to_mjd(first), to_mjd(last), to_mjd(as_of)
    if begin - 1 - _HALF_WINDOW < observed.first:
        earliest = from_mjd(observed.first + 1 + _HALF_WINDOW)
        raise DomainError(f"solar indices begin {earliest}; got a first day of {first}")
    if not 0 <= end - begin < MAX_DAYS:
        raise DomainError(f"the last day {last} must follow the first day {first} by less than {MAX_DAYS} days")
    issue = _issue_on(as_of)
    # One day more at the front, because the flux in use is that of the day before.
    days = np.arange(begin - 1 - _HALF_WINDOW, end + _HALF_WINDOW + 1)
    known = min(today, observed.first + observed.f107.size)
    flux, ap = _levels(_prolonged(issue, int(days[-1])), observed, days, known)
    # Of each level, the mean on an observed day is completed with the middle forecast, so that the levels agree there.
    means = np.array([_centred_mean(level) for level in flux])
    inner = slice(_HALF_WINDOW, days.size - _HALF_WINDOW)
    means[:, days[inner] < known] = means[1, days[inner] < known]
    daily = flux[:, inner]
    return SolarOutlook(
        first=first,
        f107=_rows(daily[:, :-1]),
        f107a=_rows(means[:, 1:]),
        ap=_rows(ap[:, inner][:, 1:]),
        observed_until=from_mjd(known - 1),
        issue=issue.name,
        forecast_until=from_mjd(float(issue.middles[-1])),
        source=f"{observed.source}; {issue.source}",
        from_cycles=issue.from_cycles,
    )


def _levels(issue: _Issue, observed: _Observed, days: NDArray[np.int64], known: int) -> tuple[Floats, Floats]:
    """Flux and Ap of shape (3, days): observed before the day ``known``, forecast from it on."""
    noon = days.astype(np.float64) + 0.5
    distance = sun_distance(noon)
    flux = np.array([np.interp(noon, issue.middles, level) for level in issue.f107]) / (distance * distance)
    # A few issues let the lower level of the smoothed Ap fall below zero; the index itself cannot.
    ap = np.array([np.interp(noon, issue.middles, np.maximum(level, 0.0)) for level in issue.ap])
    past = days < known
    rows = days[past] - observed.first
    flux[:, past] = observed.f107[rows]
    ap[:, past] = observed.ap[rows]
    return flux, ap


def _rows(values: Floats) -> Levels:
    low, middle, high = (tuple(level) for level in values.tolist())
    return low, middle, high
