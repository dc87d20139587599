"""Drag averaged over the orbit by table: thousands of futures at once, the model not called.

The effective density of a circular orbit comes from the table of ``physics.density``; what the eccentricity adds, and
what drag does to it, from the harmonics of ``averaged_harmonics``. Season, and flux and Ap where they are the same for
all, are settled once for all futures of a step.

Assumptions and limits: those of the two tables; eccentricity up to 0.01, to the second order of a e / H with H from
the table; the table's inclination stands for those within half a degree, but the turning of the air is put right.
Source: D. King-Hele, Satellite Orbits in an Atmosphere (1987), for the expansion in a e / H.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from cupola.base.constants import EARTH_RADIUS, EARTH_ROTATION, J2, MU_EARTH
from cupola.base.time import from_mjd, to_mjd
from cupola.flight.averaged_drag import Drag, Indices
from cupola.flight.averaged_elements import Mean
from cupola.flight.averaged_harmonics import load, lookup
from cupola.physics.density import DaySlab, effective_flux, load_table
from cupola.physics.orbit import node_local_time

Floats = NDArray[np.float64]

LEVELS = 24
"""Fluxes of a slab, evenly in their logarithm, where each future has a flux of its own."""
LOWEST, HIGHEST = 60.0, 340.0
_FLUXES = LOWEST * (HIGHEST / LOWEST) ** (np.arange(LEVELS) / (LEVELS - 1))
_PER_LOG = (LEVELS - 1) / float(np.log(HIGHEST / LOWEST))
_KEPT = 4_096
_LATE = 0.49
"""day, by which the seasons of the tables come after the days that they were made for: the mean part of a day cut off."""


class Tabulated:
    """Air by table, at one inclination."""

    def __init__(self, inclination: float, kept: int = _KEPT) -> None:
        """``inclination`` [rad]: the nearest shipped table within a degree, else one made now and kept."""
        self.table = load_table(inclination)
        self.harmonics = load(round(float(np.degrees(self.table.inclination)), 2))
        self._cosine = float(np.cos(self.table.inclination))
        self._slab = lru_cache(maxsize=kept)(self._made_slab)
        self._waves = lru_cache(maxsize=kept)(self.harmonics.day)

    def _made_slab(self, mjd: float, flux: float | None, ap: float) -> DaySlab:
        fluxes = _FLUXES if flux is None else np.array([flux])
        return self.table.day(mjd, fluxes, np.full(fluxes.size, ap), curved=True)

    def drag(self, mjd: Floats, days: Floats, orbit: Mean, per_mass: Floats, indices: Indices) -> Drag:
        """Rates by drag over the step of each future; arguments as for ``averaged_drag.Evaluated.drag``.

        Season is that of the first future's day: futures whose steps differ differ by hours.
        """
        day = _as_of_2000(int(np.floor(mjd[0] + 0.5 * float(np.floor(days[0])))))
        flux = np.asarray(effective_flux(indices.f107, indices.f107a))
        theta = node_local_time(orbit.node, mjd + 0.5 * days)
        altitude = orbit.axis - EARTH_RADIUS
        ln_rho, slope = self._level(day, flux, np.asarray(indices.ap), theta, altitude)
        waves = lookup(self._waves(day), np.broadcast_to(flux, altitude.shape), theta, altitude)
        return drag_from(orbit, per_mass, np.exp(ln_rho), slope, waves, self._cosine)

    def _level(self, day: float, flux: Floats, ap: Floats, theta: Floats, altitude: Floats) -> tuple[Floats, Floats]:
        """ln of the effective density and its slope, Ap by two slabs where futures differ in it."""
        if not ap.ndim:
            if not flux.ndim:
                return self._slab(day, float(flux), float(ap)).lookup(np.zeros(altitude.shape), theta, altitude)
            level = _PER_LOG * np.log(np.maximum(flux, LOWEST) / LOWEST)
            return self._slab(day, None, float(ap)).lookup(level, theta, altitude)
        raise NotImplementedError


@lru_cache(maxsize=_KEPT)
def _as_of_2000(day: int) -> float:
    """The same day of the year in 2000, where the tables' seasons begin: the model knows no other season."""
    date = from_mjd(day)
    return to_mjd(dt.date(2000, 1, 1)) + (date - dt.date(date.year, 1, 1)).days + _LATE


def drag_from(orbit: Mean, per_mass: Floats, rho: Floats, slope: Floats, waves: Floats, cosine: float) -> Drag:
    """Rates by drag from the effective density of the circular orbit and the harmonics along it.

        x = -a s      y = x^2 (1 + b)/4
        k = 1 + e^2 (x + y + x^4 e^2/64) + ex (x g1 + c1) + ey (x g2 + s1) + y ((ex^2 - ey^2) c2 + 2 ex ey s2)
        da/dt = -rho_eff sqrt(mu a) Cd A/m k      dex/dt = da/dt / a (c1 + x/2 (ex (1 + c2) + ey s2))

    orbit      Mean (n,)
    per_mass   array (n,)          [m2/kg]
    rho        array (n,)          [kg/m3]   effective
    slope      array (n,)          [1/m]     d ln rho / dh
    waves      array (FIELDS, n)   [1]       of ``averaged_harmonics.lookup``
    cosine     float               [1]       of the inclination of the tables
    """
    axis, ex, ey = orbit.axis, orbit.ex, orbit.ey
    c1, s1, g1, g2, c2, s2, bend = waves
    cosine_i = np.cos(orbit.inclination)
    spin = EARTH_ROTATION * axis * np.sqrt(axis / MU_EARTH)
    ratio = EARTH_RADIUS / axis
    # The turning of the air at the orbit's own inclination, and J2 in speed and energy.
    turning = (1.0 - spin * cosine_i) / (1.0 - spin * cosine)
    zonal = 1.0 + 0.75 * J2 * ratio * ratio * (3.0 * cosine_i * cosine_i - 1.0)
    x = -axis * slope
    quarter = 0.25 * x * x
    xx, yy = ex * ex, ey * ey
    square = xx + yy
    factor = 1.0 + square * (x + 0.25 * quarter * quarter * square) + ex * (x * g1 + c1) + ey * (x * g2 + s1)
    factor += quarter * (1.0 + bend) * (square + (xx - yy) * c2 + 2.0 * ex * ey * s2)
    circular = -rho * np.sqrt(MU_EARTH * axis) * per_mass * (turning * turning) * zonal
    rate = circular / axis
    half = 0.5 * x
    sine_i = np.sqrt(1.0 - cosine_i * cosine_i)
    return Drag(
        circular * factor,
        rate * (c1 + half * (ex * (1.0 + c2) + ey * s2)),
        rate * (s1 + half * (ey * (1.0 - c2) + ex * s2)),
        rate * 0.25 * (1.0 + c2) * spin * sine_i / (1.0 - spin * cosine_i),
    )
