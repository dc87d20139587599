"""What is in force of what was said, and where statements in force contradict each other.

In force on a day is what was said by then and not replaced by another statement that was said by then. Speakers who
disagree both stay in force: contradictions are shown with all that was said, and nothing is averaged or chosen.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cupola.base.errors import DomainError
from cupola.programme.programme import Programme
from cupola.programme.record import Statement
from cupola.scenario.effects import STAYS, Effect, agree, parse_effect

END = "end"
STATION = "station"
"""Word for the station of a programme, besides the programme's own id"""


@dataclass(frozen=True)
class Claim:
    """One clause of one statement."""

    statement: Statement
    effect: Effect


@dataclass(frozen=True)
class Contradiction:
    """What statements in force say of one thing, when they cannot all hold."""

    subject: str
    topic: str
    positions: tuple[tuple[Claim, ...], ...]
    """Claims that say the same in the same words stand together; the oldest position first."""


def superseded(programme: Programme) -> dict[str, str]:
    """Id of each statement that was replaced -> the first one, by its day, that replaced it."""
    found: dict[str, str] = {}
    for row in sorted(programme.statements.values(), key=lambda row: (row.said, row.id)):
        if row.supersedes:
            found.setdefault(row.supersedes, row.id)
    return found


def in_force(programme: Programme) -> list[Statement]:
    """Statements that are in force on the programme's as-of day, oldest first."""
    replaced = superseded(programme)
    rows = [row for row in programme.statements.values() if row.id not in replaced]
    return sorted(rows, key=lambda row: (row.said, row.id))


def effects_of(row: Statement) -> list[Effect]:
    """The clauses of a statement; one that cannot be read is left out, for a checked programme has none."""
    found = []
    for clause in row.effect:
        try:
            found.append(parse_effect(clause))
        except DomainError:
            continue
    return found


def is_about(row: Statement, word: str) -> bool:
    """Whether a statement is about a word: it stands in its field ``about``, or as subject or name of a clause."""
    return word in words_of(row)


def words_of(row: Statement) -> set[str]:
    """The words by which a statement is found: parts of ``about``, subjects of its clauses, and the names in them."""
    found = {part.strip() for part in row.about.split("+") if part.strip()}
    for effect in effects_of(row):
        found |= {effect.subject, *effect.names}
    return found


def contradictions(programme: Programme, rows: Iterable[Statement] | None = None) -> list[Contradiction]:
    """Where statements in force give one thing different values.

    rows       statements to look at; those in force when missing
    returns    the topics in order of their subject; each holds all claims that disagree with at least one other

    Beside how long a partner stays stands when the programme is to end: an end that is announced for later than a
    partner stays is not denied by it, but both cannot be planned for together.
    """
    topics: dict[tuple[str, str], list[Claim]] = {}
    ends: list[Claim] = []
    for row in in_force(programme) if rows is None else rows:
        for effect in effects_of(row):
            claim = Claim(row, effect)
            for key in _keys(effect, programme):
                topics.setdefault(key, []).append(claim)
            dated = effect.period() is not None and not effect.denied
            if effect.topic() == END and dated and _is_programme(effect.subject, programme.id):
                ends.append(claim)
    found = []
    for (subject, topic), claims in sorted(topics.items()):
        beside = ends if topic == STAYS and subject.split()[-1] in programme.partners else []
        told = [claim for claim in claims if _disputed(claim, [*claims, *beside])]
        told += [end for end in beside if _disputed(end, claims)]
        # A clause without an attribute tells a state, and states follow each other.
        if told and topic:
            found.append(Contradiction(subject, topic, tuple(_positions(told))))
    return found


def _keys(effect: Effect, programme: Programme) -> Iterator[tuple[str, str]]:
    """(subject, topic) of a clause; one about several partners speaks of each."""
    partners = effect.of_partners(programme.partners)
    owners = [key for key in partners if programme.partners[key].role == "partner"] or list(partners)
    for subject in [f"partner {key}" for key in owners] or [effect.subject]:
        yield subject, effect.topic()


def _is_programme(subject: str, programme: str) -> bool:
    """Whether a subject is the programme itself; an overlay's id begins with that of the programme it extends."""
    return subject == STATION or programme == subject or programme.startswith(f"{subject}-")


def _disputed(one: Claim, others: Iterable[Claim]) -> bool:
    """Whether a claim disagrees with a claim of another statement."""
    here = _bare(one.effect)
    return any(row.statement.id != one.statement.id and not agree(here, _bare(row.effect)) for row in others)


def _bare(effect: Effect) -> Effect:
    """The clause with its value less the words of the topic, so that only what is said is compared."""
    topic = effect.topic().split()
    extra = 0 if effect.topic() == STAYS else max(0, len(topic) - 1)
    return dataclasses.replace(effect, value=" ".join(effect.value.split()[extra:])) if extra else effect


def _positions(claims: list[Claim]) -> list[tuple[Claim, ...]]:
    """Claims grouped by what they say, in order of the first that said it."""
    groups: dict[str, list[Claim]] = {}
    for claim in sorted(claims, key=lambda claim: (claim.statement.said, claim.statement.id)):
        groups.setdefault(said(claim.effect), []).append(claim)
    return [tuple(group) for group in groups.values()]


def said(effect: Effect) -> str:
    """What a clause says on its topic, with its condition; a denial says so."""
    words = effect.says() or effect.attribute
    condition = f" if {effect.condition}" if effect.condition else ""
    subject = f"{effect.subject} {END} " if effect.topic() == END else ""
    return f"{'not: ' if effect.denied else ''}{subject}{words}{condition}"


def statement_row(row: Statement, replaced: Mapping[str, str]) -> dict[str, Any]:
    """A statement as the command line lists it."""
    return {
        "said": row.said,
        "id": row.id,
        "in_force": row.id not in replaced,
        "firmness": row.firmness,
        "speaker": row.speaker,
        "role": row.role,
        "audience": row.audience,
        "outlets": row.outlets,
        "about": row.about,
        "effect": row.effect,
        "clauses": [
            {
                "subject": effect.subject,
                "attribute": effect.attribute,
                "value": effect.value,
                "condition": effect.condition,
                "denied": effect.denied,
            }
            for effect in effects_of(row)
        ],
        "supersedes": row.supersedes,
        "superseded_by": replaced.get(row.id, ""),
        "text": row.paraphrase,
        "source": row.source,
        "status": row.status,
    }


def contradiction_row(found: Contradiction) -> dict[str, Any]:
    """A contradiction as the command line lists it: every position with everyone who holds it."""
    return {
        "subject": found.subject,
        "topic": found.topic,
        "positions": [
            {
                "says": said(group[0].effect),
                "statements": [
                    {
                        "id": claim.statement.id,
                        "said": claim.statement.said,
                        "speaker": claim.statement.speaker,
                        "firmness": claim.statement.firmness,
                        "clause": claim.effect.clause,
                    }
                    for claim in group
                ],
            }
            for group in found.positions
        ],
    }
