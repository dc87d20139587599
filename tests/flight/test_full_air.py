"""The air the full engine flies through is NRLMSISE-00 with the history of ap, as another program gives it."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pymsis
import pytest

from cupola.base.time import to_mjd
from cupola.flight.full_library import library, load_weather, moment
from cupola.flight.full_weather import Indices, constant_indices, observed_indices


def history(indices: Indices, row: int, hour: float) -> list[float]:
    """The seven numbers of the model: daily, now, 3, 6 and 9 hours before, means of 12-33 and 36-57 hours before."""
    flat, now = indices.ap.ravel(), 8 * row + int(hour // 3)
    before = [float(flat[now - k]) for k in range(4)]
    return [float(indices.ap[row].mean()), *before, *(float(flat[now - k - 8 : now - k].mean()) for k in (3, 11))]


def pair(day: dt.date, hour: float, indices: Indices) -> tuple[float, float]:
    mjd = to_mjd(day)
    load_weather(indices.text(mjd, mjd + 1))
    instant = np.datetime64(day, "us") + np.timedelta64(round(hour * 3_600), "s")
    ours = library().nrlmsise00(410.0, latitude_deg=30.0, longitude_deg=20.0, time=moment(instant))[0]
    row = mjd - indices.first_mjd
    flux, mean = indices.f107[row - 1], indices.f107[row - 40 : row + 41].mean()
    seven = [history(indices, row, hour)]
    given = (instant, 20.0, 30.0, 410.0, flux, mean, seven)
    theirs = pymsis.calculate(*given, version=0, geomagnetic_activity=-1)
    return ours, float(theirs.ravel()[0])


@pytest.mark.parametrize("hour", [0.0, 5.5, 12.0, 22.0])
@pytest.mark.parametrize("day", [dt.date(2025, 1, 1), dt.date(2024, 5, 11), dt.date(2009, 1, 10), dt.date(2000, 7, 16)])
def test_density_through_storms_and_quiet(day: dt.date, hour: float) -> None:
    ours, theirs = pair(day, hour, observed_indices())
    assert ours == pytest.approx(theirs, rel=1e-3)


def test_density_at_constant_indices() -> None:
    ours, theirs = pair(dt.date(2025, 1, 1), 7.0, constant_indices(150.0, 15.0, 60_676.0, 60_677.0))
    assert ours == pytest.approx(theirs, rel=1e-5)
