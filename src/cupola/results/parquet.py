"""The one door to DuckDB: checked columns to a Parquet file and back.

One thread, fixed order and fixed compression: equal tables give equal bytes for one DuckDB version.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cupola.base.errors import RunError
from cupola.base.tables import TableSpec
from cupola.results.check import Checked

MAX_CELLS = 40_000_000
"""A table with more cells than this is not read into memory; 100 futures of ten years by day have 7 million."""


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

    Raises RunError when the file is no Parquet, lacks a column, has a column of another type, or is too large.
    """
    import duckdb

    connection = _connect()
    try:
        name = _literal(path)
        found = {row[0]: row[1] for row in connection.execute("DESCRIBE FROM read_parquet(?)", [name]).fetchall()}
        for column in spec.columns:
            if found.get(column.name) != column.type:
                raise RunError(
                    f"{path}: column {column.name} is {found.get(column.name, 'missing')}; expected {column.type}. "
                    "Run the scenario again."
                )
        rows = connection.execute("SELECT sum(num_rows) FROM parquet_file_metadata(?)", [name]).fetchall()[0][0]
        if rows * len(spec.columns) > MAX_CELLS:
            raise RunError(
                f"{path}: the table is too large to be read at once: got {rows} rows of {len(spec.columns)} columns; "
                f"expected at most {MAX_CELLS} cells. Query the file with DuckDB instead."
            )
        wanted = ", ".join(f'"{column.name}"' for column in spec.columns)
        held = connection.execute(f"SELECT {wanted} FROM read_parquet(?)", [name]).fetchall()
    except duckdb.Error as error:
        raise RunError(f"{path}: not a readable table: {str(error)[:200]}. Run the scenario again.") from error
    finally:
        connection.close()
    columns = zip(*held, strict=True) if held else ((),) * len(spec.columns)
    return {column.name: list(values) for column, values in zip(spec.columns, columns, strict=True)}


def _literal(path: Path) -> str:
    """The path with the wildcards of DuckDB's file search switched off."""
    return "".join(f"[{sign}]" if sign in "[*?" else sign for sign in str(path))


def _connect() -> Any:
    import duckdb

    return duckdb.connect(
        ":memory:",
        config={
            "threads": 1,
            "preserve_insertion_order": True,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        },
    )
