"""A sentence for each picture, built from the same cells that the picture shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from markupsafe import Markup, escape

from cupola.report.charts.lines import Limit
from cupola.report.lanes import Lane, find, spells
from cupola.report.links import Links
from cupola.report.names import Names
from cupola.report.view import Row, Tables
from cupola.report.wording import capital, month

AFTER_LAST_REBOOST = dt.timedelta(days=90)
"""A fall is said to come 'without reboost' when it begins this long after the last one; reboosts are more frequent."""


def altitude(lanes: Sequence[Lane], limits: Sequence[tuple[Limit, Row]], links: Links) -> Markup:
    """How low the station sinks, and when; judged where rules are waived, for that is what physics does."""
    lane = find(lanes, "waived", "kept")
    rows = [row for row in lane.flown() if row.number("altitude") is not None] if lane else []
    if lane is None or not rows:
        return Markup("Altitude")
    # The highest limit below which the station stays for good says the earliest what goes wrong.
    for limit, fact in sorted(limits, key=lambda pair: -pair[0].value):
        under = _for_good(rows, limit.value)
        if under is not None:
            when = links.wrap(under, month(_day(under)))
            fall = Markup("falls below {} in {}").format(links.number(fact, "value", "km"), when)
            return Markup("{}{}{}").format(_without_reboost(lane, under, links), fall, _entry(lane, links))
    low = min(rows, key=lambda row: row.number("altitude") or 0.0)
    return Markup("The station never sinks lower than {} ({}){}").format(
        links.number(low, "altitude", "km"), links.date(low), _lane(lane)
    )


def propellant(lanes: Sequence[Lane], links: Links) -> Markup:
    """The lowest level of propellant, and where it ends."""
    lane = find(lanes, "waived", "kept")
    rows = [row for row in lane.rows("series") if row.number("propellant") is not None] if lane else []
    if lane is None or not rows:
        return Markup("Usable propellant")
    low = min(rows, key=lambda row: row.number("propellant") or 0.0)
    return Markup("Usable propellant is down to {} on {}{}").format(
        links.number(low, "propellant", "kg"), links.date(low), _lane(lane)
    )


def crew(lanes: Sequence[Lane], links: Links) -> Markup:
    """Until when people are aboard."""
    parts = []
    for lane in (find(lanes, "kept"), find(lanes, "waived")):
        found = spells(lane.rows("series"), lambda row: (row.number("crew") or 0) > 0) if lane else []
        if lane and found:
            _, end, lasts = found[-1]
            gone = [row for row in lane.rows("events") if row.text("kind") == "crew-left"]
            end = end if lasts or not gone else gone[-1]
            when = Markup("the end of the run, {}") if lasts else Markup("{}")
            parts.append(Markup("{} with the {}").format(when.format(links.date(end)), lane.label))
    return (
        Markup("People are aboard until {}").format(Markup("; until ").join(parts))
        if parts
        else Markup("People aboard")
    )


def reserves(lanes: Sequence[Lane], columns: dict[str, str], links: Links) -> Markup:
    """The store that comes nearest to its end while people are aboard."""
    found: list[tuple[float, str, Row, Lane]] = []
    for lane in lanes:
        if lane.kind == "baseline":
            continue
        for column in columns:
            rows = [r for r in lane.rows("series") if r.number(column) is not None and (r.number("crew") or 0) > 0]
            if rows:
                low = min(rows, key=lambda row: row.number(column) or 0.0)
                found.append((low.number(column) or 0.0, column, low, lane))
    if not found:
        return Markup("Days of reserve")
    # Of equal reserves the earliest is told.
    _, column, row, lane = min(found, key=lambda entry: (entry[0], _day(entry[2])))
    return Markup("The thinnest reserve is {}: {} on {}{}").format(
        columns[column], links.number(row, column, "d"), links.date(row), _lane(lane)
    )


def ports(lanes: Sequence[Lane], names: Names, leaver: str, links: Links) -> Markup:
    """When the last ship of the partner that leaves is gone."""
    lane = find(lanes, "kept", "waived")
    stays = lane.rows("stays") if lane else []
    theirs = [row for row in stays if names.acts_for(row.text("partner")) == leaver]
    if not theirs:
        return Markup("Which ship is at which port")
    last = max(theirs, key=lambda row: (row.date("left") or dt.date.max, row.index))
    if last.date("left") is None:
        return Markup("A ship of {} is still docked at the end, since {}").format(
            names.name(leaver), links.date(last, "arrived")
        )
    return Markup("The last ship of {} leaves on {}").format(names.name(leaver), links.date(last, "left"))


def working(lanes: Sequence[Lane], links: Links) -> Markup:
    """Until when attitude is held and a controlled deorbit is possible, by physics."""
    lane = find(lanes, "waived", "kept")
    rows = lane.rows("series") if lane else []
    parts = []
    for column, words in (("attitude", "attitude is held"), ("deorbit", "a controlled deorbit is possible")):
        found = spells(rows, _holds(column))
        if not found:
            parts.append(Markup("{} on no day").format(words))
        else:
            _, end, lasts = found[-1]
            until = "to the end of the run," if lasts else "until"
            parts.append(Markup("{} {} {}").format(words, until, links.date(end)))
    return capital_markup(Markup("; ").join(parts)) + _lane(lane) if lane and rows else Markup("What still works")


def dependence(tables: Tables, names: Names, leaver: str, links: Links) -> Markup:
    """What one partner alone provides: the one that leaves, or the one on whom most depends."""
    only = [row for row in tables.rows("dependence") if row.flag("only")]
    owners = [row.text("partner") for row in only]
    partner = leaver or (max(names.ordered(owners), key=owners.count) if owners else "")
    theirs = [row for row in only if row.text("partner") == partner]
    if not theirs:
        return Markup("Who provides which function on the first day")
    told = [links.wrap(row, small(row.text("name") or names.name(row.text("function")))) for row in theirs[:4]]
    more = f" and {len(theirs) - len(told)} more" if len(theirs) > len(told) else ""
    return Markup("{} alone provides {}{}").format(names.name(partner), Markup(", ").join(told), more)


def obligations(tables: Tables, links: Links) -> Markup:
    """How many obligations are broken, and the first of them."""
    rows = tables.rows("obligations")
    broken = [row for row in rows if row.text("state") == "broken"]
    if not broken:
        return Markup("No obligation is broken in the run")
    dated = [row for row in broken if row.date("broken")]
    first = min(dated, key=lambda row: row.date("broken") or dt.date.max) if dated else None
    words = Markup("{} of {} obligations are broken").format(len(broken), len(rows))
    return words + (Markup(", the first on {}").format(links.date(first, "broken")) if first else Markup(""))


def capital_markup(text: Markup) -> Markup:
    """The text with a capital first letter, when it begins with a word and not with a link."""
    return Markup(capital(str(text)))


def small(text: str) -> str:
    """The text with a small first letter, unless it begins with an abbreviation."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def _holds(column: str) -> Callable[[Row], bool]:
    return lambda row: row.flag(column)


def _lane(lane: Lane) -> Markup:
    return escape(f", {lane.label}")


def _day(row: Row) -> dt.date:
    return row.date("date") or dt.date.max


def _for_good(rows: Sequence[Row], limit: float) -> Row | None:
    """The row from which on the altitude stays below a limit; None when it never was above, or is above at the end."""
    found = None
    for row in reversed(rows):
        if (row.number("altitude") or 0.0) >= limit:
            return found
        found = row
    return None


def _without_reboost(lane: Lane, under: Row, links: Links) -> Markup:
    burns = [row for row in lane.rows("events") if row.text("kind") == "reboost" and _day(row) <= _day(under)]
    if burns and _day(under) - _day(burns[-1]) > AFTER_LAST_REBOOST:
        return Markup("Without reboost after {} the station ").format(links.date(burns[-1]))
    return Markup("The station ") if burns else Markup("Without any reboost the station ")


def _entry(lane: Lane, links: Links) -> Markup:
    entry = next((row for row in lane.rows("events") if row.text("kind") == "entry"), None)
    return Markup(" and re-enters on {}").format(links.date(entry)) if entry else Markup("")
