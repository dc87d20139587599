"""How a near-circular orbit sinks by drag.

Assumptions and limits: the mean altitude only (e < 0.01); secular drag from the effective density, which already
holds the turning of the air; the scale height is constant over one step. At an altitude of 300 km and below
take steps under a day: near entry the altitude falls by a scale height within hours.
Source: D. King-Hele, Satellite Orbits in an Atmosphere (1987), for da/dt; the step is our own integration of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cupola.base.constants import EARTH_RADIUS, MU_EARTH
from cupola.base.errors import DomainError
from cupola.base.quantity import DAY_S
from cupola.physics.density import DensityTable
from cupola.physics.orbit import node_local_time, node_rate

Floats = NDArray[np.float64]

ENTRY_ALTITUDE = 120e3
"""[m] Below this an orbit is over: there a body makes less than one more turn. Lowest node of the density table."""
_FLATTEST = -1e-7
"""[1/m] The slope used where the table's is flatter: a scale height of 10,000 km, so that it divides safely."""
_NEARLY_ALL = 1.0 - 1e-12


def decay_rate(altitude: Floats, ln_rho: Floats, cd_area_over_mass: Floats | float) -> Floats:
    """Secular rate of the mean altitude by drag.

        da/dt = -rho_eff sqrt(mu a) Cd A / m

    altitude            array (n,)            [m]          mean, above the equatorial radius
    ln_rho              array (n,)            [ln(kg/m3)]  effective density
    cd_area_over_mass   array (n,) or float   [m2/kg]
    returns             array (n,)            [m/s]        never positive

    Source: King-Hele (1987).

    >>> rate = decay_rate(np.array([415e3]), np.log(np.array([2e-12])), 0.008)
    >>> round(float(rate[0]) * 86_400)         # m a day
    -72
    """
    return -np.exp(ln_rho) * np.sqrt(MU_EARTH * (EARTH_RADIUS + altitude)) * cd_area_over_mass


def decay_step(
    altitude: Floats,
    ln_rho: Floats,
    slope: Floats,
    cd_area_over_mass: Floats | float,
    days: Floats | float,
    entry: float = ENTRY_ALTITUDE,
) -> Floats:
    """Mean altitude after a step in air that thins exponentially; exact for that air.

        h1 = h0 + H ln(1 - q)        q = rate * time / H        H = -1 / (d ln rho / dh)

    altitude            array (n,)            [m]
    ln_rho, slope       array (n,)            [ln(kg/m3)], [1/m]   from ``DaySlab.lookup`` at the altitude
    cd_area_over_mass   array (n,) or float   [m2/kg]   >= 0
    days                array (n,) or float   [day]     >= 0
    entry               float                 [m]       where an orbit is over
    returns             array (n,)            [m]       at least ``entry``: an orbit that ends in the step stands there

    Holds while the scale height varies little over the fall.

    >>> air = np.log(np.array([2e-12])), np.array([-1 / 60e3])
    >>> round(float(decay_step(np.array([415e3]), *air, 0.008, 30.0)[0]))
    412802
    """
    steep = np.minimum(slope, _FLATTEST)
    share = decay_rate(altitude, ln_rho, cd_area_over_mass) * steep * (DAY_S * days)
    fall = np.log1p(-np.minimum(share, _NEARLY_ALL)) / steep
    return np.maximum(altitude - fall, entry)


@dataclass(frozen=True)
class Coast:
    """The flight of one orbit without burns: one row a day, from the first day's start."""

    mjd: Floats
    altitude: Floats
    """m, mean"""
    node: Floats
    """rad, right ascension of the ascending node"""
    entry: float | None
    """Modified Julian Day on which the entry altitude is reached, or None"""


def coast(
    table: DensityTable,
    start: float,
    altitude: float,
    node: float,
    inclination: float,
    indices: Callable[[float], tuple[float, float]],
    cd_area_over_mass: float,
    days: float,
    entry: float = ENTRY_ALTITUDE,
) -> Coast:
    """Fly one orbit through given daily indices, with steps that shorten as it sinks.

    table               the density table for the inclination
    start               float   [day]     Modified Julian Day
    altitude            float   [m]       mean
    node                float   [rad]     right ascension of the ascending node
    inclination         float   [rad]
    indices             day -> (effective flux [sfu], Ap)
    cd_area_over_mass   float   [m2/kg]   > 0
    days                float   [day]     how long; the last row may be a part of a day
    entry               float   [m]

    A step is at most a day and lets the orbit sink by a tenth of a scale height at most, so that the re-entry date
    of an exponential atmosphere is met within minutes. Raises DomainError for a negative or non-finite argument.
    """
    if not (np.isfinite([start, altitude, node, cd_area_over_mass, days]).all() and days >= 0 <= cd_area_over_mass):
        raise DomainError(f"coast: got altitude {altitude} m, {days} days, Cd A/m {cd_area_over_mass}; expected finite")
    rows: list[tuple[float, float, float]] = [(start, altitude, node)]
    height, angle, now, end = np.array([altitude]), node, start, start + days
    level = np.zeros(1)
    while now < end and height[0] > entry:
        midnight = min(float(np.floor(now)) + 1.0, end)
        flux, ap = indices(now)
        slab = table.day(now, np.array([flux]), np.array([ap]))
        while now < midnight and height[0] > entry:
            theta = np.array([node_local_time(angle, now)])
            ln_rho, slope = slab.lookup(level, theta, height)
            step = _step(midnight - now, float(decay_rate(height, ln_rho, cd_area_over_mass)[0] * slope[0]))
            angle += float(node_rate(float(height[0]), inclination)) * step * DAY_S
            height = decay_step(height, ln_rho, slope, cd_area_over_mass, step, entry)
            now = midnight if step == midnight - now else now + step
        rows.append((now, float(height[0]), angle))
    columns = np.array(rows).T
    return Coast(columns[0], columns[1], columns[2], now if height[0] <= entry else None)


def _step(left: float, sinking: float) -> float:
    """Days to step: what is left of the day, or a tenth of a scale height's fall, but never under ten seconds."""
    tenth = 0.1 / (sinking * DAY_S) if sinking > 0.0 else left
    return min(left, max(tenth, 10.0 / DAY_S))


def daily(first: int, flux: Sequence[float], ap: Sequence[float]) -> Callable[[float], tuple[float, float]]:
    """The indices by day number for ``coast``: row 0 is the day ``first``; outside, DomainError.

    >>> daily(59_000, [150.0, 151.0], [5.0, 6.0])(59_001.7)
    (151.0, 6.0)
    """

    def at(mjd: float) -> tuple[float, float]:
        row = int(mjd // 1) - first
        if not 0 <= row < len(flux):
            raise DomainError(f"no indices for day {mjd:.0f}; expected {first} to {first + len(flux) - 1}")
        return flux[row], ap[row]

    return at
