"""Print how far the tables of the air are from the model that they were made with, and put it into docs/benchmarks.md.

    python tools/table_error.py [OUT]

For each shipped inclination: random orbits of 250 to 480 km, F10.7 of 70 to 220 sfu, Ap of 4 to 40, any node and day,
with an eccentricity of up to 0.001 and of up to 0.003; and over the whole table, 130 to 590 km, 62 to 330 sfu, Ap of 0
to 200. The rate of the axis by ``averaged_table`` over that by ``averaged_drag`` with 256 points, less one.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from cupola.base.constants import EARTH_RADIUS
from cupola.flight.averaged_air import Indices
from cupola.flight.averaged_drag import Evaluated
from cupola.flight.averaged_elements import mean
from cupola.flight.averaged_table import Tabulated
from cupola.physics.density import shipped_inclinations

ROOT = Path(__file__).resolve().parent.parent
Ranges = tuple[tuple[float, float], tuple[float, float], tuple[float, float]]
BEGIN, END = "<!-- tables begin -->\n", "<!-- tables ends -->\n"
COUNT = 400
USUAL, WHOLE = ((250e3, 480e3), (70.0, 220.0), (4.0, 40.0)), ((130e3, 590e3), (62.0, 330.0), (0.0, 200.0))
"""Ranges of altitude [m], flux [sfu] and Ap"""
SETS = (("250 to 480 km", USUAL, 0.001), ("250 to 480 km", USUAL, 0.003), ("130 to 590 km", WHOLE, 0.001))


def errors(degrees: float, ranges: Ranges, largest: float, count: int = COUNT) -> np.ndarray:
    """Relative errors of the rate of the axis, (count,)."""
    heights, fluxes, indices_of_day = ranges
    random = np.random.default_rng(11)
    table, model = Tabulated(float(np.radians(degrees))), Evaluated(points=256)
    found = []
    for _ in range(count):
        height, size, turn = random.uniform(*heights), random.uniform(0.0, largest), random.uniform(0.0, 6.28)
        node, flux, ap = random.uniform(0.0, 6.28), random.uniform(*fluxes), random.uniform(*indices_of_day)
        day = int(random.integers(51_544, 62_502))
        rows = [EARTH_RADIUS + height, size * np.cos(turn), size * np.sin(turn), np.radians(degrees), node, 0.0]
        indices = Indices(np.array(flux), np.array(flux), np.array(ap))
        given = (np.array([float(day)]), np.ones(1), mean(np.array(rows)[:, None]), np.array([0.008]), indices, day)
        found.append(table.drag(*given).axis[0] / model.drag(*given).axis[0] - 1.0)
    return np.array(found)


def rows() -> str:
    """The table in Markdown."""
    head = "| inclination | altitude | eccentricity up to | mean | rms | 95 % within | worst |"
    lines = [head, "|---|---|---|---|---|---|---|"]
    for degrees in sorted(shipped_inclinations()):
        for where, ranges, largest in SETS:
            off = 100.0 * errors(degrees, ranges, largest)
            spread = np.quantile(np.abs(off), 0.95), np.abs(off).max()
            cells = [f"{off.mean():+.3f} %", *(f"{value:.2f} %" for value in (np.std(off), *spread))]
            lines.append(f"| {degrees:.2f} deg | {where} | {largest} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Print and write."""
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "benchmarks.md"
    text, table = out.read_text("utf-8"), rows()
    print(table)
    head, rest = text.split(BEGIN, 1)
    out.write_text(f"{head}{BEGIN}{table}{END}{rest.split(END, 1)[1]}", "utf-8")


if __name__ == "__main__":
    main()
