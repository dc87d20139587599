"""Raw cells with their place, and the list of what is wrong. Nothing here knows what a value means."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable
from itertools import islice
from typing import NamedTuple

from cupola.base.errors import Problem

MAX_PROBLEMS = 1000
"""More than this and the files are no scenario; reading stops."""
MAX_CELLS = 120_000
"""Values that all files of a scenario may hold together, blank ones too; the largest shipped one has 20,000."""
MAX_LISTED, SOME = 12, 3
"""Known names are listed when they are so few, else so many of them."""
MAX_COMPARED = 500
"""Names among which a near one is sought."""
MAX_SHARED = 40
"""Names of these that share the most letters with the word, and are compared in full."""

_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\U000e0000-\U000e007f]"
)
"""Characters that are not seen and could steer a terminal, or show a text in another order than it is read."""
_NO_LINE = re.compile(r"\.(?:ya?ml|csv)\Z")


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
        self.cells = 0

    def count(self, where: str, cells: int) -> None:
        """Count values that were read at a place. Raises TooManyError after MAX_CELLS of them, with a problem noted."""
        self.cells += cells
        if self.cells > MAX_CELLS:
            got, rule = f"more than {MAX_CELLS}", f"at most {MAX_CELLS} values in all files"
            self.add(where, "file", "holds more values than a scenario may", got, rule, "Thin or split the tables.")
            raise TooManyError

    def add(self, where: str, key: str, what: str, got: str = "", expected: str = "", remedy: str = "") -> None:
        """Note one problem; the same one is noted once. Raises TooManyError after MAX_PROBLEMS of them.

        A place is ``file:line``. What is lacking in a whole file has its first line; only what is wrong with the
        file itself (key ``file``) has none.
        """
        if key != "file" and not what.endswith("file") and _NO_LINE.search(where):
            where = f"{where}:1"
        problem = Problem(shorten(where, 200), shorten(key), what, shorten(got), expected, remedy)
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


def control(text: str) -> str:
    """The first control character of a text as ``U+202E``, or an empty text when there is none."""
    found = _CONTROL.search(text)
    return f"U+{ord(found.group()):04X}" if found else ""


def near(word: str, known: Iterable[str]) -> str:
    """The known name that looks most like a word, or an empty text.

    >>> near("zenit", ["zenith", "nadir"])
    'zenith'
    """
    if not 0 < len(word) <= 100:
        return ""
    wanted = word.casefold()
    names = {name.casefold(): name for name in islice(known, MAX_COMPARED)}
    # A full comparison of every name would take seconds for a file of a thousand mistakes.
    letters = Counter(wanted)
    shared = sorted(names, key=lambda name: -_shared(letters, len(wanted), name))[:MAX_SHARED]
    found = difflib.get_close_matches(wanted, shared, n=1, cutoff=0.6)
    return names[found[0]] if found else ""


def _shared(letters: Counter[str], length: int, name: str) -> float:
    """Upper bound of the likeness of a name and a word of these letters, from 0 to 1."""
    common = sum(min(letters[letter], name.count(letter)) for letter in set(name))
    return 2 * common / (length + len(name) or 1)


def remedy(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """What to do about an unknown word: the near name, all known ones when few, else ``otherwise`` and some of them."""
    names = [name for name in known if name]
    guess = near(word, names)
    parts = [f"Did you mean {guess!r}?"] if guess else []
    if names and len(names) <= MAX_LISTED:
        parts.append(f"Known: {', '.join(names)}.")
    elif names and not guess and "Known:" not in otherwise and "Fields:" not in otherwise:
        parts.append(f"{otherwise} Known: {', '.join(names[:SOME])}, and {len(names) - SOME} more.".lstrip())
    return " ".join(parts) or otherwise
