"""A thousand kinds of mistake seeded into the shipped scenarios: each is told at its line, and the advice helps."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import pytest

from cupola.base.errors import Problem, ScenarioError
from cupola.scenario import load
from cupola.scenario.shipped import shipped
from scenario.mistakes.advice import values, ways
from scenario.mistakes.generate import rows
from scenario.mistakes.seeding import Mistake, Seeded, line_now, mistakes, put, seed

DAY = dt.date(2022, 7, 26)
ALL = mistakes()
TOGETHER = [row for row in ALL if ": " in row.id and row.change in ("set", "blank")]
"""Mistakes of one value, seeded many at once, for none may hide another."""
ALONE = [row for row in ALL if row not in TOGETHER]
HIDES = ("id", "unit", "name", "arrived", "day", "function")
"""Fields whose mistake changes the name of the row, or the unit of its numbers."""
TRIES = 10
"""Values that a person would try of those that a message names."""


class Copies:
    """Copies of all shipped scenarios; what was changed is put back."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name, source in shipped().items():
            shutil.copytree(source, folder / name)
        self.clean = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    def restore(self) -> None:
        for path in self.folder.rglob("*"):
            if path.is_file() and path not in self.clean:
                path.unlink()
        for path, data in self.clean.items():
            if not path.is_file() or path.read_bytes() != data:
                path.write_bytes(data)

    def problems(self, scenario: str) -> tuple[Problem, ...]:
        try:
            load(self.folder / scenario, as_of=DAY)
        except ScenarioError as error:
            return error.problems
        return ()

    def seed(self, mistake: Mistake) -> Seeded:
        return seed(mistake, self.folder / mistake.scenario)


@pytest.fixture
def copies(tmp_path: Path) -> Copies:
    return Copies(tmp_path)


def batches(kinds: Sequence[Mistake]) -> list[list[Mistake]]:
    """The kinds in groups in which no two are of one field, or of one file where the row's name is hidden."""
    found: dict[tuple[str, int], list[Mistake]] = {}
    count: Counter[tuple[str, str, str]] = Counter()
    for kind in kinds:
        hides = kind.field in HIDES and kind.file != "scenario.yaml"
        place = (kind.scenario, kind.file, "" if hides else f"{kind.row}.{kind.field}")
        count[place] += 1
        found.setdefault(("hides" if hides else kind.scenario, count[place]), []).append(kind)
    return list(found.values())


def told(copies: Copies, group: Sequence[Mistake]) -> dict[Mistake, tuple[Seeded, Problem]]:
    """Seed a group in one copy, read it once, and find each mistake's own problem; one that is not told fails."""
    seeded = {kind: copies.seed(kind) for kind in group}
    found: dict[Mistake, tuple[Seeded, Problem]] = {}
    listed = {scenario: copies.problems(scenario) for scenario in {kind.scenario for kind in group}}
    for kind in group:
        place = line_now(kind, seeded[kind], copies.folder / kind.scenario)
        own = [problem for problem in listed[kind.scenario] if kind.is_told(place, problem)]
        assert own, f"{kind.id}: not told at line {place.line}: " + "\n".join(map(str, listed[kind.scenario][:5]))
        assert own[0].remedy, f"{kind.id}: no next step: {own[0]}"
        found[kind] = (place, own[0])
    return found


def helped(copies: Copies, found: dict[Mistake, tuple[Seeded, Problem]]) -> set[Mistake]:
    """Follow the messages of a group, all at once and value by value; those whose problem then goes away."""
    tries = {kind: list(dict.fromkeys(values(problem)))[:TRIES] for kind, (_, problem) in found.items()}
    done: set[Mistake] = set()
    for number in range(TRIES):
        open_ones = [kind for kind in found if kind not in done and number < len(tries[kind])]
        if not open_ones:
            break
        for kind in open_ones:
            put(kind, found[kind][0], copies.folder / kind.scenario, tries[kind][number])
        left = {
            (scenario, problem.key, problem.what)
            for scenario in {kind.scenario for kind in open_ones}
            for problem in copies.problems(scenario)
        }
        done |= {kind for kind in open_ones if (kind.scenario, found[kind][1].key, found[kind][1].what) not in left}
    return done


def test_there_are_enough_kinds() -> None:
    assert len({row.id for row in ALL}) == len(ALL) >= 1_000
    assert len(ALONE) >= 150
    assert {row.scenario for row in ALL} >= {
        "iss",
        "iss-russia-leaves",
        "iss-russia-separates",
        "iss-russia-hands-over",
    }


def test_the_table_covers_the_fields() -> None:
    """After fields.csv was changed, ``python tests/scenario/mistakes/generate.py`` writes the table anew."""
    wanted = {row["id"].split(":")[0] for row in rows()}
    covered = {row.id.split(":")[0] for row in TOGETHER}
    assert len(wanted - covered) <= 0.05 * len(wanted), sorted(wanted - covered)


GROUPS = batches(TOGETHER)


def test_mistakes_of_one_value_are_told_in_one_pass(copies: Copies) -> None:
    """Hundreds at once: the first mistake that each field allows, and those that hide a row's name."""
    for group in (max(GROUPS, key=len), GROUPS[-1]):
        told(copies, group)
        copies.restore()


@pytest.mark.slow
@pytest.mark.parametrize("part", range(3))
def test_all_mistakes_of_one_value_are_told_and_most_messages_help(copies: Copies, part: int) -> None:
    helpless: list[str] = []
    groups = GROUPS[part::3]
    for group in groups:
        found = told(copies, group)
        done = helped(copies, found)
        helpless += [f"{kind.id}: {problem}" for kind, (_, problem) in found.items() if kind not in done]
        copies.restore()
    assert len(helpless) <= 0.1 * sum(map(len, groups)), "\n".join(helpless)


def tries(copies: Copies, kind: Mistake, place: Seeded, problem: Problem) -> Iterator[None]:
    """Follow a message in one way after the other, and stop after each."""
    path = copies.folder / kind.scenario / kind.file
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    if "bring it back" in problem.remedy:
        path.write_bytes(copies.clean[path])
        yield
    if kind.change in ("set", "blank"):
        for value in islice(dict.fromkeys(values(problem)), TRIES):
            put(kind, place, copies.folder / kind.scenario, value)
            yield
    for way in islice(ways(text, problem), TRIES):
        path.write_text(way, encoding="utf-8", newline="")
        yield


@pytest.mark.slow
@pytest.mark.parametrize("part", range(4))
def test_mistakes_of_form_are_told_alone_and_most_messages_help(copies: Copies, part: int) -> None:
    helpless: list[str] = []
    kinds = ALONE[part::4]
    for kind in kinds:
        ((place, problem),) = told(copies, [kind]).values()
        for _ in tries(copies, kind, place, problem):
            if (problem.key, problem.what) not in {(row.key, row.what) for row in copies.problems(kind.scenario)}:
                break
        else:
            helpless.append(f"{kind.id}: {problem}")
        copies.restore()
    assert len(helpless) <= 0.1 * len(kinds), "\n".join(helpless)


@pytest.mark.parametrize("name", sorted(set(shipped()) - {"iss", "iss-russia-leaves"}))
def test_every_other_shipped_scenario_tells_its_mistakes(copies: Copies, name: str) -> None:
    kinds = [Mistake(**row) for row in rows(name, name) if row["change"] == "set"]
    assert kinds
    for group in batches(kinds)[:4]:
        told(copies, group)
        copies.restore()


@pytest.mark.slow
def test_nothing_is_written_and_the_program_says_three(copies: Copies, tmp_path: Path) -> None:
    """Through the real command: no traceback, exit code 3, and the folder is as it was."""
    for kind in (*TOGETHER[:: len(TOGETHER) // 15], *ALONE[:: len(ALONE) // 15])[:30]:
        place = copies.seed(kind)
        before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
        words = [sys.executable, "-m", "cupola", "check", str(tmp_path / kind.scenario), "--as-of", DAY.isoformat()]
        done = subprocess.run(words, capture_output=True, text=True, timeout=120, cwd=tmp_path, check=False)
        assert done.returncode == 3, f"{kind.id}: {done.stderr}"
        assert "Traceback" not in done.stderr and done.stdout == ""
        assert f"{kind.scenario}/{kind.file}" in done.stderr and "Nothing was run." in done.stderr
        assert place.line == 0 or f"{kind.file}:{place.line}:" in done.stderr, done.stderr
        assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
        copies.restore()
