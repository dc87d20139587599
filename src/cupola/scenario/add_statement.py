"""A new statement for a scenario of one's own: checked like a row of the file, then appended to ``statements.csv``.

Either everything is right and the row is written in one step, or nothing is written and every problem is told.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import os
import stat
import tempfile
from collections.abc import Mapping
from pathlib import Path

from cupola.base.errors import DomainError, ScenarioError
from cupola.base.time import parse_date
from cupola.scenario.cells import Cell, Findings, Row, TooManyError, remedy
from cupola.scenario.csv_file import LONG
from cupola.scenario.fields import table_specs
from cupola.scenario.files import Shelf
from cupola.scenario.layers import Layer, read_layers
from cupola.scenario.loader import read_programme
from cupola.scenario.shipped import DATA, NAME, SCENARIO_FILE, Place, place_of, shipped

TABLE = "statements"
FILE = f"{TABLE}.csv"
NEW = "the new statement"


def add_statement(folder: str | Path, values: Mapping[str, str], *, as_of: dt.date | None = None) -> Path:
    """Append a statement to the table of a scenario folder.

    folder    a scenario folder of one's own; not one of the package
    values    field of the table ``statements`` -> text; a missing or blank one is not given
    as_of     day on which the scenario must load with the new row; today when not given
    returns   the file that was written

    Raises ScenarioError with every problem of the new row, of the folder and of the scenario; then nothing is written.
    """
    findings = Findings()
    place = _place(folder, findings)
    if place is None or place.folder is None:
        raise ScenarioError(str(folder), findings.problems)
    try:
        row = {name: Cell(values.get(name, "").strip(), f"--{name}") for name in table_specs(TABLE)}
        key = row["id"].text or "new"
        # Read apart from the problems of the whole, which are told once, by the reading with the new row.
        taken = {known for layer in read_layers(place, Shelf(Findings())) for known in layer.tables.get(TABLE, {})}
        if key in taken:
            findings.add("--id", f"{TABLE}.{key}", "stands already", key, "a new id", "Give it another id.")
        _check_said(row, findings)
        path = place.folder / FILE
        text = _appended(path, place.shown(path), row, findings)
        _check(place, key if key not in taken else f"{key}-new", row, as_of, findings)
    except TooManyError:
        raise ScenarioError(place.name, findings.problems) from None
    _write(path, text)
    return path


def _place(folder: str | Path, findings: Findings) -> Place | None:
    """The scenario folder, when it is one that may be written to; else None with a problem noted."""
    path, name = Path(folder), str(folder)
    own = "Make one: 'cupola new NAME --from SCENARIO --only-overlay'."
    if NAME.fullmatch(name) and name in shipped() and not path.is_dir():
        findings.add("SCENARIO", "folder", "is a scenario of the package, which is not changed", name, remedy=own)
        return None
    if not (path / SCENARIO_FILE).is_file():
        advice = f"{remedy(name, [], 'Name the folder that holds scenario.yaml.')} {own}"
        findings.add("SCENARIO", "folder", "is no scenario folder", name or "nothing", SCENARIO_FILE, advice)
        return None
    if path.resolve().is_relative_to(DATA.resolve()):
        findings.add("SCENARIO", "folder", "is a scenario of the package, which is not changed", name, remedy=own)
        return None
    if path.is_symlink():
        findings.add("SCENARIO", "folder", "is a symbolic link", name, remedy="Name the folder itself.")
        return None
    return place_of(path)


def _check(place: Place, key: str, row: Row, as_of: dt.date | None, findings: Findings) -> None:
    """Read the scenario with the new row over it. Raises ScenarioError when anything is wrong."""
    layer = Layer(NEW, NEW, {TABLE: {key: row}})
    day = as_of or dt.datetime.now(dt.UTC).date()
    read_programme(place, day, (), (), findings, (layer,))


def _check_said(row: Row, findings: Findings) -> None:
    """Nobody has said anything on a day to come; a day that is none is told when the row is read."""
    day = dt.datetime.now(dt.UTC).date()
    try:
        said = parse_date(row["said"].text)
    except DomainError:
        return
    if said > day:
        what, advice = "is a day to come", f"Give the day on which it was said, {day} or earlier."
        findings.add("--said", f"{TABLE}.{row['id'].text or 'new'}.said", what, str(said), f"{day} or earlier", advice)


def _appended(path: Path, shown: str, row: Row, findings: Findings) -> str:
    """The text of the table with the new row at its end; a table that is not there begins with all columns."""
    given = {name: cell.text for name, cell in row.items() if cell.text}
    if not path.exists() and not path.is_symlink():
        return _line(list(table_specs(TABLE))) + _line([given.get(name, "") for name in table_specs(TABLE)])
    text = Shelf(Findings()).text(path, shown)
    if text is None:
        # What is wrong with the file is told when the scenario is read.
        return ""
    header = next((line for line in text.split("\n") if line.strip() and not line.startswith("#")), "")
    names = [name.strip() for name in next(csv.reader([header]), [])]
    if set(LONG) <= set(names) and "field" not in table_specs(TABLE):
        advice = "Write the table with one row a statement."
        findings.add(f"{shown}:1", TABLE, "is written with one value a row, which is not added to", remedy=advice)
    for name in sorted(given.keys() - set(names)):
        what, advice = "has no column for a field of the new statement", f"Add the column {name} to its header."
        findings.add(f"{shown}:1", f"{TABLE}.{name}", what, given[name], f"a column {name}", advice)
    ending = "" if text.endswith("\n") or not text else "\n"
    return f"{text}{ending}{_line([given.get(name, '') for name in names])}"


def _line(cells: list[str]) -> str:
    target = io.StringIO()
    csv.writer(target, lineterminator="\n").writerow(cells)
    return target.getvalue()


def _write(path: Path, text: str) -> None:
    """Put the text in place of the file in one step: a reader sees the old table or the new one."""
    mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o644
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(mode)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
