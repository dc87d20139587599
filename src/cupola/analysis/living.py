"""Answers about people and their stores: who leaves with which ships, who has no seat, what runs short first."""

from __future__ import annotations

import datetime as dt

from cupola.analysis.answer import Answer, Case, Finding
from cupola.analysis.lane import Lane
from cupola.analysis.words import amount, listing
from cupola.base.quantity import DAY_S

_NAMED = 5
"""Ships named in one sentence; more would not be read."""


def stores(case: Case) -> Answer:
    """When the stores (food, water, oxygen, propellant) first fall below a rule, or run out."""

    def find(lane: Lane) -> Finding:
        seen: dict[str, tuple[dt.date, str]] = {}
        first = None
        value = None
        for event in lane.of("rule-crossed", "store-empty"):
            rule = case.programme.rules.get(event.subject) if event.kind == "rule-crossed" else None
            if event.kind == "rule-crossed" and (rule is None or rule.kind != "reserve"):
                continue
            label = rule.name if rule else event.subject.replace("_", " ")
            how = f"the rule '{label}' is broken" if rule else f"the {label} in reach is used up"
            if event.key in seen:
                continue
            seen[event.key] = (event.date, f"{how} on {event.date}")
            if first is None:
                first, value = event, rule.limit / DAY_S if rule and rule.unit == "d" else None
        if first is None:
            return case.never(f"no reserve falls below its rule and no store runs out before {case.end}")
        text = "; ".join(text for _, text in sorted(seen.values()))
        why = case.why(lane, first, 3)
        return Finding(text, first.date, value, "d" if value is not None else "", first, why)

    return case.answer("stores", f"When do the stores first run short {case.condition}?", find)


def crew(case: Case) -> Answer:
    """Who leaves with which ships from the exit on, and who is left without a seat."""
    question = f"Who leaves, with which ships, {case.condition}?"
    lane = case.kept
    begins = lane.first("partner-left", "crew-ordered-off")
    if begins is None:
        return Answer("crew", question, f"No crew is ordered off and no partner leaves before {case.end}.")
    # The ships of a partner that leaves go home on its last day of service, the day before the exit is over; those of
    # the others go on as usual until the crew is ordered off.
    since = begins.date - dt.timedelta(days=1)
    order = lane.last("crew-ordered-off")
    leaving = [
        row
        for row in lane.of("undocking")
        if (row.value or 0.0) > 0.5 and (since <= row.date <= begins.date or (order and row.date >= order.date))
    ]
    names = lane.flight_names
    ships = [
        f"{names.get(row.subject, row.subject)} on {row.date} with {amount(row.value or 0.0, '')}" for row in leaving
    ]
    people = sum(row.value or 0.0 for row in leaving)
    if len(ships) > _NAMED:
        ships = [*ships[: _NAMED - 1], f"{len(ships) - _NAMED + 1} more ships"]
    text = (
        f"With rules kept, {amount(people, '')} people leave, at the exit or when ordered off: {listing(ships)}."
        if ships
        else f"With rules kept, no ship takes people home at the exit or when ordered off, before {case.end}."
    )
    event = leaving[0] if leaving else begins
    for where in (lane, case.waived):
        stranded = where.first("stranded") if where else None
        if where is not None and stranded is not None:
            text += (
                f" {amount(stranded.value or 0.0, '')} people have no return seat from {stranded.date} ({where.label})."
            )
            break
    else:
        text += " Nobody is left without a return seat."
    return Answer("crew", question, text, event.date, people, "people", case.steps(lane, event))
