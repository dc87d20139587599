"""How fast a programme runs: one run at width 1, a study at width 1,000, and the cost of each process.

    python benchmarks/station.py [SCENARIO] [--as-of DATE] [--width N]

Prints seconds a run, station-years a second and core, and microseconds a future-day by process. Nothing is asserted: a
machine's speed is not a property of the code. Run with OPENBLAS_NUM_THREADS=1 for a figure by core.
"""

from __future__ import annotations

import argparse
import datetime as dt
import statistics
from time import perf_counter

from cupola.scenario import load
from cupola.simulation.clock import fly, simulate
from cupola.simulation.lanes import Lane


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenario", nargs="?", default="iss-russia-leaves")
    parser.add_argument("--as-of", type=dt.date.fromisoformat, default=dt.date(2022, 7, 26))
    parser.add_argument("--width", type=int, default=1_000)
    options = parser.parse_args()
    begun = perf_counter()
    programme = load(options.scenario, as_of=options.as_of)
    print(f"load                     {perf_counter() - begun:8.3f} s")
    years = (programme.span.end - programme.span.start).days / 365.25
    alone = []
    for _ in range(3):
        begun = perf_counter()
        simulate(programme, [Lane(0, "nominal", True, True)])
        alone.append(perf_counter() - begun)
    print(f"width 1, {years:4.1f} years      {statistics.median(alone):8.3f} s")
    lanes = [Lane(number, f"sample {number}", False, False) for number in range(1, options.width + 1)]
    wide = []
    timings: dict[str, float] = {}
    for turn in range(3):
        begun = perf_counter()
        fly(programme, lanes, False, timings if turn == 2 else None)
        wide.append(perf_counter() - begun)
    seconds = statistics.median(wide)
    rate = options.width * years / seconds
    print(f"width {options.width:5d}              {seconds:8.3f} s   {rate:8.0f} station-years/s/core")
    days = options.width * years * 365.25
    for name, spent in sorted(timings.items(), key=lambda item: -item[1]):
        print(f"  {name:22s} {spent:8.3f} s   {spent / days * 1e6:8.3f} us a future-day")


if __name__ == "__main__":
    main()
