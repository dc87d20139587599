"""Lines of the CCSDS keyword notation: ``KEYWORD = value [unit]``, comments, bare words and rows of numbers.

Source: CCSDS 502.0-B-2, Orbit Data Messages, section 7.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cupola.formats.findings import Findings

LONGEST_LINE = 254
"""Characters. Source: CCSDS 502.0-B-2, 7.3.2."""
LONGEST_ROW = 5_000
"""Characters of a line in other notations."""
MAX_LINES = 1_000_000
_FIELD = re.compile(r"([A-Za-z0-9_]+)\s*=\s*(.*)", re.ASCII)
_UNIT = re.compile(r"(.*?)\s*\[([^\[\]]*)\]")


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not blank. A comment has the key COMMENT; a bare word or a row has no key."""

    number: int
    key: str
    value: str


def short_lines(text: str, findings: Findings, longest: int = LONGEST_ROW) -> Iterator[tuple[int, str]]:
    """The numbers and texts of the lines; too many of them, or one that is too long, end the reading."""
    if text.count("\n") > MAX_LINES:
        raise findings.refuse(MAX_LINES, "file", "has too many lines", expected=f"at most {MAX_LINES}")
    start, number = 0, 0
    while start <= len(text):
        stop = text.find("\n", start)
        stop = len(text) if stop < 0 else stop
        number += 1
        if stop - start > longest:
            got, expected = f"{stop - start} characters", f"at most {longest}"
            raise findings.refuse(number, "line", "is too long", got, expected)
        yield number, text[start:stop]
        start = stop + 1


def kvn_lines(text: str, findings: Findings) -> Iterator[Line]:
    """The lines of a text in keyword notation; what is wrong with one is noted and the line left out."""
    for number, raw in short_lines(text, findings, LONGEST_LINE):
        line = raw.strip()
        if not line:
            continue
        if line == "COMMENT" or line.startswith("COMMENT "):
            # One blank parts the word from the comment; what follows is kept as it stands, for tables.
            yield Line(number, "COMMENT", raw.lstrip()[8:].rstrip())
        elif "=" not in line:
            yield Line(number, "", line)
        else:
            match = _FIELD.fullmatch(line)
            if match is None:
                findings.add(number, "line", "cannot be read", repr(line), "KEYWORD = value")
                continue
            yield Line(number, match[1], match[2])


def split_unit(value: str) -> tuple[str, str | None]:
    """A value and the unit in brackets behind it, if there is one.

    >>> split_unit("51.6416 [deg]"), split_unit("1.0")
    (('51.6416', 'deg'), ('1.0', None))
    """
    match = _UNIT.fullmatch(value)
    return (match[1], match[2]) if match else (value, None)
