"""What the verbs print: JSON for programs, aligned text for people, and the log.

Text from a scenario or a run is printed without control characters, so that a file cannot steer the terminal.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import os
import shutil
import sys
import textwrap
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

LINE = 100
"""Width of text when there is no terminal to ask, and the widest table on one that is wider."""


def width() -> int:
    """Columns to print in: those of the terminal, from 40 to 100."""
    return max(40, min(LINE, shutil.get_terminal_size((LINE, 24)).columns))


def colour() -> bool:
    """Whether to colour: only on a terminal, and never when NO_COLOR is set (https://no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def log(text: str) -> None:
    """One line of progress, on stderr."""
    print(plain(text), file=sys.stderr, flush=True)


def plain(value: object) -> str:
    """A cell as text: ISO dates, short numbers, no control characters."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        if math.isnan(value):
            return ""
        return f"{value:.0f}" if 1e5 <= abs(value) < 1e15 else f"{value:.6g}"
    text = str(value)
    return "".join(" " if not character.isprintable() else character for character in text)


def print_text(text: str) -> None:
    """Lines for people; line breaks stay, other control characters go."""
    print("\n".join(plain(line) for line in text.split("\n")))


def as_json(value: object) -> object:
    """A value as JSON knows it: ISO dates, paths as text, NaN as null, NumPy scalars as Python numbers."""
    if isinstance(value, Mapping):
        return {str(key): as_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [as_json(item) for item in value]
    if isinstance(value, dt.date):
        return value.isoformat()[:10]
    if isinstance(value, Path):
        return str(value)
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if hasattr(value, "tolist"):
        return as_json(value.tolist())
    return str(value)


def print_json(value: object) -> None:
    """One JSON document on stdout."""
    print(json.dumps(as_json(value), indent=2, ensure_ascii=False, allow_nan=False))


def print_table(columns: Sequence[str], rows: Sequence[Mapping[str, Any]], *, empty: str) -> None:
    """Rows in aligned columns; the last column takes what room is left and is wrapped.

    columns     keys of the rows, which are also the headings
    empty       what to print when there are no rows
    """
    if not rows:
        print(empty)
        return
    cells = [[plain(row.get(column)) for column in columns] for row in rows]
    share = max(8, width() // 3)
    wide = [
        min(share, max(len(column), *(len(row[index]) for row in cells))) for index, column in enumerate(columns[:-1])
    ]
    last = max(20, width() - sum(wide) - 2 * len(wide))
    _print_row(list(columns), wide, last)
    for row in cells:
        _print_row(row, wide, last)


def _print_row(cells: Sequence[str], wide: Sequence[int], last: int) -> None:
    blocks = [textwrap.wrap(cell, room) or [""] for cell, room in zip(cells, [*wide, last], strict=True)]
    for line in range(max(len(block) for block in blocks)):
        parts = [block[line] if line < len(block) else "" for block in blocks]
        print("  ".join(part.ljust(room) for part, room in zip(parts, [*wide, 0], strict=True)).rstrip())
