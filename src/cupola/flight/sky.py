"""The Sun's flux and Ap along a flight, as both engines take them: observed as far as they go, then a forecast's.

Assumptions and limits: after the last observed day each day has one Ap for all its hours.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cupola.base.errors import DomainError
from cupola.base.time import from_mjd
from cupola.flight import averaged_air, full_weather

Floats = NDArray[np.float64]

MARGIN_DAYS = 50
"""Days before and after a flight that the engines look at for their means"""


@dataclass(frozen=True)
class Sky:
    """Indices of consecutive days, as they were known on a date."""

    first_mjd: int
    f107: Floats
    """(days,) flux of the day before [sfu]"""
    f107a: Floats
    """(days,) 81-day mean around the day itself [sfu]"""
    ap: Floats
    """(days,) [2 nT]"""
    observed_mjd: int
    """The last day that was observed"""

    def __post_init__(self) -> None:
        rows = (self.f107, self.f107a, self.ap)
        if not all(row.shape == (self.f107.size,) and np.isfinite(row).all() for row in rows):
            raise DomainError("indices: got arrays that do not fit; expected finite numbers, one a day in each")

    def averaged(self, day: int) -> averaged_air.Indices:
        """The indices of a day (MJD), for the averaged engine. Raises DomainError outside the days."""
        row = day - self.first_mjd
        if not 0 <= row < self.f107.size:
            last = from_mjd(self.first_mjd + self.f107.size - 1)
            raise DomainError(f"indices: got {from_mjd(day)}; expected {from_mjd(self.first_mjd)} to {last}")
        return averaged_air.Indices(*(np.asarray(values[row]) for values in (self.f107, self.f107a, self.ap)))

    def full(self) -> full_weather.Indices:
        """The same for the full engine: the observed 3-hourly ones, then these."""
        observed = full_weather.observed_indices()
        kept = min(self.observed_mjd, observed.last_mjd) - observed.first_mjd + 1
        past = full_weather.Indices(observed.first_mjd, observed.f107[:kept], observed.ap[:kept])
        # The flux in a row is that of the day before.
        begin, end = past.last_mjd + 1 - self.first_mjd, self.f107.size - 1
        if begin < 0 or begin >= end:
            return past
        f107, ap = self.f107[begin + 1 : end + 1], self.ap[begin:end]
        later = full_weather.Indices(past.last_mjd + 1, f107, np.repeat(ap[:, None], 8, axis=1))
        return past.followed_by(later)
