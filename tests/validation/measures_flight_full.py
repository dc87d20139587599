"""Comparisons of the full engine with another program's flights and with published per-force differences."""

from __future__ import annotations

from full_reference import apart, flown, reference, residual
from scoreboard import Row, measure

COASTING_M, DRAG_SHARE, SUNLIGHT_M = 0.10, 0.01, 1.0
"""Goals: the first two were given before the comparison; a burn has the first, too."""
OREKIT = "Orekit 13.1, DormandPrince853 at 1e-9, EGM2008 70x70, Sun, Moon"
PAPER = "Hughes et al., Verification and Validation of GMAT, AIAA/AAS 2014: largest GMAT-STK difference in a day"


@measure
def full_coasting() -> list[Row]:
    """Seven days without drag, same forces."""
    rows = []
    for name, what in (("coast", "51.6 degrees, 410 km"), ("coast-polar", "97.9 degrees, 500 km")):
        found = residual(name)
        said = f"{found:.3f} m apart"
        rows.append(Row(f"full engine, coasting 7 days, {what}", OREKIT, said, "0", found, COASTING_M, "m"))
    return rows


@measure
def full_drag() -> list[Row]:
    """Three days with drag, as a share of what drag does; the naive way leaves drag out."""
    rows = []
    for name, what in (
        ("drag-constant", "flux 150, ap 15"),
        ("drag-observed", "observed, 2025-01-01, a storm of ap 207"),
        ("drag-quiet", "observed, 2020-03-01, quiet Sun"),
    ):
        last = reference(name).states[:, -1:]
        effect = float(apart(flown(name, drag_area_m2=0.0)[:, -1:], last)[0])
        share = residual(name) / effect
        said = f"{residual(name):.0f} m apart of {effect / 1e3:.1f} km"
        source = "Orekit 13.1, NRLMSISE-00 with the history of ap"
        rows.append(
            Row(f"full engine, drag 3 days, {what}", source, said, "0", share, DRAG_SHARE, "%", 1.0, "no drag at all")
        )
    return rows


@measure
def full_burn_and_sunlight() -> list[Row]:
    """A burn of ten minutes, and three days of sunlight."""
    burn, sunlight = residual("burn"), residual("sunlight")
    effect = float(apart(flown("sunlight", solar_area_m2=0.0)[:, -1:], reference("sunlight").states[:, -1:])[0])
    source = "Orekit 13.1, cones of shadow of the ellipsoid"
    return [
        Row("full engine, burn of 1.14 m/s, a day", "Orekit 13.1", f"{burn:.3f} m apart", "0", burn, COASTING_M, "m"),
        Row(
            f"full engine, sunlight 3 days ({effect:.1f} m)",
            source,
            f"{sunlight:.2f} m apart",
            "0",
            sunlight,
            SUNLIGHT_M,
            "m",
            effect,
            "no sunlight at all",
        ),
    ]


PUBLISHED = {
    "h-sphere": ("spherical Earth", 7.1e-6),
    "h-field": ("field 20x20", 2.5e-3),
    "h-bodies": ("Sun and Moon", 1.5e-5),
    "h-sunlight": ("sunlight", 0.13),
    "h-drag": ("drag, NRLMSISE-00", 1.1),
    "h-tides": ("body tide", 0.33),
    "h-relativity": ("relativity", 0.038),
    "h-all": ("field, Sun, Moon, drag and sunlight", 1.66),
}
"""What the paper gives [m]."""
ROUNDING = 1e-4
"""Last digit of the reference's states [m]; rounding alone can be 0.87 of it."""
GOALS = {
    **dict.fromkeys(("coast", "coast-polar", "burn"), COASTING_M),
    "sunlight": SUNLIGHT_M,
    **{name: 10.0 * max(published, ROUNDING) for name, (_, published) in PUBLISHED.items()},
}
"""[m] by case."""


@measure
def full_force_by_force() -> list[Row]:
    """One force at a time over a day, beside the paper's difference of two programs.

    The goal is ten times that difference, or ten times the last digit of the reference where this is more: what is
    smaller cannot be told from rounding, and such a row says so.
    """
    rows = []
    for name, (force, published) in PUBLISHED.items():
        found = residual(name)
        what = f"full engine, 2004-06-01, one day: {force}"
        expected = f"{published:g} m"
        if published < ROUNDING:
            expected += (
                f"; computed is {found / published:.1f} times that, but Orekit's states are kept to {ROUNDING:g} m, "
                f"rounding of up to {ROUNDING * 0.75**0.5:.2g} m, so the goal is ten times that digit"
            )
        rows.append(Row(what, PAPER, f"{found:.2g} m from Orekit", expected, found, GOALS[name], "m"))
    return rows
