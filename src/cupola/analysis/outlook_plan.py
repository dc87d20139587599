"""What the claims that count make of a programme: who leaves when, when operation ends, when the sinking begins.

A programme has one departure. Flown is that of the first partner to go without whom the station cannot be lived in,
else of the first to go at all; other exits before the end of operation are named. A partner that stays to the end of
operation is not missed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from cupola.base.quantity import DAY_S, YEAR_DAYS, parse_number
from cupola.base.time import from_mjd, to_mjd
from cupola.scenario.claims import END, ENTRY, EXIT, EXIT_TIME, SET, SINKING, SINKING_TIME, Claim, Key

AFTERWARDS = 6.25
"""Years flown after the last reboost that is sure, so that a re-entry is seen: towards solar minimum it takes six."""
SHORT = 400
"""Days flown after an exit where only the end of crewed operation is asked for"""


@dataclass(frozen=True)
class Plan:
    """A programme as the claims make it, in terms of what a scenario's overlays can set."""

    end: dt.date | None
    """Last day of crewed operation by what was said, or None where nobody said"""
    entry: dt.date | None
    """Day of re-entry that was said"""
    sinking: dt.date | None
    """First day without reboosts"""
    leaves: Claim | None
    """The exit that is flown"""
    over: dt.date | None
    """Last day of the leaving partner's services"""
    beside: tuple[Claim, ...]
    """Exits before the end of operation that are named only"""
    settings: tuple[str, ...]
    claims: tuple[Claim, ...]

    @property
    def programme(self) -> tuple[str, ...]:
        """What tells one programme from another: the overlays without who announced it."""
        end = (f"end={self.end}", f"entry={self.entry}")
        return (*(text for text in self.settings if not text.startswith("departure.statement")), *end)


def plan_of(claims: Mapping[Key, Claim], day: dt.date, needed: Callable[[str], bool]) -> Plan:
    """The plan that the claims make, as of a day.

    claims  topic -> the claim that counts
    day     the as-of day: an exit that should have come by then has not, and the sinking is yet to begin
    needed  partner id -> whether the station cannot be lived in without it; asked only where several leave
    """
    end, entry = _day(claims, END), _day(claims, ENTRY)
    sinking = _sinking(claims, end, entry)
    if sinking is not None and sinking <= day:
        sinking = day + dt.timedelta(days=1)
    last = end or sinking
    to_come = [row for key, row in claims.items() if key[0] == EXIT and row.day > day]
    exits = [row for row in to_come if last is None or row.day < last]
    first = sorted(exits, key=lambda row: row.day)
    grave = [row for row in first if needed(row.key[1])] if len(first) > 1 else first
    leaves = next(iter(grave or first), None)
    months = claims.get((EXIT_TIME, leaves.key[1])) if leaves else None
    if months is not None and leaves is not None and months.statement.id != leaves.statement.id:
        # A time that was given with another day says nothing of this one.
        months = None
    settings = _departure(leaves, months)
    if sinking is not None:
        settings.append(f"deorbit.begin={sinking}")
    settings += [f"{key[1]}={row.written}" for key, row in claims.items() if key[0] == SET]
    over = leaves.day + dt.timedelta(days=_time(months)) if leaves else None
    beside = tuple(row for row in exits if row is not leaves)
    return Plan(end, entry, sinking, leaves, over, beside, tuple(settings), tuple(claims.values()))


def reaching(plan: Plan, day: dt.date, *, short: bool = False) -> tuple[str, ...]:
    """The overlays that make a run long enough to show what becomes of the station, and no longer; empty: as it is."""
    known = [row for row in (plan.over, plan.sinking) if row is not None]
    if not known:
        return ()
    first = min(known)
    if short:
        last = first + dt.timedelta(days=SHORT) if plan.over == first else max(row for row in (plan.end, first) if row)
    else:
        last = first + dt.timedelta(days=round(AFTERWARDS * YEAR_DAYS))
        last = max([last, *(row + dt.timedelta(days=365) for row in (plan.end, plan.entry) if row)])
    last = max(last, day) + dt.timedelta(days=30)
    return (f"span.end={last}", "span.futures=1")


def _day(claims: Mapping[Key, Claim], topic: str) -> dt.date | None:
    found = claims.get((topic, ""))
    return found.day if found else None


def _sinking(claims: Mapping[Key, Claim], end: dt.date | None, entry: dt.date | None) -> dt.date | None:
    """The first day without reboosts: as said, or so long before the re-entry as was said, or after operation."""
    said = _day(claims, SINKING)
    if said is not None:
        return said
    time = claims.get((SINKING_TIME, ""))
    if time is not None and entry is not None:
        return from_mjd(to_mjd(entry) - _time(time))
    return end + dt.timedelta(days=1) if end is not None else None


def _departure(leaves: Claim | None, months: Claim | None) -> list[str]:
    if leaves is None:
        return []
    settings = [
        f"departure.partner={leaves.key[1]}",
        f"departure.after={leaves.day}",
        "departure.mode=services-stop",
        f"departure.statement={leaves.statement.id}",
    ]
    return settings + ([f"departure.exit_time={months.written}"] if months else [])


def _time(claim: Claim | None) -> int:
    """Days of a time that was said."""
    return round(parse_number(claim.written, "d") / DAY_S) if claim else 0
