"""Raw rows to typed rows: every field of every table, with its default, by ``fields.csv``."""

from __future__ import annotations

import datetime as dt

from cupola.base.quantity import BY_DEFAULT, UNITS, Quantity
from cupola.scenario.cells import Cell, Findings, Row, Tables
from cupola.scenario.convert import Converter
from cupola.scenario.fields import (
    HEAD,
    OPTIONAL_SECTIONS,
    SECTIONS,
    TABLES,
    FieldSpec,
    key_fields,
    table_specs,
)
from cupola.scenario.typed import TypedRow, TypedTables

ALWAYS = dt.date(1950, 1, 1)
"""The first day of what has no first day, such as a control centre's service."""
_EMPTY: dict[str, object] = {
    "text": "", "id": "", "ids": (), "crew": (), "moves": (), "clauses": (), "needs": (),
    "date": None, "number": None, "quantity": None,
}  # fmt: skip
_SECOND_CHOICE = {"owner": "operator", "attached": "since"}


class Rows:
    """Types all tables of a scenario."""

    def __init__(self, merged: Tables, as_of: dt.date, main_file: str, findings: Findings) -> None:
        self.merged, self.as_of, self.main_file, self.findings = merged, as_of, main_file, findings
        self.converter = Converter(findings, self._function_unit)

    def typed(self, complete: bool = True) -> TypedTables:
        """Every table and section; wrong or missing values are noted and left out.

        When a scenario.yaml could not be read (not ``complete``), its missing sections are no news.
        """
        found: TypedTables = {}
        for table in (HEAD, *SECTIONS):
            if table in self.merged:
                found[table] = {"": self._row(table, "", self.merged[table][""])}
            elif complete and table not in OPTIONAL_SECTIONS:
                advice = f"Write the section with its fields: {', '.join(table_specs(table))}."
                what = "is a missing section" if table != HEAD else "has no id and no title"
                self.findings.add(self.main_file, table, what, remedy=advice)
        for table in TABLES:
            rows = self.merged.get(table, {})
            found[table] = {key: self._row(table, key, row) for key, row in rows.items()}
        for table in TABLES:
            self._derive(table, found)
        return found

    def _row(self, table: str, key: str, cells: Row) -> TypedRow:
        if table in TABLES:
            cells = self._with_row_source(table, cells)
        where = next((cell.where for cell in cells.values()), self.main_file)
        row = TypedRow(table, key, where, cells)
        for name, spec in table_specs(table).items():
            cell = cells.get(name)
            if cell is None or not (cell.text or cell.low or cell.high):
                self._default(row, spec, cell)
                continue
            value = self._value(cell, spec, row)
            if value is not None:
                row.values[name] = value
        self._own_defaults(row)
        if table in TABLES and key_fields(table) == ("id",):
            row.values.setdefault("id", key)
        return row

    def _with_row_source(self, table: str, cells: Row) -> Row:
        """A table in the long form gives each value its own source; the row then names them all."""
        specs = table_specs(table)
        if "source" not in specs or "source" in cells:
            return cells
        given = [cell for cell in cells.values() if cell.source]
        if not given:
            return cells
        where = given[0].where
        sources = dict.fromkeys(cell.source for cell in given)
        more = {"source": Cell(" | ".join(sources), where)}
        if "status" in specs and "status" not in cells:
            more["status"] = Cell("F" if all(cell.status == "F" for cell in given) else "K", where)
        return {**cells, **more}

    def _value(self, cell: Cell, spec: FieldSpec, row: TypedRow) -> object:
        key = row.key(spec.field)
        if spec.type not in ("quantity", "number"):
            return self.converter.value(cell, spec, key)
        unit = self._unit(spec, row)
        if not unit:
            return None
        if spec.type == "quantity":
            return self.converter.quantity(cell, spec, key, unit)
        return self.converter.number(cell, cell.text, spec, key, unit, cell.unit or unit)

    def _unit(self, spec: FieldSpec, row: TypedRow) -> str:
        """The edge unit of a number; empty when the row that should name it is itself wrong."""
        if not spec.unit.startswith("@"):
            return spec.unit or "1"
        field, _, other = spec.unit[1:].partition(".")
        cell = row.cells.get(field)
        if other:
            return self._function_unit(cell.text) if cell else ""
        unit = cell.text if cell else table_specs(row.table)[field].default
        return unit if unit in UNITS else ""

    def _function_unit(self, function: str) -> str:
        cell = self.merged.get("functions", {}).get(function, {}).get("unit")
        return cell.text if cell is not None and cell.text in UNITS else ""

    def _default(self, row: TypedRow, spec: FieldSpec, cell: Cell | None) -> None:
        name = spec.field
        if spec.default == "=as_of":
            row.values[name] = self.as_of
        elif spec.default.startswith("="):
            return
        elif spec.default:
            parts = [part.strip() for part in spec.default.split(";")]
            low, high = (parts[1], parts[2]) if len(parts) == 3 else ("", "")
            source = "general knowledge" if low else BY_DEFAULT
            where = cell.where if cell is not None else row.where
            value = self._value(Cell(parts[0], where, low, high, "", source, "K"), spec, row)
            if value is not None:
                row.values[name] = value
        elif spec.required:
            where = cell.where if cell is not None else row.where
            self.findings.add(where, row.key(name), "is missing", expected=spec.expected(), remedy=spec.meaning)
        else:
            row.values[name] = _EMPTY[spec.type]

    def _own_defaults(self, row: TypedRow) -> None:
        for name, spec in table_specs(row.table).items():
            if spec.default.startswith("=") and "." not in spec.default and self._blank(row, name):
                other = spec.default[1:]
                if other in row.values:
                    row.values[name] = row.values[other]

    def _derive(self, table: str, found: TypedTables) -> None:
        """Defaults that stand in the row which another field refers to."""
        specs = table_specs(table)
        for name, spec in specs.items():
            if not spec.default.startswith("=") or "." not in spec.default:
                continue
            reference, _, other = spec.default[1:].partition(".")
            for row in found[table].values():
                if not self._blank(row, name):
                    continue
                target = row.text(reference)
                home = next((found[t][target] for t in specs[reference].refers if target in found[t]), None)
                if home is None:
                    continue
                value = home.values.get(other) or home.values.get(_SECOND_CHOICE.get(other, ""))
                row.values[name] = value or (ALWAYS if spec.type == "date" else "")

    def _blank(self, row: TypedRow, name: str) -> bool:
        cell = row.cells.get(name)
        return name not in row.values and (cell is None or not cell.text)


def quantity_fields(row: TypedRow) -> dict[str, Quantity]:
    """The quantities of a row by field."""
    return {name: value for name, value in row.values.items() if isinstance(value, Quantity)}
