"""Where the station is on a deadline, by the day on which reboosts stop.

One lane for each ten days of stopping, all on one futures axis.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from cupola.physics.reboost import delta_v_for_raise, propellant_for
from cupola.programme.programme import Programme
from cupola.simulation.clock import fly
from cupola.simulation.lanes import Lane

STEP = 10
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
