"""What is said of the programme's future on a day: clauses in force become claims, and of rivals one counts.

A clause becomes a claim by a row of the table ``consequences``: it says which topic the clause is about and which words
may stand beside its value. Claims on one topic (for an exit: of one partner) compete. They are not averaged:

* In each degree of firmness the latest counts; what is said less exactly than before (2030 after 2030-09-30) confirms.
* The firmest counts first. A commitment (``at-least``) leaves room: what is said later and less firmly takes its place
  when it names a later day, or when it says of that very day that it is the last.
* A statement that supersedes another puts out of force what that said on the topics of which it speaks itself.
* A denial takes away what was said before it, as firmly or less, of the same topic and time.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cupola.base.errors import DomainError
from cupola.base.time import parse_date
from cupola.programme.record import Consequence, Partner, Statement
from cupola.scenario.effects import PARTNER, Effect, parse_effect

FIRMNESS = ("reported", "announced", "decided", "notified", "done")
"""Degrees of firmness, the weakest first"""
EXIT, EXIT_TIME, END, SINKING, SINKING_TIME, ENTRY, SET = (
    "exit", "exit-time", "operation-end", "sinking", "sinking-time", "entry", "set",
)  # fmt: skip
DATED = (EXIT, END, SINKING, ENTRY)
AT_LEAST, EXACTLY = "at-least", "exactly"
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_VALUE = re.compile(r"\d+(?:\.\d+)?|\d{4}(?:-\d\d(?:-\d\d)?)?")
_COUNTED = "step"
"""A word whose number counts something else than the value"""

Key = tuple[str, str]
"""Topic, and what it is about: a partner's id, the key that is set, or nothing"""


@dataclass(frozen=True)
class Claim:
    """One thing that a statement says of the programme's future."""

    key: Key
    statement: Statement
    row: Consequence
    clause: str
    written: str
    """The value as a scenario writes it"""
    period: tuple[dt.date, dt.date] | None
    """First and last day that the value may mean, for a date"""
    unused: str = ""
    """Why it cannot count although it is in force, or empty"""

    @property
    def rank(self) -> int:
        """Degree of firmness."""
        return FIRMNESS.index(self.statement.firmness)

    @property
    def day(self) -> dt.date:
        """The day meant: the first of its period for a sinking, the last for all else."""
        assert self.period is not None
        return self.period[0] if self.key[0] == SINKING else self.period[1]


@dataclass(frozen=True)
class Choice:
    """The claim that counts on a topic, and the others in force, the firmest and latest first."""

    claim: Claim
    others: tuple[Claim, ...]


def claims_on(
    day: dt.date,
    statements: Mapping[str, Statement],
    consequences: Iterable[Consequence],
    partners: Mapping[str, Partner],
) -> tuple[Claim, ...]:
    """Every claim in force on a day, in the order in which they were said."""
    rows = tuple(consequences)
    said = sorted((row for row in statements.values() if row.said <= day), key=lambda row: row.said)
    own = [key for key, row in partners.items() if row.role == PARTNER]
    found: list[Claim] = []
    for statement in said:
        effects = [effect for clause in statement.effect if (effect := _read(clause)) is not None]
        spoken = {key for effect in effects for row in rows for key in _keys(effect, row, own)}
        before = _before(statement, statements)
        found = [claim for claim in found if claim.statement.id not in before or claim.key not in spoken]
        for effect in effects:
            for row in rows:
                for key in _keys(effect, row, own):
                    if effect.denied:
                        found = [claim for claim in found if not _denies(statement, effect, key, claim)]
                    else:
                        found.append(_claim(statement, effect, row, key))
    return tuple(found)


def choose(claims: Iterable[Claim]) -> dict[Key, Choice]:
    """Of the claims on each topic, the one that counts."""
    by_key: dict[Key, list[Claim]] = {}
    for claim in claims:
        by_key.setdefault(claim.key, []).append(claim)
    chosen = {}
    for key, rows in by_key.items():
        usable = [row for row in rows if not row.unused]
        if not usable:
            continue
        latest: dict[int, Claim] = {}
        for row in usable:
            # The order of speech decides between statements of one day. Saying less exactly what was said confirms it.
            known = latest.get(row.rank)
            latest[row.rank] = row if known is None or not _blurs(row, known) else known
        best = _strongest([latest[rank] for rank in sorted(latest, reverse=True)])
        others = sorted((row for row in rows if row is not best), key=_weakness)
        chosen[key] = Choice(best, tuple(others))
    return chosen


def _weakness(claim: Claim) -> tuple[int, int]:
    """The firmest first, and of those the latest."""
    return -claim.rank, -claim.statement.said.toordinal()


def _blurs(later: Claim, known: Claim) -> bool:
    """Whether a claim names a longer period around the day of another."""
    if later.period is None or known.period is None or later.row.bound != known.row.bound:
        return False
    return later.period[0] <= known.period[0] and known.period[1] <= later.period[1] and later.period != known.period


def _strongest(tiers: list[Claim]) -> Claim:
    """Of the latest claim of each degree, the firmest first, the one that counts."""
    best, heard = tiers[0], tiers[0].statement.said
    for claim in tiers[1:]:
        if best.row.bound != AT_LEAST or best.period is None or claim.period is None or claim.statement.said < heard:
            continue
        heard = claim.statement.said
        confirmed = claim.period[0] <= best.day <= claim.period[1]
        if claim.day > best.day if not confirmed else claim.row.bound == EXACTLY:
            best = claim
    return best


def _before(statement: Statement, statements: Mapping[str, Statement]) -> set[str]:
    """Statements that one supersedes, and those that they supersede."""
    found: set[str] = set()
    at = statement.supersedes
    while at in statements and at not in found:
        found.add(at)
        at = statements[at].supersedes
    return found


def _read(clause: str) -> Effect | None:
    try:
        return parse_effect(clause)
    except DomainError:
        return None


def _keys(effect: Effect, row: Consequence, partners: list[str]) -> tuple[Key, ...]:
    """The topics of a clause by one row of the table."""
    if effect.attribute != row.attribute:
        return ()
    if row.subject == PARTNER:
        return tuple((row.topic, partner) for partner in effect.of_partners(partners))
    return ((row.topic, row.sets),) if effect.subject == row.subject else ()


def _claim(statement: Statement, effect: Effect, row: Consequence, key: Key) -> Claim:
    value, odd = _value(effect, row)
    period = None
    if value and _DATE.fullmatch(value):
        try:
            period = parse_date(value), parse_date(value, end=True)
        except DomainError:
            value = ""
    unused = f"only if {effect.condition}" if effect.condition else f"it says '{odd}'" if odd else ""
    if not unused and (not value or (key[0] in DATED and period is None)):
        unused = "it names no day" if key[0] in DATED else "it names no value"
    return Claim(key, statement, row, effect.clause, row.written.replace("*", value), period, unused)


def _value(effect: Effect, row: Consequence) -> tuple[str, str]:
    """The last date or number of a clause before the first word that the row does not know, and that word."""
    value = odd = before = ""
    for word in effect.value.split():
        if odd:
            # What stands after a word that the row does not know belongs to that word.
            break
        if before != _COUNTED and _VALUE.fullmatch(word):
            value = word
        elif before != _COUNTED and word not in row.words:
            odd = odd or word
        before = word
    return value, odd


def _denies(statement: Statement, effect: Effect, key: Key, claim: Claim) -> bool:
    denied = effect.period()
    if claim.key != key or claim.period is None or denied is None:
        return False
    meets = claim.period[0] <= denied[1] and denied[0] <= claim.period[1]
    return meets and claim.rank <= FIRMNESS.index(statement.firmness)


def idle_clauses(
    statement: Statement, consequences: Iterable[Consequence], partners: Mapping[str, Partner]
) -> dict[str, str]:
    """Clause -> why it cannot count, of those clauses that a row of the table is about."""
    rows, own = tuple(consequences), [key for key, row in partners.items() if row.role == PARTNER]
    effects = [effect for clause in statement.effect if (effect := _read(clause)) is not None and not effect.denied]
    claims = [
        _claim(statement, effect, row, key) for effect in effects for row in rows for key in _keys(effect, row, own)
    ]
    return {claim.clause: claim.unused for claim in claims if claim.unused}


def spoken(statement: Statement, consequences: Iterable[Consequence], partners: Mapping[str, Partner]) -> set[Key]:
    """The topics of which a statement speaks, whether or not it says something that counts."""
    own = [key for key, row in partners.items() if row.role == PARTNER]
    effects = [effect for clause in statement.effect if (effect := _read(clause)) is not None]
    return {key for effect in effects for row in consequences for key in _keys(effect, row, own)}
