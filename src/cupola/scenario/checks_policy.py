"""Checks of policies, rules and the daily needs of a person whose numbers contradict each other."""

from __future__ import annotations

from cupola.base.quantity import DAY_S, UNITS
from cupola.scenario.cells import Findings, remedy
from cupola.scenario.checks_sense import given_with
from cupola.scenario.typed import TypedRow, TypedTables

_EATEN = ("food", "water", "oxygen")
_NOT_AFTER = (("floor", "altitude"), ("propellant_reserve", "propellant_goal"))
"""Fields of the policy of which the first is at most the second."""


def check_policy(tables: TypedTables, findings: Findings) -> None:
    """Note numbers of the policies that contradict each other."""
    policy, attitude = tables.get("orbit_policy", {}).get(""), tables.get("attitude", {}).get("")
    if policy is not None:
        for low, high in _NOT_AFTER:
            _at_most(policy, low, high, findings)
    gyros = attitude.quantity("gyros") if attitude is not None else None
    if attitude is None or gyros is None or gyros.value <= 0:
        return
    # An overlay may ask what becomes of a station that has lost gyros.
    if given_with(attitude.place("gyros_needed"), attitude.place("gyros")):
        _at_most(attitude, "gyros_needed", "gyros", findings)


def _at_most(row: TypedRow, low: str, high: str, findings: Findings) -> None:
    """Note a quantity that is more than another of its row."""
    first, second = row.quantity(low), row.quantity(high)
    if first is None or second is None or first.value <= second.value * (1 + 1e-9):
        return
    unit = "" if first.unit == "1" else f" {first.unit}"
    most = f"{second.at_edge():g}{unit}"
    what, rule, advice = f"is more than {high}", f"at most {most}", f"Give {most} or less, or mend {high}."
    findings.add(row.place(low), row.key(low), what, f"{first.at_edge():g}{unit}", rule, advice)


def check_rules(tables: TypedTables, findings: Findings) -> None:
    """Note rules about a ship that is none, and reserves of what people use up that are given as a mass."""
    for row in tables["rules"].values():
        subject, unit = row.text("subject"), row.text("unit")
        if row.text("kind") == "altitude" and subject and subject not in tables["vehicles"]:
            advice = remedy(subject, tables["vehicles"], "Name a vehicle, or leave it blank for the station.")
            findings.add(row.place("subject"), row.key("subject"), "names no vehicle", subject, remedy=advice)
        if row.text("kind") == "reserve" and subject in _EATEN and unit in UNITS and UNITS[unit][0] == "mass":
            what, rule = f"is a mass, and a reserve of {subject} is counted in days", "a unit of time"
            findings.add(row.place("unit"), row.key("unit"), what, unit, rule, "Give d, and the limit in days.")


def check_balance(tables: TypedTables, findings: Findings) -> None:
    """Note what a person takes and gives in a day when it does not balance; the run would refuse it."""
    from cupola.base.errors import DomainError
    from cupola.physics.metabolism import metabolism

    row = tables.get("life_support", {}).get("")
    names = ("oxygen", "carbon_dioxide", "food", "dry_food", "drink", "urine", "condensate", "waste")
    found = {name: row.quantity(name) for name in names} if row is not None else {}
    masses = {name: quantity.value * DAY_S for name, quantity in found.items() if quantity is not None}
    if row is None or len(masses) < len(names):
        return
    try:
        metabolism(**masses)
    except DomainError as error:
        field, advice = _balance_advice(str(error), masses)
        got = ", ".join(f"{name} {mass:.4g}" for name, mass in masses.items())
        what = f"does not balance ({str(error).removeprefix('metabolism: ').rstrip('.')})"
        findings.add(row.place(field), row.key(field), what, f"{got} kg/d", remedy=f"Check the masses. {advice}")


def _balance_advice(message: str, masses: dict[str, float]) -> tuple[str, str]:
    """The field to mend and a value for it."""
    from cupola.physics.metabolism import PACKAGING, diet

    if "quotient" in message:
        # Moles given for moles taken; 0.87 lies in the middle of what food gives.
        right = 0.87 * masses["oxygen"] * 44.01 / 32.0
        return "carbon_dioxide", f"With this oxygen, carbon_dioxide is about {right:.2f} kg/d."
    if "food" in message:
        solids = max(masses["dry_food"], float(diet(masses["oxygen"], masses["carbon_dioxide"]).solids))
        least = solids / (1.0 - PACKAGING) + 0.01
        return "food", f"With its packaging and the solids in it, food is {least:.2f} kg/d or more."
    if "condensate" in message:
        return "drink", f"Give drink above the urine, {masses['urine']:.2f} kg/d, by what is breathed out."
    return "urine", "Give urine of 0.2 kg/d or more."
