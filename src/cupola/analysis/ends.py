"""When the station is empty: by a rule, by physics, and the headline that says both."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from cupola.analysis.answer import Answer, Case
from cupola.analysis.lane import Event, Lane
from cupola.analysis.words import lower_first, phrase, sentence
from cupola.base.quantity import DAY_S
from cupola.programme.settings import Departure

_RULE = ("rule-crossed", "rule")


@dataclass(frozen=True)
class Emptied:
    """How the last people left in one lane."""

    date: dt.date
    event: Event
    """crew-left, an order that was not carried out within the span, or an entry with people aboard"""
    order: Event | None
    rule: str
    """Rule id when a rule gave the order, else empty"""


def emptied(lane: Lane) -> Emptied | None:
    """How and when the station is empty for good in a lane, or None when people stay to the end."""
    order = lane.last("crew-ordered-off")
    left = lane.last("crew-left")
    if left is not None:
        returned = any(row.place > left.place and (row.value or 0.0) > 0.5 for row in lane.of("docking"))
        left = None if returned else left
    entry = next((row for row in lane.of("entry") if (row.value or 0.0) > 0.5), None)
    found = left or entry or order
    if found is None:
        return None
    if order is not None and order.place > found.place:
        order = None
    rule = ""
    for key in order.because if order else ():
        kind, _, subject = key.partition("/")
        rule = rule or (subject if kind in _RULE else "")
    return Emptied(found.date, found, order, rule)


def empties(case: Case) -> list[Answer]:
    """When a rule would empty the station, and when physics would."""
    return [rule_empties(case), physics_empties(case)]


def rule_empties(case: Case) -> Answer:
    """The date on which a rule would empty the station."""
    question = f"When would a rule empty the station {case.condition}?"
    found = emptied(case.kept)
    if found is None or not found.rule or found.order is None:
        text = f"no rule would empty the station before {case.end}"
        if found is not None:
            text += f"; physics does so on {found.date}, even with rules kept"
        return Answer("rule-empties", question, sentence(text))
    rule = case.programme.rules.get(found.rule)
    crossed = case.kept.latest(f"rule-crossed/{found.rule}", before=found.order)
    name = rule.name if rule else found.rule
    broken = f"The rule '{name}' is broken on {crossed.date}" if crossed else f"The rule '{name}' is broken"
    why = case.why(case.kept, crossed)
    order = f"The crew is ordered off on {found.order.date}" + (
        f" and the last people leave on {found.date}"
        if found.event.kind == "crew-left"
        else f" and has not all left before {case.end}"
    )
    event = found.event if found.event.kind == "crew-left" else found.order
    steps = case.steps(case.kept, event if event.because else found.order)
    return Answer(
        "rule-empties", question, f"{broken}{why}. {order}.", found.date, _days_after_exit(case, found.date), "d", steps
    )


def physics_empties(case: Case) -> Answer:
    """The date on which physics would empty the station, rules or no rules."""
    question = f"When would physics empty the station {case.condition}, were all rules waived?"
    if case.waived is None:
        return Answer("physics-empties", question, "The run has no future with rules waived, so this is not known.")
    found = emptied(case.waived)
    if found is None:
        return Answer(
            "physics-empties", question, f"Nothing physical empties the station before {case.end}, with rules waived."
        )
    first = found.order or found.event
    cause, root = _cause(case, case.waived, found)
    why = case.why(case.waived, root or first)
    if found.event.kind == "crew-left":
        text = f"With rules waived, the last people leave on {found.date}: {cause}{why}."
    elif found.event.kind == "entry":
        text = f"With rules waived, the station enters with people aboard on {found.date}{why}."
    else:
        text = (
            f"With rules waived, the crew must leave on {found.date} and has not all left before {case.end}: "
            f"{cause}{why}."
        )
    event = found.event if found.event.because else first
    days = _days_after_exit(case, found.date)
    return Answer("physics-empties", question, text, found.date, days, "d", case.steps(case.waived, event))


def _cause(case: Case, lane: Lane, found: Emptied) -> tuple[str, Event | None]:
    """What forced the crew off, in words, with its event; or that nobody came to relieve the last crew."""
    if found.event.kind == "entry":
        return "the station enters the atmosphere with people aboard", found.event
    if found.order is None or not found.order.because:
        return "the last crew goes home and no ship brings another", None
    key = found.order.because[0]
    event = lane.latest(key, before=found.order)
    # Power goes because attitude goes; the reader wants the first of the two.
    if event is not None and event.kind == "power-lost" and event.because:
        key = event.because[0]
        event = lane.latest(key, before=event)
    return f"{phrase(case.programme, key, lane.flight_names)}{f' on {event.date}' if event else ''}", event


def _days_after_exit(case: Case, day: dt.date) -> float | None:
    over = case.exit_over
    return float((day - over).days) if over is not None and day >= over else None


def headline(case: Case, sinking: dt.date | None = None) -> Answer:
    """What happens if the partner leaves: the rule date and the physics date."""
    question = f"What happens to the station {case.condition}?"
    kept = emptied(case.kept)
    physics = emptied(case.waived) if case.waived else None
    opening = sentence(case.condition)[:-1] + ","
    if kept is not None and kept.rule and kept.order is not None:
        rule = case.programme.rules.get(kept.rule)
        how = f"the rule '{rule.name if rule else kept.rule}' empties the station on {kept.date}"
    elif kept is not None:
        how = f"the station is empty on {kept.date}: {_cause(case, case.kept, kept)[0]}"
    else:
        how = f"the station stays crewed to {case.end} with its rules kept"
    text = f"{opening} {how}."
    if case.waived is not None and (physics is None or kept is None or physics.date != kept.date or kept.rule):
        text += (
            f" Were its rules waived, it would be empty on {physics.date}: {_cause(case, case.waived, physics)[0]}."
            if physics
            else f" Were its rules waived, nothing physical would empty it before {case.end}."
        )
    if case.baseline is not None:
        usual = emptied(case.baseline)
        text += f" {_usual(case, usual)}"
    deorbit = case.main.standing("deorbit-lost", "deorbit-back")
    if deorbit is not None and deorbit.date > case.programme.span.start:
        last = deorbit.date - dt.timedelta(days=1)
        text += f" The last day with the means for a controlled deorbit is {last}"
        text += f"; to be low enough by then the station must sink from {sinking} on." if sinking else "."
    entry = case.main.first("entry")
    if entry is not None and case.programme.departure is not None:
        usual_entry = case.kept.first("entry")
        if case.waived is not None and usual_entry is not None and usual_entry.date != entry.date:
            text += f" It enters the atmosphere on {usual_entry.date}, with rules waived on {entry.date}."
        elif case.waived is not None and usual_entry is None:
            text += f" With rules waived it enters the atmosphere on {entry.date}."
        else:
            text += f" It enters the atmosphere on {entry.date}."
    departure = case.programme.departure
    if departure is not None and departure.mode == "hands-over" and case.main.first("handed-over") is None:
        text += f" {_not_handed_over(case, departure)}"
    begun = case.main.first("partner-exit-begins")
    if departure is not None and begun is not None and case.exit_over is None:
        text += f" The exit, which begins on {begun.date}, is not over before {case.end}."
    found = kept or physics
    lane = case.kept if kept else case.main
    both = kept is not None and physics is not None and physics.date != kept.date
    told = [("with rules kept, " if both else "", lane, _leads(found))] if found else []
    if both and physics is not None and case.waived is not None:
        told.append(("with rules waived, ", case.waived, _leads(physics)))
    told += [("", case.main, deorbit), ("", case.main, entry if case.programme.departure is not None else None)]
    steps = case.steps_of(told)
    value = _days_after_exit(case, found.date) if found else None
    return Answer("headline", question, text, found.date if found else None, value, "d" if found else "", steps)


def _not_handed_over(case: Case, departure: Departure) -> str:
    """That nothing is handed over within the run, and from when on the new operator has trained people."""
    programme = case.programme
    said = programme.statements.get(departure.statement)
    first = said.said if said is not None else programme.span.start
    trained = first + dt.timedelta(days=round(programme.crew_policy.training.value / DAY_S))
    to = programme.partners[departure.to].name
    return f"Its elements are not handed over: {to} has people trained for them from {trained} on."


def _leads(found: Emptied) -> Event | None:
    """The event whose causes say why the station is empty."""
    return found.event if found.event.because else found.order


def _usual(case: Case, usual: Emptied | None) -> str:
    if usual is None:
        return f"If nobody leaves, the station stays crewed to {case.end}."
    return sentence(f"if nobody leaves, {lower_first(f'the station is empty on {usual.date}')}")
