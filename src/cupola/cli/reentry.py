"""``cupola reentry``: when a craft comes down, with the spread of its drag and of the Sun's future."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cupola.cli import fly as flying
from cupola.cli.fly_asked import Asked, Job
from cupola.cli.options import AsJson
from cupola.cli.reentry_told import Known, descend, show

if TYPE_CHECKING:
    from cupola.flight.reentry import Drag
    from cupola.flight.start import Start

Files = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="FILE...", help="OEM, OMM or TLE to start from; of several the latest state.", show_default=False
    ),
]
Futures = Annotated[int, typer.Option("--futures", min=20, max=20_000, help="How many futures are flown.")]
Seed = Annotated[int, typer.Option("--seed", min=0, max=2**63 - 1, help="Seed of their random numbers.")]
Years = Annotated[int, typer.Option("--years", min=1, max=100, help="How long they are flown at most.")]
Spread = Annotated[
    str | None,
    typer.Option(
        "--spread",
        metavar="PERCENT",
        help="Standard deviation of the drag, to the end; when missing, 15 % (or the track's, if larger), and more "
        "with the age of what tells the drag: 24 % after a year, 36 % from three years on.",
    ),
]
UNIT_MASS = 1_000.0
"""[kg] where only the ratio of area to mass is known"""


def reentry(
    files: Files = None,
    state: flying.State = None,
    epoch: flying.Epoch = None,
    frame: flying.Frame = "GCRF",
    time_system: flying.System = "UTC",
    at: flying.At = None,
    mass: flying.Mass = None,
    drag_area: flying.Drag = None,
    spread: Spread = None,
    futures: Futures = 200,
    seed: Seed = 1,
    years: Years = 30,
    as_of: flying.AsOf = None,
    object_name: flying.Object = "",
    as_json: AsJson = False,
) -> None:
    """Tell when a craft comes down, and how surely.

    From a state, an OEM, an OMM or a TLE; or from several files, whose track tells the ballistic coefficient. Many
    futures are flown down to 120 km, each with its own drag and its own course of the Sun about the forecast.
    """
    asked = Asked()
    masses = asked.number("--mass", "mass", mass, "kg", 0.0, 1e9)
    area = asked.number("--drag-area", "drag area", drag_area, "m2", 0.0, 1e7)
    wide = asked.number("--spread", "spread", _percent(spread), "%", 0.0, 1.0, least=True)
    known_on = flying.known_day(asked, as_of)
    given = (state, epoch, frame, time_system)
    if files is not None and len(files) > 1 and state is None:
        if epoch is not None:
            asked.add("--epoch", "instant", "goes with --state only", epoch, remedy="Choose a state by --at.")
        start = _latest(asked, files, at, object_name)
    else:
        start = flying.chosen_start(asked, files[0] if files else None, given, at, object_name)
    asked.stop()
    assert start is not None
    known = _known(asked, files or [], start, (masses, area, wide), object_name)
    job = _job(asked, start, known, years, known_on)
    show(job, known, descend(job, known, futures, seed), (years, seed), as_json)


def _percent(text: str | None) -> str | None:
    return None if text is None else text.strip().removesuffix("%").strip() + " %"


def _latest(asked: Asked, files: Sequence[str], at: str | None, name: str) -> Start | None:
    """The latest of the states that some files give; a file that has none is no matter when another has one."""
    from cupola.base.errors import DomainError, FormatError
    from cupola.flight.names import identifier, listed
    from cupola.flight.start import BEGIN, END, read_start

    when: int | str | None = END if at is None else at if at in (BEGIN, END) else asked.moment("--at", at)
    found, refused = [], []
    for file in files:
        try:
            found.append(read_start(Path(file), END if when is None else when, name))
        except FormatError as error:
            asked.problems += error.problems
        except DomainError as error:
            refused.append((file, error))
    if not found:
        for file, said in refused:
            asked.refused(file, said)
    ids = [one for one in (identifier(start.object_id) for start in found) if any(one)]
    if any(len({one[which] for one in ids if one[which]}) > 1 for which in (0, 1)):
        shown = listed((start.object_name, start.object_id) for start in found)
        asked.add("FILE", "files", "are of several objects", shown, "those of one", "Name it by --object.")
    return max(found, key=lambda start: start.instant, default=None)


def _known(
    asked: Asked, files: Sequence[str], start: Start, given: tuple[float | None, float | None, float | None], name: str
) -> Known:
    """The drag: as given, else of the track of several files, else as the file tells. Raises ScenarioError."""
    from cupola.flight.reentry import GIVEN_AGE_DAYS, SPREAD, Drag

    mass = start.mass if given[0] is None else given[0]
    area = start.drag_area if given[1] is None and len(files) < 2 else given[1]
    if area is None and files:
        return _tracked(asked, files, start, given[2], name)
    for option, value in (("--mass", mass), ("--drag-area", area)):
        if value is None:
            source = files[0] if files else "the state"
            asked.add(option, option[2:].replace("-", " "), f"is not told by {source}", remedy=f"Give {option}.")
    if area == 0.0:
        asked.add("--drag-area", "drag area", "is zero", expected="above 0", remedy="Give --drag-area.")
    asked.stop()
    assert mass is not None and area is not None
    by = "as the file tells" if given[1] is None else "as given"
    told = f"Cd A/m {area / mass:.5f} m2/kg: {area:g} m2, {by}, of {mass:g} kg"
    if given[2] is not None:
        return Known(Drag(area / mass, given[2], grows=False), mass, (told, _as_given(given[2])))
    drag = Drag(area / mass, SPREAD, GIVEN_AGE_DAYS)
    return Known(drag, mass, (told, _growing(drag, "as no fall tells it, it counts as a year old")))


def _as_given(spread: float) -> str:
    return f"spread of the drag {100.0 * spread:.3g} %, as given, to the end"


def _growing(drag: Drag, why: str) -> str:
    """The spread at the start and later, in words."""
    now, later, at_last = (100.0 * drag.spread_after(days) for days in (0.0, 365.25, 1e5))
    return (
        f"spread of the drag {now:.0f} % at the start, {later:.0f} % a year on and {at_last:.0f} % at most, as fits of "
        f"a station's fall held from one year to another; {why}"
    )


def _tracked(asked: Asked, files: Sequence[str], start: Start, wide: float | None, name: str) -> Known:
    """The drag that the track tells. Raises ScenarioError."""
    from cupola.base.errors import DomainError, FormatError
    from cupola.cli.output import log
    from cupola.flight.reentry import SPREAD, drag_known
    from cupola.flight.track import track

    try:
        found = track([Path(file) for file in files], name or None, log)
        drag = drag_known(found.coefficients, start.instant)
    except (FormatError, DomainError) as error:
        if isinstance(error, FormatError) and len(files) > 1:
            asked.problems += error.problems
        else:
            what = "is told neither by the files nor by their track" if len(files) > 1 else f"is not told by {files[0]}"
            asked.add("--drag-area", "drag area", what, remedy="Give --mass and --drag-area, or more files.")
        asked.stop()
        raise
    words = f"Cd A/m {drag.per_mass:.5f} m2/kg, from {drag.stretches} stretches of the track, the newest counting most"
    if wide is not None:
        drag = Drag(drag.per_mass, wide, grows=False)
        return Known(drag, start.mass or UNIT_MASS, (words, _as_given(wide)))
    why = "that of the stretches" if drag.spread > SPREAD else "the least that a fit is off"
    why = f"new, it is {100.0 * drag.spread:.0f} %, {why}, and the newest stretch is {drag.age_days:.0f} days old"
    return Known(drag, start.mass or UNIT_MASS, (words, _growing(drag, why)))


def _job(asked: Asked, start: Start, known: Known, years: int, as_of: dt.date | None) -> Job:
    """What is flown. Raises ScenarioError."""
    from cupola.base.errors import DomainError
    from cupola.base.instants import DAY_S, NS
    from cupola.flight.course import craft_of
    from cupola.flight.utc import to_calendar

    span = math.ceil(365.25 * years)
    try:
        craft = craft_of(known.mass, known.drag.per_mass * known.mass, 0.0)
        until = to_calendar(start.instant + round(span * DAY_S * NS))
    except DomainError as error:
        asked.refused("--drag-area", error)
        asked.stop()
        raise
    return Job(start, craft, until, "averaged", (), 0.0, as_of, (), known.told)
