"""``cupola new``: a scenario to go on from."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from cupola.base.errors import Problem, ScenarioError
from cupola.cli.options import AsJson, AsOf, day
from cupola.cli.output import print_json, print_text

Name = Annotated[
    str, typer.Argument(metavar="NAME", help="Name of the new scenario and of its folder.", show_default=False)
]
From = Annotated[
    str | None,
    typer.Option("--from", metavar="SCENARIO", help="Copy this scenario's files; without it, a smallest station."),
]
Overlay = Annotated[
    bool, typer.Option("--only-overlay", help="Extend the scenario instead; its main keys stand there as comments.")
]
Flat = Annotated[
    bool,
    typer.Option("--flat", help="Copy all that it extends too, as known on the as-of day; comments are not kept."),
]
Where = Annotated[
    str | None,
    typer.Option("--out", metavar="DIR", help="Folder in which the scenario's folder is made; here if missing."),
]


def new(
    name: Name,
    source: From = None,
    only_overlay: Overlay = False,
    flat: Flat = False,
    out: Where = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Make a scenario to go on from.

    A folder that loads at once: a smallest station of invented numbers, a copy of another scenario, or an overlay.
    Nothing is overwritten.
    """
    from cupola.scenario import skeleton

    place = Path(out or ".")
    known = day(as_of, "--as-of")
    skeleton.check_name(name, place)
    if source is None:
        if only_overlay or flat:
            option = "--only-overlay" if only_overlay else "--flat"
            raise typer.BadParameter(f"{option} needs --from SCENARIO.")
        today = known or dt.datetime.now(dt.UTC).date()
        folder = skeleton.put(name, skeleton.station_files(name, today), place, today)
    elif only_overlay and flat:
        raise typer.BadParameter("--only-overlay and --flat exclude each other.")
    else:
        folder = _from(source, name, place, as_of, only_overlay, flat)
    files = sorted(path.name for path in folder.iterdir())
    if as_json:
        print_json({"scenario": name, "folder": folder, "files": files})
        return
    print_text(f"Scenario written to {folder}: {', '.join(files)}.")
    asked = f" --as-of {known}" if known else ""
    print_text(f"Next: cupola run {folder}{asked}")


def _from(source: str, name: str, place: Path, as_of: str | None, only_overlay: bool, flat: bool) -> Path:
    """Make a scenario from another one, which must itself be without mistakes."""
    from cupola.flow import load
    from cupola.scenario import skeleton
    from cupola.scenario.shipped import find, place_of

    known = day(as_of, "--as-of")
    below = load(source, as_of=known)
    if flat:
        return skeleton.put_flat(name, below, place)
    at = find(source, None) or place_of(Path(source))
    if only_overlay:
        if at.name != below.id:
            what, advice = "is not named as its id says", f"Name the folder or file {below.id}."
            raise ScenarioError(at.name, [Problem(str(at.file), "id", what, below.id, at.name, advice)])
        skeleton.check_reach(at, place)
        return skeleton.put(name, skeleton.overlay_files(name, below), place, known)
    return skeleton.put(name, skeleton.copy_files(name, at), place, known)
