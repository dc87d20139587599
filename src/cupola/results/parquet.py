"""The one door to DuckDB: checked columns to a Parquet file and back.

One thread, fixed order and fixed compression: equal tables give equal bytes for one DuckDB version.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cupola.base.errors import RunError
from cupola.base.tables import TableSpec
from cupola.results.check import Checked

MAX_CELLS = 2_000_000
"""A table with more cells than this is not read unless CUPOLA_MAX_CELLS allows it: two million take some 170 MB and a
second. The events of 50 sampled futures of nine years are 0.3 million."""
MAX_UNPACKED = 200_000_000
"""Bytes of a table as its columns are when they are unpacked."""
MAX_LETTERS = 50_000_000
MAX_TEXT = 20_000
"""Letters of all texts of a table, and of one."""
MEMORY = "400MB"
"""What DuckDB may take while it reads; address space, of which a table within the caps touches a small part."""
CHUNK = 10_000
_FIRST, _LAST = "DATE '1900-01-01'", "DATE '2200-12-31'"


def write_table(path: Path, spec: TableSpec, columns: Mapping[str, Checked]) -> int:
    """Write one checked table and return its number of rows."""
    connection = _connect()
    try:
        data = {}
        selected = []
        for number, column in enumerate(spec.columns):
            held = columns[column.name]
            data[f"v{number}"], data[f"m{number}"] = held.values, held.missing
            value = f"DATE '1970-01-01' + v{number}" if column.type == "DATE" else f"v{number}"
            cast = f'CAST(CASE WHEN m{number} THEN NULL ELSE {value} END AS {column.type}) AS "{column.name}"'
            selected.append(cast)
        connection.register("given", data)
        target = str(path).replace("'", "''")
        connection.execute(
            f"COPY (SELECT {', '.join(selected)} FROM given) TO '{target}' (FORMAT parquet, COMPRESSION zstd)"
        )
        return len(next(iter(data.values())))
    finally:
        connection.close()


def read_table(path: Path, spec: TableSpec) -> dict[str, list[Any]]:
    """Read one table: column name -> list of Python values, missing ones None, dates as datetime.date.

    The file is not trusted: its description is read first, then what its columns hold is counted by DuckDB, and only
    what is within the caps is made into Python values.

    Raises RunError when the file is no Parquet, lacks a column, has a column of another type, is too large, or holds
    what no run writes: numbers that are not finite, dates of other centuries, texts without end.
    """
    import duckdb

    connection = _connect(reading=True)
    try:
        name = _literal(path)
        _check_columns(connection, name, path, spec)
        rows = _check_size(connection, name, path, spec)
        _check_content(connection, name, path, spec)
        return _values(connection, name, path, spec, rows)
    except (duckdb.Error, OverflowError, ValueError) as error:
        reason = "".join(sign if sign.isprintable() else " " for sign in str(error)[:400])
        reason = " ".join(reason.split())[:200]
        raise RunError(f"{path}: not a readable table: {reason}. Run the scenario again.") from error
    finally:
        connection.close()


def _check_columns(connection: Any, name: str, path: Path, spec: TableSpec) -> None:
    found = {row[0]: row[1] for row in connection.execute("DESCRIBE FROM read_parquet(?)", [name]).fetchmany(1000)}
    for column in spec.columns:
        if found.get(column.name) != column.type:
            raise RunError(
                f"{path}: column {column.name} is {found.get(column.name, 'missing')[:60]}; expected {column.type}. "
                "Run the scenario again."
            )


def _check_size(connection: Any, name: str, path: Path, spec: TableSpec) -> int:
    """The number of rows that the file promises, when it and the bytes are within the caps."""
    promised = connection.execute("SELECT sum(num_rows) FROM parquet_file_metadata(?)", [name]).fetchall()[0][0]
    groups, unpacked = connection.execute(
        "SELECT sum(row_group_num_rows) / greatest(count(DISTINCT column_id), 1), sum(total_uncompressed_size) "
        "FROM parquet_metadata(?)",
        [name],
    ).fetchall()[0]
    rows = max(int(promised or 0), int(groups or 0))
    limit = _limit()
    if rows * len(spec.columns) > limit:
        raise RunError(
            f"{path}: the table is too large to be read at once: got {rows} rows of {len(spec.columns)} columns; "
            f"expected at most {limit} cells. Query the file with DuckDB, or set CUPOLA_MAX_CELLS when you trust it."
        )
    if (unpacked or 0) > MAX_UNPACKED:
        raise RunError(
            f"{path}: the table is too large when unpacked: got {unpacked} bytes; expected at most {MAX_UNPACKED}. "
            "Run the scenario again."
        )
    return rows


def _limit() -> int:
    """Cells that may be read: the cap, or what the user allows."""
    allowed = os.environ.get("CUPOLA_MAX_CELLS", "")
    return int(allowed) if allowed.isascii() and allowed.isdigit() and len(allowed) < 12 else MAX_CELLS


def _check_content(connection: Any, name: str, path: Path, spec: TableSpec) -> None:
    """Refuse values that no run writes, and more text than the memory should hold, before they are Python's."""
    asked: list[str] = []
    rules: list[tuple[str, int, str]] = []
    letters: list[int] = []
    for column in spec.columns:
        named = f'"{column.name}"'
        if column.type == "DOUBLE":
            rules.append((column.name, 0, "numbers that are finite"))
            asked.append(f"count(*) FILTER (WHERE NOT isfinite({named}))")
        elif column.type == "DATE":
            rules.append((column.name, 0, "dates from 1900 to 2200"))
            asked.append(f"count(*) FILTER (WHERE {named} < {_FIRST} OR {named} > {_LAST})")
        elif column.type == "VARCHAR":
            rules.append((column.name, MAX_TEXT, f"texts of at most {MAX_TEXT} letters"))
            asked.append(f"max(strlen({named}))")
            letters.append(len(asked))
            rules.append((column.name, MAX_LETTERS, f"at most {MAX_LETTERS} letters"))
            asked.append(f"sum(strlen({named}))")
    found = connection.execute(f"SELECT {', '.join(asked)} FROM read_parquet(?)", [name]).fetchall()[0]
    for (column_name, most, rule), got in zip(rules, found, strict=True):
        if got is not None and got > most:
            raise RunError(f"{path}: column {column_name}: got {got}; expected {rule}. Run the scenario again.")
    if sum(found[place] or 0 for place in letters) > MAX_LETTERS:
        raise RunError(f"{path}: the texts are too long together; expected at most {MAX_LETTERS} letters.")


def _values(connection: Any, name: str, path: Path, spec: TableSpec, rows: int) -> dict[str, list[Any]]:
    """The columns as lists, read in pieces; equal texts are one object."""
    columns: list[list[Any]] = [[] for _ in spec.columns]
    known: dict[str, str] = {}
    wanted = ", ".join(f'"{column.name}"' for column in spec.columns)
    held = connection.execute(f"SELECT {wanted} FROM read_parquet(?)", [name])
    while piece := held.fetchmany(CHUNK):
        if len(columns[0]) + len(piece) > rows:
            raise RunError(f"{path}: the table holds more rows than it promises. Run the scenario again.")
        for column, values in zip(columns, zip(*piece, strict=True), strict=True):
            column.extend(known.setdefault(value, value) if isinstance(value, str) else value for value in values)
    return {column.name: values for column, values in zip(spec.columns, columns, strict=True)}


def _literal(path: Path) -> str:
    """The path with the wildcards of DuckDB's file search switched off."""
    return "".join(f"[{sign}]" if sign in "[*?" else sign for sign in str(path))


def _connect(reading: bool = False) -> Any:
    import duckdb

    config: dict[str, Any] = {
        "threads": 1,
        "preserve_insertion_order": True,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    if reading:
        # Nothing is spilled to disk for a file that somebody else wrote.
        config |= {"memory_limit": MEMORY, "temp_directory": ""}
    return duckdb.connect(":memory:", config=config)
