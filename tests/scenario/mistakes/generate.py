"""Writes ``by_fields.csv``: for every field of the specification, the mistakes that its type allows.

Run ``python tests/scenario/mistakes/generate.py`` after fields.csv was changed.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from cupola.scenario.fields import KEYS, SECTIONS, TABLES, FieldSpec, field_specs  # noqa: E402
from cupola.scenario.shipped import DATA  # noqa: E402
from scenario.mistakes.seeding import COLUMNS, Table  # noqa: E402

STATION, OVERLAY = "iss", "iss-russia-leaves"
ABOVE_ANY_RANGE = "9e11"


def rows(station: str = STATION, overlay: str = OVERLAY) -> Iterator[dict[str, str]]:
    """Every row of the table: the fields of a station's files, and those of a departure in an overlay."""
    for spec in field_specs().values():
        place = _place(spec, station, overlay)
        if place is None:
            continue
        for kind, change, value, words in _kinds(spec):
            key = f"{spec.table}.{{row}}.{{field}}" if spec.table in TABLES else f"{spec.table}.{{field}}"
            if spec.field in KEYS.get(spec.table, ()):
                key = f"{spec.table}.*"
            elif kind == "missing id":
                key = f"{spec.table}.id"
            elif spec.field == "id" and spec.table in TABLES and change == "set":
                key = f"{spec.table}.{value}.id"
            if change == "set" and not value:
                continue
            yield {
                "id": f"{spec.table}.{spec.field}: {kind}",
                "scenario": place["scenario"],
                "file": place["file"],
                "row": place["row"],
                "field": spec.field,
                "change": change,
                "value": value,
                "key": key,
                "words": words,
            }


def _place(spec: FieldSpec, station: str, overlay: str) -> dict[str, str] | None:
    """Where a shipped scenario gives the field, and what it says there; None when it does not."""
    scenario = overlay if spec.table == "departure" else station
    found = {"scenario": scenario, "file": f"{spec.table}.csv", "row": ""}
    if spec.table in SECTIONS:
        text = (DATA / scenario / "scenario.yaml").read_text(encoding="utf-8")
        given = re.search(rf"^{spec.table}:", text, re.MULTILINE)
        return {**found, "file": "scenario.yaml", "row": spec.table} if given else None
    path = DATA / station / f"{spec.table}.csv"
    if spec.table not in TABLES or not path.is_file():
        return None
    table = Table(path)
    given = any(cells[1] == spec.field for cells in table.rows) if table.long else spec.field in table.header
    return found if given and table.rows else None


def _kinds(spec: FieldSpec) -> Iterator[tuple[str, str, str, str]]:
    """(kind, change, value, words) of the mistakes that the field's type allows."""
    if spec.required and spec.field == "id":
        yield "missing id", "blank", "", "missing"
    elif spec.required:
        yield "missing", "blank", "", "missing" if spec.type != "quantity" or spec.table in TABLES else ""
    if spec.type in ("quantity", "number"):
        yield from _numbers(spec)
    elif spec.type == "integer":
        yield "not whole", "set", "1.5", "1.5"
        yield "out of range", "set", "999999999999", "range"
    elif spec.type == "date":
        yield "no date of the calendar", "set", "2022-02-30", "date"
        yield "another order of the date", "set", "26.07.2022", "2022-07-26"
        yield "unknown century", "set", "1800-01-01", "years"
    elif spec.type == "yesno":
        yield "neither", "set", "maybe", "yes or no"
    elif spec.type == "choice":
        near = spec.choices[0] + spec.choices[0][-1]
        yield "misspelt", "set", near, spec.choices[0]
        yield "unknown", "set", "qqqq", "choice"
    elif spec.type in ("id", "ids") and spec.refers:
        yield "misspelt reference", "set", "{old}q", "names nothing"
        yield "reference to nothing", "set", "qqqq-qqqq", "names nothing"
        yield "no id", "set", "no id!", "id"
    elif spec.type == "id":
        yield "no id", "set", "no id!", "id"
    elif spec.type == "crew":
        yield "crew of nobody", "set", "qqqq 1", "names nothing"
        yield "no crew", "set", "two people", "crew"
    elif spec.type == "moves":
        yield "move on no day", "set", "2022-02-30 here", "date"
        yield "no move", "set", "here", "relocation"
    elif spec.type == "needs":
        yield "need of nothing", "set", "function:qqqq", "does not exist"
        yield "no need", "set", "functions:power", "need"
    elif spec.type in ("text", "clauses") and spec.field not in ("unit", "subject", "commodity", "system"):
        yield "text too long", "set", "LONG" if spec.required else "", "too long"


def _numbers(spec: FieldSpec) -> Iterator[tuple[str, str, str, str]]:
    yield "not a number", "set", "heavy", "number"
    yield "not finite", "set", "nan", "number"
    yield "unknown unit", "set", "1 furlong", "unit"
    other = "kPa" if spec.unit.startswith("@") else "km" if spec.unit != "km" else "kg"
    other = "m2" if other == "km" and spec.unit == "m" else other
    yield "unit of another dimension", "set", f"1 {other}", "unit"
    if spec.low is not None:
        yield "above its range", "set", ABOVE_ANY_RANGE, "above"
        yield "below its range", "set", "-1" if spec.low > -1 else f"-{ABOVE_ANY_RANGE}", "below"


def main() -> None:
    """Write the table beside this file."""
    with (HERE / "by_fields.csv").open("w", encoding="utf-8", newline="") as file:
        file.write("# Made by tests/scenario/mistakes/generate.py from fields.csv.\n")
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows())


if __name__ == "__main__":
    main()
