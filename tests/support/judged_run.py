"""Hand-made tables of a run of the judged station, and of its baseline."""

from __future__ import annotations

from typing import Any

from cupola.base.tables import RUN_TABLES, TABLES
from support.judged_nouns import EXIT, START, D


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
