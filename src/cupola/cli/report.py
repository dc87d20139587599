"""``cupola report``: write the report of a saved run as one HTML file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cupola.cli.options import AsJson
from cupola.cli.output import print_json, print_text
from cupola.cli.places import open_named, write_beside

if TYPE_CHECKING:
    from cupola.results import Run

RunFolder = Annotated[
    str | None, typer.Argument(metavar="[RUN]", help="A run folder; the newest in --runs when missing.")
]
Runs = Annotated[str, typer.Option("--runs", metavar="DIR", help="Folder in which runs are saved.")]
File = Annotated[
    str | None,
    typer.Option("--out", metavar="FILE", help="Where to write; report.html in the run folder when missing."),
]

TableName = Annotated[
    str | None, typer.Option("--table", metavar="TABLE", help="Write this table of the run as CSV instead.")
]
OutlookFile = Annotated[
    str | None,
    typer.Option(
        "--outlook", metavar="FILE", help="Show this outlook too; it is what 'cupola outlook --json' printed."
    ),
]
PICTURE = ".svg"
PAGES = (".html", ".htm")


def report(
    run: RunFolder = None,
    runs: Runs = "runs",
    out: File = None,
    table: TableName = None,
    outlook: OutlookFile = None,
    as_json: AsJson = False,
) -> None:
    """Write a saved run as one HTML report, as one picture, or one of its tables.

    The file is complete in itself and needs no network. A FILE that ends in .svg becomes the picture alone; with
    --table a FILE that ends in .csv holds that table, for a spreadsheet.
    """
    from cupola.flow import baseline_of
    from cupola.report import sheet
    from cupola.report.document import render
    from cupola.results import read_outlook

    if table is not None and outlook is None:
        _write_table(open_named(run, runs), table, out)
        return
    if out is not None and not out.lower().endswith((PICTURE, *PAGES)):
        raise typer.BadParameter(f"{out!r} ends in none of {PICTURE}, {', '.join(PAGES)}", param_hint="--out")
    case = open_named(run, runs)
    picture = out is not None and out.lower().endswith(PICTURE)
    if outlook is not None and (picture or table is not None):
        raise typer.BadParameter("an outlook stands in an HTML report only", param_hint="--outlook")
    said = read_outlook(outlook) if outlook is not None else None
    text = sheet.draw(case, baseline_of(case)) if picture else render(case, baseline_of(case), said)
    place = Path(out) if out is not None else case.path / "report.html"
    write_beside(place, text)
    if as_json:
        print_json({"run": case.path, "report": place, "bytes": len(text.encode())})
        return
    print_text(f"Report written to {place}")


def _write_table(case: Run, table: str, out: str | None) -> None:
    """Write one table of a run as CSV, in which no cell begins a formula."""
    from cupola.results import to_csv

    if table not in case.held:
        raise typer.BadParameter(f"{table!r} is none of {', '.join(case.held)}", param_hint="--table")
    if out is not None and not out.lower().endswith(".csv"):
        raise typer.BadParameter(f"{out!r} does not end in .csv", param_hint="--out")
    place = Path(out) if out is not None else case.path / f"{table}.csv"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(to_csv(case.table(table)), encoding="utf-8", newline="")
    print_text(f"Table written to {place}")
