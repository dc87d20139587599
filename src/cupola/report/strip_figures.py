"""The strips of a report: what still works, ships at ports, obligations as a calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from cupola.report import titles
from cupola.report.charts import strips
from cupola.report.charts.axis import LABELLED, NARROW, TimeAxis
from cupola.report.charts.strips import Bar, Strip, Track
from cupola.report.figures import Figure, Studio
from cupola.report.lanes import Lane, spells
from cupola.report.palette import HATCHES
from cupola.report.view import Row
from cupola.report.wording import clean, day

WORKING: tuple[tuple[str, Callable[[Row], bool]], ...] = (
    ("people aboard", lambda row: (row.number("crew") or 0) > 0),
    ("attitude held", lambda row: row.flag("attitude")),
    ("deorbit possible", lambda row: row.flag("deorbit")),
)
STATES = {"broken": 0, "at risk": 1, "ended": 2, "kept": 3, "not judged": 4}
MOST_BARS = 2_000
MOST_OBLIGATIONS = 16


def working_figure(studio: Studio) -> Figure:
    """Bars for the days on which people are aboard, attitude is held and a controlled deorbit is possible."""
    title = titles.working(studio.lanes, studio.links)
    tracks = [
        Track(label, tuple(bar for lane in studio.lanes for bar in _spells(studio, lane, label, holds)))
        for label, holds in WORKING
    ]
    words = " ".join(f"{bar.words}." for track in tracks for bar in track.bars if bar.level != "baseline")
    strip = Strip("working", title.striptags(), words[:2_000], tuple(tracks))
    note = "Upper bar: rules kept; dashed: rules waived; thin grey: baseline."
    return Figure("working", title, studio.both(lambda frame: strips.draw(strip, studio.axis, frame)), note)


def _spells(studio: Studio, lane: Lane, label: str, holds: Callable[[Row], bool]) -> list[Bar]:
    bars = []
    for first, end, _ in spells(lane.rows("series"), holds)[:60]:
        start, stop = first.date("date"), end.date("date")
        if start is not None and stop is not None:
            words = f"{label}, {lane.label}: {day(start)} to {day(stop)}"
            # The row that ends a spell is shown too, so both ends of the bar can be looked up.
            studio.links.to(first)
            bars.append(Bar(start, stop, lane.kind, "lane", words, studio.links.to(end)))
    return bars


def ports_figure(studio: Studio, leaver: str) -> Figure | None:
    """One row a port, one bar a ship, in the colour of the partner that flies it."""
    stays = {lane.kind: [row for row in lane.rows("stays") if row.text("port")] for lane in studio.lanes}
    used = [row.text("port") for rows in stays.values() for row in rows]
    if not used:
        return None
    known = [port for port in studio.names.ports if port in set(used)]
    order = [*known, *sorted(set(used) - set(known))]
    tracks = []
    for port in order:
        bars = [
            _stay(studio, lane, row) for lane in studio.lanes for row in stays[lane.kind] if row.text("port") == port
        ]
        tracks.append(Track(studio.names.name(port), tuple(bar for bar in bars if bar is not None)[:MOST_BARS]))
    title = titles.ports(studio.lanes, studio.names, leaver, studio.links)
    words = "; ".join(f"{track.label}: {len(track.bars)} stays drawn" for track in tracks)
    strip = Strip("ports", title.striptags(), words, tuple(tracks))
    note = (
        "One row a port, one bar a ship. Upper bar: rules kept; dashed: rules waived; thin grey: baseline. "
        "Bars with a broken outline are recorded history, the others are computed."
    )
    return Figure("ports", title, studio.both(lambda frame: strips.draw(strip, studio.axis, frame)), note)


def _stay(studio: Studio, lane: Lane, row: Row) -> Bar | None:
    arrived = row.date("arrived")
    left = row.date("left") or studio.axis.end
    if arrived is None or left < studio.axis.start or arrived > studio.axis.end:
        return None
    place = studio.names.place(row.text("partner"))
    flown = "recorded" if row.flag("recorded") else "computed"
    name = clean(row.text("name") or row.text("flight"), 60)
    flies = studio.names.name(row.text("partner"))
    words = f"{name} ({flies}), {lane.label}: {day(arrived)} to {day(row.date('left'))}, {flown}"
    fill = "" if lane.kind == "baseline" else f"p{place} {flown}"
    label = studio.names.family(row.text("vehicle"))
    return Bar(arrived, left, lane.kind, fill, words, studio.links.to(row), label, HATCHES[place])


def obligations_figure(studio: Studio) -> Figure | None:
    """A calendar of what is owed: a bar from start to end, a cross where it is broken."""
    rows = sorted(
        studio.case.rows("obligations"),
        key=lambda row: (STATES.get(row.text("state"), 9), row.date("broken") or dt.date.max, row.index),
    )
    if not rows:
        return None
    bars = [(row, _owed(studio, row)) for row in rows]
    tracks = tuple(Track(clean(row.text("what"), 80), found) for row, found in bars if found)[:MOST_OBLIGATIONS]
    title = titles.obligations(studio.case, studio.links)
    words = " ".join(f"{bar.words}." for track in tracks for bar in track.bars)[:2_000]
    strip = Strip("obligations", title.striptags(), words, tracks, tall=False)
    note = "Filled: kept, at risk or not; cross: broken; open: owed but not kept, ended early, or not judged."
    if len(tracks) < len(rows):
        note += f" {len(tracks)} of {len(rows)} obligations are drawn, the broken ones first; the table holds all."
    drawings = tuple(strips.draw(strip, studio.axis, frame) for frame in (LABELLED, NARROW))
    return Figure("obligations", title, drawings, note)


def _owed(studio: Studio, row: Row) -> tuple[Bar, ...]:
    """One bar for an obligation; a broken one is filled up to that day and open for what was still owed."""
    axis: TimeAxis = studio.axis
    start = row.date("start") or axis.start
    end = max(start, row.date("end") or axis.end)
    if end < axis.start or start > axis.end:
        return ()
    state, broken = clean(row.text("state"), 20), row.date("broken")
    owes = f"{studio.names.name(row.text('by'))} owes {clean(row.text('what'), 120)}: {state}"
    link = studio.links.to(row)
    if broken is None:
        return (Bar(start, end, "kept", "owed" if state in ("kept", "at risk", "broken") else "open", owes, link),)
    owes = f"{owes} on {day(broken)}"
    bars = (Bar(start, broken, "kept", "owed", owes, link),) if broken > start else ()
    return (*bars, Bar(max(start, broken), end, "kept", "open", owes, link, broken=max(start, broken)))
