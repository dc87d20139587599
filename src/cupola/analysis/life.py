"""The life of a station that nobody leaves: when it is first lived in, for how long, and how it ends."""

from __future__ import annotations

import datetime as dt
import itertools

from cupola.analysis.answer import Answer, Case
from cupola.analysis.lane import Event, Lane, Tables, event_lanes, rows_of
from cupola.analysis.spread import LEVELS, percentile
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


def is_planned(case: Case) -> bool:
    """Whether the station ends by the burns of its planned end, so that nothing breaks by it."""
    event = ended(case.kept)
    return event is not None and is_controlled(event)


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
        words += _not_reached(case, lane)
    elif is_controlled(entry):
        words.append(f"It is brought down under control on {entry.date}.")
    else:
        words.append(f"It enters the atmosphere without control on {entry.date}.")
    real = case.programme.deorbit.ended
    if real is not None and entry is not None and real != entry.date:
        days_off = (entry.date - real).days
        words.append(
            f"On record it ended on {real}; the run is {abs(days_off)} day{'' if abs(days_off) == 1 else 's'} "
            f"{'late' if days_off > 0 else 'early'}."
        )
    lacking = lane.first("supply-unrecorded")
    if lacking is not None and lacking.value is not None and lacking.value > 100.0:
        tonnes = number(lacking.value / 1000.0)
        words.append(f"To follow the record took {tonnes} t of propellant that the run did not find aboard.")
    lost = lane.first("attitude-lost")
    if lost is not None and lost.date < over:
        words.append(f"Attitude control is lost on {lost.date}{case.why(lane, lost, 2)}.")
    steps = case.steps(lane, entry)
    question = "What becomes of the station?"
    return Answer("headline", question, " ".join(words), entry.date if entry else None, None, "", steps)


def life_spread(case: Case, tables: Tables) -> Answer | None:
    """How often the sampled futures bring people aboard and how they end, or None when the run sampled nothing."""
    sampled = [row["future"] for row in rows_of(tables, "futures") if not row["nominal"] and row["enforced"]]
    if not sampled:
        return None
    lanes = event_lanes(tables)
    found = [lanes[future] for future in sampled if future in lanes]
    # A future in which nothing happens has no events, and counts all the same.
    crews: list[dt.date | None] = [None] * (len(sampled) - len(found))
    crews += [next((row.date for row in lane.of("docking") if (row.value or 0.0) > 0.5), None) for lane in found]
    ends = [ended(lane) for lane in found]
    first = {level: percentile(crews, level) for level in LEVELS}
    levels = ", ".join(f"P{level} {day or f'not before {case.end}'}" for level, day in first.items())
    count, all_of = sum(day is not None for day in crews), len(sampled)
    known = case.programme.record_until or dt.date.min
    # That people come is news only where they have not come on record.
    told = _crewed_at_first(case) or (first[50] is not None and first[50] <= known)
    words = [] if told else [f"In {count} of {all_of} sampled futures people come: {levels}."]
    down = [row for row in ends if row is not None]
    controlled = sum(is_controlled(row) for row in down)
    if controlled or (down and case.programme.deorbit.begin is not None):
        words.append(f"In {controlled} of {all_of} futures it is brought down under control before {case.end}.")
    if len(down) > controlled:
        words.append(f"In {len(down) - controlled} of {all_of} it falls without control.")
    lost = sum(lane.first("attitude-lost") is not None for lane in found)
    if lost:
        words.append(f"In {lost} of {all_of} attitude control is lost.")
    question = "How sure is that?"
    words = words or [f"None of {len(sampled)} sampled futures comes to an end before {case.end}."]
    return Answer("sampled", question, " ".join(words), first[50], float(len(sampled)), "futures")


def _crewed_at_first(case: Case) -> bool:
    """Whether people are aboard on the first day."""
    crew = case.kept.days("crew")
    return bool(crew) and crew[0][1] > 0


def _not_reached(case: Case, lane: Lane) -> list[str]:
    """A planned end that was begun and did not come within the span."""
    begun = lane.first("let-sink")
    if begun is None:
        return []
    hold = number(case.programme.deorbit.hold.value / 1000.0)
    return [f"The planned end, begun on {begun.date}, is not reached: its burns are made at {hold} km."]


def _longest_gap(aboard: list[dt.date]) -> tuple[int, dt.date, dt.date]:
    """The longest time without people between two days with people: days, first and last day of it."""
    day = dt.timedelta(days=1)
    gaps = [((late - early).days - 1, early + day, late - day) for early, late in itertools.pairwise(aboard)]
    return max(gaps, default=(0, aboard[0], aboard[0]))


def _crewed(aboard: list[dt.date], start: dt.date, over: dt.date, total: int) -> str:
    if not aboard:
        return f"Nobody lives on the station from {start} to {over}."
    share = 100.0 * len(aboard) / total
    left = aboard[-1] + dt.timedelta(days=1)
    until = "to the end of the run" if left >= over else f"until {left}"
    first = "from the first day" if aboard[0] == start else f"from {aboard[0]}"
    text = f"people live on the station {first} {until}, on {len(aboard):,} of {total:,} days ({number(share)} %)"
    gap, since, last = _longest_gap(aboard)
    return sentence(f"{text}; longest without people from {since} to {last}" if gap > 1 else text)
