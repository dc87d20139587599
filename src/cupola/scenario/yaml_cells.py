"""The tree of a scenario.yaml to raw cells: top-level keys, sections, and rows of tables.

A value is plain (``altitude: 417 km``), a list of words, or a mapping
``{value, low, high, unit, source, status, note}``. Rows of a table may stand in the file too, as
``vehicles: {ID: {FIELD: value}}``; that suits a small overlay.
"""

from __future__ import annotations

from cupola.scenario.cells import Cell, Findings, Row, Tables, remedy
from cupola.scenario.fields import HEAD, SECTIONS, TABLES, table_specs
from cupola.scenario.yaml_file import Node

PARTS = frozenset({"value", "low", "high", "unit", "source", "status", "note"})
DROP = "drop"


def cells_of_yaml(root: Node, shown: str, findings: Findings) -> Tables:
    """All cells of a scenario.yaml by table, id and field; unknown keys become problems."""
    found: Tables = {}
    heads = table_specs(HEAD)
    for key, node in root.pairs or []:
        name, where = key.text, f"{shown}:{key.line}"
        if name in heads:
            cell = _cell(node, shown, name, findings)
            if cell is not None:
                found.setdefault(HEAD, {}).setdefault("", {})[name] = cell
        elif name in SECTIONS:
            if node.is_text() and not node.text:
                found[name] = {"": {DROP: Cell("remove", where)}}
            else:
                found[name] = {"": _row(node, shown, name, name, findings)}
        elif name in TABLES:
            _table(node, shown, name, findings, found)
        else:
            known = [*heads, *SECTIONS, *TABLES]
            findings.add(where, name, "is an unknown key", remedy=remedy(name, known, "Remove it or mend its name."))
    return found


def _table(node: Node, shown: str, name: str, findings: Findings, found: Tables) -> None:
    if node.pairs is None:
        findings.add(
            f"{shown}:{node.line}", name, "is not a mapping of ids to rows", remedy="Write 'ID: {FIELD: value}'."
        )
        return
    for key, value in node.pairs:
        row = _row(value, shown, name, f"{name}.{key.text}", findings)
        if "id" in table_specs(name):
            row.setdefault("id", Cell(key.text, f"{shown}:{key.line}"))
        found.setdefault(name, {})[key.text] = row


def _row(node: Node, shown: str, table: str, prefix: str, findings: Findings) -> Row:
    if node.pairs is None:
        findings.add(
            f"{shown}:{node.line}", prefix, "is not a mapping of fields", remedy="Write 'FIELD: value' below it."
        )
        return {}
    row: Row = {}
    specs = table_specs(table)
    for key, value in node.pairs:
        name, where = key.text, f"{shown}:{key.line}"
        if name == DROP and table in TABLES:
            row[DROP] = Cell(value.text, where)
        elif name not in specs:
            advice = remedy(name, specs, "Remove it or mend its name.")
            findings.add(where, f"{prefix}.{name}", "is an unknown key", remedy=advice)
        else:
            cell = _cell(value, shown, f"{prefix}.{name}", findings)
            if cell is not None:
                row[name] = cell
    return row


def _cell(node: Node, shown: str, name: str, findings: Findings) -> Cell | None:
    where = f"{shown}:{node.line}"
    if node.items is not None:
        if all(item.is_text() for item in node.items):
            return Cell("; ".join(item.text for item in node.items), where)
        findings.add(where, name, "is a list of something other than words", remedy="Write plain words in the list.")
        return None
    if node.pairs is None:
        return Cell(node.text, where)
    parts: dict[str, str] = {}
    for key, value in node.pairs:
        at = f"{shown}:{key.line}"
        if key.text not in PARTS:
            advice = remedy(key.text, sorted(PARTS))
            if key.text[:1].isdigit() or not value.text:
                # A comma within a number or a text ends the part, and what follows it looks like another key.
                advice = f"Write a number with a point, or put a text that holds a comma into quotes. {advice}"
            findings.add(at, f"{name}.{key.text}", "is an unknown key of a value", remedy=advice)
        elif not value.is_text():
            findings.add(at, f"{name}.{key.text}", "is not a plain value", remedy="Write one number or text.")
        else:
            parts[key.text] = value.text
    parts.pop("note", None)
    return Cell(parts.pop("value", ""), where, **parts)
