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
