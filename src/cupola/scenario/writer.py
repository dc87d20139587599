"""A Programme to a scenario folder that reads back equal, up to the places of its values.

Tables are written wide; one whose numbers have sources of their own is written long. Every number is written in its
edge unit, with as many digits as give back the same double.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import math
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from cupola.base.errors import Problem, ScenarioError
from cupola.base.quantity import UNITS, Quantity
from cupola.programme.functions import Need
from cupola.programme.programme import Programme
from cupola.scenario.fields import SECTIONS, TABLES, FieldSpec, table_specs
from cupola.scenario.shipped import SCENARIO_FILE

_LONG_HEADER = ("id", "field", "value", "low", "high", "unit", "status", "source")
_RANGE = ("low", "high")


def write(programme: Programme, folder: Path) -> None:
    """Write a scenario folder. ``load(folder, as_of=programme.as_of)`` gives the programme again.

    programme   what to write, as it was known on its as-of day; what was not known then is not in it
    folder      a folder without a scenario, whose name is the programme's id; made when it is missing

    Raises ScenarioError when the folder holds a scenario already.
    """
    main = folder / SCENARIO_FILE
    if main.exists():
        problem = Problem(str(main), "scenario", "is there already", remedy="Choose another folder.")
        raise ScenarioError(programme.id, [problem])
    texts = {SCENARIO_FILE: _yaml(programme)}
    for table in TABLES:
        rows = getattr(programme, table)
        found = list(rows.values()) if isinstance(rows, dict) else list(rows)
        if found:
            texts[f"{table}.csv"] = _csv(table, found, programme)
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")


def exact(value: float, unit: str) -> str:
    """The shortest text of an SI number in an edge unit that reads back as the same double.

    >>> exact(417_000.0, "km"), exact(2_500.0, "t")
    ('417.0', '2.5')
    """
    factor = UNITS[unit][1]
    guess = value / factor
    for digits in range(1, 18):
        rounded = float(f"{guess:.{digits}g}")
        if rounded * factor == value:
            return repr(rounded)
    near = guess
    for direction in (math.inf, -math.inf):
        near = guess
        for _ in range(4):
            near = math.nextafter(near, direction)
            if near * factor == value:
                return repr(near)
    # Some doubles are no multiple of the factor; then another unit of the same dimension gives them.
    for other, (dimension, scale) in UNITS.items():
        if dimension == UNITS[unit][0] and value / scale * scale == value:
            return f"{value / scale!r} {other}"
    return repr(guess)


def _yaml(programme: Programme) -> str:
    lines = [
        f"id: {_quoted(programme.id)}",
        f"title: {_quoted(programme.title)}",
        *([f"baseline: {_quoted(programme.baseline)}"] if programme.baseline else []),
        f"waived: [{', '.join(_quoted(rule) for rule in programme.waived)}]",
    ]
    for section in SECTIONS:
        noun = getattr(programme, section)
        if noun is None:
            continue
        lines += ["", f"{section}:"]
        for name, spec in table_specs(section).items():
            value = getattr(noun, name)
            if isinstance(value, Quantity):
                lines.append(f"  {name}: {_mapping(value)}")
            elif text := _text(value, spec, programme):
                lines.append(f"  {name}: {_quoted(text)}")
    return "\n".join(lines) + "\n"


def _mapping(value: Quantity) -> str:
    parts = {"value": _with_unit(value.value, value.unit)}
    if value.low != value.high:
        parts |= {"low": _with_unit(value.low, value.unit), "high": _with_unit(value.high, value.unit)}
    parts |= {"source": value.source, "status": value.status}
    return "{" + ", ".join(f"{key}: {_quoted(text)}" for key, text in parts.items()) + "}"


def _with_unit(value: float, unit: str) -> str:
    text = exact(value, unit)
    return text if " " in text or unit == "1" else f"{text} {unit}"


def _quoted(text: str) -> str:
    """A text as YAML and JSON both write it."""
    return json.dumps(text, ensure_ascii=False)


def _csv(table: str, rows: Sequence[object], programme: Programme) -> str:
    specs = table_specs(table)
    quantities = [name for name, spec in specs.items() if spec.type == "quantity"]
    alike = all(
        (value.source, value.status) == (getattr(row, "source", ""), getattr(row, "status", ""))
        for row in rows
        for value in (getattr(row, name) for name in quantities)
        if value is not None
    )
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    if alike:
        _write_wide(writer, specs.values(), rows, programme)
    else:
        writer.writerow(_LONG_HEADER)
        for row in rows:
            _write_long(writer, specs.values(), row, programme)
    return out.getvalue()


def _write_wide(writer: Any, specs: Iterable[FieldSpec], rows: Sequence[object], programme: Programme) -> None:
    # An id cannot begin with the sign of a comment line, but a person's name in the first column could.
    ordered = sorted(specs, key=lambda spec: spec.type != "id")
    header: list[str] = []
    for spec in ordered:
        header.append(spec.field)
        if spec.type == "quantity":
            header += [f"{spec.field}_{end}" for end in _RANGE]
    writer.writerow(header)
    for row in rows:
        cells: list[str] = []
        for spec in ordered:
            value = getattr(row, spec.field)
            if isinstance(value, Quantity):
                ends = (value.low, value.high) if value.low != value.high else ()
                cells += [_with_unit(value.value, value.unit), *(_with_unit(end, value.unit) for end in ends)]
                cells += [""] * (2 - len(ends))
            else:
                cells.append(_text(value, spec, programme, row))
                cells += [""] * (2 if spec.type == "quantity" else 0)
        writer.writerow(cells)


def _write_long(writer: Any, specs: Iterable[FieldSpec], row: object, programme: Programme) -> None:
    key = row.id  # type: ignore[attr-defined]
    for spec in specs:
        value = getattr(row, spec.field)
        if isinstance(value, Quantity):
            ends = [_with_unit(end, value.unit) for end in (value.low, value.high)]
            ends = ends if value.low != value.high else ["", ""]
            writer.writerow(
                [key, spec.field, _with_unit(value.value, value.unit), *ends, "", value.status, value.source]
            )
        elif spec.field != "id" and (text := _text(value, spec, programme, row)):
            writer.writerow([key, spec.field, text, "", "", "", "", ""])


def _text(value: object, spec: FieldSpec, programme: Programme, row: object = None) -> str:
    """A value other than a quantity as it is written in a file."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float):
        unit = getattr(row, "unit", "1") if spec.unit == "@unit" else spec.unit or "1"
        return _with_unit(value, unit)
    if isinstance(value, tuple):
        return "; ".join(_part(part, programme) for part in value)
    return str(value)


def _part(part: object, programme: Programme) -> str:
    if isinstance(part, Need):
        unit = programme.functions[part.subject].unit if part.kind == "function" else "1"
        amount = f"={_with_unit(part.amount, unit)}" if part.amount else ""
        return f"{part.kind}:{part.subject}{amount}"
    return " ".join(str(piece) for piece in part) if isinstance(part, tuple) else str(part)
