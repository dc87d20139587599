"""A small invented programme in memory: partner a has gyros and power, partner b has thrusters, tanks and reboost."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from cupola.programme.environment import SolarOutlook
from cupola.programme.functions import Need
from cupola.programme.programme import MeanAltitude, Programme
from cupola.programme.record import Partner, Statement
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
from cupola.programme.station import Site
from support.nouns import (
    SOURCE,
    START,
    STATUS,
    WHERE,
    element,
    function,
    on,
    port,
    provision,
    q,
    rule,
    service,
    store,
    vehicle,
)


def solar(days: int) -> SolarOutlook:
    levels = tuple(tuple([flux] * (days + 40)) for flux in (90.0, 130.0, 180.0))
    ap = tuple(tuple([index] * (days + 40)) for index in (6.0, 10.0, 15.0))
    return SolarOutlook(START, levels, levels, ap, START, "2022-07", START + dt.timedelta(days=4000), SOURCE)


def small(days: int = 400, departure: Departure | None = None, **changes: Any) -> Programme:
    """The whole of it; ``changes`` replace fields of the Programme."""
    thrust = (Need("store", "propellant"), Need("provision", "b-computer"), Need("site", "centre-b"))
    fields: dict[str, Any] = dict(
        id="small",
        title="A small station",
        as_of=START,
        baseline="",
        departure=departure,
        span=Span(START, START + dt.timedelta(days=days), 1, 1),
        orbit=Orbit(START, q(415, "km"), q(51.64, "deg"), q(40, "deg"), q(500, "m2", 0.2), q(5000, "kg")),
        orbit_policy=OrbitPolicy(
            altitude=q(415, "km"),
            band=q(2, "km"),
            burn=q(2, "m/s"),
            propellant_reserve=q(300, "kg"),
            propellant_goal=q(3000, "kg"),
            floor=q(380, "km"),
            engine_impulse=q(300, "s"),
            burn_control=q(0.1),
        ),
        attitude=Attitude(
            equilibrium=q(6000, "N m s"),
            contact_speed=q(0.1, "m/s", 0.3),
            drift_momentum=q(0, "N m s"),
            reboost_momentum=q(5000, "N m s"),
            eva_momentum=q(3000, "N m s"),
            vent_momentum=q(1000, "N m s"),
            berthing_momentum=q(9000, "N m s"),
            event_propellant=q(10, "kg", 0.3),
            evas=q(8),
            vents=q(0),
            power_lost_after=q(6, "h"),
            gyros=q(4),
            gyros_needed=q(2),
            gyro_life=q(40, "y"),
            gyro_spares=q(1),
            thrusters_only_below=q(270, "km"),
        ),
        life_support=LifeSupport(
            oxygen=q(0.84, "kg/d"),
            carbon_dioxide=q(1.0, "kg/d"),
            food=q(1.83, "kg/d"),
            dry_food=q(0.62, "kg/d"),
            drink=q(2.2, "kg/d"),
            urine=q(1.5, "kg/d"),
            condensate=q(1.5, "kg/d"),
            waste=q(0.9, "kg/d"),
            leak=q(0.1, "kg/d"),
            eva_oxygen=q(6.8, "kg"),
            eva_air=q(0.9, "kg"),
            volume=q(400, "m3"),
            oxygen_share=q(0.23),
            co2_limit=q(10, "mmHg"),
            co2_canisters=q(70),
        ),
        crew_policy=CrewPolicy(q(5), q(180, "d"), q(400, "d"), q(10, "d"), q(180, "d")),
        deorbit=Deorbit(
            q(60, "m/s"),
            q(270, "km"),
            q(220, "km"),
            "tug",
            q(2),
            q(1000, "kg"),
            q(330, "km"),
            q(120, "km"),
            None,
            None,
        ),
        partners={key: Partner(key, key, "partner", key, "", SOURCE, WHERE) for key in ("a", "b")},
        elements={
            "core": element("core", "a", "", 30000),
            "truss": element("truss", "a", "core", 20000),
            "engine-block": element("engine-block", "b", "core", 20000),
            "cabin": element("cabin", "b", "engine-block", 9000),
        },
        ports={
            "front": port("front", "core", "round"),
            "top": port("top", "core", "round"),
            "back": port("back", "engine-block", "square", "prograde", ("tank",)),
            "side": port("side", "cabin", "square"),
        },
        stores={
            "tank": store("tank", "propellant", "engine-block", 4000, 3000),
            "oxygen-tank": store("oxygen-tank", "oxygen", "core", 400, 200),
            "nitrogen-tank": store("nitrogen-tank", "nitrogen", "core", 300, 200),
            "water-a": store("water-a", "water", "core", 2000, 800),
            "water-b": store("water-b", "water", "cabin", 800, 500),
            "food-a": store("food-a", "food", "core", 4000, 1500),
            "food-b": store("food-b", "food", "cabin", 1500, 800),
        },
        sites={
            "centre-a": Site("centre-a", "centre-a", "control", "a", SOURCE, STATUS, WHERE),
            "centre-b": Site("centre-b", "centre-b", "control", "b", SOURCE, STATUS, WHERE),
        },
        functions={
            row.id: row
            for row in (
                function("reboost", "N", 100),
                function("attitude_thrusters", "N", 100),
                function("attitude_gyros", "N m s", 8000),
                function("command_data", "1", 1),
                function("power", "kW", 20),
                function("oxygen_generation", "kg/d", 0.8, "crew"),
                function("co2_removal", "1", 1, "crew"),
                function("water_recovery", "kg/d", 1, "crew", False),
                function("urine_recovery", "kg/d", 1, "crew", False),
                function("robotic_arm", "1", 1, "station", False),
                function("return_seats", "1", 1, "crew"),
            )
        },
        provisions={
            row.id: row
            for row in (
                provision("arrays", "power", "truss", q(40, "kW"), "a", Need("site", "centre-a")),
                provision(
                    "gyros", "attitude_gyros", "truss", q(19500, "N m s"), "a", Need("function", "power", 1000.0)
                ),
                provision("a-computer", "command_data", "core", q(1), "a", Need("function", "power")),
                provision("b-computer", "command_data", "engine-block", q(1), "b", Need("function", "power")),
                provision("thrusters", "attitude_thrusters", "engine-block", q(2000, "N"), "b", *thrust),
                provision(
                    "engine",
                    "reboost",
                    "engine-block",
                    q(3000, "N"),
                    "b",
                    *thrust,
                    Need("function", "attitude_thrusters"),
                ),
                provision("tug-push", "reboost", "tug", q(800, "N"), "b", Need("function", "attitude_thrusters")),
                provision("a-oxygen", "oxygen_generation", "core", q(5, "kg/d"), "a", Need("function", "power")),
                provision("a-scrubber", "co2_removal", "core", q(6), "a", Need("function", "power")),
                provision("b-scrubber", "co2_removal", "cabin", q(3), "b", Need("trained", "b")),
                provision("a-water", "water_recovery", "core", q(20, "kg/d"), "a"),
                provision("a-urine", "urine_recovery", "core", q(9, "kg/d"), "a"),
                provision("arm", "robotic_arm", "truss", q(1), "a"),
                provision("taxi-seats", "return_seats", "taxi", q(4), "a"),
                provision("capsule-seats", "return_seats", "capsule", q(3), "b"),
            )
        },
        vehicles={
            "taxi": vehicle("taxi", "a", "round", ("front", "top"), crewed=True, seats=q(4)),
            "truck": vehicle(
                "truck",
                "a",
                "round",
                ("front", "top"),
                dry_cargo=q(3000, "kg"),
                water=q(200, "kg"),
                usual_stay=q(40, "d"),
            ),
            "capsule": vehicle("capsule", "b", "square", ("side",), crewed=True, seats=q(3)),
            "tug": vehicle(
                "tug",
                "b",
                "square",
                ("back",),
                propellant=q(900, "kg", 0.2),
                propellant_own=q(200, "kg"),
                dry_cargo=q(1000, "kg"),
                gas=q(40, "kg"),
                thrust=q(800, "N"),
                usual_stay=q(120, "d"),
            ),
        },
        flights={},
        services={
            "taxi": service("taxi", 180, 2, (("a", 4),)),
            "capsule": service("capsule", 180, 1, (("b", 2), ("a", 1))),
            "truck": service("truck", 120, 20),
            "tug": service("tug", 110, 3),
        },
        people=(),
        burns={},
        rules={
            row.id: row
            for row in (
                rule("lifeboat", "lifeboat", "", 1, "1"),
                rule("trained-b", "trained", "b", 1, "1", "abandon", 5),
                rule("food-line", "reserve", "food", 45, "d"),
                rule("food-end", "reserve", "food", 30, "d", "abandon"),
            )
        },
        waived=(),
        statements={
            "said": Statement(
                "said",
                dt.date(2022, 7, 1),
                "b's head",
                "",
                "",
                (),
                "announced",
                "",
                (),
                "",
                "b leaves",
                SOURCE,
                STATUS,
                WHERE,
            )
        },
        agreements={},
        obligations={},
        altitudes=(),
        solar=solar(days),
        traces=(),
        files=(),
    )
    return Programme(**(fields | changes))


def exit_of_b(mode: str = "services-stop", after: int = 200, **changes: Any) -> Departure:
    fields: dict[str, Any] = dict(
        partner="b",
        after=START + dt.timedelta(days=after),
        exit_time=q(0, "d"),
        mode=mode,
        cut="",
        to="a",
        spares=q(300, "d"),
        cut_evas=q(3),
        notice=q(365, "d"),
        notified=None,
        statement="said",
        law="",
    )
    return Departure(**(fields | changes))


def more(programme: Programme, **tables: dict[str, Any]) -> Programme:
    """The programme with rows added to its tables, or put in the place of rows of the same id."""
    return dataclasses.replace(programme, **{name: getattr(programme, name) | rows for name, rows in tables.items()})


def recorded(programme: Programme, day: int) -> Programme:
    """The programme as it was known on a day of the run, with a record that reaches to that day."""
    last = MeanAltitude(on(day), programme.orbit.altitude.value, SOURCE)
    return dataclasses.replace(programme, as_of=on(day), altitudes=(*programme.altitudes, last))
