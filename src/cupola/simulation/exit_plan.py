"""A departure in day numbers of the run: when it begins, what stops when, and what becomes of single elements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from cupola.base.quantity import DAY_S, Quantity
from cupola.base.time import to_mjd
from cupola.programme.leaving import SEPARATES, Fate
from cupola.programme.programme import Programme

_NO_RANGE = Quantity(0.0, 0.0, 0.0, "1", "", "")


@dataclass(frozen=True)
class PlannedFate:
    """What becomes of one element, in day numbers."""

    noun: Fate
    day: int
    ready: int
    """Day on which the people of the partner that takes it over are trained, and its own partner has ended"""
    to: int
    """Row of that partner, or -1"""


@dataclass(frozen=True)
class Exit:
    """A departure in day numbers of the run."""

    partner: int
    begins: int
    crew_stops: int
    """Day from which it launches no crew any more"""
    cargo_stops: int
    ends: int
    mode: str
    cut: str
    to: int
    ready: int
    """hands-over: day on which the new operator's people are trained"""
    spares_end: int
    statement: str
    """Id of the statement that announced it, or empty"""
    ships_along: bool = False
    """Whether ships at the part that separates go along with it"""
    shift: Quantity = _NO_RANGE
    """Days by which all of it may come earlier or later"""
    fates: tuple[PlannedFate, ...] = ()


def exit_plan(programme: Programme, first: int, partners: Sequence[str]) -> Exit | None:
    """The departure of a programme, or None where nobody leaves; ``first`` is the MJD of the first day."""
    departure = programme.departure
    if departure is None:
        return None
    begins = to_mjd(departure.after) + 1 - first
    takes = round(departure.exit_time.value / DAY_S)
    ends = begins + takes
    statement = programme.statements.get(departure.statement)
    said = to_mjd(statement.said) - first if statement else 0
    trained = said + round(programme.crew_policy.training.value / DAY_S)
    return Exit(
        partner=partners.index(departure.partner),
        begins=max(0, begins),
        crew_stops=max(0, begins + round(takes * departure.crew_flights.value)),
        cargo_stops=max(0, begins + round(takes * departure.cargo_flights.value)),
        ends=max(0, ends),
        mode=departure.mode,
        cut=departure.cut if departure.mode == SEPARATES else "",
        to=partners.index(departure.to) if departure.to in partners else -1,
        ready=max(ends, trained),
        spares_end=ends + round(departure.spares.value / DAY_S),
        statement=programme.announcement,
        ships_along=departure.ships == "along",
        shift=_shift(departure.after, departure.earliest, departure.latest),
        fates=tuple(_fate(row, begins, ends, trained, partners) for row in programme.fates.values()),
    )


def _fate(row: Fate, begins: int, ends: int, trained: int, partners: Sequence[str]) -> PlannedFate:
    day = ends if row.day is None else begins + round(row.day / DAY_S)
    to = partners.index(row.to) if row.to in partners else -1
    return PlannedFate(row, max(0, day), max(0, day, ends, trained), to)


def _shift(after: dt.date, earliest: dt.date | None, latest: dt.date | None) -> Quantity:
    """Days by which the last day of full service may lie earlier or later, as a range around zero."""
    low = min(0, (earliest - after).days) if earliest is not None else 0
    high = max(0, (latest - after).days) if latest is not None else 0
    return Quantity(0.0, float(low), float(high), "1", "", "")
