"""A small invented station and hand-made tables of its run, for the tests of the analyses.

Partner ``b`` gives thrusters, reboost and half of the oxygen, and needs power; ``a`` gives power, gyros and the rest.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest

from cupola.base.quantity import DAY_S, UNITS, Quantity
from cupola.base.tables import RUN_TABLES, TABLES
from cupola.programme.environment import SolarOutlook
from cupola.programme.functions import Function, Need, Provision
from cupola.programme.programme import MeanAltitude, Programme
from cupola.programme.record import Agreement, Obligation, Partner, Rule, Statement
from cupola.programme.settings import (
    Attitude,
    CrewPolicy,
    Deorbit,
    Departure,
    LifeSupport,
    Orbit,
    OrbitPolicy,
    Span,
)
from cupola.programme.station import Element, Port, Site, Store
from cupola.programme.traffic import Flight, Person, Service, Vehicle

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


@pytest.fixture
def programme() -> Programme:
    """The station on 2030-01-01, with partner ``b`` leaving after 2030-12-31."""
    partners = {
        "a": Partner("a", "Agency A", "partner", "a", "", "s", "x:1"),
        "b": Partner("b", "Agency B", "partner", "b", "", "s", "x:1"),
        "c": Partner("c", "Company C", "contractor", "a", "", "s", "x:1"),
    }
    provisions = [
        provision("arrays", "power", "lab", 10.0, "kW", "a", Need("site", "centre-a")),
        provision("gyro-unit", "attitude_gyros", "lab", 8000.0, "N m s", "a", Need("function", "power", 500.0)),
        provision("jets", "attitude_thrusters", "core", 500.0, "N", "b", Need("store", "propellant")),
        provision(
            "computers", "command_data", "core", 1.0, "1", "b", Need("trained", "b"), Need("function", "power", 300.0)
        ),
        provision("engine", "reboost", "core", 3000.0, "N", "b", Need("provision", "computers")),
        provision("tug-thrust", "reboost", "tug", 600.0, "N", "a", Need("function", "attitude_thrusters")),
        provision("oxygen-a", "oxygen_generation", "lab", 3.0, "kg/d", "a", Need("function", "power", 100.0)),
        provision("oxygen-b", "oxygen_generation", "core", 2.0, "kg/d", "b", Need("function", "power", 100.0)),
        provision("seats-b", "return_seats", "capsule", 3.0, "1", "b"),
    ]
    return Programme(
        id="small",
        title="A small station",
        as_of=D(2030, 1, 1),
        baseline="",
        span=Span(START, END, 1, 1),
        orbit=filled(Orbit, epoch=START, altitude=q(410.0, "km"), unlisted_mass=q(500.0, "kg")),
        orbit_policy=filled(OrbitPolicy),
        attitude=filled(Attitude),
        life_support=filled(LifeSupport),
        crew_policy=filled(CrewPolicy),
        deorbit=filled(Deorbit, vehicle="capsule", begin=None, ended=None),
        departure=Departure(
            "b",
            D(2030, 12, 31),
            q(0.0, "d"),
            "services-stop",
            "",
            "",
            q(1.0, "y"),
            q(3.0),
            q(365.0, "d"),
            None,
            "leaving",
            "treaty",
        ),
        partners=partners,
        elements={"core": element("core", "b", ""), "lab": element("lab", "a", "core")},
        ports={
            key: Port(
                key,
                f"Port {key}",
                "core",
                "dock",
                "docking",
                "prograde",
                (),
                (),
                q(10.0, "m"),
                D(2020, 1, 1),
                None,
                "s",
                "F",
                "",
            )
            for key in ("p1", "p2")
        },
        stores={
            "tank": Store("tank", "Tank", "propellant", "core", q(900.0, "kg"), q(600.0, "kg"), START, "s", "F", ""),
            "pantry": Store("pantry", "Pantry", "food", "lab", q(900.0, "kg"), q(400.0, "kg"), START, "s", "F", ""),
        },
        sites={"centre-a": Site("centre-a", "Centre A", "control", "a", "s", "F", "")},
        functions={
            row.id: row
            for row in (
                function("power", "Power", "kW"),
                function("attitude_gyros", "Attitude control by gyros", "N m s"),
                function("attitude_thrusters", "Attitude control by thrusters", "N"),
                function("command_data", "Command and data", "1"),
                function("reboost", "Reboost", "N"),
                function("oxygen_generation", "Oxygen generation", "kg/d"),
                function("return_seats", "Return seats", "1"),
            )
        },
        provisions={row.id: row for row in provisions},
        vehicles={"capsule": vehicle("capsule", "b", True, 0.0), "tug": vehicle("tug", "c", False, 300.0)},
        flights={
            "c1": flight("c1", "capsule", "b", D(2029, 11, 1), None, "p1"),
            "t1": flight("t1", "tug", "c", D(2029, 12, 1), None, "p2", moves=((D(2029, 12, 20), "p2"),)),
        },
        services={
            "capsules": Service(
                "capsules",
                "capsule",
                q(180.0, "d"),
                D(2030, 5, 1),
                None,
                (),
                q(0.0, "d"),
                "",
                q(7.0, "d"),
                START,
                "s",
                "F",
                "",
            )
        },
        people=(
            Person("Ada", "a", "c1", D(2029, 11, 1), "c2", D(2030, 5, 10), "", ""),
            Person("Ben", "b", "c1", D(2029, 11, 1), "c2", None, "", ""),
            Person("Old", "b", "c0", D(2029, 1, 1), "c0", D(2029, 11, 8), "", ""),
        ),
        burns={},
        rules={
            "trained-b": Rule(
                "trained-b", "one person of B aboard", "trained", "b", 1.0, "1", "abandon", 0.0, "Rule book", "F", ""
            ),
            "food-45": Rule(
                "food-45", "45 days of food", "reserve", "food", 45 * DAY_S, "d", "record", 0.0, "Rule book", "F", ""
            ),
        },
        waived=(),
        statements={
            "leaving": Statement(
                "leaving",
                D(2029, 12, 20),
                "Director B",
                "head of Agency B",
                "government",
                ("state TV",),
                "announced",
                "small",
                (),
                "",
                "Agency B will leave after 2030",
                "State TV, 2029",
                "F",
                "",
            )
        },
        agreements={
            "treaty": Agreement(
                "treaty",
                "Station treaty",
                ("a", "b"),
                "",
                "",
                "",
                "",
                "",
                "",
                "Article 9",
                "one year of notice",
                "Treaty text, 2018",
                "F",
                "",
            )
        },
        obligations={
            row.id: row
            for row in (
                obligation("b-reboost", "b", "treaty", "reboost", D(2020, 1, 1), None),
                obligation("b-early", "b", "leaving", "reboost", D(2020, 1, 1), D(2030, 6, 1)),
                obligation("a-power", "a", "treaty; x", "power", D(2020, 1, 1), D(2033, 1, 1)),
                obligation("a-oxygen", "a", "treaty", "oxygen_generation", D(2020, 1, 1), None),
                obligation("a-talk", "a", "treaty", "", D(2020, 1, 1), None),
                obligation("old", "a", "treaty", "", D(2020, 1, 1), D(2025, 1, 1)),
            )
        },
        altitudes=(
            MeanAltitude(D(2029, 12, 1), 410_000.0, "s"),
            MeanAltitude(D(2029, 12, 11), 409_000.0, "s"),
            MeanAltitude(D(2030, 3, 1), 415_000.0, "s"),
        ),
        solar=SolarOutlook(START, ((), (), ()), ((), (), ()), ((), (), ()), START, "2030-01", END, "s"),
        traces=(),
        files=(("scenario.yaml", "00"),),
    )


def event(
    future: int, day: D, key: str, because: str = "", value: float | None = None, unit: str = ""
) -> tuple[Any, ...]:
    kind, _, subject = key.partition("/")
    return future, day, kind, subject, key, value, unit, because, ""


def table(name: str, rows: list[tuple[Any, ...]]) -> dict[str, list[Any]]:
    """Rows in the order of the columns of the specification, as columns."""
    names = [column.name for column in TABLES[name].columns]
    return {key: [row[place] for row in rows] for place, key in enumerate(names)}


def run_tables(events: list[tuple[Any, ...]], **given: list[tuple[Any, ...]]) -> dict[str, dict[str, list[Any]]]:
    """All tables of a run, empty where not given. Events are numbered here."""
    rows = {
        "futures": [(0, "rules kept", True, True), (1, "rules waived", False, True)],
        "events": [(place, *row) for place, row in enumerate(sorted(events, key=lambda row: row[:2]))],
        **given,
    }
    return {spec.name: table(spec.name, rows.get(spec.name, [])) for spec in RUN_TABLES}


def day_row(
    future: int, day: D, altitude: float, crew: int, food_days: float | None, held: bool, able: bool
) -> tuple[Any, ...]:
    return (
        future,
        day,
        altitude,
        0.0,
        120.0,
        30_000.0,
        500.0,
        crew,
        3,
        50.0,
        None,
        60.0,
        None,
        70.0,
        food_days,
        0.0,
        held,
        able,
    )


@pytest.fixture
def case_tables() -> dict[str, dict[str, list[Any]]]:
    """Partner ``b`` leaves: a rule empties the station in January, loss of attitude would in March 2031."""
    left = "partner-left/b"
    events = []
    for lane in (0, 1):
        events += [
            event(lane, D(2030, 6, 1), "reboost/station", "", 1.5, "m/s"),
            event(lane, D(2030, 12, 1), "reboost/station", "", 2.0, "m/s"),
            event(lane, EXIT, "partner-exit-begins/b", "statement/leaving"),
            event(lane, EXIT, left, "partner-exit-begins/b + statement/leaving"),
            event(lane, EXIT, "service-ended/capsules", left),
            event(lane, EXIT, "undocking/c9", left, 2.0),
            event(lane, EXIT, "provider-lost/computers", left),
            event(lane, EXIT, "provider-lost/jets", left),
            event(lane, EXIT, "function-lost/attitude_thrusters", "provider-lost/jets"),
            event(lane, EXIT, "function-lost/reboost", "provider-lost/computers"),
            event(lane, EXIT, "rule-crossed/trained-b", f"rule/trained-b + {left}"),
            event(lane, EXIT, "deorbit-lost/station", "function-lost/attitude_thrusters", 410.0, "km"),
            event(lane, D(2031, 2, 1), "reboost-missed/station", "function-lost/reboost", 405.0, "km"),
        ]
    events += [
        event(0, EXIT, "crew-ordered-off/station", "rule-crossed/trained-b"),
        event(0, D(2031, 1, 8), "undocking/c10", "crew-ordered-off/station", 1.0),
        event(0, D(2031, 1, 8), "crew-left/station", "crew-ordered-off/station"),
        event(1, D(2031, 3, 2), "undocking/t9", "fact/vehicles.tug.usual_stay", 0.0),
        event(1, D(2031, 3, 2), "attitude-lost/station", "undocking/t9 + function-lost/attitude_thrusters", 9000.0),
        event(1, D(2031, 3, 2), "power-lost/station", "attitude-lost/station", 12.0, "h"),
        event(1, D(2031, 3, 2), "crew-ordered-off/station", "power-lost/station"),
        event(1, D(2031, 3, 3), "crew-left/station", "crew-ordered-off/station"),
        event(1, D(2031, 2, 10), "rule-crossed/food-45", f"rule/food-45 + {left}"),
        event(1, D(2031, 3, 3), "rule-met/food-45"),
        event(1, D(2033, 5, 5), "entry/station", "reboost-missed/station", 0.0, "people aboard"),
    ]
    series = []
    for lane, last in ((0, D(2031, 1, 8)), (1, D(2031, 3, 3))):
        for day in (START, D(2030, 12, 31), EXIT, D(2031, 1, 8), D(2031, 3, 3), D(2033, 5, 4)):
            series.append(
                day_row(lane, day, 410.0 - day.year + 2030, 3 if day < last else 0, 80.0, day < last, day < EXIT)
            )
    stays = [
        (0, "c9", "Flight c9", "capsule", "b", "p1", D(2030, 6, 1), EXIT, 3, False),
        (0, "c10", "Flight c10", "capsule", "b", "p2", D(2030, 9, 1), D(2031, 1, 8), 1, False),
        (1, "c9", "Flight c9", "capsule", "b", "p1", D(2030, 6, 1), EXIT, 3, False),
        (1, "t9", "Flight t9", "tug", "a", "p2", D(2030, 9, 1), D(2031, 3, 2), 0, False),
        (1, "t0", "Flight t0", "tug", "a", "p2", D(2029, 9, 1), D(2030, 3, 2), 0, True),
    ]
    flows = [
        (1, 2030, "propellant", "delivered", 900.0),
        (1, 2030, "propellant", "burnt for reboost", -250.0),
        (1, 2031, "food", "delivered", 100.0),
        (1, 2031, "oxygen", "electrolysis", 300.0),
    ]
    return run_tables(events, series=series, stays=stays, flows=flows)


@pytest.fixture
def baseline_tables() -> dict[str, dict[str, list[Any]]]:
    """Nobody leaves and nothing breaks."""
    events = [
        event(lane, D(year, 6, 1), "reboost/station", "", 2.5, "m/s") for lane in (0, 1) for year in range(2030, 2034)
    ]
    series = [
        day_row(lane, day, 410.0, 3, 90.0, True, True)
        for lane in (0, 1)
        for day in (START, D(2032, 1, 1), D(2033, 12, 31))
    ]
    stays = [
        (lane, f"n{year}", f"Flight n{year}", "capsule", "b", "p1", D(year, 4, 1), D(year, 10, 1), 3, False)
        for lane in (0, 1)
        for year in range(2030, 2034)
    ]
    flows = [(lane, year, "propellant", "delivered", 1000.0) for lane in (0, 1) for year in range(2030, 2034)]
    flows += [(lane, year, "food", "delivered", 400.0) for lane in (0, 1) for year in range(2030, 2034)]
    return run_tables(events, series=series, stays=stays, flows=flows)
