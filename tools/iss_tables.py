"""Reading and writing the tables of the shipped programme, for the tools that make them."""

from __future__ import annotations

import csv
from pathlib import Path

Row = dict[str, str]

TARGET = Path(__file__).resolve().parent.parent / "src" / "cupola" / "data" / "iss"

PARTNERS = {"NASA": "nasa", "Roscosmos": "roscosmos", "ESA": "esa", "JAXA": "jaxa", "CSA": "csa"}

GENERAL = "general knowledge"


def read(path: Path) -> list[Row]:
    """Rows of a CSV file; lines that begin with ``#`` are skipped."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def write(name: str, columns: list[str], rows: list[Row], head: str) -> None:
    """Write one table with a comment line above it."""
    with (TARGET / name).open("w", encoding="utf-8", newline="") as file:
        file.write(f"# {head}\n")
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(f"{name}: {len(rows)} rows")
