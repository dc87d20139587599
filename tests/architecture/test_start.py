"""Asking for help, or importing the package, loads nothing heavy; no result depends on an extra that is installed."""

from __future__ import annotations

import subprocess
import sys

from source import imports, modules

HEAVY = ("duckdb", "pymsis", "jinja2", "ruamel", "numpy", "rich", "pydantic", "satkit", "sgp4", "numba")
COMPILED = "cupola.flight.averaged_compiled"


def loaded(code: str) -> set[str]:
    """Heavy packages that a fresh interpreter has loaded after running some code."""
    ask = f"{code}\nimport sys\nprint('LOADED', *[n for n in {HEAVY!r} if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True, timeout=60)
    return set(done.stdout.rsplit("LOADED", 1)[1].split())


def test_importing_the_package_is_light() -> None:
    assert loaded("import cupola") == set()


def test_help_is_light() -> None:
    code = (
        "import sys\nsys.argv = ['cupola', '--help']\nfrom cupola.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass"
    )
    assert loaded(code) == set()


def test_a_heavy_import_is_seen() -> None:
    assert loaded("import numpy") == {"numpy"}


def test_no_verb_flies_the_compiled_steps() -> None:
    """Their last digits are not those of the array form, and whether numba is there must not move a result."""
    users = [module.name for module in modules() if module.name != COMPILED and COMPILED in imports(module)]
    assert users == []
    assert COMPILED in {module.name for module in modules()}
