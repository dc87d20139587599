"""Answers on each function that is lost or falls short, each rule that is broken, and each part of a cut station."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cupola.analysis.answer import Answer, Case, Finding
from cupola.analysis.lane import Event, Lane, Tables, rows_of
from cupola.analysis.words import amount, listing, lower_first
from cupola.base.quantity import UNITS


def functions(case: Case) -> list[Answer]:
    """One answer for each function that is lost or falls short, in order of date."""
    found = []
    for key, noun in case.programme.functions.items():
        name = lower_first(noun.name)
        first = case.main.first("function-lost", "function-short", subject=key)
        first = first or case.kept.first("function-lost", "function-short", subject=key)
        if first is None:
            continue

        def find(lane: Lane, key: str = key, name: str = name, unit: str = noun.unit) -> Finding:
            event = lane.first("function-lost", "function-short", subject=key)
            if event is None:
                return case.never(f"there is enough of {name} to {case.end}")
            lost = event.kind == "function-lost"
            value, unit = (0.0, unit) if lost else _edge(event, unit)
            much = f" ({amount(value, unit)})" if value is not None and not lost else ""
            begun = f"nothing provides {name}" if lost else f"too little of {name} is provided"
            back = next((row for row in lane.of("function-back", subject=key) if row.place > event.place), None)
            again = f" to {back.date}" if back else " on"
            text = f"{begun}{much} from {event.date}{again}"
            why = case.why(lane, event)
            return Finding(text, event.date, value, unit if value is not None else "", event, why)

        found.append(case.answer(f"function/{key}", f"From when does the station lack {name} {case.condition}?", find))
    return sorted(found, key=lambda row: (row.date or case.end, row.id))


def _edge(event: Event, unit: str) -> tuple[float | None, str]:
    """The amount of a shortfall in the function's own unit; the run may hold it in SI."""
    if event.value is None:
        return None, ""
    if event.unit == "SI" and unit in UNITS:
        return event.value / UNITS[unit][1], unit
    return event.value, event.unit or unit


def rules(case: Case) -> list[Answer]:
    """One answer for each rule that is broken, in order of date."""
    found = []
    for key, rule in case.programme.rules.items():
        if (
            case.main.first("rule-crossed", subject=key) is None
            and case.kept.first("rule-crossed", subject=key) is None
        ):
            continue

        def find(lane: Lane, key: str = key, name: str = rule.name) -> Finding:
            event = lane.first("rule-crossed", subject=key)
            if event is None:
                return case.never(f"the rule '{name}' is not broken before {case.end}")
            met = next((row for row in lane.of("rule-met", subject=key) if row.place > event.place), None)
            again = f" and kept again from {met.date}" if met else ""
            text = f"the rule '{name}' is broken on {event.date}{again}"
            return Finding(text, event.date, event.value, event.unit, event, case.why(lane, event))

        found.append(case.answer(f"rule/{key}", f"When is the rule '{rule.name}' broken {case.condition}?", find))
    return sorted(found, key=lambda row: (row.date or case.end, row.id))


def parts(case: Case, tables: Tables) -> Answer | None:
    """What each part of a cut station lacks on the day of the cut, or None when there is no cut."""
    by_part: dict[str, list[dict[str, Any]]] = {}
    for row in rows_of(tables, "parts"):
        by_part.setdefault(row["part"], []).append(row)
    if not by_part:
        return None
    sentences = []
    for part, rows in by_part.items():
        lost = _names(case, (row["function"] for row in rows if row["verdict"] == "none"))
        short = _names(case, (row["function"] for row in rows if row["verdict"] == "short"))
        words = [f"lacks {listing(lost)}"] if lost else []
        words += [f"has too little of {listing(short)}"] if short else []
        sentences.append(f"The part {part} {' and '.join(words) if words else 'has all that it needs'}.")
    event = case.main.first("separated")
    lacking = sum(row["verdict"] == "none" for rows in by_part.values() for row in rows)
    question = f"Can the parts of the station live alone {case.condition}?"
    date = event.date if event else case.programme.span.start
    steps = case.steps(case.main, event)
    text = f"Judged on the day of the cut, {event.date}: " if event else "Judged from the first day: "
    text += " ".join(sentences)
    return Answer("parts", question, text, date, float(lacking), "functions lacking", steps)


def _names(case: Case, keys: Iterable[str]) -> list[str]:
    known = case.programme.functions
    return [lower_first(known[key].name) if key in known else key.replace("_", " ") for key in keys]
