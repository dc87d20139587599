"""A run folder: written beside its place and renamed when complete, opened again without trusting it."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cupola.base.errors import InvariantError, RunError
from cupola.base.tables import RUN_TABLES, TABLES
from cupola.results.check import check_table
from cupola.results.manifest import Manifest, read_manifest
from cupola.results.parquet import read_table, write_table
from cupola.results.versions import file_hash

RunTables = dict[str, dict[str, Sequence[Any]]]
"""Table name -> column name -> values, by the specifications in :mod:`cupola.base.tables`."""

MANIFEST = "manifest.json"
MAX_MANIFEST_BYTES = 2_000_000
MAX_TABLE_BYTES = 100_000_000
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,99}")
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Run:
    """A saved run: its folder, its manifest, and its tables, which are read when asked for."""

    path: Path
    details: Manifest
    held: dict[str, dict[str, Any]]
    """Table name -> ``rows`` and ``sha256``, from the manifest"""

    @property
    def manifest(self) -> dict[str, Any]:
        """The manifest as plain JSON values."""
        return self.details.as_json()

    @property
    def tables(self) -> dict[str, Path]:
        """Table name -> its Parquet file."""
        return {name: self.path / "tables" / f"{name}.parquet" for name in self.held}

    def table(self, name: str) -> dict[str, list[Any]]:
        """One table as column name -> list of values; missing values are None, dates are datetime.date.

        Raises RunError when the run has no such table, or its file is not the one that was saved.
        """
        if name not in self.held:
            raise RunError(f"{self.path}: there is no table {name!r}; known: {', '.join(self.held)}.")
        path = _table_file(self.path, name)
        if file_hash(path) != self.held[name]["sha256"]:
            raise RunError(f"{path}: the table is not the one that was saved. Run the scenario again.")
        table = read_table(path, TABLES[name])
        if any(len(values) != self.held[name]["rows"] for values in table.values()):
            raise RunError(f"{path}: the table has not the rows that the manifest names. Run the scenario again.")
        return table

    def rows(self, name: str) -> list[dict[str, Any]]:
        """One table as a list of rows."""
        table = self.table(name)
        return [dict(zip(table, values, strict=True)) for values in zip(*table.values(), strict=True)]

    def load(self) -> dict[str, dict[str, list[Any]]]:
        """All tables."""
        return {name: self.table(name) for name in self.held}


def save(folder_root: Path, tables: Mapping[str, Mapping[str, Sequence[Any]]], manifest: Manifest) -> Run:
    """Write a run into ``folder_root / manifest.folder_name()``.

    The folder appears complete or not at all; one of the same name is replaced. Equal inputs give equal bytes.

    Raises InvariantError when a table is missing, unknown, or not as specified, RunError when the scenario's id is
    not fit for a folder name.
    """
    if _ID.fullmatch(manifest.scenario) is None:
        raise RunError(f"scenario id {manifest.scenario[:60]!r} cannot name a folder; use letters, digits, . _ and -.")
    lost = [spec.name for spec in RUN_TABLES if spec.name not in tables]
    strange = [name for name in tables if name not in TABLES]
    if lost or strange:
        raise InvariantError(f"a run's tables: missing {lost}; unknown {strange}; known: {', '.join(TABLES)}.")
    checked = {name: check_table(TABLES[name], tables[name]) for name in TABLES if name in tables}
    folder_root.mkdir(parents=True, exist_ok=True)
    place = folder_root / manifest.folder_name()
    beside = Path(tempfile.mkdtemp(prefix=f".{place.name}-", dir=folder_root))
    try:
        beside.chmod(0o755)
        (beside / "tables").mkdir()
        held: dict[str, dict[str, Any]] = {}
        for name, columns in checked.items():
            path = beside / "tables" / f"{name}.parquet"
            rows = write_table(path, TABLES[name], columns)
            held[name] = {"rows": rows, "sha256": file_hash(path)}
        data = {**manifest.as_json(), "tables": held}
        text = json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False)
        (beside / MANIFEST).write_text(text + "\n", encoding="utf-8")
        _put_in_place(beside, place)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    return Run(place, manifest, held)


def _put_in_place(beside: Path, place: Path) -> None:
    """Rename a complete folder to its final name, moving an older one of that name out of the way first."""
    if place.is_symlink() or (place.exists() and not (place / MANIFEST).is_file()):
        raise RunError(f"{place}: something else has the run's name. Move it away, or choose another folder.")
    if not place.exists():
        beside.rename(place)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{place.name}-old-", dir=place.parent))
    place.rename(old / "run")
    try:
        _keep_files(old / "run", beside)
        beside.rename(place)
    except OSError:
        (old / "run").rename(place)
        raise
    finally:
        shutil.rmtree(old, ignore_errors=True)


def _keep_files(old: Path, new: Path) -> None:
    """What a person or a report put beside the run's own files stays: the run has the same inputs, so it still fits."""
    for path in old.iterdir():
        if path.is_file() and not path.is_symlink() and not (new / path.name).exists():
            shutil.copy2(path, new / path.name)


def open_run(path: str | Path) -> Run:
    """Open a run folder. Nothing in it is trusted: only known tables, no links, sizes capped.

    Raises RunError that says what is missing, too large, or of another version.
    """
    folder = Path(path)
    if folder.is_symlink() or not folder.is_dir():
        raise RunError(f"{folder}: there is no run folder here. Give the folder that holds {MANIFEST}.")
    file = folder / MANIFEST
    check_file(file, MAX_MANIFEST_BYTES)
    try:
        data = json.loads(file.read_text(encoding="utf-8"), parse_constant=no_constant, object_pairs_hook=no_doubles)
    except (ValueError, RecursionError) as error:
        raise RunError(f"{file}: the manifest is not JSON: {str(error)[:100]}. Run the scenario again.") from error
    manifest = read_manifest(data, str(file))
    held = _held(data.get("tables"), str(file))
    for name in held:
        check_file(_table_file(folder, name), MAX_TABLE_BYTES)
    return Run(folder, manifest, held)


def no_constant(word: str) -> float:
    """Refuse NaN and Infinity, which Python reads in JSON. Raises ValueError."""
    raise ValueError(f"{word} is not a number of JSON")


def no_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A mapping in which no key stands twice, for readers differ in which of the two they believe."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice")
    return found


def _held(data: object, where: str) -> dict[str, dict[str, Any]]:
    if not isinstance(data, dict):
        raise RunError(f"{where}: tables is missing. Run the scenario again.")
    strange = [str(name)[:40] for name in data if name not in TABLES]
    lost = [spec.name for spec in RUN_TABLES if spec.name not in data]
    if strange or lost:
        raise RunError(f"{where}: tables: missing {lost}; unknown {strange[:5]}. Run the scenario again.")
    for name, row in data.items():
        rows, digest = (row.get("rows"), row.get("sha256")) if isinstance(row, dict) else (None, None)
        if not (isinstance(rows, int) and rows >= 0 and isinstance(digest, str) and _SHA256.fullmatch(digest)):
            raise RunError(f"{where}: tables.{name} lacks rows and sha256. Run the scenario again.")
    return data


def _table_file(folder: Path, name: str) -> Path:
    path = folder / "tables" / f"{name}.parquet"
    if path.parent.is_symlink():
        raise RunError(f"{path.parent}: a link is not followed. Copy the run folder itself.")
    check_file(path, MAX_TABLE_BYTES)
    return path


def check_file(path: Path, limit: int) -> None:
    """Raise RunError unless the path is a plain file of at most so many bytes."""
    if path.is_symlink():
        raise RunError(f"{path}: a link is not followed. Copy the run folder itself.")
    if not path.is_file():
        raise RunError(f"{path}: the file is missing, so the run is not complete. Run the scenario again.")
    size = path.stat().st_size
    if size > limit:
        raise RunError(f"{path}: the file is too large: got {size} bytes; expected at most {limit} bytes.")
