"""Reading the CSSI text: what is right comes through, what is wrong is named with its line."""

from __future__ import annotations

import datetime as dt

import pytest

from cupola.base.errors import ScenarioError
from cupola.formats.space_weather import MAX_LINES, read_space_weather

DAY = (
    "2026 08 {day:02d} 2632 15 27 20 20 17 33 20 37 23 197  12   7   7   6  18   7  22   9  11 0.6 3  61 "
    "127.7 0 117.9 135.4 124.7 115.3 131.4"
)


def text(*rows: str, count: int | None = None) -> list[str]:
    return [
        "DATATYPE CssiSpaceWeather",
        f"NUM_OBSERVED_POINTS {len(rows) if count is None else count}",
        "BEGIN OBSERVED",
        *rows,
        "END OBSERVED",
        "BEGIN DAILY_PREDICTED",
        "not read",
    ]


def messages(lines: list[str]) -> str:
    with pytest.raises(ScenarioError) as caught:
        read_space_weather(lines, "sw.txt")
    return str(caught.value)


def test_days_come_through() -> None:
    days = read_space_weather(text(DAY.format(day=20), DAY.format(day=21)), "sw.txt")
    assert [day.day for day in days] == [dt.date(2026, 8, 20), dt.date(2026, 8, 21)]
    assert (days[0].f107, days[0].ap) == (124.7, 11.0)
    assert days[0].ap_3h == (12.0, 7.0, 7.0, 6.0, 18.0, 7.0, 22.0, 9.0)


@pytest.mark.parametrize("bad", ["   nan", "   inf", "  -1.0", "9999.0", "      ", " 1_0.0", "   １２"])
def test_a_flux_that_is_no_flux_is_refused(bad: str) -> None:
    row = DAY.format(day=20)
    assert "sw.txt:4: row" in messages(text(row[:112] + bad + row[118:]))


def test_all_problems_in_one_pass() -> None:
    found = messages(text(DAY.format(day=20), DAY.format(day=22), "2026 13 01 rubbish"))
    assert "sw.txt:5: date: does not follow" in found
    assert "sw.txt:6: row: cannot be read" in found
    assert "2 problems" in found


def test_a_cut_off_file_is_refused() -> None:
    lines = text(DAY.format(day=20))
    assert "END OBSERVED: is missing" in messages(lines[:4])
    assert "BEGIN OBSERVED: is missing" in messages(lines[:1])
    assert "does not match the rows" in messages(text(DAY.format(day=20), count=2))
    assert "has no rows" in messages(text())


def test_a_count_must_be_a_number() -> None:
    lines = text(DAY.format(day=20))
    lines[1] = "NUM_OBSERVED_POINTS many"
    assert "sw.txt:2: NUM_OBSERVED_POINTS" in messages(lines)


def test_a_huge_file_is_refused() -> None:
    assert "is too long" in messages([""] * (MAX_LINES + 1))
