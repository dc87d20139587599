"""Write the shipped table of effective density at one inclination from MSIS 2.1.

    python tools/make_density_table.py [INCLINATION_DEG [OUT]]

The table holds ln(rho_eff) of circular orbits over flux, Ap, season, local time of the node and altitude, as
16-bit steps of ``scale``. The 81-day mean of the flux is taken equal to the flux; ``flux_weight`` is the share of a
day's departure from its 81-day mean that counts as mean flux, fitted here to MSIS between 300 and 430 km.

Altitude nodes are even in sqrt(h - 100 km), where ln(rho) is nearly straight between neighbours from the foot of the
thermosphere to its top. Season and local time are periodic and smooth, so twelve nodes carry their first
harmonics, from which the reader makes a finer grid.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np

from cupola.base.time import to_mjd
from cupola.physics.atmosphere import orbit_densities

FLUX = np.array([60.0, 75.0, 90.0, 110.0, 135.0, 165.0, 200.0, 240.0, 290.0, 340.0])
AP = np.array([0.0, 3.0, 7.0, 13.0, 22.0, 35.0, 55.0, 85.0, 130.0, 200.0, 300.0])
SEASONS, LOCAL_TIMES, ALTITUDES = 12, 12, 49
LOWEST, HIGHEST, FOOT = 120e3, 520e3, 100e3
SAMPLES = 36
SCALE = 4e-4
FIRST_DAY = 51_544
"""2000-01-01; the model knows the day of the year only."""


def altitude_nodes() -> np.ndarray:
    """Altitudes [m], even in the square root of the height above FOOT."""
    roots = np.linspace(np.sqrt(LOWEST - FOOT), np.sqrt(HIGHEST - FOOT), ALTITUDES)
    return FOOT + roots * roots


def table(inclination: float) -> np.ndarray:
    """ln(rho_eff) of shape (flux, ap, season, local time, altitude)."""
    altitudes = altitude_nodes()
    values = np.empty((FLUX.size, AP.size, SEASONS, LOCAL_TIMES, ALTITUDES))
    for season in range(SEASONS):
        day = FIRST_DAY + season * 365.25 / SEASONS
        for hour in range(LOCAL_TIMES):
            angle = hour * 2.0 * np.pi / LOCAL_TIMES
            for i, flux in enumerate(FLUX):
                for j, ap in enumerate(AP):
                    density = orbit_densities(altitudes, inclination, angle, day, flux, flux, ap, SAMPLES)
                    values[i, j, season, hour] = np.log(density)
    return values


def flux_weight(inclination: float) -> float:
    """Share of (daily flux - 81-day mean) that acts like mean flux: median over altitude, flux and departure."""
    shares = []
    altitudes = np.array([300e3, 340e3, 380e3, 400e3, 415e3, 430e3])
    for day, mean in ((to_mjd_of(2000, 3), 75.0), (to_mjd_of(2000, 6), 140.0), (to_mjd_of(2000, 12), 200.0)):

        def log_density(daily: float, mean_flux: float, day: int = day) -> np.ndarray:
            return np.log(orbit_densities(altitudes, inclination, 1.0, day, daily, mean_flux, 10.0))

        slope = (log_density(mean + 10.0, mean + 10.0) - log_density(mean - 10.0, mean - 10.0)) / 20.0
        for departure in (-15.0, 15.0, 40.0):
            shares.append((log_density(mean + departure, mean) - log_density(mean, mean)) / (departure * slope))
    return float(np.median(shares))


def to_mjd_of(year: int, month: int) -> int:
    """The day number of a month's first day."""
    import datetime as dt

    return to_mjd(dt.date(year, month, 1))


def main(arguments: list[str]) -> None:
    """Write ``density_<inclination>.npz``."""
    degrees = float(arguments[0]) if arguments else 51.64
    home = Path(__file__).resolve().parent.parent / "src" / "cupola" / "data" / "environment"
    out = Path(arguments[1]) if len(arguments) > 1 else home
    began = time.monotonic()
    values = table(np.radians(degrees))
    middle = float(np.round((values.max() + values.min()) / 2.0, 3))
    path = out / f"density_{degrees:.2f}.npz"
    np.savez_compressed(
        path,
        inclination=np.float64(np.radians(degrees)),
        flux=FLUX,
        ap=AP,
        foot=np.float64(FOOT),
        altitude=altitude_nodes(),
        first_day=np.int64(FIRST_DAY),
        flux_weight=np.float64(round(flux_weight(np.radians(degrees)), 3)),
        middle=np.float64(middle),
        scale=np.float64(SCALE),
        ln_density=np.round((values - middle) / SCALE).astype(np.int16),
        source=np.array("NRLMSIS 2.1 (Emmert et al. 2022, doi 10.1029/2022JA030896) by pymsis"),
    )
    print(f"{path.name}: {values.size} nodes, {path.stat().st_size} bytes, {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main(sys.argv[1:])
