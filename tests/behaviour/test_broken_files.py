"""A reader's scenario with mistakes: all of them are told at once, with file and line, and nothing is written."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

import cupola
from cupola import flow
from cupola.base.errors import ScenarioError
from cupola.cli.app import app

OVERLAY = """\
id: my-case
title: A case with mistakes
extends: iss-russia-leaves
baseline: iss
orbit_policy:
  altitude: 410 kms
  bandwidth: 2 km
attitude:
  gyros: {value: 4, low: 5, high: 6}
departure:
  partner: rosskosmos
  after: 2024-13-31
"""
EXPECTED = {
    6: ("kms", "km"),
    7: ("bandwidth",),
    9: ("gyros",),
    11: ("rosskosmos", "roscosmos"),
    12: ("2024-13-31",),
}
"""Line -> what the message names"""


@pytest.fixture
def overlay(tmp_path: Path) -> Path:
    path = tmp_path / "my-case.yaml"
    path.write_text(OVERLAY, encoding="utf-8")
    return path


def test_every_mistake_of_an_overlay_is_told_with_its_line(overlay: Path) -> None:
    with pytest.raises(ScenarioError) as caught:
        flow.load(overlay, as_of="2022-07-26")
    told = {problem.where: str(problem) for problem in caught.value.problems}
    assert set(told) == {f"my-case.yaml:{line}" for line in EXPECTED}
    for line, words in EXPECTED.items():
        assert all(word in told[f"my-case.yaml:{line}"] for word in words), told


def test_the_program_tells_them_and_writes_nothing(
    overlay: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, ["run", overlay.name, "--as-of", "2022-07-26", "--out", "kept"])
    assert result.exit_code == 3
    assert result.stdout == ""
    for line in EXPECTED:
        assert f"my-case.yaml:{line}" in result.stderr
    assert f"{len(EXPECTED)} problems" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == [overlay.name]


MISTAKES = {
    "elements.csv": ("Zvezda,pressurised,ros,roscosmos,energia,roscosmos,zarya", "zarja"),
    "ports.csv": ("Zvezda aft,zvezda,ssvp,docking,prograde", "backward"),
    "provisions.csv": ("Vozdukh,co2_removal,zvezda,3,", "three"),
    "rules.csv": ("Food for 30 days,reserve,food,30,d", "dd"),
    "scenario.yaml": ("  altitude: {value: 417.0 km, low: 416.0 km", "418 km"),
}
"""File -> a text whose last part is replaced by a mistake"""


def test_mistakes_in_five_tables_of_a_copy_are_all_told(tmp_path: Path, root: Path) -> None:
    folder = tmp_path / "iss"
    shutil.copytree(root / "src" / "cupola" / "data" / "iss", folder)
    places = set()
    for name, (text, mistake) in MISTAKES.items():
        path = folder / name
        whole = path.read_text(encoding="utf-8")
        assert whole.count(text) == 1, name
        kept = text.rstrip(",")
        cut = max(kept.rfind(","), kept.rfind(" "), 0) if name != "scenario.yaml" else kept.rfind("416.0 km") - 1
        wrong = f"{kept[: cut + 1]}{mistake}{text[len(kept) :]}"
        path.write_text(whole.replace(text, wrong), encoding="utf-8")
        places.add(f"iss/{name}:{whole[: whole.index(text)].count(chr(10)) + 1}")
    with pytest.raises(ScenarioError) as caught:
        cupola.run(folder, as_of="2022-07-26", out=tmp_path / "runs")
    assert places <= {problem.where for problem in caught.value.problems}
    assert not (tmp_path / "runs").exists()
