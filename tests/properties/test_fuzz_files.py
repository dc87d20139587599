"""Mutated ephemerides and element sets are read or refused; the fuzzer itself can find what it looks for."""

from __future__ import annotations

import importlib.util
import math
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from cupola.base.errors import FormatError

PARTS = 2
COUNT = 10_000


@pytest.fixture(scope="module")
def fuzz() -> ModuleType:
    path = Path(__file__).resolve().parents[2] / "tools" / "fuzz_files.py"
    spec = importlib.util.spec_from_file_location("fuzz_files_tool", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["fuzz_files_tool"] = module
    spec.loader.exec_module(module)
    return module


def test_a_few_mutants_do_no_harm(fuzz: ModuleType) -> None:
    count, failed, *_ = fuzz.work(11, range(1_500))
    assert not failed, failed[0]
    assert count["refused"] >= 1_000 and count["read"] >= 150, count


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_ten_thousand_mutants_do_no_harm(fuzz: ModuleType, part: int) -> None:
    count, failed, *_ = fuzz.work(1, range(part, COUNT, PARTS))
    assert not failed, failed[0]
    assert sum(count.values()) == COUNT // PARTS and count["read"] >= 500, count


@pytest.mark.slow
def test_no_bomb_goes_off(fuzz: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuzz, "BOMB_SHARE", 1.0)
    count, failed, *_ = fuzz.work(1, range(150))
    assert not failed, failed[0]
    assert count == {"refused": 150}


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
        assert words in fuzz.work(1, range(1), reader)[1][0]


def test_a_record_that_changes_is_found(fuzz: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    def loses(made: Any, kind: str) -> str:
        return str(write(made, kind)).replace("CUPOLA", "CUPOLO")

    write = fuzz.write_oem
    monkeypatch.setattr(fuzz, "write_oem", loses)
    assert "changed on its way" in fuzz.judge("oem", (fuzz.SEEDS / "small.oem").read_bytes(), True)[1]
