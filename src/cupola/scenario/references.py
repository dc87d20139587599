"""Checks that every id refers to a row, and that what refers to itself does not go round in a circle."""

from __future__ import annotations

from collections.abc import Mapping

from cupola.programme.traffic import FREE
from cupola.scenario.cells import Findings, remedy
from cupola.scenario.fields import SECTIONS, TABLES, FieldSpec, table_specs
from cupola.scenario.typed import TypedRow, TypedTables

_SUBJECTS = {"trained": "partners", "stay": "vehicles"}
"""Tables that the subject of a rule refers to, by its kind."""
MAX_CIRCLES = 20
"""More circles are not listed; mending these shows the next ones."""
_NEEDS = {"function": "functions", "provision": "provisions", "trained": "partners", "site": "sites"}


def check_references(tables: TypedTables, findings: Findings) -> None:
    """Note every id that names no row."""
    for table in ("scenario", *SECTIONS, *TABLES):
        specs = [spec for spec in table_specs(table).values() if spec.refers]
        for row in tables.get(table, {}).values():
            for spec in specs:
                _check_field(row, spec, tables, findings)
    commodities = {row.text("commodity") for row in tables["stores"].values()}
    for row in tables["provisions"].values():
        for need in row.needs():
            known = commodities if need.kind == "store" else tables[_NEEDS[need.kind]]
            if need.subject not in known:
                what = f"needs a {need.kind} that does not exist"
                advice = remedy(need.subject, known, "Mend the word.")
                findings.add(row.place("needs"), row.key("needs"), what, need.subject, remedy=advice)
    for row in tables["rules"].values():
        _check_rule_subject(row, tables, commodities, findings)


def _check_field(row: TypedRow, spec: FieldSpec, tables: TypedTables, findings: Findings) -> None:
    if spec.type == "crew":
        subjects = tuple(partner for partner, _ in row.crew(spec.field))
    elif spec.type == "moves":
        subjects = tuple(port for _, port in row.moves(spec.field) if row.table != "flights" or port != FREE)
    else:
        subjects = row.names(spec.field)
    for subject in subjects:
        if any(subject in tables[other] for other in spec.refers):
            continue
        known = [key for other in spec.refers for key in tables[other]]
        where, noun = row.place(spec.field), " or ".join(spec.refers)
        advice = remedy(subject, known, f"Add it to {noun}, or mend the id.")
        findings.add(where, row.key(spec.field), f"names nothing in {noun}", subject, remedy=advice)


def _check_rule_subject(row: TypedRow, tables: TypedTables, commodities: set[str], findings: Findings) -> None:
    kind, subject = row.text("kind"), row.text("subject")
    known: set[str] = commodities if kind == "reserve" else set(tables[_SUBJECTS[kind]]) if kind in _SUBJECTS else set()
    if known and subject not in known and (subject or kind != "stay"):
        what = f"names no subject for a rule of the kind {kind}"
        advice = remedy(subject, sorted(known), "Mend the word.")
        findings.add(row.place("subject"), row.key("subject"), what, subject or "nothing", remedy=advice)


def check_circles(tables: TypedTables, findings: Findings) -> None:
    """Hosts must form one tree; provisions must not need each other in a circle; nor statements supersede so."""
    hosts = {key: row.names("host") for key, row in tables["elements"].items()}
    for circle in circles(hosts):
        row = tables["elements"][circle[0]]
        advice = "One of them must hang on another element."
        findings.add(row.place("host"), row.key("host"), "goes round in a circle", " -> ".join(circle), remedy=advice)
    roots = [key for key, host in hosts.items() if not host]
    for key in roots[1:]:
        row = tables["elements"][key]
        got = f"{roots[0]} and {key} both without host"
        advice = f"Name the element that {key} hangs on."
        findings.add(row.place("host"), row.key("host"), "is a second root of the station", got, "one root", advice)
    needs = {
        key: tuple(need.subject for need in row.needs() if need.kind == "provision")
        for key, row in tables["provisions"].items()
    }
    for circle in circles(needs):
        row = tables["provisions"][circle[0]]
        advice = "One of them must work without the other."
        findings.add(row.place("needs"), row.key("needs"), "need each other", " -> ".join(circle), remedy=advice)
    earlier = {key: row.names("supersedes") for key, row in tables["statements"].items()}
    for circle in circles(earlier):
        row = tables["statements"][circle[0]]
        got = " -> ".join(circle)
        advice = "A statement can only replace an earlier one."
        findings.add(row.place("supersedes"), row.key("supersedes"), "goes round in a circle", got, remedy=advice)


def circles(links: Mapping[str, tuple[str, ...]]) -> list[list[str]]:
    """Circles of a directed graph, each beginning and ending at the same node.

    At least one is found when there is any, and at most MAX_CIRCLES.

    >>> circles({"a": ("b",), "b": ("a",), "c": ("a",)})
    [['a', 'b', 'a']]
    """
    done: set[str] = set()
    found: list[list[str]] = []
    for start in links:
        if start in done or len(found) >= MAX_CIRCLES:
            continue
        # A walk with its own stack, because a long chain in a file must not exhaust Python's.
        path, trail = [start], [iter(links[start])]
        on_path = {start}
        while path:
            step = next(trail[-1], None)
            if step is None:
                trail.pop()
                on_path.discard(path[-1])
                done.add(path.pop())
            elif len(found) >= MAX_CIRCLES:
                break
            elif step in on_path:
                found.append([*path[path.index(step) :], step])
            elif step in links and step not in done:
                path.append(step)
                on_path.add(step)
                trail.append(iter(links[step]))
    return found
