"""Dated facts of the station's record against what ``cupola show`` says of the same day."""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from cupola import flow
from cupola.analysis.show import station_on
from cupola.programme.programme import Programme

FACTS = Path(__file__).parent / "data" / "history_facts.csv"
KNOWN = dt.date(2026, 8, 1)


@dataclass(frozen=True)
class Fact:
    """One row of the facts, with what the record says of it."""

    day: dt.date
    kind: str
    subject: str
    expected: str
    tolerance: float
    source: str

    def found(self) -> str:
        """What the record says, in the words of the fact."""
        shown = station(self.day)
        reading = _READINGS.get(self.kind)
        return reading(shown, self) if reading else str(shown[self.subject])

    @property
    def residual(self) -> float:
        """How far the record is off: a share for masses, else 0 where it agrees and 1 where it does not."""
        found = self.found()
        if self.kind == "mass":
            return abs(float(found) / float(self.expected) - 1.0)
        if self.kind == "mass_least":
            return max(0.0, 1.0 - float(found) / float(self.expected))
        return float(found != self.expected)

    @property
    def holds(self) -> bool:
        """Whether the record agrees within the tolerance of the fact."""
        return self.residual <= self.tolerance


@cache
def programme() -> Programme:
    """The shipped station as known on a fixed day, so that facts keep."""
    return flow.load("iss", as_of=KNOWN)


@cache
def station(day: dt.date) -> dict[str, Any]:
    """What is shown of a day."""
    return station_on(programme(), day)


def facts() -> list[Fact]:
    """All rows, in the order of the file."""
    with FACTS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    return [
        Fact(
            dt.date.fromisoformat(row["day"]),
            row["kind"],
            row["subject"],
            row["expected"],
            float(row["tolerance"] or 0.0),
            row["source"],
        )
        for row in rows
    ]


def _names(fact: Fact) -> list[str]:
    return [part.strip() for part in fact.expected.split(";")]


def _named(shown: dict[str, Any], fact: Fact) -> str:
    """The expected parts that name exactly one ship each, and any ship that none of them names."""
    ships = [ship["vehicle"] for ship in shown["docked"]]
    found = [part for part in _names(fact) if sum(_is(part, ship) for ship in ships) == 1]
    strange = [ship for ship in ships if not any(_is(part, ship) for part in _names(fact))]
    return "; ".join(found + strange)


def _is(part: str, ship: str) -> bool:
    return f" {part} " in f" {ship.replace('(', ' ').replace(')', ' ')} "


def _at(shown: dict[str, Any], fact: Fact) -> str:
    return "; ".join(ship["port"] for ship in shown["docked"] if _is(fact.subject, ship["vehicle"]))


def _host(shown: dict[str, Any], fact: Fact) -> str:
    return "; ".join(row["host"] for row in shown["elements"] if row["id"] == fact.subject)


def _there(shown: dict[str, Any], fact: Fact) -> str:
    held = {row["id"] for row in shown["elements"]}
    return "; ".join(name for name in _names(fact) if (name in held) == (fact.kind == "there"))


_READINGS = {
    "crew": lambda shown, fact: str(shown["crew_aboard"]),
    "visiting": lambda shown, fact: str(shown["visitors"]),
    "ships": lambda shown, fact: str(len(shown["docked"])),
    "named": _named,
    "at": _at,
    "host": _host,
    "there": _there,
    "gone": _there,
}
