"""A copy of the small scenario in which a test seeds mistakes."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from cupola.base.errors import Problem, ScenarioError
from cupola.programme.programme import Programme
from cupola.scenario import load

FIXTURES = Path(__file__).parent.parent / "fixtures"
DAY = dt.date(2022, 7, 26)


class Bench:
    """Copies of the small scenario and of its overlay, side by side."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("small", "small-b-leaves"):
            shutil.copytree(FIXTURES / name, folder / name)

    def path(self, name: str) -> Path:
        return self.folder / name

    def replace(self, file: str, old: str, new: str) -> int:
        """Replace the one place where ``old`` stands in a file (``small/`` is understood); return its line."""
        path = self.folder / (file if "/" in file else f"small/{file}")
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new), encoding="utf-8")
        return text[: text.index(old)].count("\n") + 1

    def append(self, file: str, line: str) -> int:
        """Add a line at the end of a file; return its number."""
        path = self.folder / (file if "/" in file else f"small/{file}")
        text = path.read_text(encoding="utf-8")
        path.write_text(f"{text}{line}\n", encoding="utf-8")
        return text.count("\n") + 1

    def load(self, name: str = "small", as_of: dt.date = DAY, settings: Sequence[str] = ()) -> Programme:
        return load(self.folder / name, as_of=as_of, settings=settings)

    def problems(
        self, name: str = "small", as_of: dt.date = DAY, settings: Sequence[str] = (), waive: Sequence[str] = ()
    ) -> tuple[Problem, ...]:
        """What is wrong; a scenario in which nothing is wrong fails the test."""
        with pytest.raises(ScenarioError) as caught:
            load(self.folder / name, as_of=as_of, settings=settings, waive=waive)
        return caught.value.problems


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)
