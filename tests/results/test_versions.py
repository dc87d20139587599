"""What computed a run is written down."""

from __future__ import annotations

import hashlib
import platform
from pathlib import Path

import numpy as np

from cupola.results.versions import cpu_dispatch, file_hash, versions


def test_versions_name_the_packages_and_the_processor() -> None:
    found = versions()
    assert found["numpy"] == np.__version__
    assert found["python"] == platform.python_version()
    assert {"cupola", "duckdb", "pymsis", "cpu"} <= set(found)


def test_the_dispatch_level_is_one_that_this_processor_has() -> None:
    from numpy._core._multiarray_umath import __cpu_features__

    machine, level = cpu_dispatch().split(" ")
    assert machine == platform.machine()
    assert level == "baseline" or __cpu_features__[level]


def test_the_hash_of_a_file(tmp_path: Path) -> None:
    file = tmp_path / "x"
    file.write_bytes(b"abc")
    assert file_hash(file) == hashlib.sha256(b"abc").hexdigest()
