"""Checks of what cannot be meant: a part before what it hangs on, a ship at a lost port, an end without a day."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterator

from cupola.programme.functions import COMMODITIES, RETURN_SEATS
from cupola.scenario.cells import Findings, remedy
from cupola.scenario.typed import TypedRow, TypedTables

_LIKE = 0.8
"""So much, from 0 to 1, must a word look like a commodity to be taken for a slip of the pen."""
HOLD_ABOVE_M = 20_000.0
"""So far the hold altitude may lie above that of the station; one near its end may be kept just below it [m]."""


def given_with(place: str, other: str) -> bool:
    """Whether a value was given in view of another: in the files of the same scenario.

    An overlay or the command line may cut short a span, and leave what comes after it as it is.
    """
    return place != "--set" and _scenario_of(place) == _scenario_of(other)


def _scenario_of(place: str) -> str:
    return place.rpartition(":")[0].partition("/")[0]


def check_elements(tables: TypedTables, findings: Findings) -> None:
    """Note elements that come before what they hang on, or stay when it goes. A relocated one had other hosts."""
    elements = tables["elements"]
    for row in elements.values():
        attached, detached = row.day("attached"), row.day("detached")
        if attached is not None and attached == detached:
            what, rule = "is the day on which it was attached", f"after {attached}"
            advice = f"Give a day after {attached}, or leave detached blank."
            findings.add(row.place("detached"), row.key("detached"), what, str(detached), rule, advice)
        host = elements.get(row.text("host"))
        if host is None or row.moves("moves"):
            continue
        come, gone = host.day("attached"), host.day("detached")
        if attached is not None and come is not None and attached < come and _planned_on(row, host, attached):
            field = "attached" if "attached" in row.cells and row.cells["attached"].text else "launched"
            what, rule = f"comes before {host.id}, on which it hangs, is attached", f"{come} or later"
            advice = f"Give attached {come} or later, or name another host."
            findings.add(row.place(field), row.key("attached"), what, str(attached), rule, advice)
        # When the root goes the station ends, and nothing need be written of the rest.
        if (
            gone is not None
            and host.text("host")
            and (detached is None or detached > gone)
            and (attached is None or attached < gone)
        ):
            what, rule = f"hangs on {host.id}, which is detached before it", f"{gone} or earlier"
            advice = f"Give detached {gone}, or moves with the host that it went to by then."
            findings.add(row.place("detached"), row.key("detached"), what, str(detached or "blank"), rule, advice)


def _planned_on(row: TypedRow, host: TypedRow, attached: dt.date) -> bool:
    """Whether an element was planned to hang on its host, or the host was known when it was attached.

    On record a part may have been put between two others later; until it is known, they hang on each other.
    """
    known, launched, told = row.day("known"), row.day("launched"), host.day("known")
    planned = known is not None and launched is not None and known < launched
    return planned or (told is not None and told <= attached)


def check_span(tables: TypedTables, findings: Findings) -> None:
    """Note a span that begins before there is a station, or in which the root of the station leaves it."""
    span = tables.get("span", {}).get("")
    roots = [row for row in tables["elements"].values() if not row.text("host")]
    if span is None or len(roots) != 1:
        return
    root, days = roots[0], [row.day("attached") for row in tables["elements"].values()]
    first = min((day for day in days if day is not None), default=None)
    start, end = span.day("start"), span.day("end")
    written = "start" in span.cells and bool(span.cells["start"].text)
    attached, detached = root.day("attached"), root.day("detached")
    if written and start is not None and first is not None and start < first:
        what, rule = "is before the first element is attached", f"{first} or later"
        findings.add(span.place("start"), span.key("start"), what, str(start), rule, f"Give {first}.")
    elif written and start is not None and attached is not None and start < attached:
        what, rule = "is the root of the station, and is attached after the run starts", f"{start} or earlier"
        advice = f"Give {start}, or span.start {attached}."
        findings.add(root.place("attached"), root.key("attached"), what, str(attached), rule, advice)
    if detached is not None and end is not None and start is not None and start < detached <= end:
        what, rule = "is the root of the station, and is detached within the span", f"after {end}, or blank"
        advice = f"Leave it blank, or end the span on {detached - dt.timedelta(days=1)}."
        findings.add(root.place("detached"), root.key("detached"), what, str(detached), rule, advice)


def check_homes(tables: TypedTables, findings: Findings) -> None:
    """Note ports that exclude themselves, and provisions that come before their element or cannot come from it."""
    elements, ports, ships = tables["elements"], tables["ports"], tables["vehicles"]
    for row in ports.values():
        if row.id in row.names("excludes"):
            others = [key for key in ports if key != row.id]
            advice = f"Leave {row.id} out. {remedy('', others)}".strip()
            findings.add(row.place("excludes"), row.key("excludes"), "excludes itself", row.id, remedy=advice)
    for row in tables["provisions"].values():
        home, since = elements.get(row.text("provider")), row.day("since")
        come = home.day("attached") if home is not None else None
        written = "since" in row.cells and bool(row.cells["since"].text)
        if home is not None and written and since is not None and come is not None and since < come:
            what, rule = f"is before {home.id} is attached", f"{come} or later"
            advice = f"Give {come}, or leave it blank."
            findings.add(row.place("since"), row.key("since"), what, str(since), rule, advice)
        if row.text("function") == RETURN_SEATS and (home is not None or row.text("provider") in tables["sites"]):
            what, advice = "is no vehicle, and people go home in ships only", remedy("", ships, "Name a vehicle.")
            findings.add(row.place("provider"), row.key("provider"), what, row.text("provider"), remedy=advice)


def check_last_docking(tables: TypedTables, findings: Findings) -> None:
    """Note flights that come to a port whose element is gone."""
    elements, ports = tables["elements"], tables["ports"]
    for row in tables["flights"].values():
        for field, day, port in _dockings(row):
            home = elements.get(ports[port].text("element")) if port in ports else None
            gone = home.day("detached") if home is not None else None
            if home is not None and gone is not None and day > gone and ports[port].day("until") is None:
                what, rule = f"is after {home.id}, which has the port {port}, was detached", f"{gone} or earlier"
                advice = f"Give {gone} or earlier, or another port."
                findings.add(row.place(field), row.key(field), what, str(day), rule, advice)


def _dockings(row: TypedRow) -> Iterator[tuple[str, dt.date, str]]:
    """Field, day and port of each arrival of a flight at a port."""
    docked = row.day("docked")
    if docked is not None:
        yield "docked", docked, row.text("port")
    for day, port in row.moves("moves"):
        yield "moves", day, port


def check_commodities(tables: TypedTables, findings: Findings) -> None:
    """Note stores of what looks like a commodity and is written in another way."""
    for row in tables["stores"].values():
        held = row.text("commodity")
        meant = difflib.get_close_matches(held.casefold()[:100], COMMODITIES, n=1, cutoff=_LIKE)
        if meant and held not in COMMODITIES:
            what, advice = "is no commodity that the run knows", f"Did you mean {meant[0]!r}?"
            findings.add(row.place("commodity"), row.key("commodity"), what, held, meant[0], advice)


def check_sinking(tables: TypedTables, findings: Findings) -> None:
    """Note burns without a day to begin, a beginning outside the span, and a hold high above the station."""
    row, span = tables.get("deorbit", {}).get(""), tables.get("span", {}).get("")
    begin = row.day("begin") if row is not None else None
    end = span.day("end") if span is not None else None
    if begin is None and tables["burns"] and row is not None:
        burn = next(iter(tables["burns"].values()))
        what, advice = "is missing, and there are burns for the end", "Give deorbit.begin, or take the burns out."
        if end is not None:
            advice = f"Give deorbit.begin, a day before {end}, or take the burns out."
        findings.add(burn.where, "deorbit.begin", what, "nothing", "the day from which the station sinks", advice)
    if row is None:
        return
    for field, sign, word in (("start", -1, "before"), ("end", 1, "after")):
        edge = span.day(field) if span is not None and field in span.cells else None
        if begin is None or span is None or edge is None or (begin - edge).days * sign <= 0:
            continue
        # The command line may ask for a run that ends before the station sinks.
        if row.place("begin") != "--set" and given_with(row.place("begin"), span.place(field)):
            what, rule = f"is {word} the {field} of the span", f"{edge} or {'later' if sign < 0 else 'earlier'}"
            advice = f"Give {rule}, or mend span.{field}."
            findings.add(row.place("begin"), row.key("begin"), what, str(begin), rule, advice)
    homes = [section for table in ("orbit", "orbit_policy") if (section := tables.get(table, {}).get("")) is not None]
    heights = [height.value for section in homes if (height := section.quantity("altitude")) is not None]
    hold = row.quantity("hold")
    # Both count: a station that nobody keeps up has a low altitude in its policy, and sinks from that of its orbit.
    if hold is not None and len(heights) == 2 and hold.value > max(heights) + HOLD_ABOVE_M:
        most = f"{max(heights) / 1000:g} km"
        what, rule = "is above the altitude at which the station is kept", f"no higher than {most}"
        advice = f"Give {most} or less, or mend orbit_policy.altitude."
        findings.add(row.place("hold"), row.key("hold"), what, f"{hold.value / 1000:g} km", rule, advice)
