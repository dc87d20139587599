"""Checks of the station, its functions, rules and settings across rows."""

from __future__ import annotations

import datetime as dt

from cupola.base.quantity import UNITS
from cupola.scenario.cells import Findings, remedy
from cupola.scenario.typed import TypedRow, TypedTables

_ORDER: dict[str, tuple[tuple[str, str, bool], ...]] = {
    "span": (("start", "end", True),),
    "elements": (("launched", "attached", False), ("attached", "detached", False)),
    "ports": (("since", "until", False),),
    "provisions": (("since", "until", False),),
    "sites": (("since", "until", False),),
    "outages": (("begin", "expected", False), ("begin", "end", False)),
    "flights": (("launched", "docked", False), ("docked", "undocked", False), ("launched", "ended", False)),
    "services": (("first", "until", False),),
    "targets": (("since", "until", False),),
    "people": (("arrived", "left", False),),
    "obligations": (("start", "end", False),),
}
"""Fields that follow each other in time; True where they must differ."""
_RULE_UNITS = {
    "lifeboat": ("count",),
    "trained": ("count",),
    "reserve": ("time", "mass"),
    "altitude": ("length",),
    "crew_minimum": ("count",),
    "stay": ("time",),
    "co2": ("pressure",),
}
LONGEST_SPAN_YEARS = 60


def check_dates(tables: TypedTables, findings: Findings) -> None:
    """Note dates that stand in the wrong order."""
    for table, pairs in _ORDER.items():
        for row in tables.get(table, {}).values():
            for first, second, apart in pairs:
                early, late = row.day(first), row.day(second)
                if early is None or late is None or early < late or (early == late and not apart):
                    continue
                if table == "span" and first not in row.cells and early > dt.datetime.now(dt.UTC).date():
                    # A run begins on the as-of day, and that is a day to come.
                    what, rule = "is not before the end of the run", f"before {late}"
                    advice = "Choose an earlier as-of day, or set a later end with --set span.end=DATE."
                    findings.add("--as-of", "as_of", what, str(early), rule, advice)
                    continue
                what = f"is earlier than {first}" if late < early else f"is the same day as {first}"
                rule = f"{'after' if apart else 'on or after'} {early}"
                findings.add(row.place(second), row.key(second), what, str(late), rule, "Mend one of the two dates.")
    for row in tables.get("span", {}).values():
        start, end = row.day("start"), row.day("end")
        if start and end and end.year - start.year > LONGEST_SPAN_YEARS:
            rule = f"at most {LONGEST_SPAN_YEARS} years"
            findings.add(
                row.place("end"), row.key("end"), "is too far away", f"{start} to {end}", rule, "End it sooner."
            )


def check_coming(tables: TypedTables, today: dt.date, findings: Findings) -> None:
    """Note elements still to come of which nobody knows yet: without an announcement they are left out of every run.

    today    the day on which the files are read, whatever the as-of day
    """
    for row in tables["elements"].values():
        launched, known = row.day("launched"), row.day("known")
        if launched is not None and launched > today and (known is None or known > today):
            what, rule = "is launched in the future, and was announced on no day up to today", f"{today} or earlier"
            advice = "Give known: the day on which it was announced."
            findings.add(row.place("known"), row.key("known"), what, str(known or launched), rule, advice)


def check_end(tables: TypedTables, findings: Findings) -> None:
    """Note altitudes of the end that stand in the wrong order."""
    for row in tables.get("deorbit", {}).values():
        for lower, higher in (("lowest", "hold"), ("entry", "lowest")):
            low, high = row.quantity(lower), row.quantity(higher)
            if low is None or high is None or low.value <= high.value:
                continue
            got, rule = f"{high.value / 1000:g} km", f"no lower than deorbit.{lower}, {low.value / 1000:g} km"
            advice = f"Give {low.value / 1000:g} km or more, or mend {lower}."
            findings.add(row.place(higher), row.key(higher), f"is lower than {lower}", got, rule, advice)


def check_stores(tables: TypedTables, findings: Findings) -> None:
    """Note stores that hold more than they can."""
    for row in tables["stores"].values():
        level, capacity = row.quantity("level"), row.quantity("capacity")
        if level is None or capacity is None or level.value <= capacity.value * (1 + 1e-9):
            continue
        got, rule = f"{level.value:g} kg", f"at most its capacity of {capacity.value:g} kg"
        findings.add(
            row.place("level"), row.key("level"), "is more than the store holds", got, rule, "Mend one of them."
        )


def check_units(tables: TypedTables, findings: Findings) -> None:
    """Note units of functions and rules that do not exist or do not measure what they should."""
    for table in ("functions", "rules"):
        for row in tables[table].values():
            unit, place, key = row.text("unit"), row.place("unit"), row.key("unit")
            if not unit:
                continue
            if unit not in UNITS:
                advice = remedy(unit, UNITS, f"Known: {', '.join(UNITS)}.")
                findings.add(place, key, "is an unknown unit", unit, remedy=advice)
                continue
            right = _RULE_UNITS.get(row.text("kind"), ()) if table == "rules" else ()
            if right and UNITS[unit][0] not in right:
                what = f"is a unit of {UNITS[unit][0]}"
                findings.add(place, key, what, unit, f"a unit of {' or '.join(right)}", "Mend the unit or the kind.")


def check_functions(tables: TypedTables, findings: Findings) -> None:
    """Note functions that somebody must have and nobody provides."""
    provided = {row.text("function") for row in tables["provisions"].values()}
    for key, row in tables["functions"].items():
        if row.values.get("vital") is True and key not in provided:
            advice = "Add a provision of it, or say that it is not vital."
            findings.add(row.where, row.key("vital"), "is vital, and nobody provides it", "no provision", "one", advice)
    for row in tables["provisions"].values():
        for need in row.needs():
            if need.kind == "function" and need.subject in tables["functions"] and need.subject not in provided:
                advice = f"Add a provision of {need.subject}."
                what = "needs a function that nobody provides"
                findings.add(row.place("needs"), row.key("needs"), what, need.subject, remedy=advice)


def check_departure(tables: TypedTables, findings: Findings) -> None:
    """Note a departure that cannot be carried out as it is written."""
    row = tables.get("departure", {}).get("")
    if row is None:
        return
    partners, elements = tables["partners"], tables["elements"]
    mode = row.text("mode")
    for field in ("partner", "to"):
        partner = partners.get(row.text(field))
        if partner is not None and partner.text("role") == "contractor":
            known = [key for key, other in partners.items() if other.text("role") == "partner"]
            advice = remedy(row.text(field), known, "Name the partner it acts for.")
            findings.add(
                row.place(field), row.key(field), "is a contractor, not a partner", row.text(field), remedy=advice
            )
    cut = row.text("cut")
    if mode == "separates" and not cut:
        _needed(row, "cut", "a separation needs the element at which the station is cut", list(elements), findings)
    if cut in elements and not elements[cut].text("host"):
        advice = "Name an element that hangs on another."
        findings.add(
            row.place("cut"), row.key("cut"), "is the root of the station; it hangs on nothing", cut, remedy=advice
        )
    if mode == "hands-over" and not row.text("to"):
        _needed(row, "to", "a hand-over needs the partner that takes over", list(partners), findings)
    if mode == "hands-over" and row.text("to") and row.text("to") == row.text("partner"):
        advice = "Name another partner."
        findings.add(row.place("to"), row.key("to"), "is the partner that leaves", row.text("to"), remedy=advice)


def _needed(row: TypedRow, field: str, rule: str, known: list[str], findings: Findings) -> None:
    advice = f"Give it. {remedy('', known)}".strip()
    findings.add(row.place("mode"), row.key(field), "is missing", "nothing", rule, advice)
