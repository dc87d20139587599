"""An old forecast is laid beside the record, number by number, and the naive forecast beside both."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from cupola.analysis.hindsight import BEATS, FAILS, differences, mean_error, score
from cupola.base.errors import ScenarioError

FIXTURE = Path(__file__).parents[1] / "fixtures" / "small"
AS_OF, UNTIL = dt.date(2022, 7, 20), dt.date(2023, 1, 31)


def test_the_numbers_are_those_of_the_forecast_and_of_the_record() -> None:
    rows, last = score(str(FIXTURE), AS_OF, UNTIL)
    assert AS_OF < last <= UNTIL
    by_what = {row["what"].split(":")[0].split(",")[0]: row for row in rows}
    assert any(what.startswith("mean altitude on 2 recorded days") for what in by_what)
    assert any(what.startswith("people aboard") for what in by_what)
    assert "ships that arrived" in by_what
    for row in rows:
        assert row["residual"] >= 0.0
        assert row["verdict"] == (BEATS if row["residual"] < row["naive"] else FAILS)
        assert row["baseline"]
    altitude = next(row for row in rows if row["what"].startswith("mean altitude"))
    # The last altitude known on the day was 400.4 km; 400.0 and 399.6 km followed.
    assert altitude["naive"] == pytest.approx(0.6)


def test_totals_score_the_corrections_of_the_orbit(tmp_path: Path) -> None:
    place = tmp_path / "small"
    shutil.copytree(FIXTURE, place)
    head = "id,what,day,value,source,status\n"
    counts = "one,reboosts,2015-06-05,0,invented,K\ntwo,reboosts,2022-08-01,100,invented,K\n"
    (place / "totals.csv").write_text(head + counts + "three,reboosts,2022-12-01,112,invented,K\n")
    rows, _ = score(str(place), AS_OF, UNTIL)
    (row,) = [row for row in rows if row["what"] == "orbit corrections 2022-08-01 to 2022-12-01"]
    assert row["happened"] == "12"
    assert row["naive"] == pytest.approx(12 - 100 * 122 / (dt.date(2022, 8, 1) - dt.date(2015, 6, 5)).days)


def test_a_day_without_a_record_after_it_is_refused() -> None:
    with pytest.raises(ScenarioError, match="no record that follows"):
        score(str(FIXTURE), dt.date(2030, 1, 1))


def test_sums_of_differences() -> None:
    from collections import Counter

    assert differences(Counter(a=2, b=1), Counter(a=1, c=3)) == 5.0
    assert mean_error([1.0, 3.0], [2.0, 5.0]) == 1.5
