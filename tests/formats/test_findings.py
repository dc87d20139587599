"""Files of strangers: missing, swollen, broken, or no text at all."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest

from cupola.base.errors import FormatError
from cupola.formats.findings import MAX_BYTES, MAX_PROBLEMS, Findings, text_of
from cupola.formats.oem import read_oem
from support.orbit_files import DATA, refusal, text


def test_a_packed_file_is_the_same_as_a_plain_one() -> None:
    assert read_oem(DATA / "small.oem.gz") == read_oem(DATA / "small.oem")


def test_line_ends_and_a_byte_order_mark_do_not_matter() -> None:
    plain = text("small.oem")
    for data in (plain.replace("\n", "\r\n").encode(), plain.replace("\n", "\r").encode(), plain.encode("utf-8-sig")):
        assert read_oem(data) == read_oem(plain.encode())


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "f:1: file: is empty"),
        (b" \n \n", "f:1: file: is empty"),
        (b"a\n\xff\xfe", "f:2: file: is not UTF-8 text"),
        (b"a\nb\x00c", "f:2: file: holds a control character: got U+0000"),
        ("a\n\n\u202e".encode(), "f:3: file: holds a control character: got U+202E"),
        (b"\x1f\x8b\x08rubbish and more rubbish", "archive: is broken"),
        (gzip.compress(b"abc" * 100, mtime=0)[:-9], "archive: is cut off"),
        (gzip.compress(b"abc", mtime=0) + b"more", "archive: goes on after its end"),
        (gzip.compress(gzip.compress(b"abc" * 1000, mtime=0), mtime=0), "file: is not UTF-8 text"),
        (b"x" * (MAX_BYTES + 1), "file: is too large"),
        ("é".encode() * 1_100_000, "holds other signs than ASCII"),
    ],
    ids=lambda value: value if isinstance(value, str) else f"{len(value)} bytes",
)
def test_what_is_no_text_is_refused(data: bytes, words: str) -> None:
    assert words in refusal(text_of, data)


@pytest.mark.parametrize("piece", [b"\0", b"CCSDS_OEM_VERS = 2.0\n"])
def test_a_bomb_does_not_go_off(piece: bytes) -> None:
    bomb = gzip.compress(piece * (MAX_BYTES // len(piece) + 1), 6)
    assert len(bomb) < 400_000
    assert "archive: unpacks to too much" in refusal(read_oem, bomb)


def test_places_that_hold_no_file(tmp_path: Path) -> None:
    for path, words in ((tmp_path / "none", "is missing"), (tmp_path, "is not a regular file")):
        with pytest.raises(FormatError, match=words):
            text_of(path, "f")
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(FormatError, match="is not a regular file"):
        text_of(tmp_path / "pipe", "f")
    with pytest.raises(FormatError, match="is not a file name"):
        text_of(Path("a\0b"), "f")


def test_a_reader_stops_when_nothing_is_right() -> None:
    findings = Findings("f")
    with pytest.raises(FormatError) as caught:
        for line in range(1, 1_000):
            findings.add(line, "x", "is wrong", "y" * 1_000)
    assert len(caught.value.problems) == MAX_PROBLEMS
    assert len(caught.value.problems[0].got) < 100
    assert str(caught.value).endswith(f"{MAX_PROBLEMS} problems in the file f. Nothing was read.")
