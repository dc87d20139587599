"""Flux and ap for the full engine: observed, constant, joined, and refused where they do not reach."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from cupola.base.errors import DomainError
from cupola.base.time import to_mjd
from cupola.flight.full_weather import Indices, constant_indices, observed_indices


def test_the_storm_of_may_2024_is_in_the_observed_indices() -> None:
    indices = observed_indices()
    row = to_mjd(dt.date(2024, 5, 11)) - indices.first_mjd
    # The day's published Ap is 271.
    assert indices.ap[row].max() == 400.0 and indices.ap[row].mean() == pytest.approx(271.0, abs=0.5)
    assert 200.0 < indices.f107[row] < 240.0


def test_a_flight_beyond_the_rows_is_refused_in_words() -> None:
    indices = constant_indices(150.0, 15.0, 60_676.0, 60_677.0)
    indices.check(60_676.0, 60_677.0)
    with pytest.raises(DomainError, match=r"goes beyond them: .*Fly within them, or give indices of a forecast"):
        indices.check(60_676.0, 60_800.0)
    with pytest.raises(DomainError, match="3 days of history"):
        indices.check(indices.first_mjd + 1.0, 60_676.0)


@pytest.mark.parametrize(("flux", "ap"), [(np.nan, 15.0), (150.0, np.inf), (5.0, 15.0), (150.0, 401.0), (150.0, -1.0)])
def test_what_is_no_flux_or_ap_is_refused(flux: float, ap: float) -> None:
    with pytest.raises(DomainError, match="out of range"):
        constant_indices(flux, ap, 60_676.0, 60_677.0)


def test_arrays_that_do_not_fit_and_spans_that_are_none_are_refused() -> None:
    with pytest.raises(DomainError, match="do not fit"):
        Indices(60_000, np.full(3, 100.0), np.full((2, 8), 5.0))
    with pytest.raises(DomainError, match="no span"):
        constant_indices(150.0, 15.0, 60_676.0, np.nan)


def test_a_forecast_follows_the_observed_rows() -> None:
    observed = observed_indices()
    later = constant_indices(120.0, 9.0, observed.last_mjd, observed.last_mjd + 30.0)
    both = observed.followed_by(later)
    both.check(observed.last_mjd - 1.0, observed.last_mjd + 30.0)
    assert both.f107[observed.last_mjd - both.first_mjd] == observed.f107[-1]
    assert both.f107[-1] == 120.0
    with pytest.raises(DomainError, match="do not follow"):
        observed.followed_by(constant_indices(120.0, 9.0, observed.last_mjd + 100.0, observed.last_mjd + 130.0))


def test_the_layout_holds_the_days_around_the_flight() -> None:
    lines = constant_indices(150.0, 15.0, 60_676.0, 60_678.0).text(60_676.0, 60_678.0).decode("ascii").splitlines()
    assert len(lines) == 1 + 3 + 2 * 45
    assert lines[1 + 45].split() == "2025 01 01 33969 33969.5 2609 16".split() + ["0.000"] * 8 + ["15"] * 9 + (
        "0 150.0 150.0 2".split()
    )
