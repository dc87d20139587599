"""Reads the files of a scenario and of those it extends: one layer of raw cells each, the lowest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cupola.base.errors import ScenarioError
from cupola.scenario.cells import Cell, Findings, Tables, remedy, shorten
from cupola.scenario.csv_file import cells_of_csv
from cupola.scenario.fields import HEAD, SECTIONS, TABLES, table_specs
from cupola.scenario.files import MAX_FILES, Shelf
from cupola.scenario.shipped import NAME, Place, find, neighbours
from cupola.scenario.yaml_cells import cells_of_yaml
from cupola.scenario.yaml_file import read_yaml

MAX_LAYERS = 16
MAX_SETTINGS = 1000


@dataclass(frozen=True)
class Layer:
    """The cells that one scenario, or the command line, gives."""

    name: str
    file: str
    """Its scenario.yaml as messages name it, or ``--set``"""
    tables: Tables
    beside: Path | None = None
    """Folder in which its neighbours stand"""
    complete: bool = True
    """Whether its scenario.yaml could be read"""

    def head(self, field: str) -> Cell | None:
        """A top-level key, when it is given."""
        return self.tables.get(HEAD, {}).get("", {}).get(field)


def read_layers(place: Place, shelf: Shelf) -> list[Layer]:
    """The scenario at a place and all that it extends, the lowest first."""
    findings = shelf.findings
    layers: list[Layer] = []
    seen: list[Path] = []
    while True:
        seen.append(place.file.resolve())
        layer = read_layer(place, shelf)
        layers.append(layer)
        extends = layer.head("extends")
        if extends is None or not extends.text:
            break
        below = find(extends.text, layer.beside)
        if extends.text == place.name or (below is not None and below.file.resolve() in seen):
            chain = " -> ".join([*(row.name for row in layers), extends.text])
            findings.add(extends.where, "extends", "goes round in a circle", chain, remedy="Break the circle.")
            break
        if below is None:
            advice = remedy(extends.text, neighbours(layer.beside), "Put the scenario beside this one.")
            findings.add(extends.where, "extends", "names no known scenario", extends.text, remedy=advice)
            # What it should have brought is missing everywhere; to say so would only bury the reason.
            raise ScenarioError(place.name, findings.problems)
        if len(layers) >= MAX_LAYERS:
            findings.add(
                extends.where, "extends", f"is a chain of more than {MAX_LAYERS} scenarios", remedy="Merge some."
            )
            break
        place = below
    _check_baseline(layers, findings)
    _check_tables(layers, findings)
    return layers[::-1]


def read_layer(place: Place, shelf: Shelf) -> Layer:
    """The files of one scenario."""
    findings = shelf.findings
    shown = place.shown(place.file)
    text = shelf.text(place.file, shown)
    root = read_yaml(text, shown, findings) if text is not None else None
    tables = cells_of_yaml(root, shown, findings) if root is not None else {}
    paths = sorted(place.folder.glob("*.csv")) if place.folder and place.folder.is_dir() else []
    if len(paths) > MAX_FILES:
        findings.add(
            shown, "file", "stands beside too many tables", str(len(paths)), f"at most {MAX_FILES}", "Remove some."
        )
    for path in paths[:MAX_FILES]:
        name = place.shown(path)
        if path.stem not in TABLES:
            advice = remedy(path.stem, TABLES, f"Known: {', '.join(TABLES)}.")
            findings.add(name, "file", "is an unknown table", path.stem, remedy=advice)
            continue
        content = shelf.text(path, name)
        if content is not None:
            _join(tables, path.stem, cells_of_csv(content, name, path.stem, findings), findings)
    if root is not None:
        _check_id(place, shown, tables.get(HEAD, {}).get("", {}), findings)
    return Layer(place.name, shown, tables, (place.folder or place.file).resolve().parent, root is not None)


def _check_id(place: Place, shown: str, head: dict[str, Cell], findings: Findings) -> None:
    """A scenario has the id by which others find it, and an overlay does not take that of the one it changes."""
    given, kind = head.get("id"), "folder" if place.folder else "file"
    if given is None and "extends" in head:
        what, rule = "is missing, and the scenario changes another", f"an id of its own, {place.name}"
        findings.add(head["extends"].where, "scenario.id", what, "nothing", rule, f"Write id: {place.name}.")
    elif given is not None and given.text != place.name and all(map(NAME.fullmatch, (given.text, place.name))):
        what, advice = f"differs from the name of its {kind}", f"Write id: {place.name}, or rename the {kind}."
        findings.add(given.where, "scenario.id", what, given.text, place.name, advice)


def _join(tables: Tables, table: str, rows: dict[str, dict[str, Cell]], findings: Findings) -> None:
    """Add a CSV's rows to those that the YAML file gave for the same table."""
    given = tables.setdefault(table, {})
    for key, row in rows.items():
        if key in given:
            where = next(iter(row.values())).where
            findings.add(where, f"{table}.{key}", "stands in scenario.yaml too", remedy="Keep one of them.")
        else:
            given[key] = row


def _check_baseline(layers: Sequence[Layer], findings: Findings) -> None:
    """The baseline must be a scenario that can be found, or the run could not compare."""
    for layer in layers:
        named = layer.head("baseline")
        if named is None:
            continue
        if named.text and named.text not in {row.name for row in layers} and find(named.text, layer.beside) is None:
            advice = remedy(named.text, neighbours(layer.beside), "Put the scenario beside this one.")
            findings.add(named.where, "baseline", "names no known scenario", named.text, remedy=advice)
        return


def _check_tables(layers: Sequence[Layer], findings: Findings) -> None:
    """A table that is not there at all, while others name its rows, is said once, before each such name is."""
    named: dict[str, list[Cell]] = {}
    for layer in layers:
        if not layer.complete:
            return
        for table, rows in layer.tables.items():
            alone = {name: spec.refers[0] for name, spec in table_specs(table).items() if len(spec.refers) == 1}
            for row in rows.values():
                for name in alone.keys() & row.keys():
                    if row[name].text:
                        named.setdefault(alone[name], []).append(row[name])
    for table, cells in named.items():
        if any(layer.tables.get(table) for layer in layers) or table not in TABLES:
            continue
        where = f"{layers[-1].file.rpartition('/')[0]}/{table}.csv:1".lstrip("/")
        what = f"has no row, or is missing, and {len(cells)} fields name one of its rows"
        advice = f"Write {table}.csv, or bring it back."
        findings.add(where, table, what, f"{shorten(cells[0].text, 40)!r} at {cells[0].where}", remedy=advice)


def settings_layer(settings: Sequence[str], findings: Findings) -> Layer:
    """The layer of ``--set key=value`` options: ``section.field=value`` or ``table.id.field=value``."""
    tables: Tables = {}
    if len(settings) > MAX_SETTINGS:
        findings.add("--set", "options", "are too many", str(len(settings)), f"at most {MAX_SETTINGS}", "Write a file.")
    for setting in settings[:MAX_SETTINGS]:
        key, sign, value = (part.strip() for part in setting.partition("="))
        if not sign or not key:
            advice = "Write --set orbit.altitude='410 km'."
            findings.add("--set", key or "(blank)", "is not key=value", setting, "key=value", advice)
            continue
        table, _, rest = key.partition(".")
        row, _, field = rest.rpartition(".") if table in TABLES else ("", "", rest)
        if table not in TABLES and table not in SECTIONS:
            known = [*SECTIONS, *TABLES]
            findings.add(
                "--set", key, "names no section or table", remedy=remedy(table, known, f"Known: {', '.join(known)}.")
            )
        elif field not in table_specs(table) or (table in TABLES and not row):
            form = f"{table}.ID.FIELD=value" if table in TABLES else f"{table}.FIELD=value"
            specs = list(table_specs(table))
            advice = remedy(field, specs, f"Fields: {', '.join(specs)}.")
            findings.add("--set", key, "names no field", expected=form, remedy=advice)
        else:
            cell = Cell(value, "--set", source="set on the command line", status="K")
            tables.setdefault(table, {}).setdefault(row, {})[field] = cell
    return Layer("--set", "--set", tables)
