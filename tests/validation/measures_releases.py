"""Comparisons of the full engine with releases of the station's predicted trajectory, from their first 24 hours on."""

from __future__ import annotations

import numpy as np
from releases import MARKS, errors, medians, of_half, pairs, releases, unfitted
from scoreboard import Row, measure

SOURCE = "NASA/JSC OEM files 2021-08 to 2024-02, cut by tools/make_release_states.py"
GOALS = dict(zip(MARKS, (1.5, 4.0, 25.0, 100.0), strict=True))
"""[km] by day, given before the comparison."""
ELEMENTS = dict(zip(MARKS, (2.3, 7.9, 44.0, 174.0), strict=True))
"""[km], of SGP4 from the nearest element set, as given with the goals."""
LEADS = ((1.0, 3.5, 4.4), (6.0, 8.5, 57.0), (11.0, 15.0, 109.0))
"""Days from release to release, and the distance of the releases themselves as given with the goals [km]."""
NAIVE = "no fit: the first state, the comments' drag area, observed indices"
HALVES = ((True, "every second, for choosing"), (False, "the others, tested"), (None, "all"))


@measure
def releases_coasting() -> list[Row]:
    """Up to the first burn."""
    rows = []
    for chosen, half in HALVES:
        mine = releases() if chosen is None else of_half(chosen)
        found = {sky: medians([errors(one, sky) for one in mine]) for sky in ("steady", "held", "observed")}
        naive = medians([unfitted(one) for one in mine])
        for mark, (middle, count) in found["steady"].items():
            others = f"held at the first day's {found['held'][mark][0]:.3g}, observed {found['observed'][mark][0]:.3g}"
            rows.append(
                Row(
                    f"full engine, releases ({half}): day {mark} from a fit of the first 24 h, {count} still coasting",
                    SOURCE,
                    f"median {middle:.3g} km with steady indices ({others})",
                    f"0 (SGP4 from the nearest element set: {ELEMENTS[mark]:g} km)",
                    middle,
                    GOALS[mark],
                    "km",
                    naive[mark][0],
                    NAIVE,
                )
            )
    return rows


@measure
def releases_with_burns() -> list[Row]:
    """To the end, with the burns that the release holds."""
    rows = []
    for chosen, half in HALVES:
        mine = releases() if chosen is None else of_half(chosen)
        found = medians([errors(one, "steady", True) for one in mine])
        for mark in (7, 14):
            middle, count = found[mark]
            text = f"full engine, releases ({half}), with planned burns: day {mark} from a fit of the first 24 h"
            measured = f"median {middle:.2f} km, {count} releases"
            rows.append(Row(text, SOURCE, measured, "0", middle, GOALS[mark], "km"))
    return rows


@measure
def releases_overlapping() -> list[Row]:
    """Against the first state of a later release; the other forecast is that of the earlier release."""
    rows = []
    for burns, text in ((False, "no burn planned till then"), (True, "with planned burns")):
        found = pairs(releases(), burns)
        for first, last, given in LEADS:
            mine = [pair for pair in found if first <= pair.days <= last]
            ours, theirs = (float(np.median([getattr(pair, name) for pair in mine])) for name in ("ours", "theirs"))
            rows.append(
                Row(
                    f"full engine, releases: first state of a later release {first:g} to {last:g} days on, {text}, "
                    f"{len(mine)} pairs",
                    SOURCE,
                    f"median {ours:.1f} km",
                    f"the earlier release is off by {theirs:.1f} km here, by {given:g} as given with the goals",
                    ours,
                    given,
                    "km",
                    theirs,
                    "the forecast of the earlier release",
                )
            )
    return rows
