"""``cupola run``: simulate a scenario and its baseline, and answer."""

from __future__ import annotations

from cupola.cli.answers import print_cases
from cupola.cli.options import AsJson, AsOf, Out, Scenario, Settings, Waive, day
from cupola.cli.output import log


def run(
    scenario: Scenario,
    as_of: AsOf = None,
    settings: Settings = None,
    waive: Waive = None,
    out: Out = "runs",
    as_json: AsJson = False,
) -> None:
    """Simulate a scenario and answer.

    Its baseline is simulated too; both are saved. A part that separates is flown on where the departure says so.
    """
    from cupola.flow import run as simulate_both

    case = simulate_both(
        scenario, as_of=day(as_of, "--as-of"), settings=settings or (), waive=waive or (), out=out, say=log
    )
    print_cases(case, json=as_json)
