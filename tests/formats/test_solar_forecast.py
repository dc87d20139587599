"""Reading a forecast issue: headings are skipped, months are strict."""

from __future__ import annotations

import datetime as dt

import pytest

from cupola.base.errors import ScenarioError
from cupola.formats.solar_forecast import MAX_LINES, next_month, read_solar_forecast

HEAD = [
    "  TABLE 3 ESTIMATES OF 13-MONTH SMOOTH SOLAR ACTIVITY FOR\r\n",
    "               BALANCE OF CYCLE 23 CYCLE 24 AND BEGINNING OF CYCLE 25\r\n",
    "\r\n",
    "    TIME         10.7 CM SOLAR FLUX   (F10.7)      GEOMAGNETIC INDEX   (Ap)\r\n",
    "                         PERCENTILE                    PERCENTILE\r\n",
    "                  95.0%       50%      5.0%     95.0%       50%      5.0%    \r\n",
]
DECEMBER = " 1998.9173   DEC   148.9     136.0     126.9      14.9      13.3      11.2     \r\n"
JANUARY = " 1999.0007   JAN   154.3     138.4     128.3      15.8      13.7      -0.9     \r\n"


def messages(*rows: str) -> str:
    with pytest.raises(ScenarioError) as caught:
        read_solar_forecast([*HEAD, *rows], "issue.txt")
    return str(caught.value)


def test_months_come_through_low_to_high() -> None:
    months = read_solar_forecast([*HEAD, DECEMBER, JANUARY], "issue.txt")
    assert [month.month for month in months] == [dt.date(1998, 12, 1), dt.date(1999, 1, 1)]
    assert months[0].f107 == (126.9, 136.0, 148.9)
    assert months[1].ap == (-0.9, 13.7, 15.8)


def test_a_repeated_last_row_is_dropped() -> None:
    assert len(read_solar_forecast([*HEAD, DECEMBER, JANUARY, JANUARY], "issue.txt")) == 2


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (JANUARY.replace("138.4", "  nan"), "cannot be read"),
        (JANUARY.replace("138.4", "  inf"), "cannot be read"),
        (JANUARY.replace("138.4", "165.0"), "F10.7: levels are out of order"),
        (JANUARY.replace("13.7", "18.7"), "Ap: levels are out of order"),
        (JANUARY.replace("JAN", "MAR"), "does not match the year"),
        (JANUARY.replace("1999", "2001"), "does not follow"),
        ("anything else\n", "cannot be read"),
        (JANUARY.rstrip() + " 1.0\n", "cannot be read"),
    ],
)
def test_a_wrong_row_is_named_with_its_line(row: str, said: str) -> None:
    found = messages(DECEMBER, row)
    assert "issue.txt:8:" in found
    assert said in found


def test_an_empty_or_huge_file_is_refused() -> None:
    assert "rows: are missing" in messages()
    assert "is too long" in messages(*["\n"] * MAX_LINES)


def test_months_follow_each_other() -> None:
    assert next_month(dt.date(2022, 11, 1)) == dt.date(2022, 12, 1)
    assert next_month(dt.date(2022, 12, 1)) == dt.date(2023, 1, 1)
