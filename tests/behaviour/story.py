"""A run of a shipped scenario, and questions to it in plain words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from cupola import flow
from cupola.flow import departure_settings
from cupola.programme.programme import Programme
from cupola.simulation import default_lanes
from cupola.simulation.clock import fly
from cupola.simulation.output import Tables, tables_of
from cupola.simulation.state import State

AS_OF = "2022-07-26"
KEPT, WAIVED = 0, 1
"""The two nominal futures: rules kept, rules waived"""


@dataclass(frozen=True)
class Event:
    """A row of the events, in the order of occurrence."""

    place: int
    date: dt.date
    key: str
    value: float | None
    because: tuple[str, ...]


@dataclass(frozen=True)
class Story:
    """The nominal futures of one run."""

    programme: Programme
    state: State
    tables: Tables

    @cached_property
    def happened(self) -> tuple[list[Event], list[Event]]:
        """The events of both futures."""
        table = self.tables["events"]
        found: tuple[list[Event], list[Event]] = ([], [])
        for row, lane in enumerate(table["future"]):
            causes = tuple(filter(None, table["because"][row].split(" + ")))
            event = Event(row, table["date"][row].item(), table["key"][row], table["value"][row], causes)
            found[int(lane)].append(event)
        return found

    def first(self, key: str, lane: int = WAIVED) -> Event:
        """The first event of that key; the test fails when there is none."""
        found = self.maybe(key, lane)
        assert found is not None, f"{key} does not happen"
        return found

    def maybe(self, key: str, lane: int = WAIVED) -> Event | None:
        """The first event of that key, if any."""
        return next((event for event in self.happened[lane] if event.key == key), None)

    def of(self, kind: str, lane: int = WAIVED) -> list[Event]:
        """All events of a kind."""
        return [event for event in self.happened[lane] if event.key.startswith(f"{kind}/")]

    def subjects(self, kind: str, lane: int = WAIVED) -> set[str]:
        """What the events of a kind happened to."""
        return {event.key.partition("/")[2] for event in self.of(kind, lane)}

    def roots(self, event: Event, lane: int = WAIVED) -> set[str]:
        """The keys at the ends of all chains of causes under an event: statements, rules, facts, or events without."""
        found: set[str] = set()
        open_ends, seen = [event], {event.place}
        while open_ends:
            current = open_ends.pop()
            if not current.because:
                found.add(current.key)
            for key in current.because:
                earlier = [row for row in self.happened[lane] if row.key == key and row.date <= current.date]
                if not earlier:
                    found.add(key)
                elif earlier[-1].place not in seen:
                    seen.add(earlier[-1].place)
                    open_ends.append(earlier[-1])
        return found

    def column(self, name: str, lane: int = WAIVED) -> dict[dt.date, Any]:
        """One column of the series by day."""
        table = self.tables["series"]
        rows = (row for row, of in enumerate(table["future"]) if of == lane)
        return {table["date"][row].item(): table[name][row] for row in rows}

    def stays(self, lane: int = WAIVED) -> list[dict[str, Any]]:
        """Ships at ports."""
        return [row for row in self.rows("stays") if row["future"] == lane]

    def rows(self, name: str) -> Iterator[dict[str, Any]]:
        """The rows of a table."""
        table = self.tables[name]
        for row in range(len(next(iter(table.values())))):
            yield {key: _plain(values[row]) for key, values in table.items()}


def _plain(value: Any) -> Any:
    return value.item() if hasattr(value, "item") else value


@lru_cache(maxsize=64)
def tell(scenario: str, *settings: str, as_of: str = AS_OF, waive: Sequence[str] = ()) -> Story:
    """Fly the two nominal futures of a shipped scenario; the same question is flown once."""
    programme = flow.load(scenario, as_of=as_of, settings=("span.futures=1", *settings), waive=waive)
    state = fly(programme, default_lanes(0))
    return Story(programme, state, tables_of(state))


def leaves(partner: str, mode: str = "services-stop", after: str = "2022-10-31", **more: str) -> tuple[str, ...]:
    """Overlays with which any partner leaves the baseline, early, so that the run is short."""
    return departure_settings(partner, after, mode, **more)
