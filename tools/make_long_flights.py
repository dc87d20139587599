"""Fly the cases of ``tests/validation/long_flights.py`` by the full engine and write where it was.

    python tools/make_long_flights.py [OUT] [CASE...]

OUT defaults to ``tests/validation/data/full_long.csv``. Some minutes a case of a year. Written are the mean altitude at
both ends and the states at EVERY days and one day later, so that a piece of a day can be flown again.
"""

from __future__ import annotations

import csv
import importlib
import sys
import time
from pathlib import Path

import numpy as np

TESTS = Path(__file__).resolve().parents[1] / "tests" / "validation"
EVERY = 30
HEAD = ["case", "day", "mass_kg", "first_m", "last_m", "x_m", "y_m", "z_m", "vx_m_s", "vy_m_s", "vz_m_s"]
DAY = np.timedelta64(1, "D")


def main(arguments: list[str]) -> int:
    """Fly all cases, or those named, and write the file."""
    sys.path.insert(0, str(TESTS))
    flights = importlib.import_module("long_flights")
    out = Path(arguments[0]) if arguments else flights.PATH
    rows = []
    for case in flights.CASES:
        if arguments[1:] and case.name not in arguments[1:]:
            continue
        begun = time.perf_counter()
        course = case.fly("full", 86_400.0)
        for instant, state in zip(course.instants, course.states.T, strict=True):
            day = float((instant - case.begin) / DAY)
            if day % EVERY not in (0.0, 1.0) and day != case.days:
                continue
            mass = next((burn.mass_after for burn in reversed(course.burns) if burn.end <= instant), flights.MASS)
            numbers = [f"{x:.6f}" for x in state[:3]] + [f"{x:.9f}" for x in state[3:]]
            ends = [f"{course.first.altitude:.3f}", f"{course.last.altitude:.3f}"]
            rows.append([case.name, f"{day:g}", f"{mass:.6f}", *ends, *numbers])
        print(case.name, rows[-1][3:5], f"{time.perf_counter() - begun:.0f} s", flush=True)
    with out.open("w", encoding="ascii", newline="") as file:
        file.write("# Flights of the full engine, by tools/make_long_flights.py; settings in long_flights.py\n")
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEAD)
        writer.writerows(rows)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
