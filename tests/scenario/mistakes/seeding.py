"""Seeds one mistake of the tables into a copy of a scenario, and follows the advice that the reader gives about it.

A mistake is a row ``id,scenario,file,row,field,change,value,key,words``:

* ``row`` names the row by its id, or is blank for the first row that gives the field; in YAML it names the section;
  for a change of text it is the number of lines by which the place that must be told lies lower.
* ``change``: set, blank, drop (a column or key), rename (it), double (a row, column or key), more (one cell too many),
  fewer (one too few), text (``old => new`` anywhere in the file), delete (the file), create (a file with the value).
* ``key`` is the key that the problem has (``*`` at its end: how it begins), ``{row}`` and ``{field}`` understood;
  ``words`` its message must hold.

The line that must be told is found in the changed text itself, without the reader that is tested.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, replace
from pathlib import Path

from cupola.base.errors import Problem

FOLDER = Path(__file__).resolve().parent
COLUMNS = ("id", "scenario", "file", "row", "field", "change", "value", "key", "words")


@dataclass(frozen=True)
class Mistake:
    """One row of the tables."""

    id: str
    scenario: str
    file: str
    row: str
    field: str
    change: str
    value: str
    key: str
    words: str

    def is_told(self, seeded: Seeded, problem: Problem) -> bool:
        """Whether a problem is about this mistake: its key, its file and line, and what the message says."""
        key = self.key.format(row=seeded.row, field=self.field)
        place = f"{self.scenario}/{self.file}"
        place += f":{seeded.line}" if seeded.line else ""
        same = problem.key.startswith(key[:-1]) if key.endswith("*") else problem.key == key
        return same and problem.where == place and self.words in str(problem)


@dataclass(frozen=True)
class Seeded:
    """Where a mistake stands after it was seeded: the row's id, and the line of the change (0 for the whole file)."""

    row: str
    line: int


def mistakes() -> list[Mistake]:
    """All rows of all tables."""
    found = []
    for name in ("by_fields.csv", "by_hand.csv"):
        with (FOLDER / name).open(encoding="utf-8", newline="") as file:
            found += [Mistake(**row) for row in csv.DictReader(line for line in file if not line.startswith("#"))]
    return found


class Table:
    """A CSV file as rows of cells with their lines, long or wide."""

    def __init__(self, path: Path) -> None:
        self.path = path
        text = path.read_text(encoding="utf-8")
        self.comments = [line for line in text.split("\n") if line.startswith("#")]
        reader = csv.reader(line for line in io.StringIO(text, newline="") if not line.startswith("#"))
        self.header = next(reader)
        self.rows = [row for row in reader if row]
        self.long = "field" in self.header and "value" in self.header

    def save(self) -> None:
        """Write it back; every row takes one line for each line of its texts."""
        out = io.StringIO()
        out.writelines(f"{line}\n" for line in self.comments)
        csv.writer(out, lineterminator="\n").writerows([self.header, *self.rows])
        self.path.write_text(out.getvalue(), encoding="utf-8", newline="")

    def line(self, number: int) -> int:
        """Line of a row; -1 is the header."""
        before = [self.header, *self.rows][: number + 1]
        return len(self.comments) + 1 + sum(1 + sum(cell.count("\n") for cell in row) for row in before)

    def find(self, row: str, field: str) -> tuple[int, int]:
        """(row, column) of a cell; with no row named, of the first that gives the field."""
        if self.long:
            hits = [n for n, cells in enumerate(self.rows) if cells[1] == field and row in ("", cells[0])]
            return hits[0], self.header.index("value")
        column = self.header.index(field) if field else 0
        hits = [n for n, cells in enumerate(self.rows) if row == cells[0] or (not row and cells[column])]
        return hits[0] if hits else 0, column

    def name(self, number: int) -> str:
        """Id of a row."""
        row = self.rows[number]
        if "id" in self.header:
            return row[self.header.index("id")]
        keys = [self.header.index(name) for name in ("name", "arrived", "day") if name in self.header]
        return " ".join(row[column] for column in keys)


def seed(mistake: Mistake, folder: Path) -> Seeded:
    """Seed a mistake into the copy of its scenario in ``folder``."""
    path = folder / mistake.file
    if mistake.change == "delete":
        path.unlink()
        return Seeded("", 1)
    if mistake.change == "create":
        path.write_text(mistake.value.replace("\\n", "\n"), encoding="utf-8")
        return Seeded("", int(mistake.row or 1))
    if mistake.change == "text":
        return _seed_text(mistake, path)
    return _seed_csv(mistake, path) if path.suffix == ".csv" else _seed_yaml(mistake, path)


def _seed_text(mistake: Mistake, path: Path) -> Seeded:
    old, new = (part.replace("\\n", "\n").replace("\\t", "\t") for part in mistake.value.split(" => "))
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{mistake.id}: {old!r} is not in {mistake.file}"
    at = text.index(old)
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="")
    lead = len(new) - len(new.lstrip("\n"))
    return Seeded("", text.count("\n", 0, at) + 1 + lead + int(mistake.row or 0))


def _seed_csv(mistake: Mistake, path: Path) -> Seeded:
    table, field = Table(path), mistake.field
    change, value = mistake.change, mistake.value
    if change in ("drop", "rename") or (change == "double" and field and not mistake.row):
        column = table.header.index(field)
        for cells in (table.header, *table.rows):
            if change == "drop":
                del cells[column]
            elif change == "double":
                cells.append(cells[column])
        if change == "rename":
            table.header[column] = value
        table.save()
        return Seeded("", table.line(-1))
    number, column = table.find(mistake.row, field)
    name = table.name(number)
    if change == "double":
        table.rows.insert(number + 1, list(table.rows[number]))
        number += 1
    elif change == "more":
        table.rows[number].append("more")
    elif change == "fewer":
        table.rows[number].pop()
    else:
        cells = table.rows[number]
        if change == "blank" and table.long:
            # A value that is not given has no line of its own: its row's first line is told.
            number = next(n for n, other in enumerate(table.rows) if other[0] == cells[0])
            for end in ("low", "high"):
                cells[table.header.index(end)] = ""
        cells[column] = "" if change == "blank" else value.replace("{old}", cells[column]).replace("LONG", "x" * 12_000)
    table.save()
    return Seeded(name, table.line(number))


def line_now(mistake: Mistake, seeded: Seeded, folder: Path) -> Seeded:
    """Where a mistake of one value stands after others were seeded into the same file."""
    if mistake.file != "scenario.yaml" or mistake.change not in ("set", "blank"):
        return seeded
    lines = (folder / mistake.file).read_text(encoding="utf-8").split("\n")
    return Seeded(seeded.row, yaml_line(lines, mistake.row, mistake.field) + 1)


def put(mistake: Mistake, seeded: Seeded, folder: Path, value: str) -> None:
    """Write another value where a mistake of one value stands."""
    path = folder / mistake.file
    if path.suffix != ".csv":
        again = replace(mistake, change="set", value=value)
        _seed_yaml(again, path)
        return
    table = Table(path)
    if table.long:
        number, column = table.find(seeded.row, mistake.field)
    else:
        number = next(n for n in range(len(table.rows)) if table.line(n) == seeded.line)
        column = table.header.index(mistake.field)
    table.rows[number][column] = value
    table.save()


def yaml_line(lines: list[str], section: str, field: str) -> int:
    """Index of a field's line; of the section's own line when the field is blank or not there (then negative)."""
    start = next(n for n, line in enumerate(lines) if re.match(rf"{section or field}:", line))
    if not section or not field:
        return start
    for number in range(start + 1, len(lines)):
        if re.match(rf"  {field}:", lines[number]):
            return number
        if lines[number][:1].isalpha():
            break
    return -start


def _seed_yaml(mistake: Mistake, path: Path) -> Seeded:
    lines = path.read_text(encoding="utf-8").split("\n")
    number = yaml_line(lines, mistake.row, mistake.field)
    value, change = mistake.value, mistake.change
    if number < 0 or (number == 0 and mistake.row):
        number = -number + 1
        lines.insert(number, f"  {mistake.field}: 0")
    if change in ("drop", "blank"):
        last = number + 1
        while last < len(lines) and lines[last].startswith("    "):
            last += 1
        # A section is dropped with all that it holds.
        while not mistake.field and last < len(lines) and lines[last][:1] in ("", " "):
            last += 1
        if change == "drop":
            del lines[number:last]
        else:
            lines[number:last] = [lines[number].partition(":")[0] + ":"]
    elif change == "rename":
        lines[number] = lines[number].replace(mistake.field or mistake.row, value, 1)
    elif change == "double":
        lines.insert(number, lines[number].split("{")[0].rstrip() + (" 1" if "{" in lines[number] else ""))
        number += 1
    else:
        key, _, rest = f"{lines[number]} ".partition(": ")
        rest = rest.rstrip()
        match = re.match(r"(\{value: )?([^,}]*)(.*)", rest)
        assert match is not None
        shown = f'"{value}"' if re.search(r"[,:{}\[\]]", value) else value
        lines[number] = f"{key}: {match.group(1) or ''}{shown.replace('{old}', match.group(2))}{match.group(3)}"
    path.write_text("\n".join(lines), encoding="utf-8", newline="")
    return Seeded(mistake.row, number + 1)
