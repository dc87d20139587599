"""XML as a stream of openings, leaves and closings with their lines; nothing is built, fetched or expanded.

**Assumptions and limits.** A document type, and with it every entity of its own, is refused, as are processing
instructions, text beside elements, more than MAX_DEPTH levels and MAX_ELEMENTS elements, and encodings other than
UTF-8.
"""

from __future__ import annotations

from typing import Protocol
from xml.parsers import expat

from cupola.formats.findings import Findings

MAX_DEPTH = 12
MAX_ELEMENTS = 3_000_000
MAX_ATTRIBUTES = 8
LONGEST_TEXT = 1_000
"""Characters within one element."""
CHUNK = 200_000
"""Characters given to the parser at a time; no tag or comment may be longer."""
_CODINGS = (None, "utf-8", "us-ascii", "ascii")


class Handler(Protocol):
    """What takes the stream."""

    def open(self, tag: str, attributes: dict[str, str], line: int) -> None:
        """An element that holds elements begins, or one whose kind is not yet known: see ``leaf``."""

    def leaf(self, tag: str, text: str, attributes: dict[str, str], line: int) -> None:
        """An element without elements, with its text, blanks around it removed except within COMMENT."""

    def close(self, tag: str, line: int) -> None:
        """An element that holds elements ends."""


class _Stream:
    """Expat's callbacks. An element is announced when its first child shows that it is no leaf."""

    def __init__(self, handler: Handler, findings: Findings) -> None:
        self.handler, self.findings = handler, findings
        self.parser = expat.ParserCreate("UTF-8")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.parser.EntityDeclHandler = self.doctype
        self.parser.ProcessingInstructionHandler = self.instruction
        self.parser.XmlDeclHandler = self.declaration
        self.open: list[tuple[str, dict[str, str], int]] = []
        self.waiting = False
        self.text: list[str] = []
        self.length = 0
        self.elements = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        line = self.parser.CurrentLineNumber
        self.elements += 1
        if self.elements > MAX_ELEMENTS:
            raise self.findings.refuse(line, "file", "has too many elements", expected=f"at most {MAX_ELEMENTS}")
        if len(attributes) > MAX_ATTRIBUTES:
            raise self.findings.refuse(line, tag[:40], "has too many attributes", expected=f"at most {MAX_ATTRIBUTES}")
        if self.waiting:
            self.loose()
            self.handler.open(*self.open[-1])
        self.text, self.length = [], 0
        self.open.append((tag, attributes, line))
        if len(self.open) > MAX_DEPTH:
            raise self.findings.refuse(
                line, "file", "nests too deeply", f"{len(self.open)} levels", f"at most {MAX_DEPTH}"
            )
        self.waiting = True

    def end(self, tag: str) -> None:
        _, attributes, line = self.open.pop()
        if self.waiting:
            text = "".join(self.text)
            self.handler.leaf(tag, text if tag == "COMMENT" else text.strip(), attributes, line)
        else:
            self.loose()
            self.handler.close(tag, self.parser.CurrentLineNumber)
        self.text, self.length, self.waiting = [], 0, False

    def loose(self) -> None:
        """Text beside elements, which these messages never have."""
        text = "".join(self.text).strip()
        if text:
            self.findings.add(
                self.parser.CurrentLineNumber, self.open[-1][0] if self.open else "file", "holds text", text
            )
        self.text, self.length = [], 0

    def characters(self, text: str) -> None:
        self.length += len(text)
        if self.length > LONGEST_TEXT:
            if text.isspace():
                return
            line, expected = self.parser.CurrentLineNumber, f"at most {LONGEST_TEXT} characters"
            raise self.findings.refuse(
                line, self.open[-1][0] if self.open else "file", "holds too much text", "", expected
            )
        self.text.append(text)

    def doctype(self, *ignored: object) -> None:
        line, remedy = self.parser.CurrentLineNumber, "Remove the DOCTYPE and its entities."
        raise self.findings.refuse(line, "file", "declares a document type", remedy=remedy)

    def instruction(self, target: str, data: str) -> None:
        raise self.findings.refuse(self.parser.CurrentLineNumber, "file", "holds a processing instruction", target)

    def declaration(self, version: str, encoding: str | None, standalone: int) -> None:
        if (encoding.lower() if encoding else None) not in _CODINGS:
            raise self.findings.refuse(1, "file", "declares another encoding", encoding or "", "UTF-8")


def stream_xml(text: str, handler: Handler, findings: Findings) -> None:
    """Hand a document to a handler, element by element.

    Raises FormatError for what is no well-formed document, and for what the limits of this module refuse.
    """
    stream = _Stream(handler, findings)
    try:
        given = 0
        for start in range(0, len(text), CHUNK):
            piece = text[start : start + CHUNK].encode("utf-8")
            given += len(piece)
            stream.parser.Parse(piece, False)
            # What the parser holds back is one unfinished tag or comment; only an attack needs much of it.
            if given - stream.parser.CurrentByteIndex > CHUNK:
                line = stream.parser.CurrentLineNumber
                raise findings.refuse(line, "file", "holds a tag or comment that is too long")
        stream.parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise findings.refuse(error.lineno, "file", "is not well-formed XML", expat.ErrorString(error.code)) from None
    finally:
        # The parser and its callbacks hold each other; this lets both go at once.
        stream.parser.StartElementHandler = stream.parser.EndElementHandler = None
        stream.parser.CharacterDataHandler = None
