"""New scenarios for a person to go on from: the smallest station, an overlay with its keys explained, or a copy.

What is written loads at once: it is read again before it is left to stand, and taken away when it does not load.
Nothing is overwritten.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from cupola.base.errors import Problem, ScenarioError
from cupola.base.quantity import Quantity
from cupola.programme.programme import Programme
from cupola.scenario.cells import Findings
from cupola.scenario.difference import in_words, written
from cupola.scenario.fields import TABLES, FieldSpec, table_specs
from cupola.scenario.files import Shelf
from cupola.scenario.loader import load
from cupola.scenario.shipped import NAME, SCENARIO_FILE, Place, find, shipped
from cupola.scenario.writer import write
from cupola.scenario.yaml_file import Node, read_yaml

TEMPLATE = "starter-station"
"""The shipped station on which a scenario from nothing rests; every number of it is invented, and says so."""
TEMPLATE_TEXT = "new-station.txt"
YEARS = 5
"""Years that a new station is run for, to a full year."""
SOURCES = "SOURCES.md"

_SHOWN = ("span", "orbit_policy", "crew_policy", "deorbit", "departure")
"""Sections that people change most, in an overlay."""
_ROWS = (("services", "interval"), ("vehicles", "propellant"), ("provisions", "capacity"), ("elements", "mass"))
"""A field of a table of which an overlay shows one row, as a pattern for others."""

Files = Mapping[str, str]
"""File name -> text"""


def station_files(name: str, day: dt.date) -> Files:
    """The smallest complete station, as of a day: about ten lines over the shipped template."""
    text = (shipped()[TEMPLATE] / TEMPLATE_TEXT).read_text(encoding="utf-8")
    end = dt.date(day.year + YEARS + 1, 1, 1)
    return {SCENARIO_FILE: text.format(name=name, template=TEMPLATE, day=day, end=end)}


def overlay_files(name: str, below: Programme) -> Files:
    """A scenario that extends another and changes nothing yet; the keys that one changes most stand in it as comments.

    below    the scenario to extend, as known on the day whose values are shown
    """
    lines = [
        f"# A scenario that changes {below.id}. Values are those of {below.id} as known on {below.as_of}.",
        "# Take the '# ' away before a section and a key, and write your own value. A number is a value with its unit",
        "# ('410 km') or {value, low, high, source}: the range in which it may lie, and where you have it from.",
        f"# All other keys: cupola explain KEY --in {name}",
        f"id: {name}",
        f"title: {json.dumps(f'A change of: {below.title}', ensure_ascii=False)}",
        f"extends: {below.id}",
        *([] if below.baseline else [f"baseline: {below.id}"]),
    ]
    for section in _SHOWN:
        lines += ["", *_section(section, below)]
    lines += ["", *_rows(below)]
    return {SCENARIO_FILE: "\n".join(lines) + "\n"}


def _section(section: str, below: Programme) -> Iterator[str]:
    """A section with its keys, each line a comment."""
    noun = getattr(below, section)
    if noun is None:
        yield f"# Nobody leaves in {below.id}. Partners: {', '.join(_partners(below))}."
    yield f"# {section}:"
    for field, spec in table_specs(section).items():
        value = getattr(noun, field, None)
        yield f"#   # {_meaning(spec)}"
        yield f"#   {field}: {_yaml(value, spec, below) if noun is not None else _example(spec, below)}".rstrip()


def _rows(below: Programme) -> Iterator[str]:
    """One row of some tables, as a pattern, each line a comment."""
    yield "# Rows of tables go by their id. 'drop: remove' takes a row away; a new id with all its fields adds one."
    for table, field in _ROWS:
        rows = getattr(below, table)
        if not rows:
            continue
        key, row = next(iter(rows.items()))
        spec = table_specs(table)[field]
        yield f"# {table}:"
        yield f"#   {key}:"
        yield f"#     # {_meaning(spec)}"
        yield f"#     {field}: {_yaml(getattr(row, field), spec, below)}"


def _meaning(spec: FieldSpec) -> str:
    """Meaning, unit and range of a field on one line."""
    if spec.choices:
        return f"{spec.meaning} One of {', '.join(spec.choices)}."
    bounded = spec.low is not None and spec.high is not None
    unit = "" if spec.unit in ("", "1", "end") or spec.unit.startswith("@") else spec.unit
    if bounded:
        limits = f"{spec.low:.10g} to {spec.high:.10g} {unit}".strip()
        return f"{spec.meaning} From {limits}."
    return f"{spec.meaning} In {unit}." if unit else spec.meaning


def _yaml(value: object, spec: FieldSpec, below: Programme) -> str:
    """A value as one writes it in YAML; blank for none."""
    if isinstance(value, Quantity):
        text = written(value.value, value.unit)
        if value.low == value.high:
            return text
        return f"{{value: {text}, low: {written(value.low, value.unit)}, high: {written(value.high, value.unit)}}}"
    text = in_words(value, spec.unit, below)
    return "" if text == "nothing" else text


def _example(spec: FieldSpec, below: Programme) -> str:
    """A value for a section that the scenario has not: its default, or one that would do."""
    if "partners" in spec.refers and spec.required:
        return _partners(below)[-1]
    if spec.type == "date" and spec.required:
        return str(below.span.start + (below.span.end - below.span.start) / 2)
    value, _, ends = spec.default.partition(";")
    low, _, high = ends.partition(";")
    return f"{{value: {value}, low: {low.strip()}, high: {high.strip()}}}" if high else value


def _partners(below: Programme) -> list[str]:
    return [key for key, partner in below.partners.items() if partner.role == "partner"]


def copy_files(name: str, place: Place) -> Files:
    """The files of a scenario's own folder, with their sources and comments, under another id.

    An overlay stays one: what it extends is not copied. Raises ScenarioError when a file cannot be read.
    """
    findings = Findings()
    shelf = Shelf(findings)
    paths = [place.file]
    if place.folder is not None:
        paths += [path for path in sorted(place.folder.glob("*.csv")) if path.stem in TABLES]
        paths += [place.folder / SOURCES] if (place.folder / SOURCES).is_file() else []
    texts = {path.name: shelf.text(path, place.shown(path)) for path in paths}
    root = read_yaml(texts[place.file.name] or "", place.shown(place.file), findings)
    files = {file: text for file, text in texts.items() if text is not None}
    if findings.problems or root is None:
        raise ScenarioError(place.name, findings.problems)
    main = files.pop(place.file.name)
    return {SCENARIO_FILE: _renamed(main, root, name), **files}


def _renamed(text: str, root: Node, name: str) -> str:
    """The text of a scenario.yaml with another id and title; comments and all else stay."""
    lines = text.split("\n")
    for key, value in root.pairs or []:
        if key.text not in ("id", "title") or value.pairs is not None or value.items is not None:
            continue
        new = name if key.text == "id" else f"Copy of: {value.text}"
        line = lines[key.line - 1]
        # A key in a line of its own can be replaced without a look at the rest of the file.
        if key.line == value.line and line.startswith(f"{key.text}:"):
            lines[key.line - 1] = f"{key.text}: {json.dumps(new, ensure_ascii=False)}"
    return "\n".join(lines)


def put(name: str, files: Files, out: Path, as_of: dt.date | None) -> Path:
    """Write a new scenario folder ``out/name`` and read it again.

    as_of    day on which it must load; today when None

    Raises ScenarioError when the name will not do, something is there already, or the files do not load.
    """

    def fill(folder: Path) -> None:
        for file, text in files.items():
            (folder / file).write_text(text, encoding="utf-8", newline="")

    return _put(name, out, as_of, fill)


def put_flat(name: str, programme: Programme, out: Path) -> Path:
    """Write a whole programme, as it was known on its as-of day, as a new scenario that extends nothing.

    Its baseline stays when it can be found from the new folder; otherwise the new scenario has none.
    """
    baseline = programme.baseline if find(programme.baseline, out.resolve()) is not None else ""
    renamed = dataclasses.replace(programme, id=name, title=f"Copy of: {programme.title}", baseline=baseline)
    return _put(name, out, programme.as_of, lambda folder: write(renamed, folder))


def _put(name: str, out: Path, as_of: dt.date | None, fill: Callable[[Path], None]) -> Path:
    check_name(name, out)
    out.mkdir(parents=True, exist_ok=True)
    folder = out / name
    folder.mkdir()
    try:
        fill(folder)
        _read_again(name, folder, as_of)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return folder


def _read_again(name: str, folder: Path, as_of: dt.date | None) -> None:
    """Raise ScenarioError when a new scenario does not load, or kept the id of the one that was copied."""
    try:
        load(folder, as_of=as_of)
    except ScenarioError as error:
        kept = next((problem.got for problem in error.problems if problem.key == "scenario.id"), None)
        if kept is None:
            raise
        advice = "Write 'id' and 'title' on lines of their own there, or use --flat."
        problem = Problem(name, "id", "cannot be changed in the copy", kept, name, advice)
        raise ScenarioError(name, [problem]) from error


def check_name(name: str, out: Path) -> None:
    """Raise ScenarioError when a new scenario cannot have this name in this folder."""
    problem: Problem | None = None
    if NAME.fullmatch(name) is None:
        rule = "letters, digits, '-' and '_', at most 64 of them"
        problem = Problem("NAME", "name", "cannot name a scenario", name[:60], rule, "Choose another name.")
    elif name in shipped():
        problem = Problem("NAME", "name", "is the name of a shipped scenario", name, remedy="Choose another name.")
    else:
        for place in (out / name, out / f"{name}.yaml"):
            if place.exists() or place.is_symlink():
                advice = "Choose another name or --out."
                problem = Problem(str(place), "name", "is there already", remedy=advice)
    if problem is not None:
        raise ScenarioError("", [problem])


def check_reach(place: Place, out: Path) -> None:
    """Raise ScenarioError when a scenario in ``out`` cannot extend the one at a place: only neighbours are found."""
    found = find(place.name, out.resolve())
    if found is None or found.file.resolve() != place.file.resolve():
        advice = f"Give --out {place.file.resolve().parent.parent if place.folder else place.file.resolve().parent}."
        problem = Problem("--out", "extends", f"does not lead to {place.file} from there", str(out), remedy=advice)
        raise ScenarioError("", [problem])
