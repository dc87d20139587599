"""What the station can do at each step of its assembly: function by function, from what is really there.

A step is a day on which elements come or go; it lasts until the next one. Judged is the most that the station had in
the step, by the ships docked in it too, against the need of its usual crew.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cupola.analysis.answer import Answer, Case
from cupola.analysis.lane import Event, Lane
from cupola.analysis.words import listing, lower_first, number, phrase, sentence
from cupola.base.quantity import UNITS
from cupola.programme.functions import Function
from cupola.programme.programme import Programme

Row = dict[str, Any]
_CHANGES = {
    "element-attached": "attached",
    "element-detached": "left",
    "element-lost": "lost",
    "separated": "left",
    "element-deorbited": "left",
}
Held = list[tuple[dt.date, bool]]
"""From which day on there was enough of a function, or not"""
ENOUGH = "enough"
_BRANCHES = ("separated", "element-deorbited")
"""Changes by which all that hangs on an element goes with it"""


@dataclass(frozen=True)
class Step:
    """Days from one change of the structure to the next."""

    number: int
    begin: dt.date
    end: dt.date
    change: str
    """``first day``, ``attached``, ``left`` or ``lost``"""
    elements: tuple[str, ...]
    event: Event | None

    def names(self, programme: Programme) -> str:
        """Names of the elements that came or went."""
        return listing([programme.elements[key].name for key in self.elements if key in programme.elements])


def is_built(programme: Programme) -> bool:
    """Whether the station, or a part of it, is built within the span."""
    span = programme.span
    return any(span.start <= row.attached < span.end for row in programme.elements.values())


def steps(case: Case, lane: Lane) -> list[Step]:
    """The steps of a future in order; changes of one day and one kind are one step."""
    start = case.programme.span.start
    entry = lane.first("entry")
    over = entry.date if entry else case.end
    first = tuple(case.programme.attached_on(start))
    changes: list[tuple[dt.date, str, list[str], Event | None]] = [(start, "first day", list(first), None)]
    for event in lane.of(*_CHANGES):
        kind, last = _CHANGES[event.kind], changes[-1]
        gone = [event.subject]
        if event.kind in _BRANCHES:
            there = case.programme.attached_on(event.date - dt.timedelta(days=1))
            gone = [key for key in case.programme.hanging_on(event.subject) if key in there]
        if last[0] == event.date and last[1] == kind:
            last[2].extend(gone)
        else:
            changes.append((event.date, kind, gone, event))
    ends = [row[0] for row in changes[1:]] + [over]
    return [
        Step(number, begin, max(begin, end), kind, tuple(keys), event)
        for number, ((begin, kind, keys, event), end) in enumerate(zip(changes, ends, strict=True))
    ]


def assembly(case: Case) -> list[Row]:
    """Rows of the table ``assembly``; empty where nothing is built within the span."""
    if not is_built(case.programme):
        return []
    lane = case.kept
    found = []
    for step in steps(case, lane):
        judged = [_judged(case, lane, step, function) for function in case.programme.functions.values()]
        vital = [
            held
            for (_, held), function in zip(judged, case.programme.functions.values(), strict=True)
            if function.vital
        ]
        together = _together(vital, step)
        found += [{**row, "share": _share(held, step), "together": together} for row, held in judged]
    return found


def _share(held: Held, step: Step) -> float:
    """Share of the days of a step on which there was enough."""
    days = sum((_next(held, place, step) - day).days for place, (day, enough) in enumerate(held) if enough)
    return days / max(1, (_after(step) - step.begin).days)


def _together(vital: Sequence[Held], step: Step) -> float:
    """Share of the days of a step on which there was enough of all that people cannot live without, at once."""
    moments = sorted({day for held in vital for day, _ in held})
    both = [(day, all(_on(held, day) for held in vital)) for day in moments]
    return _share(both, step)


def _on(held: Held, day: dt.date) -> bool:
    return [enough for begin, enough in held if begin <= day][-1]


def _next(held: Held, place: int, step: Step) -> dt.date:
    return held[place + 1][0] if place + 1 < len(held) else _after(step)


def _judged(case: Case, lane: Lane, step: Step, function: Function) -> tuple[Row, Held]:
    """The row of a function in a step, and from which days on there was enough of it or not."""
    programme = case.programme
    rows = [row for row in lane.capacity if row["function"] == function.id and row["date"] < _after(step)]
    ships = {row.provider for row in programme.provisions.values() if row.provider in programme.vehicles}
    stays = [row for row in lane.stays if row["vehicle"] in ships]
    moments = {step.begin}
    moments |= {row["date"] for row in rows if row["date"] >= step.begin}
    moments |= {day for row in stays for day in (row["arrived"], row["left"]) if day and step.begin <= day < step.end}
    totals = {day: _total(programme, rows, stays, day) for day in sorted(moments)}
    best = max(totals.values())
    people = programme.crew_policy.usual.value if function.basis == "crew" else 1.0
    demand = function.demand.value / UNITS[function.unit][1] * people
    verdict = verdict_of(best, demand, function.basis)
    held = [(day, verdict_of(total, demand, function.basis) == ENOUGH) for day, total in totals.items()]
    row = {
        "step": step.number,
        "date": step.begin,
        "change": step.change,
        "elements": step.names(programme),
        "function": function.id,
        "name": function.name,
        "capacity": totals[step.begin],
        "best": best,
        "demand": demand,
        "unit": function.unit,
        "vital": function.vital,
        "verdict": verdict,
        "why": _why(programme, lane, rows, verdict),
    }
    return row, held


def _after(step: Step) -> dt.date:
    """The first day that is no more in the step."""
    return max(step.end, step.begin + dt.timedelta(days=1))


def verdict_of(capacity: float, demand: float, basis: str) -> str:
    """``enough``, ``short`` or ``none``: where any capacity counts, some is enough."""
    if capacity <= 0.0:
        return "none"
    return ENOUGH if basis == "none" or capacity >= demand * (1.0 - 1e-9) else "short"


def _total(programme: Programme, rows: Sequence[Row], stays: Sequence[Row], day: dt.date) -> float:
    """What all working providers give on a day; of ships as often as they are docked."""
    held: dict[str, float] = {}
    for row in rows:
        if row["date"] <= day:
            held[row["provision"]] = row["capacity"] if row["working"] else 0.0
    total = 0.0
    for key, amount in held.items():
        provider = programme.provisions[key].provider
        times = 1
        if provider in programme.vehicles:
            times = sum(
                row["vehicle"] == provider and row["arrived"] <= day and (row["left"] is None or row["left"] > day)
                for row in stays
            )
        total += amount * times
    return total


def _why(programme: Programme, lane: Lane, rows: Sequence[Row], verdict: str) -> str:
    """Who provides it at the end of the step, or why nobody does."""
    last = {row["provision"]: row for row in rows}
    working = [programme.provisions[key].name for key, row in last.items() if row["working"]]
    if working:
        return listing(working)
    if verdict != "none":
        return "for a part of the step"
    missing = [phrase(programme, row["missing"], lane.flight_names) for row in last.values() if row["missing"]]
    return listing(list(dict.fromkeys(missing))[:4]) if missing else "nothing is there that provides it"


def assembly_answer(case: Case, rows: Sequence[Row]) -> Answer | None:
    """From which step on the station can be lived in, and what each earlier step lacks."""
    if not rows:
        return None
    found = steps(case, case.kept)
    lacking = {step.number: _lacking(rows, step.number) for step in found}
    first = next((step for step in found if not lacking[step.number]), None)
    question = "What can the station do at each step of its assembly?"
    words = []
    for step in found if first is None else found[: first.number]:
        words.append(f"{_opening(case, step)} it lacks {listing(lacking[step.number])}.")
    if first is not None:
        share = next(row["together"] for row in rows if row["step"] == first.number)
        at_once = "" if share > 0.995 else f", all at once on {number(100.0 * share)} % of its days"
        words.append(f"{_opening(case, first)} all that people cannot live without is there{at_once}.")
    later = [step for step in found if first is not None and step.number > first.number and lacking[step.number]]
    words += [f"{_opening(case, step)} it lacks {listing(lacking[step.number])} again." for step in later]
    event = first.event if first else None
    date = first.begin if first else None
    chain = case.steps(case.kept, event)
    return Answer("assembly", question, " ".join(words), date, float(len(found)), "steps", chain)


def _opening(case: Case, step: Step) -> str:
    how = {"attached": "after the arrival of", "left": "after the departure of", "lost": "after the loss of"}
    start = f"from {step.begin} on, {how.get(step.change, 'with')} {step.names(case.programme)},"
    return sentence(start)[:-1]


def _lacking(rows: Sequence[Row], step: int) -> list[str]:
    """Vital functions of which there is not enough in a step."""
    return [
        lower_first(row["name"]) for row in rows if row["step"] == step and row["vital"] and row["verdict"] != ENOUGH
    ]
