"""The files of these tests, and what a reader says of a wrong one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cupola.base.errors import FormatError

DATA = Path(__file__).resolve().parents[1] / "formats" / "data"
RELEASES = sorted((DATA / "releases").glob("*.gz"))


def text(name: str) -> str:
    return (DATA / name).read_text(encoding="utf-8")


def refusal(reader: Callable[..., object], data: str | bytes, name: str = "f") -> str:
    """The message with which a reader refuses some data."""
    with pytest.raises(FormatError) as caught:
        reader(data.encode() if isinstance(data, str) else data, name)
    assert all(problem.where.rsplit(":", 1)[1].isdigit() for problem in caught.value.problems)
    return str(caught.value)


def changed(name: str, old: str, new: str, count: int = 1) -> str:
    """A file with one piece replaced, which must be there."""
    content = text(name)
    assert old in content
    return content.replace(old, new, count)


def line_of(content: str, piece: str) -> int:
    """The line, from 1, on which a piece first stands."""
    return content[: content.index(piece)].count("\n") + 1
