"""Mean elements of an orbit as SGP4 takes them: one record for TLE and OMM, whatever the file.

``read_elements`` takes a TLE or an OMM in any notation and finds out which; ``write_omm`` and ``write_tle`` give texts.

**Assumptions and limits.** The theory is SGP4, the frame TEME, the time system UTC, the centre the Earth. Elements
whose object is under the ground at the epoch, and open orbits, are refused. Catalogue numbers have 1 to 9 digits.
Source: CCSDS 502.0-B-2, Orbit Data Messages, section 4; Hoots and Roehrich, Spacetrack Report No. 3 (1980).
"""

from __future__ import annotations

from pathlib import Path

from cupola.base.instants import LEAP_SECONDS, LeapSeconds
from cupola.formats import omm_write
from cupola.formats.element_set import ElementSet
from cupola.formats.findings import Findings, first_line, text_of
from cupola.formats.omm_read import read_omm_text
from cupola.formats.tle import read_tle_text, tle_lines

__all__ = ["ElementSet", "read_elements", "write_omm", "write_tle"]


def read_elements(
    source: Path | bytes, name: str | None = None, leap: LeapSeconds = LEAP_SECONDS
) -> tuple[ElementSet, ...]:
    """Read element sets from a TLE file, or an OMM in keyword notation, XML, JSON or CSV, compressed or not.

    source     path of the file, or its bytes
    name       how messages call it; the path when left out
    leap       table of leap seconds
    returns    the sets in the order of the file

    Raises FormatError with every problem of the file, each at its line.
    """
    shown = name if name is not None else (str(source) if isinstance(source, Path) else "elements")
    text = text_of(source, shown)
    findings = Findings(shown)
    first = first_line(text)
    if first[:1] in "<[{" or "=" in first or ("," in first and "EPOCH" in first):
        return read_omm_text(text, findings, leap)
    return read_tle_text(text, findings, leap)


def write_omm(sets: tuple[ElementSet, ...], kind: str = "kvn", leap: LeapSeconds = LEAP_SECONDS) -> str:
    """The text of an OMM for every set.

    kind       ``kvn``, ``xml``, ``json`` or ``csv``

    Raises DomainError for what the notation cannot say.
    """
    writers = {"kvn": omm_write.kvn, "xml": omm_write.xml, "json": omm_write.json_text, "csv": omm_write.csv_text}
    return writers[kind](sets, leap)


def write_tle(sets: tuple[ElementSet, ...], leap: LeapSeconds = LEAP_SECONDS) -> str:
    """The text of a TLE file: two lines a set, and a line with the name before them where there is one.

    A TLE has fewer digits than an OMM: what it cannot hold is rounded. Raises DomainError for what does not fit, as a
    catalogue number above 339,999 does not.
    """
    return "".join(f"{line}\n" for elements in sets for line in tle_lines(elements, leap))
