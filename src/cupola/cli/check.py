"""``cupola check``: read a scenario and say every mistake in it."""

from __future__ import annotations

from cupola.cli.options import AsJson, AsOf, Scenario, Settings, Waive, read
from cupola.cli.output import print_json, print_text

_COUNTED = ("elements", "ports", "functions", "provisions", "vehicles", "flights", "services", "rules", "statements")


def check(
    scenario: Scenario, as_of: AsOf = None, settings: Settings = None, waive: Waive = None, as_json: AsJson = False
) -> None:
    """Report every mistake in a scenario.

    Nothing is run and nothing is written.
    """
    programme = read(scenario, as_of, settings, waive)
    counts = {name: len(getattr(programme, name)) for name in _COUNTED}
    if as_json:
        print_json({"scenario": programme.id, "as_of": programme.as_of, "problems": [], "counts": counts})
        return
    listed = ", ".join(f"{count} {name}" for name, count in counts.items())
    print_text(f"{programme.id} as of {programme.as_of}: no problems.\n{listed}.")
