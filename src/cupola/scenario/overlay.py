"""Merges the layers of a scenario: each value that a higher layer gives wins, and the trace keeps both."""

from __future__ import annotations

from collections.abc import Sequence

from cupola.programme.programme import Trace
from cupola.scenario.cells import Cell, Findings, Row, Tables, remedy
from cupola.scenario.fields import HEAD, SECTIONS, TABLES
from cupola.scenario.layers import Layer
from cupola.scenario.yaml_cells import DROP

OPEN = frozenset({"fates"})
"""Tables of which the command line may write a row: its id names a row of another table, which is checked."""
_Hidden = dict[str, list[tuple[str, str]]]


def merge(layers: Sequence[Layer], findings: Findings) -> tuple[Tables, tuple[Trace, ...]]:
    """The cells in force, and a trace of each key that a section, an overlay or the command line gave."""
    merged: Tables = {}
    hidden: _Hidden = {}
    winners: dict[str, Cell] = {}
    for number, layer in enumerate(layers):
        for table, rows in layer.tables.items():
            target = merged.setdefault(table, {})
            for key, row in rows.items():
                prefix = f"{table}.{key}" if key else table
                if DROP in row:
                    _drop(target, key, prefix, row[DROP], findings)
                    continue
                if layer.file == "--set" and table in TABLES and table not in OPEN and key not in target:
                    advice = remedy(key, target, "Name a row that exists.")
                    findings.add("--set", prefix, "names no row", key, f"an id of {table}", advice)
                    continue
                if table in OPEN and "id" not in row:
                    row = {"id": Cell(key, layer.file), **row}
                _lay(target.setdefault(key, {}), row, prefix, winners, hidden, number > 0 or table in SECTIONS)
    merged.get(HEAD, {}).get("", {}).pop("extends", None)
    traces = tuple(
        Trace(key, cell.where, cell.written(), tuple(reversed(hidden.get(key, ()))))
        for key, cell in winners.items()
        if not key.startswith(f"{HEAD}.")
    )
    return {table: rows for table, rows in merged.items() if rows}, traces


def _lay(target: Row, row: Row, prefix: str, winners: dict[str, Cell], hidden: _Hidden, traced: bool) -> None:
    for field, cell in row.items():
        below = target.get(field)
        target[field] = over(below, cell)
        if field == "id":
            continue
        key = f"{prefix}.{field}"
        if traced:
            winners[key] = target[field]
        if below is not None and traced:
            hidden.setdefault(key, []).append((below.where, below.written()))


def over(below: Cell | None, cell: Cell) -> Cell:
    """One cell laid over another. A new value brings its own range; a range without a value narrows the one below."""
    if below is None or cell.text or not (cell.low or cell.high):
        return cell
    return Cell(
        below.text,
        cell.where,
        cell.low or below.low,
        cell.high or below.high,
        cell.unit or below.unit,
        cell.source or below.source,
        cell.status or below.status,
    )


def _drop(target: dict[str, Row], key: str, prefix: str, cell: Cell, findings: Findings) -> None:
    if cell.text != "remove":
        findings.add(
            cell.where, f"{prefix}.drop", "is an unknown word", cell.text, "remove", "Write 'remove' or nothing."
        )
    elif key not in target and key:
        advice = remedy(key, target, "Remove the row.")
        findings.add(cell.where, prefix, "removes a row that no lower scenario has", key, remedy=advice)
    else:
        target.pop(key, None)
