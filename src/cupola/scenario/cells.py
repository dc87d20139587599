"""Raw cells with their place, and the list of what is wrong. Nothing here knows what a value means."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from itertools import islice
from typing import NamedTuple

from cupola.base.errors import Problem

MAX_PROBLEMS = 1000
"""More than this and the files are no scenario; reading stops."""
MAX_COMPARED = 500
"""Names among which a near one is sought."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class Cell(NamedTuple):
    """One value as it was written: its text, its place, and what stands beside it."""

    text: str
    where: str
    low: str = ""
    high: str = ""
    unit: str = ""
    source: str = ""
    status: str = ""

    def written(self) -> str:
        """The value as one would say it, e.g. ``417 km (415 to 419)``."""
        value = f"{self.text} {self.unit}".strip()
        return f"{value} ({self.low or '...'} to {self.high or '...'})" if self.low or self.high else value


Row = dict[str, Cell]
Rows = dict[str, Row]
"""Rows of one table by id, in file order. A section is a table with the one row ``""``."""
Tables = dict[str, Rows]


class TooManyError(Exception):
    """MAX_PROBLEMS were found. Raised and caught within this room; :func:`load` reports what was found."""


class Findings:
    """Collects every problem of one pass."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def add(self, where: str, key: str, what: str, got: str = "", expected: str = "", remedy: str = "") -> None:
        """Note one problem; the same one is noted once. Raises TooManyError after MAX_PROBLEMS of them."""
        problem = Problem(where, shorten(key), what, shorten(got), expected, remedy)
        if problem in self.problems[-50:]:
            return
        self.problems.append(problem)
        if len(self.problems) >= MAX_PROBLEMS:
            advice = "Mend these first; what comes after was not read."
            self.problems.append(Problem("scenario", "problems", "are too many to list", remedy=advice))
            raise TooManyError


def shorten(text: str, most: int = 120) -> str:
    """The text on one line, cut after ``most`` characters, without control characters."""
    flat = _CONTROL.sub("?", " ".join(text.split()))
    return flat if len(flat) <= most else f"{flat[: most - 3]}..."


def has_control(text: str) -> bool:
    """Whether the text holds control characters, which could steer a terminal."""
    return _CONTROL.search(text) is not None


def near(word: str, known: Iterable[str]) -> str:
    """The known name that looks most like a word, or an empty text.

    >>> near("zenit", ["zenith", "nadir"])
    'zenith'
    """
    if not 0 < len(word) <= 100:
        return ""
    names = {name.casefold(): name for name in islice(known, MAX_COMPARED)}
    found = difflib.get_close_matches(word.casefold(), names, n=1, cutoff=0.6)
    return names[found[0]] if found else ""


def remedy(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """What to do about an unknown word: the near name, the known ones when they are few, or ``otherwise``."""
    names = [name for name in known if name]
    guess = near(word, names)
    parts = [f"Did you mean {guess!r}?"] if guess else []
    if names and len(names) <= 12:
        parts.append(f"Known: {', '.join(names)}.")
    return " ".join(parts) or otherwise
