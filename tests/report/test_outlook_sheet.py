"""The picture of an outlook says one sentence, and escapes what people said."""

from __future__ import annotations

import datetime as dt
from typing import Any
from xml.etree import ElementTree

from cupola.report.outlook_sheet import draw, title

FIRST, LAST = dt.date(2021, 4, 1), dt.date(2023, 1, 1)


def row(day: str, end: str, *, moved: bool = False, flown: str = "", speaker: str = "Speaker") -> dict[str, Any]:
    change = {"what": "crewed_end", "from": FIRST, "to": LAST, "days": 1}
    return {
        "date": dt.date.fromisoformat(day),
        "statements": [{"speaker": speaker, "firmness": "announced", "effect": "partner b leaves after 2024"}],
        "crewed_end": dt.date.fromisoformat(end) if end else None,
        "why": "operation ends",
        "reentry": None,
        "planned_end": dt.date(2030, 9, 30),
        "others": [{"crewed_end": dt.date(2028, 1, 1), "clause": "b stays-to 2028", "speaker": "Other"}],
        "moved_by_statement": [change] if moved else [],
        "flown_as_of": dt.date.fromisoformat(flown or day),
        "flown_to": dt.date(2035, 1, 1),
    }


def test_the_title_is_a_sentence() -> None:
    rows = [row("2021-04-01", "2024-12-31"), row("2021-12-31", "2029-01-28", moved=True)]
    assert title(rows, "x") == (
        "On one statement day what was said moved the expected end of crewed operation, from 2024-12-31 to 2029-01-28."
    )
    back = [*rows, row("2022-02-01", "2024-12-31", moved=True)]
    assert title(back, "x").endswith(
        "On 2 statement days what was said moved the expected end of crewed operation, in the end back to 2024-12-31."[
            -60:
        ]
    )
    assert title([], "x") == "Nothing that was said changes x."
    assert "nothing that was said moved" in title(rows[:1], "x")


def test_it_is_one_document_with_a_mark_for_each_day_that_was_flown() -> None:
    rows = [
        row("2021-04-01", "2024-12-31"),
        row("2021-12-31", "", moved=True, speaker='<script>alert("x")</script>'),
        row("2022-02-01", "2029-01-28", flown="2021-12-31"),
    ]
    drawn = draw(rows, "x", FIRST, LAST)
    root = ElementTree.fromstring(drawn)
    space = "{http://www.w3.org/2000/svg}"
    assert root.tag == f"{space}svg"
    kinds = [part.get("class") for part in root.iter()]
    assert kinds.count("disc") == 2
    assert kinds.count("again") == 1
    assert "<script" not in drawn


def test_an_empty_outlook_is_drawn_too() -> None:
    root = ElementTree.fromstring(draw([], "x", FIRST, FIRST))
    assert "Nothing that was said changes x." in "".join(root.itertext())
