"""The answers, causes and record of the made-up run, and all its tables."""

from __future__ import annotations

import datetime as dt
from typing import Any

from support.reported_run import DAYS, LEFT, START, Columns, events, futures, series_row, stays, table

STATEMENT = "Head of South Agency: we will fulfil our obligations and leave the programme after 2024"

SOURCE = "Statement at a televised meeting, 2022"

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
        "futures": table("futures", futures(("rules kept", True), ("rules waived", False))),
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


def baseline_tables() -> dict[str, Columns]:
    return {
        "futures": table("futures", futures(("rules kept", True))),
        "events": table("events", []),
        "series": table("series", [series_row(0, d, False) for d in range(0, DAYS, 7)]),
        "stays": table("stays", stays(0, False)),
        "record": table("record", record()),
    }
