"""``cupola obligations``: what is owed by whom, and, for a run, whether it is kept."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from cupola.cli.options import AsJson, AsOf, Settings, Waive, read
from cupola.cli.output import print_json, print_table, print_text
from cupola.cli.places import is_run

Subject = Annotated[str, typer.Argument(metavar="RUN|SCENARIO", show_default=False)]


def obligations(
    subject: Subject, as_of: AsOf = None, settings: Settings = None, waive: Waive = None, as_json: AsJson = False
) -> None:
    """List what is owed by whom to whom.

    For a saved run, also whether it is kept, and since when it is not.
    """
    if is_run(subject):
        from cupola.flow import open_run

        saved = open_run(subject)
        rows = saved.rows("obligations")
        head: dict[str, Any] = {"scenario": saved.details.scenario, "as_of": saved.details.as_of, "run": saved.path}
        columns: tuple[str, ...] = ("obligation", "by", "to", "state", "broken", "what")
    else:
        programme = read(subject, as_of, settings, waive)
        names = ("by", "to", "what", "quantity", "unit", "per", "start", "end", "basis", "condition", "source")
        rows = [
            {"obligation": row.id, **{name: getattr(row, name) for name in names}}
            for row in programme.obligations.values()
        ]
        head = {"scenario": programme.id, "as_of": programme.as_of}
        columns = ("obligation", "by", "to", "start", "end", "what")
    if as_json:
        print_json({**head, "obligations": rows})
        return
    print_text(f"{head['scenario']} as of {head['as_of']}\n")
    print_table(columns, rows, empty="Nothing is owed.")
