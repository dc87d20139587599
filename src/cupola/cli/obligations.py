"""``cupola obligations``: what is owed by whom on what ground, and, for a run, whether it is kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cupola.base.errors import Problem, ScenarioError
from cupola.cli.options import AsJson, AsOf, Settings, Waive, day, read
from cupola.cli.output import print_json, print_table, print_text
from cupola.cli.places import is_run

if TYPE_CHECKING:
    from cupola.results import Run

Subject = Annotated[str, typer.Argument(metavar="RUN|SCENARIO", show_default=False)]
On = Annotated[
    str | None,
    typer.Option("--on", metavar="DATE", help="The day to judge; of a scenario the as-of day when missing."),
]
Partner = Annotated[
    str | None, typer.Option("--partner", metavar="PARTNER", help="Only what this partner owes, alone or with others.")
]


def obligations(
    subject: Subject,
    on: On = None,
    partner: Partner = None,
    as_of: AsOf = None,
    settings: Settings = None,
    waive: Waive = None,
    as_json: AsJson = False,
) -> None:
    """List what is owed by whom to whom, and why.

    Each duty's state on a day (due, not yet, ended), the law or promise that it rests on, and the way out of it. For a
    saved run, whether it is kept, at risk or broken, and from which day.
    """
    when = day(on, "--on")
    if is_run(subject):
        from cupola.flow import open_run

        saved = open_run(subject)
        head: dict[str, Any] = {"scenario": saved.details.scenario, "as_of": saved.details.as_of, "run": saved.path}
        rows = _of_run(saved, when, partner)
        names = saved.details.provisions
        columns: tuple[str, ...] = ("obligation", "by", "state", "risk", "broken", "rests_on", "what")
    else:
        programme = read(subject, as_of, settings, waive)
        from cupola.analysis.duties import duties

        _check_partner(partner, programme.partners, programme.id)
        when = when or programme.as_of
        head = {"scenario": programme.id, "as_of": programme.as_of}
        rows, names = duties(programme, when, partner or ""), {}
        columns = ("obligation", "by", "state", "end", "rests_on", "what")
    if as_json:
        print_json({**head, "on": when, "obligations": rows})
        return
    print_text(f"{head['scenario']} as of {head['as_of']}{f', on {when}' if when else ''}\n")
    print_table(columns, rows, empty="Nothing is owed.")
    _print_grounds(rows, names)


def _of_run(saved: Run, when: dt.date | None, partner: str | None) -> list[dict[str, Any]]:
    acts_for = {row["id"]: row["acts_for"] or row["id"] for row in saved.details.partners}
    _check_partner(partner, acts_for, saved.details.scenario)
    rows = saved.rows("obligations")
    if partner is not None:
        rows = [row for row in rows if acts_for[partner] in (row["partners"] or "").split("; ")]
    if when is None:
        return rows
    from cupola.analysis.obligations import state_on

    left = {row["key"]: row["date"] for row in saved.rows("events") if row["kind"] == "partner-left"}
    return [row | {"state": state_on(row, when, left)} for row in rows]


def _check_partner(partner: str | None, known: Collection[str], scenario: str) -> None:
    if partner is None or partner in known:
        return
    from cupola.scenario.cells import remedy

    problem = Problem("--partner", "partner", "is no partner", partner[:60] or "nothing", "", remedy(partner, known))
    raise ScenarioError(scenario, [problem])


def _print_grounds(rows: list[dict[str, Any]], names: Mapping[str, str]) -> None:
    """What is told under the table: who is said to leave, what breaks a duty, and how one may leave an agreement."""
    told = []
    for row in rows:
        if row.get("leaving"):
            said = row["leaving"]
            told.append(
                f"{row['obligation']}: {said['speaker']} ({said['firmness']}, {said['said']}) speaks of leaving after "
                f"{said['leaves']}."
            )
        if row["state"] in ("broken", "at risk") and row.get("because"):
            told.append(f"{row['obligation']}: {row['state']}, {_ground(row['because'].split(' + ')[0], names)}")
    if told:
        print_text("\n" + "\n".join(told))
    ways = {way: None for row in rows for way in (row["way_out"] or "").split(" | ") if way}
    if ways:
        print_text("\nWays out, in the words of the agreements:\n" + "\n".join(f"  {way}" for way in ways))


def _ground(key: str, names: Mapping[str, str]) -> str:
    """What breaks a duty or puts it at risk, in words and by its key."""
    from cupola.analysis.obligations import UNNOTICED

    kind, _, subject = key.partition("/")
    table, _, provision = subject.partition(".")
    if kind == "fact" and table == "provisions":
        return f"what it serves hangs on one provider alone, {names.get(provision, provision)} ({key})"
    if key == UNNOTICED:
        return f"no notice was given within the time that it asks ({key})"
    if kind == "statement":
        return f"somebody who owes it leaves within its term by a statement in force ({key})"
    words = {"function-lost": "what it serves is lost", "function-short": "too little of what it serves is provided"}
    return f"{words.get(kind, 'the partner that owes it has left' if kind == 'partner-left' else kind)} ({key})"
