"""Rows of mean elements without the angles of the orbit's plane: CSV with one epoch a row.

Such rows are derived from archives of element sets, of which they keep what an altitude history needs. The columns
``epoch_utc``, ``mean_motion_revday``, ``ecc`` and ``inc_deg`` must stand; ``norad`` and ``bstar`` may; others are left
aside.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from cupola.base.errors import DomainError
from cupola.base.instants import LEAP_SECONDS, LeapSeconds, parse_instant
from cupola.formats.decimals import DEGREE, REV_PER_DAY, number, scaled, whole
from cupola.formats.element_set import GREATEST_ID, MU_WGS72
from cupola.formats.findings import Findings, text_of
from cupola.formats.kvn import short_lines
from cupola.formats.records import FloatArray, IntArray, Record

NEEDED = ("epoch_utc", "mean_motion_revday", "ecc", "inc_deg")
MAX_ROWS = 500_000
MAX_COLUMNS = 50


@dataclass(frozen=True, eq=False)
class ElementRows(Record):
    """Mean elements in the order of the file, one column an array."""

    instants: IntArray
    """(n,) TAI nanoseconds since 2000-01-01T00:00:00 TAI"""
    mean_motion: FloatArray
    """(n,) [rad/s], after Kozai"""
    eccentricity: FloatArray
    """(n,)"""
    inclination: FloatArray
    """(n,) [rad]"""
    bstar: FloatArray
    """(n,) [1/Earth radius]; 0 where the file has none"""
    catalogue_id: IntArray
    """(n,); 0 where the file has none"""
    lines: IntArray
    """(n,) line of each row, for messages"""

    @property
    def semi_major_axis(self) -> FloatArray:
        """(n,) of the mean motion as it stands [m]"""
        axis: FloatArray = np.cbrt(MU_WGS72 / np.square(self.mean_motion))
        return axis


def _in(low: float, high: float, reader: Callable[[str], float]) -> Callable[[str], float]:
    def read(text: str) -> float:
        plain = number(text)
        if not low <= plain <= high:
            raise DomainError(f"{text} is outside {low:g} to {high:g}")
        return reader(text)

    return read


def read_element_rows(source: Path | bytes, name: str | None = None, leap: LeapSeconds = LEAP_SECONDS) -> ElementRows:
    """Read a table of mean elements, compressed or not.

    Raises FormatError with every problem of the file, each at its line.
    """
    shown = name if name is not None else (str(source) if isinstance(source, Path) else "elements")
    findings = Findings(shown)
    rows = csv.reader(
        (line + "\n" for _, line in short_lines(text_of(source, shown), findings) if line.strip()), strict=True
    )
    readers: dict[str, Callable[[str], float]] = {
        "epoch_utc": lambda text: parse_instant(text, "UTC", leap),
        "mean_motion_revday": _in(0.01, 17.2, lambda text: scaled(text, REV_PER_DAY)),
        "ecc": _in(0.0, 1.0 - 1e-12, number),
        "inc_deg": _in(0.0, 180.0, lambda text: scaled(text, DEGREE)),
        "bstar": _in(-1e9, 1e9, number),
        "norad": lambda text: whole(text, 0, GREATEST_ID),
    }
    columns: dict[str, list[float]] = {key: [] for key in readers}
    lines: list[int] = []
    header: list[str] = []
    try:
        for cells in rows:
            line = rows.line_num
            if not header:
                header = _header(cells, findings)
            elif len(cells) != len(header):
                findings.add(line, "row", "has the wrong number of cells", str(len(cells)), str(len(header)))
            else:
                _row(dict(zip(header, cells, strict=True)), line, readers, columns, findings)
                lines.append(line)
                if len(lines) > MAX_ROWS:
                    raise findings.refuse(line, "row", "is one too many", expected=f"at most {MAX_ROWS}")
    except csv.Error as error:
        raise findings.refuse(rows.line_num, "row", "is not CSV", str(error)) from None
    if not lines and not findings.problems:
        findings.add(1, "rows", "are missing")
    findings.stop()
    motion, eccentricity, inclination, bstar = (
        np.array(columns[key]) for key in ("mean_motion_revday", "ecc", "inc_deg", "bstar")
    )
    instants, ids = (np.array(columns[key], dtype=np.int64) for key in ("epoch_utc", "norad"))
    return ElementRows(instants, motion, eccentricity, inclination, bstar, ids, np.array(lines, dtype=np.int64))


def _header(cells: list[str], findings: Findings) -> list[str]:
    missing = [key for key in NEEDED if key not in cells]
    if missing or len(set(cells)) < len(cells) or len(cells) > MAX_COLUMNS:
        raise findings.refuse(
            1, "header", "is not right", ", ".join(cells), f"different names, {', '.join(NEEDED)} among them"
        )
    return cells


def _row(
    row: dict[str, str],
    line: int,
    readers: dict[str, Callable[[str], float]],
    columns: dict[str, list[float]],
    findings: Findings,
) -> None:
    for key, reader in readers.items():
        text = row.get(key, "")
        value = findings.read(line, key, reader, text) if text or key in NEEDED else 0
        columns[key].append(0 if value is None else value)
