"""The nouns of the station that the analyses judge."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from cupola.base.quantity import UNITS, Quantity
from cupola.programme.functions import Function, Need, Provision
from cupola.programme.record import Obligation
from cupola.programme.station import Element
from cupola.programme.traffic import Flight, Vehicle

D = dt.date

START, END = D(2030, 1, 1), D(2034, 1, 1)

EXIT = D(2031, 1, 1)


def q(value: float, unit: str = "1") -> Quantity:
    si = value * UNITS[unit][1]
    return Quantity(si, si, si, unit, "F", "Handbook of the invented station, 2029")


def filled(noun: type, **given: Any) -> Any:
    """A settings noun with every quantity not given set to one."""
    return noun(**{item.name: given.get(item.name, q(1.0)) for item in dataclasses.fields(noun)})


def element(key: str, owner: str, host: str, mass: float = 10_000.0) -> Element:
    day = D(2020, 1, 1)
    return Element(
        key,
        f"Module {key}",
        "pressurised",
        "s",
        owner,
        owner,
        owner,
        host,
        day,
        day,
        None,
        day,
        q(mass, "kg"),
        q(0.0, "m2"),
        q(0.0, "d"),
        q(0.0),
        q(0.0, "d"),
        "",
        "s",
        "F",
        "x:1",
    )


def provision(
    key: str, function: str, provider: str, capacity: float, unit: str, partner: str, *needs: Need
) -> Provision:
    return Provision(
        key,
        f"Unit {key}",
        function,
        provider,
        q(capacity, unit),
        partner,
        partner,
        needs,
        D(2020, 1, 1),
        None,
        "Unit book, 2029",
        "F",
        "x:1",
    )


def function(key: str, name: str, unit: str) -> Function:
    return Function(key, name, unit, q(1.0, unit), "station", True, "Function book, 2029", "F", "x:1")


def vehicle(key: str, operator: str, crewed: bool, own: float) -> Vehicle:
    given: dict[str, Any] = {
        "id": key,
        "name": f"Ship {key}",
        "operator": operator,
        "family": key,
        "system": "dock",
        "ports": ("p1", "p2"),
        "site": "pad",
        "crewed": crewed,
        "mass": q(7000.0, "kg"),
        "seats": q(3.0 if crewed else 0.0),
        "propellant_own": q(own, "kg"),
        "source": "s",
        "status": "F",
        "where": "x:1",
    }
    return Vehicle(**{item.name: given.get(item.name, q(1.0)) for item in dataclasses.fields(Vehicle)})


def flight(key: str, ship: str, operator: str, docked: D, undocked: D | None, port: str, **more: Any) -> Flight:
    given: dict[str, Any] = {
        "moves": (),
        "ended": undocked,
        "crew_up": (),
        "crew_down": (),
        "dry_cargo": None,
        "propellant": None,
        "water": None,
        "gas": None,
        "outcome": "ok",
        "known": docked,
        "source": "s",
        "status": "F",
        "where": "x:1",
        **more,
    }
    return Flight(key, f"Flight {key}", ship, operator, docked, docked, port, undocked=undocked, **given)


def obligation(key: str, partner: str, basis: str, function: str, start: D, end: D | None) -> Obligation:
    return Obligation(
        key,
        partner,
        (partner,),
        "all",
        f"duty {key}",
        "1",
        "",
        "",
        start,
        end,
        basis,
        "",
        function,
        "Duties",
        "F",
        "x:1",
    )
