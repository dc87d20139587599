"""``cupola leave``: let a partner leave a scenario, and compare with the scenario as it is."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Annotated

import typer

from cupola.base.errors import Problem, ScenarioError
from cupola.cli.answers import print_cases
from cupola.cli.options import AsJson, AsOf, Out, Scenario, Settings, Waive, day, read
from cupola.cli.output import log

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from cupola.programme.programme import Programme

Partner = Annotated[str, typer.Argument(metavar="PARTNER", help="Id of the partner that leaves.", show_default=False)]
After = Annotated[str, typer.Option("--after", metavar="DATE", help="Last day of full service.", show_default=False)]
Mode = Annotated[str, typer.Option("--mode", metavar="MODE", help="services-stop, hands-over or separates.")]
Cut = Annotated[str, typer.Option("--cut", metavar="ELEMENT", help="separates: the element at whose joint it is cut.")]
ExitTime = Annotated[str, typer.Option("--exit-time", metavar="TIME", help="How long the exit takes, e.g. P2Y.")]
Continue = Annotated[
    str,
    typer.Option(
        "--continue",
        metavar="SCENARIO",
        help="separates: the programme in which the part is flown on, with the ships and people at it.",
    ),
]
Fates = Annotated[
    list[str] | None,
    typer.Option(
        "--fate",
        metavar="ELEMENT=FATE",
        help="What becomes of one element: operated:PARTNER, inert, transferred:PARTNER, sold:PARTNER, separates, or "
        "deorbited:VEHICLE. Repeatable.",
    ),
]
To = Annotated[str, typer.Option("--to", metavar="PARTNER", help="hands-over: who operates the elements afterwards.")]

MODES = ("services-stop", "hands-over", "separates")
GIVEN_AS = {
    "departure.partner": "PARTNER",
    "departure.after": "--after",
    "departure.mode": "--mode",
    "departure.cut": "--cut",
    "departure.exit_time": "--exit-time",
    "departure.to": "--to",
    "departure.continues": "--continue",
}
"""Key of the departure -> the argument that gives it."""


def leave(
    scenario: Scenario,
    partner: Partner,
    after: After,
    mode: Mode = "services-stop",
    cut: Cut = "",
    exit_time: ExitTime = "",
    to: To = "",
    fate: Fates = None,
    onward: Continue = "",
    as_of: AsOf = None,
    settings: Settings = None,
    waive: Waive = None,
    out: Out = "runs",
    as_json: AsJson = False,
) -> None:
    """Let a partner leave, and answer.

    The scenario as it is serves as the baseline; both are simulated and saved. With --continue the part that separates
    is flown on from what it has on that day, in a run of its own.
    """
    from cupola.flow import Source, departure_settings, run

    _check_mode(mode, cut, to, onward)
    fates, problems = _fates(fate or [])
    last = _day(after, problems)
    given = tuple(settings or ())
    waived = tuple(waive or ())
    try:
        present = read(scenario, as_of, [text for text in given if not text.strip().startswith("departure.")], waived)
    except ScenarioError as error:
        raise ScenarioError(error.scenario, [*problems, *error.problems]) from error
    ships = "along" if onward else ""
    leaving = departure_settings(
        partner, str(last or ""), mode, cut=cut, exit_time=exit_time, to=to, continues=onward, ships=ships
    )
    problems += [*_about_partner(partner, present), *_about_day(last, present)]
    _check(problems, present, (scenario, (*given, *leaving, *fates), waived))
    try:
        case = run(
            scenario,
            as_of=present.as_of,
            settings=(*given, *leaving, *fates),
            waive=waived,
            out=out,
            against=Source(scenario, settings=given, waive=waived),
            say=log,
        )
    except ScenarioError as error:
        raise ScenarioError(error.scenario, [_as_given(problem) for problem in error.problems]) from error
    print_cases(case, json=as_json)


def _check_mode(mode: str, cut: str, to: str, onward: str) -> None:
    """Raise BadParameter for an unknown mode, and for an option that would say nothing in this mode."""
    if mode not in MODES:
        raise typer.BadParameter(f"{mode!r} is none of {', '.join(MODES)}", param_hint="--mode")
    for option, value, home in (
        ("--cut", cut, "separates"),
        ("--to", to, "hands-over"),
        ("--continue", onward, "separates"),
    ):
        if value and mode != home:
            raise typer.BadParameter(f"says something only with --mode {home}", param_hint=option)


def _fates(given: list[str]) -> tuple[tuple[str, ...], list[Problem]]:
    """The overlays of ``ELEMENT=FATE[:WHO]``, and what is not of that form or stands twice."""
    found: dict[str, str] = {}
    settings: list[str] = []
    problems: list[Problem] = []
    for text in given:
        element, sign, rest = (part.strip() for part in text.partition("="))
        fate, _, who = (part.strip() for part in rest.partition(":"))
        if not sign or not element or not fate:
            what, advice = "is no fate of an element", "Write for example 'lab=inert'."
            problems.append(Problem("--fate", "fates", what, text[:60], "ELEMENT=FATE[:WHO]", advice))
            continue
        if element in found:
            what, got = "has two fates", f"{found[element]} and {rest}"
            problems.append(Problem("--fate", f"fates.{element}", what, got[:80], "one", "Keep one of them."))
            continue
        found[element] = rest
        settings.append(f"fates.{element}.fate={fate}")
        if who:
            settings.append(f"fates.{element}.{'vehicle' if fate == 'deorbited' else 'to'}={who}")
    return tuple(settings), problems


def _day(text: str, problems: list[Problem]) -> dt.date | None:
    """The last day of full service; None, with the problem noted, when it is no date."""
    try:
        return day(text, "--after", end=True)
    except ScenarioError as error:
        problems += [dataclasses.replace(problem, key="departure.after") for problem in error.problems]
        return None


def _check(problems: list[Problem], present: Programme, given: tuple[str, Sequence[str], Sequence[str]]) -> None:
    """Raise ScenarioError when something was wrong, with what is wrong with the rest of the departure.

    given    scenario, settings and waived rules as they would be run
    """
    if not problems:
        return
    try:
        scenario, settings, waived = given
        read(scenario, str(present.as_of), settings, waived)
    except ScenarioError as error:
        told = {problem.key for problem in problems}
        problems += [_as_given(problem) for problem in error.problems if problem.key not in told]
    raise ScenarioError(present.id, problems)


def _about_day(last: dt.date | None, present: Programme) -> list[Problem]:
    """An exit that would lie in the past."""
    start = max(present.as_of, present.span.start)
    if last is None or last >= start:
        return []
    what, rule = "lies before the as-of day, or the first day of the run", f"{start} or later"
    advice = "Choose an earlier as-of day or a later departure: by the record the partner has not left."
    return [Problem("--after", "departure.after", what, str(last), rule, advice)]


def _about_partner(partner: str, present: Programme) -> list[Problem]:
    """An unknown partner, and a scenario that another one leaves."""
    known = [key for key in present.partners if present.partner_of(key) == key]
    if partner not in present.partners:
        from cupola.scenario.cells import remedy

        word = partner.lower()
        named = [
            key
            for key in known
            if word and word in f"{present.partners[key].name} {present.partners[key].country}".lower()
        ]
        advice = f"Did you mean {' or '.join(map(repr, named))}?" if named else remedy(partner, known)
        return [Problem("PARTNER", "departure.partner", "is no partner", partner or "nothing", "", advice)]
    first = present.departure.partner if present.departure is not None else partner
    if present.departure is not None:
        what = f"cannot leave too: {first} leaves in this scenario, after {present.departure.after}"
        if partner == first:
            what = f"leaves in this scenario already, after {present.departure.after}; nobody leaves twice"
        other = f"Start from '{present.baseline}'." if present.baseline else "Start from a scenario that nobody leaves."
        return [Problem("PARTNER", "departure.partner", what, partner, "", other)]
    return []


def _as_given(problem: Problem) -> Problem:
    """A problem of a departure, told of the argument that gave it rather than of the overlay made from it."""
    if problem.where == "--set" and problem.key.startswith("fates."):
        return dataclasses.replace(problem, where="--fate")
    if problem.where != "--set" or problem.key not in GIVEN_AS:
        return problem
    return dataclasses.replace(problem, where=GIVEN_AS[problem.key])
