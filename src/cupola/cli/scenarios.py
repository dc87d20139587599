"""``cupola scenarios``: the programmes that are shipped."""

from __future__ import annotations

from typing import Any

from cupola.cli.options import AsJson
from cupola.cli.output import print_json, print_table, print_text


def scenarios(as_json: AsJson = False) -> None:
    """List the scenarios that are shipped.

    Each with its title, and the scenario that it changes, where it changes one.
    """
    from cupola.scenario import headings

    rows: list[dict[str, Any]] = headings()
    if as_json:
        print_json({"scenarios": rows})
        return
    print_table(("scenario", "title", "changes"), rows, empty="No scenario is shipped.")
    print_text("\nA departure that lies in the past needs an earlier day: cupola run SCENARIO --as-of 2022-07-26")
