"""An OEM in keyword notation, line by line, for the builder."""

from __future__ import annotations

from difflib import get_close_matches

from cupola.formats.findings import Findings
from cupola.formats.kvn import Line, kvn_lines
from cupola.formats.oem_build import OemBuilder, SegmentBuilder

_WORDS = ("META_START", "META_STOP", "COVARIANCE_START", "COVARIANCE_STOP")


def read_oem_kvn(text: str, builder: OemBuilder, findings: Findings) -> None:
    """Hand every line of the text to the builder. Raises FormatError when the file is no OEM at all."""
    reader = _Reader(builder, findings)
    first = True
    for line in kvn_lines(text, findings):
        if first:
            if line.key != "CCSDS_OEM_VERS":
                got, remedy = line.key or line.value, "The first keyword of an OEM is this one, to the letter."
                raise findings.refuse(line.number, "CCSDS_OEM_VERS", "is missing", got, "CCSDS_OEM_VERS = 2.0", remedy)
            builder.begin(line.number, line.value)
            first = False
        elif line.key == "COMMENT":
            builder.comment(line.number, line.value)
        elif line.key:
            reader.field(line)
        elif line.value in _WORDS:
            reader.word(line)
        else:
            reader.row(line)
    if first:
        findings.add(1, "CCSDS_OEM_VERS", "is missing", remedy="Is this an OEM?")
    reader.end()


class _Reader:
    """Where in the message the reading is: header, metadata, data or covariance."""

    def __init__(self, builder: OemBuilder, findings: Findings) -> None:
        self.builder, self.findings = builder, findings
        self.place = "header"
        self.line = 1
        self.when: str | None = None
        self.frame: str | None = None
        self.numbers: list[str] = []
        self.rows = 0

    @property
    def segment(self) -> SegmentBuilder:
        assert self.builder.segment is not None
        return self.builder.segment

    def field(self, line: Line) -> None:
        """A keyword and its value."""
        if self.place == "header":
            self.builder.head(line.number, line.key, line.value)
        elif self.place == "metadata":
            self.segment.field(line.number, line.key, line.value)
        elif self.place == "covariance" and line.key in ("EPOCH", "COV_REF_FRAME"):
            if line.key == "EPOCH":
                self.close()
                self.when, self.line = line.value, line.number
            elif self.numbers or self.frame is not None:
                self.findings.add(line.number, line.key, "stands in the wrong place")
            else:
                self.frame = line.value
        else:
            self.findings.add(line.number, line.key[:40], f"has no place in the {self.place}")

    def word(self, line: Line) -> None:
        """A bare word, which opens or closes a part."""
        word, place = line.value, self.place
        if word == "META_START" and place in ("header", "data"):
            self.builder.begin_segment(line.number)
            self.place = "metadata"
        elif word == "META_STOP" and place == "metadata":
            self.segment.begin_data(line.number)
            self.place = "data"
        elif word == "COVARIANCE_START" and place == "data":
            self.place = "covariance"
            self.segment.in_covariance = True
            self.line = line.number
        elif word == "COVARIANCE_STOP" and place == "covariance":
            self.close()
            self.place = "data"
        else:
            self.builder.refuse(line.number, word, f"has no place in the {place}")

    def row(self, line: Line) -> None:
        """A line without a keyword: a state, or one row of a covariance."""
        words = line.value.split()
        meant = get_close_matches(words[0].upper(), _WORDS, 1, 0.8) if len(words) == 1 and words[0][0].isalpha() else []
        if meant:
            # Read as what is meant, so that the lines after it are judged in their place.
            self.findings.add(line.number, "line", "is no word known here", line.value, meant[0])
            self.word(Line(line.number, "", meant[0]))
        elif self.place == "data":
            self.segment.state(line.number, words[0], words[1:])
        elif self.place == "covariance":
            self.rows += 1
            if len(words) != self.rows:
                self.findings.add(
                    line.number, "covariance", "has a row of the wrong length", str(len(words)), str(self.rows)
                )
            self.numbers.extend(words)
        else:
            self.findings.add(line.number, "line", f"has no place in the {self.place}", repr(line.value))

    def close(self) -> None:
        """The present covariance is complete."""
        if self.numbers or self.when is not None:
            self.segment.covariance(self.line, self.when, self.frame, self.numbers)
        self.when, self.frame, self.numbers, self.rows = None, None, [], 0

    def end(self) -> None:
        """The file ends; within a part something is missing."""
        if self.place == "covariance":
            self.findings.add(self.line, "COVARIANCE_STOP", "is missing")
