"""Write the shipped solar tables from the CSSI space-weather text and the MSFC forecast issues.

    python tools/make_solar_tables.py SHARED [OUT]
    python tools/make_solar_tables.py --sunspots TEXT [OUT]

SHARED holds ``data/spaceweather/cssi_space_weather_1957_2026.txt`` and ``data/spaceweather/msafe/*.txt``;
TEXT is the file ``sunspots_monthly.dat``, which the package statsmodels carries in ``datasets/sunspots/src``;
OUT defaults to ``src/cupola/data/environment``. All tables keep the printed tenths as 16-bit integers.

A flare's radio burst lifts the 10.7 cm flux for an hour and says nothing about the ultraviolet that heats
the air. A day above 1.5 times the median of the eleven days around it is such a burst (nineteen days since
1957; no other day comes above 1.45 times); it takes the value of the day before.
"""

from __future__ import annotations

import datetime as dt
import re
import sys
from pathlib import Path

import numpy as np

from cupola.base.time import to_mjd
from cupola.formats.solar_forecast import ForecastMonth, read_solar_forecast
from cupola.formats.space_weather import read_space_weather

FIRST = dt.date(1957, 10, 1)
BURST = 1.5
OBSERVED_SOURCE = "CSSI space weather data, CelesTrak (T. S. Kelso), updated 2026-08-22"
FORECAST_SOURCE = "Solar activity future estimation (MSAFE), table 3, NASA Marshall Space Flight Center, issue {issue}"
SPOTS_FIRST, SPOTS_LAST = 1749, 2008
"""Years of sunspot numbers kept; those after 2008 are called preliminary in the file."""
SPOTS_SOURCE = (
    "monthly mean sunspot numbers 1749-2008 (international, version 1), NOAA National Geophysical Data Center "
    "(by way of statsmodels 0.15.0)"
)
_YEAR_ROW = re.compile(r"(\d{4})((?:\s+\d{1,3}\.\d){12})\s*", re.ASCII)
_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = dict(zip(_NAMES, range(1, 13), strict=True))


def without_bursts(flux: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The flux with the days of radio bursts replaced by the day before, and the indices of those days."""
    around = np.lib.stride_tricks.sliding_window_view(np.pad(flux, 5, mode="edge"), 11)
    bursts = np.flatnonzero(flux > BURST * np.median(around, axis=1))
    cleaned = flux.copy()
    for index in bursts:
        cleaned[index] = cleaned[index - 1]
    return cleaned, bursts


def write_observed(text: Path, out: Path) -> None:
    """Write ``solar_observed.npz``: daily flux and Ap from FIRST on."""
    days = [day for day in read_space_weather(text.read_text("ascii").splitlines(), text.name) if day.day >= FIRST]
    flux, bursts = without_bursts(np.array([day.f107 for day in days]))
    np.savez_compressed(
        out / "solar_observed.npz",
        first=np.int64(to_mjd(days[0].day)),
        f107=np.round(flux * 10).astype(np.int16),
        ap=np.array([day.ap for day in days], dtype=np.int16),
        source=np.array(OBSERVED_SOURCE),
    )
    print(f"observed: {days[0].day} to {days[-1].day}; bursts:", *(str(days[index].day) for index in bursts))


def issue_of(path: Path) -> int:
    """The issue's year and month from a name such as ``jul2022f10_prd.txt``: 202207."""
    return int(path.name[3:7]) * 100 + _MONTHS[path.name[:3]]


def write_forecasts(folder: Path, out: Path) -> None:
    """Write ``solar_forecast.npz``: every issue's months, one below the other."""
    issues: dict[int, tuple[ForecastMonth, ...]] = {}
    for path in sorted(folder.glob("*.txt"), key=issue_of):
        issues[issue_of(path)] = read_solar_forecast(path.read_text("ascii").splitlines(), path.name)
    rows = [month for months in issues.values() for month in months]
    np.savez_compressed(
        out / "solar_forecast.npz",
        issue=np.array(list(issues), dtype=np.int32),
        first=np.array([m[0].month.year * 12 + m[0].month.month - 1 for m in issues.values()], dtype=np.int32),
        start=np.cumsum([0, *(len(months) for months in issues.values())], dtype=np.int32),
        f107=np.array([[round(value * 10) for value in row.f107] for row in rows], dtype=np.int16).T,
        ap=np.array([[round(value * 10) for value in row.ap] for row in rows], dtype=np.int16).T,
        source=np.array(FORECAST_SOURCE),
    )
    print(f"forecasts: {len(issues)} issues, {len(rows)} months")


def sunspot_numbers(text: str) -> np.ndarray:
    """The numbers of the years SPOTS_FIRST to SPOTS_LAST; ValueError unless each has its row of twelve, in order."""
    rows = [match for line in text.splitlines() if (match := _YEAR_ROW.fullmatch(line))]
    kept = [row for row in rows if int(row[1]) <= SPOTS_LAST]
    years = [int(row[1]) for row in kept]
    if years != list(range(SPOTS_FIRST, SPOTS_LAST + 1)):
        raise ValueError(f"expected a row of twelve months for each year from {SPOTS_FIRST} to {SPOTS_LAST}, in order")
    return np.array([float(value) for row in kept for value in row[2].split()])


def write_sunspots(text: Path, out: Path) -> None:
    """Write ``sunspots.npz``: monthly sunspot numbers from SPOTS_FIRST to SPOTS_LAST."""
    numbers = sunspot_numbers(text.read_text("ascii"))
    np.savez_compressed(
        out / "sunspots.npz",
        first=np.int64(SPOTS_FIRST * 12),
        number=np.round(numbers * 10).astype(np.int16),
        source=np.array(SPOTS_SOURCE),
    )
    print(f"sunspots: {numbers.size} months from {SPOTS_FIRST}-01 on")


def main(arguments: list[str]) -> None:
    """Write the tables of the days and the issues, or that of the sunspots."""
    spots = arguments[0] == "--sunspots"
    given = arguments[1:] if spots else arguments
    home = Path(__file__).resolve().parent.parent / "src" / "cupola" / "data" / "environment"
    out = Path(given[1]) if len(given) > 1 else home
    out.mkdir(parents=True, exist_ok=True)
    if spots:
        write_sunspots(Path(given[0]), out)
        return
    data = Path(given[0]) / "data" / "spaceweather"
    write_observed(data / "cssi_space_weather_1957_2026.txt", out)
    write_forecasts(data / "msafe", out)


if __name__ == "__main__":
    main(sys.argv[1:])
