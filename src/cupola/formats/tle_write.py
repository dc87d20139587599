"""Element sets as two lines, in the usual spelling or that of the TLE they were read from."""

from __future__ import annotations

import math
import re

from cupola.base.errors import DomainError
from cupola.base.instants import NS, LeapSeconds, format_instant, utc_day
from cupola.base.time import from_mjd
from cupola.formats.decimals import DEGREE, REV_PER_DAY, REV_PER_DAY2, REV_PER_DAY3, shifted, unscaled
from cupola.formats.element_set import UNKNOWN, ElementSet
from cupola.formats.texts import value
from cupola.formats.tle_fields import PIVOT, checksum, write_assumed, write_designator, write_id

TICK_NS = 864_000
"""The last digit of an epoch is 1e-8 of a day."""
LONGEST_NAME = 80
_ITEM = re.compile(r"([012]):(\d{1,2}):([0-9A-Z+._-]{0,68})", re.ASCII)


def usual_lines(elements: ElementSet, leap: LeapSeconds) -> tuple[str, ...]:
    """The lines in the spelling that catalogues use today."""
    number = write_id(elements.catalogue_id)
    name = value(elements.object_name, "OBJECT_NAME")
    if len(name) > LONGEST_NAME or (name[:2] in ("0 ", "1 ", "2 ")):
        raise DomainError(f"the name {name[:40]!r} cannot stand before a TLE")
    if re.fullmatch("[A-Z]", elements.classification, re.ASCII) is None or not 0 <= elements.ephemeris_type <= 9:
        raise DomainError("the classification must be a letter and the ephemeris type one digit")
    dot = _dot(elements.mean_motion_dot)
    ddot = write_assumed(unscaled(elements.mean_motion_ddot, REV_PER_DAY3), "MEAN_MOTION_DDOT", "-0")
    bstar = write_assumed(shifted(elements.bstar), "BSTAR")
    count = _fits(elements.element_set_no, 4, "ELEMENT_SET_NO")
    one = (
        f"1 {number}{elements.classification} {write_designator(elements.object_id)} {_epoch(elements.epoch, leap)} "
        f"{dot} {ddot} {bstar} {elements.ephemeris_type} {count}"
    )
    eccentricity = f"{elements.eccentricity:.7f}"
    if not eccentricity.startswith("0."):
        raise DomainError(f"the eccentricity {elements.eccentricity} does not fit into a TLE")
    motion = unscaled(elements.mean_motion, REV_PER_DAY, 8)
    if len(motion) > 11:
        raise DomainError(f"the mean motion {motion} does not fit into a TLE")
    two = (
        f"2 {number} {_angle(elements.inclination, 180.0)} {_angle(elements.raan)} {eccentricity[2:]} "
        f"{_angle(elements.arg_of_pericenter)} {_angle(elements.mean_anomaly)} {motion:>11}"
        f"{_fits(elements.rev_at_epoch, 5, 'REV_AT_EPOCH')}"
    )
    lines = (f"{one}{checksum(one)}", f"{two}{checksum(two)}")
    return lines if name == UNKNOWN else (name, *lines)


def _fits(number: int, width: int, what: str) -> str:
    text = f"{number:{width}d}"
    if len(text) > width or number < 0:
        raise DomainError(f"{what} {number} does not fit into a TLE")
    return text


def _angle(radians: float, greatest: float = 360.0) -> str:
    text = unscaled(radians, DEGREE, 4)
    if text.startswith("-") and greatest == 360.0:
        text = unscaled(radians + 2.0 * math.pi, DEGREE, 4)
    text = "0.0000" if text == "-0.0000" else text
    if not 0.0 <= float(text) <= greatest:
        raise DomainError(f"an angle of {text} degrees does not fit into a TLE")
    return f"{text:>8}"


def _dot(mean_motion_dot: float) -> str:
    text = unscaled(mean_motion_dot, REV_PER_DAY2, 8)
    sign, digits = ("-", text[1:]) if text.startswith("-") else (" ", text)
    if not digits.startswith("0."):
        raise DomainError(f"MEAN_MOTION_DOT {text} does not fit into a TLE")
    return (" " if float(digits) == 0.0 else sign) + digits[1:]


def _epoch(epoch: int, leap: LeapSeconds) -> str:
    mjd, second, nanoseconds = utc_day(epoch, leap)
    date = from_mjd(mjd)
    ticks = (second * NS + nanoseconds + TICK_NS // 2) // TICK_NS
    if second >= 86_400 or ticks == 100_000_000 or not 1900 + PIVOT <= date.year < 2000 + PIVOT:
        shown = format_instant(epoch, "UTC", leap)
        raise DomainError(
            f"the epoch {shown} does not fit into a TLE: it is too near a day's end, or of another century"
        )
    return f"{date.year % 100:02d}{date.timetuple().tm_yday:03d}.{ticks:08d}"


def spelling_of(usual: tuple[str, ...], actual: tuple[str, ...]) -> str:
    """How the lines of a TLE differ from their usual spelling, as items ``line:column:signs`` with _ for a blank.

    >>> spelling_of(("1 A +0 7",), ("1 A -0 7",))
    '1:5:-'
    """
    items = []
    if len(actual) > 2:
        bare = actual[0].rstrip().removeprefix("0 ")
        if actual[0].startswith("0 "):
            items.append("0:1:0_")
        elif bare == UNKNOWN:
            items.append("0:1:")
        padding = len(actual[0]) - len(actual[0].rstrip())
        if padding:
            items.append(f"0:{len(bare) + 1}:{'_' * padding}")
    for number, (one, other) in enumerate(zip(usual[-2:], actual[-2:], strict=True), start=1):
        for match in re.finditer("1+", "".join("01"[a != b] for a, b in zip(one[:68], other[:68], strict=True))):
            signs = other[match.start() : match.end()].replace(" ", "_")
            items.append(f"{number}:{match.start() + 1}:{signs}")
    return " ".join(items)


def spelled(lines: tuple[str, ...], spelling: str) -> tuple[str, ...] | None:
    """The lines with a spelling put on them, or None when it is none."""
    name, pair = (lines[0] if len(lines) > 2 else UNKNOWN), [*lines[-2:]]
    named = len(lines) > 2
    for item in spelling.split(" "):
        match = _ITEM.fullmatch(item)
        if match is None:
            return None
        line, column, signs = int(match[1]), int(match[2]) - 1, match[3].replace("_", " ")
        if line == 0:
            name, named = signs + name if column == 0 else name + signs, True
        elif column < 0 or column + len(signs) > 68:
            return None
        else:
            pair[line - 1] = pair[line - 1][:column] + signs + pair[line - 1][column + len(signs) :]
    pair = [f"{line[:68]}{checksum(line)}" for line in pair]
    return (name, *pair) if named else tuple(pair)
