"""The texts of an Orbit Mean-Elements Message in its four notations."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from xml.sax.saxutils import quoteattr

from cupola.base.errors import DomainError
from cupola.base.instants import LeapSeconds, format_instant
from cupola.formats.decimals import ONE, shifted, unscaled
from cupola.formats.element_set import ElementSet
from cupola.formats.omm_fields import (
    COUNTS,
    DRAG,
    FIXED,
    MEAN_ELEMENTS,
    SPACECRAFT,
    SPELLING,
    THEORY,
    USER,
    VERSIONS,
    Quantity,
)
from cupola.formats.texts import comment, element, remark, value

Pairs = list[tuple[str, str]]
COLUMNS = (
    *("OBJECT_NAME", "OBJECT_ID", "EPOCH", *MEAN_ELEMENTS, "EPHEMERIS_TYPE", "CLASSIFICATION_TYPE"),
    *("NORAD_CAT_ID", "ELEMENT_SET_NO", "REV_AT_EPOCH", *DRAG),
)
"""The keywords that services give in JSON and CSV, in their order"""


def _number(elements: ElementSet, quantity: Quantity) -> str | None:
    held = getattr(elements, quantity.attribute)
    if held is None:
        return None
    return shifted(held) if quantity.factor == ONE else unscaled(held, quantity.factor)


def _numbers(elements: ElementSet, quantities: dict[str, Quantity]) -> Pairs:
    found = ((key, _number(elements, quantity)) for key, quantity in quantities.items())
    return [(key, text) for key, text in found if text is not None]


def _header(elements: ElementSet, leap: LeapSeconds) -> Pairs:
    if elements.version not in VERSIONS:
        raise DomainError(f"the version {elements.version!r} of an OMM is not one of {', '.join(VERSIONS)}")
    created = "" if elements.creation is None else format_instant(elements.creation, "UTC", leap, 6)
    origin = "" if elements.originator is None else value(elements.originator, "ORIGINATOR")
    return [("CREATION_DATE", created), ("ORIGINATOR", origin)]


def _metadata(elements: ElementSet) -> Pairs:
    named = [
        (key, value(text, key))
        for key, text in (("OBJECT_NAME", elements.object_name), ("OBJECT_ID", elements.object_id))
    ]
    return [*named, *((key, THEORY if key == "MEAN_ELEMENT_THEORY" else choices[0]) for key, choices in FIXED.items())]


def _mean(elements: ElementSet, leap: LeapSeconds) -> Pairs:
    return [("EPOCH", format_instant(elements.epoch, "UTC", leap, 6)), *_numbers(elements, MEAN_ELEMENTS)]


def _tle(elements: ElementSet) -> Pairs:
    counts = {key: str(getattr(elements, attribute)) for key, (attribute, _) in COUNTS.items()}
    return [
        ("EPHEMERIS_TYPE", counts["EPHEMERIS_TYPE"]),
        ("CLASSIFICATION_TYPE", value(elements.classification, "CLASSIFICATION_TYPE")),
        *((key, counts[key]) for key in ("NORAD_CAT_ID", "ELEMENT_SET_NO", "REV_AT_EPOCH")),
        *_numbers(elements, DRAG),
    ]


def _user(elements: ElementSet) -> Pairs:
    pairs = [(name, text if not text else value(text, name)) for name, text in elements.user_defined]
    return [*pairs, *([(SPELLING, value(elements.tle_spelling, SPELLING))] if elements.tle_spelling else [])]


def kvn(sets: Sequence[ElementSet], leap: LeapSeconds) -> str:
    """Keyword notation, one message after the other."""
    lines: list[str] = []
    for elements in sets:
        pairs = [*_header(elements, leap), *_metadata(elements), *_mean(elements, leap)]
        pairs += [
            *_numbers(elements, SPACECRAFT),
            *_tle(elements),
            *((USER + name, text) for name, text in _user(elements)),
        ]
        lines += [f"CCSDS_OMM_VERS = {elements.version}"]
        lines += [f"COMMENT {comment(text)}".rstrip() for text in elements.comments]
        lines += [f"{key} = {text}".rstrip() for key, text in pairs]
        lines.append("")
    return "\n".join(lines)


def xml(sets: Sequence[ElementSet], leap: LeapSeconds) -> str:
    """XML: an NDM with one message a set."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<ndm>"]
    for elements in sets:
        comments = [remark(text) for text in elements.comments]
        header = [element(*pair) for pair in _header(elements, leap)]
        lines += [
            f'<omm id="CCSDS_OMM_VERS" version="{elements.version}">',
            "<header>",
            *comments,
            *header,
            "</header>",
        ]
        lines += ["<body>", "<segment>", "<metadata>", *(element(*pair) for pair in _metadata(elements)), "</metadata>"]
        lines += ["<data>", "<meanElements>", *(element(*pair) for pair in _mean(elements, leap)), "</meanElements>"]
        spacecraft = [element(*pair) for pair in _numbers(elements, SPACECRAFT)]
        if spacecraft:
            lines += ["<spacecraftParameters>", *spacecraft, "</spacecraftParameters>"]
        lines += ["<tleParameters>", *(element(*pair) for pair in _tle(elements)), "</tleParameters>"]
        user = [
            element("USER_DEFINED", text).replace(">", f" parameter={quoteattr(name)}>", 1)
            for name, text in _user(elements)
        ]
        if user:
            lines += ["<userDefinedParameters>", *user, "</userDefinedParameters>"]
        lines += ["</data>", "</segment>", "</body>", "</omm>"]
    return "\n".join([*lines, "</ndm>", ""])


def _bare(elements: ElementSet, leap: LeapSeconds) -> dict[str, str]:
    """The keywords that services give, then those that this set has besides."""
    if len(elements.comments) > 1:
        raise DomainError("JSON and CSV have room for one comment; write keyword notation or XML")
    known = dict([*_metadata(elements), *_mean(elements, leap), *_tle(elements)])
    found = {key: known[key] for key in COLUMNS}
    more: Pairs = [] if elements.version == "2.0" else [("CCSDS_OMM_VERS", elements.version)]
    more += [("COMMENT", comment(text)) for text in elements.comments]
    more += [(key, text) for key, text in _header(elements, leap) if text]
    more += [*_numbers(elements, SPACECRAFT), *((USER + name, text) for name, text in _user(elements))]
    return {**found, **dict(more)}


_TEXTS = (
    "OBJECT_NAME",
    "OBJECT_ID",
    "EPOCH",
    "CLASSIFICATION_TYPE",
    "CCSDS_OMM_VERS",
    "COMMENT",
    "CREATION_DATE",
    "ORIGINATOR",
)


def json_text(sets: Sequence[ElementSet], leap: LeapSeconds) -> str:
    """JSON: a list with one object a set, numbers without quotes."""
    objects = []
    for elements in sets:
        pairs = _bare(elements, leap).items()
        shown = (
            f"{json.dumps(key)}:{json.dumps(text) if key in _TEXTS or key.startswith(USER) else text}"
            for key, text in pairs
        )
        objects.append("{" + ",".join(shown) + "}")
    return "[" + ",\n".join(objects) + "]\n"


def csv_text(sets: Sequence[ElementSet], leap: LeapSeconds) -> str:
    """CSV: one row a set under a row of keywords."""
    rows = [_bare(elements, leap) for elements in sets]
    names = list(dict.fromkeys([*COLUMNS, *(key for row in rows for key in row)]))
    if any(
        name.startswith(USER) and name != USER + SPELLING and any(name not in row for row in rows) for name in names
    ):
        raise DomainError("CSV needs the same user-defined names in every set; write another notation")
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([row.get(name, "") for name in names] for row in rows)
    return out.getvalue()
