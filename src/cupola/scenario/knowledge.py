"""The as-of rule: what was not known on a day is not read, and what had not happened yet is blank.

Kept are rows that were known: flights, elements, services, targets and phasings by ``known`` (a service goes when one
that is known replaces it), ports and provisions by ``since``, statements by ``said``, agreements by ``signed``, people
by ``arrived``, altitudes by ``day``, outages by ``begin``. What is on an element that is known but still to come is
known with it. What belongs to a row that is not kept goes with it; an element whose host is not known yet hangs on the
nearest one that is. In a kept row a later ``undocked``, ``ended``, ``end``, ``left``, ``detached`` or relocation is
blanked, and with it what only the later day could tell: who went home in the ship. A planned flight keeps its dates,
and goes when its ``ended`` has come, for its flown row is known then.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from cupola.base.errors import DomainError
from cupola.base.time import parse_date
from cupola.scenario.cells import Findings
from cupola.scenario.typed import TypedRow, TypedTables

OLD_DAYS = 30
"""A record that ends longer before the as-of day is old: a run then begins where it ends."""
_DATE = re.compile(r"\b(?:19|20)\d\d(?:-\d\d(?:-\d\d)?)?\b")
_KNOWN_BY = {
    "elements": "known",
    "ports": "since",
    "provisions": "since",
    "services": "known",
    "statements": "said",
    "people": "arrived",
    "altitudes": "day",
    "outages": "begin",
    "targets": "known",
    "phasings": "known",
    "totals": "day",
}
_LATER: dict[str, dict[str, tuple[str, ...]]] = {
    "elements": {"detached": ("detached",)},
    "flights": {"undocked": ("undocked", "crew_down", "cargo_down"), "ended": ("ended",)},
    "people": {"left": ("left", "down")},
    "expeditions": {"end": ("end",)},
    "sites": {"until": ("until",), "since": ("serves",)},
    "outages": {"end": ("end",)},
    "targets": {"until": ("until",)},
}
"""Table -> date -> fields that are blanked when that date lies after the as-of day."""
_BLANK: dict[str, object] = {"crew_down": (), "down": "", "serves": ()}


def known_on(tables: TypedTables, day: dt.date) -> TypedTables:
    """The tables as they were known on a day. The tables given are not changed."""
    coming = {
        key for key, row in tables["elements"].items() if _is_known(row, day) and (row.day("attached") or day) > day
    }
    known = {
        table: {
            key: _seen(row, day)
            for key, row in rows.items()
            if _is_known(row, day) or row.text("element") in coming or row.text("provider") in coming
        }
        for table, rows in tables.items()
    }
    for row in known.get("deorbit", {}).values():
        if (row.day("ended") or day) > day:
            known["deorbit"] = {"": _with(row, "ended", None)}
            break
    _drop_hanging(known, {key: row.text("host") for key, row in tables["elements"].items()})
    named = {*tables["agreements"], *tables["statements"]}
    there = {*known["agreements"], *known["statements"]}
    _keep(known, "obligations", lambda row: _rests(row, named, there, day))
    replaced = {row.text("replaces") for row in known["services"].values()}
    _keep(known, "services", lambda row: row.id not in replaced)
    _keep_reference(known, "services", "replaces", known["services"])
    return known


def _rests(row: TypedRow, named: set[str], known: set[str], day: dt.date) -> bool:
    """Whether an obligation rests on something that was known.

    named    ids of all agreements and statements
    known    those of them that were known on the day

    Where its basis names some of them, one must be known; where it names none, the obligation is known from its first
    day on, for nothing else dates it.
    """
    basis = [part.strip() for part in row.text("basis").split(";") if part.strip() in named]
    if basis:
        return any(part in known for part in basis)
    start = row.day("start")
    return start is None or start <= day


def _is_known(row: TypedRow, day: dt.date) -> bool:
    if row.table == "flights":
        known, ended = row.day("known") or row.day("launched"), row.day("ended")
        if row.text("outcome") == "planned" and ended is not None and ended <= day:
            return False
        return known is None or known <= day
    if row.table == "agreements":
        return _signed(row.text("signed")) <= day
    first = row.day(_KNOWN_BY.get(row.table, ""))
    return first is None or first <= day


def _signed(text: str) -> dt.date:
    """The day on which an agreement was signed: the first date that its text names; without one, it is always known.

    A partial date counts as the end of its period, as for statements.
    """
    found = _DATE.search(text)
    if found is None:
        return dt.date.min
    try:
        return parse_date(found.group(), end=True)
    except DomainError:
        return dt.date.min


def _seen(row: TypedRow, day: dt.date) -> TypedRow:
    """The row with what had not happened yet left blank."""
    rules = _LATER.get(row.table)
    if rules is None or row.text("outcome") == "planned":
        return row
    late = {field for date, fields in rules.items() for field in fields if (row.day(date) or day) > day}
    moves = row.moves("moves")
    done = tuple(move for move in moves if move[0] <= day)
    if not late and done == moves:
        return row
    copy = row.copy()
    for field in late:
        if field in copy.values:
            copy.values[field] = _BLANK.get(field)
    if done != moves:
        copy.values["moves"] = done
        if row.table == "elements" and done:
            copy.values["host"] = max(done)[1]
    return copy


def _drop_hanging(known: TypedTables, hosts: dict[str, str]) -> None:
    """Take away what refers to rows that are not known: first whole rows, then single references."""
    elements, ports = known["elements"], known["ports"]
    _keep(known, "ports", lambda row: row.text("element") in elements)
    _keep(known, "stores", lambda row: row.text("element") in elements)
    ports = known["ports"]
    places = {*elements, *known["vehicles"], *known["sites"]}
    _keep(known, "provisions", lambda row: row.text("provider") in places)
    _drop_helpless(known)
    for key, row in elements.items():
        host = row.text("host")
        if host and host not in elements:
            elements[key] = _with(row, "host", _known_host(host, hosts, elements))
    _keep(known, "fates", lambda row: row.id in elements)
    _keep_reference(known, "fates", "statement", known["statements"])
    if "departure" in known:
        _prune(known, "departure", "ends", known["agreements"])
    stores, statements, flights = known["stores"], known["statements"], known["flights"]
    _prune(known, "ports", "refuels", stores)
    _prune(known, "ports", "excludes", ports)
    _prune(known, "vehicles", "ports", ports)
    for table, field, home in (
        ("statements", "supersedes", statements), ("people", "up", flights), ("people", "down", flights),
        ("flights", "port", ports),
    ):  # fmt: skip
        _keep_reference(known, table, field, home)


def _known_host(host: str, hosts: dict[str, str], elements: dict[str, TypedRow]) -> str:
    """The nearest host up the tree that is known, for the part between may have been built in later; else none."""
    passed = {host}
    while host and host not in elements:
        host = hosts.get(host, "")
        if host in passed:
            return ""
        passed.add(host)
    return host


def _drop_helpless(known: TypedTables) -> None:
    """A provider cannot work before there is what it needs; dropping one may take others with it."""
    while True:
        rows = known["provisions"]
        kept = {
            key: row
            for key, row in rows.items()
            if all(need.kind != "provision" or need.subject in rows for need in row.needs())
        }
        known["provisions"] = kept
        if len(kept) == len(rows):
            return


def _keep(known: TypedTables, table: str, test: Callable[[TypedRow], bool]) -> None:
    known[table] = {key: row for key, row in known[table].items() if test(row)}


def _keep_reference(known: TypedTables, table: str, field: str, home: dict[str, TypedRow]) -> None:
    """Blank a reference to a row that is not kept."""
    for key, row in known[table].items():
        if row.text(field) and row.text(field) not in home:
            known[table][key] = _with(row, field, "")


def _prune(known: TypedTables, table: str, field: str, home: dict[str, TypedRow]) -> None:
    for key, row in known[table].items():
        names = row.names(field)
        kept = tuple(name for name in names if name in home)
        if kept != names:
            known[table][key] = _with(row, field, kept)


def _with(row: TypedRow, field: str, value: object) -> TypedRow:
    copy = row.copy()
    copy.values[field] = value
    return copy


def begin_with_record(known: TypedTables, day: dt.date) -> None:
    """Let a run without a first day of its own begin where the record ends, if that is long before the as-of day.

    What happened between the two is not known; a run that began on the as-of day would leave it out.
    """
    span = known.get("span", {}).get("")
    if span is None or "start" in span.cells or "start" not in span.values:
        return
    days = [row.day("day") for row in known["altitudes"].values()]
    for row in known["flights"].values():
        if row.text("outcome") != "planned":
            days += [row.day(field) for field in ("launched", "docked", "undocked", "ended")]
    last = max((found for found in days if found is not None and found <= day), default=None)
    if last is not None and (day - last).days > OLD_DAYS:
        span.values["start"] = last


def check_knowledge(full: TypedTables, known: TypedTables, day: dt.date, findings: Findings) -> None:
    """Note what a programme of that day cannot do without: a station, and a departure that had been announced."""
    if full["elements"] and not known["elements"]:
        first = min((row.day("known") or dt.date.max for row in full["elements"].values()), default=day)
        advice = f"Choose {first} or later."
        findings.add("--as-of", "as_of", "is before the station exists", str(day), f"{first} or later", advice)
    departure = full.get("departure", {}).get("")
    if departure is None:
        return
    for field, table, when in (("statement", "statements", "said"), ("law", "agreements", "signed")):
        row = full[table].get(departure.text(field))
        if row is None or row.id in known[table]:
            continue
        said = row.day(when) or row.text(when)
        what, advice = f"was {when} after the as-of day", f"Choose a later as-of day, or leave {field} out."
        got = f"{row.id} of {said}"
        findings.add(departure.place(field), departure.key(field), what, got, f"{day} or earlier", advice)
    cut = departure.text("cut")
    if cut in full["elements"] and cut not in known["elements"]:
        got, advice = f"{cut} as of {day}", "Choose a later as-of day, or cut elsewhere."
        findings.add(departure.place("cut"), departure.key("cut"), "is not there yet", got, remedy=advice)
