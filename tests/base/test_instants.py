"""Instants: leap seconds, time systems, and the two ends of what is known."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cupola.base.errors import DomainError
from cupola.base.instants import (
    LEAP_SECONDS,
    NS,
    format_instant,
    from_utc_day,
    parse_instant,
    utc_day,
)

FIRST, LAST = parse_instant("1972-01-01T00:00:00"), parse_instant("2027-06-28T23:59:59")


def test_the_systems_differ_as_defined() -> None:
    utc = parse_instant("2021-08-13T12:00:00Z")
    assert utc == parse_instant("2021-08-13T12:00:37", "TAI")
    assert utc == parse_instant("2021-08-13T12:01:09.184", "TT")
    assert utc == parse_instant("2021-08-13T12:00:18", "GPS")


def test_ordinal_and_calendar_days_are_the_same() -> None:
    assert parse_instant("2021-225T12:40:19.983Z") == parse_instant("2021-08-13T12:40:19.983")
    assert parse_instant("2020-366T00:00:00") == parse_instant("2020-12-31T00:00:00")


def test_a_leap_second_takes_a_second() -> None:
    before, leap, after = (
        parse_instant(text) for text in ("2016-12-31T23:59:59", "2016-12-31T23:59:60", "2017-01-01T00:00:00")
    )
    assert (leap - before, after - leap) == (NS, NS)
    assert [format_instant(instant) for instant in (before, leap, after)] == [
        "2016-12-31T23:59:59.000",
        "2016-12-31T23:59:60.000",
        "2017-01-01T00:00:00.000",
    ]
    assert utc_day(leap)[1] == 86_400


@pytest.mark.parametrize(
    ("text", "system", "words"),
    [
        ("2021-08-13", "UTC", "is not a date and time"),
        ("2021-08-13T12:00", "UTC", "is not a date and time"),
        ("2021-08-13T12:00:٣٣", "UTC", "is not a date and time"),
        ("2021-02-29T00:00:00", "UTC", "not a day of the calendar"),
        ("2021-000T00:00:00", "UTC", "not a day of the calendar"),
        ("2021-366T00:00:00", "UTC", "not a day of the calendar"),
        ("2021-08-13T24:00:00", "UTC", "not a time of day"),
        ("2021-08-13T12:60:00", "UTC", "not a time of day"),
        ("2021-08-13T23:59:60", "UTC", "not a leap second"),
        ("2016-12-31T22:59:60", "UTC", "not a leap second"),
        ("2016-12-31T23:59:60", "TAI", "not a time of day"),
        ("2021-08-13T12:00:00Z", "TAI", "ends with Z"),
        ("2021-08-13T12:00:00", "TDB", "no time system known here"),
        ("1971-12-31T23:59:59", "UTC", "before 1972-01-01"),
        ("2027-06-29T00:00:00", "UTC", "beyond the table of leap seconds, which ends 2027-06-28"),
        ("0001-01-01T00:00:00", "TAI", "outside the years"),
        ("9999-12-31T00:00:00", "TAI", "outside the years"),
    ],
)
def test_what_is_no_instant_is_refused(text: str, system: str, words: str) -> None:
    with pytest.raises(DomainError, match=words):
        parse_instant(text, system)


def test_who_plans_beyond_the_table_says_so() -> None:
    held = LEAP_SECONDS.held_until(dt.date(2040, 1, 1))
    instant = parse_instant("2035-05-06T07:08:09", leap=held)
    assert format_instant(instant, leap=held) == "2035-05-06T07:08:09.000"
    with pytest.raises(DomainError, match="beyond the table"):
        format_instant(instant)
    assert LEAP_SECONDS.held_until(dt.date(2000, 1, 1)) == LEAP_SECONDS


def test_digits_beyond_the_nanosecond_are_rounded() -> None:
    first = parse_instant("2021-08-13T12:00:00")
    assert parse_instant("2021-08-13T12:00:00.00000000049") == first
    assert parse_instant("2021-08-13T12:00:00.9999999999999") == first + NS


@given(st.integers(FIRST, LAST), st.sampled_from(["UTC", "TAI", "TT", "GPS"]))
def test_what_is_written_is_read(instant: int, system: str) -> None:
    assert parse_instant(format_instant(instant, system), system) == instant


@given(st.integers(FIRST, LAST))
def test_days_come_back(instant: int) -> None:
    mjd, second, nanoseconds = utc_day(instant)
    assert from_utc_day(mjd, second * NS + nanoseconds) == instant
