"""What every reader of a stranger's file shares: one list of problems, and the file's text within bounds.

**Assumptions and limits.** A file is UTF-8 text without control characters, gzip-compressed or not, of at most
MAX_BYTES when unpacked; one gzip member. What goes beyond is refused before it is parsed.
"""

from __future__ import annotations

import re
import stat
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from cupola.base.errors import DomainError, FormatError, Problem

MAX_BYTES = 32_000_000
"""Of a file's text, after unpacking: half a year of states a minute apart as KVN."""
MAX_WIDE_BYTES = 2_000_000
"""Of a text with letters beyond ASCII, which takes up to four times its size in memory."""
MAX_PROBLEMS = 100
"""A reader stops at this many; a file with more is of another kind."""
_GZIP = b"\x1f\x8b"
# What is no text: control characters but tab and line feed, and marks that turn the writing around.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
_SIGN = re.compile(r"\S")
_SHOWN = 60
T = TypeVar("T")


@dataclass
class Findings:
    """The problems of one file, found in one pass."""

    name: str
    """File name, for the messages"""
    problems: list[Problem] = field(default_factory=list)

    def add(self, line: int, key: str, what: str, got: str = "", expected: str = "", remedy: str = "") -> None:
        """Note a problem at a line (from 1). Raises FormatError when there are too many to go on."""
        shown = got if len(got) <= _SHOWN else got[:_SHOWN] + "…"
        self.problems.append(Problem(f"{self.name}:{max(line, 1)}", key, what, shown, expected, remedy))
        if len(self.problems) >= MAX_PROBLEMS:
            self.stop()

    def refuse(
        self, line: int, key: str, what: str, got: str = "", expected: str = "", remedy: str = ""
    ) -> FormatError:
        """The error that ends the reading here, with all that was found before."""
        self.add(line, key, what, got, expected, remedy)
        return FormatError(self.name, self.problems)

    def stop(self) -> None:
        """Raise FormatError when anything was found."""
        if self.problems:
            raise FormatError(self.name, self.problems)

    def read(self, line: int, key: str, reader: Callable[[str], T], text: str) -> T | None:
        """What a small reader makes of a text, or None with the DomainError's words as a problem."""
        try:
            return reader(text)
        except DomainError as error:
            self.add(line, key, str(error))
            return None


def text_of(source: Path | bytes, name: str) -> str:
    """The text of a file or of its bytes, unpacked, with line feeds only.

    source     path of a regular file, or what stood in one
    name       how messages call it

    Raises FormatError when it is missing, too large, a broken or swollen archive, or no plain text.
    """
    findings = Findings(name)
    data = _bytes(source, findings) if isinstance(source, Path) else source
    if data.startswith(_GZIP):
        data = _unpacked(data, findings)
    if len(data) > MAX_BYTES:
        raise findings.refuse(1, "file", "is too large", f"{len(data)} bytes", f"at most {MAX_BYTES}")
    if len(data) > MAX_WIDE_BYTES and not data.isascii():
        expected = f"only ASCII above {MAX_WIDE_BYTES} bytes"
        raise findings.refuse(1, "file", "holds other signs than ASCII", expected=expected)
    if not data or data.isspace():
        raise findings.refuse(1, "file", "is empty")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise findings.refuse(line, "file", "is not UTF-8 text", remedy="Save it with that encoding.") from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    found = _CONTROL.search(text)
    if found is not None:
        line, sign = text.count("\n", 0, found.start()) + 1, f"U+{ord(found.group()):04X}"
        raise findings.refuse(line, "file", "holds a control character", sign, "plain text")
    return text


def first_line(text: str) -> str:
    """The first line that is not blank, up to 2,000 characters, without a copy of the text.

    >>> first_line("\\n  <ndm>\\n")
    '<ndm>'
    """
    match = _SIGN.search(text)
    start = match.start() if match else 0
    return text[start : start + 2_000].split("\n", 1)[0]


def _bytes(path: Path, findings: Findings) -> bytes:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise findings.refuse(1, "file", "is not a regular file")
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise findings.refuse(1, "file", "is missing", remedy="Mend the name.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "the name is not a file name"
        raise findings.refuse(1, "file", f"cannot be read ({reason})") from None


def _unpacked(data: bytes, findings: Findings) -> bytes:
    """What a gzip archive holds; never more than MAX_BYTES of it are made."""
    machine = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
    try:
        text = machine.decompress(data, MAX_BYTES + 1)
        if len(text) > MAX_BYTES:
            raise findings.refuse(
                1, "archive", "unpacks to too much", f"over {MAX_BYTES} bytes", f"at most {MAX_BYTES}"
            )
        text += machine.flush()
    except zlib.error as error:
        raise findings.refuse(1, "archive", "is broken", str(error)[:80], remedy="Fetch the file again.") from None
    if not machine.eof:
        raise findings.refuse(1, "archive", "is cut off", remedy="Fetch the file again.")
    if machine.unused_data:
        raise findings.refuse(1, "archive", "goes on after its end", f"{len(machine.unused_data)} bytes more")
    return text
