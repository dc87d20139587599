"""A number that knows its range and its source, and the units that people write.

Inside Cupola every quantity is SI (kg, m, s, N, W, rad); at the edges people write what their field
uses: ``420 km``, ``2.5 t``, ``P30D``, ``51.64 deg``.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from cupola.base.errors import DomainError

DAY_S = 86_400.0
YEAR_DAYS = 365.25
BY_DEFAULT = "default"
"""The source of a number that nobody gave."""

# Edge unit -> (dimension, factor to SI). "1" is a pure number or a count.
UNITS: dict[str, tuple[str, float]] = {
    "1": ("count", 1.0),
    "%": ("count", 0.01),
    "kg": ("mass", 1.0),
    "g": ("mass", 1e-3),
    "t": ("mass", 1e3),
    "lb": ("mass", 0.45359237),
    "m": ("length", 1.0),
    "km": ("length", 1e3),
    "m2": ("area", 1.0),
    "m3": ("volume", 1.0),
    "L": ("volume", 1e-3),
    "s": ("time", 1.0),
    "min": ("time", 60.0),
    "h": ("time", 3600.0),
    "d": ("time", DAY_S),
    "y": ("time", DAY_S * YEAR_DAYS),
    "N": ("force", 1.0),
    "kN": ("force", 1e3),
    "W": ("power", 1.0),
    "kW": ("power", 1e3),
    "deg": ("angle", math.pi / 180.0),
    "rad": ("angle", 1.0),
    "m/s": ("speed", 1.0),
    "N m s": ("momentum", 1.0),
    "kg/d": ("mass rate", 1.0 / DAY_S),
    "kg/y": ("mass rate", 1.0 / (DAY_S * YEAR_DAYS)),
    "1/y": ("rate", 1.0 / (DAY_S * YEAR_DAYS)),
    "Pa": ("pressure", 1.0),
    "kPa": ("pressure", 1e3),
    "mmHg": ("pressure", 133.322387415),
    "MUSD": ("money", 1e6),
}

_ISO_DURATION = re.compile(r"P(?:(\d+(?:\.\d+)?)Y)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)W)?(?:(\d+(?:\.\d+)?)D)?")
_NUMBER = re.compile(r"([+-]?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*(.*)", re.DOTALL | re.ASCII)


@dataclass(frozen=True)
class Quantity:
    """A sourced number in SI units.

    ``value``, ``low`` and ``high`` are SI and satisfy low <= value <= high; ``status`` is ``F`` (a text with
    the number was found) or ``K`` (general knowledge, wide range); ``where`` is the ``file:line`` that gave it.
    """

    value: float
    low: float
    high: float
    unit: str
    """The edge unit that people expect for it, e.g. ``km``; see :meth:`at_edge`."""
    status: str
    source: str
    where: str = ""

    def at_edge(self) -> float:
        """The value in its edge unit."""
        return self.value / UNITS[self.unit][1]


def dimension(unit: str) -> str:
    """The dimension of an edge unit, e.g. ``mass`` for ``t``. Raises DomainError for an unknown unit."""
    if unit not in UNITS:
        raise DomainError(f"unknown unit {unit!r}; known: {', '.join(UNITS)}")
    return UNITS[unit][0]


def parse_number(text: str, default_unit: str) -> float:
    """Read ``420 km``, ``2.5 t``, ``P30D`` or a bare number in ``default_unit``; return it in SI.

    Raises DomainError for NaN, infinity, an unknown unit, or a unit of another dimension.

    >>> parse_number("2.5 t", "kg"), parse_number("420", "km"), parse_number("P30D", "d") / 86400
    (2500.0, 420000.0, 30.0)
    """
    wanted = dimension(default_unit)
    cleaned = text.strip()
    duration = _ISO_DURATION.fullmatch(cleaned)
    if duration and any(duration.groups()):
        if wanted != "time":
            raise DomainError(f"is a duration, not a {wanted}")
        years, months, weeks, days = (float(part or 0.0) for part in duration.groups())
        return (years * YEAR_DAYS + months * YEAR_DAYS / 12 + weeks * 7 + days) * DAY_S
    match = _NUMBER.fullmatch(cleaned)
    if match is None or len(cleaned) > 64:
        raise DomainError("is not a number")
    unit = match.group(2).strip() or default_unit
    if unit not in UNITS:
        raise DomainError(f"has the unknown unit {unit!r}")
    if UNITS[unit][0] != wanted:
        raise DomainError(f"has the unit {unit!r} of {UNITS[unit][0]}, not of {wanted}")
    number = float(match.group(1).replace("_", "")) * UNITS[unit][1]
    if not math.isfinite(number):
        raise DomainError("is not finite")
    return number
