"""When the sinking must begin, so that a controlled end is still carried out in time.

The burns of a controlled end start from a low orbit, and the way down to it is left to drag, which takes years. So
beside the last date on which the means are there stands the last date on which reboosts must stop. It is read off
trial lanes that stop their reboosts ten days apart.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from cupola.analysis.answer import Answer, Case, case_of
from cupola.analysis.lane import Tables
from cupola.analysis.words import amount
from cupola.programme.programme import Programme


def let_down_answer(case: Case, rows: list[dict[str, Any]], deadline: dt.date | None) -> Answer | None:
    """By when the sinking must begin, or how much is lacking if it began at once; None when there is no deadline."""
    if deadline is None or not rows:
        return None
    question = f"When must the station start to sink, so that it can end under control {case.condition}?"
    hold = case.programme.deorbit.hold.value / 1000.0
    in_time = [row for row in rows if row["lacking"] == 0.0]
    if in_time:
        last = in_time[-1]
        text = (
            f"For a controlled end by {deadline} the last reboost must be made by {last['begins']}: sinking by drag to"
        )
        text += f" {amount(hold, 'km')} takes until then. If reboosts go on longer, it is too high on that day."
        return Answer("let-down", question, text, last["begins"], last["altitude"], "km", ())
    first = rows[0]
    text = (
        f"A controlled end by {deadline} is out of reach by drag alone: even if no reboost is made after"
        f" {first['begins']}, the station stands at {amount(first['altitude'], 'km')} on that day, above the"
        f" {amount(hold, 'km')} from which the burns begin. Going down the rest takes"
        f" {amount(first['lacking'], 'm/s')} more, or {amount(first['propellant'], 'kg')} of propellant."
    )
    return Answer("let-down", question, text, deadline, first["altitude"], "km", ())


def begins(rows: list[dict[str, Any]]) -> dt.date | None:
    """The latest trial date of the last reboost from which the station is low enough on the deadline, or None."""
    in_time = [row["begins"] for row in rows if row["lacking"] == 0.0]
    return in_time[-1] if in_time else None


def deadline(programme: Programme, tables: Tables) -> dt.date | None:
    """The last day on which the means for a controlled end are there, by the tables of a run with a departure."""
    return deadline_of(case_of(programme, tables, None)) if programme.departure else None


def deadline_of(case: Case) -> dt.date | None:
    """The last day on which the means for a controlled end are there, when they go for good within the span."""
    lost = case.main.standing("deorbit-lost", "deorbit-back")
    if lost is None or lost.date <= case.programme.span.start:
        return None
    return lost.date - dt.timedelta(days=1)
