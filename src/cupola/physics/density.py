"""Effective air density by table: what the orbit of each future meets on a day, without calling the model.

A table holds ln(rho_eff) of circular orbits at one inclination (see ``atmosphere`` for what that is) over flux, Ap,
season, local time of the node and altitude. One day's slab of it is worked out once for all futures;
looking a future up is then linear in level, local time and altitude.

Assumptions and limits: flux and Ap outside the table are held at its edges (60 to 340 sfu, Ap 0 to 300); so is the
altitude below 120 km, while above 520 km ln(rho) goes on with the last slope. The 81-day mean of the flux is taken
equal to the flux: give ``effective_flux`` where they differ. Against direct evaluation of NRLMSISE-00 the table is
off by 0.14 % in the median and 1.2 % at the worst of 3,200 random points between 120 and 520 km; its slope by 0.1 %
in the median. How far the model is from the real air is another matter: see docs/validation.md.
"""

from __future__ import annotations

import os
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from cupola.base.errors import DomainError

Floats = NDArray[np.float64]
Real = TypeVar("Real", float, Floats)

MAX_INCLINATION_GAP = 1.0
"""Degrees between the orbit and the nearest shipped table."""
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


class DaySlab:
    """One day's ln(rho_eff) over forecast level, local time of the node and altitude."""

    def __init__(self, values: Floats, foot: float, lowest: float, highest: float) -> None:
        """``values``: (levels, local times + 1 that closes the circle, altitudes even in sqrt(h - foot))."""
        levels, hours, altitudes = values.shape
        self.values = values
        self._flat = values.ravel()
        self._foot, self._lowest, self._highest = foot, lowest, highest
        self._root = float(np.sqrt(lowest - foot))
        self._per_root = (altitudes - 1) / (float(np.sqrt(highest - foot)) - self._root)
        self._top_level, self._last_level = float(levels - 1), max(levels - 2, 0)
        self._hours, self._altitudes = hours - 1, altitudes
        # Corners in the order that lets each interpolation fold the upper half of the rows onto the lower.
        up = hours * altitudes if levels > 1 else 0
        self._corners = np.array(
            [[level + hour + step] for level in (0, up) for hour in (0, altitudes) for step in (0, 1)], dtype=np.intp
        )

    def lookup(
        self, level: Floats, theta: Floats, altitude: Floats, out: tuple[Floats, Floats] | None = None
    ) -> tuple[Floats, Floats]:
        """ln of the effective density of each future and its slope with altitude.

        level       array (n,)   [1]     0 to levels - 1, between levels linear; held at the ends
        theta       array (n,)   [rad]   local time of the ascending node, from noon; any turn
        altitude    array (n,)   [m]     mean, above the equatorial radius
        out         two arrays (n,)      filled and returned when given
        returns     array (n,)   [ln(kg/m3)], array (n,) [1/m] (never positive where air thins upward)

        A future's result does not depend on how many others are looked up with it, to the last bit.
        """
        root, step = self._steps(altitude)
        low_step = np.minimum(step.astype(np.intp), self._altitudes - 2)
        base, grade, hour = self._place(level, theta)
        corners = self._flat.take((base + low_step) + self._corners, mode="clip")
        half = corners[:4] + grade * (corners[4:] - corners[:4])
        pair = half[:2] + hour * (half[2:] - half[:2])
        return self._between(altitude, root, step - low_step, pair[0], pair[1], out)

    def column(self, level: Floats, theta: Floats) -> Column:
        """The air above a few futures whose level and local time stay, as for :meth:`lookup`."""
        base, grade, hour = self._place(level, theta)
        corners = self._flat.take(base[:, None] + np.arange(self._altitudes) + self._corners[::2, :, None], mode="clip")
        half = corners[:2] + grade[:, None] * (corners[2:] - corners[:2])
        return Column(self, half[0] + hour[:, None] * (half[1] - half[0]))

    def _place(self, level: Floats, theta: Floats) -> tuple[NDArray[np.intp], Floats, Floats]:
        """Index of the lower corner at the lowest altitude, and the parts of the way to the next level and hour."""
        hour = theta * (self._hours / _TURN)
        hour -= np.floor(hour / self._hours) * self._hours
        grade = np.minimum(np.maximum(level, 0.0), self._top_level)
        low_hour = np.minimum(hour.astype(np.intp), self._hours - 1)
        low_grade = np.minimum(grade.astype(np.intp), self._last_level)
        base = (low_grade * (self._hours + 1) + low_hour) * self._altitudes
        return base, grade - low_grade, hour - low_hour

    def _steps(self, altitude: Floats) -> tuple[Floats, Floats]:
        """Root of the height over the foot, and the altitude in steps of the table."""
        inside = np.minimum(np.maximum(altitude, self._lowest), self._highest)
        root = np.sqrt(inside - self._foot)
        return root, (root - self._root) * self._per_root

    def _between(
        self,
        altitude: Floats,
        root: Floats,
        part: Floats,
        low: Floats,
        high: Floats,
        out: tuple[Floats, Floats] | None = None,
    ) -> tuple[Floats, Floats]:
        """Value and slope a part of the way from one altitude's value to the next one's."""
        rise = high - low
        log_density, slope = out if out is not None else (np.empty_like(rise), np.empty_like(rise))
        np.divide(rise * (0.5 * self._per_root), root, out=slope)
        np.multiply(part, rise, out=log_density)
        log_density += low
        log_density += slope * np.maximum(altitude - self._highest, 0.0)
        return log_density, slope


class Column:
    """The air above a few futures on one day, level and local time settled: for the many sub-steps of a fast fall."""

    def __init__(self, slab: DaySlab, values: Floats) -> None:
        """``values``: ln(rho_eff) (futures, altitudes) at the slab's altitudes."""
        self._slab, self._flat, self._last = slab, values.ravel(), values.shape[1] - 2
        self._first = np.arange(len(values)) * values.shape[1]

    def lookup(self, altitude: Floats) -> tuple[Floats, Floats]:
        """As :meth:`DaySlab.lookup`, to the last bit."""
        root, step = self._slab._steps(altitude)
        low_step = np.minimum(step.astype(np.intp), self._last)
        base = self._first + low_step
        low, high = self._flat.take(base), self._flat.take(base + 1)
        return self._slab._between(altitude, root, step - low_step, low, high)


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

    def day(self, mjd: float, f107: Floats, ap: Floats) -> DaySlab:
        """The slab of one day: season, flux and Ap settled.

        mjd        float        [day]
        f107       array (L,)   [sfu]    effective flux of each forecast level
        ap         array (L,)   [2 nT]   Ap of each level

        Quadratic in flux, linear in Ap and season. Raises DomainError for values that are not finite.
        """
        season = ((mjd - self.first_day) * (_SEASONS / 365.25)) % _SEASONS
        early = int(season) % _SEASONS
        seasons = ((early, 1.0 - (season - early)), ((early + 1) % _SEASONS, season - early))
        rows: list[list[int]] = []
        weights: list[list[float]] = []
        for flux, index in zip(f107.tolist(), ap.tolist(), strict=True):
            if not (abs(flux) < 1e6 and abs(index) < 1e6):
                raise DomainError(f"flux and Ap must be finite: got {flux} and {index}")
            fluxes, indices = _parabola(self.flux, flux), _line(self.ap, index)
            block = len(self.flux) * len(self.ap)
            corners = [
                (s * block + f * len(self.ap) + a, ws * wf * wa)
                for s, ws in seasons
                for f, wf in fluxes
                for a, wa in indices
            ]
            rows.append([row for row, _ in corners])
            weights.append([weight for _, weight in corners])
        picked = self.rows.take(np.array(rows), axis=0)
        coarse = np.matmul(np.array(weights, dtype=np.float32)[:, None, :], picked)
        square = coarse.reshape(len(rows), self.hours.shape[1], -1).astype(np.float64)
        return DaySlab(np.matmul(self.hours, square), self.foot, self.lowest, self.highest)


def _parabola(nodes: tuple[float, ...], value: float) -> tuple[tuple[int, float], ...]:
    """The three nodes nearest to a value, with Lagrange's weights; the value is held inside the nodes."""
    x = min(max(value, nodes[0]), nodes[-1])
    upper = min(max(bisect_right(nodes, x), 1), len(nodes) - 1)
    first = upper - 1
    # The third node is the one on the nearer side.
    if first > 0 and (first + 2 >= len(nodes) or x - nodes[first] < nodes[upper] - x):
        first -= 1
    a, b, c = nodes[first : first + 3]
    return (
        (first, (x - b) * (x - c) / ((a - b) * (a - c))),
        (first + 1, (x - a) * (x - c) / ((b - a) * (b - c))),
        (first + 2, (x - a) * (x - b) / ((c - a) * (c - b))),
    )


def _line(nodes: tuple[float, ...], value: float) -> tuple[tuple[int, float], ...]:
    """The two nodes around a value, with their weights; the value is held inside the nodes."""
    x = min(max(value, nodes[0]), nodes[-1])
    first = min(max(bisect_right(nodes, x) - 1, 0), len(nodes) - 2)
    part = (x - nodes[first]) / (nodes[first + 1] - nodes[first])
    return ((first, 1.0 - part), (first + 1, part))


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


def _nearest(inclination_rad: float, gap: float = MAX_INCLINATION_GAP) -> str | None:
    shipped = shipped_inclinations()
    degrees = float(np.degrees(inclination_rad))
    nearest = min(shipped, key=lambda known: abs(known - degrees), default=None)
    return shipped[nearest] if nearest is not None and abs(nearest - degrees) <= gap else None


def load_table(inclination_rad: float, gap: float = MAX_INCLINATION_GAP, step: float = 1.0) -> DensityTable:
    """The table nearest to an inclination: a shipped one within a degree, else one that is made now and kept.

    inclination_rad   float   [rad]   0 to pi
    gap               float   [deg]   within which a shipped one will do
    step              float   [deg]   one that is made is for the nearest whole number of these

    Making one takes about a minute; it is kept for the inclination that it was made for. Raises DomainError for an
    inclination outside 0 to 180 degrees, and OSError when a table can be neither read nor kept.
    """
    degrees = float(np.degrees(inclination_rad))
    if not 0.0 <= degrees <= 180.0:
        raise DomainError(f"no density table for an inclination of {degrees:.2f} deg; expected 0 to 180 deg")
    name = _nearest(inclination_rad, gap)
    if name is not None:
        resource = files("cupola").joinpath("data", "environment", name)
        with as_file(resource) as path:
            return _read_table(path)
    made_for = min(round(degrees / step) * step, 180.0)
    path = kept_tables() / f"{_PREFIX}{made_for:.2f}{_SUFFIX}"
    if not path.is_file():
        # Imported here because it is seldom needed and brings the model along.
        from cupola.physics.density_build import write

        path.parent.mkdir(parents=True, exist_ok=True)
        write(float(f"{made_for:.2f}"), path.parent)
    return _read_table(path)


@lru_cache(maxsize=4)
def _read_table(path: Path) -> DensityTable:
    with np.load(path, allow_pickle=False) as archive:
        data = {key: archive[key] for key in archive.files}
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
