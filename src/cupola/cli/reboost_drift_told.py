"""A drift-down as ``cupola reboost`` prints it: what drag does alone, and what it takes beside, by level of the Sun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cupola.cli.output import print_table, print_text
from cupola.cli.reboost_plan import SHARES, Planned
from cupola.cli.reboost_words import day, filled, fly_text, spent

if TYPE_CHECKING:
    from cupola.flight.drift_down import Drift

SHOWN = 12
"""Reboosts of a hold that are printed; --json lists all"""
DOWN = 121e3
"""[m] below which it counts as down: the averaged engine ends at 120 km"""


def drift(made: Planned) -> None:
    """Print it; one row where all levels of the Sun come to the same, as they do where it was observed."""
    table = [
        {
            "earlier in": f"{share} %",
            "km then": f"{one.altitude / 1e3:.1f}" if one.altitude > DOWN else "down",
            "reached": day(made, one.reached),
            "what it takes": _takes(made, one),
        }
        for share, one in zip(SHARES, made.drifts, strict=True)
    ]
    same = all({**row, "earlier in": ""} == {**table[0], "earlier in": ""} for row in table)
    columns = ("km then", "reached", "what it takes")
    if made.plan is not None and made.plan.steps:
        print()
    if same:
        filled("Without burns, and what it takes to be there on the day:")
        print_table(columns, table[:1], empty="")
    else:
        filled(
            "Without burns, and what it takes to be there on the day, by the Sun's forecast; in 5, 50 and 95 % of its "
            "futures the altitude is reached earlier than the row tells:"
        )
        print_table(("earlier in", *columns), table, empty="")
    hold = made.drifts[1].hold
    if hold is not None:
        _held(made, hold.mjd.tolist(), hold.delta_v.tolist(), same)
    lacking = made.plan is not None and made.plan.lacking > 0.0
    these = "With these burns, as if all could be flown" if lacking else "With these burns"
    for share, (altitude, reached) in zip(SHARES, made.outcomes, strict=False):
        if share != 50 and not same:
            told = f"{altitude / 1e3:.1f} km then" if altitude > DOWN else "down before then"
            filled(f"{these}, {share} %: {told}, the altitude is reached {day(made, reached)}.")


def _takes(made: Planned, one: Drift) -> str:
    if one.hold is not None:
        count = len(one.hold.mjd)
        return (
            f"hold: {count} reboost{'s' if count > 1 else ''}, {one.hold.total:.1f} m/s, the last on "
            f"{day(made, float(one.hold.mjd[-1]))}"
        )
    if one.lowering:
        return f"{one.lowering:.2f} m/s on {day(made, made.means.at)}, or {one.late:.2f} m/s on the day"
    return "nothing"


def _held(made: Planned, days: list[float], sizes: list[float], same: bool) -> None:
    print_text(f"\nReboosts{'' if same else ' of the middle'}, after the last of which drag does the rest:")
    rows = list(zip(days, sizes, strict=True))
    left = len(rows) - SHOWN
    for mjd, size in rows if left <= 0 else [*rows[: SHOWN // 2], *rows[-SHOWN // 2 :]]:
        print_text(f'  --burn "{fly_text(made, mjd, size)}"')
    if left > 0:
        print_text(f"  and {left} between them (--json lists all).")
    propellant, time = made.hold_takes
    if propellant is not None:
        engine = made.means.engines[0]
        name = f", as by {engine.name}" if engine.name else ""
        filled(f"They take{spent(propellant, time, [engine]).removeprefix(',')}{name}.")
