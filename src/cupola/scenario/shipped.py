"""Where scenarios are found: beside the one that names them, or among those shipped with the package."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
DATA = Path(__file__).resolve().parent.parent / "data"
SCENARIO_FILE = "scenario.yaml"


@dataclass(frozen=True)
class Place:
    """Where a scenario stands: its file, and its folder when it has tables of its own."""

    name: str
    file: Path
    folder: Path | None

    def shown(self, file: Path) -> str:
        """The name of one of its files in messages, e.g. ``NAME/flights.csv``."""
        return f"{self.name}/{file.name}" if self.folder else file.name


def shipped() -> dict[str, Path]:
    """Folders of the scenarios that come with the package, by name."""
    if not DATA.is_dir():
        return {}
    return {path.name: path for path in sorted(DATA.iterdir()) if (path / SCENARIO_FILE).is_file()}


def headings() -> list[dict[str, str]]:
    """Of each shipped scenario its name, title, the scenario that it changes, and its folder."""
    found = []
    for name, folder in shipped().items():
        keys: dict[str, str] = {}
        for line in (folder / SCENARIO_FILE).read_text(encoding="utf-8").splitlines():
            key, colon, value = line.partition(":")
            if colon and key in ("title", "extends"):
                keys[key] = value.strip().strip("\"'")
        title, changes = keys.get("title", ""), keys.get("extends", "")
        found.append({"scenario": name, "title": title, "changes": changes, "folder": str(folder)})
    return found


def place_of(path: Path) -> Place:
    """The place of a scenario that a person named by its path: a folder, its scenario.yaml, or a single file."""
    if path.name == SCENARIO_FILE:
        return Place(path.resolve().parent.name, path, path.parent)
    if path.suffix in (".yaml", ".yml"):
        return Place(path.stem, path, None)
    return Place(path.resolve().name, path / SCENARIO_FILE, path)


def find(name: str, beside: Path | None) -> Place | None:
    """The scenario of this name beside a folder, else among the shipped ones; links are not followed."""
    if not NAME.fullmatch(name):
        return None
    if beside is not None:
        folder, single = beside / name, beside / f"{name}.yaml"
        if not folder.is_symlink() and (folder / SCENARIO_FILE).is_file():
            return place_of(folder)
        if single.is_file():
            return place_of(single)
    return place_of(shipped()[name]) if name in shipped() else None


def neighbours(beside: Path | None) -> list[str]:
    """Names of the scenarios that :func:`find` would find."""
    names = list(shipped())
    if beside is not None and beside.is_dir():
        names += [path.parent.name for path in sorted(beside.glob(f"*/{SCENARIO_FILE}"))[:50]]
    return list(dict.fromkeys(names))
