"""The shipped Earth orientation: what it covers, what it says beyond, and the layout handed on."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from cupola.base.errors import DomainError
from cupola.base.time import to_mjd
from cupola.flight.full_earth import BLANK, load_orientation


def test_it_covers_1973_to_the_day_on_which_it_expires() -> None:
    table = load_orientation()
    assert table.first_mjd == to_mjd(dt.date(1973, 1, 2))
    assert table.observed_mjd < table.last_mjd
    assert table.last_mjd == table.leap_expiry_mjd == to_mjd(dt.date(2027, 6, 28))
    table.check(table.first_mjd, table.last_mjd)


def test_a_day_beyond_is_said_with_what_to_do() -> None:
    table = load_orientation()
    with pytest.raises(DomainError, match=r"got 2027-06-01 to 2027-07-05; expected days from 1973-01-02 to 2027-06-28"):
        table.check(to_mjd(dt.date(2027, 6, 1)), to_mjd(dt.date(2027, 7, 5)))
    table.check(to_mjd(dt.date(2027, 6, 1)), to_mjd(dt.date(2027, 7, 5)), hold=True)
    with pytest.raises(DomainError, match="goes beyond the table"):
        table.check(to_mjd(dt.date(1972, 6, 1)), to_mjd(dt.date(1974, 1, 1)), hold=True)


@pytest.mark.parametrize(
    ("day", "seconds"), [((1972, 1, 1), 10), ((1998, 12, 31), 31), ((1999, 1, 1), 32), ((2017, 1, 1), 37)]
)
def test_leap_seconds(day: tuple[int, int, int], seconds: int) -> None:
    assert load_orientation().tai_minus_utc(to_mjd(dt.date(*day))) == seconds


def test_there_are_no_leap_seconds_before_1972() -> None:
    with pytest.raises(DomainError, match="expected a day from 1972-01-01 on"):
        load_orientation().tai_minus_utc(41_000.0)


def test_the_layout_reads_back_to_the_same_numbers() -> None:
    table = load_orientation()
    lines = table.text().decode("ascii").splitlines()
    assert len(lines) == len(table.rows["x"]) and {len(line) for line in lines} == {188}
    assert [int(line[:2]) for line in lines[:2]] == [73, 73] and float(lines[0][7:15]) == table.first_mjd
    for name, (one, two, digits) in {"x": (18, 27, 6), "ut1": (58, 68, 7), "dx": (97, 106, 3)}.items():
        read = [round(float(line[one:two]) * 10**digits) if line[one:two].strip() else BLANK for line in lines]
        assert np.array_equal(read, table.rows[name])
