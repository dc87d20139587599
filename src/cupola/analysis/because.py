"""Why: from an event down its causes to the statements, rules and facts that it rests on.

A cause that is a condition rather than an event, such as that no ship of a type is docked, rests on the fact of what it
is about, so that each chain ends in something that has a source.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cupola.analysis.lane import Event, Lane
from cupola.analysis.words import amount, noun_table, phrase
from cupola.programme.programme import Programme

MAX_STEPS = 60
MAX_DEPTH = 14
MAX_STORES = 3
"""Stores that are named when a commodity is used up"""
_ALTITUDES = ("deorbit", "orbit_policy", "attitude")
"""Sections that hold the altitudes below which something happens"""
_STATION = {
    "let-sink": "deorbit.begin",
    "reboost": "orbit_policy.altitude",
    "reboost-missed": "orbit_policy.altitude",
    "avoidance-missed": "orbit_policy.avoidances",
    "phasing-missed": "phasings",
    "supply-unrecorded": "altitudes",
    "deorbit-lost": "deorbit.delta_v",
    "deorbit-back": "deorbit.delta_v",
    "end-missed": "deorbit.delta_v",
    "entry": "deorbit.entry",
    "gyro-failed": "attitude.gyro_life",
    "attitude-lost": "attitude.equilibrium",
    "power-lost": "attitude.power_lost_after",
    "air-foul": "life_support.co2_limit",
    "crew-ordered-off": "crew_policy.abandon_within",
    "crew-left": "crew_policy.usual",
    "stranded": "crew_policy.usual",
}
"""Kind of what happens to the station as a whole -> the fact that it rests on where nothing else is known"""
_SAID = {
    "reported": "was reported to have said it",
    "announced": "announced it",
    "decided": "decided it",
    "notified": "gave notice of it",
    "done": "carried it out",
}
"""Firmness of a statement -> the verb for it"""


_SECTIONS = ("span", "orbit", "orbit_policy", "attitude", "life_support", "crew_policy", "deorbit", "departure")


@dataclass(frozen=True)
class Step:
    """One step of a chain; the first is the event itself."""

    depth: int
    key: str
    text: str
    date: dt.date | None
    source: str
    again: bool = False
    """Whether it stands further up with its own causes"""


ASSUMED = "fact/departure.after"
"""Cause of an exit that no statement announced: its day is an assumption of the scenario"""
ROOTS = ("statement", "rule", "agreement", "obligation", "fact")
"""Kinds of keys in which a chain ends."""


@dataclass(frozen=True)
class Reasons:
    """Finds the causes of events of one future of a run.

    ``record`` holds the rows of the run's record by key; a key that it lacks is looked up in the programme.
    """

    programme: Programme
    lane: Lane
    record: Mapping[str, Mapping[str, Any]]

    def chain(self, event: Event | None, *, repeat: bool = False) -> list[Step]:
        """The tree of causes of an event, depth first; each cause stands once, so loops end.

        repeat    name a cause again where it led to another thing too, without what led to it
        """
        if event is None:
            return []
        steps: list[Step] = []
        self._walk(event.key, event, 0, steps, set(), repeat)
        return steps

    def chain_of_keys(self, keys: Sequence[str], day: dt.date) -> list[Step]:
        """The trees of several keys, each by its latest event on or before a day."""
        steps: list[Step] = []
        seen: set[str] = set()
        for key in keys:
            self._walk(key, self.lane.latest(key, day=day), 0, steps, seen)
        return steps

    def sentence(self, event: Event | None, hops: int = 4) -> str:
        """``, because ..., because ...`` along the main cause of each step, or an empty text without causes.

        A fact is no happening: it reads ``given ...``. That a rule is a rule is not said again.
        """
        parts: list[str] = []
        current = event
        seen: set[str] = set()
        while current is not None and len(parts) < hops:
            seen.add(current.key)
            chosen = self._main_cause(current, seen)
            # That an exit is assumed is said by the question already.
            if chosen is None or chosen == ASSUMED:
                break
            seen.add(chosen)
            found = self.lane.latest(chosen, before=current)
            # That an exit begins on the day on which it is over adds nothing for the reader.
            if found is None or found.kind != "partner-exit-begins" or found.date != current.date:
                word = "given" if found is None and chosen.startswith("fact/") else "because"
                parts.append(f", {word} {self.text(chosen, found)}")
            current = found
        return "".join(parts)

    def _main_cause(self, event: Event, seen: set[str]) -> str | None:
        """The cause that leads to a departure or a statement, if one does; else the first that is an event."""
        keys = [key for key in event.because if key not in seen and key != f"rule/{event.subject}"]
        return min(keys, key=lambda key: (self._rank(key, event), keys.index(key)), default=None)

    def _rank(self, key: str, event: Event) -> int:
        found = self.lane.latest(key, before=event)
        if self._reaches_departure(key, found, set()):
            return 0
        if found is not None:
            return 1
        return 3 if key.startswith("fact/") else 2

    def _reaches_departure(self, key: str, event: Event | None, seen: set[str]) -> bool:
        if key == ASSUMED or key.startswith(("partner-left/", "partner-exit-begins/", "statement/")):
            return True
        if event is None or key in seen:
            return False
        seen.add(key)
        return any(
            self._reaches_departure(cause, self.lane.latest(cause, before=event), seen) for cause in event.because
        )

    def _walk(
        self, key: str, event: Event | None, depth: int, steps: list[Step], seen: set[str], repeat: bool = False
    ) -> None:
        if len(steps) >= MAX_STEPS or depth > MAX_DEPTH:
            return
        if key in seen:
            if repeat:
                steps.append(dataclasses.replace(self._step(key, event, depth), again=True))
            return
        seen.add(key)
        steps.append(self._step(key, event, depth))
        behind = (event.because if event is not None else ()) or self._behind(key)
        for cause in behind:
            found = self.lane.latest(cause, before=event) if event is not None else None
            self._walk(cause, found, depth + 1, steps, seen, repeat)

    def _behind(self, key: str) -> tuple[str, ...]:
        """What a condition that is no event of this future, or an event without causes, rests on: what it is about."""
        kind, _, subject = key.partition("/")
        if kind in ROOTS:
            return ()
        if kind == "altitude-below":
            name = subject.replace("-", "_")
            section = next((part for part in _ALTITUDES if hasattr(getattr(self.programme, part, None), name)), "")
            return (f"fact/{section or _ALTITUDES[0]}.{name}",)
        if kind == "store-empty":
            stores = [name for name, row in self.programme.stores.items() if row.commodity == subject]
            return tuple(f"fact/stores.{name}" for name in stores[:MAX_STORES]) or ("fact/stores",)
        if kind in _STATION:
            return (f"fact/{_STATION[kind]}",)
        if kind.startswith("rule-"):
            return (f"rule/{subject}",)
        table = noun_table(kind)
        return (f"fact/{table}.{subject}",) if subject in getattr(self.programme, table) else ()

    def _step(self, key: str, event: Event | None, depth: int) -> Step:
        if event is not None:
            return Step(depth, key, phrase(self.programme, key, self.lane.flight_names), event.date, event.source)
        text, date, source = self._root(key)
        return Step(depth, key, text, date, source)

    def text(self, key: str, event: Event | None) -> str:
        """A cause in words for a sentence: events by their phrase and date, records by what they say."""
        if event is not None:
            return f"{phrase(self.programme, key, self.lane.flight_names)} ({event.date})"
        kind, _, subject = key.partition("/")
        if kind == "statement" and subject in self.programme.statements:
            said = self.programme.statements[subject]
            return f"{said.speaker} {_SAID.get(said.firmness, 'said it')} on {said.said}"
        if kind == "rule" and subject in self.programme.rules:
            return f"the rule '{self.programme.rules[subject].name}' says so"
        row = self._recorded(key) if kind == "fact" else None
        if row is not None and row.get("value") is not None:
            return f"{amount(row['value'], str(row.get('unit') or ''))} for {row['text']}"
        return self._root(key)[0].rstrip(".")

    def _root(self, key: str) -> tuple[str, dt.date | None, str]:
        """(text, date, source) of a key that is no event of this future."""
        kind, _, subject = key.partition("/")
        programme = self.programme
        if kind == "statement" and subject in programme.statements:
            said = programme.statements[subject]
            role = f", {said.role}," if said.role else ""
            return f"{said.speaker}{role} ({said.firmness}): {said.paraphrase}", said.said, said.source
        if kind == "agreement" and subject in programme.agreements:
            deal = programme.agreements[subject]
            clause = f", {deal.article}" if deal.article else ""
            return f"{deal.name}{clause}: {deal.exit_clause or deal.owed}", None, deal.source
        if kind == "rule" and subject in programme.rules:
            rule = programme.rules[subject]
            return f"flight rule: {rule.name}", None, rule.source
        if kind == "obligation" and subject in programme.obligations:
            owed = programme.obligations[subject]
            return f"{owed.by} owes: {owed.what}", owed.start, owed.source
        if kind == "fact":
            return self._fact(key, subject)
        row = self.record.get(key) if kind in ROOTS else None
        if row is not None:
            return str(row.get("text") or subject), row.get("date"), str(row.get("source") or "")
        return phrase(programme, key, self.lane.flight_names), None, ""

    def _recorded(self, key: str) -> Mapping[str, Any] | None:
        """The row of the run's record that a fact's key names, or the first of the fields of its noun."""
        row = self.record.get(key)
        return row or next((held for name, held in self.record.items() if name.startswith(f"{key}.")), None)

    def _fact(self, key: str, subject: str) -> tuple[str, dt.date | None, str]:
        """A fact by its row in the record, or by the noun or quantity that it names in the programme."""
        row = self._recorded(key)
        left = getattr(self.programme, "departure", None) if key == ASSUMED and row is None else None
        if left is not None:
            text = f"assumed: {self.programme.partners[left.partner].name} leaves after {left.after}"
            return text, left.after, self._file(subject)
        if row is not None and row.get("text"):
            value = row.get("value")
            held = f" is {amount(value, str(row.get('unit') or ''))}" if value is not None else ""
            return f"{row['text']}{held}", row.get("date"), str(row.get("source") or "")
        table, _, rest = subject.partition(".")
        holder: Any = getattr(self.programme, table, None)
        name, _, attribute = rest.partition(".")
        if isinstance(holder, dict):
            noun = holder.get(name)
            label = str(getattr(noun, "name", "") or name)
            words = f"{attribute.replace('_', ' ')} of {label}" if attribute else label
            quantity = getattr(noun, attribute, None) if attribute else None
        else:
            noun, words = None, f"{rest.replace('_', ' ')} ({table.replace('_', ' ')})"
            quantity = getattr(holder, rest, None)
            if isinstance(quantity, dt.date | int | str) and quantity != "":
                words = f"{words}: {quantity}"
        source = str(getattr(quantity, "source", "") or getattr(noun, "source", "") or "")
        return f"as planned or known: {words}", None, source or self._file(subject)

    def _file(self, subject: str) -> str:
        """The file that gave a value which has no source of its own, such as the end of the run."""
        won = next((trace.won for trace in self.programme.traces if trace.key == subject), "")
        if won:
            return "set on the command line" if won.startswith("--") else f"scenario file {won}"
        table, _, rest = subject.partition(".")
        holder = getattr(self.programme, table, None)
        # A run keeps no number that nobody gave; its section is known by its name.
        default = hasattr(holder, rest) if holder is not None else table in _SECTIONS
        return "default of the program" if rest and default else ""


def without_repeats(steps: Sequence[Step]) -> list[Step]:
    """Steps of several trees, in which what led to a step is not told again where the step stands further up."""
    seen: set[tuple[str, dt.date | None]] = set()
    found: list[Step] = []
    skip: int | None = None
    for step in steps:
        if skip is not None and step.depth > skip:
            continue
        skip = step.depth if (step.key, step.date) in seen else None
        seen.add((step.key, step.date))
        found.append(step)
    return found


def because_rows(answer: str, steps: Sequence[Step]) -> list[dict[str, Any]]:
    """The steps of a chain as rows of the table ``because``."""
    return [
        {
            "answer": answer,
            "step": number,
            "depth": step.depth,
            "key": step.key,
            "text": step.text,
            "date": step.date,
            "source": step.source,
        }
        for number, step in enumerate(steps)
    ]
