"""The solar outlook as of a date: nothing later is used, and the forecast goes on where the record ends."""

from __future__ import annotations

import datetime as dt
import doctest
import hashlib

import numpy as np
import pytest

from cupola.base.errors import DomainError
from cupola.base.time import from_mjd
from cupola.programme.environment import SolarOutlook
from cupola.scenario import solar
from cupola.scenario.solar import solar_outlook
from cupola.scenario.solar_cycles import Sunspots

TODAY = dt.date(2022, 7, 26)
LATER = dt.date(2026, 8, 1)
BEFORE_ISSUES = dt.date(1974, 2, 8)


def day(moment: dt.date, start: dt.date) -> int:
    return (moment - start).days


def test_the_example_runs() -> None:
    result = doctest.testmod(solar)
    assert result.attempted > 0 and result.failed == 0


def test_the_past_is_what_was_observed() -> None:
    start = dt.date(2022, 1, 1)
    then = solar_outlook(TODAY, start, dt.date(2023, 1, 1))
    now = solar_outlook(LATER, start, dt.date(2023, 1, 1))
    known = day(TODAY, start)
    # The flux in use is that of the day before: so the as-of day's own is the last observed one.
    for level in range(3):
        assert then.f107[level][: known + 1] == now.f107[1][: known + 1]
        assert then.ap[level][:known] == now.ap[1][:known]
        assert then.f107a[level][:known] == then.f107a[1][:known]
    assert then.observed_until == dt.date(2022, 7, 25)
    assert then.f107[1][known + 1] != now.f107[1][known + 1]


def test_the_future_stays_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    start, end = dt.date(2022, 1, 1), dt.date(2023, 1, 1)
    before = solar_outlook(TODAY, start, end)
    record = solar._observed()
    known = day(TODAY, from_mjd(record.first))
    changed = record.f107.copy(), record.ap.copy()
    changed[0][known:] = 999.0
    changed[1][known:] = 399.0
    monkeypatch.setattr(solar, "_observed", lambda: solar._Observed(record.first, *changed, record.source))
    assert solar_outlook(TODAY, start, end) == before


def test_81_day_means_are_centred_on_their_day() -> None:
    start = dt.date(2010, 1, 1)
    outlook = solar_outlook(LATER, start, dt.date(2010, 12, 31))
    flux = np.array(outlook.f107[1])
    for index in (40, 100, 200):
        # A row's flux is that of the day before it; its mean is that around the day itself.
        assert outlook.f107a[1][index] == pytest.approx(flux[index - 39 : index + 42].mean(), rel=1e-12)


def test_the_forecast_is_that_of_the_issue_in_force() -> None:
    outlook = solar_outlook(TODAY, TODAY, dt.date(2024, 12, 31))
    assert outlook.issue == "2022-07"
    # The issue's row for July 2024 reads 178.0, 142.6, 82.7 and 16.3, 10.8, 7.2; it stands for noon of the 16th.
    index = day(dt.date(2024, 7, 17), TODAY)
    distance = solar.sun_distance(60_507.5)
    found = [level[index] * distance * distance for level in outlook.f107]
    assert found == pytest.approx([82.7, 142.6, 178.0], abs=1e-9)
    assert [level[index - 1] for level in outlook.ap] == pytest.approx([7.2, 10.8, 16.3], abs=1e-9)
    assert solar_outlook(dt.date(2022, 6, 30), TODAY, TODAY).issue == "2022-06"


def test_the_outlook_tells_when_its_forecast_was_issued_and_of_what_it_is_made() -> None:
    archived, own = (solar_outlook(as_of, as_of, as_of) for as_of in (TODAY, BEFORE_ISSUES))
    assert archived.issued == dt.date(2022, 7, 1) and not archived.from_cycles
    assert own.issued == dt.date(1974, 2, 1) and own.from_cycles
    assert solar_outlook(LATER, LATER, LATER).issued == dt.date(2026, 3, 1)


def test_an_issue_is_current_from_the_first_of_its_month_and_until_the_next() -> None:
    assert solar_outlook(dt.date(2022, 7, 1), TODAY, TODAY).issue == "2022-07"
    assert solar_outlook(dt.date(2026, 8, 1), TODAY, TODAY).issue == "2026-03"


def test_beyond_the_issue_the_last_eleven_years_come_again() -> None:
    outlook = solar_outlook(TODAY, TODAY, dt.date(2070, 1, 1))
    assert outlook.forecast_until == dt.date(2041, 10, 16)

    def smoothed(moment: dt.date) -> float:
        days = (moment - dt.date(1858, 11, 17)).days - 1
        return outlook.f107[1][day(moment, TODAY)] * float(solar.sun_distance(days + 0.5)) ** 2

    for moment in (dt.date(2043, 1, 17), dt.date(2050, 6, 17), dt.date(2060, 3, 17)):
        earlier = moment.replace(year=moment.year - 11)
        assert smoothed(moment) == pytest.approx(smoothed(earlier), rel=2e-3)


def test_all_numbers_are_finite_and_plausible() -> None:
    for as_of in (dt.date(1999, 3, 1), dt.date(2009, 12, 31), TODAY, dt.date(2027, 1, 1)):
        outlook = solar_outlook(as_of, dt.date(1999, 6, 1), dt.date(2045, 1, 1))
        for table, least, most in ((outlook.f107, 55.0, 400.0), (outlook.f107a, 60.0, 300.0), (outlook.ap, 0.0, 300.0)):
            values = np.array(table)
            assert values.shape == (3, day(dt.date(2045, 1, 1), dt.date(1999, 6, 1)) + 1)
            assert np.isfinite(values).all() and values.min() >= least and values.max() <= most


def unlike_after(moment: dt.date, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another Sun from a day on: daily from that day, sunspots from its month."""
    record, spots = solar._observed(), solar._sunspots()
    daily, month = day(moment, from_mjd(record.first)), moment.year * 12 + moment.month - 1 - spots.first_month
    flux, ap, numbers = record.f107.copy(), record.ap.copy(), spots.numbers.copy()
    flux[daily:], ap[daily:], numbers[month:] = 999.0, 399.0, 500.0
    monkeypatch.setattr(solar, "_observed", lambda: solar._Observed(record.first, flux, ap, record.source))
    monkeypatch.setattr(solar, "_sunspots", lambda: Sunspots(spots.first_month, numbers, spots.source))


@pytest.mark.parametrize("as_of", [dt.date(1959, 1, 1), dt.date(1965, 1, 31), BEFORE_ISSUES, dt.date(1999, 2, 28)])
def test_before_the_issues_the_future_stays_unknown_too(as_of: dt.date, monkeypatch: pytest.MonkeyPatch) -> None:
    start, end = dt.date(1958, 6, 1), dt.date(1999, 12, 31)
    before = solar_outlook(as_of, start, end)
    unlike_after(as_of, monkeypatch)
    assert solar_outlook(as_of, start, end) == before


def test_before_the_issues_what_was_known_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    start, end = dt.date(1980, 1, 1), dt.date(1980, 12, 31)
    before = solar_outlook(BEFORE_ISSUES, start, end)
    unlike_after(dt.date(1974, 1, 1), monkeypatch)
    after = solar_outlook(BEFORE_ISSUES, start, end)
    assert after.f107 != before.f107 and after.ap != before.ap


@pytest.mark.parametrize("as_of", [dt.date(1959, 1, 1), dt.date(1964, 10, 31), BEFORE_ISSUES, dt.date(1999, 2, 28)])
def test_before_the_issues_the_levels_are_in_order(as_of: dt.date) -> None:
    outlook = solar_outlook(as_of, as_of, dt.date(2030, 1, 1))
    assert outlook.issue == f"{as_of:%Y-%m} (from past cycles)"
    assert outlook.forecast_until > dt.date(as_of.year + 19, as_of.month, 1)
    # The floor is the flux of a quiet Sun, seen in July from 1.0167 au.
    for table, least, most in ((outlook.f107, 64.8, 330.0), (outlook.f107a, 64.8, 330.0), (outlook.ap, 0.0, 60.0)):
        values = np.array(table)
        assert np.isfinite(values).all() and values.min() >= least and values.max() <= most
        # Running sums of levels that stand on the same floor part by rounding.
        assert np.diff(values, axis=0).min() > -1e-9


def hashed(outlook: SolarOutlook) -> str:
    """Of the levels to a millionth, so that another machine's last bit of a cosine does not count."""
    levels = np.array([outlook.f107, outlook.f107a, outlook.ap])
    return hashlib.sha256(np.round(levels * 1e6).astype(np.int64).tobytes()).hexdigest()[:16]


def test_from_the_first_issue_on_past_cycles_play_no_part(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise AssertionError

    monkeypatch.setattr(solar, "_sunspots", refuse)
    start, end = dt.date(1999, 6, 1), dt.date(2045, 1, 1)
    assert solar_outlook(dt.date(1999, 3, 1), start, end).issue == "1999-03"
    # As computed before past cycles came in.
    assert hashed(solar_outlook(TODAY, start, end)) == "e710b9e3cac4a551"


@pytest.mark.parametrize(
    ("as_of", "first", "last"),
    [
        (dt.date(1958, 12, 31), TODAY, TODAY),
        (TODAY, dt.date(1957, 11, 10), TODAY),
        (TODAY, TODAY, dt.date(2022, 7, 25)),
        (TODAY, TODAY, dt.date(2300, 1, 1)),
    ],
)
def test_dates_without_data_are_refused(as_of: dt.date, first: dt.date, last: dt.date) -> None:
    with pytest.raises(DomainError):
        solar_outlook(as_of, first, last)
