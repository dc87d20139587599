"""Mutated ephemerides and element sets are read or refused; the fuzzer itself can find what it looks for."""

from __future__ import annotations

import math
from types import ModuleType
from typing import Any

import pytest

from cupola.base.errors import FormatError
from support.tools import tool

PARTS = 2
COUNT = 10_000


@pytest.fixture(scope="module")
def fuzz() -> ModuleType:
    return tool("fuzz_files")


def test_a_few_mutants_do_no_harm(fuzz: ModuleType) -> None:
    done = fuzz.work(11, range(1_500))
    assert not done.failed, done.failed[0]
    assert done.count["refused"] >= 1_000 and done.count["read"] >= 150, done.count


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_ten_thousand_mutants_do_no_harm(fuzz: ModuleType, part: int) -> None:
    done = fuzz.work(1, range(part, COUNT, PARTS))
    assert not done.failed, done.failed[0]
    assert sum(done.count.values()) == COUNT // PARTS and done.count["read"] >= 500, done.count


@pytest.mark.slow
def test_no_bomb_goes_off(fuzz: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuzz, "BOMB_SHARE", 1.0)
    done = fuzz.work(1, range(150))
    assert not done.failed, done.failed[0]
    assert done.count == {"refused": 150}


def test_every_seed_is_read(fuzz: ModuleType) -> None:
    for name, data in fuzz.Bench().seeds:
        kind = "oem" if "oem" in name or name.startswith("release") else "rows" if "rows" in name else "elements"
        assert fuzz.judge(kind, data, True) == ("read", ""), name


def test_a_mutant_is_made_again_from_its_number(fuzz: ModuleType) -> None:
    one, other = fuzz.Bench(), fuzz.Bench()
    assert [one.mutant(5, number) for number in range(50)] == [other.mutant(5, number) for number in range(50)]
    assert one.mutant(5, 7) != one.mutant(6, 7)


def test_a_fall_a_hang_and_a_glutton_are_found(fuzz: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    def falls(data: bytes) -> object:
        raise KeyError("x")

    def hangs(data: bytes) -> object:
        while True:
            pass

    def eats(data: bytes) -> object:
        # Far more than the limit: other tests' threads may give back hundreds of megabytes meanwhile.
        return bytearray(8_000_000_000)

    def takes_nan(data: bytes) -> object:
        return (1.0, (2.0, math.nan))

    def says_nothing(data: bytes) -> object:
        raise FormatError("f", [])

    monkeypatch.setattr(fuzz, "LIMIT_S", 0.05)
    for reader, words in (
        (falls, "KeyError"),
        (hangs, "took longer than"),
        (eats, "MemoryError"),
        (takes_nan, "not finite"),
        (says_nothing, "without a line"),
    ):
        assert words in fuzz.work(1, range(1), reader).failed[0]


def test_a_record_that_changes_is_found(fuzz: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    def loses(made: Any, kind: str) -> str:
        return str(write(made, kind)).replace("CUPOLA", "CUPOLO")

    write = fuzz.write_oem
    monkeypatch.setattr(fuzz, "write_oem", loses)
    assert "changed on its way" in fuzz.judge("oem", (fuzz.SEEDS / "small.oem").read_bytes(), True)[1]
