from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import numpy as np

from cupola.report.view import Tables, as_mapping, manifest_date


@dataclass(frozen=True)
class Plain:
    scenario: str
    as_of: dt.date


def test_columns_of_every_kind_become_plain_rows(case: Any) -> None:
    case.tables["series"] = {
        "future": np.array([0, 0]),
        "date": np.array(["2025-01-01", "NaT"], dtype="datetime64[D]"),
        "altitude": np.array([417.5, np.nan]),
        "attitude": np.array([True, False]),
        "unknown": [1, 2],
    }
    first, second = Tables(case, "case").rows("series")
    assert first.values == {"future": 0, "date": dt.date(2025, 1, 1), "altitude": 417.5, "attitude": True}
    assert (second.number("altitude"), second.date("date"), second.flag("attitude")) == (None, None, False)
    assert type(first.number("altitude")) is float


def test_rows_of_case_and_baseline_have_different_anchors(case: Any, baseline: Any) -> None:
    assert Tables(case, "case").rows("series")[3].anchor == "row-series-3"
    assert Tables(baseline, "baseline").rows("series")[3].anchor == "row-baseline-series-3"


def test_missing_table_is_empty(baseline: Any) -> None:
    assert Tables(baseline, "baseline").rows("answers") == []


def test_manifest_may_be_a_dataclass() -> None:
    manifest = as_mapping(Plain("x", dt.date(2022, 7, 26)))
    assert manifest_date(manifest, "as_of") == dt.date(2022, 7, 26)
    assert manifest_date({"span": {"start": "2022-07-26"}, "as_of": "soon"}, "as_of", "span.start") == dt.date(
        2022, 7, 26
    )
    assert manifest_date({}, "as_of") is None
