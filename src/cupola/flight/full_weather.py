"""What drives the air: the solar flux of each day and the eight 3-hourly ap, observed or assumed.

Assumptions and limits: the full engine's air is NRLMSISE-00 in its mode for a history of ap, which takes the flux of
the day before, the 81-day mean around the day (worked out from these rows, from those there are near either end), and
ap over the 57 hours before. With one constant ap that mode gives 1 to 4 % more density than the mode for a daily Ap.
Days of radio bursts carry the flux of the day before (see ``tools/make_solar_tables.py``).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cupola.base.errors import DomainError
from cupola.base.time import from_mjd

Floats = NDArray[np.float64]

HISTORY_DAYS = 3
"""Days before the first instant that the history of ap reaches back to."""
MEAN_DAYS = 45
"""Days on either side that the 81-day mean of the flux is worked out from, with some to spare."""
MAX_DAYS = 80_000
_BARTELS_FIRST, _BARTELS_DAYS, _COUNT_FIRST = -9_782, 27, 26_707
_FLUX, _AP = (30.0, 2_000.0), (0.0, 400.0)


@dataclass(frozen=True)
class Indices:
    """Flux and ap of consecutive days."""

    first_mjd: int
    """Modified Julian Day of the first row"""
    f107: Floats
    """(days,) 10.7 cm flux as observed [sfu]"""
    ap: Floats
    """(days, 8) ap of each three hours from 00:00 UTC on [2 nT]"""

    def __post_init__(self) -> None:
        days = self.f107.shape[0] if self.f107.ndim == 1 else 0
        if not 0 < days <= MAX_DAYS or self.ap.shape != (days, 8):
            raise DomainError(
                f"indices: the arrays do not fit: got {self.f107.shape} and {self.ap.shape}; "
                f"expected (days,) and (days, 8), 1 to {MAX_DAYS} days."
            )
        for name, values, (low, high) in (("f107", self.f107, _FLUX), ("ap", self.ap, _AP)):
            if not np.all((values >= low) & (values <= high)):
                raise DomainError(f"indices: {name} is out of range; expected {low:g} to {high:g}, all finite.")

    @property
    def last_mjd(self) -> int:
        """The day of the last row."""
        return self.first_mjd + len(self.f107) - 1

    def check(self, first: float, last: float) -> None:
        """Raise DomainError unless the rows cover the days of a flight, with the history before it."""
        need, end = int(first // 1) - HISTORY_DAYS, int(last // 1)
        if need < self.first_mjd or end > self.last_mjd:
            raise DomainError(
                f"indices: the flight goes beyond them: got {from_mjd(need)} (with {HISTORY_DAYS} days of history) to "
                f"{from_mjd(end)}; expected days from {from_mjd(self.first_mjd)} to {from_mjd(self.last_mjd)}. "
                "Fly within them, or give indices of a forecast or constant ones for the days after."
            )

    def followed_by(self, later: Indices) -> Indices:
        """These rows, then those of ``later`` from the day after on; DomainError when there is a gap."""
        skip = self.last_mjd + 1 - later.first_mjd
        if skip < 0 or later.last_mjd <= self.last_mjd:
            raise DomainError(
                f"indices: the later ones do not follow: got {from_mjd(later.first_mjd)} to "
                f"{from_mjd(later.last_mjd)}; expected days from {from_mjd(self.last_mjd + 1)} on."
            )
        f107 = np.concatenate([self.f107, later.f107[skip:]])
        return Indices(self.first_mjd, f107, np.concatenate([self.ap, later.ap[skip:]]))

    def text(self, first: float, last: float) -> bytes:
        """The rows around a flight in the layout of GFZ's table, which the library reads.

        first, last    float   [day]   Modified Julian Days of the flight
        returns        the table; 81-day means near its ends use the rows there are

        Source of the layout: GFZ Potsdam, Kp_ap_Ap_SN_F107_since_1932.txt, doi 10.5880/Kp.0001. Kp, the sunspot
        number and the adjusted flux are not used by the air and stand as zero or as the observed flux.
        """
        begin = max(self.first_mjd, int(first // 1) - MEAN_DAYS)
        end = min(self.last_mjd, int(last // 1) + MEAN_DAYS)
        return "\n".join(["# flux and ap", *(self._row(mjd) for mjd in range(begin, end + 1)), ""]).encode("ascii")

    def _row(self, mjd: int) -> str:
        day, row = from_mjd(mjd), mjd - self.first_mjd
        turn, rest = divmod(mjd - _BARTELS_FIRST, _BARTELS_DAYS)
        ap, flux = self.ap[row], float(self.f107[row])
        kp = " ".join(["0.000"] * 8)
        # Rounded to the printed tenth and the whole ap, as the observed table prints them.
        aps = " ".join(f"{int(np.rint(value)):4d}" for value in ap)
        # np.add.reduce over eight numbers of one row: the daily mean.
        mean = int(np.rint(np.add.reduce(ap) / 8))
        return (
            f"{day.year:4d} {day.month:02d} {day.day:02d} {mjd - _COUNT_FIRST:5d} {mjd - _COUNT_FIRST + 0.5:7.1f} "
            f"{turn:4d} {rest + 1:2d} {kp} {aps} {mean:5d} {0:3d} {flux:8.1f} {flux:8.1f} 2"
        )


def constant_indices(f107: float, ap: float, first_mjd: float, last_mjd: float) -> Indices:
    """The same flux and ap on every day of a flight, its history and the days of its means.

    f107                   float   [sfu]     30 to 2,000
    ap                     float   [2 nT]    0 to 400; the air sees it as a whole number
    first_mjd, last_mjd    float   [day]     of the flight

    >>> constant_indices(150.0, 15.0, 60_676.0, 60_691.0).f107.shape
    (106,)
    """
    if not (np.isfinite(first_mjd) and np.isfinite(last_mjd)) or not 0 <= last_mjd - first_mjd <= MAX_DAYS - 100:
        raise DomainError(f"indices: the days are no span: got {first_mjd} to {last_mjd}; expected first before last.")
    begin, end = int(first_mjd // 1) - MEAN_DAYS, int(last_mjd // 1) + MEAN_DAYS
    days = end - begin + 1
    return Indices(begin, np.full(days, float(f107)), np.full((days, 8), float(ap)))


@lru_cache(maxsize=1)
def observed_indices() -> Indices:
    """The shipped observed indices. Source: CSSI space weather data, CelesTrak."""
    flux, ap = _shipped("solar_observed.npz"), _shipped("ap_3h.npz")
    first = max(int(flux["first"]), int(ap["first"]))
    f107 = flux["f107"][first - int(flux["first"]) :].astype(np.float64) / 10.0
    rows = ap["ap"][first - int(ap["first"]) :].astype(np.float64)
    days = min(f107.shape[0], rows.shape[0])
    return Indices(first, f107[:days], rows[:days])


def _shipped(name: str) -> dict[str, NDArray[Any]]:
    with as_file(files("cupola.data") / "environment" / name) as path, np.load(path, allow_pickle=False) as data:
        return {key: data[key] for key in data.files}
