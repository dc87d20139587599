"""How far archived forecasts of the Sun were off: what the sampler of its futures is calibrated on and tested with.

Issues are parted by blocks of three years, so that neighbouring issues, which are nearly the same forecast, lie in one
part: A holds 1999-2001, 2005-2007, 2011-2013, 2017-2019, 2023-2025, B the others. What is measured on A was calibrated
on B, and the other way round; the shipped numbers are those of both. The months that came are shared by both parts,
which are less independent than they look; forecasts from past cycles as of 1960 to 1998 have months of their own.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from cupola.base.time import from_mjd, to_mjd
from cupola.flight.averaged_slab import Slabs, day_of_2000
from cupola.physics.density import effective_flux, load_table
from cupola.physics.orbit import sun_distance
from cupola.physics.solar_cycle import smoothed
from cupola.physics.solar_sampler import Courses, courses, knots_until
from cupola.scenario import solar

MONTHS = 300
FIRST, END = 1957 * 12 + 9, 2026 * 12 + 7
"""Months since year 0: the first of the record, and the one after the last whole one"""
LEADS = ((0, 12), (12, 24), (24, 60), (60, 120), (120, 168), (168, MONTHS))
"""Months since the issue"""
NAMES = ("under a year", "1 to 2 years", "2 to 5 years", "5 to 10 years", "10 to 14 years", "over 14 years")


@dataclass(frozen=True)
class Past:
    """Forecasts and what came; NaN where it has not come yet."""

    year: np.ndarray
    """(issues,)"""
    levels: np.ndarray
    """(issues, 3, MONTHS)"""
    came: np.ndarray
    """(issues, MONTHS)"""
    last: np.ndarray
    """(issues,) last smoothed value known"""

    def standing(self) -> np.ndarray:
        """Of what came, in published half-bands; held at 3, for a few bands are all but closed."""
        low, middle, high = np.moveaxis(self.levels, 1, 0)
        off = self.came - middle
        half = np.where(off > 0.0, high - middle, middle - low)
        return np.asarray(np.clip(off / np.maximum(half, 1e-6), -3.0, 3.0))

    def part(self, which: int) -> np.ndarray:
        """Part A is 0, part B is 1."""
        return np.asarray((self.year - 1999) // 3 % 2 == which)


def begins() -> np.ndarray:
    """Modified Julian Days of the first of the record's months, and of the one after."""
    return np.array([to_mjd(dt.date(month // 12, month % 12 + 1, 1)) for month in range(FIRST, END + 1)])


def monthly(daily: np.ndarray, first: int) -> np.ndarray:
    """Means of the record's months."""
    edges = begins() - first
    return np.asarray(np.add.reduceat(daily[: edges[-1]], edges[:-1]) / np.diff(edges))


@lru_cache(maxsize=1)
def truth() -> tuple[np.ndarray, np.ndarray]:
    """Flux at 1 au and Ap, smoothed over 13 months, by month from FIRST on."""
    seen = solar._observed()
    noon = seen.first + np.arange(seen.f107.size) + 0.5
    flux = seen.f107 * np.asarray(sun_distance(noon)) ** 2
    return smoothed(monthly(flux, seen.first)), smoothed(monthly(seen.ap, seen.first))


@lru_cache(maxsize=4)
def past(index: str = "f107", own: bool = False) -> Past:
    """The archived issues, or forecasts from past cycles as of each first of January 1960 to 1998."""
    known = np.append(truth()[0 if index == "f107" else 1], np.full(MONTHS, np.nan))
    names = solar._forecasts()["issue"].tolist()
    days = [dt.date(name // 100, name % 100, 1) for name in names]
    if own:
        days = [dt.date(year, 1, 1) for year in range(1960, 1999)]
    levels, came, last = [], [], []
    for day in days:
        issue = solar._prolonged(solar._issue_on(day), to_mjd(day) + 32 * MONTHS)
        month = day.year * 12 + day.month - 1
        begin = month - issue.first_month
        rows = np.maximum(getattr(issue, index)[:, begin : begin + MONTHS], 0.0)
        levels.append(rows)
        at = month - FIRST
        came.append(known[at : at + MONTHS])
        last.append(known[at - 7])
    year = np.array([day.year for day in days])
    return Past(year, np.array(levels), np.array(came), np.array(last))


def reach(standing: np.ndarray) -> np.ndarray:
    """By lead, within how many half-bands 90 % of the truth lay; never falling, each lead weighed by its cases."""
    found, weight = [], []
    for begin, end in LEADS:
        some = np.abs(standing[:, begin:end])
        some = some[np.isfinite(some)]
        found.append(float(np.quantile(some, 0.9)))
        weight.append(some.size)
    groups = [([value], [count]) for value, count in zip(found, weight, strict=True)]
    place = 0
    while place + 1 < len(groups):
        (one, counts), (other, more) = groups[place : place + 2]
        if np.average(one, weights=counts) > np.average(other, weights=more):
            groups[place : place + 2] = [(one + other, counts + more)]
            place = max(0, place - 1)
        else:
            place += 1
    return np.array([np.average(one, weights=counts) for one, counts in groups for _ in one])


def held(standing: np.ndarray, factors: np.ndarray) -> np.ndarray:
    """By lead, the share of the truth within so many half-bands."""
    shares = []
    for (begin, end), factor in zip(LEADS, factors.tolist(), strict=True):
        some = np.abs(standing[:, begin:end])
        shares.append(float((some[np.isfinite(some)] <= factor).mean()))
    return np.array(shares)


def correlation(standing: np.ndarray, months: int, until: int = 240) -> float:
    """Of one issue's standings so many months apart."""
    one, other = standing[:, : until - months], standing[:, months:until]
    both = np.isfinite(one) & np.isfinite(other)
    product = float((one[both] * other[both]).mean())
    return product / float(np.sqrt((one[both] ** 2).mean() * (other[both] ** 2).mean()))


def persistence(some: Past, other: Past) -> tuple[np.ndarray, np.ndarray]:
    """Naive band: the last smoothed value with 90 % of its errors at the other issues; by lead share held, width."""
    shares, widths = [], []
    for begin, end in LEADS:
        errors = np.abs(other.came - other.last[:, None])[:, begin:end]
        half = float(np.nanquantile(errors, 0.9))
        mine = np.abs(some.came - some.last[:, None])[:, begin:end]
        shares.append(float((mine[np.isfinite(mine)] <= half).mean()))
        widths.append(2.0 * half)
    return np.array(shares), np.array(widths)


def chosen(some: Past, part: int) -> Past:
    mine = some.part(part)
    return Past(some.year[mine], some.levels[mine], some.came[mine], some.last[mine])


@lru_cache(maxsize=1)
def sampled(count: int = 4_000) -> Courses:
    """Many futures of the shipped sampler."""
    random = np.random.default_rng(1_749)
    yearly, swings = knots_until(MONTHS * 30.5)
    return courses(random.normal(size=(yearly, count)), random.normal(size=(swings, count)))


@lru_cache(maxsize=1)
def sampled_standings() -> np.ndarray:
    """(MONTHS, count) in the middle of each month."""
    return np.array([sampled().standing((month + 0.5) * 30.4375) for month in range(MONTHS)])


@lru_cache(maxsize=1)
def acting() -> tuple[np.ndarray, np.ndarray]:
    """Effective flux at 1 au of each day of the record, NaN at its ends, and the days' Ap."""
    seen = solar._observed()
    mean = np.convolve(seen.f107, np.ones(81) / 81.0, mode="valid")
    found = np.full(seen.f107.size, np.nan)
    found[41:-40] = effective_flux(seen.f107[40:-41], mean[1:])
    return found * np.asarray(sun_distance(seen.first + np.arange(found.size) + 0.5)) ** 2, seen.ap


def swings(parity: int | None = None) -> tuple[np.ndarray, np.ndarray]:
    """Months' effective flux less the smoothed one, and that smoothed flux; of even or odd years, or all."""
    seen = solar._observed()
    months = np.arange(FIRST, END)
    off = monthly(acting()[0], seen.first) - truth()[0]
    good = np.isfinite(off) & ((parity is None) | (months // 12 % 2 == parity))
    return off[good], truth()[0][good]


@lru_cache(maxsize=1)
def densities(altitude: float = 400e3, every: int = 4) -> tuple[np.ndarray, ...]:
    """Days (MJD), and density by the days' indices, by smoothed ones, and by smoothed ones with the acting Ap."""
    from cupola.physics.solar_sampler import ACTING_AP

    slabs, seen = Slabs(load_table(np.radians(51.64))), solar._observed()
    middles = 0.5 * (begins()[1:] + begins()[:-1])
    good = np.isfinite(truth()[0])
    flux, ap = (np.interp(seen.first + np.arange(seen.f107.size) + 0.5, middles[good], rows[good]) for rows in truth())
    daily, theta, whole = acting()[0], np.arange(8) * np.pi / 4.0, np.ones((1, 8))
    days = np.arange(400, seen.f107.size - 400, every)
    found = []
    for row in days.tolist():
        far = float(sun_distance(float(seen.first + row))) ** -2
        fluxes = (float(daily[row] * far), float(flux[row] * far), float(flux[row] * far))
        indices = (float(seen.ap[row]), float(ap[row]), float(ACTING_AP * ap[row]))
        slab = slabs.levels(day_of_2000(seen.first + row), fluxes, indices)
        at = [slab.lookup(np.full((1, 8), one), whole, theta, np.full(8, altitude))[0] for one in range(3)]
        found.append([float(np.exp(one).mean()) for one in at])
    return seen.first + days, *np.array(found).T


def over(days: float, every: int = 4) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Of stretches of so many days: middle year, mean density by the days' indices over that by smoothed ones, and
    over that by smoothed flux and acting Ap."""
    when, real, smooth, acted = densities()
    count = round(days / every)
    rows = len(real) // count * count
    sums = [values[:rows].reshape(-1, count).sum(axis=1) for values in (real, smooth, acted)]
    year = np.array([from_mjd(float(day)).year for day in when[:rows].reshape(-1, count)[:, count // 2]])
    return year, sums[0] / sums[1], sums[0] / sums[2]


def averaged(standing: np.ndarray, begin: int, end: int) -> float:
    """Spread of the mean over some months, as a share of that of one month."""
    some = standing[:, begin:end]
    some = some[np.isfinite(some).all(axis=1)]
    return float(np.sqrt((some.mean(axis=1) ** 2).mean() / (some**2).mean()))


def half_years() -> dict[str, float]:
    """Share of the issues whose first six months' mean effective flux lies within 5 to 95 % of three bands."""
    seen = solar._observed()
    known, issues, sun = monthly(acting()[0], seen.first), past(), sampled()
    inside: dict[str, list[bool]] = {"sampler": [], "no swings": [], "published": []}
    names = solar._forecasts()["issue"].tolist()
    for name, levels in zip(names, issues.levels, strict=True):
        at = name // 100 * 12 + name % 100 - 1 - FIRST
        came = float(known[at : at + 6].mean())
        if not np.isfinite(came) or at + 6 > known.size:
            continue
        still = Courses(sun.yearly, np.zeros_like(sun.swings))
        for key, one in (("sampler", sun), ("no swings", still)):
            lead = [(month + 0.5) * 30.4375 for month in range(6)]
            mean = np.mean([one.flux(lead[m], *levels[:, m].tolist()) for m in range(6)], axis=0)
            low, high = np.quantile(mean, [0.05, 0.95])
            inside[key].append(bool(low <= came <= high))
        low, _, high = levels[:, :6].mean(axis=1)
        inside["published"].append(bool(low <= came <= high))
    return {key: float(np.mean(rows)) for key, rows in inside.items()}


def ap_shares(some: Past, begin: int, end: int) -> tuple[float, float]:
    """5 and 50 % points of what came, as shares of the published middle."""
    share = (some.came / np.maximum(some.levels[:, 1], 1.0))[:, begin:end]
    low, middle = np.nanquantile(share, [0.05, 0.5])
    return float(low), float(middle)


def ap_held(some: Past, shares: tuple[float, float] | None, begin: int, end: int) -> tuple[float, float]:
    """Share of what came within the band, and above its middle; with levels as published where there are no shares."""
    low, middle, high = np.moveaxis(some.levels[:, :, begin:end], 1, 0)
    came = some.came[:, begin:end]
    if shares is not None:
        low, middle = np.minimum(low, shares[0] * middle), shares[1] * middle
    known = np.isfinite(came)
    inside = (low <= came) & (came <= np.maximum(high, middle))
    return float(inside[known].mean()), float((came > middle)[known].mean())
