"""When the sinking must begin, so that a controlled end is still carried out in time.

The burns of a controlled end start from a low orbit, and the way down to it is left to drag, which takes years. So beside the
last date on which the means are there stands the last date on which reboosts must stop. It is found by flying one lane for each
month of stopping, all on one futures axis, to the last day of the means.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from cupola.analysis.answer import Answer, Case
from cupola.analysis.words import amount
from cupola.physics.reboost import delta_v_for_raise, propellant_for
from cupola.programme.programme import Programme
from cupola.simulation.clock import fly
from cupola.simulation.lanes import Lane

STEP = 30
"""Days between two trial dates."""


def let_down(programme: Programme, deadline: dt.date) -> list[dict[str, Any]]:
    """One row a trial date: where the station is on the deadline when reboosts stop on that date.

    programme   the case, with its departure
    deadline    last day on which the means for a controlled end are there
    returns     rows of the table ``let_down``: date of the last reboost, altitude on the deadline [km], velocity change
                that is lacking down to the hold altitude [m/s] and its propellant [kg]
    """
    span = programme.span
    days = (deadline - span.start).days
    if days < STEP:
        return []
    begins = list(range(0, days, STEP))
    lanes = [Lane(0, f"reboosts stop on day {day}", False, True, day) for day in begins]
    until = dataclasses.replace(programme, span=dataclasses.replace(span, end=deadline + dt.timedelta(days=1)))
    state = fly(until, lanes, keep_series=False)
    hold = programme.deorbit.hold.value
    isp = programme.orbit_policy.engine_impulse.value
    rows = []
    for place, day in enumerate(begins):
        height = float(state.altitude[place])
        lacking = max(0.0, -float(delta_v_for_raise(height, hold - height)))
        fuel = float(propellant_for(lacking, float(state.mass[place]), isp))
        rows.append(
            {
                "begins": span.start + dt.timedelta(days=day),
                "altitude": height / 1000.0,
                "lacking": lacking,
                "propellant": fuel,
            }
        )
    return rows


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
        f"A controlled end by {deadline} is out of reach by drag alone: even if no reboost is made after {first['begins']},"
        f" the station stands at {amount(first['altitude'], 'km')} on that day, above the {amount(hold, 'km')} from which"
        f" the burns begin. Going down the rest takes {amount(first['lacking'], 'm/s')} more, or"
        f" {amount(first['propellant'], 'kg')} of propellant."
    )
    return Answer("let-down", question, text, deadline, first["altitude"], "km", ())


def deadline_of(case: Case) -> dt.date | None:
    """The last day on which the means for a controlled end are there, when they go for good within the span."""
    lost = case.main.standing("deorbit-lost", "deorbit-back")
    if lost is None or lost.date <= case.programme.span.start:
        return None
    return lost.date - dt.timedelta(days=1)
