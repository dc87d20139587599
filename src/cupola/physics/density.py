"""Effective air density by table: what the orbit of each future meets on a day, without calling the model.

A table holds ln(rho_eff) of circular orbits at one inclination (see ``atmosphere`` for what that is) over flux, Ap,
season, local time of the node and altitude; ``flight.averaged_slab`` looks a day's air up in it. Here tables are found,
made where there is none, and read.

Assumptions and limits: 60 to 340 sfu, Ap 0 to 300, 120 to 600 km. The 81-day mean of the flux is taken equal to the
flux: give ``effective_flux`` where they differ. How far the model is from the real air is another matter: see
docs/validation.md.
"""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from cupola.base.errors import DomainError
from cupola.physics.density_form import MODEL, VERSION

Floats = NDArray[np.float64]
Real = TypeVar("Real", float, Floats)
Kept = TypeVar("Kept")

MAX_INCLINATION_GAP, STEP = 0.25, 0.1
"""Degrees from a shipped table up to which it will do, and between tables that are made: half a degree costs 1 %."""
FLUX_WEIGHT = 0.338
"""Share of (daily flux - 81-day mean) that acts on the density like mean flux; see ``effective_flux``."""
_SEASONS, _HOURS = 48, 24
_TURN = 2.0 * np.pi
_PREFIX, _SUFFIX = "density_", ".npz"
_MAX_NODES = 20_000_000


def effective_flux(f107: Real, f107a: Real) -> Real:
    """The one flux that stands for a day's flux and its 81-day mean.

        F = F_81 + 0.338 (F_day - F_81)

    f107       float or array   [sfu]   of the day before
    f107a      float or array   [sfu]   its 81-day mean
    returns    same shape       [sfu]

    The weight is fitted to NRLMSISE-00 between 300 and 430 km by ``density_build.flux_weight``; it runs from 0.24
    (solar maximum, 300 km) to 0.45 (minimum, 430 km), and falls to 0.2 at 200 km. From 41.5 to 96.8 degrees of
    inclination its median is 0.334 to 0.339.

    >>> effective_flux(180.0, 150.0)
    160.14
    """
    return f107a + FLUX_WEIGHT * (f107 - f107a)


@dataclass(frozen=True)
class DensityTable:
    """ln(rho_eff) at one inclination, with its seasons already made fine."""

    inclination: float
    """rad"""
    source: str
    flux: tuple[float, ...]
    """Nodes [sfu]"""
    ap: tuple[float, ...]
    """Nodes [2 nT]"""
    first_day: int
    """Modified Julian Day of the first season node"""
    foot: float
    """m; altitude nodes are even in sqrt(h - foot)"""
    lowest: float
    highest: float
    rows: NDArray[np.float32]
    """(season x flux x ap, local time x altitude)"""
    hours: Floats
    """(fine local times + 1, local times): from the coarse circle to the fine one"""


def _finer_circle(coarse: int, fine: int) -> Floats:
    """Matrix (fine, coarse) of trigonometric interpolation on the circle, for an even number of nodes."""
    angle = _TURN * (np.arange(fine)[:, None] / fine - np.arange(coarse)[None, :] / coarse)
    harmonics = np.arange(1, coarse // 2)
    waves = np.cos(angle[:, :, None] * harmonics).sum(axis=2)
    return np.asarray((1.0 + 2.0 * waves + np.cos(angle * (coarse // 2))) / coarse)


def shipped_inclinations() -> dict[float, str]:
    """Inclination [degrees] of each shipped table, with its file name."""
    names = (entry.name for entry in files("cupola").joinpath("data", "environment").iterdir())
    found = [name for name in names if name.startswith(_PREFIX) and name.endswith(_SUFFIX)]
    return {float(name.removeprefix(_PREFIX).removesuffix(_SUFFIX)): name for name in sorted(found)}


def kept_tables() -> Path:
    """The folder for tables that were made when they were needed: ``cupola`` in the user's folder for caches."""
    home = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return Path(home) / "cupola"


def is_shipped(inclination_rad: float) -> bool:
    """Whether a shipped table is near enough to an inclination."""
    return _nearest(inclination_rad) is not None


def at_hand(inclination_rad: float) -> bool:
    """Whether a table for an inclination is shipped or kept, so that none must be made."""
    with table_path(inclination_rad) as path:
        return path.is_file()


def _named(path: Path) -> float:
    """The inclination [deg] in a table's file name."""
    return float(path.name.removeprefix(_PREFIX).removesuffix(_SUFFIX))


def _nearest(inclination_rad: float) -> str | None:
    shipped = shipped_inclinations()
    degrees = float(np.degrees(inclination_rad))
    nearest = min(shipped, key=lambda known: abs(known - degrees), default=None)
    return shipped[nearest] if nearest is not None and abs(nearest - degrees) <= MAX_INCLINATION_GAP else None


def load_table(inclination_rad: float) -> DensityTable:
    """The table nearest to an inclination: a shipped one within a quarter of a degree, else one made now and kept.

    inclination_rad   float   [rad]   0 to pi

    Making one takes about a minute; it is for the nearest tenth of a degree. One that is kept from another version, or
    cannot be read, is made anew. Raises DomainError for an inclination outside 0 to 180 degrees, and when a table can
    be neither read nor kept.
    """
    degrees = float(np.degrees(inclination_rad))
    if not 0.0 <= degrees <= 180.0:
        raise DomainError(f"no density table for an inclination of {degrees:.2f} deg; expected 0 to 180 deg")
    name = _nearest(inclination_rad)
    if name is not None:
        resource = files("cupola").joinpath("data", "environment", name)
        with as_file(resource) as path:
            return _read_table(path)
    made_for = kept_inclination(degrees)
    return kept_table(f"{_PREFIX}{made_for:.2f}{_SUFFIX}", _made(made_for), _read_table)


@contextmanager
def table_path(inclination_rad: float) -> Iterator[Path]:
    """Where the table of an inclination lies, shipped or kept; it need not be there yet in the latter case."""
    name = _nearest(inclination_rad)
    if name is None:
        yield kept_tables() / f"{_PREFIX}{kept_inclination(float(np.degrees(inclination_rad))):.2f}{_SUFFIX}"
        return
    with as_file(files("cupola").joinpath("data", "environment", name)) as path:
        yield path


def kept_inclination(degrees: float) -> float:
    """The inclination [deg] for which a table is made where none is shipped."""
    return float(f"{min(round(degrees / STEP) * STEP, 180.0):.2f}")


def _made(degrees: float) -> Callable[[Path], object]:
    def write_it(folder: Path) -> object:
        # Imported here because it is seldom needed and brings the model along.
        from cupola.physics.density_build import write

        return write(degrees, folder)

    return write_it


def kept_table(name: str, make: Callable[[Path], object], read: Callable[[Path], Kept]) -> Kept:
    """A table that is kept in the user's cache, made where there is none that can be read.

    name    of its file
    make    writes it into a folder
    read    reads it; raises DomainError, OSError, ValueError or KeyError for one that is none, or of another version

    Raises DomainError when it can be neither read nor kept.
    """
    folder = kept_tables()
    path = folder / name
    try:
        if path.is_file():
            try:
                return read(path)
            except (DomainError, OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
                path.unlink()
        folder.mkdir(parents=True, exist_ok=True)
        make(folder)
    except OSError as error:
        raise DomainError(
            f"table of the air: cannot be kept: got {error.strerror or error} for {folder}; expected a folder that can "
            "be written to. Set XDG_CACHE_HOME to one."
        ) from error
    return read(path)


@lru_cache(maxsize=4)
def _read_table(path: Path) -> DensityTable:
    with path.open("rb") as file, np.load(file, allow_pickle=False) as archive:
        data = {key: archive[key] for key in archive.files}
    version = int(data["version"]) if "version" in data else 1
    held = version, str(data["model"]), f"{float(np.degrees(data['inclination'])):.2f} deg"
    expected = VERSION, MODEL, f"{_named(path):.2f} deg"
    if held != expected:
        raise DomainError(f"{path} is another table of the air: got {held}; expected {expected}")
    stored = data["ln_density"]
    if stored.ndim != 5 or stored.size > _MAX_NODES:
        raise DomainError(f"{path} is not a density table: got shape {stored.shape}; expected five axes")
    fluxes, indices, seasons, hours, altitudes = stored.shape
    values = (stored * data["scale"] + data["middle"]).transpose(2, 0, 1, 3, 4).reshape(seasons, -1)
    rows = (_finer_circle(seasons, _SEASONS) @ values).astype(np.float32)
    circle = _finer_circle(hours, _HOURS)
    return DensityTable(
        inclination=float(data["inclination"]),
        source=str(data["source"]),
        flux=tuple(data["flux"].tolist()),
        ap=tuple(data["ap"].tolist()),
        first_day=int(data["first_day"]),
        foot=float(data["foot"]),
        lowest=float(data["altitude"][0]),
        highest=float(data["altitude"][-1]),
        rows=rows.reshape(_SEASONS * fluxes * indices, hours * altitudes),
        hours=np.ascontiguousarray(np.concatenate([circle, circle[:1]])),
    )
