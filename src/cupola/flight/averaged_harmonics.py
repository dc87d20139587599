"""How the air varies along the orbit: the first two harmonics of the drag in the argument of latitude.

The table of effective density tells the drag of a circular orbit. On an eccentric one perigee meets thicker air than
that, or thinner, as it lies on the day side or the night side, in summer or in winter: a few per cent at the
eccentricity of a space station. These harmonics, relative to the mean, tell by how much, and how drag changes the
eccentricity. They vary slowly, so a coarse table will do: flux, season, local time of the node, altitude; Ap is 15.

Assumptions and limits: as for ``physics.atmosphere``; 120 to 600 km, held outside. A table takes some seconds to make.
Source: own; the model is NRLMSISE-00, by pymsis.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache, partial
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cupola.base.constants import EARTH_RADIUS
from cupola.base.errors import DomainError
from cupola.base.quantity import DAY_S
from cupola.flight.averaged_drag import geodetic_point
from cupola.physics.atmosphere import MODELS, msis_density, orbit_radius, power_factor
from cupola.physics.density import kept_table
from cupola.physics.density_form import VERSION

Floats = NDArray[np.float64]

FLUXES = (70.0, 110.0, 160.0, 230.0)
SEASONS, HOURS, HEIGHTS, POINTS, STRIDE = 12, 12, 19, 64, 19
FIELDS = 7
"""cos u, sin u; what the two are to the altitude slope; cos 2u, sin 2u; how the scale height changes with altitude"""
LOWEST, HIGHEST, FOOT = 120e3, 600e3, 100e3
AP = 15.0
APART = 1_000.0
"""m between the heights from which slope and bend are taken."""
SCALE = 1e-4
FIRST_DAY = 51_544
_FINE_SEASONS = 24
HOURS_FINE = 24
_TURN = 2.0 * np.pi


def heights() -> Floats:
    """Altitudes [m] of the table, even in the root of the height above FOOT."""
    roots = np.linspace(np.sqrt(LOWEST - FOOT), np.sqrt(HIGHEST - FOOT), HEIGHTS)
    return np.asarray(FOOT + roots * roots)


def along_orbit(
    altitudes: Floats, inclination: float, local_time: float, mjd: float, flux: float, model: str
) -> Floats:
    """The fields on circular orbits of several altitudes, (FIELDS, altitudes).

    The slope's harmonics are those of d(rho)/dh over the slope of the mean; the last field is rho rho''/rho'^2 - 1.
    """
    steps = np.arange(POINTS)
    u = ((steps + 0.5) * _TURN / POINTS)[:, None]
    seconds = ((steps * STRIDE % POINTS) + 0.5) * DAY_S / POINTS
    sine = np.sin(inclination) * np.sin(u)
    ahead = np.arctan2(np.cos(inclination) * np.sin(u), np.cos(u))
    longitude = np.degrees(local_time + ahead[:, 0] + np.pi) - seconds * (360.0 / DAY_S)
    dates = np.datetime64(int(mjd) - 40_587, "D").astype("datetime64[ms]") + (seconds * 1e3).astype("timedelta64[ms]")
    near = np.stack([altitudes - APART, altitudes, altitudes + APART], axis=1).ravel()
    axis = EARTH_RADIUS + near[None, :]
    radius = orbit_radius(axis, inclination, u)
    latitude, height = geodetic_point(radius, sine, np.sqrt(1.0 - sine * sine))
    shape = height.shape
    longitude = (longitude + 180.0) % 360.0 - 180.0
    when, where = np.repeat(dates, shape[1]), np.repeat(longitude, shape[1])
    degrees, height = np.degrees(latitude).ravel(), height.ravel() / 1e3
    density = msis_density(when, where, degrees, height, flux, flux, AP, MODELS[model])
    drag = density.reshape(shape) * power_factor(radius, axis, inclination, np.arcsin(sine))
    waves = np.stack([np.ones_like(u), np.cos(u), np.sin(u), np.cos(2.0 * u), np.sin(2.0 * u)])[:, :, 0]
    below, level, above = np.moveaxis((waves[:, :, None] * drag).mean(axis=1).reshape(5, -1, 3), 2, 0)
    slope = above - below
    bend = (above[0] - 2.0 * level[0] + below[0]) * level[0] * 4.0 / (slope[0] * slope[0]) - 1.0
    return np.concatenate([level[1:3] / level[0], slope[1:3] / slope[0], level[3:5] / level[0], bend[None]])


@dataclass(frozen=True)
class Harmonics:
    """A table ready for use: (fine seasons, fluxes, fine local times + 1, altitudes, FIELDS)."""

    inclination: float
    values: Floats

    def day(self, mjd: float) -> Floats:
        """The table of one day of the year, (fluxes x local times x altitudes, FIELDS)."""
        season = ((mjd - FIRST_DAY) * (_FINE_SEASONS / 365.25)) % _FINE_SEASONS
        early = int(season) % _FINE_SEASONS
        part = season - int(season)
        late = self.values[(early + 1) % _FINE_SEASONS]
        blend = self.values[early] + part * (late - self.values[early])
        return np.asarray(blend.reshape(-1, FIELDS))


def lookup(table: Floats, flux: Floats, theta: Floats, altitude: Floats) -> Floats:
    """The fields of each future, linear in flux, local time of the node and root of altitude; (FIELDS, n).

    table      array          from :meth:`Harmonics.day`
    flux       array (n,)     [sfu]   held at the ends
    theta      array (n,)     [rad]   local time of the node, from noon
    altitude   array (n,)     [m]
    """
    foot, top = np.sqrt(LOWEST - FOOT), np.sqrt(HIGHEST - FOOT)
    step = (np.sqrt(np.minimum(np.maximum(altitude, LOWEST), HIGHEST) - FOOT) - foot) * ((HEIGHTS - 1) / (top - foot))
    hour = theta * (HOURS_FINE / _TURN)
    hour = hour - np.floor(hour / HOURS_FINE) * HOURS_FINE
    grade = np.interp(flux, FLUXES, np.arange(float(len(FLUXES))))
    low_step = np.minimum(step.astype(np.intp), HEIGHTS - 2)
    low_hour = np.minimum(hour.astype(np.intp), HOURS_FINE - 1)
    low_grade = np.minimum(grade.astype(np.intp), len(FLUXES) - 2)
    base = (low_grade * (HOURS_FINE + 1) + low_hour) * HEIGHTS + low_step
    up, over = (HOURS_FINE + 1) * HEIGHTS, HEIGHTS
    corners = np.array([[flux + hour + height] for flux in (0, up) for hour in (0, over) for height in (0, 1)])
    found = table.take(base + corners, axis=0)
    half = found[:4] + (grade - low_grade)[:, None] * (found[4:] - found[:4])
    pair = half[:2] + (hour - low_hour)[:, None] * (half[2:] - half[:2])
    one = pair[0] + (step - low_step)[:, None] * (pair[1] - pair[0])
    found_fields: Floats = one.T
    return found_fields


def _finer(coarse: int, fine: int) -> Floats:
    """Matrix (fine, coarse) of trigonometric interpolation on the circle, for an even number of nodes."""
    angle = _TURN * (np.arange(fine)[:, None] / fine - np.arange(coarse)[None, :] / coarse)
    waves = np.cos(angle[:, :, None] * np.arange(1, coarse // 2)).sum(axis=2)
    return np.asarray((1.0 + 2.0 * waves + np.cos(angle * (coarse // 2))) / coarse)


def made(degrees: float, model: str = "00") -> NDArray[np.int16]:
    """A table of 16-bit steps of SCALE: (FIELDS, fluxes, seasons, local times, altitudes)."""
    inclination = float(np.radians(degrees))
    values = np.empty((FIELDS, len(FLUXES), SEASONS, HOURS, HEIGHTS))
    for season in range(SEASONS):
        day = FIRST_DAY + season * 365.25 / SEASONS
        for hour in range(HOURS):
            for row, flux in enumerate(FLUXES):
                local = hour * _TURN / HOURS
                values[:, row, season, hour] = along_orbit(heights(), inclination, local, day, flux, model)
    stored: NDArray[np.int16] = np.round(values / SCALE).astype(np.int16)
    return stored


def write(degrees: float, out: Path, model: str = "00") -> Path:
    """Write ``harmonics_<inclination>.npz`` into a folder and return its path; the file is whole or not there."""
    path = out / f"harmonics_{degrees:.2f}.npz"
    unfinished = out / f".{path.name}.{os.getpid()}.npz"
    np.savez_compressed(
        unfinished, harmonics=made(degrees, model), scale=SCALE, inclination=degrees, model=model, version=VERSION
    )
    unfinished.replace(path)
    return path


@lru_cache(maxsize=4)
def load(degrees: float) -> Harmonics:
    """The table of an inclination [deg], to a hundredth: shipped, kept, or made now and kept."""
    name = f"harmonics_{degrees:.2f}.npz"
    shipped = files("cupola").joinpath("data", "environment", name)
    if shipped.is_file():
        with as_file(shipped) as path:
            return _read(path)
    return kept_table(name, partial(write, degrees), _read)


def _read(path: Path) -> Harmonics:
    with path.open("rb") as file, np.load(file, allow_pickle=False) as archive:
        stored, scale = archive["harmonics"], float(archive["scale"])
        degrees = float(archive["inclination"])
        version = int(archive["version"]) if "version" in archive.files else 1
    shape = (FIELDS, len(FLUXES), SEASONS, HOURS, HEIGHTS)
    if stored.shape != shape or version != VERSION or path.name != f"harmonics_{degrees:.2f}.npz":
        raise DomainError(
            f"{path} is no table of harmonics of this version: got shape {stored.shape}, version {version}; "
            f"expected {shape}, {VERSION}"
        )
    seasons, hours = _finer(SEASONS, _FINE_SEASONS), _finer(HOURS, HOURS_FINE)
    fine = np.tensordot(seasons, stored * scale, axes=(1, 2))
    fine = np.tensordot(hours, fine, axes=(1, 3))
    # Now (hours, seasons, FIELDS, fluxes, altitudes): the circle is closed, and the fields come last.
    closed = np.concatenate([fine, fine[:1]])
    return Harmonics(float(np.radians(degrees)), np.ascontiguousarray(closed.transpose(1, 3, 0, 4, 2)))
