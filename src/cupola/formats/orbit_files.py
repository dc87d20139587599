"""Any file that tells an orbit, by what stands in it: an ephemeris, element sets, or rows of mean elements."""

from __future__ import annotations

from pathlib import Path

from cupola.base.instants import LEAP_SECONDS, LeapSeconds
from cupola.formats.element_rows import ElementRows, read_element_rows
from cupola.formats.elements import ElementSet, read_elements
from cupola.formats.findings import first_line, text_of
from cupola.formats.oem import Oem, read_oem

_SEARCHED = 3_000
"""Characters in which a message names its kind"""


def kind_of(text: str) -> str:
    """Whether a text is an ``oem``, ``rows`` of mean elements, or else ``elements``.

    >>> kind_of("CCSDS_OEM_VERS = 2.0"), kind_of("norad,epoch_utc"), kind_of("1 25544U 98067A")
    ('oem', 'rows', 'elements')
    """
    head, first = text[:_SEARCHED], first_line(text)
    if first.startswith("CCSDS_OEM_VERS") or (first.startswith("<") and "<oem" in head):
        return "oem"
    # A misspelt first keyword: only ephemerides in keyword notation have this word on a line of its own.
    if "=" in first and not first.startswith("CCSDS_OMM_VERS") and "\nMETA_START" in head:
        return "oem"
    return "rows" if "epoch_utc" in first.split(",") else "elements"


def read_orbit_file(
    source: Path | bytes, name: str | None = None, leap: LeapSeconds = LEAP_SECONDS
) -> Oem | tuple[ElementSet, ...] | ElementRows:
    """Read an OEM, an OMM, a TLE, or a table of mean elements, compressed or not.

    source     path of the file, or its bytes
    name       how messages call it; the path when left out

    Raises FormatError with every problem of the file, each at its line.
    """
    shown = name if name is not None else (str(source) if isinstance(source, Path) else "file")
    kind = kind_of(text_of(source, shown))
    if kind == "oem":
        return read_oem(source, shown, leap)
    return read_element_rows(source, shown, leap) if kind == "rows" else read_elements(source, shown, leap)
