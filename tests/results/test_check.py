"""A table that is not as specified is refused before it is written."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pytest

from cupola.base.errors import InvariantError
from cupola.base.tables import FLOWS, STAYS
from cupola.results.check import check_table


def flows(**changed: Any) -> dict[str, Any]:
    good = {"future": [0, 0], "year": [2030, 2031], "commodity": ["a", "b"], "cause": ["c", "d"], "amount": [1.0, 2]}
    return {**good, **changed}


def test_missing_values_keep_their_place() -> None:
    checked = check_table(FLOWS, flows(amount=np.ma.array([1.0, 2.0], mask=[True, False]), cause=[None, "d"]))
    assert checked["amount"].missing.tolist() == [True, False]
    assert checked["cause"].missing.tolist() == [True, False]
    assert checked["year"].values.dtype == np.int32


def test_not_a_time_is_missing() -> None:
    days = np.array(["2030-01-02", "NaT"], dtype="datetime64[D]")
    base = {column.name: [0, 0] for column in STAYS.columns}
    texts = {name: ["x", "y"] for name in ("flight", "name", "vehicle", "partner", "port")}
    checked = check_table(STAYS, {**base, **texts, "arrived": days, "left": [None, np.datetime64("2030-01-03")], "recorded": [True, False]})  # fmt: skip # noqa: E501
    assert checked["arrived"].missing.tolist() == [False, True]
    assert checked["left"].values.tolist() == [0, (dt.date(2030, 1, 3) - dt.date(1970, 1, 1)).days]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"amount": [1.0, float("nan")]}, "column amount, row 1: got 'nan'"),
        ({"amount": np.array([float("inf"), 1.0])}, "column amount, row 0: got 'inf'"),
        ({"amount": [1.0, True]}, "column amount, row 1"),
        ({"amount": [1.0, "2"]}, "column amount, row 1"),
        ({"year": [2030, 2031.5]}, "column year, row 1"),
        ({"year": [2030, 2**31]}, "column year, row 1"),
        ({"cause": ["c", 4]}, "column cause, row 1"),
        ({"cause": ["c", "x\0y"]}, "column cause, row 1"),
        ({"cause": ["c"]}, "differ in length"),
        ({"colour": ["c", "d"]}, "unknown colour"),
    ],
)
def test_a_wrong_cell_is_named(changed: dict[str, Any], message: str) -> None:
    with pytest.raises(InvariantError, match=message):
        check_table(FLOWS, flows(**changed))


def test_a_missing_column_is_named() -> None:
    table = flows()
    del table["year"]
    with pytest.raises(InvariantError, match="table flows: lacks year"):
        check_table(FLOWS, table)
