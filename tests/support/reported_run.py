"""A made-up run for the report: two futures of a case and a baseline, 3,000 days, a row a week.

The station, its partners and all numbers are invented; only their shapes are those of a real run.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from typing import Any

from cupola.base.tables import TABLES

START = dt.date(2022, 7, 26)

DAYS = 3000

LEFT = dt.date(2025, 1, 31)

CREW_OFF = {0: dt.date(2025, 2, 18), 1: dt.date(2026, 8, 30)}

Columns = dict[str, list[Any]]


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


def futures(*lanes: tuple[str, bool]) -> list[dict[str, Any]]:
    return [{"future": i, "label": label, "enforced": kept, "nominal": True} for i, (label, kept) in enumerate(lanes)]
