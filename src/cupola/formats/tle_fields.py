"""The fields of a two-line element set: checksum, Alpha-5 numbers, assumed decimal points, designators.

Source: Space-Track, Basic Description of the Two Line Element (TLE) Format, and Alpha-5; T. S. Kelso, Frequently Asked
Questions: Two-Line Element Set Format (1998).
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, Decimal

from cupola.base.errors import DomainError
from cupola.formats.element_set import UNKNOWN

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
GREATEST_ALPHA5 = 339_999
_ASSUMED = re.compile(r"([ +-])(\d{5})([+-])(\d)", re.ASCII)
_DESIGNATOR = re.compile(r"(\d{2})(\d{3})([A-Z]{1,3}) *", re.ASCII)
_OBJECT_ID = re.compile(r"(\d{4})-(\d{3})([A-Z]{1,3})", re.ASCII)
_ID = re.compile(r" *(\d{1,5})|([A-HJ-NP-Z])(\d{4})", re.ASCII)
PIVOT = 57
"""Two-digit years from here on are of the 20th century."""


def checksum(line: str) -> int:
    """Sum of the digits of the first 68 columns, a minus sign counting one, modulo ten.

    >>> checksum("1 00005U 58002B   00179.78495062  .00000023  00000-0  28098-4 0  475")
    3
    """
    return sum(1 if sign == "-" else int(sign) for sign in line[:68] if sign in "-0123456789") % 10


def read_id(text: str) -> int:
    """A catalogue number of five columns, the first of which may be a letter.

    >>> read_id("25544"), read_id("A0000"), read_id("Z9999")
    (25544, 100000, 339999)
    """
    match = _ID.fullmatch(text)
    if match is None:
        raise DomainError(f"{text!r} is no catalogue number; Alpha-5 leaves out the letters I and O")
    return int(match[1]) if match[1] else (_LETTERS.index(match[2]) + 10) * 10_000 + int(match[3])


def write_id(number: int) -> str:
    """The five columns of a catalogue number.

    >>> write_id(5), write_id(270000)
    ('00005', 'T0000')
    """
    if not 0 <= number <= GREATEST_ALPHA5:
        raise DomainError(
            f"the catalogue number {number} does not fit into a TLE (at most {GREATEST_ALPHA5}); write an OMM"
        )
    high, low = divmod(number, 10_000)
    return f"{number:05d}" if number < 100_000 else f"{_LETTERS[high - 10]}{low:04d}"


def read_assumed(text: str) -> str:
    """The decimal number of a field like `` 28098-4``, which means 0.28098e-4.

    >>> read_assumed("-11606-4")
    '-0.11606e-4'
    """
    match = _ASSUMED.fullmatch(text)
    if match is None:
        raise DomainError(f"{text!r} is no number with an assumed decimal point")
    return f"{'-' if match[1] == '-' else ''}0.{match[2]}e{match[3]}{match[4]}"


def write_assumed(text: str, what: str, zero: str = "+0") -> str:
    """The eight columns of a decimal number, rounded to five digits; nothing at all is written 00000 and ``zero``.

    >>> write_assumed("0.000028098", "bstar"), write_assumed("-1.5", "bstar"), write_assumed("0", "bstar")
    (' 28098-4', '-15000+1', ' 00000+0')
    """
    value = Decimal(text)
    exponent = max(-9, value.adjusted() + 1) if value else 0
    digits = _digits(value, exponent)
    if digits == 100_000:
        exponent += 1
        digits = _digits(value, exponent)
    if exponent > 9:
        raise DomainError(f"{what} of {text} is too large for a TLE")
    if not digits:
        return f" 00000{zero}"
    return f"{'-' if value < 0 else ' '}{digits:05d}{'-' if exponent < 0 else '+'}{abs(exponent)}"


def _digits(value: Decimal, exponent: int) -> int:
    return int(abs(value).scaleb(5 - exponent).to_integral_value(ROUND_HALF_EVEN))


def read_designator(text: str) -> str:
    """The international designator of eight columns in its long form; blanks are an unknown one.

    >>> read_designator("98067A  "), read_designator("        ")
    ('1998-067A', 'UNKNOWN')
    """
    if text.isspace():
        return UNKNOWN
    match = _DESIGNATOR.fullmatch(text)
    if match is None:
        raise DomainError(f"{text!r} is no international designator")
    return f"{full_year(match[1])}-{match[2]}{match[3]}"


def write_designator(object_id: str) -> str:
    """The eight columns of an international designator."""
    if object_id == UNKNOWN:
        return " " * 8
    match = _OBJECT_ID.fullmatch(object_id)
    if match is None or not 1900 + PIVOT <= int(match[1]) < 2000 + PIVOT:
        raise DomainError(f"the designator {object_id[:40]!r} does not fit into a TLE; it must look like 1998-067A")
    return f"{int(match[1]) % 100:02d}{match[2]}{match[3]:3}"


def full_year(two_digits: str) -> int:
    """The year of two digits.

    >>> full_year("57"), full_year("56")
    (1957, 2056)
    """
    year = int(two_digits)
    return year + (1900 if year >= PIVOT else 2000)
