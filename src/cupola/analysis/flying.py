"""Answers about flight: attitude, reboosts, the controlled deorbit, and entry."""

from __future__ import annotations

import datetime as dt

from cupola.analysis.answer import Answer, Case, Finding
from cupola.analysis.lane import Lane
from cupola.analysis.life import is_controlled
from cupola.analysis.words import amount


def attitude(case: Case) -> Answer:
    """When attitude control is lost."""

    def find(lane: Lane) -> Finding:
        event = lane.first("attitude-lost")
        if event is None:
            return Finding(f"attitude control is kept to {case.end}")
        push = next((lane.latest(key, before=event) for key in event.because if key.startswith(_PUSHES)), None)
        occasion = f", when {case.reasons(lane).text(push.key, push)}" if push else ""
        text = f"attitude control is lost on {event.date}{occasion}"
        # An attitude lost without a push (too low for the gyros alone) has no momentum to tell.
        push_size = event.value or None
        return Finding(
            text, event.date, push_size, event.unit or "N m s" if push_size else "", event, case.why(lane, event)
        )

    return case.answer("attitude", f"When is attitude control lost {case.condition}?", find)


_PUSHES = ("undocking/", "docking/", "gyro-failed/", "saturation/")


def reboost_last(case: Case) -> Answer:
    """The last reboost, and why none is made after it."""

    def find(lane: Lane) -> Finding:
        last = lane.last("reboost")
        later = (row for row in lane.of("reboost-missed") if last is None or row.place > last.place)
        missed = next(later, None)
        if missed is None:
            if last is None:
                return Finding(f"no reboost is made before {case.end}, and none falls due")
            text = f"reboosts go on; the last one before {case.end} is on {last.date}"
            return Finding(text, None, last.value, last.unit, last)
        made = f"the last reboost is made on {last.date}" if last else "no reboost is made"
        height = f" at {amount(missed.value, missed.unit)}" if missed.value is not None else ""
        text = f"{made}; one is due on {missed.date}{height} and cannot be made"
        return Finding(
            text, last.date if last else missed.date, missed.value, missed.unit, missed, case.why(lane, missed)
        )

    return case.answer("reboost-last", f"When is the last reboost {case.condition}, and why is there none after?", find)


def controlled_deorbit(case: Case) -> Answer:
    """The last date on which a controlled deorbit could be carried out."""

    def find(lane: Lane) -> Finding:
        lost = lane.standing("deorbit-lost", "deorbit-back")
        if lost is None:
            return Finding(f"the means for a controlled deorbit stay there to {case.end}")
        last = lost.date - dt.timedelta(days=1)
        if last < case.programme.span.start:
            text = "the means for a controlled deorbit are not there on any day of the span"
            return Finding(text, None, lost.value, lost.unit, lost, case.why(lane, lost))
        text = f"the means for a controlled deorbit are there up to {last} and not after it"
        return Finding(text, last, lost.value, lost.unit, lost, case.why(lane, lost))

    question = f"What is the last date on which a controlled deorbit is possible {case.condition}?"
    return case.answer("controlled-deorbit", question, find)


def entry(case: Case) -> Answer:
    """When the station enters the atmosphere, or how high it is at the end."""

    def find(lane: Lane) -> Finding:
        event = lane.first("entry")
        if event is not None:
            lost = lane.latest("deorbit-lost/station", before=event)
            back = lane.latest("deorbit-back/station", before=event)
            wild = lost is not None and (back is None or back.place < lost.place)
            how = "enters the atmosphere uncontrolled" if wild else "enters the atmosphere"
            how = "is brought down under control" if is_controlled(event) else how
            text = f"the station {how} on {event.date}"
            return Finding(text, event.date, event.value, event.unit, event, case.why(lane, event))
        days = lane.days("altitude")
        if not days:
            return Finding(f"the station does not enter the atmosphere before {case.end}")
        day, height = days[-1]
        text = f"the station does not enter the atmosphere before {case.end}; on {day} its mean altitude is"
        return Finding(f"{text} {amount(height, 'km')}", None, height, "km")

    return case.answer("entry", f"When does the station enter the atmosphere {case.condition}?", find)
