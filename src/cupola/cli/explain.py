"""``cupola explain``: what a key means, and where its value in a scenario comes from."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cupola.base.errors import Problem, ScenarioError
from cupola.base.tables import TABLES
from cupola.cli.options import AsJson, AsOf, Settings, Waive, read
from cupola.cli.output import plain, print_json, print_text

if TYPE_CHECKING:
    from cupola.programme.programme import Trace

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
        raise ScenarioError("of the command line", [_unknown(key, table, field)])
    entry: dict[str, Any] = {"key": key, **found}
    if scenario is not None:
        programme = read(scenario, as_of, settings, waive)
        entry["in"] = {"scenario": programme.id, "as_of": programme.as_of}
        entry["values"] = [_origin(trace) for trace in programme.traces if _matches(trace.key, key)]
    if as_json:
        print_json(entry)
        return
    _print(entry)


def _input_field(table: str, field: str) -> dict[str, Any] | None:
    from cupola.scenario import field_specs

    spec = field_specs().get((table, field))
    return None if spec is None else dataclasses.asdict(spec)


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


def _matches(traced: str, key: str) -> bool:
    """Whether a trace belongs to a key; ``table.field`` takes in every id of the table."""
    if traced == key:
        return True
    table, _, field = key.partition(".")
    return "." not in field and traced.startswith(f"{table}.") and traced.endswith(f".{field}")


def _origin(trace: Trace) -> dict[str, Any]:
    hidden = [{"where": where, "value": value} for where, value in trace.hidden]
    return {"key": trace.key, "value": trace.value, "where": trace.won, "hidden": hidden}


def _print(entry: dict[str, Any]) -> None:
    for name, value in entry.items():
        if name in ("in", "values") or value in (None, "", (), []):
            continue
        shown = ", ".join(plain(item) for item in value) if isinstance(value, list | tuple) else plain(value)
        print_text(f"{name:<10} {shown}")
    if "in" in entry:
        print_text(f"\nIn {entry['in']['scenario']} as of {entry['in']['as_of']}:")
        for origin in entry["values"]:
            print_text(f"  {origin['key']} = {origin['value']}    ({origin['where']})")
            for hidden in origin["hidden"]:
                print_text(f"    in place of {hidden['value']}    ({hidden['where']})")
        if not entry["values"]:
            print_text("  not set; the default holds, if there is one")
