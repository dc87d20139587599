"""What computed a run: package versions, the Python version, and the vector instructions that NumPy used.

Results are equal to the last bit for one set of these; a manifest keeps them so that a difference can be explained.
"""

from __future__ import annotations

import hashlib
import importlib
import math
import platform
from importlib import metadata
from importlib.resources import as_file, files
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
    """``name`` and ``sha256`` of the shipped atmosphere table nearest to an inclination; empty without one."""
    from cupola.physics.density import shipped_inclinations

    shipped = shipped_inclinations()
    if not shipped:
        return {}
    name = shipped[min(shipped, key=lambda degrees: abs(degrees - math.degrees(inclination_rad)))]
    with as_file(files("cupola").joinpath("data", "environment", name)) as path:
        return {"name": name, "sha256": file_hash(path)}


def file_hash(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
