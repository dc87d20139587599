"""Orbit Mean-Elements Messages as JSON: a flat object, or a list of them, with the line of every key.

Python's own reader of JSON knows no lines, takes NaN, and lets the last of two equal keys win; this one does not.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from cupola.formats.findings import Findings
from cupola.formats.omm_fields import OmmRecord

LONGEST = 1_000
_SPACE = re.compile(r"[ \t\n]*+")
_STRING = re.compile(r'"[^"\\\n]*+(?:\\[^\n][^"\\\n]*+)*+"')
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*+)(?:\.\d++)?(?:[eE][+-]?\d++)?", re.ASCII)
_WORD = re.compile(r"[A-Za-z]++", re.ASCII)
_SURROGATE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]")


class _Scanner:
    """A place in the text, which moves on token by token and counts lines."""

    def __init__(self, text: str, findings: Findings) -> None:
        self.text, self.findings = text, findings
        self.at, self.line = 0, 1

    def peek(self) -> str:
        """The next sign that is not blank, or an empty text at the end."""
        match = _SPACE.match(self.text, self.at)
        assert match is not None
        self.line += self.text.count("\n", self.at, match.end())
        self.at = match.end()
        return self.text[self.at : self.at + 1]

    def take(self, sign: str) -> None:
        """Pass one sign, which must be this one."""
        found = self.peek()
        if found != sign:
            raise self.findings.refuse(self.line, "JSON", "is broken", repr(found) if found else "the end", repr(sign))
        self.at += 1

    def string(self) -> str:
        """A text in quotes."""
        self.peek()
        match = _STRING.match(self.text, self.at)
        if match is None or match.end() - self.at > LONGEST:
            got = repr(self.text[self.at : self.at + 20])
            raise self.findings.refuse(
                self.line, "JSON", "is broken", got, f"a text in quotes of at most {LONGEST} signs"
            )
        self.at = match.end()
        try:
            text = json.loads(match.group())
        except ValueError:
            raise self.findings.refuse(self.line, "JSON", "has a text with a wrong escape", match.group()) from None
        if _SURROGATE.search(text):
            raise self.findings.refuse(self.line, "JSON", "has a text with a control character")
        return str(text)

    def value(self, key: str) -> str | None:
        """A text or a number as it stands; None for null."""
        sign = self.peek()
        if sign == '"':
            return self.string()
        match = _NUMBER.match(self.text, self.at) or _WORD.match(self.text, self.at)
        if match is None or match.end() - self.at > LONGEST:
            what = "holds a list or an object" if sign in ("[", "{") else "has no value"
            raise self.findings.refuse(self.line, key[:40], what, expected="a text, a number or null")
        self.at = match.end()
        word = match.group()
        if word[0].isalpha() and word != "null":
            self.findings.add(self.line, key[:40], "is no text and no finite number", word)
            return None
        return None if word == "null" else word


def json_records(text: str, findings: Findings) -> Iterator[OmmRecord]:
    """One record an object. Raises FormatError where the text is no JSON of this shape."""
    scanner = _Scanner(text, findings)
    many = scanner.peek() == "["
    if many:
        scanner.take("[")
    if not many or scanner.peek() != "]":
        while True:
            yield _record(scanner)
            if not many or scanner.peek() != ",":
                break
            scanner.take(",")
    if many:
        scanner.take("]")
    if scanner.peek():
        raise findings.refuse(scanner.line, "JSON", "goes on after its end")


def _record(scanner: _Scanner) -> OmmRecord:
    scanner.take("{")
    record = OmmRecord(scanner.line)
    seen: set[str] = set()
    while scanner.peek() != "}":
        if seen:
            scanner.take(",")
        key = scanner.string()
        scanner.take(":")
        line = scanner.line
        value = scanner.value(key)
        if key in seen:
            scanner.findings.add(line, key[:40], "stands twice in one object")
        elif value is not None:
            record.bare(line, key, value, scanner.findings)
        seen.add(key)
    scanner.take("}")
    return record
