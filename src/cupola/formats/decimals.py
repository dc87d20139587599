"""Decimal numbers of files to SI and back, without losing a bit.

A file counts in kilometres, degrees or revolutions a day; inside stand metres, radians and radians a second. The
decimal text is scaled before it is rounded to a double, and written with the fewest digits that are read back as the
same double, so that reading what was written gives the same bits.
"""

from __future__ import annotations

import math
import re
from decimal import Context, Decimal

from cupola.base.errors import DomainError

_NUMBER = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+))(?:[eE]([+-]?\d{1,3}))?", re.ASCII)
_WHOLE = re.compile(r"[+-]?\d{1,18}", re.ASCII)
LONGEST = 64
"""Characters of a number; longer ones are refused."""
_CONTEXT = Context(prec=60)
_PI = Decimal("3.14159265358979323846264338327950288419716939937510582097494")
DEGREE = _PI / 180
"""[rad]"""
REV_PER_DAY = _PI / 43_200
"""[rad/s]"""
REV_PER_DAY2 = REV_PER_DAY / 86_400
"""[rad/s2]"""
REV_PER_DAY3 = REV_PER_DAY2 / 86_400
"""[rad/s3]"""
ONE = Decimal(1)


def number(text: str, shift: int = 0) -> float:
    """The double nearest to a decimal number times ten to the power ``shift``.

    Raises DomainError for what is no plain finite number: NaN, infinity, an empty text, digits of other scripts.

    >>> number("-4188.917", 3)
    -4188917.0
    """
    match = _NUMBER.fullmatch(text)
    if match is None or len(text) > LONGEST:
        raise DomainError(f"{text[:40]!r} is not a finite decimal number")
    mantissa, exponent = match.groups()
    value = float(f"{mantissa}e{(int(exponent) if exponent else 0) + shift}")
    if not math.isfinite(value):
        raise DomainError(f"{text[:40]!r} is too large")
    return value


def shifted(value: float, shift: int = 0) -> str:
    """The shortest text that ``number`` reads, with the opposite shift, as this double.

    >>> shifted(-4188917.0, -3), shifted(1e-300)
    ('-4188.917', '1E-300')
    """
    if not math.isfinite(value):
        raise DomainError(f"{value} is not a finite number and is not written")
    exact = Decimal(repr(float(value))).scaleb(shift, _CONTEXT)
    if exact and not -12 < exact.adjusted() < 16:
        return str(exact.normalize(_CONTEXT))
    plain = f"{exact:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def scaled(text: str, unit: Decimal) -> float:
    """The double nearest to a decimal number times an exact unit.

    >>> scaled("180", DEGREE) == math.pi
    True
    """
    number(text)
    value = float(_CONTEXT.multiply(Decimal(text), unit))
    if not math.isfinite(value):
        raise DomainError(f"{text[:40]!r} is too large")
    return value


def unscaled(value: float, unit: Decimal, decimals: int | None = None) -> str:
    """The shortest text that ``scaled`` reads as this double, or the value rounded to ``decimals`` places.

    >>> unscaled(scaled("51.6416", DEGREE), DEGREE), unscaled(math.pi, DEGREE, 4)
    ('51.6416', '180.0000')
    """
    if not math.isfinite(value):
        raise DomainError(f"{value} is not a finite number and is not written")
    exact = _CONTEXT.divide(Decimal(float(value)), unit)
    if decimals is not None:
        return f"{exact:.{decimals}f}"
    for digits in range(1, 26):
        text = Context(prec=digits).create_decimal(exact)
        if scaled(str(text), unit) == value:
            break
    if text and not -12 < text.adjusted() < 16:
        return str(text.normalize(_CONTEXT))
    plain = f"{text:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def whole(text: str, low: int, high: int) -> int:
    """A whole number within bounds. Raises DomainError otherwise."""
    if _WHOLE.fullmatch(text) is None:
        raise DomainError(f"{text[:40]!r} is not a whole number")
    value = int(text)
    if not low <= value <= high:
        raise DomainError(f"{value} is outside {low} to {high}")
    return value
