"""The examples in the docstrings of the formats, of instants and of SGP4's door say what they give."""

from __future__ import annotations

import doctest
import importlib

import pytest

NAMES = (
    "base.instants flight.sgp4_door formats.decimals formats.ephemeris formats.findings formats.kvn "
    "formats.orbit_files formats.texts formats.tle_fields formats.tle_write formats.trajectory_notes"
).split()


@pytest.mark.parametrize("name", NAMES)
def test_an_example_gives_what_it_says(name: str) -> None:
    done = doctest.testmod(importlib.import_module(f"cupola.{name}"))
    assert done.attempted > 0 and done.failed == 0
