"""Orbit Mean-Elements Messages in keyword notation, XML and CSV, and which notation a text has."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from cupola.base.instants import LeapSeconds
from cupola.formats.element_set import MAX_SETS, ElementSet
from cupola.formats.findings import Findings, first_line
from cupola.formats.kvn import kvn_lines, short_lines, split_unit
from cupola.formats.omm_fields import USER, OmmRecord, element_set
from cupola.formats.omm_json import json_records
from cupola.formats.xml_stream import stream_xml

MAX_COLUMNS = 200
_INSIDE = {
    "": ("ndm", "omm"),
    "ndm": ("omm",),
    "omm": ("header", "body"),
    "body": ("segment",),
    "segment": ("metadata", "data"),
    "data": ("meanElements", "spacecraftParameters", "tleParameters", "userDefinedParameters", "covarianceMatrix"),
}


def read_omm_text(text: str, findings: Findings, leap: LeapSeconds) -> tuple[ElementSet, ...]:
    """The element sets of a text in any notation. Raises FormatError with every problem found."""
    head = first_line(text)
    bare = True
    if head.startswith("<"):
        records, bare = iter(_xml_records(text, findings)), False
    elif head.startswith(("[", "{")):
        records = json_records(text, findings)
    elif "=" in head:
        records, bare = _kvn_records(text, findings), False
    else:
        records = _csv_records(text, findings)
    sets: list[ElementSet] = []
    count = 0
    for record in records:
        count += 1
        if count > MAX_SETS:
            raise findings.refuse(record.line, "file", "has too many element sets", expected=f"at most {MAX_SETS}")
        made = element_set(record, findings, leap, bare)
        if made is not None:
            sets.append(made)
    if not count and not findings.problems:
        findings.add(1, "file", "has no element set")
    findings.stop()
    return tuple(sets)


def _kvn_records(text: str, findings: Findings) -> Iterator[OmmRecord]:
    record: OmmRecord | None = None
    for line in kvn_lines(text, findings):
        if line.key == "CCSDS_OMM_VERS":
            if record is not None:
                yield record
            record = OmmRecord(line.number, line.value)
        elif record is None:
            got, remedy = line.key or line.value, "An OMM begins with this keyword, an OEM with CCSDS_OEM_VERS."
            raise findings.refuse(line.number, "CCSDS_OMM_VERS", "is missing", got, "CCSDS_OMM_VERS = 2.0", remedy)
        elif line.key == "COMMENT":
            record.comment(line.number, line.value, findings)
        elif line.key:
            value, unit = (line.value, None) if line.key not in _WITH_UNIT else split_unit(line.value)
            record.take(line.number, line.key, value, unit, findings)
        else:
            findings.add(line.number, "line", "has no place in an OMM", repr(line.value))
    if record is not None:
        yield record


_WITH_UNIT = frozenset(
    "MEAN_MOTION ECCENTRICITY INCLINATION RA_OF_ASC_NODE ARG_OF_PERICENTER MEAN_ANOMALY GM MASS SOLAR_RAD_AREA "
    "DRAG_AREA BSTAR MEAN_MOTION_DOT MEAN_MOTION_DDOT SEMI_MAJOR_AXIS".split()
)


class _Reader:
    """Takes the stream of elements of an OMM, or of an NDM of several."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self.path: list[str] = [""]
        self.records: list[OmmRecord] = []
        self.parts: set[str] = set()

    def open(self, tag: str, attributes: dict[str, str], line: int) -> None:
        """A part of the message begins."""
        above = self.path[-1]
        if tag not in _INSIDE.get(above, ()):
            raise self.findings.refuse(line, tag[:40], f"has no place in {above or 'the document'}")
        self.path.append(tag)
        if tag == "omm":
            if len(self.records) > MAX_SETS:
                raise self.findings.refuse(line, "omm", "stands too often", expected=f"at most {MAX_SETS}")
            self.parts = set()
            self.records.append(OmmRecord(line, attributes.get("version", "")))
            if attributes.get("id") != "CCSDS_OMM_VERS":
                self.findings.add(line, "omm.id", "is not right", attributes.get("id", ""), "CCSDS_OMM_VERS")
        elif tag in self.parts:
            raise self.findings.refuse(line, tag, "stands twice in its message")
        else:
            self.parts.add(tag)

    def close(self, tag: str, line: int) -> None:
        """A part of the message ends."""
        self.path.pop()

    def leaf(self, tag: str, text: str, attributes: dict[str, str], line: int) -> None:
        """A value, a comment, or a part with nothing in it."""
        above = self.path[-1]
        if tag in _INSIDE.get(above, ()):
            self.open(tag, attributes, line)
            self.close(tag, line)
        elif above in ("", "ndm", "omm", "body", "segment") or not self.records:
            self.findings.add(line, tag[:40], f"has no place in {above or 'the document'}")
        elif tag == "COMMENT":
            self.records[-1].comment(line, text.replace("\n", " "), self.findings)
        elif tag == "USER_DEFINED":
            name = attributes.get("parameter", "")
            self.records[-1].take(line, f"{USER}{name}", text, None, self.findings)
        else:
            self.records[-1].take(line, tag, text, attributes.get("units"), self.findings)


def _xml_records(text: str, findings: Findings) -> list[OmmRecord]:
    reader = _Reader(findings)
    stream_xml(text, reader, findings)
    return reader.records


def _csv_records(text: str, findings: Findings) -> Iterator[OmmRecord]:
    """One record a row, under a first row of keywords."""
    reader = csv.reader((line + "\n" for _, line in short_lines(text, findings)), strict=True)
    names: list[str] = []
    try:
        for cells in reader:
            if not cells:
                continue
            if not names:
                names = _names(cells, findings)
                continue
            line = reader.line_num
            if len(cells) != len(names):
                findings.add(line, "row", "has the wrong number of cells", str(len(cells)), str(len(names)))
                continue
            record = OmmRecord(line)
            for name, cell in zip(names, cells, strict=True):
                record.bare(line, name, cell, findings)
            yield record
    except csv.Error as error:
        raise findings.refuse(reader.line_num, "row", "is not CSV", str(error)) from None


def _names(cells: list[str], findings: Findings) -> list[str]:
    names = [cell.strip() for cell in cells]
    if len(names) > MAX_COLUMNS or len(set(names)) < len(names) or "EPOCH" not in names:
        raise findings.refuse(1, "header", "is not a row of different keywords with EPOCH among them")
    return names
