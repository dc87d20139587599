"""The pictures of a report: each a sentence over a chart in two sizes, all on one time axis."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from cupola.report import titles
from cupola.report.charts import lines
from cupola.report.charts.axis import NARROW, WIDE, Frame, TimeAxis
from cupola.report.charts.lines import Limit, Panel, Point, Series
from cupola.report.lanes import Lane, steps, thinned
from cupola.report.limits import altitude_limits, reserve_limits
from cupola.report.links import Links
from cupola.report.names import Names
from cupola.report.view import Row, Tables

STORES = {"food_days": "food", "water_days": "water", "oxygen_days": "oxygen"}
RESERVE_CAP = 400.0
"""Days of reserve above which the axis is cut: more than a year of it is plenty by any rule."""


@dataclass(frozen=True)
class Figure:
    """A picture: its title as a sentence, the same drawing for wide and narrow pages, and a note."""

    id: str
    title: Markup
    drawings: tuple[Markup, ...]
    note: str = ""


@dataclass(frozen=True)
class Studio:
    """What every picture needs."""

    case: Tables
    lanes: Sequence[Lane]
    axis: TimeAxis
    links: Links
    names: Names

    def both(self, draw: Callable[[Frame], Markup]) -> tuple[Markup, ...]:
        """The drawing in both sizes."""
        return draw(WIDE), draw(NARROW)

    def series(self, column: str, *, stepped: bool = False, keep: Callable[[Row], bool] | None = None) -> list[Series]:
        """One line for each lane."""
        return [self.line(lane, column, lane.label, lane.kind, stepped, keep) for lane in self.lanes]

    def line(
        self,
        lane: Lane,
        column: str,
        label: str,
        kind: str,
        stepped: bool = False,
        keep: Callable[[Row], bool] | None = None,
    ) -> Series:
        """One column of one lane as a line of linked points."""
        rows = [row for row in lane.flown() if keep is None or keep(row)]
        chosen = steps(rows, column) if stepped else thinned(rows, column)
        points = []
        for row in chosen:
            day, value = row.date("date"), row.number(column)
            if day is not None and value is not None and self.axis.start <= day <= self.axis.end:
                points.append(Point(day, value, self.links.to(row)))
        return Series(label, kind, tuple(points), stepped)


def line_figures(studio: Studio) -> list[Figure]:
    """Altitude over propellant over people over stores."""
    if not any(lane.rows("series") for lane in studio.lanes):
        return []
    return [_altitude(studio), _propellant(studio), _crew(studio), _reserves(studio)]


def _altitude(studio: Studio) -> Figure:
    limits = altitude_limits(studio.case, studio.links, studio.names)
    title = titles.altitude(studio.lanes, limits, studio.links)
    drawn = tuple(limit for limit, _ in limits)
    panel = Panel(
        "altitude", _words(title), "mean altitude", "km", tuple(studio.series("altitude")), drawn, height=170.0
    )
    return Figure("altitude", title, studio.both(lambda frame: lines.draw(panel, studio.axis, frame)))


def _propellant(studio: Studio) -> Figure:
    title = titles.propellant(studio.lanes, studio.links)
    panel = Panel(
        "propellant",
        _words(title),
        "propellant",
        "kg",
        tuple(studio.series("propellant")),
        from_zero=True,
        height=120.0,
    )
    return Figure("propellant", title, studio.both(lambda frame: lines.draw(panel, studio.axis, frame)))


def _crew(studio: Studio) -> Figure:
    title = titles.crew(studio.lanes, studio.links)
    drawn = studio.series("crew", stepped=True)
    seated = next((lane for lane in studio.lanes if lane.kind == "waived"), studio.lanes[-1])
    drawn.append(studio.line(seated, "seats", "return seats", "seats", stepped=True))
    panel = Panel("crew", _words(title), "people aboard", "1", tuple(drawn), from_zero=True, height=120.0)
    note = f"Return seats are those docked in the future “{seated.label}”."
    return Figure("crew", title, studio.both(lambda frame: lines.draw(panel, studio.axis, frame)), note)


def _reserves(studio: Studio) -> Figure:
    title = titles.reserves(studio.lanes, STORES, studio.links)
    panels = []
    for column, name in STORES.items():
        # Without people a reserve in days has no meaning, so those days are left out.
        drawn = studio.series(column, keep=lambda row: (row.number("crew") or 0) > 0)
        limits: list[Limit] = reserve_limits(studio.case, name, studio.links, studio.names)
        values = [point.value for series in drawn for point in series.points]
        cap = RESERVE_CAP if values and max(values) > RESERVE_CAP else None
        panels.append(
            Panel(
                f"reserve-{name}", f"Reserve of {name}", name, "d", tuple(drawn), tuple(limits), True, cap, height=84.0
            )
        )
    drawings = [lines.draw(panel, studio.axis, frame) for panel in panels for frame in (WIDE, NARROW)]
    cut = " The axis is cut where the reserve is more than a year." if any(panel.cap for panel in panels) else ""
    note = f"Days that the store lasts for those aboard with nothing made or recovered, while people are aboard.{cut}"
    return Figure("reserves", title, tuple(drawings), note)


def _words(title: Markup) -> str:
    return title.striptags()
