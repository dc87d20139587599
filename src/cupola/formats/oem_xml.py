"""An OEM in XML, element by element, for the builder."""

from __future__ import annotations

from cupola.formats.findings import Findings
from cupola.formats.oem_build import OemBuilder, SegmentBuilder
from cupola.formats.xml_stream import stream_xml

STATE = ("X", "Y", "Z", "X_DOT", "Y_DOT", "Z_DOT", "X_DDOT", "Y_DDOT", "Z_DDOT")
STATE_UNITS = ("km",) * 3 + ("km/s",) * 3 + ("km/s**2",) * 3
_AXES = ("X", "Y", "Z", "X_DOT", "Y_DOT", "Z_DOT")
COVARIANCE = tuple(f"C{_AXES[row]}_{_AXES[column]}" for row in range(6) for column in range(row + 1))
COVARIANCE_UNITS = tuple(
    "km**2/s**2" if column > 2 else "km**2/s" if row > 2 else "km**2" for row in range(6) for column in range(row + 1)
)
UNITS = dict(zip((*STATE, *COVARIANCE), (*STATE_UNITS, *COVARIANCE_UNITS), strict=True))
# What may stand in what; the message alone, or within an NDM.
_INSIDE = {
    "": ("ndm", "oem"),
    "ndm": ("oem",),
    "oem": ("header", "body"),
    "body": ("segment",),
    "segment": ("metadata", "data"),
    "data": ("stateVector", "covarianceMatrix"),
}


def read_oem_xml(text: str, builder: OemBuilder, findings: Findings) -> None:
    """Hand the document to the builder. Raises FormatError when it is no OEM at all."""
    reader = _Reader(builder, findings)
    stream_xml(text, reader, findings)
    if not builder.version:
        findings.add(1, "oem", "is missing", remedy="Is this an OEM?")


class _Reader:
    """Takes the stream of elements, knowing in which one it is."""

    def __init__(self, builder: OemBuilder, findings: Findings) -> None:
        self.builder, self.findings = builder, findings
        self.path: list[str] = [""]
        self.row: dict[str, str] = {}
        self.line = 1

    @property
    def segment(self) -> SegmentBuilder:
        assert self.builder.segment is not None
        return self.builder.segment

    def open(self, tag: str, attributes: dict[str, str], line: int) -> None:
        """A part of the message begins."""
        above = self.path[-1]
        if tag not in _INSIDE.get(above, ()):
            self.builder.refuse(line, tag[:40], f"has no place in {above or 'the document'}")
        self.path.append(tag)
        if tag == "oem":
            self._begin(attributes, line)
        elif tag == "segment":
            self.builder.begin_segment(line)
        elif tag == "metadata" and self.segment.in_data:
            self.builder.refuse(line, tag, "stands after the data")
        elif tag == "data":
            if self.segment.in_data:
                self.builder.refuse(line, tag, "stands twice in its segment")
            self.segment.begin_data(line)
        elif tag in ("stateVector", "covarianceMatrix"):
            self.row, self.line = {}, line

    def _begin(self, attributes: dict[str, str], line: int) -> None:
        if self.builder.version:
            self.builder.refuse(line, "oem", "stands twice", expected="one message a file")
        if attributes.get("id") != "CCSDS_OEM_VERS":
            self.findings.add(line, "oem.id", "is not right", attributes.get("id", ""), "CCSDS_OEM_VERS")
        self.builder.begin(line, attributes.get("version", ""))

    def close(self, tag: str, line: int) -> None:
        """A part of the message ends."""
        self.path.pop()
        if tag == "stateVector":
            self._state()
        elif tag == "covarianceMatrix":
            numbers = [self.row[name] for name in COVARIANCE if name in self.row]
            self.segment.covariance(self.line, self.row.get("EPOCH"), self.row.get("COV_REF_FRAME"), numbers)
        elif tag == "segment":
            self.builder.end_segment()

    def _state(self) -> None:
        row = self.row
        names = STATE if any(name in row for name in STATE[6:]) else STATE[:6]
        absent = [name for name in ("EPOCH", *names) if name not in row]
        if absent:
            self.findings.add(self.line, "stateVector", f"lacks {', '.join(absent)}")
            return
        self.segment.state(self.line, row["EPOCH"], [row[name] for name in names])

    def leaf(self, tag: str, text: str, attributes: dict[str, str], line: int) -> None:
        """A value, a comment, or a part with nothing in it."""
        above = self.path[-1]
        if tag in _INSIDE.get(above, ()):
            self.open(tag, attributes, line)
            if text.strip():
                self.findings.add(line, tag, "holds text", text)
            self.close(tag, line)
        elif tag == "COMMENT" and above in ("header", "metadata", "data", "covarianceMatrix", "stateVector"):
            if above == "covarianceMatrix":
                self.segment.in_covariance = True
            self.builder.comment(line, text.replace("\n", " ").rstrip())
        elif above == "header":
            self.builder.head(line, tag, text)
        elif above == "metadata":
            self.segment.field(line, tag, text)
        elif above == "stateVector" or above == "covarianceMatrix":
            self._cell(above, tag, text, attributes, line)
        else:
            self.findings.add(line, tag[:40], f"has no place in {above or 'the document'}")

    def _cell(self, above: str, tag: str, text: str, attributes: dict[str, str], line: int) -> None:
        known = ("EPOCH", *STATE) if above == "stateVector" else ("EPOCH", "COV_REF_FRAME", *COVARIANCE)
        unit = attributes.get("units")
        if tag not in known:
            self.findings.add(line, tag[:40], f"has no place in {above}")
        elif tag in self.row:
            self.findings.add(line, tag, "stands twice")
        elif unit is not None and unit != UNITS.get(tag):
            self.findings.add(line, f"{tag}.units", "is not the unit of this value", unit, UNITS.get(tag, "none"))
        else:
            self.row[tag] = text
