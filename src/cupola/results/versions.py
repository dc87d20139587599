"""What computed a run: package versions, the Python version, and the vector instructions that NumPy used.

Results are equal to the last bit for one set of these; a manifest keeps them so that a difference can be explained.
"""

from __future__ import annotations

import hashlib
import importlib
import platform
from importlib import metadata
from pathlib import Path

PACKAGES = ("cupola", "numpy", "duckdb", "pymsis")


def versions() -> dict[str, str]:
    """Versions of the packages that touch the numbers, of Python, and NumPy's CPU-dispatch level.

    returns    {"cupola": "0.1.0", "numpy": ..., "duckdb": ..., "pymsis": ..., "python": ..., "cpu": ...};
               a package that is not installed as a distribution is "unknown"
    """
    found = {}
    for package in PACKAGES:
        try:
            found[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            found[package] = "unknown"
    return {**found, "python": platform.python_version(), "cpu": cpu_dispatch()}


def cpu_dispatch() -> str:
    """The machine type and the highest set of vector instructions that this NumPy dispatches to here.

    NumPy lists its sets in rising order, baseline first; the last one that this processor has is the level.
    """
    umath = importlib.import_module("numpy._core._multiarray_umath")
    features: dict[str, bool] = getattr(umath, "__cpu_features__", {})
    sets = [*getattr(umath, "__cpu_baseline__", []), *getattr(umath, "__cpu_dispatch__", [])]
    usable = [name for name in sets if features.get(name, False)]
    return f"{platform.machine()} {usable[-1] if usable else 'baseline'}"


def density_table(inclination_rad: float) -> dict[str, str]:
    """``name`` and ``sha256`` of the atmosphere table that is used at an inclination, shipped or made and kept.

    Empty where it would still have to be made.
    """
    from cupola.physics.density import table_path

    with table_path(inclination_rad) as path:
        return {"name": path.name, "sha256": file_hash(path)} if path.is_file() else {}


def file_hash(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
