"""``cupola scenarios``: the programmes that are shipped."""

from __future__ import annotations

from cupola.cli.options import AsJson
from cupola.cli.output import print_json, print_table


def scenarios(as_json: AsJson = False) -> None:
    """List the scenarios that are shipped."""
    from cupola.scenario import shipped

    rows = [{"scenario": name, "folder": str(path)} for name, path in sorted(shipped().items())]
    if as_json:
        print_json({"scenarios": rows})
        return
    print_table(("scenario", "folder"), rows, empty="No scenario is shipped.")
