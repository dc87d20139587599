"""``cupola depend``: who provides what, what falls without whom, and what the station cannot lose."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cupola.base.errors import Problem, ScenarioError
from cupola.cli.options import AsJson, AsOf, Scenario, Settings, Waive, day, read
from cupola.cli.output import print_json, print_text
from cupola.cli.places import write_beside

if TYPE_CHECKING:
    from cupola.analysis.losses import Loss
    from cupola.cli.depend_tables import Asked
    from cupola.programme.programme import Programme

On = Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day to judge; the run's first when missing.")]
Without = Annotated[
    list[str] | None,
    typer.Option(
        "--without",
        metavar="ID",
        help="Lose a partner, element, vehicle type, site or provision (KIND:ID where an id is not enough; "
        "branch:ELEMENT takes all that hangs on it along). Repeatable.",
    ),
]
OfFunction = Annotated[str, typer.Option("--function", metavar="ID", help="Look at one function only.")]
By = Annotated[
    str,
    typer.Option(
        "--by",
        metavar="KIND",
        help="What is left without each partner, pair (of partners), element, branch, vehicle, site or provision.",
    ),
]
Minimal = Annotated[
    bool, typer.Option("--minimal", help="The smallest sets, up to three things, whose loss ends a function, and why.")
]
Months = Annotated[
    tuple[str, str] | None,
    typer.Option(
        "--months", metavar="FROM TO", help="Every month between two dates; after the as-of day by the plans."
    ),
]
File = Annotated[str | None, typer.Option("--out", metavar="FILE", help="Write a drawing to this .svg file.")]


MOST_YEARS = 200
"""The longest span of months"""


def depend(
    scenario: Scenario,
    on: On = None,
    without: Without = None,
    function: OfFunction = "",
    by: By = "",
    minimal: Minimal = False,
    months: Months = None,
    out: File = None,
    as_of: AsOf = None,
    settings: Settings = None,
    waive: Waive = None,
    as_json: AsJson = False,
) -> None:
    """Show who provides what, and what falls.

    Each function, how much of it each partner provides, what falls without that partner, and which single losses end
    a vital function. Everything is judged without what --without names.
    """
    if on is not None and months is not None:
        raise typer.BadParameter("says something only without --months", param_hint="--on")
    wanted = day(on, "--on")
    span = (day(months[0], "--months"), day(months[1], "--months", end=True)) if months else (None, None)
    place = _place(out)
    programme = read(scenario, as_of, settings, waive)
    asked = _asked(programme, wanted, span, without or [], function, by, minimal)
    from cupola.cli.depend_tables import answer, print_answer

    found = answer(asked, drawn=place is not None)
    if place is not None:
        from cupola.report.dependence import draw

        write_beside(place, draw(programme, found))
    if as_json:
        print_json(found if place is None else {**found, "file": place})
        return
    print_answer(asked, found)
    if place is not None:
        print_text(f"\nDrawing: {place}")


def _asked(
    programme: Programme,
    wanted: dt.date | None,
    span: tuple[dt.date | None, dt.date | None],
    without: list[str],
    function: str,
    by: str,
    minimal: bool,
) -> Asked:
    """Check what was asked. Raises ScenarioError with every mistake."""
    from cupola.analysis.dependence_months import month_days
    from cupola.analysis.losses import GROUPS, read_losses
    from cupola.cli.depend_tables import Asked
    from cupola.scenario.cells import remedy

    problems: list[Problem] = _outside(programme, wanted, span)
    losses: tuple[Loss, ...] = ()
    try:
        losses = read_losses(programme, without)
    except ScenarioError as error:
        problems += error.problems
    if function and function not in programme.functions:
        problems.append(
            Problem("--function", "id", "is no function", function[:60], "", remedy(function, programme.functions))
        )
    if by and by not in GROUPS:
        problems.append(
            Problem("--by", "kind", "is unknown", by[:60], f"one of {', '.join(GROUPS)}", remedy(by, GROUPS))
        )
    first, last = span
    if first is not None and last is not None:
        if last < first:
            what = "ends before it begins"
            problems.append(
                Problem("--months", "dates", what, f"{first} to {last}", "", "Give the earlier date first.")
            )
        elif last.year - first.year > MOST_YEARS:
            rule = f"at most {MOST_YEARS} years"
            problems.append(
                Problem("--months", "dates", "are too far apart", f"{first} to {last}", rule, "Ask for less.")
            )
    if problems:
        raise ScenarioError(programme.id, problems)
    days = month_days(first, last) if first is not None and last is not None else []
    return Asked(programme, wanted or programme.span.start, days, losses, function, by, minimal)


def _outside(
    programme: Programme, wanted: dt.date | None, span: tuple[dt.date | None, dt.date | None]
) -> list[Problem]:
    """Days before there is a station, and days after its programme ends; a span of months may begin before it."""
    first = min((row.launched for row in programme.elements.values()), default=programme.span.start)
    end = programme.span.end
    found = []
    for option, early, late in (("--on", wanted, wanted), ("--months", span[1], span[1])):
        if early is not None and early < first:
            what, advice = "is before the station exists", f"Choose {first} or later."
            found.append(Problem(option, "date", what, str(early), f"{first} or later", advice))
        if late is not None and late > end:
            what, rule = "is after the end of the run", f"{end} or earlier"
            advice = "Choose an earlier day, or set a later end with --set span.end=DATE."
            found.append(Problem(option, "date", what, str(late), rule, advice))
    return found


def _place(out: str | None) -> Path | None:
    """Where the drawing goes. Raises ScenarioError for a file that is there and is no drawing."""
    if out is None:
        return None
    place = Path(out)
    problem = None
    if place.suffix.lower() != ".svg":
        problem = Problem(
            "--out", "file", "is no drawing", out[:200], "a name that ends in .svg", "Choose such a name."
        )
    elif place.is_symlink() or (place.exists() and not _is_drawing(place)):
        problem = Problem(str(place), "--out", "is there already and is no drawing", remedy="Choose another file name.")
    if problem is not None:
        raise ScenarioError("", [problem])
    return place


def _is_drawing(place: Path) -> bool:
    if not place.is_file():
        return False
    with place.open("rb") as file:
        return file.read(4) == b"<svg"
