"""The partnership and the record: partners, statements, agreements, obligations, sources."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Partner:
    """An agency that owns a share of the programme, or a contractor that acts for one."""

    id: str
    name: str
    role: str
    """``partner`` or ``contractor``"""
    acts_for: str
    """For a contractor: the partner it serves; else its own id."""
    country: str
    source: str
    where: str


@dataclass(frozen=True)
class Statement:
    """Something that was said about the programme's future."""

    id: str
    said: dt.date
    """Partial dates count as the end of their period."""
    speaker: str
    role: str
    audience: str
    outlets: tuple[str, ...]
    firmness: str
    """reported, announced, decided, notified, done"""
    about: str
    effect: tuple[str, ...]
    """Clauses ``SUBJECT ATTRIBUTE VALUE``"""
    supersedes: str
    paraphrase: str
    source: str
    status: str
    where: str


@dataclass(frozen=True)
class Agreement:
    """A treaty, memorandum or contract clause."""

    id: str
    name: str
    parties: tuple[str, ...]
    signed: str
    start: str
    end: str
    owed: str
    by: str
    to: str
    article: str
    exit_clause: str
    source: str
    status: str
    where: str


@dataclass(frozen=True)
class Obligation:
    """Something owed by one party to another over a period."""

    id: str
    by: str
    """As written; ``partners`` holds the ids found in it."""
    partners: tuple[str, ...]
    to: str
    what: str
    quantity: str
    unit: str
    per: str
    start: dt.date
    end: dt.date | None
    basis: str
    condition: str
    function: str
    """Function id that it serves, or empty."""
    source: str
    status: str
    where: str
    act: str = "other"
    """``notice`` when it asks notice of a partner that leaves, else ``other``"""


@dataclass(frozen=True)
class Rule:
    """A flight rule: what must hold, and what is done when it does not."""

    id: str
    name: str
    kind: str
    """``lifeboat``, ``trained``, ``reserve``, ``altitude``, ``crew_minimum``, ``stay``, ``co2``"""
    subject: str
    """Commodity, partner id, vehicle id, or empty, by kind."""
    limit: float
    """SI, in the dimension of its kind"""
    unit: str
    action: str
    """``record`` or ``abandon`` (crew leaves the station)"""
    grace: float
    """Seconds for which it may be crossed before the action."""
    source: str
    status: str
    where: str


@dataclass(frozen=True)
class Consequence:
    """What a kind of clause in a statement changes in the programme, once it is in force."""

    id: str
    subject: str
    """First word of the clause, e.g. ``partner``"""
    attribute: str
    """The word after the subject"""
    words: tuple[str, ...]
    """Words that may stand beside the value, e.g. ``after``; with any other the clause changes nothing"""
    topic: str
    """exit, exit-time, operation-end, sinking, sinking-time, entry, or set"""
    bound: str
    """``at-least``: a commitment, which leaves room for a later day; ``exactly``: neither earlier nor later"""
    written: str
    """How the value is written as a number or date of a scenario; ``*`` stands for it"""
    sets: str
    """For the topic ``set``: the key that takes the value"""
    note: str
    where: str


@dataclass(frozen=True)
class Total:
    """A running total that somebody published, on a day."""

    id: str
    what: str
    """``reboosts``"""
    day: dt.date
    value: float
    source: str
    status: str
    where: str


@dataclass(frozen=True)
class Happening:
    """Something that happened to the station: a relocation, a failure, a repair, a reboost, a loss, a milestone."""

    id: str
    day: dt.date
    kind: str
    subject: str
    """As written: an element, a unit, a ship, the crew."""
    text: str
    value: float | None
    """SI"""
    unit: str
    """Edge unit of the value"""
    source: str
    status: str
    where: str


@dataclass(frozen=True)
class Expedition:
    """A crew that has the station for a time. Who belongs to it follows from the people."""

    id: str
    name: str
    begin: dt.date | None
    """First day; None when it is not on record"""
    end: dt.date | None
    commander: str
    source: str
    status: str
    where: str
