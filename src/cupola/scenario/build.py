"""Typed rows to the frozen nouns of a Programme. Called only when nothing is wrong."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from cupola.programme.environment import SolarOutlook
from cupola.programme.programme import Programme, Trace
from cupola.scenario.cells import Findings
from cupola.scenario.fields import HEAD, SECTIONS, TABLES
from cupola.scenario.typed import TypedRow, TypedTables


def noun_of(noun: type[Any], row: TypedRow) -> Any:
    """The frozen noun of a row."""
    values = dict(row.values)
    values["where"] = row.where
    return noun(**{name: values[name] for name in (field.name for field in dataclasses.fields(noun))})


def programme_of(
    known: TypedTables,
    as_of: dt.date,
    waived: tuple[str, ...],
    solar: SolarOutlook,
    traces: tuple[Trace, ...],
    files: tuple[tuple[str, str], ...],
) -> Programme:
    """The Programme of checked rows."""
    nouns: dict[str, Any] = {
        table: {key: noun_of(noun, row) for key, row in known[table].items()} for table, noun in TABLES.items()
    }
    for section, noun in SECTIONS.items():
        row = known.get(section, {}).get("")
        nouns[section] = noun_of(noun, row) if row is not None else None
    nouns["people"] = tuple(nouns["people"].values())
    nouns["altitudes"] = tuple(sorted(nouns["altitudes"].values(), key=lambda record: record.day))
    head = known[HEAD][""]
    return Programme(
        id=head.text("id"),
        title=head.text("title"),
        as_of=as_of,
        baseline=head.text("baseline"),
        waived=waived,
        solar=solar,
        traces=traces,
        files=files,
        **nouns,
    )


def outlook_of(as_of: dt.date, known: TypedTables, findings: Findings) -> SolarOutlook | None:
    """What was known of the Sun, over the span; None with a problem noted when there is no such forecast."""
    from cupola.base.errors import CupolaError
    from cupola.scenario.solar import solar_outlook

    span = known["span"][""]
    first, last = span.day("start"), span.day("end")
    if first is None or last is None:
        return None
    try:
        return solar_outlook(as_of, first, last)
    except CupolaError as error:
        what = f"has no solar outlook ({error})"
        findings.add("--as-of", "as_of", what, f"{as_of} for {first} to {last}", remedy="Choose another day or span.")
        return None
