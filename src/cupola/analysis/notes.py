"""What a reader should know before a run: an old record, no ships to come, a departure after the end."""

from __future__ import annotations

from cupola.programme.programme import Programme
from cupola.scenario.knowledge import OLD_DAYS


def notes(programme: Programme) -> list[str]:
    """What a reader should know before the run: an old record, no ships to come, a departure after the end."""
    found = []
    last = programme.record_until if programme.flights else None
    old = 0 if last is None else (programme.as_of - last).days
    if old > OLD_DAYS and programme.span.end > programme.as_of >= programme.span.start:
        found.append(
            f"The record ends on {last}, {old} days before the as-of day; what happened in them is not known, so it is "
            "computed."
        )
    if not programme.services:
        found.append(
            f"No line of flights is known on {programme.as_of}: only ships already aboard or announced fly, so the "
            "station ends with them whoever leaves."
        )
    leaving, span = programme.departure, programme.span
    if leaving is not None and leaving.after >= span.end:
        found.append(
            f"The last day of full service, {leaving.after}, lies after the end of the run, {span.end}: nothing of the "
            "departure is simulated. Set a later span.end."
        )
    return found
