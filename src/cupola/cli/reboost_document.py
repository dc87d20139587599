"""The document of ``cupola reboost --json``."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from cupola.cli.reboost_asked import DRIFT, PASSES, PHASE, TARGET
from cupola.cli.reboost_plan import SHARES, Planned
from cupola.cli.reboost_told import assumed, burn_time, orbit_document, verdict
from cupola.cli.reboost_words import fly_text, instant

if TYPE_CHECKING:
    from cupola.analysis.pushers import Pusher
    from cupola.flight.drift_down import Drift
    from cupola.flight.phasing import Arrival
    from cupola.flight.reboost import Step


def document(made: Planned) -> dict[str, Any]:
    """The plan; angles in degrees, else SI."""
    plan, order = made.plan, made.order
    return {
        "object": {"name": order.start.object_name, "id": order.start.object_id},
        "goal": _goal(made),
        "start": {"instant": instant(made, made.scene.begin), "orbit": orbit_document(made.first)},
        "burns": [] if plan is None else [_step(made, step) for step in plan.steps],
        "burns_asked": order.count,
        "delta_v_m_s": 0.0 if plan is None else plan.total,
        "propellant_kg": None if plan is None else plan.propellant,
        "burn_time_s": None if plan is None else plan.duration,
        "lacking_m_s": 0.0 if plan is None else plan.lacking,
        "sinks_back": {f"p{share}": _day(made, mjd) for share, mjd in zip(SHARES, made.back, strict=False)} or None,
        "meeting": _meeting(made),
        "drift_down": _drifts(made),
        "hold_propellant_kg": made.hold_takes[0],
        "hold_burn_time_s": made.hold_takes[1],
        "station": _station(made),
        "assumed": assumed(made),
    }


def _day(made: Planned, mjd: float) -> str | None:
    return None if math.isnan(mjd) else instant(made, mjd)


def _goal(made: Planned) -> dict[str, Any]:
    goal = made.order.goal
    when = None if not goal.when else instant(made, _goal_mjd(made))
    found: dict[str, Any] = {"kind": goal.kind.removeprefix("--"), "instant": when}
    if goal.kind in (TARGET, DRIFT):
        found["altitude_m"] = goal.altitude
    elif goal.kind == PHASE:
        found["argument_of_latitude_deg"] = math.degrees(goal.angle)
    elif goal.kind == PASSES:
        found["latitude_deg"], found["longitude_deg"] = (math.degrees(value) for value in goal.site)
    return found


def _goal_mjd(made: Planned) -> float:
    from cupola.base.instants import DAY_S, NS

    return made.scene.begin + (made.order.goal.when - made.order.start.instant) / (NS * DAY_S)


def _step(made: Planned, step: Step) -> dict[str, Any]:
    from cupola.flight.reboost import NOBODY

    return {
        "begin": instant(made, step.push.begin),
        "delta_v_m_s": step.push.delta_v,
        "duration_s": step.duration,
        "propellant_kg": step.propellant,
        "mass_after_kg": step.mass_after if made.order.weighed and step.propellant is not None else None,
        "engine": step.push.engine.name,
        "before": orbit_document(step.before),
        "after": orbit_document(step.after),
        "fly": None if step.push.engine is NOBODY else fly_text(made, step.push.begin, step.push.delta_v),
    }


def _meeting(made: Planned) -> dict[str, Any] | None:
    if made.meeting is None:
        return None
    place = made.place
    return {
        "coasting_ahead_deg": math.degrees(made.meeting.coasting),
        "chosen": _arrival(made.meeting.chosen),
        "other": None if made.meeting.other is None else _arrival(made.meeting.other),
        "solutions_apart_m_s": made.meeting.apart,
        "strays_m": dict(zip((f"p{share}" for share in SHARES), made.strays, strict=False)) or None,
        "site": None
        if place is None
        else {"aside_m": place.aside, "northbound_in_s": place.rising, "southbound_in_s": place.falling},
    }


def _arrival(one: Arrival) -> dict[str, Any]:
    return {
        "delta_v_m_s": one.plan.total,
        "turns": one.turns,
        "argument_of_latitude_deg": math.degrees(one.angle),
        "deg_per_m_s": math.degrees(one.per_speed),
        "altitude_m": float(one.orbit.altitude[0]),
    }


def _drifts(made: Planned) -> dict[str, Any] | None:
    if not made.drifts:
        return None
    found: dict[str, Any] = {}
    for row, (share, one) in enumerate(zip(SHARES, made.drifts, strict=True)):
        found[f"p{share}"] = _drift(made, one)
        if made.outcomes:
            altitude, reached = made.outcomes[row]
            found[f"p{share}"]["after_the_burns"] = {"altitude_m": altitude, "reached": _day(made, reached)}
    return found


def _drift(made: Planned, one: Drift) -> dict[str, Any]:
    hold = None
    if one.hold is not None:
        rows = list(zip(one.hold.mjd.tolist(), one.hold.delta_v.tolist(), strict=True))
        hold = {
            "delta_v_m_s": one.hold.total,
            "last": instant(made, rows[-1][0]),
            "reboosts": [
                {"begin": instant(made, mjd), "delta_v_m_s": size, "fly": fly_text(made, mjd, size)}
                for mjd, size in rows
            ],
        }
    return {
        "altitude_m": one.altitude,
        "reached": _day(made, one.reached),
        "hold": hold,
        "lowering_m_s": one.lowering,
        "lowering_on_the_day_m_s": one.late,
    }


def _station(made: Planned) -> dict[str, Any] | None:
    station = made.order.station
    if station is None:
        return None
    return {
        "scenario": made.order.scenario,
        "date": station.day,
        "mass_kg": station.mass,
        "drag_area_m2": station.drag_area,
        "altitude_m": station.altitude,
        "free_propellant_kg": station.spare,
        "pushers": [_pusher(made, one) for one in station.pushers],
    }


def _pusher(made: Planned, one: Pusher) -> dict[str, Any]:
    able = not one.refused
    return {
        "port": one.port,
        "name": one.name,
        "kind": one.kind,
        "turn": one.turn,
        "thrust_n": one.thrust,
        "specific_impulse_s": one.specific_impulse,
        "tank_kg": one.tank,
        "spend_kg": one.spend,
        "brought_kg": one.brought,
        "delta_v_m_s": one.delta_v,
        "delta_v_all_m_s": one.delta_v_all,
        "burn_time_s": burn_time(made, one) if able and one.thrust > 0.0 else None,
        "able": able,
        "suffices": able and one.delta_v >= made.size,
        "verdict": verdict(made, one),
    }
