"""An outlook as ``cupola outlook --json`` prints it, read back to be shown in a report. Nothing in it is trusted."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cupola.base.errors import RunError
from cupola.results.run import check_file, no_constant, no_doubles

MAX_BYTES = 10_000_000
MAX_ROWS = 500
MAX_TEXT = 4_000
_DATE, _DAY_OR_NONE, _TEXT, _TRUTH, _DAYS = (
    "a date",
    "a date or null",
    "a text",
    "true or false",
    "a whole number or null",
)
_ANY = "a text or null"
_KINDS: dict[str, tuple[type, ...]] = {
    _TEXT: (str,),
    _TRUTH: (bool,),
    _DAYS: (int, type(None)),
    _ANY: (str, type(None)),
}
_ROW: dict[str, Any] = {
    "date": _DATE,
    "flown_as_of": _DATE,
    "flown_to": _DATE,
    "crewed_end": _DAY_OR_NONE,
    "reentry": _DAY_OR_NONE,
    "planned_end": _DAY_OR_NONE,
    "planned_reentry": _DAY_OR_NONE,
    "why": _TEXT,
    "reboost": _TEXT,
    "reboost_after": _TEXT,
    "changes": _TRUTH,
    "flown_before": _TRUTH,
    "statements": [{"speaker": _TEXT, "firmness": _TEXT, "effect": _TEXT, "source": _TEXT}],
    "others": [{"clause": _TEXT, "speaker": _TEXT, "crewed_end": _DAY_OR_NONE}],
    "moved_by_statement": [{"what": _TEXT, "from": _ANY, "to": _ANY, "days": _DAYS}],
}
"""What a report needs of a row; other keys are left out."""


@dataclass(frozen=True)
class SavedOutlook:
    """An outlook that was read back; rows are those of ``cupola.analysis.outlook``, oldest first, fewer keys."""

    scenario: str
    first: dt.date
    last: dt.date
    rows: list[dict[str, Any]]


def read_outlook(path: str | Path) -> SavedOutlook:
    """Read the file. Raises RunError that says what is missing, too large, or of another form."""
    file = Path(path)
    advice = "Write it with: cupola outlook SCENARIO --from DATE --json > FILE"
    if not file.is_file():
        raise RunError(f"{file}: there is no such file. {advice}")
    check_file(file, MAX_BYTES)
    try:
        data = json.loads(file.read_text(encoding="utf-8"), parse_constant=no_constant, object_pairs_hook=no_doubles)
        found: dict[str, Any] = _fit(data, {"scenario": _TEXT, "from": _DATE, "to": _DATE, "outlook": [_ROW]}, "")
    except (ValueError, RecursionError) as error:
        raise RunError(f"{file}: is no outlook: {str(error)[:200]}. {advice}") from error
    return SavedOutlook(found["scenario"], found["from"], found["to"], found["outlook"])


def _fit(value: Any, form: Any, where: str) -> Any:
    """The value in its form, dates as dates. Raises ValueError that names the place."""
    if isinstance(form, dict):
        if not isinstance(value, dict):
            raise ValueError(f"{where or 'the file'} is no mapping")
        return {key: _fit(value.get(key), inner, f"{where}.{key}".lstrip(".")) for key, inner in form.items()}
    if isinstance(form, list):
        if not isinstance(value, list) or len(value) > MAX_ROWS:
            raise ValueError(f"{where} is no list of at most {MAX_ROWS} rows")
        return [_fit(item, form[0], f"{where}[{number}]") for number, item in enumerate(value)]
    if form in (_DATE, _DAY_OR_NONE):
        return _day(value, form, where)
    kinds = _KINDS[form]
    if (
        not isinstance(value, kinds)
        or (isinstance(value, bool) and form != _TRUTH)
        or (isinstance(value, str) and len(value) > MAX_TEXT)
    ):
        raise ValueError(f"{where} is not {form}")
    return value


def _day(value: Any, form: str, where: str) -> dt.date | None:
    if value is None and form == _DAY_OR_NONE:
        return None
    try:
        return dt.date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        raise ValueError(f"{where} is not {form}") from None
