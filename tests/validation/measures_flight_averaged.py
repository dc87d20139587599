"""Comparisons of the averaged engine with orbits under J2 to J4 and drag, turn by turn by another program (DOP853)."""

from __future__ import annotations

import numpy as np
from flight_decay import ENTRY, forecasts, tiangong1, tiangong1_2016, tiangong1_drag, tiangong1_entry
from flight_reference import entry_error, error, of, references
from scoreboard import Row, measure

from cupola.flight.averaged_air import Air
from cupola.flight.averaged_drag import Evaluated
from cupola.flight.averaged_table import Tabulated

SOURCE = "DOP853 at 1e-10, J2-J4 and drag by NRLMSISE-00 alone (tools/make_flight_reference.py)"
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


@measure
def coasting() -> list[Row]:
    """The fall of the real station between burns, from the half year before."""
    found = forecasts()
    errors, naive = (np.abs([one[place] for one in found]) for place in (1, 2))
    chosen, other = float(np.median(errors[::2])), float(np.median(errors[1::2]))
    return [
        Row(
            f"averaged engine: {len(found)} coasting segments 1999-2024, drag fitted on the half year before each",
            "mean elements of 25544, derived from public TLE archives; observed indices",
            f"median error of the every second on which the weights were chosen {100.0 * chosen:.1f} %, of the others "
            f"{100.0 * other:.1f} %",
            "0",
            float(np.median(errors)),
            0.10,
            "%",
            float(np.median(naive)),
            "the last segment's rate again",
        )
    ]


@measure
def tiangong1_by_2016() -> list[Row]:
    """The end of Tiangong-1, from an element set of 2018-02 with the drag of 2016 alone."""
    begin = tiangong1()[-1][0]
    aged, scattered = (
        np.quantile(tiangong1_entry(tiangong1_2016(grows)), [0.05, 0.5, 0.95]) - begin for grows in (True, False)
    )
    life, fits = ENTRY - begin, tiangong1_drag()
    inside = "inside" if aged[0] <= life <= aged[2] else "**outside**"
    within = "inside" if scattered[0] <= life <= scattered[2] else "**outside**"
    return [
        Row(
            "averaged engine: Tiangong-1, entry forecast on 2018-02-15 with the drag of 2016 alone",
            f"JSpOC by Sky and Telescope, 2018-04-02T00:16Z; {len(fits)} fits of 2016, Cd A/m {min(fits):.4f} to "
            f"{max(fits):.4f} m2/kg; 2018-02 showed half as much",
            f"in {aged[1]:.1f} days, 90 % from {aged[0]:.1f} to {aged[2]:.1f} with a spread that grows with age as in "
            f"cupola reentry, from {scattered[0]:.1f} to {scattered[2]:.1f} with the scatter of the fits",
            f"in {life:.1f} days, {inside} the first band, {within} the second",
            float(abs(aged[1] / life - 1.0)),
            0.25,
            "%",
        )
    ]


@measure
def tiangong1_end() -> list[Row]:
    """The end of Tiangong-1, from two element sets of 2018-02 and the drag of 2016."""
    begin = tiangong1()[-1][0]
    low, middle, high = np.quantile(tiangong1_entry(), [0.05, 0.5, 0.95]) - begin
    life = ENTRY - begin
    inside = "inside" if low <= life <= high else "**outside**"
    return [
        Row(
            "averaged engine: Tiangong-1, entry forecast on 2018-02-15 with the drag of 2016 and of the weeks before",
            "JSpOC by Sky and Telescope, 2018-04-02T00:16Z; the way of weighing 2016 against 2018-02 was found with "
            "the date in view",
            f"in {middle:.1f} days, 90 % from {low:.1f} to {high:.1f}",
            f"in {life:.1f} days, {inside} that band",
            float(abs(middle / life - 1.0)),
            0.25,
            "%",
        )
    ]
