"""Decay of the real station between burns, and the end of Tiangong-1, by the averaged engine."""

from __future__ import annotations

import dataclasses
import datetime as dt
from functools import lru_cache

import numpy as np
from orbit_decay import Segment, days_of, fall, fitted, observed, rows, segments

from cupola.base.time import to_mjd
from cupola.flight.averaged import fly
from cupola.flight.averaged_drag import Evaluated
from cupola.flight.averaged_elements import Mean
from cupola.flight.averaged_rates import frozen_orbit
from cupola.flight.reentry import Drag, Levels, entries
from cupola.physics.solar_sampler import courses, knots_until
from cupola.scenario.solar import solar_outlook

BEFORE = 183.0
"""Days before a segment from which its ballistic coefficient comes."""
MEMORY, NOISE = 100.0, 0.1
"""Days, and share, of the weights exp(-age / MEMORY) / (NOISE^2 + error^2); chosen on every second segment."""
ENTRY = 58_210.0 + 16.0 / 1_440.0
"""2018-04-02T00:16Z, of Tiangong-1. Source: JSpOC, as reported by Sky and Telescope."""
SPREAD = 0.15
"""Standard deviation of ln(density) over days that a median error of 10 % over coasting segments means."""
YEARLY = 0.23
"""The same of a year's density: that of the median fits of eight years of the space station, see orbit_decay."""


def start(altitude: float, tilt: float, node: np.ndarray, eccentricity: float) -> Mean:
    """Mean elements of this eccentricity, perigee in the north; one for each node."""
    frozen = frozen_orbit(np.full(node.size, altitude), tilt, node)
    return dataclasses.replace(frozen, ey=np.full(node.size, eccentricity))


@lru_cache(maxsize=1)
def forecasts() -> tuple[tuple[Segment, float, float], ...]:
    """Of each segment with others in the half year before it: error of the computed fall, and of the naive one.

    A share of the observed fall each; the naive fall is that of the rate of the segment before.
    """
    known = segments()
    found = []
    for segment in known:
        past = [one for one in known if one.end <= segment.start + 1e-6 and one.end > segment.start - BEFORE]
        if not past:
            continue
        age = np.array([segment.start - 0.5 * (one.start + one.end) for one in past])
        doubt = np.array([one.error / one.fall for one in past])
        weight = np.exp(-age / MEMORY) / (NOISE**2 + doubt**2)
        value = float(np.exp(np.average(np.log([fitted(one) for one in past]), weights=weight)))
        error = float(fall(segment, np.array([value]))[0]) / segment.fall - 1.0
        found.append((segment, error, past[-1].rate / segment.rate - 1.0))
    return tuple(found)


def tiangong1() -> list[tuple[float, float, float, float]]:
    """Epoch, mean altitude [m], eccentricity and inclination [rad] of the record."""
    return [
        (
            days_of(r["epoch"]),
            float(r["altitude_m"]),
            float(r["eccentricity"]),
            float(np.radians(float(r["inclination_deg"]))),
        )
        for r in rows("tiangong1_altitudes.csv")
    ]


def drag_between(first: tuple[float, ...], last: tuple[float, ...]) -> float:
    """Cd A/m [m2/kg] that explains the fall between two rows, in the mean of eight nodes, for none is on record."""
    value, nodes, air = np.full(8, 0.005), np.arange(8) * np.pi / 4.0, Evaluated(points=32)
    begin = start(first[1], first[3], nodes, first[2])
    for _ in range(3):
        flown = fly(begin, first[0], last[0], air, observed(), lambda mjd, orbit, v=value: v)
        value = value * (first[1] - last[1]) / np.mean(flown.altitude[0] - flown.altitude[-1])
    return float(value[0])


@lru_cache(maxsize=1)
def tiangong1_drag(apart: float = 10.0) -> tuple[float, ...]:
    """Cd A/m [m2/kg] over stretches of some ten days of 2016."""
    known = [row for row in tiangong1() if 57_388.0 < row[0] < 57_754.0]
    found = []
    while later := [row for row in known if row[0] >= known[0][0] + apart]:
        found.append(drag_between(known[0], later[0]))
        known = later
    return tuple(found)


def scatter() -> float:
    """m, by which a row of 2016 is off the line between its neighbours, of one row, by the median."""
    known = np.array([row[:2] for row in tiangong1() if 57_388.0 < row[0] < 57_754.0])
    day, height = known.T
    part = (day[1:-1] - day[:-2]) / (day[2:] - day[:-2])
    off = np.abs(height[1:-1] - height[:-2] - part * (height[2:] - height[:-2]))
    return float(np.median(off) / 0.6745 / np.sqrt(1.5))


def tiangong1_known() -> tuple[float, float]:
    """ln of Cd A/m and its standard deviation, as known in 2018-02.

    Two things are known: what 2016 says, doubtful by how a fit carries from one year to another (YEARLY, twice), and
    what the fall between the two rows of 2018-02 says, doubtful by their scatter and by SPREAD. They are weighed by
    their doubts.
    """
    fits = np.log(tiangong1_drag())
    before, after = tiangong1()[-2:]
    doubts = np.array(
        [
            fits.var(ddof=1) + 2.0 * YEARLY**2,
            2.0 * (scatter() / (before[1] - after[1])) ** 2 + SPREAD**2,
        ]
    )
    values = np.array([fits.mean(), np.log(drag_between(before, after))])
    return float(np.average(values, weights=1.0 / doubts)), float(np.sqrt(1.0 / (1.0 / doubts).sum()))


def tiangong1_2016(grows: bool = True) -> Drag:
    """What 2016 alone tells.

    As ``cupola reentry`` takes a track: a spread of at least SPREAD, which grows from the last row of that year on; or,
    where it does not grow, the scatter of the fits of that year and no more.
    """
    fits = np.log(tiangong1_drag())
    last = max(row[0] for row in tiangong1() if row[0] < 57_754.0)
    scatter_of_fits = float(fits.std(ddof=1))
    spread = max(SPREAD, scatter_of_fits) if grows else scatter_of_fits
    return Drag(float(np.exp(fits.mean())), spread, tiangong1()[-1][0] - last, fits.size, grows)


def tiangong1_entry(known: Drag | None = None, count: int = 200) -> np.ndarray:
    """Days of entry of an ensemble from the last elements of 2018-02, with the forecast of that month.

    Varied: drag as it was known, or another, the Sun about its forecast, and the node, which is on no record.
    """
    last = tiangong1()[-1]
    random = np.random.default_rng(37_820)
    if known is None:
        middle, spread = tiangong1_known()
        known = Drag(float(np.exp(middle)), spread)
    off = random.normal(size=count)
    years, swings = knots_until(400.0)
    sun = courses(random.normal(size=(years, count)), random.normal(size=(swings, count)))
    first, end = dt.date(2018, 2, 1), dt.date(2018, 12, 31)
    outlook = solar_outlook(dt.date(2018, 2, 16), first, end)
    f107, f107a, ap = (np.array(rows) for rows in (outlook.f107, outlook.f107a, outlook.ap))
    levels = Levels(to_mjd(first), f107, f107a, ap, to_mjd(outlook.issued))
    orbit = start(last[1], last[3], random.uniform(0.0, 2.0 * np.pi, count), last[2])
    return entries(orbit, last[0], last[0] + 300.0, levels, sun, known, off, Evaluated(points=16))
