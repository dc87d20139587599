"""CSV for spreadsheets: nothing in it runs."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest

from cupola.results.csv_export import to_csv


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =1", "\n=1"])
def test_a_formula_is_made_text(cell: str) -> None:
    rows = list(csv.reader(io.StringIO(to_csv({"id": [cell]}))))
    assert rows[1][0] == f"'{cell}"


def test_a_carriage_return_cannot_begin_a_row() -> None:
    assert to_csv({"id": ["\r=1", "a\r\n=1"]}) == 'id\n\' =1\n"a \n=1"\n'


def test_values_are_plain() -> None:
    text = to_csv({"n": [-1.5, None], "t": ["a,b", 'say "x"'], "d": [dt.date(2030, 1, 2), None], "b": [True, False]})
    assert list(csv.reader(io.StringIO(text))) == [
        ["n", "t", "d", "b"],
        ["-1.5", "a,b", "2030-01-02", "true"],
        ["", 'say "x"', "", "false"],
    ]
