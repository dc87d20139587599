"""Drag averaged over the orbit by table: thousands of futures at once, the model not called.

The effective density of a circular orbit comes from the table of ``physics.density``; what the eccentricity adds, and
what drag does to it, from the harmonics of ``averaged_harmonics``. Season, and flux and Ap where they are the same for
all, are settled once for all futures of a step.

Assumptions and limits: those of the two tables; eccentricity up to 0.01, to the second order of a e / H with H from
the table; the table's inclination stands for those within a quarter of a degree, with the turning of the air put right.
Source: D. King-Hele, Satellite Orbits in an Atmosphere (1987), for the expansion in a e / H.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cupola.base.constants import EARTH_RADIUS, EARTH_ROTATION, J2, MU_EARTH
from cupola.flight.averaged_air import Drag, Indices
from cupola.flight.averaged_elements import Mean
from cupola.flight.averaged_harmonics import load, lookup
from cupola.flight.averaged_slab import Rows, Slab, Slabs, day_of_2000
from cupola.physics.density import effective_flux, load_table
from cupola.physics.orbit import node_local_time

Floats = NDArray[np.float64]


class Tables:
    """The tables of one inclination, and the drag in the air of a day's slab of them."""

    def __init__(self, inclination: float) -> None:
        """``inclination`` [rad]: the nearest shipped table within a quarter of a degree, else one made and kept."""
        table = load_table(inclination)
        self.slabs = Slabs(table)
        self.harmonics = load(round(float(np.degrees(table.inclination)), 2))
        self.cosine = float(np.cos(table.inclination))
        self.waves = lru_cache(maxsize=1_024)(self.harmonics.day)

    def rates(
        self, slab: Slab, places: tuple[Rows, Floats], flux: Floats, season: float, mjd: Floats, orbit: Mean,
        per_mass: Floats,
    ) -> Drag:  # fmt: skip
        """Rates by drag in the air of a day's slab.

        places    rows of the slab between which each future lies, and their weights, (k, n) each
        flux      array (n,) or ()   [sfu]    effective
        season    float              [day]    of ``day_of_2000``
        mjd       array (n,)         [day]    the middle of each step
        """
        theta = node_local_time(orbit.node, mjd)
        altitude = orbit.axis - EARTH_RADIUS
        ln_rho, slope = slab.lookup(*places, theta, altitude)
        waves = lookup(self.waves(season), np.broadcast_to(flux, altitude.shape), theta, altitude)
        terms = (orbit.axis, orbit.ex, orbit.ey, orbit.inclination, per_mass, np.exp(ln_rho), slope)
        return Drag(*drag_terms(*terms, waves, self.cosine))


class Tabulated(Tables):
    """Air by table, each future with its own flux and Ap or all with the same."""

    def drag(self, mjd: Floats, days: Floats, orbit: Mean, per_mass: Floats, indices: Indices, day: float) -> Drag:
        """Rates by drag over the step of each future; arguments as for ``averaged_drag.Evaluated.drag``."""
        season, flux, ap = day_of_2000(day), effective_flux(indices.f107, indices.f107a), np.asarray(indices.ap)
        slab = self.slabs.slab(season, np.asarray(flux), ap)
        places = self.slabs.places(np.asarray(flux), ap, orbit.axis.size)
        return self.rates(slab, places, np.asarray(flux), season, mjd + 0.5 * days, orbit, per_mass)


def drag_terms(
    axis: Any, ex: Any, ey: Any, inclination: Any, per_mass: Any, rho: Any, slope: Any, waves: Any, cosine: float
) -> tuple[Any, Any, Any, Any]:
    """Rates by drag from the effective density of the circular orbit and the harmonics along it.

        x = -a s      y = x^2 (1 + b)/4
        k = 1 + e^2 (x + y + x^4 e^2/64) + ex (x g1 + c1) + ey (x g2 + s1) + y ((ex^2 - ey^2) c2 + 2 ex ey s2)
        da/dt = -rho_eff sqrt(mu a) Cd A/m k      dex/dt = da/dt / a (c1 + x/2 (ex (1 + c2) + ey s2))

    axis to inclination            mean elements, numbers or arrays
    per_mass   array (n,)          [m2/kg]
    rho        array (n,)          [kg/m3]   effective
    slope      array (n,)          [1/m]     d ln rho / dh
    waves      array (FIELDS, n)   [1]       of ``averaged_harmonics.lookup``
    cosine     float               [1]       of the inclination of the tables
    """
    c1, s1, g1, g2, c2, s2, bend = waves
    cosine_i = np.cos(inclination)
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
    factor = factor + quarter * (1.0 + bend) * (square + (xx - yy) * c2 + 2.0 * ex * ey * s2)
    circular = -rho * np.sqrt(MU_EARTH * axis) * per_mass * (turning * turning) * zonal
    rate = circular / axis
    half = 0.5 * x
    sine_i = np.sqrt(1.0 - cosine_i * cosine_i)
    return (
        circular * factor,
        rate * (c1 + half * (ex * (1.0 + c2) + ey * s2)),
        rate * (s1 + half * (ey * (1.0 - c2) + ex * s2)),
        rate * 0.25 * (1.0 + c2) * spin * sine_i / (1.0 - spin * cosine_i),
    )
