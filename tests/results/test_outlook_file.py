import copy
import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from cupola.base.errors import RunError
from cupola.results import read_outlook
from cupola.results.outlook_file import MAX_BYTES, MAX_ROWS

ROW: dict[str, Any] = {
    "date": "2022-07-26",
    "flown_as_of": "2022-07-26",
    "flown_to": "2031-01-01",
    "crewed_end": "2025-01-28",
    "reentry": None,
    "planned_end": "2030-12-31",
    "planned_reentry": None,
    "why": "no reboost",
    "reboost": "A, B",
    "reboost_after": "A",
    "changes": True,
    "flown_before": False,
    "statements": [
        {"speaker": "Head of B", "firmness": "announced", "effect": "b leaves", "source": "page", "id": "x"}
    ],
    "others": [{"clause": "b stays", "speaker": "B", "crewed_end": None, "topic": "exit"}],
    "moved_by_statement": [{"what": "crewed_end", "from": "2029-01-28", "to": "2025-01-28", "days": -1461}],
    "claims": [],
}
PAGE: dict[str, Any] = {
    "scenario": "small",
    "from": "2022-01-01",
    "to": "2022-12-31",
    "picture": None,
    "outlook": [ROW],
}


def written(folder: Path, page: Any) -> Path:
    place = folder / "outlook.json"
    place.write_text(page if isinstance(page, str) else json.dumps(page), encoding="utf-8")
    return place


def test_what_the_verb_prints_is_read_with_its_dates(tmp_path: Path) -> None:
    found = read_outlook(written(tmp_path, PAGE))
    assert (found.scenario, found.first, found.last) == ("small", dt.date(2022, 1, 1), dt.date(2022, 12, 31))
    (row,) = found.rows
    assert (row["crewed_end"], row["reentry"]) == (dt.date(2025, 1, 28), None)
    assert row["moved_by_statement"][0]["days"] == -1461
    assert "claims" not in row and "id" not in row["statements"][0]


def spoilt(key: str, value: Any) -> dict[str, Any]:
    page = copy.deepcopy(PAGE)
    page["outlook"][0][key] = value
    return page


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("", "no outlook"),
        ("[]", "the file is no mapping"),
        ('{"scenario": NaN}', "NaN"),
        ('{"scenario": "a", "scenario": "b"}', "twice"),
        ("[" * 100_000, "no outlook"),
        ({**PAGE, "from": "yesterday"}, "from is not a date"),
        ({**PAGE, "outlook": [ROW] * (MAX_ROWS + 1)}, f"at most {MAX_ROWS}"),
        (spoilt("crewed_end", "2025-02-30"), r"outlook\[0\].crewed_end is not a date or null"),
        (spoilt("changes", 1), "changes is not true or false"),
        (spoilt("why", "x" * 5_000), "why is not a text"),
        (spoilt("statements", "x"), "statements is no list"),
        (spoilt("moved_by_statement", [{"what": "x", "from": None, "to": None, "days": True}]), "days"),
    ],
)
def test_another_form_is_refused_with_its_place(tmp_path: Path, page: Any, words: str) -> None:
    with pytest.raises(RunError, match=words):
        read_outlook(written(tmp_path, page))


def test_what_is_no_plain_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="no such file"):
        read_outlook(tmp_path / "nothing.json")
    large = tmp_path / "large.json"
    large.write_bytes(b" " * (MAX_BYTES + 1))
    with pytest.raises(RunError, match="too large"):
        read_outlook(large)
    link = tmp_path / "link.json"
    link.symlink_to(written(tmp_path, PAGE))
    with pytest.raises(RunError, match="link"):
        read_outlook(link)
