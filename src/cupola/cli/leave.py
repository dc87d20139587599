"""``cupola leave``: let a partner leave a scenario, and compare with the scenario as it is."""

from __future__ import annotations

from typing import Annotated

import typer

from cupola.cli.answers import print_case
from cupola.cli.options import AsJson, AsOf, Out, Scenario, Settings, Waive, day
from cupola.cli.output import log

Partner = Annotated[str, typer.Argument(metavar="PARTNER", help="Id of the partner that leaves.", show_default=False)]
After = Annotated[str, typer.Option("--after", metavar="DATE", help="Last day of full service.", show_default=False)]
Mode = Annotated[str, typer.Option("--mode", metavar="MODE", help="services-stop, hands-over or separates.")]
Cut = Annotated[str, typer.Option("--cut", metavar="ELEMENT", help="separates: the element at whose joint it is cut.")]
ExitTime = Annotated[str, typer.Option("--exit-time", metavar="TIME", help="How long the exit takes, e.g. P2Y.")]
To = Annotated[str, typer.Option("--to", metavar="PARTNER", help="hands-over: who operates the elements afterwards.")]

MODES = ("services-stop", "hands-over", "separates")


def leave(
    scenario: Scenario,
    partner: Partner,
    after: After,
    mode: Mode = "services-stop",
    cut: Cut = "",
    exit_time: ExitTime = "",
    to: To = "",
    as_of: AsOf = None,
    settings: Settings = None,
    waive: Waive = None,
    out: Out = "runs",
    as_json: AsJson = False,
) -> None:
    """Let a partner leave, and answer.

    The scenario as it is serves as the baseline; both are simulated and saved.
    """
    from cupola.flow import Source, departure_settings, run

    if mode not in MODES:
        raise typer.BadParameter(f"{mode!r} is none of {', '.join(MODES)}", param_hint="--mode")
    last = day(after, "--after", end=True)
    given = tuple(settings or ())
    waived = tuple(waive or ())
    leaving = departure_settings(partner, str(last), mode, cut=cut, exit_time=exit_time, to=to)
    case = run(
        scenario,
        as_of=day(as_of, "--as-of"),
        settings=(*given, *leaving),
        waive=waived,
        out=out,
        against=Source(scenario, settings=given, waive=waived),
        say=log,
    )
    print_case(case.run, case.baseline, json=as_json)
