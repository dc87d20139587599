"""``cupola diff``: what differs between two scenarios, in words."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from cupola.cli.options import AsJson, AsOf, day
from cupola.cli.output import plain, print_json, print_text, width

if TYPE_CHECKING:
    from cupola.programme.programme import Programme
    from cupola.scenario.difference import Change

SCREEN = 22
"""Lines that are printed without --all, between the first line and the last one."""

Side = Annotated[str, typer.Argument(metavar="SCENARIO", show_default=False)]
Then = Annotated[
    str | None,
    typer.Option("--then", metavar="DATE", help="As-of day of the second one, when it is not that of the first."),
]
All = Annotated[bool, typer.Option("--all", help="Print every difference, with its sources.")]


def diff(
    first: Side,
    second: Side,
    as_of: AsOf = None,
    then: Then = None,
    everything: All = False,
    as_json: AsJson = False,
) -> None:
    """Say what differs between two scenarios.

    Rows added, removed and changed, by table; at most a screen unless --all.
    The same scenario twice, with --as-of and --then, says what became known in between.
    """
    from cupola.flow import load
    from cupola.scenario.difference import differences

    known = day(as_of, "--as-of")
    old = load(first, as_of=known)
    new = load(second, as_of=day(then, "--then") or known)
    found = differences(old, new)
    if as_json:
        listed = [{"key": row.key, **dataclasses.asdict(row)} for row in found]
        sides = {name: {"scenario": side.id, "as_of": side.as_of} for name, side in (("first", old), ("second", new))}
        print_json({**sides, "differences": listed})
        return
    print_text(_opening(old, new, len(found)))
    groups: dict[str, list[Change]] = {}
    for row in found:
        groups.setdefault(row.table, []).append(row)
    room = _shares([len(rows) for rows in groups.values()], SCREEN)
    for number, (table, rows) in enumerate(groups.items()):
        if not everything and number >= SCREEN:
            break
        shown = rows if everything else rows[: room[number]]
        print_text(_heading(table, rows, len(shown)))
        for row in shown:
            for line in _lines(row, everything):
                print_text(line if everything else _cut(line))
    if not everything and sum(room) < len(found):
        print_text("--all prints every difference, with its sources.")


def _opening(old: Programme, new: Programme, count: int) -> str:
    noun = "difference" if count == 1 else "differences"
    if old.as_of == new.as_of:
        return f"From {old.id} to {new.id}, both as of {new.as_of}: {count or 'no'} {noun}."
    return f"From {old.id} as of {old.as_of} to {new.id} as of {new.as_of}: {count or 'no'} {noun}."


def _shares(sizes: Sequence[int], screen: int) -> list[int]:
    """How many lines each table gets, so that all together fill one screen: one more to each in turn."""
    left = max(0, screen - len(sizes))
    shares = [0] * len(sizes)
    while left > 0 and any(share < size for share, size in zip(shares, sizes, strict=True)):
        for number, size in enumerate(sizes):
            if left > 0 and shares[number] < size:
                shares[number] += 1
                left -= 1
    return shares


def _heading(table: str, rows: Sequence[Change], shown: int) -> str:
    counts = {kind: sum(row.kind == kind for row in rows) for kind in ("added", "removed", "changed")}
    told = ", ".join(f"{count} {kind}" for kind, count in counts.items() if count)
    more = f" ({shown} of {len(rows)} shown)" if 0 < shown < len(rows) else ""
    return f"{table.replace('_', ' ')}: {told}{more}"


def _lines(row: Change, sources: bool) -> list[str]:
    """One change in words; with its sources below it when they are wanted."""
    known = row.id if not row.name or row.id.startswith(row.name) else f"{row.id} ({plain(row.name)})"
    if not row.field:
        lines = [f"  {row.kind} {known}"]
    else:
        what = " ".join(part for part in (known, row.field.replace("_", " ")) if part)
        if row.same_value:
            value = f"{row.new}, with another source or status"
        else:
            value = {"added": row.new, "removed": f"was {row.old}"}.get(row.kind, f"{row.old} -> {row.new}")
        lines = [f"  {what}: {value}"]
    if sources:
        told = dict.fromkeys(text for text in (row.old_source, row.new_source) if text)
        lines += [f"      source: {text}" for text in told]
    return lines


def _cut(line: str) -> str:
    most = width()
    return line if len(line) <= most else f"{line[: most - 1]}…"
