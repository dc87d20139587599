"""A table as CSV for a spreadsheet, with cells that a spreadsheet would run as formulae made harmless."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

_FORMULA_SIGNS = ("=", "+", "-", "@", "|", "%", "\t", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""Also the wide forms of the first four, by which some spreadsheets know a formula too."""


def to_csv(table: Mapping[str, Sequence[Any]]) -> str:
    """A table as CSV text: header first, empty cells for what is missing, ISO dates, ``true``/``false``.

    Text that begins with a sign by which spreadsheets know a formula gets an apostrophe before it; numbers do not.
    Source: OWASP, CSV Injection.

    >>> print(to_csv({"id": ["=1+1", "a"], "value": [-1.5, None]}), end="")
    id,value
    '=1+1,-1.5
    a,
    """
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow([_cell(name) for name in table])
    for row in zip(*table.values(), strict=True):
        writer.writerow([_cell(value) for value in row])
    return target.getvalue()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        # A formula may hide behind blanks, which spreadsheets strip; a lone carriage return would end the row.
        value = value.replace("\r", " ")
        return f"'{value}" if value.lstrip(" \u00a0\u3000\ufeff\u200b").startswith(_FORMULA_SIGNS) else value
    return repr(value) if isinstance(value, float) else str(value)
