"""Mutated scenarios load or are refused, and write nothing; the fuzzer itself can find what it looks for."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from cupola.scenario import load
from support.tools import tool


@pytest.fixture(scope="module")
def fuzz() -> ModuleType:
    return tool("fuzz")


def test_a_few_mutants_do_no_harm(fuzz: ModuleType) -> None:
    done = fuzz.work(11, range(120))
    assert not done.failed, done.failed[0]
    assert done.count["refused"] >= 20 and done.count["loaded"] >= 2, done.count


@pytest.mark.slow
@pytest.mark.parametrize("part", range(3))
def test_three_thousand_mutants_do_no_harm(fuzz: ModuleType, part: int) -> None:
    done = fuzz.work(1, range(part * 1_000, (part + 1) * 1_000))
    assert not done.failed, done.failed[0]
    assert sum(done.count.values()) == 1_000 and done.count["loaded"] >= 20, done.count


def test_a_mutant_is_made_again_from_its_number(fuzz: ModuleType, tmp_path: Path) -> None:
    made = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        bench = fuzz.Bench(tmp_path / name)
        *_, changed = bench.mutant(5, 77)
        made.append([path.read_bytes() for path in changed])
        assert any(path.read_bytes() != bench.clean[path] for path in changed) or len(changed) == 1
        bench.restore(changed)
        assert all(path.read_bytes() == data for path, data in bench.clean.items())
    assert made[0] == made[1]


def test_a_fall_of_the_reader_is_found(fuzz: ModuleType) -> None:
    def falls(place: Path, **options: Any) -> object:
        raise KeyError("x")

    done = fuzz.work(1, range(3), falls)
    assert done.count["failed"] == 3 and "KeyError" in done.failed[0]


def test_a_reader_that_writes_is_found(fuzz: ModuleType, tmp_path: Path) -> None:
    def writes(place: Path, **options: Any) -> object:
        (tmp_path / "hurt.txt").write_text("hurt")
        return load(place, **options)

    def leaves(place: Path, **options: Any) -> object:
        (place / "folder").mkdir()
        return None

    assert "to write" in fuzz.work(1, range(1), writes).failed[0]
    assert fuzz.work(1, range(1), leaves).count["failed"] == 1


def test_a_refusal_without_a_reason_is_found(fuzz: ModuleType) -> None:
    from cupola.base.errors import ScenarioError

    def refuses(place: Path, **options: Any) -> object:
        raise ScenarioError("x", [])

    assert fuzz.work(1, range(1), refuses).count["failed"] == 1
