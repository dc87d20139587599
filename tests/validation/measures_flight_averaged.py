"""Comparisons of the averaged engine with full-force orbits, integrated by another program (DOP853 of scipy)."""

from __future__ import annotations

import numpy as np
from flight_reference import entry_error, error, of, references
from scoreboard import Row, measure

from cupola.flight.averaged_air import Air
from cupola.flight.averaged_drag import Evaluated
from cupola.flight.averaged_table import Tabulated

SOURCE = "DOP853 at 1e-10, J2-J4, NRLMSISE-00 (tools/make_flight_reference.py)"
STRAIGHT, TABLE = 0.003, 0.005
"""Largest error of the fall, given before the comparison."""


def _row(what: str, errors: list[float], falls: list[float], goal: float) -> Row:
    worst = float(np.max(np.abs(errors)))
    middle = float(np.median(np.abs(errors)))
    naive = float(np.median(np.abs(np.array(falls) / np.median(falls) - 1.0)))
    measured = f"median {100.0 * middle:.3f} %, worst {100.0 * worst:.3f} %"
    span = f"falls of {min(falls) / 1e3:.0f} to {max(falls) / 1e3:.0f} km"
    return Row(
        f"averaged engine: {what}", SOURCE, measured, span, worst, goal, "%", naive, "the median fall of all cases"
    )


@measure
def averaged_straight() -> list[Row]:
    """The fall with the model evaluated at each step."""
    air = Evaluated()
    year = references()["W1"]
    one = error(year, air)
    rows = [
        Row(
            "averaged engine: a year from 410 km, density from the model",
            SOURCE,
            f"{100.0 * one:+.3f} % of the fall",
            f"a fall of {year.fall / 1e3:.2f} km",
            abs(one),
            STRAIGHT,
            "%",
        )
    ]
    for group, what in (("choose", "cases on which points and steps were chosen"), ("test", "test cases")):
        cases = of(group)
        errors = [error(case, air) for case in cases]
        text = f"{len(cases)} {what}, density from the model"
        rows.append(_row(text, errors, [case.fall for case in cases], STRAIGHT))
    return rows


@measure
def averaged_table() -> list[Row]:
    """The fall with the table, where its inclination is shipped."""
    rows = []
    for step in (1.0, 2.0, 4.0):
        cases = [case for case in of("test") if case.is_shipped]
        airs: dict[float, Air] = {i: Tabulated(float(np.radians(i))) for i in {case.inclination for case in cases}}
        errors = [error(case, airs[case.inclination], step) for case in cases]
        text = f"{len(cases)} test cases at shipped inclinations, density from the table, steps of {step:.0f} d"
        rows.append(_row(text, errors, [case.fall for case in cases], TABLE))
    return rows


@measure
def averaged_entry() -> list[Row]:
    """The moment at which the mean altitude falls through 120 km."""
    cases = of("entry")
    errors = [entry_error(case, Evaluated()) for case in cases]
    minutes = [abs(e) * float(case.days[-1]) * 1_440.0 for e, case in zip(errors, cases, strict=True)]
    lives = [float(case.days[-1]) for case in cases]
    return [
        Row(
            f"averaged engine: re-entry of {len(cases)} cases, from the model",
            SOURCE,
            f"off by {min(minutes):.0f} to {max(minutes):.0f} minutes",
            f"after {min(lives):.1f} to {max(lives):.1f} days",
            float(np.max(np.abs(errors))),
            0.005,
            "%",
            float(np.median(np.abs(np.array(lives) / np.median(lives) - 1.0))),
            "the median life of all cases",
        )
    ]
