"""Partners in drawings that stand alone: each with its colour and hatch, and the key that says which is whose."""

from __future__ import annotations

from markupsafe import Markup

from cupola.programme.programme import Programme
from cupola.report.charts.svg import tag, text
from cupola.report.palette import HATCHES, style_of

HATCHED = "dependence"
"""Before the ids of the hatches"""
LETTER = 7.0


class Partners:
    """The partners in the programme's order, each with its colour and hatch."""

    def __init__(self, programme: Programme) -> None:
        rows = [row for key, row in programme.partners.items() if row.acts_for == key]
        self.ids = [row.id for row in rows]
        self.names = {row.id: row.name for row in rows}

    def name(self, key: str) -> str:
        """The name as people read it."""
        return self.names.get(key, key)

    def fill(self, key: str, **place: float) -> list[Markup]:
        """A rectangle in a partner's colour with its hatch over it; grey where nobody answers for it."""
        if key not in self.names:
            return [tag("rect", class_="none", **place)]
        number = style_of(self.ids.index(key))
        found = [tag("rect", class_=f"bar p{number}", **place)]
        if HATCHES[number] != "none":
            found.append(tag("rect", fill=f"url(#{HATCHED}-{HATCHES[number]})", **place))
        return found


def key_of(partners: Partners, x: float, y: float, room: float) -> list[Markup]:
    """A line that says which colour is whose; partners that do not fit are left out."""
    found: list[Markup] = []
    at = x
    for partner in partners.ids:
        name = partners.name(partner)
        wide = 30.0 + LETTER * len(name)
        if at + wide > x + room:
            break
        found += partners.fill(partner, x=at, y=y - 10.0, width=14.0, height=12.0)
        found.append(text(at + 19.0, y, name, "small"))
        at += wide + 8.0
    return found
