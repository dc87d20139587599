"""How long a craft would have stayed up, forecast with the Sun's futures of each July, against the Sun that came.

The craft, its drag and the air model are the same on both sides, so that only the Sun is tested: a circular orbit at
51.6 degrees with the shipped station's Cd A / m, flown a day at a time as a run's orbit is. Start days are each first
of July of 1999 to 2018; from the one height it comes down in one to five years, from the other in two to ten.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

import numpy as np

from cupola.base.time import to_mjd
from cupola.flight.averaged_levels import Levelled, Standing
from cupola.physics.density import effective_flux
from cupola.physics.solar_sampler import ACTING_AP, Courses, ap_levels, courses, knots_until, standing_at
from cupola.scenario.solar import solar_outlook
from cupola.simulation.orbit_state import OrbitState

INCLINATION = float(np.radians(51.64))
PER_MASS = 0.0084
"""[m2/kg]"""
MASS = 400e3
"""[kg]"""
HEIGHTS = (410e3, 460e3)
WIDER, ENTRY = 1.6, 120e3
LAST, RECORD = dt.date(2026, 6, 30), dt.date(2026, 8, 1)
FUTURES, ENOUGH = 100, 0.97
"""And the share of them after whose end the others are of no interest"""
STARTS = tuple(dt.date(year, 7, 1) for year in range(1999, 2019))


def spread(levels: np.ndarray, least: float) -> np.ndarray:
    """The outer levels moved out, as a run's orbit does it."""
    return np.asarray(np.maximum(levels[1] + WIDER * (levels - levels[1]), np.minimum(levels, least)))


class Forecast:
    """Levels by day of the effective flux and Ap, from a start on."""

    def __init__(self, start: dt.date, known: dt.date, end: dt.date, corrected: bool) -> None:
        outlook = solar_outlook(known, start, end)
        self.levels = effective_flux(np.array(outlook.f107), np.array(outlook.f107a))
        self.lead = np.arange(self.levels.shape[1]) + float(to_mjd(start) - to_mjd(outlook.issued))
        ap = np.array(outlook.ap)
        if corrected:
            ahead = ap[0] < ap[2]
            ap = np.where(ahead, ACTING_AP * ap_levels(self.lead, ap), ap)
        self.flux, self.ap = spread(self.levels, 60.0), np.maximum(spread(ap, 0.0), 0.0)

    def places(self, day: int, sun: Courses | None, ever: np.ndarray | None, count: int) -> np.ndarray:
        """Between the levels: by courses, at a standing for ever, or in the middle."""
        if sun is not None:
            low, middle, high = self.levels[:, day].tolist()
            standing = standing_at(sun.flux(self.lead[day], low, middle, high), low, middle, high)
        else:
            standing = np.zeros(count) if ever is None else ever
        return np.asarray(1.0 + np.clip(standing / WIDER, -1.0, 1.0))


def fall(start: dt.date, way: str) -> np.ndarray:
    """Days to 120 km (heights, futures), infinite for the last ones.

    way   by what was ``observed``, by the ``sampler``, or at a level for ``ever``
    """
    end = LAST if way == "observed" else dt.date(start.year + 40, 1, 1)
    sky = Forecast(start, RECORD if way == "observed" else start, end, way == "sampler")
    random = np.random.default_rng(start.toordinal())
    each = 1 if way == "observed" else FUTURES
    count, sun, ever = each * len(HEIGHTS), None, None
    if way == "sampler":
        years, swings = knots_until(float(sky.lead[-1]))
        sun = courses(random.normal(size=(years, count)), random.normal(size=(swings, count)))
    elif way == "ever":
        ever = 1.2 * random.normal(size=count) / 1.645
    air, orbit, first = Levelled(INCLINATION), OrbitState(np.repeat(HEIGHTS, each), INCLINATION, 0.0), to_mjd(start)
    area, mass = np.full(count, PER_MASS * MASS), np.full(count, MASS)
    for day in range(sky.lead.size):
        known = slice(1, 2) if way == "observed" else slice(None)
        flux, ap = tuple(sky.flux[known, day].tolist()), tuple(sky.ap[known, day].tolist())
        levels = Standing(flux, ap, sky.places(day, sun, ever, count))
        orbit.fly_day(first + day, ENTRY, np.isnan(orbit.over), area, mass, levels, air)
        if (np.isfinite(orbit.over).reshape(-1, each).mean(axis=1) > ENOUGH).all():
            break
    return np.where(np.isnan(orbit.over), np.inf, orbit.over - first).reshape(-1, each)


@lru_cache(maxsize=3)
def falls(way: str) -> dict[tuple[dt.date, float], np.ndarray]:
    """By start and height."""
    return {(start, height): days for start in STARTS for height, days in zip(HEIGHTS, fall(start, way), strict=True)}


def shares(way: str) -> tuple[float, float, float, int]:
    """Share of the falls within 5 to 95 % of the futures, mean ln of 95 over 5 %, RMS of ln(median / truth), cases."""
    inside, wide, off = [], [], []
    for case, futures in falls(way).items():
        truth = float(falls("observed")[case][0])
        if not np.isfinite(truth):
            continue
        low, middle, high = np.quantile(np.minimum(futures, 15_000.0), [0.05, 0.5, 0.95])
        inside.append(low <= truth <= high)
        wide.append(np.log(high / low))
        off.append(np.log(middle / truth))
    return float(np.mean(inside)), float(np.mean(wide)), float(np.sqrt(np.mean(np.square(off)))), len(inside)
