"""``cupola depend``: who provides what, and what falls without whom."""

from __future__ import annotations

from typing import Annotated

import typer

from cupola.cli.options import AsJson, AsOf, Scenario, Settings, Waive, day, read
from cupola.cli.output import print_json, print_table, print_text

On = Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day to judge; the run's first when missing.")]


def depend(
    scenario: Scenario,
    on: On = None,
    as_of: AsOf = None,
    settings: Settings = None,
    waive: Waive = None,
    as_json: AsJson = False,
) -> None:
    """Show who provides what, and what falls.

    Each function, how much of it each partner provides, and what falls without that partner.
    """
    wanted = day(on, "--on")
    programme = read(scenario, as_of, settings, waive)
    date = wanted or programme.span.start
    from cupola.analysis.dependence import dependence

    rows = dependence(programme, date)
    if as_json:
        print_json({"scenario": programme.id, "as_of": programme.as_of, "date": date, "dependence": rows})
        return
    print_text(f"{programme.id} on {date}, as of {programme.as_of}\n")
    columns = ("function", "partner", "capacity", "unit", "share", "only", "falls")
    print_table(columns, rows, empty="No function is named.")
    leaving = programme.departure
    if leaving is not None and date > leaving.after:
        print_text(f"\n{leaving.partner} leaves after {leaving.after}; what it provides is listed as if it stayed.")
    print_text(
        "\nshare: of all that is provided. only: nobody else provides it. "
        "falls: what others provide falls too without this partner."
    )
