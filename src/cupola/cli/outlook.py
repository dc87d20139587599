"""``cupola outlook``: how the expected end of a programme moved with what was said."""

from __future__ import annotations

import datetime as dt
import textwrap
from pathlib import Path
from typing import Annotated, Any

import typer

from cupola.base.errors import Problem, ScenarioError
from cupola.cli.options import AsJson, Scenario, day
from cupola.cli.output import log, print_json, print_table, print_text, width
from cupola.cli.places import write_beside

From = Annotated[str, typer.Option("--from", metavar="DATE", help="First day.", show_default=False)]
To = Annotated[str | None, typer.Option("--to", metavar="DATE", help="Last day; today when missing.")]
File = Annotated[str | None, typer.Option("--out", metavar="FILE", help="Where to write a picture; ends in .svg.")]
Jobs = Annotated[int, typer.Option("--jobs", min=1, max=64, help="Processes that fly programmes.")]
SHOWN = ("date", "crewed until", "re-entry", "moved by it", "said by; why; who reboosts")


def outlook(
    scenario: Scenario, from_: From, to: To = None, out: File = None, jobs: Jobs = 2, as_json: AsJson = False
) -> None:
    """Show how what was said moved the end.

    The programme is flown as known at each statement that changes it: until when people are aboard, who reboosts after
    an exit, when it comes down, and which statement moved it. Nominal futures only.
    """
    from cupola.analysis.outlook import outlook as look

    first = day(from_, "--from")
    last = day(to, "--to", end=True) or dt.datetime.now(dt.UTC).date()
    assert first is not None
    _check(first, last, out)
    rows = look(scenario, first, last, jobs=jobs, say=log)
    if out is not None:
        from cupola.report.outlook_sheet import draw

        write_beside(Path(out), draw(rows, scenario, first, last))
    if as_json:
        print_json({"scenario": scenario, "from": first, "to": last, "picture": out, "outlook": rows})
        return
    shown = [_shown(row) for row in rows if row["changes"]]
    print_table(SHOWN, shown, empty="No statement of that time changes the programme.")
    _print_firmer(rows)
    _print_others(rows)
    print_text(
        "\nNominal futures, rules kept. 'moved by it' is against the claims of the day before, flown as of that day."
    )
    if out is not None:
        print_text(f"\nPicture written to {out}")


def _check(first: dt.date, last: dt.date, out: str | None) -> None:
    """Raise ScenarioError for a time that runs backwards, and for a picture of another kind."""
    problems = []
    if first > last:
        problems.append(Problem("--from", "date", "is later than --to", str(first), f"{last} or earlier", "Swap them."))
    if out is not None and not out.lower().endswith(".svg"):
        problems.append(Problem("--out", "file", "is no picture", out[:60], "a name that ends in .svg", "Rename it."))
    if problems:
        raise ScenarioError("", problems)


def _shown(row: dict[str, Any]) -> dict[str, str]:
    from cupola.report.outlook import movement, speakers

    leaves = row["leaves"]
    engines = (
        f"{row['reboost_after']} can reboost after {leaves['over']}" if leaves else f"{row['reboost']} can reboost"
    )
    planned = f"; re-entry planned {row['planned_reentry']}" if row["planned_reentry"] else ""
    return {
        "date": str(row["date"]),
        "crewed until": str(row["crewed_end"] or "beyond run"),
        "re-entry": str(row["reentry"] or "later"),
        "moved by it": movement(row),
        "said by; why; who reboosts": f"{speakers(row)}; {row['why']}; {engines}{planned}",
    }


def _print_firmer(rows: list[dict[str, Any]]) -> None:
    """Days on which the programme stayed as it was, and only who said it or how firmly changed."""
    from cupola.report.outlook import speakers

    told = [f"{row['date']} {speakers(row)}" for row in rows if not row["changes"]]
    if told:
        words = f"Said again, more firmly, or without a change of the programme: {'; '.join(told)}."
        print_text("\n" + textwrap.fill(words, width()))


def _print_others(rows: list[dict[str, Any]]) -> None:
    """What the other claims in force would give, each on the last day on which it was flown."""
    latest = {one["statement"]: (row["date"], one) for row in rows for one in row["others"]}
    if not latest:
        return
    print_text("\nOther claims in force are not averaged in. Each alone would have given, as of the day:")
    listed = [
        {
            "as of": str(date),
            "claim": f"{one['clause']} ({one['speaker']}, {one['said']}, {one['firmness']})",
            "crewed until": f"{one['crewed_end'] or 'the end of the run'}: {one['why']}",
        }
        for date, one in sorted(latest.values(), key=lambda pair: pair[0])
    ]
    print_table(("as of", "claim", "crewed until"), listed, empty="")
