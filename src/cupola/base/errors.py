"""The errors of the house.

    CupolaError
    ├── ScenarioError      the user's files are wrong; holds every Problem, found in one pass
    │   └── FormatError    so is a file in a format of other houses (OEM, OMM, TLE, ...)
    ├── DomainError        a formula was called outside its validity (also ValueError)
    ├── InvariantError     mass did not close, two vehicles on a port: our bug
    └── RunError           a saved run is missing, partial, or of another version

An empty tank, a lost ship or an evacuation is not an error: it is a row in a run's events.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class CupolaError(Exception):
    """Base of all errors that Cupola raises on purpose."""


MOST_ALIKE = 8
"""Problems of one field in one file, with the same words, that are all told in words"""
FIRST_ALIKE = 3
"""How many of them are told when there are more"""


@dataclass(frozen=True)
class Problem:
    """One mistake in a user's files: where it stands, what is wrong, and what to do about it."""

    where: str
    """``file:line`` (line counted from 1), or ``--set`` / ``--as-of`` for the command line."""
    key: str
    """Dotted key or ``id.field``, e.g. ``elements.lab.mass``."""
    what: str
    """What is wrong, without the values."""
    got: str = ""
    expected: str = ""
    remedy: str = ""
    """What to do next: a full sentence."""

    def __str__(self) -> str:
        parts = [f"{self.where}: {self.key}: {self.what}"]
        values = "; ".join(
            text for text in (self.got and f"got {self.got}", self.expected and f"expected {self.expected}") if text
        )
        message = ": ".join([*parts, values]) if values else parts[0]
        return f"{message}. {self.remedy}".rstrip() if self.remedy else f"{message}."


def _lines(problems: Sequence[Problem]) -> list[str]:
    """A line a problem; of many that are alike, one field of one file in row after row, the first few and a count."""
    alike: dict[tuple[str, str, str, str], list[Problem]] = {}
    for problem in problems:
        alike.setdefault(_kind(problem), []).append(problem)
    lines = []
    for problem in problems:
        same = alike[_kind(problem)]
        if len(same) <= MOST_ALIKE or problem in same[:FIRST_ALIKE]:
            lines.append(str(problem))
        if len(same) > MOST_ALIKE and problem is same[FIRST_ALIKE - 1]:
            last = same[-1].where
            lines.append(f"    and {len(same) - FIRST_ALIKE} more like it, down to {last} (--json lists all).")
    return lines


def _kind(problem: Problem) -> tuple[str, str, str, str]:
    """File, table, field and what is wrong."""
    parts = problem.key.split(".")
    return problem.where.rpartition(":")[0], parts[0], parts[-1], problem.what


class ScenarioError(CupolaError):
    """The scenario's files are wrong. ``problems`` holds every mistake that one pass found.

    scenario  its id or path; empty when what is wrong stands on the command line
    undone    what was not done because of them, a full sentence
    """

    def __init__(self, scenario: str, problems: Sequence[Problem], undone: str = "Nothing was run.") -> None:
        self.scenario = scenario
        self.problems = tuple(problems)
        self.undone = undone
        count = len(self.problems)
        noun = "problem" if count == 1 else "problems"
        of = f"in scenario {scenario}" if scenario else "on the command line"
        super().__init__("\n".join([*_lines(self.problems), "", f"{count} {noun} {of}. {undone}"]))

    def __reduce__(self) -> tuple[type[ScenarioError], tuple[str, tuple[Problem, ...], str]]:
        """So that a process hands it to another one whole."""
        return type(self), (self.scenario, self.problems, self.undone)


class FormatError(ScenarioError):
    """A file in a format of other houses is wrong. ``scenario`` is the file's name."""

    def __init__(self, scenario: str, problems: Sequence[Problem]) -> None:
        super().__init__(scenario, problems)
        count = len(self.problems)
        lines = _lines(self.problems)
        closing = f"{count} problem{'' if count == 1 else 's'} in the file {scenario}. Nothing was read."
        self.args = ("\n".join([*lines, "", closing]),)


class DomainError(CupolaError, ValueError):
    """A formula was called outside the range where it holds."""


class InvariantError(CupolaError):
    """The simulation broke one of its own laws; this is a bug in Cupola."""


class RunError(CupolaError):
    """A saved run is missing, partial, or was written by another version."""
