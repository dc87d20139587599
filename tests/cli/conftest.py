"""Calling the program inside the test's process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cupola.cli.app import app

Call = Callable[..., Result]


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    """Call ``cupola WORDS`` in an empty folder; stdout, stderr and the exit code are in the result."""
    monkeypatch.chdir(tmp_path)

    def called(*words: str | Path) -> Result:
        return CliRunner().invoke(app, [str(word) for word in words], prog_name="cupola")

    return called
