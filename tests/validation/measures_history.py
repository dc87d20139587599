"""The station's record on dated days: masses, people aboard, ships docked, parts and where they hang.

The rule for mass that no row lists was set with two of these masses (2002-10-15 and 2008-06-19) and with NASA headers
of August to December 2021; the other masses are checks. Published totals count docked ships and never an orbiter.
"""

from __future__ import annotations

import datetime as dt

from history_facts import Fact, facts, programme, station
from scoreboard import Row, measure

TOTALS = (
    ("213,843 kg in August 2007", dt.date(2007, 8, 1), dt.date(2007, 9, 1), 213_843.0),
    ("419,455 kg in 2011 to 2014", dt.date(2011, 6, 1), dt.date(2015, 1, 1), 419_455.0),
    ("419,725 kg in 2019, the first year of it", dt.date(2019, 1, 1), dt.date(2020, 1, 1), 419_725.0),
)
PAGES = "NASA facts pages of those years (nasa.gov, star-lunac and aerovia copies)"


def mean_mass(first: dt.date, end: dt.date) -> float:
    """Mean over days of the mass with docked ships [kg]."""
    days = [first + dt.timedelta(days=step) for step in range(0, (end - first).days, 3)]
    return sum(float(station(day)["mass_kg"]) for day in days) / len(days)


def by_old_rule(first: dt.date, end: dt.date) -> float:
    """The same with what no row lists in proportion to the elements' mass, as a baseline [kg]."""
    held = programme()
    usual = sum(row.mass.value for row in held.attached_on(held.orbit.epoch).values())
    total, days = 0.0, 0
    for step in range(0, (end - first).days, 3):
        day = first + dt.timedelta(days=step)
        fixed = sum(row.mass.value for row in held.attached_on(day).values())
        change = held.orbit.unlisted_mass.value * (fixed / usual - held.unlisted_share(day))
        total += float(station(day)["mass_kg"]) + change
        days += 1
    return total / days


@measure
def published_totals() -> list[Row]:
    """The totals that NASA printed for years, as means over the days they stand for."""
    return [
        Row(
            f"Mass of the station: {name}, mean over its days, with docked ships, without orbiter",
            PAGES,
            f"{mean_mass(first, end):,.0f} kg",
            f"{value:,.0f} kg",
            abs(mean_mass(first, end) / value - 1.0),
            0.03,
            "%",
            abs(by_old_rule(first, end) / value - 1.0),
            "unlisted mass in proportion to the elements",
        )
        for name, first, end, value in TOTALS
    ]


def _row(name: str, chosen: list[Fact], worst: str) -> Row:
    right = sum(fact.holds for fact in chosen)
    return Row(
        name,
        "texts named in tests/validation/data/history_facts.csv, each its own",
        f"{right} of {len(chosen)} right{worst}",
        f"all {len(chosen)}",
        1.0 - right / len(chosen),
        0.0,
        "%",
    )


@measure
def dated_facts() -> list[Row]:
    """Facts of single days, by what they are about."""
    rows = facts()
    masses = [fact for fact in rows if fact.kind.startswith("mass")]
    off = max(fact.residual for fact in masses)
    return [
        _row(
            "Station on single days: mass within 3 %, or 5 % where the text is round",
            masses,
            f"; the farthest is {100.0 * off:.1f} % off",
        ),
        _row(
            "Station on single days: parts and where they hang",
            [fact for fact in rows if fact.kind in ("there", "gone", "host")],
            "",
        ),
        _row("Station on single days: people aboard", [f for f in rows if f.kind in ("crew", "visiting")], ""),
        _row("Station on single days: ships docked", [f for f in rows if f.kind in ("ships", "named", "at")], ""),
    ]
