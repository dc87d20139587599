"""What can be lost: a partner, an element, a vehicle type, a launch or control site, a single provision.

A loss is meant to last: what cannot come any more gives nothing. The loss of an element takes what the element itself
provides, holds and docks; what hangs on it stays. ``branch`` takes all that hangs on an element along.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from cupola.base.errors import Problem, ScenarioError
from cupola.programme.programme import Programme

KINDS = ("partner", "element", "vehicle", "site", "provision", "branch")
GROUPS = ("partner", "pair", "element", "branch", "vehicle", "site", "provision")
"""What ``--by`` takes; a pair is two partners."""


@dataclass(frozen=True, order=True)
class Loss:
    """One thing that is gone."""

    kind: str
    id: str

    @property
    def key(self) -> str:
        """``kind/id``, as keys of causes are written."""
        return f"{self.kind}/{self.id}"


def table_of(programme: Programme, kind: str) -> Collection[str]:
    """Ids of a kind, in file order."""
    tables: dict[str, Collection[str]] = {
        "partner": programme.partners,
        "element": programme.elements,
        "branch": programme.elements,
        "vehicle": programme.vehicles,
        "site": programme.sites,
        "provision": programme.provisions,
    }
    return tables[kind]


def provider_kinds(programme: Programme, provider: str) -> list[str]:
    """What a provider is: an element, a vehicle or a site; empty for a partner."""
    return [kind for kind in ("element", "vehicle", "site") if provider in table_of(programme, kind)]


def name_of(programme: Programme, loss: Loss) -> str:
    """What is lost, as people read it."""
    tables = {"partner": "partners", "branch": "elements"}
    row = getattr(programme, tables.get(loss.kind, f"{loss.kind}s")).get(loss.id)
    name = str(row.name) if row is not None else loss.id
    return f"{name} and all that hangs on it" if loss.kind == "branch" else name


def read_losses(programme: Programme, words: Iterable[str]) -> tuple[Loss, ...]:
    """What the words of a command line name: an id, or ``kind:id`` where an id alone is not enough.

    Raises ScenarioError with every word that names nothing or more than one thing.
    """
    problems: list[Problem] = []
    found: dict[Loss, None] = {}
    for word in words:
        kind, colon, key = word.strip().partition(":")
        kinds: Sequence[str] = [kind] if colon else KINDS[:-1]
        key = key.strip() if colon else word.strip()
        hits = [Loss(kind, key) for kind in kinds if kind in KINDS and key in set(table_of(programme, kind))]
        if len(hits) == 1:
            found[hits[0]] = None
        else:
            problems.append(_unclear(programme, word, kinds, hits))
    if problems:
        raise ScenarioError(programme.id, problems)
    return tuple(found)


def _unclear(programme: Programme, word: str, kinds: Sequence[str], hits: Sequence[Loss]) -> Problem:
    if hits:
        ways = " or ".join(f"{hit.kind}:{hit.id}" for hit in hits)
        return Problem("--without", "id", "names more than one thing", word[:60], "", f"Write {ways}.")
    if any(kind not in KINDS for kind in kinds):
        rule = f"one of {', '.join(KINDS)} before the colon"
        return Problem(
            "--without", "id", "begins with an unknown kind", word[:60], rule, "Mend the word, or leave it out."
        )
    from cupola.scenario.cells import remedy

    known = list(dict.fromkeys(key for kind in kinds for key in table_of(programme, kind)))
    what = "names no partner, element, vehicle, site or provision"
    return Problem("--without", "id", what, word[:60] or "nothing", "", remedy(word.partition(":")[2] or word, known))


def single_losses(programme: Programme, kind: str, day: dt.date | None = None) -> list[tuple[Loss, ...]]:
    """Every loss of one of the groups; with a day only of elements that are attached then.

    kind    one of ``GROUPS``; ``pair`` gives two partners at a time, contractors are left to their partners
    """
    if kind in ("partner", "pair"):
        partners = [Loss("partner", key) for key, row in programme.partners.items() if row.role == "partner"]
        return list(itertools.combinations(partners, 2 if kind == "pair" else 1))
    keys = table_of(programme, kind)
    if kind in ("element", "branch") and day is not None:
        keys = programme.attached_on(day)
    return [(Loss(kind, key),) for key in keys]
