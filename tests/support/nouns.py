"""Nouns of small invented programmes, by what a test wants to say of them; the rest is usual."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from cupola.base.quantity import UNITS, Quantity
from cupola.programme.functions import Function, Need, Provision
from cupola.programme.record import Rule
from cupola.programme.station import Element, Port, Store
from cupola.programme.traffic import Flight, Person, Service, Vehicle

START = dt.date(2022, 7, 26)

FAR = dt.date(2000, 1, 1)

SOURCE, STATUS, WHERE = "invented for a test", "K", "small.py:1"


def q(value: float, unit: str = "1", spread: float = 0.0) -> Quantity:
    factor = UNITS[unit][1]
    return Quantity(value * factor, value * (1 - spread) * factor, value * (1 + spread) * factor, unit, "K", SOURCE)


def element(key: str, owner: str, host: str, mass: float) -> Element:
    return Element(
        key, key, "pressurised", owner, owner, owner, owner, host, FAR, FAR, None, FAR, q(mass, "kg"), q(0, "m2"),
        q(0, "d"), q(0), q(0, "d"), "", SOURCE, STATUS, WHERE,
    )  # fmt: skip


def port(key: str, at: str, system: str, burn: str = "none", refuels: tuple[str, ...] = (), **more: Any) -> Port:
    row = {"method": "docking", "excludes": (), "lever_arm": q(25, "m"), "since": FAR, "until": None}
    row |= {"source": SOURCE, "status": STATUS, "where": WHERE} | more
    return Port(id=key, name=key, element=at, system=system, burn=burn, refuels=refuels, **row)


def store(key: str, commodity: str, at: str, capacity: float, level: float) -> Store:
    full = q(capacity, "kg")
    return Store(key, key, commodity, at, full, q(level, "kg", 0.05), START, SOURCE, STATUS, WHERE)


def provision(key: str, function: str, provider: str, capacity: Quantity, owner: str, *needs: Need) -> Provision:
    return Provision(
        key, key, function, provider, capacity, owner, owner, tuple(needs), FAR, None, SOURCE, STATUS, WHERE
    )


def function(key: str, unit: str, demand: float, basis: str = "station", vital: bool = True) -> Function:
    return Function(key, key, unit, q(demand, unit), basis, vital, SOURCE, STATUS, WHERE)


def vehicle(key: str, operator: str, system: str, ports: tuple[str, ...], **more: Quantity | bool) -> Vehicle:
    nothing = q(0, "kg")
    row: dict[str, Any] = {
        "mass": q(8000, "kg"),
        "seats": q(0),
        "dry_cargo": nothing,
        "food_share": q(0.5, "1", 0.1),
        "water": nothing,
        "gas": nothing,
        "propellant": nothing,
        "propellant_own": nothing,
        "disposal": q(2000, "kg"),
        "returns": nothing,
        "thrust": q(0, "N"),
        "specific_impulse": q(290, "s"),
        "max_stay": q(200, "d"),
        "usual_stay": q(100, "d"),
        "replacement": q(60, "d"),
        "failures": q(0.02),
        "slip": q(10, "d"),
        "crewed": False,
    }
    return Vehicle(
        id=key,
        name=key,
        operator=operator,
        family=key,
        system=system,
        ports=ports,
        site="centre-" + operator[0],
        source=SOURCE,
        status=STATUS,
        where=WHERE,
        **(row | more),
    )


def service(key: str, days: float, first: int, crew: tuple[tuple[str, int], ...] = ()) -> Service:
    begins = START + dt.timedelta(days=first)
    return Service(key, key, q(days, "d"), begins, None, crew, q(0, "d"), "", q(6, "d"), FAR, SOURCE, STATUS, WHERE)


def rule(key: str, kind: str, subject: str, limit: float, unit: str, action: str = "record", grace: float = 0) -> Rule:
    return Rule(key, key, kind, subject, limit * UNITS[unit][1], unit, action, grace * 86400.0, SOURCE, STATUS, WHERE)


def on(day: int) -> dt.date:
    """The date of a day of the run."""
    return START + dt.timedelta(days=day)


def coming(key: str, host: str, mass: float, day: int, **changes: Any) -> Element:
    """An element of partner a that is attached on a day of the run."""
    return dataclasses.replace(element(key, "a", host, mass), launched=on(day), attached=on(day), **changes)


def flight(
    key: str, vehicle: str, docked: int | None, port: str = "", undocked: int | None = None, **changes: Any
) -> Flight:
    """A flight on record, by days of the run; ``moves`` are pairs of day and port."""
    launched = on(changes.pop("launched", docked))
    moves = tuple((on(day), target) for day, target in changes.pop("moves", ()))
    left = None if undocked is None else on(undocked)
    row: dict[str, Any] = dict.fromkeys(("dry_cargo", "propellant", "water", "gas"))
    row |= {"crew_up": (), "crew_down": (), "outcome": "ok", "known": launched, "ended": left, "operator": "a"}
    row |= {"source": SOURCE, "status": STATUS, "where": WHERE} | changes
    return Flight(
        id=key, name=f"Flight {key}", vehicle=vehicle, launched=launched, port=port, moves=moves, undocked=left,
        docked=None if docked is None else on(docked), **row,
    )  # fmt: skip


def people(partner: str, up: str, arrived: int, count: int) -> tuple[Person, ...]:
    """So many people of a partner who came with a flight on a day of the run and are still aboard."""
    return tuple(
        Person(f"{partner}-{up}-{number}", partner, up, on(arrived), "", None, "", WHERE) for number in range(count)
    )
