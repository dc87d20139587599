"""Comparisons of the averaged engine with long flights of the full one, same craft, burns and indices."""

from __future__ import annotations

from long_flights import BY_NAME, apart, fall
from scoreboard import Row, measure

SOURCE = "full engine (EGM2008 70x70, Sun, Moon, ap of each 3 h), kept by tools/make_long_flights.py"
AFTER_M, SHARE = 100.0, 0.005
"""Largest distance after 90 days and share of a year's fall, given before the comparison."""
TOLD = {True: "observed indices", False: "constant flux and ap"}


def of(days: int, observed: bool) -> list[str]:
    """Names of the cases of a length by what drives the air."""
    return [case.name for case in BY_NAME.values() if case.days == days and (case.weather is None) == observed]


@measure
def averaged_after_90_days() -> list[Row]:
    """Mean altitude after 90 days with two pairs of burns, a single raise and a single lowering."""
    rows = []
    for observed, text in TOLD.items():
        mine = of(90, observed)
        gaps, daily = ([apart(name, way) for name in mine] for way in (False, True))
        said = ", ".join(f"{name.removeprefix('90-')} {gap:+.0f}" for name, gap in zip(mine, gaps, strict=True))
        rows.append(
            Row(
                f"averaged engine beside the full one: mean altitude after 90 days with six burns, {text}",
                SOURCE,
                f"{said} m",
                "0",
                max(abs(gap) for gap in gaps),
                AFTER_M,
                "m",
                max(abs(gap) for gap in daily),
                "the day's mean Ap in place of the history",
            )
        )
    return rows


@measure
def averaged_over_a_year() -> list[Row]:
    """The fall of a year without burns."""
    rows = []
    for observed, text in TOLD.items():
        mine = of(365, observed)
        shares, daily = ([-apart(name, way) / fall(name) for name in mine] for way in (False, True))
        said = ", ".join(
            f"{name.removeprefix('year-')} {100.0 * share:+.2f} %" for name, share in zip(mine, shares, strict=True)
        )
        falls = [fall(name) / 1e3 for name in mine]
        rows.append(
            Row(
                f"averaged engine beside the full one: fall of a year, {text}",
                SOURCE,
                said,
                f"falls of {min(falls):.1f} to {max(falls):.1f} km",
                max(abs(share) for share in shares),
                SHARE,
                "%",
                max(abs(share) for share in daily),
                "the day's mean Ap in place of the history",
            )
        )
    return rows
