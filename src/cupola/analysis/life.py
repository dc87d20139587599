"""The life of a station that nobody leaves: when it is first lived in, for how long, and how it ends."""

from __future__ import annotations

import datetime as dt

from cupola.analysis.answer import Answer, Case
from cupola.analysis.lane import Event, Lane
from cupola.analysis.words import number, sentence


def has_life(case: Case) -> bool:
    """Whether the run shows more than people who stay aboard: a first crew, times without people, or an end."""
    crew = [people for _, people in case.kept.days("crew")]
    return case.programme.departure is None and bool(crew) and (min(crew) < 1 or ended(case.kept) is not None)


def ended(lane: Lane) -> Event | None:
    """The entry of a future, if there is one."""
    return lane.first("entry")


def is_controlled(event: Event) -> bool:
    """Whether an entry was brought about by burns."""
    return any(key.startswith("burn/") for key in event.because)


def life(case: Case) -> Answer:
    """When it is first crewed, on how many days, and how it ends."""
    lane = case.kept
    start = case.programme.span.start
    entry = ended(lane)
    over = entry.date if entry else case.end
    aboard = [day for day, people in lane.days("crew") if people > 0 and day < over]
    total = max(1, (over - start).days)
    words = [_crewed(aboard, start, over, total)]
    if entry is None:
        days = lane.days("altitude")
        words.append(f"On {case.end} it still flies" + (f", at {number(days[-1][1])} km." if days else "."))
    elif is_controlled(entry):
        words.append(f"It is brought down under control on {entry.date}.")
    else:
        words.append(f"It enters the atmosphere without control on {entry.date}.")
    lost = lane.first("attitude-lost")
    if lost is not None and lost.date < over:
        words.append(f"Attitude control is lost on {lost.date}{case.why(lane, lost, 2)}.")
    steps = case.steps(lane, entry)
    question = "What becomes of the station?"
    return Answer("headline", question, " ".join(words), entry.date if entry else None, None, "", steps)


def _crewed(aboard: list[dt.date], start: dt.date, over: dt.date, total: int) -> str:
    if not aboard:
        return f"Nobody lives on the station from {start} to {over}."
    share = 100.0 * len(aboard) / total
    until = "to the end of the run" if (over - aboard[-1]).days <= 1 else f"until {aboard[-1]}"
    first = "from the first day" if aboard[0] == start else f"from {aboard[0]}"
    text = f"people live on the station {first} {until}, on {number(float(len(aboard)))} of {number(float(total))} days"
    return sentence(f"{text} ({number(share)} %)")
