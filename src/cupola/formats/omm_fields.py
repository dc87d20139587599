"""The keywords of an Orbit Mean-Elements Message, and one record of them made into an element set.

**Assumptions and limits.** CLASSIFICATION, MESSAGE_ID and GM are checked and not kept. A covariance, a semi-major axis
in place of the mean motion, and the terms of SGP4-XP are refused, as an element set for SGP4 has none of them.
Source: CCSDS 502.0-B-2 and -B-3, Orbit Data Messages, section 4.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from cupola.base.errors import DomainError
from cupola.base.instants import LeapSeconds, parse_instant
from cupola.formats.decimals import DEGREE, ONE, REV_PER_DAY, REV_PER_DAY2, REV_PER_DAY3, number, scaled, whole
from cupola.formats.element_set import GREATEST_ID, UNKNOWN, ElementSet, check_elements
from cupola.formats.findings import Findings
from cupola.formats.texts import LONGEST_COMMENT, is_plain

VERSIONS = ("1.0", "2.0", "3.0")
HEADER = ("CREATION_DATE", "ORIGINATOR", "CLASSIFICATION", "MESSAGE_ID")
METADATA = ("OBJECT_NAME", "OBJECT_ID", "CENTER_NAME", "REF_FRAME", "TIME_SYSTEM", "MEAN_ELEMENT_THEORY")
FIXED = {
    "CENTER_NAME": ("EARTH",),
    "REF_FRAME": ("TEME",),
    "TIME_SYSTEM": ("UTC",),
    "MEAN_ELEMENT_THEORY": ("SGP4", "SGP/SGP4"),
}
THEORY = "SGP4"
USER = "USER_DEFINED_"
SPELLING = "TLE_SPELLING"
LONGEST_VALUE = 200
MAX_USER_DEFINED = 100
MAX_COMMENTS = 1_000
IGNORED = frozenset(
    "SEMIMAJOR_AXIS PERIOD APOAPSIS PERIAPSIS OBJECT_TYPE RCS_SIZE COUNTRY_CODE LAUNCH_DATE SITE DECAY_DATE FILE GP_ID "
    "TLE_LINE0 TLE_LINE1 TLE_LINE2 DECAYED REF_FRAME_EPOCH".split()
)
"""Columns of services that say nothing of the elements or repeat them"""


@dataclass(frozen=True)
class Quantity:
    """A number of a message: the attribute that holds it, the unit in the file, and its bounds in that unit."""

    attribute: str
    unit: str = ""
    factor: Decimal = ONE
    low: float = 0.0
    high: float = 1e9


MEAN_ELEMENTS = {
    "MEAN_MOTION": Quantity("mean_motion", "rev/day", REV_PER_DAY, 1e-9, 99.0),
    "ECCENTRICITY": Quantity("eccentricity"),
    "INCLINATION": Quantity("inclination", "deg", DEGREE, 0.0, 180.0),
    "RA_OF_ASC_NODE": Quantity("raan", "deg", DEGREE, -360.0, 360.0),
    "ARG_OF_PERICENTER": Quantity("arg_of_pericenter", "deg", DEGREE, -360.0, 360.0),
    "MEAN_ANOMALY": Quantity("mean_anomaly", "deg", DEGREE, -360.0, 360.0),
}
SPACECRAFT = {
    "MASS": Quantity("mass", "kg"),
    "SOLAR_RAD_AREA": Quantity("solar_area", "m**2"),
    "SOLAR_RAD_COEFF": Quantity("solar_coefficient"),
    "DRAG_AREA": Quantity("drag_area", "m**2"),
    "DRAG_COEFF": Quantity("drag_coefficient"),
}
DRAG = {
    "BSTAR": Quantity("bstar", "1/ER", ONE, -1e9),
    "MEAN_MOTION_DOT": Quantity("mean_motion_dot", "rev/day**2", REV_PER_DAY2, -1e6, 1e6),
    "MEAN_MOTION_DDOT": Quantity("mean_motion_ddot", "rev/day**3", REV_PER_DAY3, -1e9),
}
COUNTS = {
    "EPHEMERIS_TYPE": ("ephemeris_type", 9),
    "NORAD_CAT_ID": ("catalogue_id", GREATEST_ID),
    "ELEMENT_SET_NO": ("element_set_no", 999_999),
    "REV_AT_EPOCH": ("rev_at_epoch", 9_999_999),
}
QUANTITIES = {**MEAN_ELEMENTS, **SPACECRAFT, **DRAG}
_UNITS = {**{key: quantity.unit for key, quantity in QUANTITIES.items()}, "GM": "km**3/s**2"}
KNOWN = (*HEADER, *METADATA, "EPOCH", "GM", *QUANTITIES, *COUNTS, "CLASSIFICATION_TYPE")
NEEDED = (*METADATA, "EPOCH", *MEAN_ELEMENTS, "NORAD_CAT_ID", *DRAG)
_REFUSED = {
    "SEMI_MAJOR_AXIS": "stands in place of the mean motion, which SGP4 needs",
    "BTERM": "is a term of SGP4-XP, another theory",
    "AGOM": "is a term of SGP4-XP, another theory",
    "COV_REF_FRAME": "begins a covariance, which is not kept",
    "REF_FRAME_EPOCH": "is not needed by the frame TEME",
}
_CLASS = re.compile("[A-Z]", re.ASCII)
_NAME = re.compile(r"[A-Za-z0-9_]{1,60}", re.ASCII)


@dataclass
class OmmRecord:
    """The keywords of one message as they stand in the file."""

    line: int
    version: str = "2.0"
    fields: dict[str, tuple[int, str]] = field(default_factory=dict)
    user: dict[str, str] = field(default_factory=dict)
    comments: list[str] = field(default_factory=list)

    def take(self, line: int, key: str, value: str, unit: str | None, findings: Findings) -> None:
        """Keep a keyword; what is wrong with it is noted."""
        if key.startswith(USER):
            self._user(line, key.removeprefix(USER), value, findings)
        elif key in _REFUSED or re.fullmatch(r"C[XYZ](_DOT)?_[XYZ](_DOT)?", key):
            findings.add(line, key, _REFUSED.get(key, "belongs to a covariance, which is not kept"))
        elif key not in KNOWN:
            findings.add(line, key[:40], "is no keyword of an OMM")
        elif key in self.fields:
            findings.add(line, key, "stands twice", remedy=f"The first one is on line {self.fields[key][0]}.")
        elif len(value) > LONGEST_VALUE or not is_plain(value):
            findings.add(line, key, "has too long a value, or one with a control character")
        elif unit is not None and unit.lower() != _UNITS.get(key, "").lower():
            findings.add(line, key, "is in another unit", unit, _UNITS.get(key) or "none")
        else:
            self.fields[key] = (line, value)

    def _user(self, line: int, name: str, value: str, findings: Findings) -> None:
        if _NAME.fullmatch(name) is None or name in self.user or len(value) > LONGEST_VALUE or not is_plain(value):
            findings.add(
                line, f"{USER}{name}"[:60], "cannot be kept: its name or text is not right, or it stands twice"
            )
        elif len(self.user) >= MAX_USER_DEFINED:
            raise findings.refuse(line, USER, "stand too often", expected=f"at most {MAX_USER_DEFINED}")
        else:
            self.user[name] = value

    def comment(self, line: int, text: str, findings: Findings) -> None:
        """Keep a comment."""
        text = text.replace("\t", " ").rstrip()
        if len(self.comments) >= MAX_COMMENTS:
            raise findings.refuse(line, "COMMENT", "stands too often", expected=f"at most {MAX_COMMENTS}")
        if len(text) > LONGEST_COMMENT or not is_plain(text):
            findings.add(line, "COMMENT", "is too long, or holds a control character", f"{len(text)} characters")
        self.comments.append(text)

    def bare(self, line: int, key: str, text: str, findings: Findings) -> None:
        """Keep a cell of CSV or JSON; an empty one is not given, and some columns are left aside."""
        if key == "COMMENT":
            self.comment(line, text, findings)
        elif key == "CCSDS_OMM_VERS":
            self.version = text.strip()
        elif key not in IGNORED and (text.strip() or key.startswith(USER)):
            self.take(line, key, text.strip(), None, findings)

    def text(self, key: str) -> str:
        """The value of a keyword, empty when it does not stand."""
        return self.fields.get(key, (0, ""))[1]


def element_set(record: OmmRecord, findings: Findings, leap: LeapSeconds, bare: bool = False) -> ElementSet | None:
    """The element set of one record, or None with what is wrong noted.

    bare       the record is of JSON or CSV, where services leave out the metadata that never change
    """
    known = len(findings.problems)
    for key in ("OBJECT_NAME", "OBJECT_ID"):
        # Catalogues leave these empty where an object has neither.
        if not record.text(key) and (bare or key in record.fields):
            record.fields[key] = (record.line, UNKNOWN)
    if bare:
        for key, choices in FIXED.items():
            if not record.text(key):
                record.fields[key] = (record.line, choices[0])
    if record.version not in VERSIONS:
        findings.add(record.line, "CCSDS_OMM_VERS", "is not known here", record.version, ", ".join(VERSIONS))
    for key in NEEDED:
        if not record.text(key):
            findings.add(record.fields.get(key, (record.line, ""))[0], key, "is missing or has no value")
    for key, choices in FIXED.items():
        if record.text(key) and record.text(key).upper() not in choices:
            findings.add(record.fields[key][0], key, "is not known here", record.text(key), ", ".join(choices))
    values = _values(record, findings, leap)
    if len(findings.problems) > known:
        return None
    spelling = record.user.pop(SPELLING, "")
    made = ElementSet(
        record.text("OBJECT_NAME"),
        record.text("OBJECT_ID"),
        classification=record.text("CLASSIFICATION_TYPE") or "U",
        originator=record.text("ORIGINATOR") or None,
        comments=tuple(record.comments),
        user_defined=tuple(record.user.items()),
        tle_spelling=spelling,
        version=record.version,
        **values,  # type: ignore[arg-type]
    )
    check_elements(made, record.fields["MEAN_MOTION"][0], findings)
    return made if len(findings.problems) == known else None


def _values(record: OmmRecord, findings: Findings, leap: LeapSeconds) -> dict[str, float | int | None]:
    """Every number and time of a record by attribute, without those that do not stand."""
    values: dict[str, float | int | None] = {}

    def read(key: str, attribute: str, reader: Callable[[str], float | int]) -> None:
        if record.text(key):
            values[attribute] = findings.read(record.fields[key][0], key, reader, record.text(key))

    read("EPOCH", "epoch", lambda text: parse_instant(text, "UTC", leap))
    read("CREATION_DATE", "creation", lambda text: parse_instant(text, "UTC", leap))
    for key, quantity in QUANTITIES.items():
        read(key, quantity.attribute, lambda text, key=key, quantity=quantity: _quantity(key, quantity, text))  # type: ignore[misc]
    for key, (attribute, most) in COUNTS.items():
        read(key, attribute, lambda text, most=most: whole(text, 0, most))  # type: ignore[misc]
    if values.get("ephemeris_type") == 4:
        findings.add(record.fields["EPHEMERIS_TYPE"][0], "EPHEMERIS_TYPE", "means SGP4-XP, another theory", "4", "0")
    if record.text("GM"):
        gm = findings.read(record.fields["GM"][0], "GM", number, record.text("GM"))
        if gm is not None and abs(gm / 398_600.8 - 1.0) > 1e-5:
            findings.add(record.fields["GM"][0], "GM", "is not that of the Earth", record.text("GM"), "398600.8 km3/s2")
    kind = record.text("CLASSIFICATION_TYPE")
    if kind and _CLASS.fullmatch(kind) is None:
        findings.add(record.fields["CLASSIFICATION_TYPE"][0], "CLASSIFICATION_TYPE", "is not a letter", kind)
    return values


def _quantity(key: str, quantity: Quantity, text: str) -> float:
    plain = number(text)
    if key == "ECCENTRICITY" and plain >= 1.0:
        raise DomainError(f"an eccentricity of {text} is that of a hyperbolic orbit; below 1 it is closed")
    if key == "MASS" and plain <= 0.0:
        raise DomainError(f"a mass of {text} kg is not above 0")
    if not quantity.low <= plain <= quantity.high:
        raise DomainError(f"{text} is outside {quantity.low:g} to {quantity.high:g} {quantity.unit}".rstrip())
    value = plain if quantity.factor == ONE else scaled(text, quantity.factor)
    return value + 0.0
