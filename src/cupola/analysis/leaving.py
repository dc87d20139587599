"""Leaving, step by step: what the station and each part can do after each, what becomes of each element, what is
stranded by each cut, and who and what leaves with a partner.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from cupola.analysis.answer import Answer, Case
from cupola.analysis.lane import Event, Lane, Tables, rows_of
from cupola.analysis.words import amount, listing, phrase, sentence
from cupola.base.quantity import UNITS
from cupola.programme.leaving import INERT, SOLD, TAKEN_OVER, TRANSFERRED, Fate

Row = dict[str, Any]
_QUESTIONS = {
    "power": "power",
    "cooling": "heat rejection",
    "attitude": "attitude control",
    "reboost": "reboost",
    "air": "air",
    "water": "water",
    "ports": "ports for ships",
    "arm": "an arm for berthing",
    "seats": "return seats",
    "communication": "communication",
    "control": "control from the ground",
    "deorbit": "a controlled end",
}
"""Ability -> words"""


def leaving_answers(case: Case, tables: Tables) -> list[Answer | None]:
    """All answers on the way a partner leaves; none where nobody leaves."""
    if case.programme.departure is None:
        return []
    return [steps(case, tables), fates(case), stranded(case, tables), goes_along(case)]


def _own(case: Case, tables: Tables, name: str) -> list[Row]:
    """Rows of a table of the future that the answers of physics come from."""
    lane = case.main
    return [row for row in rows_of(tables, name) if row["future"] == lane.future]


def steps(case: Case, tables: Tables) -> Answer | None:
    """What the station and each part of it lack after each step of the exit."""
    rows = _own(case, tables, "viability")
    if not rows:
        return None
    numbers = sorted({row["step"] for row in rows})
    words = []
    before: dict[str, str] = {}
    for number in numbers:
        held = [row for row in rows if row["step"] == number]
        said = []
        for part in dict.fromkeys(row["part"] for row in held):
            text = _verdict([row for row in held if row["part"] == part])
            if before.get(part) != text:
                said.append(f"{_part(part)} {text}")
            before[part] = text
        change = phrase(case.programme, held[0]["change"], case.main.flight_names)
        words.append(f"On {held[0]['date']}, when {change}: {'; '.join(said) or 'nothing changes'}.")
    last = [row for row in rows if row["step"] == numbers[-1]]
    lacking = float(sum(row["verdict"] == "no" for row in last))
    event = case.main.first("partner-exit-begins")
    question = f"What can the station and each part of it do after each step {case.condition}?"
    text = " ".join(words)
    return Answer(
        "exit-steps", question, text, rows[0]["date"], lacking, "questions answered no", case.steps(case.main, event)
    )


def _part(name: str) -> str:
    return name if name.startswith("the ") else f"the part {name}"


def _verdict(rows: list[Row]) -> str:
    no = [f"{_named(row)} (lacking {_lacks(row)})" for row in rows if row["verdict"] == "no"]
    short = [f"{_named(row)} ({_lacks(row)})" for row in rows if row["verdict"] == "short"]
    if not no and not short:
        return "has all that it needs"
    words = [f"is without {listing(no)}"] if no else []
    words += [f"falls short in {listing(short)}"] if short else []
    return " and ".join(words)


def _named(row: Row) -> str:
    return _QUESTIONS.get(row["ability"], str(row["ability"]))


def _lacks(row: Row) -> str:
    return listing([part for part in str(row["lacks"]).split("; ") if part])


def _stands(case: Case, fate: Fate) -> tuple[str, Event | None]:
    """What the run says of a fate: in words, with its event."""
    lane, programme = case.main, case.programme
    to = programme.partners[fate.to].name if fate.to in programme.partners else ""
    if fate.fate in TAKEN_OVER:
        event = lane.first("element-taken-over", subject=fate.id)
        begun = lane.first(f"element-{fate.fate}", subject=fate.id)
        how = {TRANSFERRED: f"is transferred to {to}", SOLD: f"is sold to {to}"}.get(
            fate.fate, f"stays for {to} to run"
        )
        how += f" on {begun.date}" if begun else ""
        if event is None:
            return f"{how}, and is not run before {case.end}: nobody trained is aboard when it could be", begun
        return f"{how}, and runs under it from {event.date} on", event
    if fate.fate == INERT:
        event = lane.first("element-inert", subject=fate.id)
        return f"stays and nobody runs it{f' from {event.date} on' if event else ''}", event
    if fate.fate == "deorbited":
        return _brought_down(case, lane, fate)
    event = lane.first("separated", subject=fate.id)
    return f"leaves as a free flyer{f' on {event.date}' if event else f' after {case.end}'}", event


def _brought_down(case: Case, lane: Lane, fate: Fate) -> tuple[str, Event | None]:
    event = lane.first("element-deorbited", subject=fate.id)
    ship = case.programme.vehicles[fate.vehicle].name if fate.vehicle in case.programme.vehicles else "a ship"
    if event is None:
        waits = lane.first("element-waits", subject=fate.id)
        return (
            f"is to be brought down by {ship}, and none with enough propellant is docked at it before {case.end}",
            waits,
        )
    cost = f", which burns {amount(event.value, 'kg')} of propellant for it" if event.value is not None else ""
    return f"leaves on {event.date} with {ship}{cost}", event


def _usual(case: Case) -> str:
    """What becomes of the partner's elements of which no row says anything."""
    programme, left = case.programme, case.programme.departure
    assert left is not None
    if left.mode == "hands-over":
        return f"run by {programme.partners[left.to].name} as long as trained people and spares last"
    if left.mode == "separates":
        return "taken along, or left where they are beyond the cut, where nobody runs them"
    return "left where they are, and nobody runs them"


def _names(names: list[str], most: int = 8) -> str:
    """Names in a row; of many, the first ones and how many more there are."""
    return listing(names if len(names) <= most else [*names[: most - 2], f"{len(names) - most + 2} others"])


def fates(case: Case) -> Answer | None:
    """What becomes of each element of the partner that leaves."""
    programme, left = case.programme, case.programme.departure
    assert left is not None
    own = [
        key for key, row in programme.attached_within(programme.span.start, programme.span.end).items()
        if left.partner in (programme.partner_of(row.operator), programme.partner_of(row.owner))
    ]  # fmt: skip
    if not own:
        return None
    gone = set(programme.hanging_on(left.cut)) if left.mode == "separates" else set()
    words, first = [], None
    for key, fate in programme.fates.items():
        text, event = _stands(case, fate)
        price = ""
        if fate.price is not None:
            price = f"; named as its price or value: {amount(fate.price.value / UNITS['MUSD'][1], 'million USD')}"
        words.append(f"{programme.elements[key].name} {text}{price}.")
        first = first or event
    rest = [key for key in own if key not in programme.fates]
    along = [programme.elements[key].name for key in rest if key in gone]
    here = [programme.elements[key].name for key in rest if key not in gone]
    if along:
        words.append(f"{_names(along)} {'leaves' if len(along) == 1 else 'leave'} with the part that is cut off.")
    if here and left.mode == "separates":
        words.append(f"{_names(here)} {'stays' if len(here) == 1 else 'stay'} beyond the cut, and nobody runs them.")
    elif here:
        words.append(f"{_names(here)} {'is' if len(here) == 1 else 'are'} {_usual(case)}.")
    foreign = [
        f"{programme.elements[key].name}, which {programme.partners[programme.partner_of(row.owner)].name} owns"
        for key, row in programme.elements.items()
        if key in gone and programme.partner_of(row.owner) != left.partner
    ]
    if foreign:
        words.append(f"The cut takes along {listing(foreign)}.")
    question = f"What becomes of each element of {case.partner} {case.condition}?"
    date = first.date if first else case.exit_over
    return Answer("fates", question, " ".join(words), date, float(len(own)), "elements", case.steps(case.main, first))


def stranded(case: Case, tables: Tables) -> Answer | None:
    """Propellant that each possible cut leaves on a side that nothing can push or steer."""
    rows = _own(case, tables, "cuts")
    if not rows:
        return None
    last = max(row["step"] for row in rows)
    rows = [row for row in rows if row["step"] == last]
    words, worst = [], 0.0
    for row in rows:
        lost = row["stranded_with"] + row["stranded_without"]
        worst = max(worst, lost)
        if lost <= 0.5:
            continue
        sides = [
            f"{amount(row[f'stranded_{side}'], 'kg')} in the part that {verb}"
            for side, verb in (("with", "leaves"), ("without", "stays"))
            if row[f"stranded_{side}"] > 0.5
        ]
        words.append(f"a cut at {row['name']} strands {listing(sides)}")
    none = [row["name"] for row in rows if row["stranded_with"] + row["stranded_without"] <= 0.5]
    if none:
        words.append(f"a cut at {_names(none)} strands none")
    question = f"How much propellant is of no more use after each possible cut {case.condition}?"
    text = f"With what is aboard on {rows[0]['date']}, {'; '.join(words)}."
    return Answer("stranded", question, text, rows[0]["date"], worst, "kg", ())


def goes_along(case: Case) -> Answer:
    """The people, control centres, launch sites, lines of flights and agreements that end with a partner."""
    programme, left = case.programme, case.programme.departure
    assert left is not None
    begins = left.after + dt.timedelta(days=1)
    own = [row for row in programme.sites.values() if programme.partner_of(row.operator) == left.partner]
    words = []
    lines = [
        programme.vehicles[row.vehicle].name
        for row in programme.services.values()
        if programme.partner_of(programme.vehicles[row.vehicle].operator) == left.partner
    ]
    parts = [listing(list(dict.fromkeys(lines)))] if lines else []
    parts += [f"the control centres {_sites(own, 'control')}"] if _sites(own, "control") else []
    parts += [f"the launch sites {_sites(own, 'launch')}"] if _sites(own, "launch") else []
    if parts:
        words.append(f"{case.partner} takes {', '.join(parts)} with it.")
    over = case.exit_over
    days = (over - dt.timedelta(days=1), over) if over else ()
    home = [row for row in case.main.of("undocking") if row.date in days and (row.value or 0.0) > 0.5]
    if home:
        count = amount(sum(row.value or 0.0 for row in home), "")
        words.append(f"{count} people go home when its services end.")
    for kind, what in (("crew-flights-end", "crew flights"), ("cargo-flights-end", "cargo flights")):
        event = case.main.first(kind)
        if event is not None:
            words.append(f"Its {what} end on {event.date}.")
    if case.exit_over:
        words.append(f"Its operations end on {case.exit_over}.")
    if left.earliest or left.latest:
        words.append(
            f"The last day of full service lies between {left.earliest or left.after} and {left.latest or left.after}."
        )
    ended = [programme.agreements[key].name for key in left.ends if key in programme.agreements]
    if ended:
        words.append(f"With it {'ends' if len(ended) == 1 else 'end'} {listing(ended)}.")
    text = " ".join(words) or sentence(
        f"{case.partner} has no ships, centres or agreements of its own in this scenario"
    )
    keys = [f"agreement/{key}" for key in left.ends if key in programme.agreements]
    chain = tuple(case.reasons(case.main).chain_of_keys(keys, case.end))
    question = f"Who and what leaves with {case.partner} {case.condition}?"
    return Answer("goes-along", question, text, begins, float(len(ended)), "agreements", chain)


def _sites(rows: list[Any], kind: str) -> str:
    names = [row.name for row in rows if row.kind == kind]
    return listing(names) if names else ""
