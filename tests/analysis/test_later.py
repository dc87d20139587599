"""Numbers of a forecast that rest on later texts."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from cupola.analysis.later import later_sources, latest_year
from support.nouns import q
from support.small_station import small


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("GCAT 2021-24: 3, 2, 2, 2; signed 2022-07-14", 2024),
        ("SpaceNews 2025-04", 2025),
        ("practice 2021-2026", 2026),
        ("a plan of 2022-07", 2022),
        ("general knowledge; 11,895 kg", 0),
        ("", 0),
    ],
)
def test_the_latest_year_of_a_text(text: str, year: int) -> None:
    assert latest_year(text) == year


def test_only_numbers_with_a_later_text_are_listed() -> None:
    programme = dataclasses.replace(small(100), as_of=dt.date(2030, 1, 1))
    before = {row["key"] for row in later_sources(programme)}
    late = dataclasses.replace(q(1.0), source="Gazette 2031")
    early = dataclasses.replace(q(1.0), source="Gazette 2030")
    orbit = dataclasses.replace(programme.orbit, drag_area=late, filling=early)
    truck = dataclasses.replace(programme.services["truck"], interval=late)
    changed = dataclasses.replace(programme, orbit=orbit, services=programme.services | {"truck": truck})
    found = {row["key"]: row["year"] for row in later_sources(changed)}
    assert {key: found[key] for key in found.keys() - before} == {
        "orbit.drag_area": 2031,
        "services.truck.interval": 2031,
    }
