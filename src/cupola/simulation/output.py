"""From the recorder to the tables of a run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cupola.base.tables import (
    CAPACITY,
    CUTS,
    EVENTS,
    FLOWS,
    FUTURES,
    ORBIT,
    SEPARATED,
    SERIES,
    STAYS,
    VIABILITY,
    TableSpec,
)
from cupola.simulation.parts import parts_table
from cupola.simulation.record import record_table
from cupola.simulation.state import NEVER, State

Column = Sequence[Any] | NDArray[Any]
Tables = dict[str, dict[str, Column]]


def tables_of(state: State) -> Tables:
    """All tables that a simulation leaves, by name."""
    return {
        "futures": _futures(state),
        "events": _events(state),
        "series": _series(state),
        "orbit": _orbit(state),
        "stays": _stays(state),
        "flows": _flows(state),
        "capacity": _capacity(state),
        "parts": parts_table(state),
        "viability": _noted(VIABILITY, state.leaving.viability),
        "cuts": _noted(CUTS, state.leaving.cuts),
        "separated": _noted(SEPARATED, state.leaving.separated),
        "record": record_table(state),
    }


def _columns(spec: TableSpec, columns: dict[str, Column]) -> dict[str, Column]:
    """Columns in the order of the specification."""
    return {column.name: columns[column.name] for column in spec.columns}


def _noted(spec: TableSpec, rows: Sequence[Mapping[str, Any]]) -> dict[str, Column]:
    """Rows that were noted on their day, as the columns of a table."""
    return {column.name: [row[column.name] for row in rows] for column in spec.columns}


def _dates(state: State, days: NDArray[Any]) -> NDArray[Any]:
    epoch = np.datetime64("1858-11-17", "D")
    return epoch + (np.asarray(days).astype(np.int64) + state.model.first).astype("timedelta64[D]")


def _futures(state: State) -> dict[str, Column]:
    lanes = state.lanes
    return _columns(
        FUTURES,
        {
            "future": np.arange(len(lanes), dtype=np.int32),
            "label": [lane.label for lane in lanes],
            "enforced": [lane.enforced for lane in lanes],
            "nominal": [lane.nominal for lane in lanes],
        },
    )


def _events(state: State) -> dict[str, Column]:
    keys = state.recorder.keys
    rows: list[tuple[int, int, int, str, str, float | None, str, str, str]] = []
    for order, (day, kind, subject, hit, value, unit, causes, source) in enumerate(state.recorder.events):
        for place, future in enumerate(hit):
            number = value if isinstance(value, float) else float(value[place])
            codes = dict.fromkeys(int(cause) if isinstance(cause, int) else int(cause[place]) for cause in causes)
            because = " + ".join(keys[code] for code in codes if code)
            rows.append(
                (int(future), day, order, kind, subject, number if np.isfinite(number) else None, unit, because, source)
            )
    rows.sort(key=lambda row: row[:3])
    return _columns(
        EVENTS,
        {
            "event": np.arange(len(rows), dtype=np.int32),
            "future": [row[0] for row in rows],
            "date": _dates(state, np.array([row[1] for row in rows], dtype=np.int64)),
            "kind": [row[3] for row in rows],
            "subject": [row[4] for row in rows],
            "key": [f"{row[3]}/{row[4]}" for row in rows],
            "value": [row[5] for row in rows],
            "unit": [row[6] for row in rows],
            "because": [row[7] for row in rows],
            "source": [row[8] for row in rows],
        },
    )


def _series(state: State) -> dict[str, Column]:
    sampled = state.recorder.series
    n, days = state.detailed, [day for day, _ in sampled]
    columns: dict[str, Column] = {
        "future": np.repeat(np.arange(n, dtype=np.int32), len(days)),
        "date": _dates(state, np.tile(np.array(days, dtype=np.int64), n)),
    }
    integers = {"crew", "seats"}
    for column in SERIES.columns[2:]:
        block = np.stack([row[column.name] for _, row in sampled]).T.ravel() if sampled else np.empty(0)
        if column.name in integers:
            columns[column.name] = np.rint(block).astype(np.int32)
        elif column.type == "BOOLEAN":
            columns[column.name] = block.astype(bool)
        else:
            columns[column.name] = [None if value >= NEVER / 10 else float(value) for value in block]
    return _columns(SERIES, columns)


def _orbit(state: State) -> dict[str, Column]:
    """The days on which the orbit goes on, of each future that is kept in detail."""
    kept, n = state.recorder.orbit, state.detailed
    names = [column.name for column in ORBIT.columns[2:]]
    block = np.stack([rows for _, rows in kept], axis=2) if kept else np.empty((len(names), n, 0))
    days = np.array([day for day, _ in kept], dtype=np.int64)
    future, place = np.nonzero(np.isfinite(block[0]))
    columns: dict[str, Column] = {"future": future.astype(np.int32), "date": _dates(state, days[place])}
    for name, values in zip(names, block, strict=True):
        columns[name] = values[future, place].tolist()
    return _columns(ORBIT, columns)


def _stays(state: State) -> dict[str, Column]:
    model = state.model
    open_stays: dict[tuple[int, int], tuple[int, int]] = {}
    rows: list[tuple[int, int, int, int, int | None, bool]] = []
    for future in range(state.detailed):
        for number, ship in enumerate(model.docked):
            open_stays[(future, number)] = (ship.port, -ship.days)
    for day, what, futures, ports, flights in state.recorder.stays:
        for future, port, flight in zip(futures.tolist(), ports.tolist(), flights.tolist(), strict=True):
            if future >= state.detailed:
                continue
            if what == "arrived":
                open_stays[future, flight] = (port, day)
            else:
                place, since = open_stays.pop((future, flight))
                rows.append((future, flight, place, since, day, since < 0))
    recorded = {len(model.docked) + place for place, row in enumerate(model.queue) if row.recorded is not None}
    over = _entry_days(state)
    rows += [
        (future, number, port, since, over.get(future), since < 0)
        for (future, number), (port, since) in open_stays.items()
    ]
    rows.sort(key=lambda row: (row[0], row[3], row[2], row[1]))
    people = {row.id: sum(count for _, count in row.crew) for row in model.queue}
    people |= {ship.flight.id: sum(count for _, count in ship.flight.crew_up) for ship in model.docked}
    vehicles = [model.vehicles[state.flight_vehicles[row[1]]] for row in rows]
    partners = [model.vehicle_partner[model.vehicles.index(key)] for key in vehicles]
    left = [None if row[4] is None else _dates(state, np.array([row[4]]))[0].item() for row in rows]
    return _columns(
        STAYS,
        {
            "future": [row[0] for row in rows],
            "flight": [state.flight_ids[row[1]] for row in rows],
            "name": [state.flight_names[row[1]] for row in rows],
            "vehicle": vehicles,
            "partner": [model.partners[row] if row >= 0 else "" for row in partners],
            "port": [model.ports[row[2]] for row in rows],
            "arrived": _dates(state, np.array([row[3] for row in rows], dtype=np.int64)),
            "left": left,
            "crew": [people.get(state.flight_ids[row[1]], 0) for row in rows],
            "recorded": [row[5] or row[1] in recorded for row in rows],
        },
    )


def _entry_days(state: State) -> dict[int, int]:
    """Day of entry by future; a ship that was there went down with the station."""
    events = state.recorder.events
    return {int(future): day for day, kind, _, hit, *_ in events if kind == "entry" for future in hit}


def _flows(state: State) -> dict[str, Column]:
    rows = [
        (future, year, commodity, cause, float(amount[future]))
        for year, drained in state.recorder.flows
        for (commodity, cause), amount in drained.items()
        for future in range(state.detailed)
    ]
    rows = sorted(row for row in rows if row[4] != 0.0)
    names = [column.name for column in FLOWS.columns]
    return {name: [row[place] for row in rows] for place, name in enumerate(names)}


def _capacity(state: State) -> dict[str, Column]:
    programme = state.model.programme
    provisions = {row.id: row for row in state.model.provisions}
    rows = []
    for order, (day, provision, works, amount, missing, fresh) in enumerate(state.recorder.capacities):
        noun = provisions[provision]
        factor = noun.capacity.at_edge() / noun.capacity.value if noun.capacity.value else 1.0
        for future in np.flatnonzero(fresh[: state.detailed]).tolist():
            key = state.recorder.keys[int(missing[future])]
            rows.append((future, day, order, noun, float(amount[future]) * factor, bool(works[future]), key))
    rows.sort(key=lambda row: (row[0], row[1], row[2]))
    return _columns(
        CAPACITY,
        {
            "future": [row[0] for row in rows],
            "date": _dates(state, np.array([row[1] for row in rows], dtype=np.int64)),
            "function": [row[3].function for row in rows],
            "provision": [row[3].id for row in rows],
            "partner": [programme.partner_of(row[3].operator) for row in rows],
            "capacity": [row[4] for row in rows],
            "working": [row[5] for row in rows],
            "missing": [row[6] for row in rows],
        },
    )
