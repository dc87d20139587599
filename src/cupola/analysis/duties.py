"""What a duty rests on, whether it is due on a day, and whether somebody who owes it is said to leave.

A duty rests on law (an agreement) or on a promise (a statement); its way out is what the agreement says of leaving it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cupola.analysis.statements import effects_of, in_force
from cupola.base.errors import DomainError
from cupola.base.time import parse_date
from cupola.programme.programme import Programme
from cupola.programme.record import Obligation, Statement
from cupola.scenario.effects import STAYS

LAW, PROMISE, NAMED = "law", "promise", "named"
LEAVES = ("leaves", "leaves-in")
NO_CLAUSE = ("", "-", "none")
"""What the field ``exit_clause`` holds when an agreement says nothing of leaving it."""


@dataclass(frozen=True)
class Basis:
    """One thing that a duty rests on."""

    key: str
    """``agreement/ID``, ``statement/ID``; empty when the programme has no row of it"""
    kind: str
    """``law``, ``promise``, or ``named`` when it is only named"""
    text: str
    way_out: str
    source: str


def bases(programme: Programme, row: Obligation) -> list[Basis]:
    """What a duty rests on, in the order in which its row names it."""
    found = []
    for part in row.basis.replace(",", ";").split(";"):
        name = part.strip()
        if name in programme.agreements:
            deal = programme.agreements[name]
            article = f", {deal.article}" if deal.article not in NO_CLAUSE else ""
            way_out = deal.exit_clause if deal.exit_clause not in NO_CLAUSE else ""
            found.append(Basis(f"agreement/{name}", LAW, f"{deal.name}{article}", way_out, deal.source))
        elif name in programme.statements:
            said = programme.statements[name]
            text = f"{said.speaker} on {said.said} ({said.firmness})"
            found.append(Basis(f"statement/{name}", PROMISE, text, "", said.source))
        elif name:
            found.append(Basis("", NAMED, name, "", ""))
    return found


def rests_on(found: list[Basis]) -> str:
    """The bases in words, joined by `` | ``: ``law: Treaty, Article 28``."""
    return " | ".join(f"{row.kind}: {row.text}" for row in found)


def way_out(found: list[Basis]) -> str:
    """How those bound may leave, in the words of the agreements, joined by `` | ``."""
    return " | ".join(dict.fromkeys(row.way_out for row in found if row.way_out))


def signed_later(programme: Programme, key: str) -> bool:
    """Whether a record key is an agreement that was signed after the as-of day."""
    deal = programme.agreements.get(key.removeprefix("agreement/"))
    try:
        return deal is not None and parse_date(deal.signed) > programme.as_of
    except DomainError:
        return False


def is_known(programme: Programme, row: Obligation) -> bool:
    """Whether a duty was agreed by the as-of day."""
    return not any(signed_later(programme, basis.key) for basis in bases(programme, row))


def term(start: dt.date, end: dt.date | None, day: dt.date) -> str:
    """``due``, ``not yet`` or ``ended``, by the first and the last day on which something is owed."""
    if day < start:
        return "not yet"
    return "ended" if end is not None and day > end else "due"


def owners(programme: Programme, row: Obligation) -> set[str]:
    """Partners that owe a duty; a contractor stands for the one it acts for."""
    return {programme.partner_of(partner) for partner in row.partners}


def told_to_leave(programme: Programme, row: Obligation, day: dt.date) -> tuple[Statement, dt.date] | None:
    """The latest statement in force by which somebody who owes a duty leaves within its term, with that day.

    day    a leaving that was announced for an earlier day has been overtaken: the partner is still there
    """
    mine = owners(programme, row)
    found = None
    for said in in_force(programme):
        for effect in effects_of(said):
            period = effect.period()
            if effect.denied or effect.attribute not in LEAVES or effect.topic() != STAYS or period is None:
                continue
            leaves = period[1]
            within = leaves >= max(day, row.start) and (row.end is None or leaves < row.end)
            if within and mine & set(effect.of_partners(programme.partners)):
                found = said, leaves
    return found


def duties(programme: Programme, day: dt.date, partner: str = "") -> list[dict[str, Any]]:
    """Every known duty with its state on a day and what it rests on.

    partner    id of a partner: only what it owes, alone or with others; a contractor stands for its partner
    """
    wanted = programme.partner_of(partner)
    rows = []
    for row in programme.obligations.values():
        if not is_known(programme, row) or (partner and wanted not in owners(programme, row)):
            continue
        found = bases(programme, row)
        state = term(row.start, row.end, day)
        told = told_to_leave(programme, row, day) if state != "ended" else None
        names = ("by", "partners", "to", "what", "quantity", "unit", "per", "start", "end")
        rows.append(
            {
                "obligation": row.id,
                **{name: getattr(row, name) for name in names},
                "state": state,
                "rests_on": rests_on(found),
                "way_out": way_out(found),
                "condition": row.condition,
                "leaving": _leaving(told),
                "source": row.source,
            }
        )
    return rows


def _leaving(told: tuple[Statement, dt.date] | None) -> Mapping[str, Any] | None:
    if told is None:
        return None
    said, leaves = told
    return {
        "statement": said.id,
        "speaker": said.speaker,
        "said": said.said,
        "firmness": said.firmness,
        "leaves": leaves,
    }
