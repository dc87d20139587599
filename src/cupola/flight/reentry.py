"""When many futures of one craft come down: each with its own drag and its own course of the Sun's activity.

Assumptions and limits: those of the averaged engine, and of ``physics.solar_sampler`` for the Sun. A future's drag is
as far off in the same direction to the end, and the further the older its measurement is by then.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from cupola.base.constants import EARTH_RADIUS
from cupola.base.errors import DomainError
from cupola.base.instants import DAY_S, NS
from cupola.base.time import from_mjd
from cupola.flight import averaged
from cupola.flight.averaged_air import Air, Indices
from cupola.flight.averaged_drag import Evaluated
from cupola.flight.averaged_elements import Mean
from cupola.flight.averaged_table import Tabulated
from cupola.flight.track_drag import Coefficient
from cupola.physics.density import at_hand, is_shipped
from cupola.physics.solar_sampler import ACTING_AP, Courses, Steady, ap_levels, level

Floats = NDArray[np.float64]

SPREAD = 0.15
"""Least standard deviation of ln(Cd A / m): that of the 10 % median error over coasting segments, from those before"""
GROWTH, OLDEST_YEARS = 0.19, 3.0
"""[year^-0.5], [year] How the spread grows, and up to which age: spread^2 = SPREAD^2 + GROWTH^2 age.

From fits of the space station's fall up to 2002: two months' mean, 0.15 off what the half year before tells when that
is up to four months old, is 0.28 off after 1.5 years and 0.34 after 2.5. So told, 88 to 93 % of 2003 and 2004 lay
within 90 %; with 0.15 for ever, 86 % down to 32 % (docs/validation.md). The station's own changes are in it, and the
seasons and the solar cycle in which the model is off. Over three years old, of three epochs, 88 % lay within."""
GIVEN_AGE_DAYS = 365.25
"""[day] Age of an area that no fit tells: medians of the station's fits of eight years scatter by 0.23"""
MEMORY_DAYS, NOISE = 100.0, 0.1
"""Weights of a track's stretches, exp(-age / MEMORY_DAYS) / (NOISE^2 + error^2)"""
BELOW = 300e3
"""[m] mean altitude below which the air is evaluated where no table is shipped, for little is left to fly"""
HIGHEST, ROUNDEST = 595e3, 0.01
"""[m] apogee, and eccentricity, up to which the tables hold"""
_POINTS = 16
_PART_DAYS = 100.0


@dataclass(frozen=True)
class Drag:
    """A ballistic coefficient, and how well it is known.

    >>> known = Drag(0.01, SPREAD, 30.0)
    >>> [round(known.spread_after(days), 3) for days in (0.0, 365.25, 3_650.0)]
    [0.159, 0.248, 0.362]
    """

    per_mass: float
    """[m2/kg] Cd A / m"""
    spread: float
    """[1] standard deviation of its logarithm, while it is new"""
    age_days: float = 0.0
    """[day] from the time that it is of"""
    stretches: int = 0
    """How many of a track it is from"""
    grows: bool = True
    """Whether the spread grows with the age"""

    def spread_after(self, days: float) -> float:
        """[1] Standard deviation of the logarithm so many days on."""
        years = min((self.age_days + days) / 365.25, OLDEST_YEARS) if self.grows else 0.0
        return float(np.hypot(self.spread, GROWTH * np.sqrt(max(years, 0.0))))


@dataclass(frozen=True)
class Levels:
    """Three levels of the Sun's indices on consecutive days: 5, 50 and 95 %; equal where observed."""

    first_mjd: int
    f107: Floats
    """(3, days) [sfu]"""
    f107a: Floats
    """(3, days) [sfu]"""
    ap: Floats
    """(3, days) [2 nT]"""

    issued_mjd: int
    """The day from which on the forecast's age counts"""
    archived: bool = True
    """Whether it is an archived issue, whose Ap is known to be too high"""

    def by_day(self, sun: Courses | Steady) -> Callable[[int], Indices]:
        """Indices by day (MJD) of futures whose Sun takes these courses; as observed on days whose levels agree."""
        leads = np.arange(self.f107.shape[1], dtype=np.float64) + (self.first_mjd - self.issued_mjd)
        smooth = ap_levels(leads, self.ap) if self.archived else self.ap

        def found(day: int) -> Indices:
            row, lead = day - self.first_mjd, float(day - self.issued_mjd)
            if not 0 <= row < self.f107.shape[1]:
                raise DomainError(f"indices: got {from_mjd(day)}; expected a day of the {self.f107.shape[1]} known")
            flux, mean = self.f107[:, row].tolist(), self.f107a[:, row].tolist()
            if flux[0] == flux[2]:
                return Indices(np.asarray(flux[1]), np.asarray(mean[1]), np.asarray(self.ap[1, row]))
            acting = ACTING_AP * np.maximum(level(sun.standing(lead), *smooth[:, row].tolist()), 0.0)
            return Indices(sun.flux(lead, *flux), sun.flux(lead, *mean), acting)

        return found


def entries(
    start: Mean,
    begin: float,
    until: float,
    levels: Levels,
    sun: Courses,
    drag: Drag,
    normal: Floats,
    air: Air[Indices],
) -> Floats:
    """Day on which each future falls through the altitude of entry; NaN for those that are up at the end.

    start           Mean (1,) or (n,)
    begin, until    float         [day]     Modified Julian Days
    sun             Courses (n)             of the Sun, up to ``until``
    drag            Drag                    as known at ``begin``
    normal          array (n,)    [1]       standard normal, how far off each future's drag is

    Raises DomainError for what the averaged engine refuses.
    """
    entry = np.full(normal.size, np.nan)
    lanes, now = np.arange(normal.size), begin
    rows = np.broadcast_to(start.rows, (6, normal.size)).copy()
    while now < until and lanes.size:
        # In parts, so that what is down costs nothing more.
        stop, area = min(now + _PART_DAYS, until), partial(_strayed, drag, normal[lanes], begin)
        flown = averaged.fly(Mean(*rows), now, stop, air, levels.by_day(sun), area)
        entry[lanes] = flown.entry
        up = np.isnan(flown.entry)
        lanes, rows, sun, now = lanes[up], flown.rows[-1][:, up], sun.of(up), stop
    return entry


def _strayed(drag: Drag, normal: Floats, begin: float, mjd: float, orbit: Mean) -> Floats:
    """Cd A / m [m2/kg] of futures at a time."""
    return np.asarray(drag.per_mass * np.exp(drag.spread_after(mjd - begin) * normal))


def air_for(start: Mean, say: Callable[[str], None] = lambda _: None) -> Air[Indices]:
    """The table where it holds, else the model; ``say`` is told when a table must be made.

    start   Mean (1,)
    """
    axis, e = float(start.axis[0]), float(np.hypot(start.ex[0], start.ey[0]))
    degrees = float(np.degrees(start.inclination[0]))
    shipped = is_shipped(float(start.inclination[0]))
    low = axis - EARTH_RADIUS < BELOW
    if e > ROUNDEST or axis * (1.0 + e) - EARTH_RADIUS > HIGHEST or (low and not shipped):
        return Evaluated(points=_POINTS)
    if not at_hand(float(start.inclination[0])):
        say(f"there is no table of the air for {degrees:.1f} deg: it is made, about a minute, and kept")
    return Tabulated(float(start.inclination[0]))


def drag_known(found: Sequence[Coefficient], instant: int) -> Drag:
    """Cd A / m that a track tells, with its age.

    The newer and the surer a stretch, the more it counts; the spread is that of the stretches, and at least SPREAD.

    found     coefficients of a track
    instant   TAI nanoseconds; stretches that end after it count only when there are no others

    Raises DomainError when there is none above zero.

    >>> one = Coefficient(0, 1, 0.01, 0.0, 100.0, 400e3)
    >>> known = drag_known([one], 86_400 * 10**9 + 1)
    >>> round(known.per_mass, 6), known.spread, known.age_days, known.stretches
    (0.01, 0.15, 1.0, 1)
    """
    known = [one for one in found if one.value > 0.0]
    known = [one for one in known if one.end <= instant] or known
    if not known:
        raise DomainError("files: tell no ballistic coefficient. Give --mass and --drag-area, or more files.")
    age = np.array([abs(instant - one.end) for one in known]) / (NS * DAY_S)
    error = np.array([one.error / one.value for one in known])
    weight = np.exp((age.min() - age) / MEMORY_DAYS) / (NOISE**2 + error**2)
    weight /= weight.sum()
    logs = np.log([one.value for one in known])
    middle = float((weight * logs).sum())
    spread = float(np.sqrt((weight * (logs - middle) ** 2).sum()))
    return Drag(float(np.exp(middle)), max(spread, SPREAD), float(age.min()), len(known))
