"""How numbers, dates and names are written for people.

Three significant digits, a thin space between thousands, the unit always; dates by ISO 8601. Text that comes
from a scenario is untrusted: control and direction characters are taken out before anything is shown.
"""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata

THIN = "\u2009"
MINUS = "\u2212"
DASH = "\u2013"
ELLIPSIS = "\u2026"
_BETWEEN = re.compile(r"(?<=[a-z0-9)'][.!?]) (?=[A-Z])")
LONGEST_TEXT = 4_000
"""Longest text of one cell that is shown; a hostile file could hold megabytes."""

# A pure number carries no unit on the page.
_SHOWN_UNITS = {
    "1": "",
    "": "",
    "d": "days",
    "m2": "m²",
    "m3": "m³",
    "1/y": "a year",
    "kg/d": "kg/day",
    "kg/y": "kg/year",
}


def clean(text: str, longest: int = LONGEST_TEXT) -> str:
    """Text without control, direction and private characters, with single spaces, cut at ``longest``.

    >>> clean("a\\x1b[31mb\\n c")
    'a[31mb c'
    """
    kept = "".join(" " if letter in "\t\r\n" else letter for letter in text[: 4 * longest])
    kept = "".join(letter for letter in kept if unicodedata.category(letter) not in ("Cc", "Cf", "Co", "Cs"))
    kept = " ".join(kept.split(" ")) if "  " not in kept else " ".join(kept.split())
    return kept if len(kept) <= longest else kept[: longest - 1] + ELLIPSIS


def number(value: float | int | None, unit: str = "") -> str:
    """A number with three significant digits and its unit; a dash when there is none.

    >>> number(4512.3, "kg").replace(THIN, "_")
    '4_510_kg'
    >>> number(0.01234), number(-3.0), number(None)
    ('0.0123', '−3', '–')
    """
    if value is None or not math.isfinite(value):
        return DASH
    shown = _SHOWN_UNITS.get(unit, clean(unit, 24))
    if unit == "d" and value == 1:
        shown = "day"
    return f"{_digits(value)}{THIN}{shown}" if shown else _digits(value)


def _digits(value: float) -> str:
    if value == 0:
        return "0"
    if isinstance(value, int) and abs(value) < 10_000:
        return f"{value}".replace("-", MINUS)
    size = math.floor(math.log10(abs(value)))
    if size >= 15 or size < -6:
        return f"{value:.2e}".replace("-", MINUS)
    places = max(0, 2 - size)
    rounded = round(value, 2 - size)
    text = f"{rounded:,.{places}f}".replace(",", THIN).replace("-", MINUS)
    return text.rstrip("0").rstrip(".") if "." in text else text


def exact(value: object) -> str:
    """One cell as it stands in the table, for the appendix."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.7g}" if math.isfinite(value) else ""
    if isinstance(value, dt.date):
        return value.isoformat()
    return clean(str(value))


def day(date: dt.date | None) -> str:
    """An ISO date, or a dash."""
    return date.isoformat() if date else DASH


def month(date: dt.date) -> str:
    """Year and month, for sentences where the day says too much."""
    return f"{date.year:04d}-{date.month:02d}"


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """The text as a sentence: capital first, full stop last."""
    words = capital(text.strip())
    return words if not words or words[-1] in ".!?" else words + "."


def sentences(text: str) -> list[str]:
    """The sentences of a text.

    >>> sentences("It ends on 2025-02-18. Then nobody stays. e.g. this is one.")
    ['It ends on 2025-02-18.', 'Then nobody stays. e.g. this is one.']
    """
    return [part for part in _BETWEEN.split(text) if part]


def plain(identifier: str) -> str:
    """Words of an id that has no name: ``robotic_arm`` becomes ``robotic arm``."""
    return clean(identifier, 120).replace("_", " ").replace("-", " ")
