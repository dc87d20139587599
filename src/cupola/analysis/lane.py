"""One future of a run, read from its tables: events in order, series, stays, flows and capacities."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

Tables = Mapping[str, Mapping[str, Sequence[Any]]]
"""Table name -> column name -> values, as a run holds them."""


@dataclass(frozen=True)
class Event:
    """One row of the events of a future."""

    place: int
    """Index within the future, in order of occurrence"""
    date: dt.date
    kind: str
    subject: str
    key: str
    value: float | None
    unit: str
    because: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class Lane:
    """What one future left."""

    future: int
    label: str
    events: tuple[Event, ...]
    series: dict[str, list[Any]]
    """Column -> values by day; empty lists where the run kept no series"""
    stays: list[dict[str, Any]]
    flows: list[dict[str, Any]]
    capacity: list[dict[str, Any]]
    by_key: dict[str, list[Event]] = field(default_factory=dict)

    def of(self, *kinds: str, subject: str = "") -> list[Event]:
        """Events of these kinds (and subject) in order."""
        return [row for row in self.events if row.kind in kinds and subject in ("", row.subject)]

    def first(self, *kinds: str, subject: str = "") -> Event | None:
        """The first event of these kinds, or None."""
        return next(iter(self.of(*kinds, subject=subject)), None)

    def last(self, *kinds: str, subject: str = "") -> Event | None:
        """The last event of these kinds, or None."""
        return next(iter(reversed(self.of(*kinds, subject=subject))), None)

    def latest(self, key: str, before: Event | None = None, day: dt.date | None = None) -> Event | None:
        """The latest event with a key that occurred before another one, or on or before a day."""
        rows = self.by_key.get(key, [])
        if before is not None:
            rows = rows[: bisect_right([row.place for row in rows], before.place - 1)]
        if day is not None:
            rows = [row for row in rows if row.date <= day]
        return rows[-1] if rows else None

    def standing(self, lost: str, back: str) -> Event | None:
        """The last event of the kind ``lost`` when none of the kind ``back`` came after it."""
        event, again = self.last(lost), self.last(back)
        return None if event is not None and again is not None and again.place > event.place else event

    def days(self, column: str) -> list[tuple[dt.date, Any]]:
        """(date, value) of a series where there is a value."""
        dates = self.series.get("date", [])
        return [
            (day, value) for day, value in zip(dates, self.series.get(column, []), strict=False) if value is not None
        ]

    @property
    def flight_names(self) -> dict[str, str]:
        """Flight id -> name, of all stays."""
        return {row["flight"]: row["name"] for row in self.stays if row["name"]}


def lane_of(tables: Tables, future: int) -> Lane:
    """Read one future out of a run's tables."""
    label = next((row["label"] for row in rows_of(tables, "futures") if row["future"] == future), f"future {future}")
    events = _events(rows_of(tables, "events", future))
    return Lane(
        future,
        label,
        events,
        _series(tables, future),
        list(rows_of(tables, "stays", future)),
        list(rows_of(tables, "flows", future)),
        list(rows_of(tables, "capacity", future)),
        _by_key(events),
    )


def event_lanes(tables: Tables) -> dict[int, Lane]:
    """Every future that has events, with its events alone; one pass over the table."""
    held: dict[int, list[dict[str, Any]]] = {}
    for row in rows_of(tables, "events"):
        held.setdefault(row["future"], []).append(row)
    lanes = {}
    for future, rows in held.items():
        events = _events(rows)
        lanes[future] = Lane(future, f"future {future}", events, {}, [], [], [], _by_key(events))
    return lanes


def _events(rows: Iterable[dict[str, Any]]) -> tuple[Event, ...]:
    return tuple(
        Event(
            place,
            row["date"],
            row["kind"],
            row["subject"] or "",
            row["key"] or f"{row['kind']}/{row['subject']}",
            row["value"],
            row["unit"] or "",
            tuple(key for part in (row["because"] or "").split(" + ") if (key := part.strip())),
            row["source"] or "",
        )
        for place, row in enumerate(rows)
    )


def _by_key(events: tuple[Event, ...]) -> dict[str, list[Event]]:
    found: dict[str, list[Event]] = {}
    for row in events:
        found.setdefault(row.key, []).append(row)
    return found


def nominal_lanes(tables: Tables) -> tuple[Lane, Lane | None]:
    """The nominal future with rules kept, and the one with rules waived (None when the run has none)."""
    futures = list(rows_of(tables, "futures"))
    nominal = [row for row in futures if row["nominal"]] or futures
    kept = next((row["future"] for row in nominal if row["enforced"]), nominal[0]["future"] if nominal else 0)
    waived = next((row["future"] for row in nominal if not row["enforced"] and row["future"] != kept), None)
    return lane_of(tables, kept), None if waived is None else lane_of(tables, waived)


def plain(values: Sequence[Any] | np.ndarray[Any, Any]) -> list[Any]:
    """Cells as Python values: dates as datetime.date, None where missing."""
    if isinstance(values, np.ndarray):
        cells: list[Any] = (values.astype("datetime64[D]") if values.dtype.kind == "M" else values).tolist()
    else:
        cells = [cell.item() if isinstance(cell, np.generic) else cell for cell in values]
    return cells


def rows_of(tables: Tables, name: str, future: int | None = None) -> Iterator[dict[str, Any]]:
    """Rows of a table as mappings, of one future when given."""
    table = tables.get(name, {})
    columns = {key: plain(values) for key, values in table.items()}
    for cells in zip(*columns.values(), strict=True):
        row = dict(zip(columns, cells, strict=True))
        if future is None or row["future"] == future:
            yield row


def _series(tables: Tables, future: int) -> dict[str, list[Any]]:
    table: Mapping[str, Any] = tables.get("series", {})
    if not table:
        return {}
    wanted = np.nonzero(np.asarray(table["future"]) == future)[0]
    places = wanted.tolist()
    # A long series is cut while it is an array: its cells become Python values only for the future asked for.
    return {
        key: plain(values[wanted]) if isinstance(values, np.ndarray) else plain([values[place] for place in places])
        for key, values in table.items()
    }
