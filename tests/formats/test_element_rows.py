"""Rows of mean elements, and files told by their content."""

from __future__ import annotations

import pytest

from cupola.base.instants import parse_instant
from cupola.formats.element_rows import ElementRows, read_element_rows
from cupola.formats.oem import Oem
from cupola.formats.orbit_files import read_orbit_file
from support.orbit_files import DATA, changed, refusal


def test_rows_become_columns() -> None:
    rows = read_element_rows(DATA / "rows.csv")
    assert rows.instants.tolist() == [parse_instant(f"2022-03-0{day}T05:06:07.2") for day in (4, 5)]
    assert (rows.eccentricity.tolist(), rows.bstar.tolist()) == ([0.0004321, 0.000432], [0.00021234, 2e-5 * 10])
    assert rows.catalogue_id.tolist() == [99001, 99001]
    assert rows.lines.tolist() == [2, 3]
    assert round(float(rows.semi_major_axis[0]) / 1e3, 1) == 6796.3


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("ecc,", "e,", "f:1: header: is not right"),
        ("15.49512345", "nan", "f:2: mean_motion_revday: 'nan' is not a finite decimal number"),
        ("15.49512345", "25.0", "f:2: mean_motion_revday: 25.0 is outside 0.01 to 17.2"),
        ("0.0004321,", "1.0,", "f:2: ecc: 1.0 is outside 0 to 1"),
        ("99001,2022-03-05", "99001,2022-13-05", "f:3: epoch_utc: '2022-13-05' is not a day of the calendar"),
        ("51.6421,2.1234e-4", "51.6421", "f:2: row: has the wrong number of cells: got 6; expected 7"),
        ("99001,2022-03-04", "-1,2022-03-04", "f:2: norad: -1 is outside"),
        ("0.0004321", "", "f:2: ecc: '' is not a finite decimal number"),
    ],
)
def test_a_wrong_row_is_named(old: str, new: str, words: str) -> None:
    assert words in refusal(read_element_rows, changed("rows.csv", old, new))


def test_a_header_alone_is_refused() -> None:
    assert "rows: are missing" in refusal(read_element_rows, "epoch_utc,mean_motion_revday,ecc,inc_deg\n")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("small.oem", Oem),
        ("small.oem.gz", Oem),
        ("small_oem.xml", Oem),
        ("release_cut.xml", Oem),
        ("rows.csv", ElementRows),
        *((name, tuple) for name in ("small.omm", "small_omm.xml", "small_omm.json", "small_omm.csv", "small.tle")),
    ],
)
def test_a_file_is_known_by_its_content(name: str, kind: type) -> None:
    assert isinstance(read_orbit_file(DATA / name), kind)


def test_what_is_none_of_them_is_refused() -> None:
    assert "f:1:" in refusal(read_orbit_file, "hello")
