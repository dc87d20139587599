"""The burns of a plan as ``cupola reboost`` prints them: each one, their sum, and how ``cupola fly`` takes them."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from cupola.cli.output import print_table, print_text
from cupola.cli.reboost_plan import Planned
from cupola.cli.reboost_words import filled, fly_text, instant, spent

if TYPE_CHECKING:
    from cupola.flight.reboost import Plan, Step


def burns(made: Planned) -> None:
    """Print them; nothing where none is planned."""
    plan = made.plan
    if plan is None or not plan.steps:
        return
    print_table(
        ("burn, UTC", "m/s", "kg", "s", "mean altitude km", "perigee km", "apogee km"),
        [_row(made, step) for step in plan.steps],
        empty="",
    )
    print()
    filled(_together(made, plan))
    aside = set_aside(made)
    if aside:
        filled(aside)
    _flown(made, given(plan))


def given(plan: Plan) -> list[Step]:
    """The burns that something can make."""
    from cupola.flight.reboost import NOBODY

    return [step for step in plan.steps if step.push.engine is not NOBODY]


def _together(made: Planned, plan: Plan) -> str:
    able = given(plan)
    text = f"Together {plan.total:+.3f} m/s"
    if not able:
        return f"{text}. Nothing that is there can push."
    engines = list(dict.fromkeys(step.push.engine for step in able))
    kilograms = [step.propellant for step in able if step.propellant is not None]
    seconds = [step.duration for step in able if step.duration is not None]
    taken = spent(sum(kilograms) if kilograms else None, sum(seconds) if seconds else None, engines)
    names = f" Made by {'; '.join(engine.name for engine in engines)}." if made.order.station is not None else ""
    if not plan.lacking:
        return f"{text}{taken}.{names}"
    return (
        f"{text}. Of this {plan.lacking:.3f} m/s are more than what is there can give, and cannot be flown; the rest "
        f"takes{taken.removeprefix(',')}.{names}"
    )


def set_aside(made: Planned) -> str:
    """Why there are more burns than ``--burns`` asks for; empty where there are not."""
    plan, order = made.plan, made.order
    if plan is None or order.count is None or len(plan.steps) <= order.count:
        return ""
    limited = order.largest is not None and order.count * order.largest < abs(plan.total)
    why = (
        f"no burn may be larger than {order.largest:g} m/s (--largest)"
        if limited
        else "one engine cannot give it all, and each makes its own part"
    )
    return f"--burns {order.count} is set aside: {why}."


def _flown(made: Planned, steps: list[Step]) -> None:
    """The burns as ``cupola fly`` takes them, by engine."""
    parts = [
        (key, list(rows))
        for key, rows in groupby(steps, lambda step: (step.push.engine.specific_impulse, step.push.engine.thrust))
    ]
    if parts:
        print_text(f"To fly it, with cupola fly{', a call for each engine' if len(parts) > 1 else ''}:")
    for (impulse, thrust), rows in parts:
        for step in rows:
            print_text(f'  --burn "{fly_text(made, step.push.begin, step.push.delta_v)}"')
        if impulse is not None and thrust is not None:
            print_text(f"  --isp {impulse:g} --thrust {thrust:g}")


def _row(made: Planned, step: Step) -> dict[str, Any]:
    def pair(name: str) -> str:
        return f"{getattr(step.before, name) / 1e3:.2f} > {getattr(step.after, name) / 1e3:.2f}"

    return {
        "burn, UTC": instant(made, step.push.begin),
        "m/s": f"{step.push.delta_v:+.3f}",
        "kg": "" if step.propellant is None else f"{step.propellant:.0f}",
        "s": "" if step.duration is None else f"{step.duration:.0f}",
        "mean altitude km": pair("altitude"),
        "perigee km": pair("perigee"),
        "apogee km": pair("apogee"),
    }
