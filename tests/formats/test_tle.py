"""Two-line element sets: every column is read, and written again byte by byte."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from cupola.base.errors import DomainError
from cupola.base.instants import parse_instant
from cupola.formats.elements import ElementSet, read_elements, write_omm, write_tle
from cupola.formats.tle_fields import checksum, read_id, write_id
from support.orbit_files import DATA, changed, refusal, text

DEGREE = math.pi / 180.0


@pytest.fixture(scope="module")
def sets() -> tuple[ElementSet, ...]:
    return read_elements(DATA / "small.tle")


def lines(one: str, two: str, name: str = "") -> str:
    """A TLE with right checksums."""
    head = f"{name}\n" if name else ""
    return head + "".join(f"{line[:68]}{checksum(line)}\n" for line in (one, two))


ONE = "1 99001U 31001A   22063.21258333  .00012345  00000-0  21234-3 0  999"
TWO = "2 99001  51.6421 123.4567 0004321  12.3456 347.6543 15.4951234512345"


def test_every_field_is_read(sets: tuple[ElementSet, ...]) -> None:
    first, second = sets
    assert (first.object_name, first.object_id, first.catalogue_id) == ("LAB", "2031-001A", 99001)
    assert first.epoch == parse_instant("2022-03-04T05:06:07.199712")
    assert first.mean_motion == pytest.approx(15.49512345 * math.tau / 86_400, rel=1e-15)
    assert (first.inclination, first.raan) == (51.6421 * DEGREE, pytest.approx(123.4567 * DEGREE, rel=1e-15))
    assert (first.eccentricity, first.bstar) == (0.0004321, 0.00021234)
    assert first.mean_motion_dot == pytest.approx(0.00012345 * math.tau / 86_400**2, rel=1e-15)
    assert (first.element_set_no, first.rev_at_epoch, first.classification) == (999, 12_345, "U")
    assert (second.object_name, second.catalogue_id, second.classification) == ("TUG (ALPHA-5)", 270_123, "C")
    assert second.mean_motion_ddot == pytest.approx(1.2345e-8 * math.tau / 86_400**3, rel=1e-15)
    assert second.bstar == -1.1e-5
    assert round(first.semi_major_axis / 1e3) == 6_796


def test_what_is_read_is_written(sets: tuple[ElementSet, ...]) -> None:
    assert write_tle(sets) == text("small.tle")
    assert write_tle(read_elements(DATA / "two_lines.tle")) == text("two_lines.tle")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (" 00000-0 ", " 00000+0 "),
        (" 00000-0 ", "-00000+0 "),
        ("  .00012345", " +.00012345"),
        ("  .00012345", " -.00000000"),
        (" 21234-3 ", " 02123-2 "),
        (" 21234-3 ", "+21234-3 "),
        (" 21234-3 ", " 13519-0 "),
        (" 0  999", "    999"),
        (" 0  999", " 0 0999"),
        (" 31001A  ", "         "),
        ("22063.2", "22 63.2"),
        ("99001U", "99001S"),
    ],
)
def test_other_spellings_come_back_through_every_notation(old: str, new: str) -> None:
    assert old in ONE
    for name in ("", "LAB", "0 LAB", "UNKNOWN", "LAB (MODULE)            ", "0 LAB  "):
        content = lines(ONE.replace(old, new, 1), TWO, name)
        read = read_elements(content.encode())
        assert write_tle(read) == content
        for kind in ("kvn", "xml", "json", "csv"):
            again = read_elements(write_omm(read, kind).encode())
            assert again == read and write_tle(again) == content


@pytest.mark.parametrize(("old", "new"), [("  12.3456", " 012.3456"), ("12345", "    0"), ("12345", "     ")])
def test_other_spellings_of_the_second_line(old: str, new: str) -> None:
    content = lines(ONE, new.join(TWO.rsplit(old, 1)))
    assert write_tle(read_elements(content.encode())) == content


def test_a_spelling_goes_when_the_numbers_change() -> None:
    (read,) = read_elements(lines(ONE.replace(" 00000-0 ", " 00000+0 "), TWO).encode())
    assert read.tle_spelling == "1:51:+"
    moved = replace(read, mean_motion_ddot=1e-20)
    assert write_tle((moved,)) == write_tle((replace(moved, tle_spelling=""),))
    for rubbish in ("1:2:9", "2:60:99999999", "x", "0:1:", "1:0:1", "1:68:00", "1:1:2"):
        written = write_tle((replace(read, tle_spelling=rubbish),))
        assert replace(read_elements(written.encode())[0], tle_spelling="") == replace(read, tle_spelling="")


def test_alpha_5_goes_both_ways() -> None:
    assert [write_id(number) for number in (99_999, 100_000, 170_000, 180_000, 220_000, 230_000, 339_999)] == [
        *("99999", "A0000", "H0000", "J0000", "N0000", "P0000", "Z9999"),
    ]
    assert all(read_id(write_id(number)) == number for number in range(0, 340_000, 777))
    for bad in ("I0000", "O0000", "a0000", "AB000", "     ", "12 34", "-1234"):
        with pytest.raises(DomainError):
            read_id(bad)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("99001U", "99002U", "line 1: has a wrong checksum: got 4; expected 5"),
        ("12345  00000-0  21234-3 0  9994", "12345  00000-0  21234-3 0  999", "got 68; expected 69"),
        ("LAB\n", "LAB\nTUG\n", "f:2: line: is no line of a TLE"),
        ("2 99001 ", "3 99001 ", "line 1: is not followed by line 2"),
        ("LAB\n", "L\u00c4B\n", "name: cannot be read"),
        ("LAB\n", "L" * 90 + "\n", "name: cannot be read"),
        ("2 T0123  41.4700", "", "f:5: line 1: is not followed by line 2"),
    ],
)
def test_a_wrong_line_is_named(old: str, new: str, words: str) -> None:
    assert words in refusal(read_elements, changed("small.tle", old, new))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (ONE[2:7], "I9001", "catalogue number: 'I9001' is no catalogue number; Alpha-5 leaves out"),
        (ONE[2:7], "99002", "catalogue number: is not that of line 1: got 99001; expected 99002"),
        ("U 31001A", "u 31001A", "classification: is not a letter"),
        ("31001A  ", "31001AB1", "designator: '31001AB1' is no international designator"),
        ("22063.21258333", "22366.21258333", "epoch: the day 366 is outside 1 to 365"),
        ("22063.21258333", "22000.21258333", "epoch: the day 0 is outside 1 to 365"),
        ("22063.21258333", "71063.21258333", "epoch: 1971-03-04 lies before 1972-01-01"),
        ("22063.21258333", "31063.21258333", "epoch: 2031-03-04 lies beyond the table of leap seconds"),
        ("22063.21258333", "22063,21258333", "epoch: '22063,21258333' is not a year and day"),
        (" .00012345", "0.00012345", "mean motion derivative: '0.00012345' is not a number like"),
        (" 00000-0", " 0000A-0", "second derivative: ' 0000A-0' is no number with an assumed decimal point"),
        (" 21234-3 0", " 21234-3 4", "ephemeris type: means SGP4-XP, another theory"),
        (" 0  999", " 0  9x9", "element number: ' 9x9' is not a whole number"),
        (" 51.6421", "181.6421", "inclination: '181.6421' is not an angle of 0 to 180 degrees"),
        ("123.4567", "361.4567", "node: '361.4567' is not an angle of 0 to 360 degrees"),
        ("0004321", "00043 1", "eccentricity: '00043 1' is not seven digits"),
        ("15.49512345", " 0.00000000", "mean motion: ' 0.00000000' is not a number of revolutions"),
        ("15.49512345", "18.49512345", "MEAN_MOTION: puts the object under the ground: got 6037.4 km"),
        ("0004321  12.3456 347.6543", "9504321  12.3456   0.6543", "puts the object under the ground"),
        (" 51.6421 123", "  51.6421123", "line 2: has a sign where a blank must be: got column 17"),
    ],
)
def test_a_wrong_field_is_named(old: str, new: str, words: str) -> None:
    assert old in ONE + TWO
    first = old in ONE
    content = lines(ONE.replace(old, new, 1) if first else ONE, TWO if first else TWO.replace(old, new, 1))
    assert words in refusal(read_elements, content)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"catalogue_id": 340_000}, "does not fit into a TLE \\(at most 339999\\); write an OMM"),
        ({"object_id": "31001A"}, "must look like 1998-067A"),
        ({"object_id": "2100-001A"}, "must look like 1998-067A"),
        ({"bstar": 1e10}, "BSTAR of .* is too large"),
        ({"mean_motion_dot": 1e-8}, "MEAN_MOTION_DOT .* does not fit"),
        ({"eccentricity": 0.99999999}, "eccentricity"),
        ({"element_set_no": 10_000}, "ELEMENT_SET_NO 10000 does not fit"),
        ({"rev_at_epoch": 100_000}, "REV_AT_EPOCH 100000 does not fit"),
        ({"object_name": "2 LAB"}, "cannot stand before a TLE"),
        ({"classification": "u"}, "classification"),
        ({"epoch": parse_instant("2016-12-31T23:59:60.5")}, "too near a day's end"),
        ({"epoch": parse_instant("2022-12-31T23:59:59.9999")}, "too near a day's end"),
    ],
)
def test_what_does_not_fit_is_not_written(sets: tuple[ElementSet, ...], changes: dict[str, object], words: str) -> None:
    with pytest.raises(DomainError, match=words):
        write_tle((replace(sets[0], **changes),))  # type: ignore[arg-type]


def test_negative_angles_are_turned_round(sets: tuple[ElementSet, ...]) -> None:
    written = write_tle((replace(sets[0], raan=-10.0 * DEGREE, mean_anomaly=-1e-9),))
    assert " 350.0000 " in written and " 360.0000 15." in written
