"""How sure: the spread of the day on which the station is empty over the sampled futures of a run."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence

from cupola.analysis.answer import Answer, Case
from cupola.analysis.ends import emptied
from cupola.analysis.lane import Tables, event_lanes, rows_of
from cupola.analysis.words import listing

LEVELS = (10, 50, 90)


def percentile(days: Sequence[dt.date | None], level: int) -> dt.date | None:
    """The day by which ``level`` percent of the futures have come to it; None when fewer do. Nearest rank.

    days    one a future; None where it does not happen within the span

    >>> percentile([dt.date(2030, 1, 3), None, dt.date(2030, 1, 1), dt.date(2030, 1, 2)], 50)
    datetime.date(2030, 1, 2)
    """
    came = sorted(day for day in days if day is not None)
    rank = math.ceil(level / 100.0 * len(days))
    return came[rank - 1] if 0 < rank <= len(came) else None


def _beside(case: Case, days: Sequence[dt.date | None], enforced: bool, usual: Tables | None) -> list[str]:
    """How many of the futures end before the exit, which is not the exit's doing, and how many without it."""
    over = case.exit_over
    early = sum(day is not None and over is not None and day < over for day in days)
    if not early:
        return []
    text = f"In {early} of them that is before the exit, for other reasons"
    if usual is not None:
        lanes = event_lanes(usual)
        sampled = [row for row in rows_of(usual, "futures") if not row["nominal"] and row["enforced"] == enforced]
        count = sum(row["future"] in lanes and emptied(lanes[row["future"]]) is not None for row in sampled)
        text += f"; if nobody leaves, {count} of {len(sampled)} are emptied too"
    return [f"{text}."]


def spread(case: Case, tables: Tables, usual: Tables | None = None) -> Answer | None:
    """P10, P50 and P90 of the day on which the station is empty, or None when the run sampled nothing.

    usual    tables of the baseline, of which it is said how many futures end there too
    """
    sampled = [row for row in rows_of(tables, "futures") if not row["nominal"]]
    if not sampled:
        return None
    lanes = event_lanes(tables)
    texts: list[str] = []
    middle: dt.date | None = None
    came = 0
    for enforced, label in ((True, "rules kept"), (False, "rules waived")):
        futures = [row["future"] for row in sampled if row["enforced"] == enforced]
        if not futures:
            continue
        found = [emptied(lanes[future]) if future in lanes else None for future in futures]
        days = [row.date if row else None for row in found]
        held = {level: percentile(days, level) for level in LEVELS}
        count = sum(day is not None for day in days)
        if not texts:
            middle, came = held[50], count
        levels = ", ".join(f"P{level} {day}" for level, day in held.items() if day)
        later = [f"P{level}" for level, day in held.items() if not day]
        if later:
            levels += f"{', ' if levels else ''}{listing(later)} not before {case.end}"
        texts.append(f"With {label}, the station is emptied in {count} of {len(days)} sampled futures: {levels}.")
        texts += _beside(case, days, enforced, usual)
    question = f"How sure is the date on which the station is empty {case.condition}?"
    return Answer("sampled", question, " ".join(texts), middle, float(came), "futures")
