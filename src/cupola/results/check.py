"""Is a table what its specification says? Columns present, types right, no NaN, equal lengths.

The answer is a set of NumPy arrays with a mask of what is missing, ready to be written.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cupola.base.errors import InvariantError
from cupola.base.tables import Column, TableSpec

_EPOCH = dt.date(1970, 1, 1)
_LONGEST_TEXT = 20_000
_INT32 = 2**31


@dataclass(frozen=True)
class Checked:
    """One column as it is written: values of one type, and where there is none."""

    values: NDArray[Any]
    """float64, int32, bool, object (text), or int32 days since 1970-01-01 for dates"""
    missing: NDArray[np.bool_]


def check_table(spec: TableSpec, table: Mapping[str, Sequence[Any]]) -> dict[str, Checked]:
    """Check a table against its specification.

    table      column name -> sequence or array; missing values are None (or NaT, or masked)
    returns    column name -> checked column, in the order of the specification

    Raises InvariantError that names the table, the column and the first wrong row.
    """
    wanted = [column.name for column in spec.columns]
    lost = [name for name in wanted if name not in table]
    strange = [name for name in table if name not in wanted]
    if lost or strange:
        parts = [f"lacks {', '.join(lost)}"] if lost else []
        parts += [f"has the unknown {', '.join(strange)}"] if strange else []
        raise InvariantError(f"table {spec.name}: {'; '.join(parts)}; expected the columns {', '.join(wanted)}.")
    lengths = {name: len(table[name]) for name in wanted}
    if len(set(lengths.values())) > 1:
        raise InvariantError(f"table {spec.name}: the columns differ in length: got {lengths}.")
    return {column.name: _check_column(spec.name, column, table[column.name]) for column in spec.columns}


def _check_column(table: str, column: Column, data: Any) -> Checked:
    if column.type == "DOUBLE" and isinstance(data, np.ndarray) and data.dtype.kind in "fiu":
        # Long series come as plain arrays; they need no pass over Python objects.
        missing = np.array(np.ma.getmaskarray(data), dtype=np.bool_)
        values = np.where(missing, 0.0, np.ma.getdata(data)).astype(np.float64)
        bad = np.nonzero(~np.isfinite(values))[0]
        if bad.size:
            raise _wrong(table, column, int(bad[0]), values[bad[0]])
        return Checked(values, missing)
    cells = [None if cell is np.ma.masked else cell for cell in _plain(data)]
    missing = np.array([cell is None for cell in cells], dtype=np.bool_)
    convert, dtype, blank = _CONVERTERS[column.type]
    converted = []
    for row, cell in enumerate(cells):
        value = blank if cell is None else convert(cell)
        if value is None:
            raise _wrong(table, column, row, cell)
        converted.append(value)
    values = np.empty(len(converted), dtype=dtype)
    values[:] = converted
    return Checked(values, missing)


def _plain(data: Any) -> list[Any]:
    """Cells as Python values: dates as datetime.date, NaT and masked cells as None."""
    if isinstance(data, np.ndarray):
        if data.dtype.kind == "M":
            data = data.astype("datetime64[D]")
        plain: list[Any] = data.tolist()
        return plain
    return [cell.astype("datetime64[D]").item() if isinstance(cell, np.datetime64) else cell for cell in data]


def _wrong(table: str, column: Column, row: int, got: object) -> InvariantError:
    return InvariantError(
        f"table {table}, column {column.name}, row {row}: got {str(got)[:60]!r}; expected {column.type}"
        f"{' (finite)' if column.type == 'DOUBLE' else ''} or None."
    )


def _double(cell: Any) -> float | None:
    if isinstance(cell, bool | np.bool_) or not isinstance(cell, int | float | np.integer | np.floating):
        return None
    return float(cell) if math.isfinite(cell) else None


def _integer(cell: Any) -> int | None:
    if isinstance(cell, bool | np.bool_) or not isinstance(cell, int | float | np.integer | np.floating):
        return None
    whole = math.isfinite(cell) and float(cell).is_integer() and -_INT32 <= cell < _INT32
    return int(cell) if whole else None


def _text(cell: Any) -> str | None:
    # A null character would end the text in some readers of Parquet.
    return str(cell) if isinstance(cell, str) and len(cell) <= _LONGEST_TEXT and "\0" not in cell else None


def _day(cell: Any) -> int | None:
    return (cell - _EPOCH).days if isinstance(cell, dt.date) and not isinstance(cell, dt.datetime) else None


def _yes_no(cell: Any) -> bool | None:
    return bool(cell) if isinstance(cell, bool | np.bool_) else None


_CONVERTERS: dict[str, tuple[Any, Any, Any]] = {
    "DOUBLE": (_double, np.float64, 0.0),
    "INTEGER": (_integer, np.int32, 0),
    "VARCHAR": (_text, object, ""),
    "DATE": (_day, np.int32, 0),
    "BOOLEAN": (_yes_no, np.bool_, False),
}
