"""A made-up run for the report: two futures of a case and a baseline, 3,000 days, a row a week.

The station, its partners and all numbers are invented; only their shapes are those of a real run.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from typing import Any

import pytest

from cupola.base.tables import TABLES

START = dt.date(2022, 7, 26)
DAYS = 3000
LEFT = dt.date(2025, 1, 31)
CREW_OFF = {0: dt.date(2025, 2, 18), 1: dt.date(2026, 8, 30)}
Columns = dict[str, list[Any]]

STATEMENT = "Head of South Agency: we will fulfil our obligations and leave the programme after 2024"
SOURCE = "Statement at a televised meeting, 2022"


def table(name: str, rows: Iterable[dict[str, Any]]) -> Columns:
    """Columns of a table by its specification; what a row does not say is None."""
    listed = list(rows)
    known = {column.name for column in TABLES[name].columns}
    assert all(set(row) <= known for row in listed), name
    return {column: [row.get(column) for row in listed] for column in (c.name for c in TABLES[name].columns)}


class FakeRun:
    """A run held in memory."""

    def __init__(self, manifest: dict[str, Any], tables: dict[str, Columns]) -> None:
        self.manifest = manifest
        self.tables = tables

    def table(self, name: str) -> Columns:
        return self.tables[name]


def manifest(scenario: str, title: str) -> dict[str, Any]:
    end = START + dt.timedelta(days=DAYS)
    return {
        "scenario": scenario,
        "title": title,
        "as_of": START.isoformat(),
        "start": START.isoformat(),
        "end": end.isoformat(),
        "span": {"start": START.isoformat(), "end": end.isoformat()},
        "seed": 1,
        "futures": 2,
        "settings": ["orbit.altitude=417 km"],
        "waived": [],
        "files": {"scenario.yaml": "9f" * 32, "flights.csv": "0c" * 32},
        "versions": {"cupola": "0.1.0", "numpy": "2.4.6", "python": "3.11.2", "cpu": "X86_V3"},
        "solar": {
            "issue": "2022-07",
            "observed_until": "2022-07-25",
            "forecast_until": "2031-10-01",
            "source": "Forecast",
        },
        "density": {"name": "density.npz", "sha256": "ab" * 32},
        "departure": {"partner": "south", "after": "2024-12-31", "mode": "services-stop"},
        "partners": [
            {"id": "north", "name": "North Agency", "role": "partner", "acts_for": "north"},
            {"id": "south", "name": "South Agency", "role": "partner", "acts_for": "south"},
            {"id": "east", "name": "East Agency", "role": "partner", "acts_for": "east"},
            {"id": "freight", "name": "Freight Company", "role": "contractor", "acts_for": "north"},
        ],
        "functions": {
            "reboost": {"name": "reboost", "unit": "N"},
            "attitude_thrusters": {"name": "attitude thrusters", "unit": "N"},
            "oxygen_generation": {"name": "oxygen generation", "unit": "kg/d"},
            "return_seats": {"name": "return seats", "unit": "1"},
        },
        "ports": {"aft": "aft port", "nadir": "lower port", "fore": "forward port", "zenith": "upper port"},
        "vehicles": {
            "taxi": {"name": "South taxi", "family": "taxi", "partner": "south"},
            "tug": {"name": "South tug", "family": "tug", "partner": "south"},
            "clipper": {"name": "North clipper", "family": "clipper", "partner": "north"},
            "truck": {"name": "Freight truck", "family": "truck", "partner": "north"},
        },
        "provisions": {},
        "rules": {
            "crew-both": {"name": "one trained person of each segment aboard", "kind": "trained", "subject": "south"},
            "food-45": {"name": "food reserve", "kind": "reserve", "subject": "food"},
            "low": {"name": "lowest altitude for visits", "kind": "altitude", "subject": ""},
        },
        "baseline": "",
        "format": 1,
    }


def altitude(day: int, leaves: bool) -> float:
    """Saw-teeth by reboosts, then an ever faster fall."""
    gone = (LEFT - START).days
    if not leaves or day <= gone:
        return 417.0 + 1.5 * math.sin(day / 19.0) - 1.2 * ((day % 30) / 30.0)
    return max(140.0, 417.0 - 0.045 * (day - gone) - 7e-5 * (day - gone) ** 2.05)


def series_row(future: int, day: int, leaves: bool) -> dict[str, Any]:
    date = START + dt.timedelta(days=day)
    off = CREW_OFF[future] if leaves else dt.date(2099, 1, 1)
    crew = 0 if date >= off else (4 if leaves and date > LEFT else (11 if day % 182 < 8 else 7))
    since = max(0, (date - LEFT).days) if leaves else 0
    return {
        "future": future,
        "date": date,
        "altitude": altitude(day, leaves),
        "beta": 60 * math.sin(day / 30),
        "f107": 140.0,
        "mass": 440_000.0,
        "propellant": max(380.0, 4500 + 600 * math.sin(day / 60) - 4.0 * since),
        "crew": crew,
        "seats": 0 if crew == 0 else (4 if leaves and date > LEFT else 8),
        "oxygen": 200.0,
        "oxygen_days": None if crew == 0 else 60 + 20 * math.sin(day / 50) - min(30, since / 20),
        "water": 1500.0,
        "water_days": None if crew == 0 else 90 + 25 * math.sin(day / 45) - min(40, since / 15),
        "food": 2500.0,
        "food_days": None if crew == 0 else 180 + 60 * math.sin(day / 70) - min(150, since / 4),
        "waste": 300.0,
        "attitude": not (leaves and date >= dt.date(2025, 2, 14)),
        "deorbit": not (leaves and date >= dt.date(2026, 3, 1)),
    }


def stays(future: int, leaves: bool) -> list[dict[str, Any]]:
    lines = (
        ("aft", "tug", "south", 170, 160),
        ("nadir", "taxi", "south", 182, 190),
        ("zenith", "tug", "south", 190, 150),
    )
    lines += (("fore", "clipper", "north", 182, 186), ("nadir", "truck", "freight", 360, 80))
    rows: list[dict[str, Any]] = []
    for port, vehicle, partner, interval, stay in lines:
        for i in range(DAYS // interval):
            arrived = START + dt.timedelta(days=i * interval + (7 if vehicle != "truck" else 250))
            if leaves and ((partner == "south" and arrived > LEFT) or arrived >= CREW_OFF[future]):
                continue
            left: dt.date | None = arrived + dt.timedelta(days=stay)
            if leaves and partner == "south" and left and left > LEFT:
                left = LEFT + dt.timedelta(days=9)
            if left and left > START + dt.timedelta(days=DAYS):
                left = None
            rows.append(
                {
                    "future": future,
                    "flight": f"{vehicle}-{i}",
                    "name": f"{vehicle.capitalize()} {i + 1}",
                    "vehicle": vehicle,
                    "partner": partner,
                    "port": port,
                    "arrived": arrived,
                    "left": left,
                    "crew": 3,
                    "recorded": i == 0,
                }
            )
    return rows


def events() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []

    def add(future: int, date: dt.date, kind: str, subject: str, because: str = "", value: float | None = None) -> None:
        rows.append(
            {
                "event": len(rows),
                "future": future,
                "date": date,
                "kind": kind,
                "subject": subject,
                "key": f"{kind}/{subject}",
                "value": value,
                "unit": "m/s" if value else "",
                "because": because,
                "source": "",
            }
        )

    for future in (0, 1):
        for i in range(15):
            add(future, START + dt.timedelta(days=60 * i), "reboost", "station", "", 1.2)
        add(future, dt.date(2024, 12, 31), "partner-exit-begins", "south", "statement/after-2024")
        add(future, LEFT, "partner-left", "south", "partner-exit-begins/south")
        add(future, LEFT, "function-lost", "attitude_thrusters", "partner-left/south")
        add(future, dt.date(2025, 2, 14), "attitude-lost", "station", "function-lost/attitude_thrusters")
        add(future, CREW_OFF[future], "crew-left", "station", "rule-crossed/crew-both")
        add(future, dt.date(2026, 3, 1), "deorbit-lost", "station", "altitude-below/low")
        add(future, dt.date(2028, 6, 4), "entry", "station", "deorbit-lost/station")
    return rows


ANSWERS = (
    (
        "headline",
        "What happens, and when, if South Agency leaves?",
        "If South Agency leaves, a flight rule empties the station on 2025-02-18. "
        "If the rule is waived, physics follows: "
        "attitude control is lost on 2025-02-14, and the station re-enters uncontrolled on 2028-06-04.",
        dt.date(2025, 2, 18),
    ),
    (
        "rule-empties",
        "When does a rule empty the station?",
        "The rule 'one trained person of each segment aboard' is broken on 2025-01-31, "
        "and the crew has left by 2025-02-18.",
        dt.date(2025, 2, 18),
    ),
    (
        "physics-empties",
        "When does physics empty the station?",
        "The first event that fills the gyros comes on 2025-02-14; no thruster can unload them, so attitude is lost, "
        "and power and cooling follow.",
        dt.date(2025, 2, 14),
    ),
    (
        "controlled-deorbit",
        "Until when can the station be brought down under control?",
        "A controlled deorbit is possible until 2026-03-01.",
        dt.date(2026, 3, 1),
    ),
    ("attitude", "When is attitude lost?", "Attitude control is lost on 2025-02-14.", dt.date(2025, 2, 14)),
    ("reboost-last", "When is the last reboost?", "The last reboost is made on 2024-11-12.", dt.date(2024, 11, 12)),
    ("entry", "When does it re-enter?", "The station re-enters uncontrolled on 2028-06-04.", dt.date(2028, 6, 4)),
    ("stores", "Which store runs out?", "Food falls below its reserve of 45 days on 2026-01-20.", dt.date(2026, 1, 20)),
    (
        "function/attitude_thrusters",
        "When do thrusters fail?",
        "Nothing provides attitude thrusters from 2025-01-31.",
        LEFT,
    ),
    ("function/reboost", "When does reboost fail?", "Nothing provides reboost from 2025-01-31.", LEFT),
    (
        "rule/crew-both",
        "When is the rule broken?",
        "The rule 'one trained person of each segment aboard' is broken.",
        LEFT,
    ),
    ("function/oxygen_generation", "Does oxygen fall short?", "No shortfall of oxygen before 2030-10-12.", None),
    ("law", "Is it lawful?", "No formal notice was given; the earliest lawful day is one year after notice.", None),
    (
        "missing",
        "What is missing?",
        "In 2026 the station lacks 24.1 m/s of reboost and 5 return seats.",
        dt.date(2026, 1, 1),
    ),
)

CHAIN = (
    (0, "attitude-lost/station", "attitude control is lost", dt.date(2025, 2, 14), ""),
    (1, "function-lost/attitude_thrusters", "nothing provides attitude thrusters any more", LEFT, ""),
    (2, "partner-left/south", "South Agency has left and gives no more service", LEFT, ""),
    (3, "partner-exit-begins/south", "the exit of South Agency begins", dt.date(2024, 12, 31), ""),
    (4, "statement/after-2024", STATEMENT, START, SOURCE),
    (1, "fact/attitude.equilibrium", "Peak gyro momentum at torque equilibrium: 10.5 kN m s", None, "Telemetry, 2018"),
)


def record() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [
        {
            "key": "statement/after-2024",
            "kind": "statement",
            "date": START,
            "text": STATEMENT,
            "status": "F",
            "source": SOURCE,
        },
        {
            "key": "rule/low",
            "kind": "rule",
            "text": "lowest altitude for visits",
            "value": 330.0,
            "unit": "km",
            "status": "F",
        },
        {"key": "rule/food-45", "kind": "rule", "text": "food reserve", "value": 45.0, "unit": "d", "status": "F"},
        {"key": "rule/crew-both", "kind": "rule", "text": "one trained person of each segment aboard", "status": "F"},
        {
            "key": "fact/deorbit.lowest",
            "kind": "fact",
            "text": "deorbit: lowest",
            "value": 250.0,
            "low": 220.0,
            "high": 280.0,
            "unit": "km",
            "status": "K",
        },
    ]
    for i in range(14):
        rows.append(
            {
                "key": f"fact/stores.tank-{i}.level",
                "kind": "fact",
                "text": f"Tank {i}: level",
                "value": 650.0 - 40 * i,
                "low": 90.0,
                "high": 860.0 + i,
                "unit": "kg",
                "status": "K",
                "source": "general knowledge",
                "where": f"stores.csv:{i}",
            }
        )
    return rows


def case_tables() -> dict[str, Columns]:
    whats = (
        ("reboost", "m/s", 26.4, 2.3),
        ("propellant", "kg", 3500.0, 0.0),
        ("seats", "1", 8.0, 3.0),
        ("oxygen", "kg", 210.0, 210.0),
    )
    shares = (
        ("reboost", "south", 0.93, False, False),
        ("reboost", "north", 0.07, False, True),
        ("attitude_thrusters", "south", 1.0, True, False),
        ("oxygen_generation", "north", 0.55, False, False),
        ("oxygen_generation", "south", 0.45, False, False),
        ("return_seats", "north", 0.57, False, False),
        ("return_seats", "south", 0.43, False, False),
    )
    owed = (
        ("o1", "south", "attitude thrusters while gyros are unloaded", dt.date(2022, 7, 26), None, "broken", LEFT),
        ("o2", "north", "power from the arrays", dt.date(2022, 7, 26), dt.date(2028, 12, 31), "kept", None),
        ("o3", "east", "one cargo flight a year", dt.date(2023, 1, 1), dt.date(2026, 12, 31), "not judged", None),
    )
    return {
        "futures": table("futures", _futures(("rules kept", True), ("rules waived", False))),
        "events": table("events", events()),
        "series": table("series", [series_row(f, d, True) for f in (0, 1) for d in range(0, DAYS, 7)]),
        "stays": table("stays", [*stays(0, True), *stays(1, True)]),
        "record": table("record", record()),
        "answers": table(
            "answers",
            [{"id": i, "question": q, "sentence": s, "date": d, "sources": SOURCE} for i, q, s, d in ANSWERS],
        ),
        "because": table(
            "because",
            [
                {"answer": answer, "step": i, "depth": depth, "key": key, "text": text, "date": date, "source": source}
                for answer in (
                    "headline",
                    "attitude",
                    "physics-empties",
                    "function/attitude_thrusters",
                    "rule/crew-both",
                )
                for i, (depth, key, text, date, source) in enumerate(CHAIN)
            ],
        ),
        "missing": table(
            "missing",
            [
                {"year": year, "what": what, "baseline": base, "case": have, "missing": base - have, "unit": unit}
                for year in range(2025, 2031)
                for what, unit, base, have in whats
            ],
        ),
        "compare": table(
            "compare",
            [
                {"what": "lowest altitude", "baseline": "414", "case": "140", "unit": "km"},
                {"what": "last day crewed", "baseline": "2030-10-12", "case": "2025-02-18", "unit": ""},
                {"what": "reboosts", "baseline": "50", "case": "15", "unit": "1"},
            ],
        ),
        "dependence": table(
            "dependence",
            [
                {
                    "function": f,
                    "name": f.replace("_", " "),
                    "partner": p,
                    "capacity": 100 * s,
                    "unit": "N",
                    "share": s,
                    "only": only,
                    "falls": falls,
                }
                for f, p, s, only, falls in shares
            ],
        ),
        "obligations": table(
            "obligations",
            [
                {
                    "obligation": i,
                    "by": by,
                    "to": "partners",
                    "what": what,
                    "start": start,
                    "end": end,
                    "state": state,
                    "broken": broken,
                    "source": "Agreement, 1998",
                }
                for i, by, what, start, end, state, broken in owed
            ],
        ),
    }


def _futures(*lanes: tuple[str, bool]) -> list[dict[str, Any]]:
    return [{"future": i, "label": label, "enforced": kept, "nominal": True} for i, (label, kept) in enumerate(lanes)]


@pytest.fixture(name="case")
def make_case() -> FakeRun:
    return FakeRun(manifest("leaves", "A partner leaves the made-up station"), case_tables())


@pytest.fixture(name="baseline")
def make_baseline() -> FakeRun:
    tables = {
        "futures": table("futures", _futures(("rules kept", True))),
        "events": table("events", []),
        "series": table("series", [series_row(0, d, False) for d in range(0, DAYS, 7)]),
        "stays": table("stays", stays(0, False)),
        "record": table("record", record()),
    }
    return FakeRun(manifest("stays", "Nobody leaves"), tables)
