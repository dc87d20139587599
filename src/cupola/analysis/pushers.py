"""What could push the station on a day: each docked ship and each engine of its own; what it gives, or what it lacks.

The rules are those of a run (``simulation/engines.py``): a ship burns what is in its own tanks, the station's engines
what is in the station's; these fire only while the ports behind them are clear; attitude is held by thrusters while it
burns, which takes a share of propellant on top; the reserve of the orbit's policy is left. Up to the as-of day the
ships are those on record, each with the tanks of its type; after it, those of the nominal future with rules kept.

What a ship brought for the station's tanks it can burn itself as long as it holds it (general knowledge: five of twelve
burns reported from 2020 to 2025 took more than a ship's own tanks hold). A run moves it over on arrival; how much of it
a ship on record still has on a day is not known, so what it would give is told apart.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass

import numpy as np

from cupola.analysis.known_altitude import Known, known_altitude
from cupola.base.errors import DomainError
from cupola.flight.reboost import Engine
from cupola.physics.reboost import delta_v_from
from cupola.programme.functions import ATTITUDE_THRUSTERS, REBOOST, Provision
from cupola.programme.programme import MeanAltitude, Programme
from cupola.programme.traffic import Vehicle
from cupola.simulation.clock import fly
from cupola.simulation.engines import LEAST_BURN
from cupola.simulation.lanes import Lane
from cupola.simulation.model import build_model
from cupola.simulation.processes.providers import Providers
from cupola.simulation.setup import set_up
from cupola.simulation.state import State


@dataclass(frozen=True)
class Pusher:
    """A ship at a port, or an engine of the station's own."""

    port: str
    """Port id; empty for an engine of the station's own"""
    name: str
    """Of the flight, or of the provision"""
    kind: str
    """Vehicle type id, or provision id"""
    turn: str
    """How the station must be turned for it: ``prograde`` (not at all), ``yaw`` or ``pitch``; ``none``: it cannot"""
    thrust: float
    """[N] net along the velocity"""
    specific_impulse: float
    """[s]"""
    tank: float
    """[kg] in the tanks that it burns from"""
    spend: float
    """[kg] of that, what the reserve leaves; with steering"""
    delta_v: float
    """[m/s] that this gives; 0 where it cannot push"""
    refused: str = ""
    """Why it cannot push; empty where it can"""
    brought: float = 0.0
    """[kg] that a ship on record brought for the station's tanks: its own engines can burn what is left of it"""
    delta_v_all: float = 0.0
    """[m/s] with all of that"""


@dataclass(frozen=True)
class Station:
    """The station on a day, as far as a reboost needs it."""

    day: dt.date
    mass: float
    """[kg] with every docked ship"""
    drag_area: float
    """[m2] drag coefficient times area"""
    altitude: float
    """[m] mean"""
    inclination: float
    """[rad]"""
    node: float
    """[rad]"""
    steering: float
    """Propellant for attitude control, as a share of the burn's"""
    spare: float
    """[kg] of propellant in all tanks that the reserve leaves"""
    pushers: tuple[Pusher, ...]
    notes: tuple[str, ...]
    """What is uncertain of it, a sentence each without its full stop"""
    known: str = ""
    """Where the altitude is from, as words that follow it"""


def station_for_burn(programme: Programme, day: dt.date, ending: bool = False, height: float | None = None) -> Station:
    """The station on a day, with all that could push it: ships by port, then its own engines.

    ending   for burns of its end, which may take the reserves too
    height   [m]   mean altitude that is known from elsewhere, taken where the scenario knows none

    Raises DomainError on a day before the station exists, after it has ended, or after the span of a run; and where no
    altitude is known.
    """
    _check(programme, day)
    recorded = day <= programme.as_of
    known = _known(programme, day, height)
    state = _recorded(programme, day) if recorded else _computed(programme, day, known)
    if not state.alive[0]:
        raise DomainError(f"date: the station has entered the atmosphere by then: got {day}; expected an earlier day")
    altitude = known.altitude if recorded else float(state.altitude[0])
    policy, notes, told = programme.orbit_policy, [], known.told
    if recorded:
        notes.append("ships are those on record, each with the tanks of its type: what was burnt since is not known")
    else:
        told = f"by a run from {programme.span.start} on, begun at {known.altitude / 1e3:.2f} km, {known.told}"
        notes.append(f"ships and tanks are those of the nominal run from {programme.span.start}, rules kept")
    spare = float(state.ledger.total("propellant")[0]) if ending else _spare(state, altitude)
    return Station(
        day,
        float(state.mass[0]),
        programme.orbit.drag_area.value + float(np.asarray(state.drag_added)[0]),
        altitude,
        programme.orbit.inclination.value,
        float(state.orbit.node[0]),
        policy.burn_control.value,
        spare,
        _pushers(state, spare, recorded),
        tuple(notes),
        told,
    )


def _check(programme: Programme, day: dt.date) -> None:
    first = min((row.launched for row in programme.elements.values()), default=day)
    if programme.span.start > programme.as_of:
        first = max(first, programme.span.start)
    ended = programme.deorbit.ended
    if day < first:
        raise DomainError(f"date: is before the station exists: got {day}; expected {first} or later")
    if ended is not None and day >= ended:
        raise DomainError(f"date: is after the station's end: got {day}; expected a day before {ended}")
    if day > programme.as_of and day >= programme.span.end:
        raise DomainError(
            f"date: is not before the end of the run: got {day}; expected a day before {programme.span.end}. Choose an "
            "earlier day, or set a later end with --set span.end=DATE."
        )


def _lane(days: int | None) -> list[Lane]:
    return [Lane(0, "rules kept", True, True, let_down=days)]


def _recorded(programme: Programme, day: dt.date) -> State:
    """The state on the morning of a day, from the record alone, with its providers judged."""
    span = dataclasses.replace(programme.span, start=day, end=day + dt.timedelta(days=1))
    state = set_up(build_model(dataclasses.replace(programme, span=span)), _lane(None), programme.span.seed)
    with np.errstate(all="raise", under="ignore"):
        Providers(state).tick(0)
    return state


def _computed(programme: Programme, day: dt.date, known: Known) -> State:
    """The state on the evening of a day, by a run up to it in which no reboost is made on that day itself.

    The run begins at the known altitude, where it would begin at the policy's target.
    """
    start = programme.span.start
    row = MeanAltitude(start, known.altitude, known.told)
    span = dataclasses.replace(programme.span, end=day + dt.timedelta(days=1))
    begun = dataclasses.replace(programme, span=span, altitudes=(*programme.altitudes, row))
    state = fly(begun, _lane((day - start).days), keep_series=False)
    state.weigh()
    return state


def _known(programme: Programme, day: dt.date, height: float | None) -> Known:
    """The altitude on a day of the record, or at the beginning of the run up to it; else that known from elsewhere."""
    if day > programme.as_of:
        day = programme.span.start
        if day == programme.orbit.epoch:
            return Known(programme.orbit.altitude.value, f"of the scenario for {day}")
    try:
        return known_altitude(programme, day)
    except DomainError:
        if height is None:
            raise
    return Known(height, "as given")


def _spare(state: State, altitude: float) -> float:
    """Propellant aboard that may be burnt [kg]: what the policy's reserve leaves, below its floor that of the end."""
    held, policy = float(state.ledger.total("propellant")[0]), state.model.programme.orbit_policy
    reserve, kept = policy.propellant_reserve.value, policy.let_down_reserve.value
    return max(0.0, held - (kept if altitude < policy.floor.value else max(reserve, kept)))


def _pushers(state: State, spare: float, recorded: bool) -> tuple[Pusher, ...]:
    model, programme = state.model, state.model.programme
    uncontrolled = _uncontrolled(state)
    found = []
    for row, port in enumerate(model.ports):
        if state.port_flight[row, 0] >= 0:
            found.append(_ship(state, row, port, spare, uncontrolled, recorded))
    for provision in model.provisions:
        own = provision.function == REBOOST and provision.provider in programme.elements
        if own and state.attached[provision.provider][0]:
            found.append(_own(state, provision, spare, uncontrolled))
    return tuple(found)


def _uncontrolled(state: State) -> str:
    """Why no engine can fire at all; empty when attitude is held."""
    if not state.controlled[0]:
        return "the station's attitude is lost"
    if not state.capacity[ATTITUDE_THRUSTERS][0] > 0.0:
        return "no thrusters hold the attitude while it burns"
    return ""


def _ship(state: State, row: int, port: str, spare: float, uncontrolled: str, recorded: bool) -> Pusher:
    programme = state.model.programme
    vehicle = programme.vehicles[state.model.vehicles[int(state.port_vehicle[row, 0])]]
    name = state.flight_names[int(state.port_flight[row, 0])]
    tank = float(state.ledger.level(f"ship/{port}")[0])
    refused = _ship_lacks(state, vehicle, port) or uncontrolled
    turn, brought = programme.ports[port].burn, vehicle.propellant.value if recorded else 0.0
    impulse = vehicle.specific_impulse.value
    one = Pusher(port, name, vehicle.id, turn, vehicle.thrust.value, impulse, tank, 0.0, 0.0, brought=brought)
    return _pusher(state, one, spare, refused)


def _ship_lacks(state: State, vehicle: Vehicle, port: str) -> str:
    """What keeps a ship from pushing, but for its tanks; empty for nothing."""
    provisions = [row for row in state.model.provisions if row.function == REBOOST and row.provider == vehicle.id]
    if not vehicle.thrust.value > 0.0:
        return "it has no thrust for reboosts"
    if state.model.programme.ports[port].burn == "none":
        return "from this port nothing pushes along the flight"
    if port not in vehicle.ports:
        return "its type is not made for this port"
    if not provisions:
        return "reboosts by its type are not known on this day"
    working = [row for row in provisions if state.working[row.id][0]]
    return "" if working else _missing(state, provisions[0])


def _own(state: State, provision: Provision, spare: float, uncontrolled: str) -> Pusher:
    programme = state.model.programme
    block = state.ledger.block("propellant")
    own = slice(block.start, block.start + state.ledger.listed("propellant"))
    tank = float(state.ledger.levels[own, 0].sum())
    refused = "" if state.working[provision.id][0] else _missing(state, provision)
    for row, port in enumerate(state.model.ports):
        noun = programme.ports[port]
        if noun.element == provision.provider and noun.burn == "prograde" and state.port_flight[row, 0] >= 0:
            ship = state.flight_names[int(state.port_flight[row, 0])]
            refused = refused or f"{ship} stands behind it at {port}"
    impulse = programme.orbit_policy.engine_impulse.value
    return _pusher(
        state,
        Pusher("", provision.name, provision.id, "prograde", provision.capacity.value, impulse, tank, 0.0, 0.0),
        spare,
        refused or uncontrolled,
    )


def _pusher(state: State, one: Pusher, spare: float, refused: str) -> Pusher:
    """With what it may spend, and what that gives."""
    spend = min(one.tank, spare)
    if not refused:
        if not one.tank + one.brought > 0.0:
            refused = "its tanks are dry"
        elif not spend + one.brought > 0.0:
            refused = "the reserve leaves nothing to burn"
    if refused:
        return dataclasses.replace(one, spend=spend, refused=refused)
    control, mass = state.model.programme.orbit_policy.burn_control.value, float(state.mass[0])
    own, whole = (
        float(delta_v_from(part / (1.0 + control), mass, one.specific_impulse)) for part in (spend, spend + one.brought)
    )
    return dataclasses.replace(one, spend=spend, delta_v=own, delta_v_all=whole)


def _missing(state: State, provision: Provision) -> str:
    """What a provision lacks, in words."""
    for _, key, works, _, missing, _ in reversed(state.recorder.capacities):
        if key == provision.id and not works[0] and missing[0]:
            kind, _, subject = state.recorder.keys[int(missing[0])].partition("/")
            return f"it lacks {subject} ({kind})" if subject else f"it lacks {kind}"
    return "what it needs is not there"


def named(one: Pusher) -> str:
    """A pusher with its port, as it is printed."""
    return f"{one.name} at {one.port}" if one.port else one.name


def engines(station: Station, size: float, port: str = "") -> tuple[Engine, ...]:
    """The engines that make a change of a size, in the order in which they are used up.

    size    [m/s]
    port    only what pushes from this port, or the provision of this id; all when empty

    The first that suffices alone, in the order of a run; else the first that does with what it brought for the
    station's tanks; else all that can, one after another, but for those that would give less than a burn is worth
    (``simulation/engines.py``). What two of them burn from is counted once.
    """
    able = [one for one in station.pushers if not one.refused and port in ("", one.port or one.kind)]
    enough = [one for one in able if one.delta_v >= size] or [one for one in able if one.delta_v_all >= size]
    left, tanks, found = station.spare, set(), []
    for one in enough[:1] or able:
        spend = min(one.spend, left)
        burnt = (spend + one.brought) / (1.0 + station.steering)
        if one.port in tanks or not burnt > 0.0:
            continue
        most = float(delta_v_from(burnt, station.mass, one.specific_impulse))
        if most < min(size, LEAST_BURN):
            continue
        tanks.add(one.port)
        left -= spend
        found.append(Engine(named(one), one.specific_impulse, one.thrust, station.steering, most))
    return tuple(found)
