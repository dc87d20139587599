"""Making a table of effective density at one inclination: for the shipped ones, and for others when they are needed.

The table holds ln(rho_eff) of circular orbits over flux, Ap, season, local time of the node and altitude, as
16-bit steps of ``scale``, and names the model that it was made with. The 81-day mean of the flux is taken equal to the
flux; ``flux_weight`` is the share of a day's departure from its 81-day mean that counts as mean flux, fitted here to
the model between 300 and 430 km.

Altitude nodes are even in sqrt(h - 100 km), where ln(rho) is nearly straight between neighbours from the foot of the
thermosphere to its top. Season and local time are periodic and smooth, so twelve nodes carry their first
harmonics, from which the reader makes a finer grid.

Assumptions and limits: making the whole grid takes about a minute on one core.
"""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cupola.base.time import to_mjd
from cupola.physics.atmosphere import orbit_densities
from cupola.physics.density_form import VERSION

Floats = NDArray[np.float64]

LOWEST, HIGHEST, FOOT = 120e3, 600e3, 100e3
SAMPLES = 36
SCALE = 4e-4
FIRST_DAY = 51_544
"""2000-01-01; the models know the day of the year only."""
NAMES = {"00": "NRLMSISE-00", "2.1": "NRLMSIS 2.1"}
PAPERS = {
    "00": "Picone et al. 2002, doi 10.1029/2002JA009430",
    "2.1": "Emmert et al. 2022, doi 10.1029/2022JA030896; not for commercial use",
}


@dataclass(frozen=True)
class Grid:
    """Where the model is evaluated; the numbers of seasons and local times are even."""

    flux: tuple[float, ...] = (60.0, 75.0, 90.0, 110.0, 135.0, 165.0, 200.0, 240.0, 290.0, 340.0)
    ap: tuple[float, ...] = (0.0, 3.0, 7.0, 13.0, 22.0, 35.0, 55.0, 85.0, 130.0, 200.0, 300.0)
    seasons: int = 12
    local_times: int = 12
    altitudes: int = 55

    def heights(self) -> Floats:
        """Altitudes [m], even in the square root of the height above FOOT."""
        roots = np.linspace(np.sqrt(LOWEST - FOOT), np.sqrt(HIGHEST - FOOT), self.altitudes)
        return FOOT + roots * roots


def table(inclination: float, grid: Grid, model: str) -> Floats:
    """ln(rho_eff) of shape (flux, ap, season, local time, altitude)."""
    heights = grid.heights()
    values = np.empty((len(grid.flux), len(grid.ap), grid.seasons, grid.local_times, grid.altitudes))
    for season in range(grid.seasons):
        day = FIRST_DAY + season * 365.25 / grid.seasons
        for hour in range(grid.local_times):
            angle = hour * 2.0 * np.pi / grid.local_times
            for i, flux in enumerate(grid.flux):
                for j, ap in enumerate(grid.ap):
                    density = orbit_densities(heights, inclination, angle, day, flux, flux, ap, SAMPLES, model)
                    values[i, j, season, hour] = np.log(density)
    return values


def flux_weight(inclination: float, model: str) -> float:
    """Share of (daily flux - 81-day mean) that acts like mean flux: median over altitude, flux and departure."""
    shares = []
    altitudes = np.array([300e3, 340e3, 380e3, 400e3, 415e3, 430e3])
    for month, mean in ((3, 75.0), (6, 140.0), (12, 200.0)):
        day = to_mjd(dt.date(2000, month, 1))

        def log_density(daily: float, mean_flux: float, day: int = day) -> Floats:
            return np.log(orbit_densities(altitudes, inclination, 1.0, day, daily, mean_flux, 10.0, model=model))

        slope = (log_density(mean + 10.0, mean + 10.0) - log_density(mean - 10.0, mean - 10.0)) / 20.0
        for departure in (-15.0, 15.0, 40.0):
            shares.append((log_density(mean + departure, mean) - log_density(mean, mean)) / (departure * slope))
    return float(np.median(shares))


def write(degrees: float, out: Path, model: str = "00", grid: Grid | None = None) -> Path:
    """Write ``density_<inclination>.npz`` into a folder and return its path; the file is whole or not there."""
    grid = grid or Grid()
    values = table(np.radians(degrees), grid, model)
    middle = float(np.round((values.max() + values.min()) / 2.0, 3))
    path = out / f"density_{degrees:.2f}.npz"
    unfinished = out / f".{path.name}.{os.getpid()}.npz"
    np.savez_compressed(
        unfinished,
        inclination=np.float64(np.radians(degrees)),
        flux=np.array(grid.flux),
        ap=np.array(grid.ap),
        foot=np.float64(FOOT),
        altitude=grid.heights(),
        first_day=np.int64(FIRST_DAY),
        flux_weight=np.float64(round(flux_weight(np.radians(degrees), model), 3)),
        middle=np.float64(middle),
        scale=np.float64(SCALE),
        ln_density=np.round((values - middle) / SCALE).astype(np.int16),
        model=np.array(NAMES[model]),
        version=np.int64(VERSION),
        source=np.array(f"{NAMES[model]} ({PAPERS[model]}) by pymsis"),
    )
    unfinished.replace(path)
    return path
