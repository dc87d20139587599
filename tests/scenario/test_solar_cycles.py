"""The forecast from past cycles: what it reads, what it refuses, and how it would have done."""

from __future__ import annotations

import datetime as dt
import doctest
from functools import cache

import numpy as np
import pytest

from cupola.base.errors import DomainError
from cupola.physics.solar_cycle import REACH, replayed_levels, smoothed
from cupola.scenario import solar, solar_cycles
from cupola.scenario.solar_cycles import (
    MONTHS,
    QUIET_FLUX,
    CycleForecast,
    Sunspots,
    forecast_from_cycles,
    month_of,
)

DAY = dt.date(1974, 2, 8)
SPANS = ((0, 12), (12, 24), (24, 132))
"""Months ahead of the as-of day"""


def forecast(as_of: dt.date) -> CycleForecast:
    record = solar._observed()
    return forecast_from_cycles(as_of, solar._sunspots(), record.first, record.f107, record.ap)


@cache
def truth() -> tuple[int, np.ndarray, np.ndarray]:
    """First month, and the 13-month-smoothed flux at 1 au and Ap that came to be."""
    record = solar._observed()
    start, end = month_of(solar.from_mjd(record.first)), 2026 * 12 + 7
    flux = solar_cycles._monthly(record.first, solar_cycles._at_one_au(record.first, record.f107), start, end)
    return start, smoothed(flux), smoothed(solar_cycles._monthly(record.first, record.ap, start, end))


def test_the_examples_run() -> None:
    result = doctest.testmod(solar_cycles)
    assert result.attempted > 0 and result.failed == 0


def test_the_record_of_sunspots_is_whole() -> None:
    spots = solar._sunspots()
    assert spots.first_month == 1749 * 12 and spots.numbers.size == 260 * 12
    assert spots.numbers[[0, -1]].tolist() == [58.0, 0.8]
    assert spots.numbers.max() == spots.numbers[month_of(dt.date(1957, 10, 1)) - spots.first_month] == 253.8


def test_a_forecast_begins_before_its_day_and_reaches_twenty_years() -> None:
    made = forecast(DAY)
    assert made.first_month == month_of(dt.date(1974, 1, 1))
    assert made.f107.shape == made.ap.shape == (3, MONTHS)
    assert made.f107.min() >= QUIET_FLUX
    assert made.name == "1974-02 (from past cycles)" and "1974-02" in made.source


def test_the_whole_month_knows_the_same() -> None:
    one, other = forecast(dt.date(1974, 2, 1)), forecast(dt.date(1974, 2, 28))
    assert np.array_equal(one.f107, other.f107) and np.array_equal(one.ap, other.ap)


@pytest.mark.parametrize("as_of", [dt.date(1957, 10, 1), dt.date(1958, 12, 31)])
def test_days_that_know_too_little_flux_are_refused(as_of: dt.date) -> None:
    with pytest.raises(DomainError, match="1959-01-01"):
        forecast(as_of)


def test_days_beyond_the_record_are_refused() -> None:
    record, spots = solar._observed(), solar._sunspots()
    with pytest.raises(DomainError, match="no sunspot number"):
        forecast(dt.date(2009, 2, 1))
    long = Sunspots(spots.first_month, np.resize(spots.numbers, 4_000), "")
    with pytest.raises(DomainError, match="daily indices"):
        forecast_from_cycles(dt.date(1990, 1, 1), long, record.first, record.f107[:9_000], record.ap[:9_000])
    with pytest.raises(DomainError, match="daily indices"):
        forecast_from_cycles(DAY, spots, record.first + 3, record.f107, record.ap)


@pytest.mark.validation
def test_the_forecast_of_1974_against_the_maximum_that_came() -> None:
    """It came higher and lasted longer than past cycles told: inside the band to 1979, above it from 1980 on."""
    made = forecast(DAY)
    start, flux, _ = truth()
    print("\nforecast of 1974-02, F10.7 smoothed at 1 au: 5, 50, 95 %, and what came")
    inside = {}
    for year in range(1975, 1986):
        months = np.arange(year * 12, year * 12 + 12)
        low, middle, high = made.f107[:, months - made.first_month]
        came = flux[months - start]
        inside[year] = int(((low <= came) & (came <= high)).sum())
        means = [level.mean() for level in (low, middle, high, came)]
        print(year, *(f"{mean:6.1f}" for mean in means), f"{inside[year]:3d} of 12 months inside")
    assert inside[1978] == inside[1979] == 12


def hindcast() -> list[tuple[float, ...]]:
    """A span a row: RMS error, bias, RMS of the naive baseline, share inside, width of the band; then those of Ap."""
    start, flux, ap = truth()
    rows = []
    for begin, end in SPANS:
        found = []
        for year in range(1960, 1996):
            made = forecast(dt.date(year, 1, 1))
            months = np.arange(begin, end)
            at = year * 12 - start
            row = []
            for levels, came in ((made.f107, flux), (made.ap, ap)):
                low, middle, high = levels[:, months + 1]
                after, last = came[at + months], came[at - REACH - 1]
                row += [middle - after, last - after, (low <= after) & (after <= high), high - low]
            found.append(row)
        columns = [np.array(column, dtype=np.float64) for column in zip(*found, strict=True)]
        rows.append(tuple(value for part in (columns[:4], columns[4:]) for value in measures(*part)))
    return rows


def measures(error: np.ndarray, naive: np.ndarray, inside: np.ndarray, width: np.ndarray) -> tuple[float, ...]:
    rms, baseline = (float(np.sqrt(np.mean(values * values))) for values in (error, naive))
    return rms, float(error.mean()), baseline, float(inside.mean()), float(width.mean())


@pytest.mark.validation
def test_the_hindcast_beats_the_last_value() -> None:
    """As of each first of January from 1960 to 1995; the figures stand in docs/design/006."""
    rows = hindcast()
    print("\nmonths ahead: F10.7 RMS, bias, naive RMS, inside, width; the same of Ap")
    for (begin, end), row in zip(SPANS, rows, strict=True):
        print(f"{begin:3d}-{end:3d}", *(f"{value:7.2f}" for value in row))
    for row, error, share in zip(rows, (14.0, 26.0, 34.0), (0.75, 0.75, 0.80), strict=True):
        rms, _, naive, inside, _ = row[:5]
        assert rms < error and rms < 0.6 * naive and inside > share


@pytest.mark.validation
def test_it_comes_near_the_archived_issues_where_both_can_be_made() -> None:
    """As of each first of January from 2000 to 2008: they err less by a quarter, and their band is too narrow."""
    start, flux, _ = truth()
    print("\nmonths ahead: F10.7 RMS and share inside, from past cycles; the same of the archived issues")
    for begin, end in SPANS:
        found: list[list[np.ndarray]] = [[], []]
        for year in range(2000, 2009):
            as_of, months = dt.date(year, 1, 1), year * 12 + np.arange(begin, end)
            came = flux[months - start]
            for issue, rows in zip((forecast(as_of), solar._issue_on(as_of)), found, strict=True):
                low, middle, high = issue.f107[:, months - issue.first_month]
                rows.append(np.array([middle - came, (low <= came) & (came <= high)]))
        own, archived = (np.concatenate(rows, axis=1) for rows in found)
        errors = [float(np.sqrt(np.mean(part[0] * part[0]))) for part in (own, archived)]
        print(
            f"{begin:3d}-{end:3d}",
            *(f"{e:6.1f} {p[1].mean():6.3f}" for e, p in zip(errors, (own, archived), strict=True)),
        )
        assert archived[1].mean() - own[1].mean() < 0.1 and errors[0] < 1.5 * errors[1]


@pytest.mark.slow
@pytest.mark.validation
def test_the_band_of_the_sunspot_number_holds_nine_in_ten() -> None:
    """As of each first of January from 1868 to 1998, when ten to twenty-one cycles were known."""
    spots = solar._sunspots()
    smooth = smoothed(spots.numbers)
    spans = (0, 12, 24, 60, 132, 240)
    found: list[list[np.ndarray]] = [[] for _ in spans[1:]]
    for year in range(1868, 1999):
        known = (year - 1749) * 12
        low, middle, high = replayed_levels(spots.numbers[:known], spans[-1] + 1)[:, 1:]
        came = np.full(spans[-1], np.nan)
        after = smooth[known : known + spans[-1]]
        came[: after.size] = after
        last = np.full(spans[-1], smooth[known - REACH - 1])
        row = np.array([middle - came, last - came, (low <= came) & (came <= high)])
        for part, begin, end in zip(found, spans[:-1], spans[1:], strict=True):
            part.append(row[:, begin:end][:, np.isfinite(came[begin:end])])
    print("\nmonths ahead: sunspot number RMS, bias, naive RMS, inside")
    for begin, end, part in zip(spans[:-1], spans[1:], found, strict=True):
        error, naive, inside = np.concatenate(part, axis=1)
        rms, baseline = np.sqrt(np.mean(error * error)), np.sqrt(np.mean(naive * naive))
        print(f"{begin:3d}-{end:3d} {rms:6.1f} {error.mean():6.1f} {baseline:6.1f} {inside.mean():6.3f}")
        assert 0.87 < inside.mean() < 0.93 and rms < baseline
