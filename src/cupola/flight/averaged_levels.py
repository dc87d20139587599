"""Drag by table for futures whose Sun lies between a few levels of one forecast: the air of a simulated station.

A forecast gives a day's flux and Ap at some levels (low, middle, high). The slab of each level is settled once a day
for all futures, and a future lies between two of them, linear in ln(density). That is a tenth of the work that it
takes to look up each future's own flux and Ap.

Assumptions and limits: those of ``averaged_table``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cupola.flight.averaged_air import Drag
from cupola.flight.averaged_elements import Mean
from cupola.flight.averaged_slab import day_of_2000
from cupola.flight.averaged_table import Tables

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Standing:
    """One day's levels of the Sun, and where each future stands between them."""

    flux: tuple[float, ...]
    """Effective flux of each level [sfu]"""
    ap: tuple[float, ...]
    """[2 nT]"""
    level: Floats
    """(n,) 0 to the number of levels less one; held there"""

    def places(self) -> tuple[NDArray[np.intp], Floats]:
        """The level below each future, and the part of the way from there to the next one."""
        top = len(self.flux) - 1
        grade = np.minimum(np.maximum(self.level, 0.0), float(top))
        low = np.minimum(grade.astype(np.intp), max(top - 1, 0))
        return low, grade - low

    def of(self, lanes: NDArray[np.intp]) -> Standing:
        """That of some futures."""
        return Standing(self.flux, self.ap, self.level[lanes])


class Levelled(Tables):
    """Air by table between levels of the Sun, at one inclination."""

    def drag(self, mjd: Floats, days: Floats, orbit: Mean, per_mass: Floats, indices: Standing, day: float) -> Drag:
        """Rates by drag over the step of each future. Raises DomainError for indices that are not finite."""
        season = day_of_2000(day)
        slab = self.slabs.levels(season, indices.flux, indices.ap)
        low, part = indices.places()
        high = np.minimum(low + 1, len(indices.flux) - 1)
        levels = np.array(indices.flux)
        flux = levels[low] + part * (levels[high] - levels[low])
        places = np.stack([low, high]), np.stack([1.0 - part, part])
        return self.rates(slab, places, flux, season, mjd + 0.5 * days, orbit, per_mass)
