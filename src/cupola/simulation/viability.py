"""Viability: what a station or a part of it can do after a step of an exit, question by question.

Each question takes several things at once: a reboost takes thrust, attitude control while it lasts, propellant and a
port or an engine of one's own; a controlled end takes the same and enough propellant. What a programme has no function
for is not asked. Needs that grow with a station (power, cooling) are shared out by the mass of the elements; air and
water are asked for the people aboard, or for one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cupola.base.quantity import UNITS
from cupola.base.time import from_mjd
from cupola.physics.reboost import propellant_for
from cupola.programme.functions import (
    ATTITUDE_GYROS,
    ATTITUDE_THRUSTERS,
    CO2_REMOVAL,
    COMMAND_DATA,
    COMMUNICATION,
    GROUND_CONTROL,
    HEAT_REJECTION,
    OXYGEN,
    POWER,
    REBOOST,
    ROBOTIC_ARM,
    WATER_RECOVERY,
)
from cupola.simulation.parts import Side, judge_cut, side_of, sides
from cupola.simulation.state import State

Row = dict[str, Any]
Verdict = tuple[float, float, str, tuple[str, ...]]
"""What there is, what is needed, the unit, and what is lacking"""
SOFT = "~"
"""Begins what makes a verdict 'short' rather than 'no'; it is not written"""


def share_of(state: State, side: Side) -> float:
    """The side's share of the elements' mass that is attached today."""
    own = whole = 0.0
    for key, noun in state.model.programme.elements.items():
        if state.attached[key][side.lane]:
            whole += noun.mass.value
            own += noun.mass.value if key in side.elements else 0.0
    return own / whole if whole else 0.0


def mass_of(state: State, side: Side) -> float:
    """Mass of the side with its outfitting and stores, without ships [kg]."""
    elements = share_of(state, side) * float(state.structure[side.lane])
    for amount in side.stock.values():
        elements += amount
    return elements


def _against(state: State, side: Side, function: str, words: str) -> Verdict:
    noun = state.model.programme.functions.get(function)
    have = side.amount(function)
    if noun is None:
        return have, 0.0, "", ()
    need = noun.demand.value * (share_of(state, side) if noun.basis == "station" else 1.0)
    lacks = (
        () if have > 0.0 and have >= need * (1.0 - 1e-9) else ((f"{SOFT}too little {words}" if have > 0.0 else words),)
    )
    factor = UNITS[noun.unit][1]
    return have / factor, need / factor, noun.unit, lacks


def _named(state: State, function: str) -> bool:
    return function in state.model.programme.functions


def _power(state: State, side: Side) -> Verdict:
    return _against(state, side, POWER, "power")


def _cooling(state: State, side: Side) -> Verdict:
    return _against(state, side, HEAT_REJECTION, "heat rejection")


def _attitude(state: State, side: Side) -> Verdict:
    gyros, thrusters = side.amount(ATTITUDE_GYROS), side.amount(ATTITUDE_THRUSTERS)
    lacks: tuple[str, ...] = ()
    if thrusters <= 0.0:
        lacks = (f"{SOFT}gyros that nothing empties",) if gyros > 0.0 else ("gyros", "thrusters with propellant")
    return thrusters, 0.0, "N", lacks


def _engine(state: State, side: Side) -> bool:
    """Whether an engine of its own works, or a ship that can push it fits a port from which that is done."""
    programme = state.model.programme
    pushers = [row.provider for row in side.working.values() if row.function == REBOOST]
    ports = [row for row in programme.ports.values() if row.element in side.elements and row.burn != "none"]
    fits = {port.id for port in ports}
    return any(
        key in side.elements or (key in programme.vehicles and fits & set(programme.vehicles[key].ports))
        for key in pushers
    )


def _push_lacks(state: State, side: Side) -> tuple[str, ...]:
    lacks = []
    if side.amount(REBOOST) <= 0.0:
        lacks.append("thrust")
    elif not _engine(state, side):
        lacks.append("a port to push from")
    if side.amount(ATTITUDE_THRUSTERS) <= 0.0:
        lacks.append("attitude control during a burn")
    if side.stock.get("propellant", 0.0) <= 1.0:
        lacks.append("propellant")
    return tuple(lacks)


def _reboost(state: State, side: Side) -> Verdict:
    return side.stock.get("propellant", 0.0), 0.0, "kg", _push_lacks(state, side)


def _people(side: Side) -> float:
    return max(1.0, side.people)


def _air(state: State, side: Side) -> Verdict:
    functions = state.model.programme.functions
    able, lacks = [], []
    for key, words in ((OXYGEN, "oxygen generation"), (CO2_REMOVAL, "carbon dioxide removal")):
        each = functions[key].demand.value if key in functions else 0.0
        carried = side.amount(key) / each if each else 0.0
        able.append(carried)
        if carried < _people(side) * (1.0 - 1e-9):
            lacks.append(f"{SOFT}{words} for {carried:.0f} of {_people(side):.0f}" if carried >= 1.0 else words)
    return min(able), _people(side), "people", tuple(lacks)


def _water(state: State, side: Side) -> Verdict:
    life = state.model.programme.life_support
    days = side.stock.get("water", 0.0) / (_people(side) * life.drink.value * 86_400.0)
    recovers = side.amount(WATER_RECOVERY) > 0.0
    if recovers and days > 0.0:
        return days, 0.0, "d", ()
    return days, 0.0, "d", ((f"{SOFT}only what is stored",) if days > 1.0 else ("water",))


def _ports(state: State, side: Side) -> Verdict:
    programme = state.model.programme
    free = [
        row for row in programme.ports.values()
        if row.element in side.elements and row.method == "docking" and row.id in state.model.ports
        and state.port_open[state.model.ports.index(row.id), side.lane]
    ]  # fmt: skip
    used = [row for row in free if any(row.id in programme.vehicles[key].ports for key in {*side.coming, *side.docked})]
    lacks = () if used else (("ships that fit its ports",) if free else ("docking ports",))
    return float(len(used)), 1.0, "ports", lacks


def _arm(state: State, side: Side) -> Verdict:
    programme = state.model.programme
    berths = [row for row in programme.ports.values() if row.element in side.elements and row.method == "berthing"]
    have = side.amount(ROBOTIC_ARM)
    return have, 0.0, "kg", (("an arm for its berthing ports",) if berths and have <= 0.0 else ())


def _seats(state: State, side: Side) -> Verdict:
    lacks = () if side.seats >= side.people - 0.5 else ("return seats for all",)
    return side.seats, side.people, "seats", lacks


def _contact(state: State, side: Side) -> Verdict:
    have = side.amount(COMMUNICATION)
    lacks = () if have > 0.0 or not _named(state, COMMUNICATION) else ("a link to the ground",)
    return have * 100.0, 0.0, "%", lacks


def _control(state: State, side: Side) -> Verdict:
    lacks = []
    centres = side.amount(GROUND_CONTROL)
    if _named(state, COMMAND_DATA) and side.amount(COMMAND_DATA) <= 0.0:
        lacks.append("command computers that work")
    if _named(state, GROUND_CONTROL) and centres <= 0.0:
        lacks.append("a control centre")
    return centres, 1.0, "centres", tuple(lacks)


def _deorbit(state: State, side: Side) -> Verdict:
    settings, policy = state.model.programme.deorbit, state.model.programme.orbit_policy
    need = float(propellant_for(settings.delta_v.value, mass_of(state, side), policy.engine_impulse.value))
    need *= 1.0 + policy.burn_control.value
    have = side.stock.get("propellant", 0.0)
    if settings.vehicle in {*side.coming, *side.docked}:
        have += settings.ships.value * settings.ship_propellant.value
    lacks = [row for row in _push_lacks(state, side) if row != "propellant"]
    if have < need:
        lacks.append("propellant for the burns")
    return have, need, "kg", tuple(lacks)


QUESTIONS: dict[str, Callable[[State, Side], Verdict]] = {
    "power": _power,
    "cooling": _cooling,
    "attitude": _attitude,
    "reboost": _reboost,
    "air": _air,
    "water": _water,
    "ports": _ports,
    "arm": _arm,
    "seats": _seats,
    "communication": _contact,
    "control": _control,
    "deorbit": _deorbit,
}


def viability_rows(state: State, side: Side, step: int, change: str) -> list[Row]:
    """One row a question for a side after a step."""
    date = from_mjd(state.model.first + state.day)
    rows = []
    for ability, ask in QUESTIONS.items():
        have, need, unit, lacks = ask(state, side)
        hard = [row for row in lacks if not row.startswith(SOFT)]
        said = "; ".join(row.removeprefix(SOFT) for row in lacks)
        rows.append(
            {
                "future": side.lane, "step": step, "date": date, "change": change, "part": side.name,
                "ability": ability, "verdict": "no" if hard else ("short" if lacks else "yes"),
                "amount": float(have), "need": float(need), "unit": unit, "lacks": said,
            }
        )  # fmt: skip
    return rows


def judge_part(state: State, cut: str) -> None:
    """On the day of the cut, before it is made: what the part that goes takes along and can do alone."""
    for lane in state.leaving.noted:
        if state.attached[cut][lane]:
            leaving = state.leaving
            leaving.viability += viability_rows(state, sides(state, cut, lane)[0], leaving.number, f"separated/{cut}")
    judge_cut(state, cut)


def note_cuts(state: State, change: str) -> None:
    """On the day of the exit's end, before anything goes: what each possible cut would strand."""
    for lane in state.leaving.noted:
        state.leaving.cuts += cut_rows(state, lane, state.leaving.number, change)


def cut_rows(state: State, lane: int, step: int, change: str) -> list[Row]:
    """One row for each joint at which the part of the partner that leaves could be cut, with what is stranded."""
    model, plan = state.model, state.model.exit
    if plan is None:
        return []
    date = from_mjd(model.first + state.day)
    others = [row for row in range(len(model.partners)) if row != plan.partner]
    rows = []
    for key, noun in model.programme.elements.items():
        if not noun.host or not state.attached[key][lane] or model.partner_row(noun.operator) != plan.partner:
            continue
        leaving = set(model.programme.hanging_on(key))
        parts = (
            side_of(state, "with", leaving, [plan.partner], lane),
            side_of(state, "without", set(model.programme.elements) - leaving, others, lane),
        )
        # A side that neither pushes nor steers cannot use what is in its tanks.
        dead = [side.amount(REBOOST) <= 0.0 and side.amount(ATTITUDE_THRUSTERS) <= 0.0 for side in parts]
        held = [side.stock.get("propellant", 0.0) for side in parts]
        rows.append(
            {
                "future": lane, "step": step, "date": date, "change": change, "cut": key, "name": noun.name,
                "elements": len(parts[0].elements), "mass": mass_of(state, parts[0]),
                "propellant_with": held[0], "propellant_without": held[1],
                "stranded_with": held[0] if dead[0] else 0.0, "stranded_without": held[1] if dead[1] else 0.0,
            }
        )  # fmt: skip
    return rows
