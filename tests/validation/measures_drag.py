"""Comparisons of the spread of a ballistic coefficient by its age with how far fits of other times were off."""

from __future__ import annotations

import numpy as np
from drag_age import AGES, off
from scoreboard import Row, measure

from cupola.flight.reentry import SPREAD, Drag


def told(age: np.ndarray) -> np.ndarray:
    """The spread that ``cupola reentry`` takes, of fits of these ages [day]."""
    known = Drag(1.0, SPREAD)
    return np.array([known.spread_after(days) for days in age.tolist()])


@measure
def drag_by_age() -> list[Row]:
    """How often later fits lie within 90 % of what the spread of the drag says."""
    rows = []
    for begin, end in AGES:
        age, error = off(begin, end, tested=True).T
        share = float((np.abs(error) <= 1.645 * told(age)).mean())
        plain = float((np.abs(error) <= 1.645 * SPREAD).mean())
        rms, before = (float(np.sqrt(np.mean(off(begin, end, part)[:, 1] ** 2))) for part in (True, False))
        rows.append(
            Row(
                f"re-entry: Cd A/m of two months, {begin:.0f} to {end:.0f} days after what tells it, within 90 %",
                "mean elements of 25544, derived from public TLE archives; growth of the spread fitted up to 2002, "
                "tested on 2003 and 2004",
                f"{100.0 * share:.0f} % with a spread of {100.0 * float(told(age).mean()):.0f} %",
                f"90 %; off by {100.0 * rms:.0f} %, up to 2002 by {100.0 * before:.0f} % (RMS)",
                abs(share - 0.9),
                0.05,
                "%",
                abs(plain - 0.9),
                f"15 % for ever, {100.0 * plain:.0f} %",
            )
        )
    return rows
