"""A JSON Schema of scenario.yaml for editors: completion, hints, and most mistakes underlined while one writes.

It is made from ``fields.csv``, so it knows what the reader knows of single values: names of keys, choices, units of the
right dimension, forms of dates and ids, ranges of numbers in their own unit. What only the whole scenario tells (that
an id exists, that a value lies within its range, that dates follow each other) is left to ``cupola check``: what the
reader accepts, the schema accepts too.

Source: JSON Schema, draft 2020-12 (json-schema.org).
"""

from __future__ import annotations

import re
from typing import Any

from cupola.base.quantity import UNITS
from cupola.scenario.fields import HEAD, KEYS, OPTIONAL_SECTIONS, SECTIONS, TABLES, FieldSpec, table_specs
from cupola.scenario.yaml_cells import DROP, PARTS

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_NUMBER = r"[+-]?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
_DURATION = r"P(?=\d)(?:\d+(?:\.\d+)?Y)?(?:\d+(?:\.\d+)?M)?(?:\d+(?:\.\d+)?W)?(?:\d+(?:\.\d+)?D)?"
_DATE = r"^\s*\d{4}(?:-\d{2}(?:-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?)?)?\s*$"
_ID = r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}"
_NEED = r"(?:function|provision|store|trained|site)\s*:\s*" + _ID + r"(?:\s*=\s*[^;]+)?"
_LISTS = {
    "ids": _ID,
    "crew": r"\S+\s+\d{1,3}",
    "moves": r"\d{4}(?:-\d{2}(?:-\d{2})?)?\s+" + _ID,
    "needs": _NEED,
}
"""Type of a list -> form of one item"""


def scenario_schema() -> Schema:
    """The schema as JSON values. It holds for a scenario that stands alone and for an overlay."""
    properties = {name: _field(spec) for name, spec in table_specs(HEAD).items()}
    properties |= {section: _section(section) for section in SECTIONS}
    properties |= {table: _table(table) for table in TABLES}
    needed = {section: _required(section) for section in SECTIONS if section not in OPTIONAL_SECTIONS}
    return {
        "$schema": DIALECT,
        "title": "Scenario of a space-station programme",
        "description": "scenario.yaml of Cupola: a programme that stands alone, or an overlay that extends another.",
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        "if": {"not": {"required": ["extends"]}},
        "then": {
            "required": ["id", "title", *needed],
            "properties": {section: {"required": fields} for section, fields in needed.items()},
        },
        "$defs": _definitions(),
    }


def _required(section: str) -> list[str]:
    return [name for name, spec in table_specs(section).items() if spec.required]


def _section(section: str) -> Schema:
    known = {name: _field(spec) for name, spec in table_specs(section).items()}
    # A departure must be whole wherever it stands unless a lower scenario has one, so nothing of it is required here.
    about = f"Settings of the section {section}; an overlay gives those that it changes, or nothing to remove it."
    return {"description": about, "type": ["object", "null"], "additionalProperties": False, "properties": known}


def _table(table: str) -> Schema:
    """Rows of a table by id; ``drop: remove`` takes a row of a lower scenario away."""
    known = {name: _field(spec) for name, spec in table_specs(table).items()}
    drop = {"description": "'remove' takes away the row of a lower scenario.", "enum": ["remove", None]}
    row = {"type": "object", "additionalProperties": False, "properties": {**known, DROP: drop}}
    found: Schema = {
        "description": f"Rows of the table {table} by id; long tables stand better in {table}.csv.",
        "type": "object",
        "additionalProperties": row,
    }
    if table not in KEYS:
        found["propertyNames"] = {"pattern": f"^{_ID}$"}
    return found


def _field(spec: FieldSpec) -> Schema:
    """The schema of one field: a plain value, a mapping with its range and source, or blank where it may be."""
    forms = [*_plain(spec), _range(spec) if spec.type == "quantity" else {"$ref": "#/$defs/mapping"}]
    if spec.default or not spec.required:
        forms.append({"type": "null"})
    found: Schema = {"description": _about(spec), "anyOf": forms}
    if spec.default and not spec.default.startswith("="):
        found["default"] = spec.default.partition(";")[0].strip()
    return found


def _about(spec: FieldSpec) -> str:
    """Meaning, unit and range in words."""
    parts = [spec.meaning]
    unit = "" if spec.unit in ("", "1", "end") or spec.unit.startswith("@") else spec.unit
    if spec.low is not None and spec.high is not None:
        parts.append(f"From {spec.low:.10g} to {spec.high:.10g} {unit}".strip() + ".")
    elif unit:
        parts.append(f"In {unit}.")
    if spec.refers:
        parts.append(f"An id of {' or '.join(spec.refers)}.")
    if spec.default:
        other = spec.default.removeprefix("=")
        parts.append(f"When blank: {'that of ' if spec.default.startswith('=') else ''}{other}.")
    return " ".join(parts)


def _plain(spec: FieldSpec) -> list[Schema]:
    """The forms of a plain value."""
    if spec.choices:
        return [{"enum": list(spec.choices)}]
    if spec.type in ("quantity", "number"):
        return _numbers(spec)
    if spec.type == "integer":
        digits = {"type": "string", "pattern": r"^\s*[+-]?\d{1,18}\s*$"}
        return [{"type": "integer", **_limits(spec)}, digits]
    if spec.type in ("date", "yesno", "id"):
        return [{"$ref": f"#/$defs/{spec.type}"}]
    if spec.type in _LISTS or spec.type == "clauses":
        return [{"$ref": f"#/$defs/{spec.type}"}]
    return [{"$ref": "#/$defs/text"}]


def _numbers(spec: FieldSpec) -> list[Schema]:
    """A bare number within its range, or one with a unit of its dimension."""
    return [{"type": "number", **_limits(spec)}, {"$ref": f"#/$defs/{_measure(spec)}"}]


def _limits(spec: FieldSpec) -> Schema:
    """The hard range of a bare number, with the slack that the reader grants to rounding."""
    if spec.low is None or spec.high is None:
        return {}
    slack = 0.0 if spec.type == "integer" else 1e-9 * max(abs(spec.low), abs(spec.high))
    low, high = spec.low - slack, spec.high + slack
    if spec.unit.startswith("@"):
        # The unit stands in another row, so that the bare number may be in any.
        return {}
    return {"minimum": low, "maximum": high}


def _range(spec: FieldSpec) -> Schema:
    """A number as a mapping; a bare one in it may be in the unit beside it, so that only its form is known."""
    ends = {"anyOf": [{"type": ["number", "null"]}, {"$ref": f"#/$defs/{_measure(spec)}"}]}
    words = {"type": ["string", "number", "boolean", "null"]}
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "value": {"description": f"The value. {spec.meaning}", **ends},
            "low": {"description": "Lower end of the range in which it may lie.", **ends},
            "high": {"description": "Upper end of the range in which it may lie.", **ends},
            "unit": {"description": "Unit of bare numbers here.", "enum": [*_units(spec), None]},
            "source": {"description": "Where the number comes from: title, publisher, year.", **words},
            "status": {
                "description": "F: a text with the number was found; K: general knowledge.",
                "enum": ["F", "K", None],
            },
            "note": words,
        },
    }


def _units(spec: FieldSpec) -> list[str]:
    """Units of a field's dimension; all of them where the unit stands in another row."""
    if spec.unit.startswith("@"):
        return list(UNITS)
    wanted = UNITS[spec.unit or "1"][0]
    return [unit for unit, (dimension, _) in UNITS.items() if dimension == wanted]


def _measure(spec: FieldSpec) -> str:
    """Name of the definition that a number with a unit follows."""
    return "measure_any" if spec.unit.startswith("@") else f"measure_{UNITS[spec.unit or '1'][0].replace(' ', '_')}"


def _definitions() -> Schema:
    """The forms that many fields share."""
    scalar = {"type": ["string", "number", "boolean"]}
    blank = {"type": ["string", "number", "boolean", "null"]}
    found: Schema = {
        "text": scalar,
        "id": {"anyOf": [{"type": "string", "pattern": rf"^\s*{_ID}\s*$"}, {"type": "integer", "minimum": 0}]},
        "date": {
            "anyOf": [{"type": "string", "pattern": _DATE}, {"type": "integer", "minimum": 1950, "maximum": 2150}]
        },
        "yesno": {
            "anyOf": [
                {"enum": ["yes", "no"]},
                {"type": "boolean"},
                {
                    "type": "string",
                    "pattern": r"^\s*(?:[Yy][Ee][Ss]|[Nn][Oo]|[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee])\s*$",
                },
            ]
        },
        "clauses": {"anyOf": [scalar, {"type": "array", "items": scalar}]},
        "mapping": {
            "type": "object",
            "additionalProperties": False,
            "properties": {name: blank for name in sorted(PARTS)},
        },
    }
    for name, item in _LISTS.items():
        whole = {"type": "string", "pattern": rf"^\s*(?:{item}\s*(?:;\s*(?:{item})?\s*)*)?$"}
        found[name] = {"anyOf": [whole, {"type": "array", "items": {"type": "string", "pattern": rf"^\s*{item}\s*$"}}]}
        if name == "ids":
            found[name]["anyOf"].append({"type": "integer", "minimum": 0})
    by_dimension: dict[str, list[str]] = {"any": list(UNITS)}
    for unit, (dimension, _) in UNITS.items():
        by_dimension.setdefault(dimension.replace(" ", "_"), []).append(unit)
    for dimension, units in by_dimension.items():
        ends = "|".join(re.escape(unit).replace(r"\ ", " ") for unit in units)
        forms = rf"{_NUMBER}\s*(?:{ends})?" + (f"|{_DURATION}" if dimension in ("time", "any") else "")
        found[f"measure_{dimension}"] = {"type": "string", "pattern": rf"^\s*(?:{forms})\s*$"}
    return found
