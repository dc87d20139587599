"""``cupola explain``: what a key means, and where its value in a scenario comes from."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cupola.base.errors import Problem, ScenarioError
from cupola.base.quantity import Quantity
from cupola.base.tables import TABLES
from cupola.cli.options import AsJson, AsOf, Settings, Waive, read
from cupola.cli.output import plain, print_json, print_text

if TYPE_CHECKING:
    from cupola.programme.programme import Programme, Trace

Key = Annotated[
    str,
    typer.Argument(
        metavar="KEY",
        help="section.field, table.field, table.id.field, or a result's table.column.",
        show_default=False,
    ),
]
In = Annotated[
    str | None, typer.Option("--in", metavar="SCENARIO", help="Also say the value in this scenario, and its origin.")
]


def explain(
    key: Key,
    scenario: In = None,
    as_of: AsOf = None,
    settings: Settings = None,
    waive: Waive = None,
    as_json: AsJson = False,
) -> None:
    """Say what a key means and who set it.

    Unit, default, allowed range and meaning; with --in also its value and the file that gave it.
    """
    table, field = key.partition(".")[0], key.rpartition(".")[2]
    found = _input_field(table, field) or _result_column(table, field)
    if found is None:
        raise ScenarioError("", [_unknown(key, table, field)])
    entry: dict[str, Any] = {"key": key, **found}
    if _input_field(table, field):
        entry["used in"] = _used_in(table, field)
    if scenario is not None:
        programme = read(scenario, as_of, settings, waive)
        entry["in"] = {"scenario": programme.id, "as_of": programme.as_of}
        entry["values"] = _values(programme, key, table, field)
    if as_json:
        print_json(entry)
        return
    _print(entry)


def _used_in(table: str, field: str) -> list[str]:
    """Modules of the package that read the field from its noun, by their text; more than eight are cut."""
    import re
    from importlib.resources import files

    root = files("cupola")
    read = re.compile(rf"\.{re.escape(field)}\b")
    named = re.compile(rf"\b{re.escape(table)}\b|\b{re.escape(table.rstrip('s'))}\b")
    found = []
    for room in ("simulation", "simulation/processes", "analysis"):
        for path in sorted((entry for entry in root.joinpath(room).iterdir() if entry.name.endswith(".py")), key=str):
            text = path.read_text(encoding="utf-8")
            if read.search(text) and named.search(text):
                found.append(f"{room}/{path.name}")
    return [*found[:8], *(["and more"] if len(found) > 8 else [])]


def _input_field(table: str, field: str) -> dict[str, Any] | None:
    from cupola.scenario import field_specs

    spec = field_specs().get((table, field))
    if spec is None:
        return None
    found = dataclasses.asdict(spec)
    if spec.type == "date":
        # The specification keeps there how a partial date is read.
        found["partial"] = f"a year or a month counts as its {'last' if spec.unit == 'end' else 'first'} day"
        found["unit"] = ""
    return found


def _result_column(table: str, field: str) -> dict[str, Any] | None:
    if table not in TABLES:
        return None
    for column in TABLES[table].columns:
        if column.name == field:
            return {"table": table, "field": field, "type": column.type, "unit": column.unit, "meaning": column.meaning}
    return None


def _unknown(key: str, table: str, field: str) -> Problem:
    from cupola.scenario import field_specs

    names = [*field_specs(), *((name, column.name) for name, spec in TABLES.items() for column in spec.columns)]
    same_table = sorted({other for name, other in names if name == table})
    same_field = sorted({f"{name}.{other}" for name, other in names if other == field})
    hint = f"Fields of {table}: {', '.join(same_table)}." if same_table else "See docs/reference for all keys."
    if same_field and not same_table:
        hint = f"Did you mean {' or '.join(same_field[:6])}?"
    return Problem("KEY", key[:80], "there is no such key", remedy=hint)


def _values(programme: Programme, key: str, table: str, field: str) -> list[dict[str, Any]]:
    """What a key is in each row that it takes in, and where that comes from; ``table.field`` takes in every row.

    Raises ScenarioError when the key names a row that the scenario has not, or has not yet on the as-of day.
    """
    rows = _rows(programme, table)
    name = key[len(table) + 1 : -len(field) - 1]
    if name and name not in rows:
        from cupola.scenario.cells import remedy

        what = f"names no row that is known on {programme.as_of}"
        problem = Problem("KEY", key[:80], what, name[:60], "", remedy(name, rows, f"{len(rows)} rows are known."))
        raise ScenarioError(programme.id, [problem])
    traces = {trace.key: trace for trace in programme.traces}
    found = []
    for row, noun in rows.items():
        if name in ("", row) and hasattr(noun, field):
            dotted = ".".join(part for part in (table, row, field) if part)
            found.append(_origin(programme, dotted, getattr(noun, field), noun, traces.get(dotted)))
    return found


def _rows(programme: Programme, table: str) -> dict[str, Any]:
    """The nouns of a table by their key; that of a section, and the programme itself, under an empty one."""
    from cupola.scenario.fields import HEAD, key_fields

    held = programme if table == HEAD else getattr(programme, table, None)
    if isinstance(held, dict):
        return held
    if isinstance(held, tuple):
        return {" ".join(str(getattr(row, part)) for part in key_fields(table)): row for row in held}
    return {} if held is None else {"": held}


def _origin(programme: Programme, key: str, value: object, noun: object, trace: Trace | None) -> dict[str, Any]:
    """One value with the file and line that gave it, its source, and what it hides."""
    source = value.source if isinstance(value, Quantity) else getattr(noun, "source", "")
    if trace is not None:
        hidden = [{"where": where, "value": below} for where, below in trace.hidden]
        return {"key": key, "value": trace.value, "where": trace.won, "hidden": hidden, "source": source}
    from cupola.scenario import field_specs
    from cupola.scenario.difference import in_words
    from cupola.scenario.fields import SECTIONS

    table, field = key.partition(".")[0], key.rpartition(".")[2]
    unit = field_specs()[table, field].unit
    words = in_words(value, str(getattr(noun, "unit", "1")) if unit.startswith("@") else unit, programme)
    where = value.where if isinstance(value, Quantity) else ""
    where = where or getattr(noun, "where", "") or ("default" if table in SECTIONS else "")
    return {"key": key, "value": words, "where": where, "hidden": [], "source": source}


def _print(entry: dict[str, Any]) -> None:
    for name, value in entry.items():
        if name in ("in", "values") or value in (None, "", (), []):
            continue
        shown = ", ".join(plain(item) for item in value) if isinstance(value, list | tuple) else plain(value)
        print_text(f"{name:<10} {shown}")
    if "in" in entry:
        print_text(f"\nIn {entry['in']['scenario']} as of {entry['in']['as_of']}:")
        for origin in entry["values"]:
            place = f"    ({origin['where']})" if origin["where"] else ""
            print_text(f"  {origin['key']} = {origin['value']}{place}")
            for hidden in origin["hidden"]:
                print_text(f"    in place of {hidden['value']}    ({hidden['where']})")
            if len(entry["values"]) == 1 and origin["source"]:
                print_text(f"    source: {origin['source']}")
        if not entry["values"]:
            print_text("  not set")
