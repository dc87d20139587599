"""The made-up run that the reports tell of, and its baseline."""

from __future__ import annotations

import pytest

from support.reported_answers import baseline_tables, case_tables
from support.reported_run import FakeRun, manifest


@pytest.fixture(name="case")
def make_case() -> FakeRun:
    return FakeRun(manifest("leaves", "A partner leaves the made-up station"), case_tables())


@pytest.fixture(name="baseline")
def make_baseline() -> FakeRun:
    return FakeRun(manifest("stays", "Nobody leaves"), baseline_tables())
