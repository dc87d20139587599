"""``cupola calendar``: the flights of a scenario, and of a run, as a calendar file."""

from __future__ import annotations

import collections
import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cupola.base.errors import Problem, RunError, ScenarioError
from cupola.cli.options import AsJson, AsOf, Scenario, day
from cupola.cli.output import print_json, print_text
from cupola.cli.places import write_beside

if TYPE_CHECKING:
    from cupola.programme.programme import Programme
    from cupola.results import Run

OfRun = Annotated[
    str | None,
    typer.Option(
        "--run", metavar="RUN", help="Run folder whose nominal future stands in place of the planned flights."
    ),
]
File = Annotated[
    str | None, typer.Option("-o", "--out", metavar="FILE", help="Where to write the .ics file; stdout when missing.")
]
FIRST = b"BEGIN:VCALENDAR"


def calendar(
    scenario: Scenario, as_of: AsOf = None, run: OfRun = None, out: File = None, as_json: AsJson = False
) -> None:
    """Write the flights as a calendar file (.ics).

    Flights on record, those that are planned, and with --run those of the run's nominal future with rules kept.
    Most calendar programs open the file; it needs no network.
    """
    from cupola.flow import load, open_run
    from cupola.report.calendar import calendar_text, flight_entries

    opened = open_run(run) if run is not None else None
    known = day(as_of, "--as-of") or (opened.details.as_of if opened else None)
    programme = load(scenario, as_of=known)
    stays = _stays(opened, programme) if opened else None
    place = Path(out) if out is not None else None
    if place is not None:
        _refuse_to_overwrite(place)
    entries = flight_entries(programme, stays)
    text = calendar_text(entries, f"{programme.title}, as of {programme.as_of}", programme.as_of)
    if place is not None:
        write_beside(place, text)
    if as_json:
        listed = [dataclasses.asdict(entry) for entry in entries]
        print_json({"scenario": programme.id, "as_of": programme.as_of, "file": place, "entries": listed})
    elif place is None:
        # As bytes, so that no line break is translated on the way.
        typer.echo(text.encode("utf-8"), nl=False)
    else:
        counts = collections.Counter(entry.kind for entry in entries)
        told = ", ".join(f"{count} {kind}" for kind, count in sorted(counts.items(), reverse=True)) or "no entries"
        print_text(f"Calendar written to {place}: {told}.")


def _stays(run: Run, programme: Programme) -> list[dict[str, Any]]:
    """The stays of a run's nominal future with rules kept. Raises RunError for a run of another scenario or day."""
    details = run.details
    if (details.scenario, details.as_of) != (programme.id, programme.as_of):
        raise RunError(
            f"{run.path}: the run is of {details.scenario} as of {details.as_of}, not of {programme.id} as of "
            f"{programme.as_of}. Give the scenario and the day of the run."
        )
    futures = run.rows("futures")
    nominal = [row["future"] for row in futures if row["nominal"]]
    kept = [row["future"] for row in futures if row["nominal"] and row["enforced"]]
    if not nominal:
        raise RunError(f"{run.path}: the run has no nominal future. Run the scenario again.")
    chosen = (kept or nominal)[0]
    return [row for row in run.rows("stays") if row["future"] == chosen]


def _refuse_to_overwrite(place: Path) -> None:
    """A calendar may be written anew; a file that is none stays."""
    if not place.exists() and not place.is_symlink():
        return
    if place.is_file() and not place.is_symlink():
        with place.open("rb") as file:
            if file.read(len(FIRST)) == FIRST:
                return
    problem = Problem(str(place), "--out", "is there already and is no calendar", remedy="Choose another file name.")
    raise ScenarioError("", [problem])
