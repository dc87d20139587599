"""Numbers of an old forecast whose sources are younger than it: by them, what came after leaks into the forecast."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from typing import Any

from cupola.base.quantity import Quantity
from cupola.programme.programme import Programme

Row = dict[str, Any]
_YEAR = re.compile(r"\b((?:19|20)\d\d)(?:-(\d\d)\b(?!-))?")


def later_sources(programme: Programme) -> list[Row]:
    """Rows with key, year (the latest that its source names) and source, of numbers whose source names a later year.

    A year is later than that of the as-of day. The year in which a source was published counts like those that it tells
    of, for the files do not part the two; so the list errs to the side of too many.
    """
    rows = []
    for key, quantity in _quantities(programme):
        year = latest_year(quantity.source)
        if year > programme.as_of.year:
            rows.append({"key": key, "year": year, "source": quantity.source})
    return rows


def latest_year(text: str) -> int:
    """The latest year that a text names; 0 without one.

    >>> latest_year("GCAT 2021-24: 3, 2, 2, 2; signed 2022-07-14")
    2024
    """
    found = [0]
    for match in _YEAR.finditer(text):
        first = int(match.group(1))
        found.append(first)
        if match.group(2) is not None:
            last = first // 100 * 100 + int(match.group(2))
            # 2022-07 is a month; a range runs forward, and no month is above twelve.
            if last > first and int(match.group(2)) > 12:
                found.append(last)
    return max(found)


def _quantities(programme: Programme) -> Iterator[tuple[str, Quantity]]:
    for field in dataclasses.fields(programme):
        held = getattr(programme, field.name)
        nouns = held.items() if isinstance(held, dict) else [("", held)] if dataclasses.is_dataclass(held) else []
        for key, noun in nouns:
            if not dataclasses.is_dataclass(noun):
                continue
            for item in dataclasses.fields(noun):
                value = getattr(noun, item.name)
                if isinstance(value, Quantity):
                    yield ".".join(part for part in (field.name, str(key), item.name) if part), value
