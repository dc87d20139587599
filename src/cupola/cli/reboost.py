"""``cupola reboost``: the burns for an altitude, for a meeting or for a drift-down, and who can make them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cupola.cli import fly as flying
from cupola.cli.fly_asked import HEAVIEST, WIDEST
from cupola.cli.options import AsJson, Settings
from cupola.cli.reboost_asked import DRIFT, PASSES, PHASE, TARGET, Order, Ordered, ships_on

if TYPE_CHECKING:
    from cupola.analysis.pushers import Station
    from cupola.flight.start import Start
    from cupola.programme.programme import Programme

StationOf = Annotated[
    str | None,
    typer.Option("--station", metavar="SCENARIO", help="Station whose ships and engines push; its orbit without FILE."),
]
On = Annotated[
    str | None,
    typer.Option("--on", metavar="DATE", help="Day of the station's ships; that of the burn, or with no FILE as-of."),
]
Target = Annotated[str | None, typer.Option("--target", metavar="ALTITUDE", help="Be at this mean altitude [km].")]
Phase = Annotated[
    str | None,
    typer.Option("--phase", metavar="ANGLE", help="Be at this argument of latitude [deg] at --at-time."),
]
Passes = Annotated[
    str | None, typer.Option("--passes", metavar="LAT,LON", help="Pass a site [deg] as near as can be at --at-time.")
]
AtTime = Annotated[str | None, typer.Option("--at-time", metavar="INSTANT", help="UTC of --phase or --passes.")]
Drift = Annotated[
    str | None, typer.Option("--drift-down", metavar="ALTITUDE", help="Sink to this mean altitude [km] --by a day.")
]
By = Annotated[str | None, typer.Option("--by", metavar="DATE", help="Day of --drift-down.")]
BurnOn = Annotated[
    str | None,
    typer.Option("--burn-on", metavar="INSTANT", help="First burn, UTC; first midnight a day or more after the start."),
]
Count = Annotated[
    int | None,
    typer.Option("--burns", min=1, max=200, help="Burns half a turn apart: two when missing, one for a phase."),
]
Largest = Annotated[str | None, typer.Option("--largest", metavar="SPEED", help="Most that one burn gives [m/s].")]
With = Annotated[
    str, typer.Option("--with", metavar="PORT", help="Only the ship at this port, or the station's engine of this id.")
]
Thrust = Annotated[str | None, typer.Option("--thrust", metavar="FORCE", help="Thrust of the burns [N].")]
Band = Annotated[
    str, typer.Option("--band", metavar="LENGTH", help="How far it sinks between reboosts that hold it [km].")
]


def reboost(
    file: flying.File = None,
    state: flying.State = None,
    epoch: flying.Epoch = None,
    frame: flying.Frame = "GCRF",
    time_system: flying.System = "UTC",
    at: flying.At = None,
    station: StationOf = None,
    on: On = None,
    target: Target = None,
    phase: Phase = None,
    passes: Passes = None,
    at_time: AtTime = None,
    drift_down: Drift = None,
    by: By = None,
    burn_on: BurnOn = None,
    burns: Count = None,
    largest: Largest = None,
    with_: With = "",
    band: Band = "2 km",
    mass: flying.Mass = None,
    drag_area: flying.Drag = None,
    isp: flying.Isp = None,
    thrust: Thrust = None,
    as_of: flying.AsOf = None,
    settings: Settings = None,
    object_name: flying.Object = "",
    as_json: AsJson = False,
) -> None:
    """Plan the burns that bring a craft or a station to an altitude, to a place at an instant, or down.

    From a state, an OEM, an OMM or a TLE; or from a scenario's station on a day, which also tells what ships and
    engines can push, from which ports, and what keeps the others from it. One of --target, --phase, --passes and
    --drift-down is the goal. Each burn is printed as 'cupola fly' takes it.
    """
    asked = Ordered()
    numbers = {
        "mass": asked.number("--mass", "mass", mass, "kg", 0.0, HEAVIEST),
        "drag": asked.number("--drag-area", "drag area", drag_area, "m2", 0.0, WIDEST, least=True),
        "isp": asked.number("--isp", "specific impulse", isp, "s", 1.0, 1e5),
        "thrust": asked.number("--thrust", "thrust", thrust, "N", 0.0, 1e8),
        "largest": asked.number("--largest", "size", largest, "m/s", 0.0, 500.0),
        "band": asked.number("--band", "band", band, "km", 0.0, 1e5),
    }
    wishes = {TARGET: target, PHASE: phase, PASSES: passes, DRIFT: drift_down}
    goal = asked.goal(wishes, {"--at-time": at_time, "--by": by})
    known_on = asked.day(as_of, "--as-of")
    programme = asked.programme(station, known_on, settings or [])
    wanted, first = asked.day(on, "--on"), asked.moment("--burn-on", burn_on)
    own = file is None and state is None and station is not None
    begin = None
    if not own:
        begin = flying.chosen_start(asked, file, (state, epoch, frame, time_system), at, object_name)
    elif at is not None or epoch is not None:
        asked.add("--at", "instant", "goes with FILE, --epoch with --state", at or epoch or "", remedy="Use --on DATE.")
    if station is None and (on is not None or with_):
        asked.add("--on" if on is not None else "--with", "station", "goes with --station only", on or with_)
    found = asked.station(programme, ships_on(programme, wanted, begin, first), with_, goal, begin)
    if own and goal is not None and goal.kind in (PHASE, PASSES):
        remedy = "Give FILE or --state: a scenario tells no place in the orbit."
        asked.add(goal.kind, "start", "is missing", expected="FILE or --state", remedy=remedy)
    if own and found is not None and programme is not None:
        begin = _start_of(found, programme)
    order = asked.order(goal, begin, found, first, numbers, burns, (station or "", with_), known_on)
    _print(order, as_json)


def _print(order: Order, as_json: bool) -> None:
    """Work the plan out and print it."""
    from cupola.cli.output import log, print_json
    from cupola.cli.reboost_document import document
    from cupola.cli.reboost_plan import planned
    from cupola.cli.reboost_told import show

    if order.goal.kind == DRIFT:
        log("the years of a drift-down are flown many times, under three levels of the Sun: up to a minute")
    made = planned(order)
    if as_json:
        print_json(document(made))
    else:
        show(made)


def _start_of(station: Station, programme: Programme) -> Start:
    """The station at the beginning of its day, somewhere on its mean orbit."""
    import numpy as np

    from cupola.cli.reboost_plan import station_orbit
    from cupola.flight import full_library as door
    from cupola.flight.averaged_elements import to_state
    from cupola.flight.start import Start
    from cupola.flight.utc import to_instant

    moment = np.datetime64(station.day.isoformat(), "us")
    state = to_state(station_orbit(station))[:, 0]
    origin = f"mean orbit of scenario {programme.id} on {station.day}; its place in it is not known"
    return Start(to_instant(moment), door.to_gcrf("TEME", state, moment), origin, programme.title)
