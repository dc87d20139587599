"""Two-line element sets, with or without a line of the name, every column checked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from cupola.base.errors import DomainError, FormatError
from cupola.base.instants import LeapSeconds, from_utc_day
from cupola.base.time import parse_date, to_mjd
from cupola.formats.decimals import DEGREE, REV_PER_DAY, REV_PER_DAY2, REV_PER_DAY3, number, scaled
from cupola.formats.element_set import MAX_SETS, UNKNOWN, ElementSet, check_elements
from cupola.formats.findings import Findings
from cupola.formats.kvn import short_lines
from cupola.formats.tle_fields import checksum, full_year, read_assumed, read_designator, read_id
from cupola.formats.tle_write import LONGEST_NAME, TICK_NS, spelled, spelling_of, usual_lines

LENGTH = 69
_BLANKS = ((1, 8, 17, 32, 43, 52, 61, 63), (1, 7, 16, 25, 33, 42, 51))
_ANGLE = re.compile(r" *\d{1,3}\.\d{4}", re.ASCII)
_MOTION = re.compile(r" *\d{1,2}\.\d{8}", re.ASCII)
_DOT = re.compile(r"([ +-])(\.\d{8})", re.ASCII)
_DAY = re.compile(r"(\d{2})([ 0-9]{3})\.(\d{8})", re.ASCII)
_COUNT = re.compile(r" *\d*", re.ASCII)
_PLAIN = re.compile(r"[ -~]+", re.ASCII)
_CLASSES = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
XP = 4
"""Ephemeris type of SGP4-XP"""


def read_tle_text(text: str, findings: Findings, leap: LeapSeconds) -> tuple[ElementSet, ...]:
    """The element sets of a TLE file. Raises FormatError with every problem found."""
    sets: list[ElementSet] = []
    for lines in _groups(short_lines(text, findings), findings):
        made = read_set(lines, findings, leap)
        if made is not None:
            sets.append(made)
        if len(sets) > MAX_SETS:
            raise findings.refuse(lines[0][0], "file", "has too many element sets", expected=f"at most {MAX_SETS}")
    if not sets and not findings.problems:
        findings.add(1, "file", "has no element set")
    findings.stop()
    return tuple(sets)


def _groups(lines: Iterable[tuple[int, str]], findings: Findings) -> Iterable[list[tuple[int, str]]]:
    """The lines of each set: perhaps a name, then line 1 and line 2."""
    name: tuple[int, str] | None = None
    first: tuple[int, str] | None = None
    for number_, raw in lines:
        line = raw.rstrip(" \t")
        if not line:
            continue
        if line.startswith("1 ") and first is None:
            first = (number_, line)
        elif line.startswith("2 ") and first is not None:
            yield [*([name] if name else []), first, (number_, line)]
            name = first = None
        elif first is not None:
            findings.add(first[0], "line 1", "is not followed by line 2")
            name, first = None, (number_, line) if line.startswith("1 ") else None
        elif name is not None or line.startswith("2 "):
            findings.add(number_, "line", "is no line of a TLE", repr(line), "a name, then lines 1 and 2")
        else:
            name = (number_, raw)
    if first is not None or name is not None:
        findings.add((first or name or (1, ""))[0], "element set", "is cut off")


def read_set(lines: list[tuple[int, str]], findings: Findings, leap: LeapSeconds) -> ElementSet | None:
    """One set of two or three lines with their numbers; None when something is wrong, which is noted."""
    known = len(findings.problems)
    (at_one, one), (at_two, two) = lines[-2:]
    name = UNKNOWN
    if len(lines) > 2:
        name = lines[0][1].rstrip().removeprefix("0 ")
        if (
            len(lines[0][1]) > LONGEST_NAME
            or _PLAIN.fullmatch(lines[0][1]) is None
            or name != name.strip()
            or name[:2] in ("0 ", "2 ")
        ):
            findings.add(lines[0][0], "name", "cannot be read", repr(lines[0][1]))
    for at, which, line, blanks in ((at_one, "1", one, _BLANKS[0]), (at_two, "2", two, _BLANKS[1])):
        _shape(at, which, line, blanks, findings)
    if len(findings.problems) > known:
        return None
    made = _elements(name, (at_one, one), (at_two, two), findings, leap)
    if made is None:
        return None
    check_elements(made, at_two, findings)
    if len(findings.problems) > known:
        return None
    try:
        spelling = spelling_of(usual_lines(made, leap), tuple(line for _, line in lines))
    except DomainError as error:
        findings.add(at_one, "element set", str(error))
        return None
    return replace(made, tle_spelling=spelling)


def _shape(at: int, number_: str, line: str, blanks: tuple[int, ...], findings: Findings) -> None:
    """Length, first sign, blanks and checksum of one line."""
    which = f"line {number_}"
    if len(line) != LENGTH or line[0] != number_ or _PLAIN.fullmatch(line) is None:
        findings.add(at, which, "is not of plain characters in the right number", f"{len(line)}", str(LENGTH))
        return
    wrong = [column + 1 for column in blanks if line[column] != " "]
    if wrong:
        findings.add(at, which, "has a sign where a blank must be", f"column {wrong[0]}")
    elif line[68] != str(checksum(line)):
        remedy = "A digit was changed or lost; fetch the elements again."
        findings.add(at, which, "has a wrong checksum", line[68], str(checksum(line)), remedy)


def _elements(
    name: str, first: tuple[int, str], second: tuple[int, str], findings: Findings, leap: LeapSeconds
) -> ElementSet | None:
    one, two = first[1], second[1]
    known = len(findings.problems)
    # Line, name of the field, columns, and what reads them.
    fields: tuple[tuple[tuple[int, str], str, int, int, Callable[[str], object]], ...] = (
        (first, "catalogue number", 2, 7, read_id),
        (first, "designator", 9, 17, read_designator),
        (first, "epoch", 18, 32, lambda text: _epoch(text, leap)),
        (first, "mean motion derivative", 33, 43, _dot),
        (first, "second derivative", 44, 52, lambda text: scaled(read_assumed(text), REV_PER_DAY3) + 0.0),
        (first, "drag term", 53, 61, lambda text: number(read_assumed(text)) + 0.0),
        (first, "ephemeris type", 62, 63, _count),
        (first, "element number", 64, 68, _count),
        (second, "inclination", 8, 16, lambda text: _angle(text, 180.0)),
        (second, "node", 17, 25, _angle),
        (second, "eccentricity", 26, 33, _eccentricity),
        (second, "argument of perigee", 34, 42, _angle),
        (second, "mean anomaly", 43, 51, _angle),
        (second, "mean motion", 52, 63, _motion),
        (second, "revolution", 63, 68, _count),
    )
    values = [findings.read(line[0], key, reader, line[1][start:stop]) for line, key, start, stop, reader in fields]
    if one[7] not in _CLASSES:
        findings.add(first[0], "classification", "is not a letter", repr(one[7]))
    if one[2:7] != two[2:7]:
        findings.add(second[0], "catalogue number", "is not that of line 1", two[2:7], one[2:7])
    if values[6] == XP:
        findings.add(first[0], "ephemeris type", "means SGP4-XP, another theory", str(XP), "0")
    if len(findings.problems) > known:
        return None
    values_: list[Any] = values
    number_, designator, epoch, dot, ddot, bstar, kind, count, i, node, e, pericenter, anomaly, motion, rev = values_
    return ElementSet(
        *(name, designator, number_, epoch, motion, e, i, node, pericenter, anomaly, bstar, dot, ddot),
        classification=one[7],
        ephemeris_type=kind,
        element_set_no=count,
        rev_at_epoch=rev,
    )


def _epoch(text: str, leap: LeapSeconds) -> int:
    match = _DAY.fullmatch(text)
    if match is None:
        raise DomainError(f"{text!r} is not a year and day like 21225.52800902")
    year, day = full_year(match[1]), int(match[2].strip() or 0)
    last = 366 if year % 4 == 0 else 365
    if not 1 <= day <= last:
        raise DomainError(f"the day {day} is outside 1 to {last}")
    return from_utc_day(to_mjd(parse_date(f"{year}-01-01")) + day - 1, int(match[3]) * TICK_NS, leap)


def _dot(text: str) -> float:
    match = _DOT.fullmatch(text)
    if match is None:
        raise DomainError(f"{text!r} is not a number like -.00000123")
    return scaled(("-0" if match[1] == "-" else "0") + match[2], REV_PER_DAY2) + 0.0


def _angle(text: str, greatest: float = 360.0) -> float:
    if _ANGLE.fullmatch(text) is None or float(text) > greatest:
        raise DomainError(f"{text!r} is not an angle of 0 to {greatest:g} degrees with four decimals")
    return scaled(text.strip(), DEGREE)


def _eccentricity(text: str) -> float:
    if not (text.isascii() and text.isdecimal()):
        raise DomainError(f"{text!r} is not seven digits")
    return number(f"0.{text}")


def _motion(text: str) -> float:
    if _MOTION.fullmatch(text) is None or float(text) == 0.0:
        raise DomainError(f"{text!r} is not a number of revolutions a day with eight decimals")
    return scaled(text.strip(), REV_PER_DAY)


def _count(text: str) -> int:
    if _COUNT.fullmatch(text) is None:
        raise DomainError(f"{text!r} is not a whole number")
    return int(text.strip() or 0)


def tle_lines(elements: ElementSet, leap: LeapSeconds) -> tuple[str, ...]:
    """The two lines of a set, after one with its name when it has one.

    Raises DomainError for what does not fit.
    """
    lines = usual_lines(elements, leap)
    if not elements.tle_spelling:
        return lines
    again = spelled(lines, elements.tle_spelling)
    # A spelling that no longer fits the numbers, because they were changed since, is dropped.
    return again if again is not None and _same(again, elements, leap) else lines


def _same(lines: tuple[str, ...], elements: ElementSet, leap: LeapSeconds) -> bool:
    """Whether lines are read as these elements, as far as a TLE tells them."""
    findings = Findings("TLE")
    try:
        read = read_set([*enumerate(lines, start=1)], findings, leap)
    except FormatError:
        return False
    if read is None or findings.problems:
        return False
    told = replace(read, creation=elements.creation, originator=elements.originator)
    usual = (usual_lines(told, leap), usual_lines(elements, leap))
    return usual[0] == usual[1] and read.tle_spelling == elements.tle_spelling
