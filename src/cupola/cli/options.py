"""The arguments that verbs share, and how they read a scenario with them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from cupola.base.errors import DomainError, Problem, ScenarioError
from cupola.base.time import parse_date

if TYPE_CHECKING:
    from cupola.programme.programme import Programme

Scenario = Annotated[
    str,
    typer.Argument(
        metavar="SCENARIO",
        help="Name of a shipped scenario (see 'cupola scenarios'), or path of a scenario folder or file.",
        show_default=False,
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="Use only what was known on this day; today when missing."),
]
Settings = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="KEY=VALUE", help="Change one number, e.g. 'orbit.altitude=410 km'. Repeatable."),
]
Waive = Annotated[
    list[str] | None,
    typer.Option("--waive", metavar="RULE", help="Record the crossing of this rule, but do not act on it. Repeatable."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
Out = Annotated[str, typer.Option("--out", metavar="DIR", help="Folder in which runs are saved.")]


def day(text: str | None, option: str, *, end: bool = False) -> dt.date | None:
    """Read a date of the command line. Raises ScenarioError that names the option."""
    if text is None:
        return None
    try:
        return parse_date(text, end=end)
    except DomainError as error:
        from cupola.scenario.convert import iso

        near = iso(text)
        advice = f"Write {near}." if near else "Give a day of the calendar."
        problem = Problem(option, "date", "is not a date", text[:60], "YYYY-MM-DD", advice)
        raise ScenarioError("", [problem]) from error


def read(scenario: str, as_of: str | None, settings: Sequence[str] | None, waive: Sequence[str] | None) -> Programme:
    """Read and check a scenario with the overlays of the command line."""
    from cupola.flow import load

    return load(scenario, as_of=day(as_of, "--as-of"), settings=settings or (), waive=waive or ())
