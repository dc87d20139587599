"""``cupola compare``: two runs side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cupola.cli.options import AsJson, AsOf, Out, Settings, Waive, day, read
from cupola.cli.output import log, print_json, print_table, print_text
from cupola.cli.places import is_run

if TYPE_CHECKING:
    from cupola.results import Run

Side = Annotated[str, typer.Argument(metavar="RUN|SCENARIO", show_default=False)]


def compare(
    baseline: Side,
    case: Side,
    as_of: AsOf = None,
    settings: Settings = None,
    waive: Waive = None,
    out: Out = "runs",
    as_json: AsJson = False,
) -> None:
    """Put two runs side by side.

    A run folder is opened; a scenario is simulated first.
    """
    from cupola.flow import compare as side_by_side
    from cupola.flow import open_run
    from cupola.flow import run as simulate

    opened = {name: open_run(name) for name in (baseline, case) if is_run(name)}
    for name in (baseline, case):
        if name not in opened:
            # All is read before anything is simulated.
            read(name, as_of, settings, waive)

    def side(name: str) -> Run:
        if name in opened:
            return opened[name]
        known = day(as_of, "--as-of")
        return simulate(name, as_of=known, settings=settings or (), waive=waive or (), out=out, say=log).run

    first, second = side(baseline), side(case)
    rows = side_by_side(first, second)
    if as_json:
        print_json({"baseline": first.path, "case": second.path, "figures": rows})
        return
    print_text(f"baseline: {first.path}\ncase:     {second.path}\n")
    print_table(("what", "baseline", "case", "unit"), rows, empty="Nothing to compare.")
