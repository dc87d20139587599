"""The events of a flight, as ``cupola fly`` is asked for them and tells of them.

Assumptions and limits: those of ``flight.full_events``; the full engine only.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cupola.base.errors import DomainError
from cupola.cli.fly_asked import Asked, Looked, place_of
from cupola.cli.output import print_table, print_text

if TYPE_CHECKING:
    from cupola.flight.course_events import Seen, Sought

OPTION = "--events"
MOST, MOST_JSON = 40, 10_000
"""Events that are told in a table, and in JSON; a file holds all"""


def looked_for(
    asked: Asked, texts: tuple[str | None, str | None], fidelity: str, outs: Sequence[str], source: str | None
) -> Looked:
    """What is looked for; ``texts`` are --events and --events-out, ``outs`` the other files to be written."""
    events, out = texts
    found = () if events is None else _sought(asked, events)
    if events is not None and fidelity.strip().casefold() == "averaged":
        asked.add(OPTION, "events", "are found by the full engine only", fidelity, "--fidelity full")
    place = None if out is None else _place(asked, out, outs, source)
    if out is not None and events is None:
        asked.add("--events-out", "events", "are not asked for", out, remedy="Name them by --events.")
    return Looked(found, place)


def _sought(asked: Asked, text: str) -> tuple[Sought, ...]:
    from cupola.flight.course_events import ALTITUDE, WORDS, Sought, watches

    found = []
    for part in text.split(","):
        word, given, value = (piece.strip() for piece in part.partition("="))
        word = word.casefold()
        if word not in WORDS or bool(given) != (word == ALTITUDE):
            known = ", ".join(f"{word}=HEIGHT" if word == ALTITUDE else word for word in WORDS)
            asked.add(OPTION, "event", "is not known", part.strip(), known)
            continue
        height = asked.number(OPTION, ALTITUDE, value, "km", -math.inf, math.inf) if given else 0.0
        if height is None:
            continue
        try:
            watches([Sought(word, height)])
        except DomainError as error:
            asked.refused(OPTION, error)
        else:
            found.append(Sought(word, height))
    return tuple(found)


def _place(asked: Asked, out: str, outs: Sequence[str], source: str | None) -> Path | None:
    from cupola.flight.course_events import HEAD

    if Path(out).resolve() in {Path(other).resolve() for other in outs}:
        asked.add("--events-out", "file", "is that of the states", out, remedy="Choose another name.")
        return None
    return place_of(asked, "--events-out", out, source, {".csv": HEAD})


def show_events(looked: Looked, found: Sequence[Seen]) -> None:
    """Print a table of the first of them."""
    rows = [
        {
            "event, UTC": str(one.instant.astype("datetime64[ms]")),
            "what": one.kind,
            "height": f"{one.height / 1e3:.3f} km",
            "latitude": f"{math.degrees(one.latitude):+.3f} deg",
            "longitude": f"{math.degrees(one.longitude):+.3f} deg",
        }
        for one in found[:MOST]
    ]
    print_text("")
    print_table(("event, UTC", "what", "height", "latitude", "longitude"), rows, empty="No such event took place.")
    if len(found) > MOST:
        where = f"{looked.out} holds all" if looked.out is not None else "--events-out FILE writes all"
        print_text(f"and {len(found) - MOST} more ({where})")
    print_text("Events: heights above the ellipsoid.")


def events_json(found: Sequence[Seen]) -> dict[str, Any]:
    """How many there were, and the first of them."""
    return {
        "events_found": len(found),
        "events": [
            {
                "instant": str(one.instant),
                "event": one.kind,
                "height_m": one.height,
                "latitude_deg": math.degrees(one.latitude),
                "longitude_deg": math.degrees(one.longitude),
            }
            for one in found[:MOST_JSON]
        ],
    }
