"""Run folders on the command line: the one that was named, or the newest."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from cupola.base.errors import RunError

if TYPE_CHECKING:
    from cupola.results import Run


def is_run(place: str | Path) -> bool:
    """Whether a path is a run folder rather than a scenario."""
    return (Path(place) / "manifest.json").is_file()


def newest(folder: str | Path) -> Path:
    """The run folder that was saved last. Raises RunError when there is none."""
    place = Path(folder)
    found = [path for path in place.iterdir() if is_run(path)] if place.is_dir() else []
    if not found:
        raise RunError(f"{place}: there is no run here. Run a scenario first: 'cupola run SCENARIO'.")
    return max(found, key=lambda path: (path.stat().st_mtime_ns, path.name))


def open_named(place: str | None, folder: str | Path) -> Run:
    """Open the run that was named, or the newest in a folder."""
    from cupola.flow import open_run

    return open_run(newest(folder) if place is None else place)


def write_beside(place: Path, text: str) -> None:
    """Write a file whole, line breaks as they are: beside its place first, so that nobody ever reads half of it."""
    place.parent.mkdir(parents=True, exist_ok=True)
    beside = place.with_name(f".{place.name}.{os.getpid()}")
    beside.write_bytes(text.encode("utf-8"))
    beside.replace(place)
