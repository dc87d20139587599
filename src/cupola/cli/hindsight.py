"""``cupola hindsight``: an old forecast against what happened, number by number."""

from __future__ import annotations

import textwrap
from typing import Annotated

import typer

from cupola.cli.options import AsJson, Scenario, day, read
from cupola.cli.output import log, print_json, print_table, print_text, width

Known = Annotated[str, typer.Option("--as-of", metavar="DATE", help="The day of the forecast.", show_default=False)]
Until = Annotated[
    str | None, typer.Option("--until", metavar="DATE", help="Last day scored; the end of the record when missing.")
]
MOST_LATER = 12
SHOWN = ("what", "forecast", "happened", "residual", "naive", "verdict")


def hindsight(scenario: Scenario, as_of: Known, until: Until = None, as_json: AsJson = False) -> None:
    """Score the forecast of a day.

    The scenario is flown as it was known on that day, nominal, and laid beside the record that followed: altitude,
    reboosts, flights, people and propellant. The naive forecast says that all goes on as it was last known.
    """
    from cupola.analysis.hindsight import score
    from cupola.analysis.later import later_sources

    first, last = day(as_of, "--as-of"), day(until, "--until", end=True)
    assert first is not None
    rows, scored = score(scenario, first, last, say=log)
    if as_json:
        head = {"scenario": scenario, "as_of": first, "until": scored, "hindsight": rows}
        print_json({**head, "later_sources": later_sources(read(scenario, as_of, None, None))})
        return
    print_text(f"{scenario} as known on {first}, against the record up to {scored}\n")
    shown = [
        {
            "what": row["what"],
            "forecast": row["forecast"],
            "happened": row["happened"],
            "residual": row["residual_text"],
            "naive": f"{row['naive_text']} ({row['baseline']})",
            "verdict": row["verdict"],
        }
        for row in rows
    ]
    print_table(SHOWN, shown, empty="Nothing of the forecast is on record.")
    later = later_sources(read(scenario, as_of, None, None))
    if later:
        keys = ", ".join(f"{row['key']} ({row['year']})" for row in later[:MOST_LATER])
        more = f" and {len(later) - MOST_LATER} more (--json lists all)" if len(later) > MOST_LATER else ""
        told = f"{len(later)} numbers of the forecast rest on texts that name later years, so it is better than a "
        print_text("\n" + textwrap.fill(f"{told}forecast of that day could be: {keys}{more}.", width()))
