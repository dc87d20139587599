"""The record table: every statement, rule, agreement and number that a run rests on, with its source."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from numpy.typing import NDArray

from cupola.base.quantity import BY_DEFAULT, UNITS, Quantity
from cupola.base.tables import RECORD
from cupola.simulation.state import State

_TABLES = (
    "elements",
    "ports",
    "stores",
    "functions",
    "provisions",
    "vehicles",
    "services",
    "burns",
    "targets",
    "phasings",
)
_SECTIONS = ("orbit", "orbit_policy", "attitude", "life_support", "crew_policy", "deorbit", "departure")
Row = dict[str, Any]


def record_table(state: State) -> dict[str, Sequence[Any] | NDArray[Any]]:
    """All of the record, in a fixed order."""
    programme = state.model.programme
    rows = [*_said(programme), *_facts(programme), *_flown(state)]
    return {column.name: [row[column.name] for row in rows] for column in RECORD.columns}


def _row(key: str, kind: str, text: str, noun: Any, date: Any = None) -> Row:
    return {
        "key": key,
        "kind": kind,
        "date": date,
        "text": text,
        "value": None,
        "low": None,
        "high": None,
        "unit": "",
        "status": noun.status,
        "source": noun.source,
        "where": noun.where,
    }


def _said(programme: Any) -> Iterator[Row]:
    for key, statement in programme.statements.items():
        text = f"{statement.speaker} ({statement.firmness}): {statement.paraphrase}"
        yield _row(f"statement/{key}", "statement", text, statement, statement.said)
    for key, rule in programme.rules.items():
        row = _row(f"rule/{key}", "rule", rule.name, rule)
        factor = UNITS[rule.unit][1] if rule.unit in UNITS else 1.0
        yield row | {"value": rule.limit / factor, "unit": rule.unit}
    for key, agreement in programme.agreements.items():
        yield _row(f"agreement/{key}", "agreement", f"{agreement.name}: {agreement.owed}", agreement)
    for key, obligation in programme.obligations.items():
        text = f"{obligation.by} owes {obligation.to}: {obligation.what}"
        yield _row(f"obligation/{key}", "obligation", text, obligation, obligation.start)


def _facts(programme: Any) -> Iterator[Row]:
    for table in _TABLES:
        nouns: Mapping[str, Any] = getattr(programme, table)
        for key, noun in nouns.items():
            yield from _numbers(f"fact/{table}.{key}", getattr(noun, "name", key), noun)
    for section in _SECTIONS:
        settings = getattr(programme, section)
        if settings is not None:
            yield from _numbers(f"fact/{section}", section.replace("_", " "), settings)


def _flown(state: State) -> Iterator[Row]:
    """The flights on record that the run flies, and the altitudes on record that it follows."""
    model = state.model
    for flight in (*(ship.flight for ship in model.docked), *(row.recorded for row in model.queue)):
        if flight is not None:
            day = flight.docked or flight.launched
            yield _row(f"fact/flights.{flight.id}", "fact", f"{flight.name}: by the record", flight, day)
    heights = [row for row in model.programme.altitudes if row.day <= model.programme.as_of]
    if heights and model.recorded > 0:
        nothing: dict[str, Any] = dict.fromkeys(("value", "low", "high"))
        yield {"key": "fact/altitudes", "kind": "fact", "date": heights[-1].day, "text": "altitudes by the record"} | (
            nothing | {"unit": "", "status": "F", "source": heights[-1].source, "where": ""}
        )


def _numbers(stem: str, name: str, noun: Any) -> Iterator[Row]:
    """One row for each quantity of a noun."""
    for field in dataclasses.fields(noun):
        number = getattr(noun, field.name)
        # A number that nobody gave, such as no slip, is no fact.
        if isinstance(number, Quantity) and number.source != BY_DEFAULT:
            factor = UNITS[number.unit][1]
            text = f"{name}: {field.name.replace('_', ' ')}"
            yield _row(f"{stem}.{field.name}", "fact", text, number) | {
                "value": number.value / factor,
                "low": number.low / factor,
                "high": number.high / factor,
                "unit": number.unit,
            }
