"""What was owed in the span, and whether it is kept when a partner leaves.

A duty of the partner that leaves is *broken* on the day its services end, when the duty runs beyond it; it has *ended*
when its own term ends before, or when lawful notice released the partner from the agreement it rests on. A duty that
serves a function is *kept* while the function is provided. What the run does not show, and what several owe together,
is *not judged*. Duties that rest on an agreement signed after the as-of day were not known and are left out.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from cupola.analysis.answer import Case
from cupola.analysis.lane import Event
from cupola.analysis.law import earliest_lawful
from cupola.base.errors import DomainError
from cupola.base.time import parse_date
from cupola.programme.record import Obligation


def obligations(case: Case) -> list[dict[str, Any]]:
    """Rows of the table ``obligations`` for the duties that fall into the span.

    ``because`` names what ends the duty and, after it, what the duty rests on: ``agreement/ID`` is law,
    ``statement/ID`` is a promise.
    """
    span = case.programme.span
    rows = []
    for row in case.programme.obligations.values():
        if row.start >= span.end or (row.end is not None and row.end < span.start):
            continue
        if any(_signed_later(case, key) for key in _basis(case, row)):
            continue
        state, broken, key = _judge(case, row)
        because = " + ".join(part for part in dict.fromkeys((key, *_basis(case, row))) if part)
        rows.append(
            {
                "obligation": row.id,
                "by": row.by,
                "to": row.to,
                "what": row.what,
                "start": row.start,
                "end": row.end,
                "state": state,
                "broken": broken,
                "because": because,
                "source": row.source,
            }
        )
    return rows


def _basis(case: Case, row: Obligation) -> list[str]:
    """Record keys that an obligation's basis names."""
    found = []
    for name in row.basis.replace(",", ";").split(";"):
        key = name.strip()
        if key in case.programme.agreements:
            found.append(f"agreement/{key}")
        elif key in case.programme.statements:
            found.append(f"statement/{key}")
    return found


def _signed_later(case: Case, key: str) -> bool:
    """Whether a record key is an agreement that was signed after the as-of day."""
    deal = case.programme.agreements.get(key.removeprefix("agreement/"))
    try:
        return deal is not None and parse_date(deal.signed) > case.programme.as_of
    except DomainError:
        return False


def _judge(case: Case, row: Obligation) -> tuple[str, dt.date | None, str]:
    """(state, day it is broken, key of what ends it)."""
    span, departure, over = case.programme.span, case.programme.departure, case.exit_over
    owners = {case.programme.partner_of(partner) for partner in row.partners}
    ends = row.end is not None and row.end < span.end
    if departure is not None and over is not None and departure.partner in owners:
        if row.end is not None and row.end < over:
            return "ended", None, ""
        key = f"partner-left/{departure.partner}"
        if departure.mode == "hands-over" or len(owners) > 1:
            # Whether a successor, or those who owe it too, take a duty over, the files do not say.
            return "not judged", None, key
        deals = [part.partition("/")[2] for part in _basis(case, row) if part.startswith("agreement/")]
        released = (
            departure.law in deals
            and departure.notified is not None
            and departure.notified <= case.programme.as_of
            and over >= earliest_lawful(departure, case.programme.as_of)
        )
        return ("ended", None, key) if released else ("broken", over, key)
    if not row.function or row.function not in case.programme.functions:
        return ("ended" if ends else "not judged"), None, ""
    lost = _lost(case, row)
    if lost is None:
        return "kept", None, ""
    own = any(
        {case.programme.partner_of(item.operator), case.programme.partner_of(item.owner)} & owners
        for item in case.programme.provisions.values()
        if item.function == row.function
    )
    return ("broken", lost.date, lost.key) if own else ("not judged", None, lost.key)


def _lost(case: Case, row: Obligation) -> Event | None:
    """The event by which the function that a duty serves is lost within its term."""
    end = row.end or case.programme.span.end
    events = case.main.of("function-lost", subject=row.function)
    return next((event for event in events if row.start <= event.date <= end), None)
