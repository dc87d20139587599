"""A small invented station for the tests of the analyses.

Partner ``b`` gives thrusters, reboost and half of the oxygen, and needs power; ``a`` gives power, gyros and the rest.
"""

from __future__ import annotations

from cupola.base.quantity import DAY_S
from cupola.programme.environment import SolarOutlook
from cupola.programme.functions import Need
from cupola.programme.programme import MeanAltitude, Programme
from cupola.programme.record import Agreement, Partner, Rule, Statement
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
from cupola.programme.station import Port, Site, Store
from cupola.programme.traffic import Person, Service
from support.judged_nouns import END, START, D, element, filled, flight, function, obligation, provision, q, vehicle


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
