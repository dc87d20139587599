"""What ``cupola fly`` flies, put together from what was asked for and what the file tells.

Assumptions and limits: an option's name stands in each problem as its place.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cupola.base.errors import DomainError
from cupola.cli.fly_acting import arrays_of
from cupola.cli.fly_asked import PLAIN, Acting, Asked, Job, Looked, places

if TYPE_CHECKING:
    import numpy as np

    from cupola.flight.course import Refit, Wanted
    from cupola.flight.full_plan import Craft
    from cupola.flight.start import Start

_AREAS = {"mass": "--mass", "drag_area": "--drag-area", "solar_area": "--solar-area"}
Numbers = dict[str, float | None]


@dataclass(frozen=True)
class Way:
    """How long, by which engine, what changes on the way, and what is looked for; None for what was not understood."""

    until: np.datetime64 | None
    fidelity: str | None
    refits: tuple[Refit, ...]
    looked: Looked
    acting: Acting = PLAIN


def job_of(
    asked: Asked,
    start: Start | None,
    file: str | None,
    numbers: Numbers,
    way: Way,
    pushed: tuple[Sequence[str], bool],
    outs: Sequence[str],
    as_of: dt.date | None,
) -> Job:
    """The job.

    numbers    ``mass``, ``drag_area``, ``solar_area``, ``isp``, ``thrust`` and ``every``, in SI
    pushed     the texts of --burn, and whether --planned was given
    outs       the texts of --out

    Raises ScenarioError with every problem of the command line and its file.
    """
    burns = asked.burns(pushed[0], numbers["isp"], numbers["thrust"])
    if start is not None and pushed[1]:
        burns += _planned(asked, start, way.until, numbers)
    _check_engine(asked, burns, numbers, way.fidelity)
    written = places(asked, outs, file)
    known, craft = _craft(asked, start, file, numbers, (bool(burns), way)) if start is not None else ((), None)
    if start is not None and craft is not None and way.until is not None:
        _check_plan(asked, start, craft, way.until, (burns, way.refits))
    asked.stop()
    assert start is not None and craft is not None and way.until is not None and way.fidelity is not None
    assert numbers["every"] is not None
    return Job(
        start,
        craft,
        way.until,
        way.fidelity,
        tuple(burns),
        numbers["every"],
        as_of,
        tuple(written),
        known,
        way.refits,
        way.looked,
        way.acting,
    )


def _check_engine(asked: Asked, burns: Sequence[Wanted], numbers: Numbers, fidelity: str | None) -> None:
    """Note what burns lack for an engine."""
    if burns and fidelity == "full":
        for option, key in (("--isp", "isp"), ("--thrust", "thrust")):
            if numbers[key] is None:
                asked.add(option, "burns", "is missing", remedy="The full engine flies each burn at its length.")
    elif burns and numbers["thrust"] is not None and numbers["isp"] is None:
        asked.add("--isp", "burns", "is missing", remedy="Give it with --thrust.")


def _craft(
    asked: Asked, start: Start, file: str | None, numbers: Numbers, on_the_way: tuple[bool, Way]
) -> tuple[tuple[str, ...], Craft | None]:
    """The craft at the start, and what was taken from where; None when it is not told, or wrong."""
    from cupola.cli.fly_changes import told
    from cupola.flight.course import craft_of

    (burns, way), refits = on_the_way, on_the_way[1].refits
    values: Numbers = {}
    known = []
    for key, option in _AREAS.items():
        given, tells, name = numbers[key], getattr(start, key), option[2:].replace("-", " ")
        values[key] = tells if given is None else given
        if values[key] is None and key != "solar_area" and not _noted(asked, option):
            asked.add(option, name, f"is not told by {file or 'the state'}", remedy=f"Give {option}.")
        if values[key] is not None:
            by, unit = "as the file tells" if given is None else "as given", "kg" if key == "mass" else "m2"
            first = min((one.instant for one in refits if getattr(one, key) is not None), default=None)
            lasting = "less what burns use" if key == "mass" and burns else ""
            lasting += (", " if lasting and first else "") + (f"until {first.astype('datetime64[s]')}" if first else "")
            of = " of the body" if key == "drag_area" and way.acting.array_area else ""
            known.append(f"{name}{of} {values[key]:g} {unit}, {by}, {lasting or 'the same all along'}")
    known += [told(one) for one in sorted(refits, key=lambda one: one.instant)]
    if values["mass"] is None or values["drag_area"] is None:
        return tuple(known), None
    where = file or "--drag-area"
    try:
        craft = craft_of(values["mass"], values["drag_area"], values["solar_area"] or 0.0)
        where = "--array-area"
        arrays_of(way.acting).check([craft])
    except DomainError as error:
        asked.refused(where, error)
        return tuple(known), None
    return tuple(known), craft


def _noted(asked: Asked, option: str) -> bool:
    return any(problem.where == option for problem in asked.problems)


def _check_plan(
    asked: Asked, start: Start, craft: Craft, until: np.datetime64, todo: tuple[Sequence[Wanted], Sequence[Refit]]
) -> None:
    """Note burns and changes that lie outside the flight, or fall on one another."""
    from cupola.flight.course_plan import planned
    from cupola.flight.utc import to_calendar

    for kind, words in planned(craft, *todo, to_calendar(start.instant), until)[1]:
        asked.refused(f"--{kind}", DomainError(words))


def _planned(asked: Asked, start: Start, until: np.datetime64 | None, numbers: Numbers) -> list[Wanted]:
    """Burns that the file plans between the start and the end."""
    from cupola.flight.course import Wanted
    from cupola.flight.utc import to_calendar

    found = []
    for event in start.planned:
        if until is not None and to_calendar(event.instant) >= until:
            continue
        if event.sign == 0:
            asked.add("--planned", "burn", "may go either way: the states do not tell", event.name)
        else:
            size = event.sign * event.delta_v
            found.append(Wanted(to_calendar(event.instant), size, numbers["isp"], numbers["thrust"]))
    return found
