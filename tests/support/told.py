"""What tests ask of a run: its days one by one, its events, its tables by row, and a lane as bytes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from cupola.base.tables import RUN_TABLES, TABLES
from cupola.programme.programme import Programme
from cupola.simulation.clock import ORDER
from cupola.simulation.lanes import Lane
from cupola.simulation.model import build_model
from cupola.simulation.setup import set_up
from cupola.simulation.state import State
from support.nouns import START, on

NOMINAL = (Lane(0, "rules kept", True, True),)
"""The one future in which nothing fails and nothing slips"""


def sampled(numbers: Sequence[int]) -> tuple[Lane, ...]:
    """Drawn futures, every other one with rules waived."""
    return tuple(Lane(number, str(number), number % 2 == 0, False) for number in numbers)


class Run:
    """A run that stops after each day."""

    def __init__(self, programme: Programme, lanes: Sequence[Lane] = NOMINAL) -> None:
        self.state = set_up(build_model(programme), lanes, programme.span.seed)
        self.processes = {kind.__name__: kind(self.state) for kind in ORDER}
        self.next = 0

    def to(self, day: int, before: str = "", look: Callable[[State], None] | None = None) -> State:
        """Fly to the end of a day of the run; ``look`` is shown the state each day before that process."""
        for today in range(self.next, day + 1):
            self.state.day = self.state.recorder.day = today
            for name, process in self.processes.items():
                if look is not None and name == before:
                    look(self.state)
                process.tick(today)
        self.next = day + 1
        return self.state


@dataclass(frozen=True)
class Event:
    """One event of one future."""

    day: int
    key: str
    value: float | None
    because: tuple[str, ...]


def events(state: State, lane: int = 0) -> list[Event]:
    """The events of a future in order of occurrence."""
    found = []
    keys = state.recorder.keys
    for day, kind, subject, hit, value, _, causes, _ in state.recorder.events:
        for at in np.flatnonzero(hit == lane).tolist():
            number = float(value if isinstance(value, float) else value[at])
            named = (cause if isinstance(cause, int) else int(cause[at]) for cause in causes)
            because = tuple(keys[code] for code in named if code)
            found.append(Event(day, f"{kind}/{subject}", None if np.isnan(number) else number, because))
    return found


def of(state: State, key: str, lane: int = 0) -> list[Event]:
    """The events of a future with a key, or of a kind."""
    return [row for row in events(state, lane) if row.key == key or row.key.startswith(f"{key}/")]


def days(state: State, key: str, lane: int = 0) -> list[int]:
    """The days of the events of a future with a key, or of a kind."""
    return [row.day for row in of(state, key, lane)]


def rows(tables: Any, name: str, future: int = 0) -> list[dict[str, Any]]:
    """The rows of a table of one future; dates are days of the run."""
    columns = {key: [_plain(value) for value in values] for key, values in tables[name].items()}
    found = [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]
    return [row for row in found if row["future"] == future]


def _plain(value: Any) -> Any:
    value = value.item() if hasattr(value, "item") else value
    return (value - START).days if hasattr(value, "isoformat") else value


def table(name: str, found: Sequence[dict[str, Any]]) -> dict[str, list[Any]]:
    """Rows as the columns of a table of the specification; what a row does not say is 0, no, empty or missing."""
    spec = {column.name: column.type for column in TABLES[name].columns}
    assert all(set(row) <= set(spec) for row in found), name
    blank = {"INTEGER": 0, "BOOLEAN": False, "VARCHAR": "", "DOUBLE": None, "DATE": None}
    return {key: [row.get(key, blank[kind]) for row in found] for key, kind in spec.items()}


def prints(state: State) -> list[bytes]:
    """All that a lane is, as bytes."""
    lines = [state.altitude, state.orbit.node, state.mass, state.crew, state.seats, state.structure, state.element_mass]
    lines += [state.drag_added, *state.arrives.values(), *state.attached.values(), *state.in_service.values()]
    lines += [state.capacity[key] for key in sorted(state.capacity)]
    blocks = [state.ledger.levels, state.ledger.capacity, state.port_flight, state.port_due, state.port_open]
    blocks.append(state.people.reshape(-1, state.width))
    return [
        b"|".join(
            [np.ascontiguousarray(line[lane : lane + 1]).tobytes() for line in lines]
            + [np.ascontiguousarray(block[:, lane]).tobytes() for block in blocks]
        )
        for lane in range(state.width)
    ]


def run_tables(**found: Sequence[dict[str, Any]]) -> dict[str, dict[str, list[Any]]]:
    """All tables of a run with a nominal future each of rules kept and rules waived, empty where not given."""
    lanes = [{"future": row, "label": str(row), "enforced": row == 0, "nominal": True} for row in (0, 1)]
    return {spec.name: table(spec.name, {"futures": lanes, **found}.get(spec.name, ())) for spec in RUN_TABLES}


def event(day: int, key: str, because: str = "", value: float | None = None, future: int = 0) -> dict[str, Any]:
    """A row of the table of events."""
    kind, _, subject = key.partition("/")
    row: dict[str, Any] = {"future": future, "date": on(day), "kind": kind, "subject": subject, "key": key}
    return row | {"because": because, "value": value}
