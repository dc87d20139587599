"""Files of different objects are told apart by designator and catalogue number, and those of others refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cupola.base.errors import FormatError
from cupola.flight.track_files import Material, read_files
from cupola.formats.elements import read_elements, write_omm
from cupola.formats.ephemeris import Oem
from cupola.formats.oem import write_oem
from support.track_orbits import BEGIN, segment

DATA = Path(__file__).resolve().parents[1] / "formats" / "data"
RELEASES = sorted((DATA / "releases").iterdir())


def ephemeris(folder: Path, object_id: str = "2001-001A", name: str = "LAB") -> Path:
    piece = replace(segment(0.5), object_id=object_id, object_name=name)
    path = folder / f"{name}.oem"
    path.write_text(write_oem(Oem((piece,), "CUPOLA", BEGIN)), encoding="utf-8")
    return path


def sets(folder: Path, object_id: str, number: int, name: str = "LAB") -> Path:
    one = replace(read_elements(DATA / "two_lines.tle")[0], object_id=object_id, catalogue_id=number, object_name=name)
    path = folder / f"{number}-{object_id}.omm"
    path.write_text(write_omm((one,)), encoding="utf-8")
    return path


def reasons(material: Material) -> list[str]:
    return [one.reason for one in material.refused]


def test_sets_of_another_object_do_not_enter_the_history_of_the_station() -> None:
    material = read_files([*RELEASES, DATA / "small.tle"])
    assert len(material.pieces) == 2 and material.sets.instants.size == 0
    assert reasons(material) == ["another object: 2031001A", "another object: 2031001B"]


@pytest.mark.parametrize(
    ("object_id", "number", "unlike"),
    [("2001-001A", 7, ""), ("UNKNOWN", 7, ""), ("1998-067A", 7, "1998067A"), ("1998-067A", 0, "1998067A")],
)
def test_a_set_with_another_designator_is_refused(tmp_path: Path, object_id: str, number: int, unlike: str) -> None:
    material = read_files([ephemeris(tmp_path), sets(tmp_path, object_id, number)])
    assert reasons(material) == ([f"another object: {unlike}"] if unlike else [])
    assert material.name == "LAB"


def test_a_set_with_another_number_is_refused_even_with_the_same_designator(tmp_path: Path) -> None:
    files = [sets(tmp_path, "2001-001A", 7), sets(tmp_path, "2001-001A", 8), ephemeris(tmp_path)]
    assert reasons(read_files(files)) == ["another object: 8"]


def test_an_ephemeris_that_tells_a_number_goes_with_the_sets_of_it(tmp_path: Path) -> None:
    material = read_files([ephemeris(tmp_path, "7"), sets(tmp_path, "2001-001A", 7), sets(tmp_path, "2001-001B", 8)])
    assert reasons(material) == ["another object: 8"]
    assert len(material.pieces) == 1 and material.sets.instants.size == 1


@pytest.mark.parametrize("word", ["LAB", "lab", "2001-001A", "2001001-A"])
def test_an_object_is_chosen_by_any_name(tmp_path: Path, word: str) -> None:
    material = read_files([*RELEASES, ephemeris(tmp_path)], word)
    assert [piece.name for piece in material.pieces] == [str(ephemeris(tmp_path))]
    assert reasons(material) == ["another object: 1998-067-A"] * 2


def test_a_name_without_its_brackets_chooses_among_sets() -> None:
    material = read_files([DATA / "small.tle"], "TUG")
    assert material.sets.sources == (f"{DATA / 'small.tle'}, set 2",)


def test_an_object_that_is_not_there_is_refused_with_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(
        FormatError, match=r"is not in the files: got NOPE; expected LAB \(2001-001A\), LAB \(2031"
    ) as e:
        read_files([ephemeris(tmp_path), DATA / "small.tle"], "NOPE")
    assert [problem.where for problem in e.value.problems] == ["--object"]
