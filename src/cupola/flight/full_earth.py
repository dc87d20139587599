"""How the Earth turns: the shipped Earth orientation and leap seconds, with the day on which they expire.

Assumptions and limits: one row a day from 1973-01-02 on, observed and then predicted by about a year; the shipped
leap seconds hold until the day their issuer states. A flight beyond either is refused unless it is told to hold the
last row. ``tools/make_flight_tables.py`` makes the table.
Sources: IERS, finals2000A (Bulletin A) and Leap_Second.dat (Bulletin C).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files

import numpy as np
from numpy.typing import NDArray

from cupola.base.errors import DomainError
from cupola.base.time import from_mjd, to_mjd

Ints = NDArray[np.int32]

BLANK = np.iinfo(np.int32).min
PLACES = {
    "x": (18, 9, 6),
    "y": (37, 9, 6),
    "ut1": (58, 10, 7),
    "lod": (79, 7, 4),
    "dx": (97, 9, 3),
    "dy": (116, 9, 3),
}
"""Where the issuer's file prints a quantity: first column, width, digits after the point"""
_WIDTH = 188
_FLAGS = ((16, "x"), (57, "ut1"), (95, "dx"))


@dataclass(frozen=True)
class EarthOrientation:
    """Polar motion, UT1 and the pole's offsets of consecutive days, as whole numbers of the last printed digit."""

    first_mjd: int
    observed_mjd: int
    """the last observed day; predictions follow"""
    rows: dict[str, Ints]
    leap_mjd: Ints
    """(leaps,) the day from whose 00:00 UTC on the next array's value holds"""
    leap_seconds: Ints
    """(leaps,) TAI - UTC [s]"""
    leap_expiry_mjd: int
    """the day after which another leap second may have been announced"""

    @property
    def last_mjd(self) -> int:
        """The last day that both the orientation and the leap seconds cover."""
        return min(self.first_mjd + len(self.rows["x"]) - 1, self.leap_expiry_mjd)

    def check(self, first: float, last: float, *, hold: bool = False) -> None:
        """Raise DomainError unless the table covers a flight; ``hold`` allows days after its end."""
        if first < self.first_mjd or (last > self.last_mjd and not hold):
            raise DomainError(
                f"Earth orientation: the flight goes beyond the table: got {from_mjd(first)} to {from_mjd(last)}; "
                f"expected days from {from_mjd(self.first_mjd)} to {from_mjd(self.last_mjd)}. Fly within it, or hold "
                "the last row for the days after."
            )

    def tai_minus_utc(self, mjd: float) -> int:
        """Whole seconds between TAI and UTC on a day; DomainError before 1972.

        >>> load_orientation().tai_minus_utc(60_676.0)
        37
        """
        row = int(np.searchsorted(self.leap_mjd, mjd, side="right")) - 1
        if row < 0:
            raise DomainError(
                f"leap seconds: got {from_mjd(mjd)}; expected a day from {from_mjd(self.leap_mjd[0])} on."
            )
        return int(self.leap_seconds[row])

    def text(self) -> bytes:
        """The table in the layout of the issuer's file, which the library reads.

        Source of the layout: IERS, readme.finals2000A.
        """
        days = np.arange(self.rows["x"].shape[0]) + self.first_mjd
        return "\n".join([*(self._row(int(mjd)) for mjd in days), ""]).encode("ascii")

    def _row(self, mjd: int) -> str:
        day = from_mjd(mjd)
        line = list(f"{day.year % 100:2d}{day.month:2d}{day.day:2d} {mjd:8.2f}".ljust(_WIDTH))
        for place, name in _FLAGS:
            if int(self.rows[name][mjd - self.first_mjd]) != BLANK:
                line[place] = "I" if mjd <= self.observed_mjd else "P"
        for name, (at, width, digits) in PLACES.items():
            whole = int(self.rows[name][mjd - self.first_mjd])
            text = " " * width if whole == BLANK else f"{whole / 10**digits:{width}.{digits}f}"
            line[at : at + width] = text
        return "".join(line)


@lru_cache(maxsize=1)
def load_orientation() -> EarthOrientation:
    """The shipped table as ``tools/make_flight_tables.py`` wrote it."""
    where = files("cupola.data") / "environment" / "earth_orientation.npz"
    with as_file(where) as path, np.load(path, allow_pickle=False) as data:
        expiry = dt.datetime.strptime(str(data["leap_expiry"]), "%d %B %Y").date()
        return EarthOrientation(
            int(data["first"]),
            int(data["observed"]),
            {name: data[name] for name in PLACES},
            data["leap_mjd"],
            data["leap_seconds"],
            to_mjd(expiry),
        )
