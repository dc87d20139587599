"""What ``cupola reboost`` prints: the burns, the orbit around each, who can make them, and what it rests on."""

from __future__ import annotations

import math
import textwrap
from typing import TYPE_CHECKING, Any

from cupola.base.time import to_mjd
from cupola.cli.fly_told import sun_told
from cupola.cli.output import print_table, print_text, width
from cupola.cli.reboost_asked import DRIFT, PASSES, PHASE, TARGET
from cupola.cli.reboost_burns_told import burns
from cupola.cli.reboost_drift_told import drift
from cupola.cli.reboost_plan import SHARES, Planned
from cupola.cli.reboost_words import day, filled, instant

if TYPE_CHECKING:
    from cupola.analysis.pushers import Pusher
    from cupola.flight.phasing import Arrival
    from cupola.flight.settled import Orbit

BACKWARDS = {"prograde": "yaw", "yaw": "prograde"}
"""The turn for a burn against the velocity, by that for one along it"""


def show(made: Planned) -> None:
    """Print the plan."""
    _head(made)
    burns(made)
    {TARGET: _target, PHASE: _phase, PASSES: _phase, DRIFT: drift}[made.order.goal.kind](made)
    if made.order.station is not None:
        _pushers(made)
    print_text("\nAssumed:")
    for line in assumed(made):
        print_text(textwrap.fill(line, width(), initial_indent="- ", subsequent_indent="  "))


def _head(made: Planned) -> None:
    order, first = made.order, made.first
    names = (order.start.object_name, order.start.object_id)
    name = " ".join(word for word in names if word != "UNKNOWN") or "Craft"
    goal = order.goal
    wish = {
        TARGET: f"to a mean altitude of {goal.altitude / 1e3:g} km",
        PHASE: f"to the argument of latitude {math.degrees(goal.angle):g} deg",
        PASSES: f"over {math.degrees(goal.site[0]):g}, {math.degrees(goal.site[1]):g}",
        DRIFT: f"down to a mean altitude of {goal.altitude / 1e3:g} km",
    }[goal.kind]
    when = f" at {_goal_time(made)} UTC" if goal.when else ""
    print_text(f"{name}: {wish}{when}")
    filled(
        f"Start {instant(made, made.scene.begin)} UTC: mean altitude {first.altitude / 1e3:.2f} km, perigee "
        f"{first.perigee / 1e3:.2f}, apogee {first.apogee / 1e3:.2f} ({first.found})."
    )
    if made.place is not None and math.isnan(made.place.rising):
        filled(
            f"Its plane, tilted by {math.degrees(first.inclination):.2f} deg, never comes over the site's latitude, "
            f"{math.degrees(goal.site[0]):g} deg, and no burn along the velocity changes that."
        )
    print()


def _goal_time(made: Planned) -> str:
    from cupola.flight.utc import to_calendar

    return str(to_calendar(made.order.goal.when).astype("datetime64[s]"))


def _target(made: Planned) -> None:
    if made.plan is None or not made.plan.steps:
        print_text("It is there already: nothing is to be burnt.")
    elif made.back:
        days = [day(made, mjd) for mjd in made.back]
        dates = ", ".join(f"{when} in {share} %" for share, when in zip(SHARES, days, strict=True))
        told = days[0] if len(set(days)) == 1 else f"{dates} of the Sun's futures"
        print()
        filled(f"Unless raised again, back at {made.plan.steps[0].before.altitude / 1e3:.2f} km: {told}.")


def _phase(made: Planned) -> None:
    assert made.meeting is not None
    meeting = made.meeting
    one = meeting.chosen
    axis = float(one.orbit.axis[0])
    print()
    ahead = math.degrees(meeting.coasting)
    filled(
        f"Then at the argument of latitude {math.degrees(one.angle) % 360.0:.3f} deg. Without a burn it would be "
        f"{abs(ahead):.2f} deg {'ahead' if ahead > 0.0 else 'behind'}. {_turns(one)}"
    )
    filled(_other(made))
    filled(f"0.01 m/s more puts it {abs(one.per_speed) * axis * 1e-5:.1f} km behind by then.")
    if made.strays:
        told = ", ".join(
            f"{abs(value) / 1e3:.1f} km {'ahead' if value > 0.0 else 'behind'} at {share} %"
            for share, value in zip((95, 5), (made.strays[0], made.strays[2]), strict=True)
        )
        if max(abs(value) for value in made.strays) > 50.0:
            filled(f"With the Sun at other levels of its forecast: {told}.")
    if made.place is not None:
        filled(_place(made))


def _turns(one: Arrival) -> str:
    if one.turns == 0:
        return "It makes as many turns as it would."
    turns = abs(one.turns)
    return f"It makes {turns} turn{'s' if turns > 1 else ''} {'more' if one.turns > 0 else 'fewer'} than it would."


def _other(made: Planned) -> str:
    assert made.meeting is not None
    other, apart = made.meeting.other, made.meeting.apart
    if other is None:
        return f"A turn more or less is about {apart:.3g} m/s; in the other direction no burn would do."
    height = (other.plan.steps[-1].after.altitude - other.plan.steps[0].before.altitude) / 1e3
    return (
        f"In the other direction {other.plan.total:+.3f} m/s would do, and {height:+.2f} km: {apart:.3f} m/s from this "
        "burn, for a turn more or less."
    )


def _place(made: Planned) -> str:
    assert made.place is not None
    place = made.place
    side = "left" if place.aside > 0.0 else "right"
    text = f"By then the site lies {abs(place.aside) / 1e3:.0f} km to the {side} of the track"
    if math.isnan(place.rising):
        return f"{text}."
    from cupola.base.instants import NS
    from cupola.flight.utc import to_calendar

    times = []
    for name, seconds in (("northbound", place.rising), ("southbound", place.falling)):
        moment = to_calendar(made.order.goal.when + round(seconds * NS))
        times.append(f"{name} at {moment.astype('datetime64[m]')}")
    return f"{text}. It lies in the plane {' and '.join(times)}."


def _pushers(made: Planned) -> None:
    station = made.order.station
    assert station is not None
    print_text(f"\nWho can push on {station.day}, {station.mass:.0f} kg:")
    rows = [_pusher(made, one) for one in station.pushers]
    columns = ("ship or engine", "port", "N", "Isp s", "kg", "m/s", "s", "verdict")
    print_table(columns, rows, empty="Nothing is docked, and the station has no engine of its own.")


def burn_time(made: Planned, one: Pusher) -> float:
    """How long it burns [s]: for the whole change where it suffices, else all that it can."""
    from cupola.physics.reboost import burn_duration, propellant_for

    station = made.order.station
    assert station is not None
    change = min(made.size, one.delta_v_all)
    burnt = float(propellant_for(change, station.mass, one.specific_impulse))
    return float(burn_duration(burnt, one.thrust, one.specific_impulse))


def verdict(made: Planned, one: Pusher) -> str:
    """Whether it suffices alone, or why it cannot."""
    if one.refused:
        return f"cannot: {one.refused}"
    turn = BACKWARDS.get(one.turn, one.turn) if made.plan is not None and made.plan.total < 0.0 else one.turn
    after = "" if turn == "prograde" else f", after a turn in {turn}"
    if one.delta_v >= made.size:
        return f"suffices alone{after}"
    if one.delta_v_all >= made.size:
        return f"suffices with what is left of {one.brought:.0f} kg for the station's tanks{after}"
    return f"gives {one.delta_v_all:.2f} of {made.size:.2f} m/s{after}"


def _pusher(made: Planned, one: Pusher) -> dict[str, Any]:
    able = not one.refused
    return {
        "ship or engine": one.name,
        "port": one.port or "-",
        "N": f"{one.thrust:.0f}" if one.thrust > 0.0 else "",
        "Isp s": f"{one.specific_impulse:.0f}" if one.thrust > 0.0 else "",
        "kg": _span(one.spend, one.brought, "+", 0) if one.thrust > 0.0 else "",
        "m/s": _span(one.delta_v, one.delta_v_all if one.brought else 0.0, "-", 2) if able else "",
        "s": f"{burn_time(made, one):.0f}" if able and one.thrust > 0.0 else "",
        "verdict": verdict(made, one),
    }


def _span(own: float, more: float, sign: str, digits: int) -> str:
    """A number, and another one behind it where there is one."""
    return f"{own:.{digits}f}" + (f"{sign}{more:.{digits}f}" if more > 0.0 else "")


def assumed(made: Planned) -> list[str]:
    """What the plan rests on, a line each."""
    order = made.order
    lines = [f"start: {order.start.origin}", *order.known]
    lines.append("averaged engine: J2 to J4 and drag by NRLMSISE-00 in the mean of the orbit; burns as impulses")
    if order.station is not None:
        lines += list(order.station.notes)
        left = "no reserve is left" if order.goal.kind == DRIFT else "the reserves of the scenario's policy are left"
        lines.append(
            f"a ship burns from its own tanks, with {100.0 * order.station.steering:g} % on top for steering; {left}, "
            f"{order.station.spare:.0f} kg of all tanks are free"
        )
        if any(one.brought > 0.0 and not one.refused for one in order.station.pushers):
            lines.append(
                "what a ship brought for the station's tanks (behind the +) it can burn as far as it still holds it"
            )
    elif order.isp is None:
        lines.append("no propellant, as no specific impulse is known (--isp)")
    if order.craft.drag_area_m2 > 0.0:
        lines += sun_told(made.sun, int(made.last))
        if (made.back or made.drifts or made.strays) and made.last > to_mjd(made.sun.observed_until):
            lines.append(
                "levels of the Sun's forecast: edges that held 90 % of what came, kept all along, so wider over years "
                "than what comes"
            )
    if made.drifts and any(one.hold is not None for one in made.drifts):
        lines.append(f"a reboost whenever it has sunk by {order.band / 1e3:g} km (--band), the mass the same all along")
    return lines


def orbit_document(orbit: Orbit) -> dict[str, Any]:
    """An orbit for ``--json``."""
    return {
        "altitude_m": orbit.altitude,
        "perigee_m": orbit.perigee,
        "apogee_m": orbit.apogee,
        "inclination_deg": math.degrees(orbit.inclination),
        "node_deg": math.degrees(orbit.node),
        "elements": orbit.found,
    }
