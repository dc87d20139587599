"""The program: its verbs in the order in which a newcomer meets them."""

from __future__ import annotations

from typing import Annotated

import typer

from cupola import __version__
from cupola.cli.calendar import calendar
from cupola.cli.check import check
from cupola.cli.compare import compare
from cupola.cli.depend import depend
from cupola.cli.diff import diff
from cupola.cli.explain import explain
from cupola.cli.fly import fly
from cupola.cli.guard import guard
from cupola.cli.hindsight import hindsight
from cupola.cli.leave import leave
from cupola.cli.new import new
from cupola.cli.obligations import obligations
from cupola.cli.outlook import outlook
from cupola.cli.reboost import reboost
from cupola.cli.reentry import reentry
from cupola.cli.report import report
from cupola.cli.run import run
from cupola.cli.scenarios import scenarios
from cupola.cli.schema import schema
from cupola.cli.show import show
from cupola.cli.statements import statements
from cupola.cli.track import track
from cupola.cli.why import why

# Plain help pages: the decorated ones would load a terminal library at every start.
app = typer.Typer(name="cupola", rich_markup_mode=None, pretty_exceptions_enable=False, no_args_is_help=True)

VERBS = (
    scenarios,
    check,
    show,
    run,
    leave,
    compare,
    report,
    depend,
    statements,
    obligations,
    outlook,
    hindsight,
    fly,
    why,
    explain,
    new,
    diff,
    calendar,
    schema,
    track,
    reentry,
    reboost,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"cupola {__version__}")
        raise typer.Exit()


@app.callback()
def program(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Version.")
    ] = False,
) -> None:
    """What happens, when, and what must replace it, if a partner leaves a space-station programme?"""


for verb in VERBS:
    app.command(verb.__name__)(guard(verb))
