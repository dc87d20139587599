"""Indices for both engines from one row a day."""

from __future__ import annotations

import numpy as np
import pytest

from cupola.base.errors import DomainError
from cupola.flight.full_weather import observed_indices
from cupola.flight.sky import Sky

FIRST = 60_000
DAYS = np.arange(120.0)


def sky(observed: int) -> Sky:
    return Sky(FIRST, 100.0 + DAYS, 200.0 + DAYS, DAYS, observed)


def test_the_averaged_engine_sees_the_row_of_the_day() -> None:
    found = sky(FIRST + 10).averaged(FIRST + 30)
    assert (float(found.f107), float(found.f107a), float(found.ap)) == (130.0, 230.0, 30.0)
    with pytest.raises(DomainError, match="indices"):
        sky(FIRST).averaged(FIRST + 120)


def test_the_full_engine_sees_what_was_observed_and_then_the_rows() -> None:
    full, observed = sky(FIRST + 10).full(), observed_indices()
    row = FIRST + 10 - full.first_mjd
    assert full.f107[row] == observed.f107[row]
    # The flux of a day stands in the row of the day after.
    assert full.f107[row + 1] == 100.0 + 12.0
    assert full.ap[row + 1].tolist() == [11.0] * 8
    assert full.last_mjd == FIRST + 118


def test_what_is_not_finite_is_refused() -> None:
    with pytest.raises(DomainError):
        Sky(FIRST, DAYS, DAYS, np.where(DAYS == 3.0, np.nan, DAYS), FIRST)
