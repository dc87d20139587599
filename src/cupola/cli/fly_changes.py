"""Changes of the craft on its way, as ``cupola fly`` is told of them and tells of them.

Assumptions and limits: a change gives what the craft is from its instant on, not by how much it changes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from cupola.cli.fly_asked import HEAVIEST, WIDEST, Asked

if TYPE_CHECKING:
    from cupola.flight.course import Course, Refit

OPTION = "--change"
FORM = "'INSTANT mass MASS drag-area AREA solar-area AREA', any of the three"
_WORDS = {"mass": ("mass", "kg"), "drag-area": ("drag_area", "m2"), "solar-area": ("solar_area", "m2")}
_TEXT = re.compile(r"\s*(\S+)\s+(\S.*)", re.DOTALL)
_SPLIT = re.compile(rf"(?:^|\s)({'|'.join(_WORDS)})\s+")


def refits_of(asked: Asked, texts: Sequence[str]) -> tuple[Refit, ...]:
    """The changes; what is wrong with each text is noted."""
    found = [_refit(asked, text) for text in texts]
    return tuple(one for one in found if one is not None)


def _refit(asked: Asked, text: str) -> Refit | None:
    from cupola.flight.course import Refit
    from cupola.flight.utc import to_calendar

    match = _TEXT.fullmatch(text)
    parts = _SPLIT.split(match[2]) if match is not None else []
    words, values = parts[1::2], parts[2::2]
    if match is None or not words or parts[0].strip():
        asked.add(OPTION, "change", "cannot be read", text, FORM)
        return None
    for word in dict.fromkeys(word for word in words if words.count(word) > 1):
        asked.add(OPTION, "change", f"tells the {word} twice", text)
    instant = asked.moment(OPTION, match[1])
    numbers: dict[str, float | None] = {}
    for word, value in zip(words, values, strict=True):
        name, unit = _WORDS[word]
        most = HEAVIEST if unit == "kg" else WIDEST
        numbers[name] = asked.number(OPTION, word.replace("-", " "), value, unit, 0.0, most, least=unit == "m2")
    if instant is None or None in numbers.values() or len(words) > len(numbers):
        return None
    return Refit(to_calendar(instant), **numbers)


def told(refit: Refit) -> str:
    """A change in words."""
    parts = [("mass", refit.mass, "kg"), ("drag area", refit.drag_area, "m2"), ("solar area", refit.solar_area, "m2")]
    listed = ", ".join(f"{name} {value:g} {unit}" for name, value, unit in parts if value is not None)
    return f"from {refit.instant.astype('datetime64[s]')} on: {listed}, as given"


def changes_json(course: Course) -> list[dict[str, Any]]:
    """What the craft became by burns and changes, in order of time."""
    return [
        {
            "instant": str(one.instant),
            "mass_kg": one.craft.mass_kg,
            "drag_area_m2": one.craft.drag_area_m2,
            "solar_area_m2": one.craft.solar_area_m2,
        }
        for one in course.crafts
    ]
