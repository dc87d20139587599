"""The cases of ``flight_reference.csv``, flown by the averaged engine, and how far it is off.

    python tests/validation/flight_reference.py [--every-table]

Prints what the points and steps of the average were chosen on: the worst error of the fall in the cases for choosing by
the number of points and by the longest step, and that of the test cases with the density tables in steps of 1, 2 and 4
days, at the shipped inclinations; with ``--every-table`` at all of them, for which tables are made, a minute each.
"""

from __future__ import annotations

import argparse
import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from cupola.base.constants import EARTH_RADIUS, MU_EARTH
from cupola.flight.averaged import Flight, fly
from cupola.flight.averaged_air import Air, Indices
from cupola.flight.averaged_drag import Evaluated
from cupola.flight.averaged_elements import Mean, energy, from_state
from cupola.flight.averaged_table import Tabulated
from cupola.physics.density import is_shipped

PATH = Path(__file__).resolve().parent / "data" / "flight_reference.csv"


@dataclass(frozen=True)
class Reference:
    """One case: where it starts, in which air, and where the reference was on some days."""

    group: str
    name: str
    mjd: float
    state: np.ndarray
    inclination: float
    drag: float
    f107: float
    ap: float
    days: np.ndarray
    axis: np.ndarray
    """m, -mu / 2E"""
    node: float
    """degrees, at the last of the days"""

    @property
    def fall(self) -> float:
        """m, over all days"""
        return float(self.axis[0] - self.axis[-1])

    @property
    def is_shipped(self) -> bool:
        """Whether a table for the inclination comes with the package."""
        return is_shipped(float(np.radians(self.inclination)))


def _state(row: dict[str, str]) -> np.ndarray:
    keys = ("inclination_deg", "node_deg", "latitude_argument_deg")
    i, node, u = (float(np.radians(float(row[key]))) for key in keys)
    radius = EARTH_RADIUS + float(row["altitude_m"])
    speed = float(np.sqrt(MU_EARTH / radius)) * float(row["speed_factor"])
    x = np.array([np.cos(node), np.sin(node), 0.0])
    y = np.array([-np.sin(node) * np.cos(i), np.cos(node) * np.cos(i), np.sin(i)])
    out, along = np.cos(u) * x + np.sin(u) * y, np.cos(u) * y - np.sin(u) * x
    return np.concatenate([radius * out, speed * along])[:, None]


@lru_cache(maxsize=1)
def references() -> dict[str, Reference]:
    """All cases by name."""
    with PATH.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    found = {}
    for name in dict.fromkeys(row["case"] for row in rows):
        mine = [row for row in rows if row["case"] == name]
        first = mine[0]
        found[name] = Reference(
            group=first["set"],
            name=name,
            mjd=float(first["mjd"]),
            state=_state(first),
            inclination=float(first["inclination_deg"]),
            drag=float(first["drag_m2_kg"]),
            f107=float(first["f107"]),
            ap=float(first["ap"]),
            days=np.array([float(row["day"]) for row in mine]),
            axis=np.array([float(row["energy_axis_m"]) for row in mine]),
            node=float(mine[-1]["node_end_deg"]),
        )
    return found


def of(group: str) -> list[Reference]:
    """The cases of a set."""
    return [case for case in references().values() if case.group == group]


def flown(case: Reference, air: Air, step: float = 1.0, days: float | None = None) -> Flight:
    """The flight of a case by the averaged engine."""
    indices = Indices(np.array(case.f107), np.array(case.f107), np.array(case.ap))
    per_mass = np.array([case.drag])
    end = case.mjd + (float(case.days[-1]) if days is None else days)
    start = from_state(case.state)
    return fly(start, case.mjd, end, air, lambda day: indices, lambda mjd, orbit: per_mass, step=step)


def energy_axis(orbit: Mean) -> float:
    """-mu / 2E of mean elements [m], which is what the reference gives."""
    return float(-0.5 * MU_EARTH / energy(orbit.axis, orbit.inclination, orbit.ex**2 + orbit.ey**2)[0])


def error(case: Reference, air: Air, step: float = 1.0) -> float:
    """How much more or less the averaged engine falls, as a share of the reference's fall."""
    return (float(case.axis[-1]) - energy_axis(flown(case, air, step).at(-1))) / case.fall


def entry_error(case: Reference, air: Air, step: float = 1.0) -> float:
    """How much later or earlier the averaged engine comes down, as a share of the remaining life."""
    entry = flown(case, air, step, days=2.0 * float(case.days[-1])).entry[0]
    return float((entry - case.mjd) / case.days[-1] - 1.0)


def by_points() -> None:
    """Print the worst error of the cases for choosing by the number of points."""
    for points in (8, 16, 32, 64, 128, 256):
        worst = max(abs(error(case, Evaluated(points=points))) for case in of("choose"))
        print(f"{points} points: worst of the cases for choosing {100.0 * worst:.2f} % of the fall", flush=True)


def by_steps() -> None:
    """Print by how much steps a half and a quarter as long change the fall of the cases for choosing."""
    whole = [error(case, Evaluated()) for case in of("choose")]
    for step in (0.5, 0.25):
        moved = [abs(error(case, Evaluated(), step) - one) for case, one in zip(of("choose"), whole, strict=True)]
        print(f"steps of {step:g} d: change the fall by {100.0 * max(moved):.2f} % at most", flush=True)


def by_table(every: bool) -> None:
    """Print the worst error of the test cases with the tables by step, at shipped inclinations or at all."""
    cases = [case for case in of("test") if every or case.is_shipped]
    airs: dict[float, Air] = {i: Tabulated(float(np.radians(i))) for i in {case.inclination for case in cases}}
    for step in (1.0, 2.0, 4.0):
        errors = [abs(error(case, airs[case.inclination], step)) for case in cases]
        print(f"tables, steps of {step:g} d: worst of {len(cases)} test cases {100.0 * max(errors):.2f} %", flush=True)


def main() -> None:
    """Print all of them."""
    parser = argparse.ArgumentParser(description="What points, steps and tables of the averaged engine rest on.")
    parser.add_argument("--every-table", action="store_true", help="at inclinations that are not shipped, too")
    asked = parser.parse_args()
    by_points()
    by_steps()
    by_table(asked.every_table)


if __name__ == "__main__":
    main()
