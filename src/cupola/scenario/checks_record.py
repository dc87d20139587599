"""Checks of what was said and agreed: effect clauses, days of statements that replace others, parties of agreements."""

from __future__ import annotations

from cupola.base.errors import DomainError
from cupola.base.time import parse_date
from cupola.scenario.cells import Findings, remedy
from cupola.scenario.effects import ANYONE, PARTNER, STAYS, Effect, agree, parse_effect
from cupola.scenario.references import circles
from cupola.scenario.typed import TypedRow, TypedTables

FORM = "SUBJECT ATTRIBUTE VALUE [if CONDITION]"
_ENDS = (STAYS, "end")
"""Topics whose day lies after the day on which they are spoken of."""


def check_statements(tables: TypedTables, findings: Findings) -> None:
    """Note effect clauses that cannot be read, partners that nobody knows, and days that contradict each other."""
    rows = tables["statements"]
    links = {key: row.names("supersedes") for key, row in rows.items()}
    # A circle is told by itself; that one of its statements replaces a later one would say it again.
    circling = {key for circle in circles(links) for key in circle}
    for key, row in rows.items():
        effects = [found for clause in row.names("effect") if (found := _read(row, clause, findings)) is not None]
        for effect in effects:
            _check_partners(row, effect, tables["partners"], findings)
            _check_day(row, effect, findings)
        _check_own(row, effects, findings)
        if key not in circling:
            _check_order(row, rows, findings)


def _read(row: TypedRow, clause: str, findings: Findings) -> Effect | None:
    try:
        return parse_effect(clause)
    except DomainError as error:
        advice = "Write for example 'partner ID leaves after 2030-12-31' or 'station end 2030'."
        findings.add(row.place("effect"), row.key("effect"), str(error), clause, FORM, advice)
        return None


def _check_partners(row: TypedRow, effect: Effect, partners: dict[str, TypedRow], findings: Findings) -> None:
    """A clause about a partner must name partners of the scenario."""
    if effect.subject.split()[0] != PARTNER:
        return
    for name in effect.names or ("",):
        if name in partners or name in ANYONE:
            continue
        advice = remedy(name, partners, "Add it to partners.csv, or mend the id.")
        findings.add(row.place("effect"), row.key("effect"), "names no partner", name or effect.clause, "", advice)


def _check_day(row: TypedRow, effect: Effect, findings: Findings) -> None:
    """Somebody who says until when a thing lasts speaks of a day to come."""
    said, period = row.day("said"), effect.period()
    if said is None or period is None or effect.denied or effect.topic() not in _ENDS or period[1] >= said:
        return
    advice = "Mend the day in the clause, or the day on which it was said."
    what = "speaks of an end that lies before the day on which it was said"
    findings.add(row.place("effect"), row.key("effect"), what, effect.clause, f"{said} or later", advice)


def _check_own(row: TypedRow, effects: list[Effect], findings: Findings) -> None:
    """One statement must not name two ends of one thing; two statements may, and then both stand."""
    for place, effect in enumerate(effects):
        for other in effects[:place]:
            same = effect.subject == other.subject and effect.topic() == other.topic() and effect.topic() in _ENDS
            if not same or effect.period() is None or other.period() is None or agree(effect, other):
                continue
            got, advice = f"{other.clause} and {effect.clause}", "Keep one of them, or write two statements."
            findings.add(row.place("effect"), row.key("effect"), "contradicts itself", got, "one day", advice)


def _check_order(row: TypedRow, rows: dict[str, TypedRow], findings: Findings) -> None:
    """A statement replaces an earlier one."""
    earlier = rows.get(row.text("supersedes"))
    said = row.day("said")
    before = earlier.day("said") if earlier is not None else None
    if earlier is None or said is None or before is None or before <= said:
        return
    what = "replaces a statement that was made later"
    got, rule = f"{earlier.id}, said on {before}", f"one said on or before {said}"
    findings.add(
        row.place("supersedes"), row.key("supersedes"), what, got, rule, "Mend one of the days, or name another."
    )


def check_agreements(tables: TypedTables, findings: Findings) -> None:
    """Note agreements that nobody made, and terms that end before they begin."""
    for row in tables["agreements"].values():
        if not row.names("parties"):
            advice = "Name those who made it, separated by '; '."
            findings.add(row.place("parties"), row.key("parties"), "has no party", "nothing", "at least one", advice)
        for first, second in (("signed", "end"), ("start", "end")):
            try:
                early, late = parse_date(row.text(first)), parse_date(row.text(second), end=True)
            except DomainError:
                # These days are kept as written, and many agreements give words instead.
                continue
            if late < early:
                rule, advice = f"on or after {early}", "Mend one of the two dates."
                findings.add(row.place(second), row.key(second), f"is earlier than {first}", str(late), rule, advice)
                break
