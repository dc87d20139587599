"""Comparisons of the full engine with another program's flights and with published per-force differences."""

from __future__ import annotations

from full_reference import apart, flown, reference, residual
from scoreboard import Row, measure

OREKIT = "Orekit 13.1, DormandPrince853 at 1e-9, EGM2008 70x70, Sun, Moon"
PAPER = "Hughes et al., Verification and Validation of GMAT, AIAA/AAS 2014: largest GMAT-STK difference in a day"


@measure
def full_coasting() -> list[Row]:
    """Seven days without drag, same forces."""
    rows = []
    for name, what in (("coast", "51.6 degrees, 410 km"), ("coast-polar", "97.9 degrees, 500 km")):
        found = residual(name)
        rows.append(Row(f"full engine, coasting 7 days, {what}", OREKIT, f"{found:.3f} m apart", "0", found, 0.10, "m"))
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
            Row(f"full engine, drag 3 days, {what}", source, said, "0", share, 0.01, "%", 1.0, "no drag at all")
        )
    return rows


@measure
def full_burn_and_sunlight() -> list[Row]:
    """A burn of ten minutes, and three days of sunlight."""
    burn, sunlight = residual("burn"), residual("sunlight")
    effect = float(apart(flown("sunlight", solar_area_m2=0.0)[:, -1:], reference("sunlight").states[:, -1:])[0])
    source = "Orekit 13.1, cones of shadow of the ellipsoid"
    return [
        Row("full engine, burn of 1.14 m/s, a day", "Orekit 13.1", f"{burn:.3f} m apart", "0", burn, 0.10, "m"),
        Row(
            f"full engine, sunlight 3 days ({effect:.1f} m)",
            source,
            f"{sunlight:.2f} m apart",
            "0",
            sunlight,
            1.0,
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
"""Digits of the reference's states [m]."""


@measure
def full_force_by_force() -> list[Row]:
    """One force at a time over a day, beside the paper's difference of two programs; goal ten times that difference."""
    rows = []
    for name, (force, published) in PUBLISHED.items():
        found = residual(name)
        goal = 10.0 * max(published, ROUNDING)
        what = f"full engine, 2004-06-01, one day: {force}"
        rows.append(Row(what, PAPER, f"{found:.4f} m from Orekit", f"{published:g} m", found, goal, "m"))
    return rows
