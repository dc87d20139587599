"""What a statement changes, as clauses ``SUBJECT ATTRIBUTE VALUE [if COND]``, and what two clauses say of one thing.

    partner a leaves after 2024-12-31 if talks fail     station end 2030     partner a+b stays-to 2030 denied

* The subject is one word, or one of the words in ``NAMED`` with the name that follows it; ``+`` joins several names.
* The attribute is the word after it; the rest is the value. A clause of a subject and one more word
  (``plan approved``) tells a state, and its attribute is empty.
* ``denied`` as the last word says that it is not so.

How long a partner stays is said in many ways; ``STAY`` brings them together, so that what one speaker calls leaving
after 2024 can be laid beside what another calls staying to 2028.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from cupola.base.errors import DomainError
from cupola.base.time import parse_date

PARTNER = "partner"
NAMED = (PARTNER, "segment", "notice", "deal", "pad", "pam", "gap")
"""Words that are a subject only together with the name that follows them."""
ANYONE = frozenset({"all", "any", "others"})
"""Names that stand for partners without naming one."""
STAY = {"leaves", "leaves-in", "stays", "stays-to", "stays-until", "stays-after", "obliged-to", "progress-to", "until"}
"""Attributes that tell how long a partner stays."""
STAYS = "stays"
"""The one topic into which they are brought together"""
RELATIONS = frozenset("after at-least by early exit-after from in late mid start-after through to until".split())
MANNER = frozenset(
    "de-facto decision-old gradual intent likely open option possible proposed recommended temporary uncertain "
    "wish".split()
)
"""Words that say how sure a value is or in what manner it comes about, but not what it is."""
_DATE = re.compile(
    r"(?P<from>after-|at-least-)?(?P<day>(?:19|20|21)\d\d(?:-\d\d(?:-\d\d)?)?)"
    r"(?:(?P<sign>\.\.|/|-)(?P<last>(?:19|20|21)\d\d(?:-\d\d(?:-\d\d)?)?|H[12]|Q[1-4]))?"
)
_NUMBER = re.compile(r"(?:>=|<=|~)?\d")
_RANGE = re.compile(r"(\d+(?:\.\d+)?)(?:-(\d+(?:\.\d+)?))?%?")
_PARTS = {"H1": (1, 6), "H2": (7, 12), "Q1": (1, 3), "Q2": (4, 6), "Q3": (7, 9), "Q4": (10, 12)}
MAX_WORDS = 40


@dataclass(frozen=True)
class Effect:
    """One clause of what a statement changes."""

    clause: str
    subject: str
    """``partner a``, ``station``; as written"""
    names: tuple[str, ...]
    """Names in a subject of two words"""
    attribute: str
    value: str
    condition: str
    denied: bool

    def topic(self) -> str:
        """What the clause speaks of: the words before its value, the same for all ways to say how long one stays."""
        words = self._path()
        return STAYS if words in ([STAYS], [""]) and self.attribute in STAY else " ".join(words)

    def says(self) -> str:
        """The value as it is laid beside others: without the words of the topic."""
        body = f"{self.attribute} {self.value}".split()
        if self.attribute in STAY:
            return " ".join(body)
        return " ".join(body[len([word for word in self._path() if word]) :])

    def _path(self) -> list[str]:
        if not self.attribute:
            return [""]
        first = STAYS if self.attribute in STAY else self.attribute
        words = self.value.split()
        for place, word in enumerate(words):
            if word in RELATIONS or word in MANNER or _DATE.fullmatch(word) or _NUMBER.match(word):
                return [first, *words[:place]]
        return [first, *words[:-1]]

    def of_partners(self, known: Collection[str]) -> tuple[str, ...]:
        """The partners that it is about: those named after the word, all of them, or a subject that is one's id."""
        if self.subject.split()[0] == PARTNER:
            found = [name for name in self.names if name in known]
            return tuple(known) if ANYONE & set(self.names) else tuple(found)
        return (self.subject,) if self.subject in known else ()

    def period(self) -> tuple[dt.date, dt.date] | None:
        """First and last day of the first date in its value, or None; after ``at-least`` and ``after-`` it is open.

        >>> parse_effect("a stays-to 2028").period()
        (datetime.date(2028, 1, 1), datetime.date(2028, 12, 31))
        """
        for _, found, first, last in _periods(self.value):
            open_end = found["from"] or self.attribute == "stays-after" or "at-least" in self.value.split()
            return first, dt.date.max if open_end else last
        return None


def _days(found: re.Match[str]) -> tuple[dt.date, dt.date]:
    """First and last day of a date, a part of a year, or a range of dates. Raises DomainError for no day."""
    day, last = found["day"], found["last"]
    if last in _PARTS:
        if len(day) != 4:
            raise DomainError(f"{found.group()!r} is not a part of a year")
        first_month, last_month = _PARTS[last]
        return parse_date(f"{day}-{first_month:02}"), parse_date(f"{day}-{last_month:02}", end=True)
    return parse_date(day), parse_date(last or day, end=True)


def parse_effect(clause: str) -> Effect:
    """Read one clause.

    Raises DomainError that says what is wrong with it: too few words, a name or a condition that is missing, a date
    that is none, or a range of dates that runs backwards.
    """
    text = " ".join(clause.split())
    body, conditional, condition = text.partition(" if ")
    words = body.split()
    if text.endswith(" if") or (conditional and not condition.strip()):
        raise DomainError("has no condition after 'if'")
    if len(words) > MAX_WORDS:
        raise DomainError(f"has more than {MAX_WORDS} words")
    denied = bool(words) and words[-1] == "denied"
    if denied:
        words.pop()
    count = 2 if words and words[0] in NAMED else 1
    if count == 2 and len(words) < 2:
        raise DomainError(f"does not say which {words[0]} it is about")
    if len(words) < count + 1:
        raise DomainError(f"says nothing about {' '.join(words) or 'anything'}")
    rest = words[count:]
    names = tuple(part for part in words[1].split("+") if part) if count == 2 else ()
    attribute, value = (rest[0], " ".join(rest[1:])) if len(rest) > 1 or denied or rest[0] in STAY else ("", rest[0])
    effect = Effect(text, " ".join(words[:count]), names, attribute, value, condition.strip(), denied)
    _check_dates(value)
    return effect


def _periods(value: str) -> Iterator[tuple[str, re.Match[str], dt.date, dt.date]]:
    """Each date in a value: its word, its parts, and the first and last day that it means."""
    for word in value.split():
        found = _DATE.fullmatch(word)
        if found is not None:
            yield word, found, *_days(found)


def _check_dates(value: str) -> None:
    for word, _, first, last in _periods(value):
        if last < first:
            raise DomainError(f"names a period that ends before it begins, {word}")


def agree(one: Effect, other: Effect) -> bool:
    """Whether two clauses on one topic can both hold.

    Dates agree when their periods touch (``2030`` and ``2030-09-30``), numbers when their ranges do; a denial disagrees
    with what it denies, and with everything of its attribute when it names no value. A clause that only says how sure
    something is agrees with every clause that does not deny it.
    """
    if one.denied and other.denied:
        return True
    if one.denied or other.denied:
        denial, claim = (one, other) if one.denied else (other, one)
        same = denial.attribute == claim.attribute or not _what(denial)
        return not (same and (not _what(denial) or _meet(denial, claim)))
    return not _what(one) or not _what(other) or _meet(one, other)


def _what(effect: Effect) -> str:
    """The value without the words that only say how sure it is, and without the relation before a date."""
    words = [word for word in _after_step(effect.value.split()) if word not in MANNER and word not in RELATIONS]
    return " ".join(words)


def _after_step(words: list[str]) -> list[str]:
    """The words without ``step N``, which counts how far a decision has come."""
    if "step" not in words:
        return words
    at = words.index("step")
    return [*words[:at], *words[at + 2 :]]


def _meet(one: Effect, other: Effect) -> bool:
    here, there = one.period(), other.period()
    if here is not None and there is not None:
        return here[0] <= there[1] and there[0] <= here[1]
    mine, yours = _what(one), _what(other)
    if here is None and there is None:
        low, high = _RANGE.fullmatch(mine), _RANGE.fullmatch(yours)
        if low and high:
            return float(low[1]) <= float(high[2] or high[1]) and float(high[1]) <= float(low[2] or low[1])
    return mine == yours
