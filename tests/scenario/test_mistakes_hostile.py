"""Inputs that mean harm are refused or harm nothing, and take little memory to judge."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from typing import Any

import pytest

from cupola.base.errors import ScenarioError
from cupola.scenario import load
from scenario.mistakes.hostile import INERT, REFUSED, Spoil
from scenario.mistakes.measure import measured

MOST_KB = 300_000
DAY = dt.date(2022, 7, 26)
FIXTURES = Path(__file__).parent.parent / "fixtures"


def judged(spoils: dict[str, Spoil], root: Path) -> dict[str, dict[str, Any]]:
    """Each input, read in a child of its own; nothing may be written."""
    paths = {}
    for number, (name, spoil) in enumerate(spoils.items()):
        folder = root / str(number)
        shutil.copytree(FIXTURES / "small", folder / "small")
        paths[name] = spoil(folder)
    listing = {path: path.lstat().st_mtime_ns for path in root.rglob("*")}
    found = measured("scenario", paths, root)
    assert {path: path.lstat().st_mtime_ns for path in root.rglob("*")} == listing, "something was written"
    return found


def is_told(found: dict[str, Any]) -> bool:
    """Refused in words that may be printed: no control characters, no page after page of the input itself."""
    said = found["said"].rpartition("\n\n")[0].split("\n")
    return (
        found["what"] == "refused"
        and 1 <= found["count"] <= 1_001
        and all(line.isprintable() and len(line) < 1_500 for line in said)
    )


@pytest.mark.slow
def test_harm_is_refused_in_words_and_takes_little(tmp_path: Path) -> None:
    assert len(REFUSED) + len(INERT) >= 60
    found = judged(REFUSED, tmp_path)
    assert not [(name, row) for name, row in found.items() if not is_told(row) or row["rss_kb"] >= MOST_KB]


@pytest.mark.slow
def test_what_is_odd_but_right_is_read_and_takes_little(tmp_path: Path) -> None:
    found = judged(INERT, tmp_path)
    assert {name: row["what"] for name, row in found.items()} == dict.fromkeys(INERT, "read")
    assert max(row["rss_kb"] for row in found.values()) < MOST_KB


@pytest.mark.parametrize("name", ["a table that is a pipe", "a table linked to the passwords", "aliases that multiply"])
def test_the_worst_are_refused_here_too(tmp_path: Path, name: str) -> None:
    shutil.copytree(FIXTURES / "small", tmp_path / "small")
    with pytest.raises(ScenarioError) as caught:
        load(REFUSED[name](tmp_path), as_of=DAY)
    assert "root:" not in str(caught.value)
