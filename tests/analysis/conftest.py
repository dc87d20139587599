"""The judged station and the tables of its run, for the tests of the analyses."""

from __future__ import annotations

from typing import Any

import pytest

from cupola.programme.programme import Programme
from support import judged_run, judged_station


@pytest.fixture
def programme() -> Programme:
    return judged_station.programme()


@pytest.fixture
def case_tables() -> dict[str, dict[str, list[Any]]]:
    return judged_run.case_tables()


@pytest.fixture
def baseline_tables() -> dict[str, dict[str, list[Any]]]:
    return judged_run.baseline_tables()
