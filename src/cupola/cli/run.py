"""``cupola run``: simulate a scenario and its baseline, and answer."""

from __future__ import annotations

from typing import Annotated

import typer

from cupola.base.errors import Problem, ScenarioError
from cupola.cli.answers import print_cases
from cupola.cli.options import AsJson, AsOf, Out, Scenario, Settings, Waive, day
from cupola.cli.output import log

VerifyOrbit = Annotated[
    bool, typer.Option("--verify-orbit", help="Fly the run's orbit again by the full engine, and print the difference.")
]
VerifyDays = Annotated[
    int | None,
    typer.Option("--verify-days", metavar="N", min=2, max=3700, help="How many days of --verify-orbit: 90 if missing."),
]
VERIFIED = 90
"""Days that are flown again where no number is given"""


def run(
    scenario: Scenario,
    as_of: AsOf = None,
    settings: Settings = None,
    waive: Waive = None,
    out: Out = "runs",
    verify_orbit: VerifyOrbit = False,
    verify_days: VerifyDays = None,
    as_json: AsJson = False,
) -> None:
    """Simulate a scenario and answer.

    Its baseline is simulated too; both are saved. A part that separates is flown on where the departure says so.
    """
    from cupola.flow import run as simulate_both

    if verify_days is not None and not verify_orbit:
        remedy = "Add --verify-orbit, or leave it out."
        problem = Problem("--verify-days", "days", "goes with --verify-orbit only", f"{verify_days}", "", remedy)
        raise ScenarioError("", [problem], "Nothing was simulated.")
    case = simulate_both(
        scenario,
        as_of=day(as_of, "--as-of"),
        settings=settings or (),
        waive=waive or (),
        out=out,
        verify_days=(verify_days or VERIFIED) if verify_orbit else None,
        say=log,
    )
    print_cases(case, json=as_json)
