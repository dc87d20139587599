"""Orbit Ephemeris Messages (CCSDS OEM): states of an object in time, in keyword notation or XML.

``read_oem`` takes a file of either kind, compressed or not; ``write_oem`` gives the text. Kilometres stand in files
only.

**Assumptions and limits.** The centre is the Earth; frames and time systems are those listed here. Accelerations and
covariances are kept. Read again, what was written is the same record to the last bit.
Source: CCSDS 502.0-B-2, Orbit Data Messages, section 5; CCSDS 505.0-B, XML specification for navigation data messages.
"""

from __future__ import annotations

from pathlib import Path

from cupola.base.instants import LEAP_SECONDS, LeapSeconds
from cupola.formats.ephemeris import Covariances, Oem, OemSegment
from cupola.formats.findings import Findings, first_line, text_of
from cupola.formats.oem_build import OemBuilder
from cupola.formats.oem_kvn import read_oem_kvn
from cupola.formats.oem_write import oem_kvn, oem_xml
from cupola.formats.oem_xml import read_oem_xml

__all__ = ["Covariances", "Oem", "OemSegment", "read_oem", "write_oem"]


def read_oem(source: Path | bytes, name: str | None = None, leap: LeapSeconds = LEAP_SECONDS) -> Oem:
    """Read an OEM in keyword notation or XML, gzip-compressed or not.

    source     path of the file, or its bytes
    name       how messages call it; the path when left out
    leap       table of leap seconds
    returns    the message, with positions in m and velocities in m/s

    Raises FormatError with every problem of the file, each at its line.
    """
    shown = name if name is not None else (str(source) if isinstance(source, Path) else "OEM")
    text = text_of(source, shown)
    findings = Findings(shown)
    builder = OemBuilder(findings, leap)
    if first_line(text).startswith("<"):
        read_oem_xml(text, builder, findings)
    else:
        read_oem_kvn(text, builder, findings)
    return builder.finish()


def write_oem(oem: Oem, kind: str = "kvn", leap: LeapSeconds = LEAP_SECONDS) -> str:
    """The text of an OEM.

    kind       ``kvn`` or ``xml``

    Raises DomainError for what the format cannot say: an instant outside the time system, NaN, a text over two lines.
    """
    return oem_xml(oem, leap) if kind == "xml" else oem_kvn(oem, leap)
