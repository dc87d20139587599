"""What was owed in the span, and whether it is kept, at risk, or broken when a partner leaves.

A duty of the partner that leaves is *broken* on the day its services end, when the duty runs beyond it; it has *ended*
when its own term ends before, or when lawful notice released the partner from the agreement it rests on. A duty that
serves a function is *kept* while the function is provided. It is *at risk* from the day on which its function is short,
or hangs on a single provider for longer than ships take to follow each other, or on which somebody who owes it leaves
by a statement in force. Notice of leaving is *broken* on the day after the last one on which it could be given for this
exit, when the scenario holds none. A function that only ships give is not missed within a month of a duty's end, for
ships follow each other. What the run does not show, and what several owe together, is *not judged*. Duties that rest
on an agreement signed after the as-of day were not known and are left out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from cupola.analysis.answer import Case
from cupola.analysis.duties import bases, is_known, owners, rests_on, term, told_to_leave, way_out
from cupola.analysis.lane import Event
from cupola.analysis.law import earliest_lawful
from cupola.base.quantity import DAY_S
from cupola.programme.record import Obligation
from cupola.programme.settings import Departure

GAP = dt.timedelta(days=30)
"""Ships follow each other within it; a single provider for so long is no risk."""
UNNOTICED = "fact/departure.notice"
"""What breaks a duty to give notice: the time that it asks, within which none was given"""
NOTICE = "notice"
"""``act`` of a duty to give notice"""
KEPT, RISK, BROKEN, ENDED, OPEN = "kept", "at risk", "broken", "ended", "not judged"


def obligations(case: Case) -> list[dict[str, Any]]:
    """Rows of the table ``obligations`` for the duties that fall into the span.

    ``because`` names what ends the duty or puts it at risk and, after it, what the duty rests on: ``agreement/ID`` is
    law, ``statement/ID`` is a promise.
    """
    span = case.programme.span
    rows = []
    alone = _alone(case)
    for row in case.programme.obligations.values():
        if row.start >= span.end or (row.end is not None and row.end < span.start):
            continue
        if not is_known(case.programme, row):
            continue
        state, broken, key = _judge(case, row)
        found = bases(case.programme, row)
        danger = _before(case, row, alone, broken) if key else _danger(case, row, alone)
        if state in (KEPT, OPEN) and not key and danger is not None:
            state, key = RISK, danger[1]
        because = " + ".join(part for part in dict.fromkeys((key, *(basis.key for basis in found))) if part)
        rows.append(
            {
                "obligation": row.id,
                "by": row.by,
                "partners": "; ".join(sorted(owners(case.programme, row))),
                "to": row.to,
                "what": row.what,
                "function": row.function if row.function in case.programme.functions else "",
                "start": row.start,
                "end": row.end,
                "state": state,
                "risk": danger[0] if danger is not None else None,
                "broken": broken,
                "because": because,
                "rests_on": rests_on(found),
                "way_out": way_out(found),
                "source": row.source,
            }
        )
    return rows


def state_on(row: Mapping[str, Any], day: dt.date, left: Mapping[str, dt.date] | None = None) -> str:
    """The state of a row of the table on a day: what has not happened by then is not told.

    left    key of a partner's leaving -> its day, for duties from which lawful notice released
    returns ``due`` where the row says only that the duty ends later, and serves no function by which it could be judged
    """
    when = term(row["start"], row["end"], day)
    if when != "due":
        return when
    if row["broken"] is not None and row["broken"] <= day:
        return BROKEN
    if row["broken"] is not None or row["state"] == RISK:
        return RISK if row["risk"] is not None and row["risk"] <= day else KEPT
    if row["state"] == ENDED:
        released = (left or {}).get((row["because"] or "").split(" + ")[0])
        if released is not None and released <= day:
            return ENDED
        if not row["function"]:
            return "due"
        return RISK if row["risk"] is not None and row["risk"] <= day else KEPT
    return str(row["state"])


def _before(
    case: Case, row: Obligation, alone: dict[str, tuple[dt.date, str]], broken: dt.date | None
) -> tuple[dt.date, str] | None:
    """What put a duty at risk before it was broken, or None."""
    found = _danger(case, row, alone) if broken is not None else None
    return found if found is not None and broken is not None and found[0] < broken else None


def _danger(case: Case, row: Obligation, alone: dict[str, tuple[dt.date, str]]) -> tuple[dt.date, str] | None:
    """(day, key) of the first thing that puts a duty at risk within its term and the span, or None."""
    programme = case.programme
    first = max(row.start, programme.span.start)
    last = min(row.end or programme.span.end, programme.span.end)
    found = []
    if row.function in programme.functions:
        short = next(
            (event for event in case.main.of("function-short", subject=row.function) if first <= event.date <= last),
            None,
        )
        if short is not None:
            found.append((short.date, short.key))
        if row.function in alone and alone[row.function][0] <= last:
            day, key = alone[row.function]
            found.append((max(day, first), key))
    told = told_to_leave(programme, row, programme.as_of)
    # What the run itself lets a partner do is no longer a risk that was announced.
    if told is not None and told[1] < programme.span.end and not _leaves(case, row):
        found.append((max(told[0].said, first), f"statement/{told[0].id}"))
    return min(found, default=None)


def _leaves(case: Case, row: Obligation) -> bool:
    departure = case.programme.departure
    return departure is not None and departure.partner in owners(case.programme, row)


def _alone(case: Case) -> dict[str, tuple[dt.date, str]]:
    """Function -> first day from which one provider alone gives it for longer than GAP, with that provider's fact."""
    held: dict[str, dict[str, bool]] = {}
    since: dict[str, tuple[dt.date, str]] = {}
    found: dict[str, tuple[dt.date, str]] = {}
    days: dict[dt.date, list[dict[str, Any]]] = {}
    for row in case.main.capacity:
        days.setdefault(row["date"], []).append(row)
    for day, rows in sorted(days.items()):
        for row in rows:
            works = bool(row["working"]) and (row["capacity"] or 0.0) > 0.0
            held.setdefault(row["function"], {})[row["provision"]] = works
        for function in {row["function"] for row in rows}:
            working = [key for key, works in held[function].items() if works]
            now = (day, f"fact/provisions.{working[0]}") if len(working) == 1 else None
            before = since.pop(function, None)
            if before is not None and (now is None or now[1] != before[1]):
                _keep(found, function, before, day)
            elif before is not None:
                now = before
            if now is not None:
                since[function] = now
    for function, before in since.items():
        _keep(found, function, before, case.end)
    return found


def _keep(found: dict[str, tuple[dt.date, str]], function: str, before: tuple[dt.date, str], until: dt.date) -> None:
    if until - before[0] > GAP:
        found.setdefault(function, before)


def _judge(case: Case, row: Obligation) -> tuple[str, dt.date | None, str]:
    """(state, day it is broken, key of what ends it)."""
    span, departure, over = case.programme.span, case.programme.departure, case.exit_over
    mine = owners(case.programme, row)
    if row.act == NOTICE and departure is not None and departure.partner in mine:
        return _noticed(case, row, departure)
    served = _served(case, row, mine)
    if departure is not None and over is not None and departure.partner in mine:
        if row.end is not None and row.end < over:
            return served if served is not None and served[0] == BROKEN else (ENDED, None, "")
        key = f"partner-left/{departure.partner}"
        if departure.mode == "hands-over" or len(mine) > 1:
            # Whether a successor, or those who owe it too, take a duty over, the files do not say.
            return OPEN, None, key
        released = (
            departure.law in _deals(case, row)
            and departure.notified is not None
            and departure.notified <= case.programme.as_of
            and over >= earliest_lawful(departure, case.programme.as_of)
        )
        return (ENDED, None, key) if released else (BROKEN, over, key)
    if served is not None:
        return served
    return (ENDED if row.end is not None and row.end < span.end else OPEN), None, ""


def _noticed(case: Case, row: Obligation, departure: Departure) -> tuple[str, dt.date | None, str]:
    """Whether notice of an exit was given in time, where it leaves the agreement on which the duty rests."""
    as_of, begins = case.programme.as_of, departure.after + dt.timedelta(days=1)
    if departure.law not in _deals(case, row):
        return OPEN, None, f"partner-left/{departure.partner}"
    late = begins - dt.timedelta(days=round(departure.notice.value / DAY_S) - 1)
    if departure.notified is not None and departure.notified <= as_of and begins >= earliest_lawful(departure, as_of):
        return KEPT, None, ""
    return BROKEN, late, UNNOTICED


def _deals(case: Case, row: Obligation) -> list[str]:
    """Ids of the agreements on which a duty rests."""
    return [basis.key.partition("/")[2] for basis in bases(case.programme, row) if basis.kind == "law"]


def _served(case: Case, row: Obligation, mine: set[str]) -> tuple[str, dt.date | None, str] | None:
    """How a duty stands by the function that it serves; None when it serves none that is named."""
    if row.function not in case.programme.functions:
        return None
    lost = _lost(case, row)
    if lost is None:
        return KEPT, None, ""
    own = any(
        {case.programme.partner_of(item.operator), case.programme.partner_of(item.owner)} & mine
        for item in case.programme.provisions.values()
        if item.function == row.function
    )
    return (BROKEN, lost.date, lost.key) if own else (OPEN, None, lost.key)


def _lost(case: Case, row: Obligation) -> Event | None:
    """The event by which the function that a duty serves is lost within its term."""
    programme = case.programme
    end = row.end or programme.span.end
    providers = [item.provider for item in programme.provisions.values() if item.function == row.function]
    if row.end is not None and all(key in programme.vehicles for key in providers):
        end -= GAP
    events = case.main.of("function-lost", subject=row.function)
    return next((event for event in events if row.start <= event.date <= end), None)
