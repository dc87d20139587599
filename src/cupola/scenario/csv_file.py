"""CSV text to raw cells, wide (one row an id) or long (one value a row: ``id,field,value,low,high,unit,...``)."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator

from cupola.scenario.cells import Cell, Findings, Row, Rows, remedy
from cupola.scenario.fields import key_fields, table_specs
from cupola.scenario.yaml_cells import DROP

LONG = ("id", "field", "value")
LONG_MORE = frozenset({"low", "high", "unit", "status", "source", "note"})
NOTE = "note"
RANGE = ("low", "high")
MAX_COLUMNS = 500


def cells_of_csv(text: str, shown: str, table: str, findings: Findings) -> Rows:
    """The rows of one table by id. Blank cells are not given; what is wrong becomes problems."""
    records = _records(text, shown, table, findings)
    header = next(records, None)
    if header is None:
        findings.add(f"{shown}:1", table, "has no header row", remedy="Begin with the names of the columns.")
        return {}
    line, names = header
    where = f"{shown}:{line}"
    for sign, named in ((";", "semicolons"), ("\t", "tabs")):
        if len(names) == 1 and sign in names[0]:
            advice = "Save the table as CSV with commas."
            findings.add(where, table, f"separates its cells by {named}", expected="commas", remedy=advice)
            return {}
    if len(names) > MAX_COLUMNS:
        findings.add(where, table, "has too many columns", f"{len(names)}", f"at most {MAX_COLUMNS}", "Remove some.")
        return {}
    for name in sorted({name for name in names if names.count(name) > 1}):
        findings.add(where, f"{table}.{name or '(blank)'}", "is a column that stands twice", remedy="Keep one of them.")
    reader: _Long | _Wide
    if set(LONG) <= set(names) and "field" not in table_specs(table):
        reader = _Long(names, where, shown, table, findings)
    else:
        reader = _Wide(names, where, shown, table, findings)
    for number, record in records:
        findings.count(f"{shown}:{number}", len(record))
        if len(record) != len(names):
            advice = (
                "Put a text that holds a comma into double quotes." if len(record) > len(names) else "Fill the row up."
            )
            findings.add(
                f"{shown}:{number}", table, "has the wrong number of cells", f"{len(record)}", f"{len(names)}", advice
            )
        else:
            reader.take(f"{shown}:{number}", dict(zip(names, record, strict=True)))
    return reader.rows


def _records(text: str, shown: str, table: str, findings: Findings) -> Iterator[tuple[int, list[str]]]:
    """(line, cells) of every record; blank lines and lines that begin with # are skipped."""
    reader = csv.reader(_without_comments(text), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            findings.add(
                f"{shown}:{line}", table, f"is not CSV ({error})", remedy="Close the quotes and double those within."
            )
            continue
        if any(cell and not cell.isspace() for cell in record):
            yield line, [cell.strip() for cell in record]


def _without_comments(text: str) -> Iterator[str]:
    """The lines, with comment lines blanked so that line numbers hold; a # inside a quoted text is left alone."""
    inside = False
    for line in text.split("\n"):
        if not inside and line.startswith("#"):
            yield "\n"
            continue
        inside ^= line.count('"') % 2 == 1
        yield f"{line}\n"


class _Wide:
    """Takes rows of a wide table."""

    def __init__(self, names: list[str], where: str, shown: str, table: str, findings: Findings) -> None:
        self.table, self.findings = table, findings
        self.rows: Rows = {}
        self.keys = key_fields(table)
        specs = table_specs(table)
        extra = {f"{name}_{end}" for name, spec in specs.items() if spec.type == "quantity" for end in RANGE}
        self.sourced = {name for name, spec in specs.items() if spec.type == "quantity"}
        self.fields = [name for name in dict.fromkeys(names) if name in specs]
        self.ranged = [name for name in self.sourced if f"{name}_low" in names or f"{name}_high" in names]
        for name in dict.fromkeys(names):
            if name in specs or name in extra or name in (DROP, NOTE):
                continue
            advice = remedy(name, [*specs, *extra], "Remove it or mend its name.")
            findings.add(where, f"{table}.{name or '(blank)'}", "is an unknown column", remedy=advice)
        for name in self.keys:
            if name not in names:
                findings.add(where, f"{table}.{name}", "is a missing column", remedy="Every row needs it.")

    def _free(self, cells: dict[str, str]) -> str:
        """An id that the row could have: its name in small letters, where no row has that yet."""
        if self.keys != ("id",):
            return "2022-07-26" if table_specs(self.table)[self.keys[0]].type == "date" else "Name"
        slug = re.sub(r"[^a-z0-9]+", "-", cells.get("name", "").casefold())[:40].strip("-") or self.table
        return slug if slug not in self.rows else f"{slug}-{len(self.rows) + 1}"

    def take(self, where: str, cells: dict[str, str]) -> None:
        """Take one row."""
        key = " ".join(cells.get(name, "") for name in self.keys).strip()
        if not key:
            advice = f"Give the row its own, such as '{self._free(cells)}'."
            self.findings.add(where, f"{self.table}.{self.keys[0]}", "is missing", remedy=advice)
            return
        if key in self.rows:
            first = next(iter(self.rows[key].values())).where
            advice = "Keep one of them, or give one another id."
            self.findings.add(where, f"{self.table}.{key}", f"stands twice, first at {first}", remedy=advice)
            return
        source, status = cells.get("source", ""), cells.get("status", "")
        row: Row = {}
        for name in self.fields:
            if not cells[name]:
                continue
            if name in self.sourced:
                row[name] = Cell(cells[name], where, source=source, status=status)
            else:
                row[name] = Cell(cells[name], where)
        for name in self.ranged:
            low, high = cells.get(f"{name}_low", ""), cells.get(f"{name}_high", "")
            if low or high:
                row[name] = Cell(cells.get(name, ""), where, low, high, "", source, status)
        if cells.get(DROP):
            row[DROP] = Cell(cells[DROP], where)
        self.rows[key] = row


class _Long:
    """Takes rows of a long table."""

    def __init__(self, names: list[str], where: str, shown: str, table: str, findings: Findings) -> None:
        self.table, self.findings = table, findings
        self.rows: Rows = {}
        self.specs = table_specs(table)
        for name in dict.fromkeys(names):
            if name not in LONG and name not in LONG_MORE:
                advice = remedy(name, [*LONG, *sorted(LONG_MORE)], "Remove it or mend its name.")
                findings.add(where, f"{table}.{name or '(blank)'}", "is an unknown column", remedy=advice)
        if "id" not in self.specs:
            findings.add(where, table, "cannot be written long, for its rows have no id", remedy="Write it wide.")

    def take(self, where: str, cells: dict[str, str]) -> None:
        """Take one value."""
        key, name, value = cells["id"], cells["field"], cells["value"]
        if not key:
            self.findings.add(where, f"{self.table}.id", "is missing", remedy="Give the row its id.")
            return
        row = self.rows.setdefault(key, {"id": Cell(key, where)})
        if name == DROP:
            row[DROP] = Cell(value, where)
            return
        spec = self.specs.get(name)
        if spec is None:
            advice = remedy(name, self.specs, "Remove it or mend its name.")
            self.findings.add(where, f"{self.table}.{key}.{name or '(blank)'}", "is an unknown field", remedy=advice)
            return
        if name in row and name != "id":
            first = row[name].where
            self.findings.add(
                where, f"{self.table}.{key}.{name}", f"stands twice, first at {first}", remedy="Keep one of them."
            )
            return
        low, high, unit = cells.get("low", ""), cells.get("high", ""), cells.get("unit", "")
        if value or low or high:
            row[name] = Cell(value, where, low, high, unit, cells.get("source", ""), cells.get("status", ""))
