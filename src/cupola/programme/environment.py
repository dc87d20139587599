"""What was known of the Sun on a date."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class SolarOutlook:
    """Daily solar indices: observed before ``as_of``, the forecast current on that day after it.

    ``f107`` is the 10.7 cm flux of the day before (sfu, observed, not adjusted to 1 au), ``f107a`` the 81-day
    mean centred on the day, ``ap`` the daily planetary index. Each is (low, middle, high): the 5, 50 and 95 % levels of
    the forecast; the three are equal where observed. Index 0 is ``first``.
    """

    first: dt.date
    f107: tuple[tuple[float, ...], tuple[float, ...], tuple[float, ...]]
    f107a: tuple[tuple[float, ...], tuple[float, ...], tuple[float, ...]]
    ap: tuple[tuple[float, ...], tuple[float, ...], tuple[float, ...]]
    observed_until: dt.date
    issue: str
    """Name of the forecast issue in force, e.g. ``2022-07``"""
    forecast_until: dt.date
    """Last day that the issue covers; the solar cycle before is repeated after it."""
    source: str
    from_cycles: bool = False
    """Whether the forecast was made from past cycles, as no issue is archived"""

    @property
    def issued(self) -> dt.date:
        """First day of the issue's month."""
        year, month = self.issue[:7].split("-")
        return dt.date(int(year), int(month), 1)
