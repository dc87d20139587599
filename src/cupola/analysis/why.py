"""Why something happened in a saved run: the tree of causes of an event or an answer, from the run folder alone.

A run keeps its events with the keys of their causes, the record that they rest on, and the names of what took part; so
the scenario's files are not needed, and the tree is that of the run even when they have changed.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from cupola.analysis.because import ROOTS, Reasons, Step
from cupola.analysis.lane import Event, Lane, Tables, lane_of, nominal_lanes, rows_of
from cupola.programme.programme import Programme
from cupola.results.manifest import Manifest

_NAMED = ("elements", "stores", "burns", "services", "flights")
"""Nouns of which the record of a run holds the names, before the colon of its facts"""


@dataclass(frozen=True)
class Node:
    """One cause with what led to it."""

    key: str
    text: str
    date: dt.date | None
    source: str
    again: bool
    """Whether it stands further up with its own causes"""
    because: tuple[Node, ...]

    def as_row(self) -> dict[str, Any]:
        """The tree as nested mappings."""
        row = {name: getattr(self, name) for name in ("key", "text", "date", "source", "again")}
        return {**row, "because": [cause.as_row() for cause in self.because]}


@dataclass(frozen=True)
class Why:
    """A tree, of which future it is, and where else the event occurs."""

    label: str
    sentence: str
    """Of an answer; empty for an event"""
    roots: tuple[Node, ...]
    days: tuple[dt.date, ...]
    """Every day of that future on which the event occurs"""


@dataclass(frozen=True)
class _Named:
    """What a run knows of a noun, and blanks for what else is asked of one."""

    name: str
    commodity: str = ""
    vehicle: str = ""
    source: str = ""


def marked(steps: Sequence[Step]) -> list[Step]:
    """The steps of an answer, with those that stand further up marked; two futures tell an event on two days."""
    seen: set[tuple[str, dt.date | None]] = set()
    found = []
    for step in steps:
        found.append(dataclasses.replace(step, again=(step.key, step.date) in seen))
        seen.add((step.key, step.date))
    return found


def tree(steps: Sequence[Step]) -> tuple[Node, ...]:
    """Steps nested by their depth: a step hangs on the nearest one before it that is less deep."""
    roots: list[Node] = []
    place = 0
    while place < len(steps):
        end = place + 1
        while end < len(steps) and steps[end].depth > steps[place].depth:
            end += 1
        step = steps[place]
        below = tree(steps[place + 1 : end])
        roots.append(Node(step.key, step.text, step.date, step.source, step.again, below))
        place = end
    return tuple(roots)


def why_answer(tables: Tables, answer: str) -> Why | None:
    """The tree under an answer of a run, or None when there is no answer of this id."""
    row = next((row for row in rows_of(tables, "answers") if row["id"] == answer), None)
    if row is None:
        return None
    steps = sorted(
        (row for row in rows_of(tables, "because") if row["answer"] == answer), key=lambda row: row["step"] or 0
    )
    chain = [Step(row["depth"] or 0, row["key"], row["text"] or "", row["date"], row["source"] or "") for row in steps]
    return Why("", row["sentence"] or "", tree(marked(chain)), ())


def why_event(
    tables: Tables, manifest: Manifest, event: str, *, future: int | None = None, on: dt.date | None = None
) -> Why | None:
    """The tree under an event of a run, or None when no future of it has such an event.

    event     key ``kind/subject``, or the beginning of one; of several keys the one that occurs first counts
    future    index of the future; when missing, the nominal ones with rules kept, then waived
    on        the event's latest occurrence up to this day; its first when missing
    """
    lanes: list[Lane | None] = list(nominal_lanes(tables)) if future is None else [lane_of(tables, future)]
    for lane in lanes:
        found = None if lane is None else _find(lane, event, on)
        if lane is None or found is None:
            continue
        reasons = Reasons(_programme(tables, manifest), lane, _record(tables))
        days = tuple(dict.fromkeys(row.date for row in lane.by_key[found.key]))
        return Why(lane.label, "", tree(reasons.chain(found, repeat=True)), days)
    return None


def _find(lane: Lane, event: str, on: dt.date | None) -> Event | None:
    if event in lane.by_key:
        rows = lane.by_key[event]
    else:
        first = next((row for row in lane.events if row.key.startswith(event) and (on is None or row.date <= on)), None)
        rows = lane.by_key[first.key] if first is not None else []
    if on is None:
        return rows[0] if rows else None
    return next((row for row in reversed(rows) if row.date <= on), None)


def futures_with(tables: Tables, key: str, until: dt.date | None = None) -> list[int]:
    """Futures in which an event happens whose key is, or begins with, this one, up to a day."""
    rows = (row for row in rows_of(tables, "events") if row["key"].startswith(key))
    return sorted({row["future"] for row in rows if until is None or row["date"] <= until})


def first_day(tables: Tables, key: str, future: int | None = None) -> dt.date | None:
    """The first day on which an event of this key happens in a future, or in any; None when it never does."""
    rows = (row for row in rows_of(tables, "events") if row["key"].startswith(key) and future in (None, row["future"]))
    return min((row["date"] for row in rows), default=None)


def keys_of(tables: Tables, near: str = "") -> list[str]:
    """Ids of answers and keys of events of a run, those of the same kind or subject as ``near`` first."""
    kind, _, subject = near.partition("/")
    answers = [row["id"] for row in rows_of(tables, "answers")]
    keys = sorted({row["key"] for row in rows_of(tables, "events")})
    alike = [key for key in keys if key.partition("/")[0] == kind or (subject and key.partition("/")[2] == subject)]
    kinds = list(dict.fromkeys(f"{key.partition('/')[0]}/" for key in keys))
    return list(dict.fromkeys([*answers, *alike, *kinds, *keys]))


def _record(tables: Tables) -> dict[str, dict[str, Any]]:
    """The run's record by key, in the words in which its answers tell it where they do."""
    record = {row["key"]: row for row in rows_of(tables, "record")}
    for row in rows_of(tables, "because"):
        if row["key"].partition("/")[0] in ROOTS:
            record[row["key"]] = {"text": row["text"], "date": row["date"], "source": row["source"], "value": None}
    return record


def _programme(tables: Tables, manifest: Manifest) -> Programme:
    """What a run knows of its programme, under the programme's own attribute names."""
    named: dict[str, dict[str, _Named]] = {noun: {} for noun in _NAMED}
    for row in rows_of(tables, "record"):
        kind, _, subject = row["key"].partition("/")
        noun, _, rest = subject.partition(".")
        if kind == "fact" and noun in named:
            named[noun].setdefault(rest.rpartition(".")[0] or rest, _Named(str(row["text"] or "").partition(": ")[0]))
    sources = {row["key"]: str(row["source"] or "") for row in rows_of(tables, "record")}
    run = _Run(
        partners={row["id"]: _Named(row["name"]) for row in manifest.partners},
        functions=_names(manifest.functions.items()),
        vehicles=_names(manifest.vehicles.items()),
        rules={key: _Named(row["name"], source=sources.get(f"rule/{key}", "")) for key, row in manifest.rules.items()},
        provisions={key: _Named(name) for key, name in manifest.provisions.items()},
        **{noun: named[noun] for noun in _NAMED},
    )
    return cast("Programme", run)


def _names(rows: Iterable[tuple[str, Mapping[str, str]]]) -> dict[str, _Named]:
    return {key: _Named(row["name"]) for key, row in rows}


@dataclass(frozen=True)
class _Run:
    """The nouns of a programme of which a run folder knows the names."""

    partners: dict[str, _Named]
    functions: dict[str, _Named]
    vehicles: dict[str, _Named]
    rules: dict[str, _Named]
    provisions: dict[str, _Named]
    elements: dict[str, _Named]
    stores: dict[str, _Named]
    burns: dict[str, _Named]
    services: dict[str, _Named]
    flights: dict[str, _Named]
    statements: dict[str, _Named] = field(default_factory=dict)
    agreements: dict[str, _Named] = field(default_factory=dict)
    obligations: dict[str, _Named] = field(default_factory=dict)
    traces: tuple[Any, ...] = field(default=(), init=False)
