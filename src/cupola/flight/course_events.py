"""Events of a course by the words that people ask for them, and where over the ground each took place.

Assumptions and limits: those of ``full_events``. Heights and latitudes are those of the ellipsoid, so that a height is
not the mean altitude of the orbit, which is above the equatorial radius.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cupola.base.errors import DomainError
from cupola.base.instants import format_instant
from cupola.flight import full_library as door
from cupola.flight.full_events import KINDS, Event, Watch
from cupola.flight.utc import HELD, to_instant
from cupola.physics.geodesy import geodetic

ALTITUDE = "altitude"
WORDS = {
    "node": ("node", KINDS["node"][1:]),
    "perigee": ("apsis", KINDS["apsis"][1:2]),
    "apogee": ("apsis", KINDS["apsis"][2:]),
    "eclipse": ("umbra", KINDS["umbra"][1:]),
    "penumbra": ("penumbra", KINDS["penumbra"][1:]),
    ALTITUDE: ("height", KINDS["height"][1:]),
}
"""Word; what is watched for it; which of its events are meant"""
COLUMNS = ("epoch_utc", "event", "height_m", "latitude_deg", "longitude_deg")
HEAD = ",".join(COLUMNS[:2])
"""How a table of events begins"""


@dataclass(frozen=True)
class Sought:
    """A kind of event that is asked for."""

    word: str
    """One of WORDS"""
    height: float = 0.0
    """[m] above the ellipsoid, for ALTITUDE only"""

    def __post_init__(self) -> None:
        if self.word not in WORDS:
            raise DomainError(f"event: is not known: got {self.word[:40]!r}; expected one of {', '.join(WORDS)}.")


@dataclass(frozen=True)
class Seen:
    """An event, and where it took place."""

    instant: np.datetime64
    """UTC"""
    kind: str
    """In the words of ``full_events``, without commas"""
    height: float
    """[m] above the ellipsoid"""
    latitude: float
    """[rad] on the ellipsoid, negative south of the equator"""
    longitude: float
    """[rad], positive to the east, -pi to pi"""


def watches(sought: Sequence[Sought]) -> tuple[Watch, ...]:
    """What the full engine is to watch for, each once. Raises DomainError for a height out of range."""
    return tuple(dict.fromkeys(Watch(WORDS[one.word][0], one.height) for one in sought))


def seen(events: Sequence[Event], sought: Sequence[Sought]) -> list[Seen]:
    """The events that are meant by what was asked for, with their places."""
    meant = {kind for one in sought for kind in WORDS[one.word][1]}
    return [_placed(event) for event in events if event.kind in meant]


def _placed(event: Event) -> Seen:
    x, y, z = door.terrestrial_axes(event.instant) @ event.state[:3]
    latitude, height = geodetic(np.sqrt(x * x + y * y), z)
    kind = event.kind.replace(", ", " ")
    return Seen(event.instant, kind, float(height), float(latitude), float(np.arctan2(y, x)))


def events_csv(events: Sequence[Seen]) -> str:
    """A table of events, one a row; times to the microsecond."""
    rows = [",".join(COLUMNS)]
    for one in events:
        instant = format_instant(to_instant(one.instant), "UTC", HELD) + "Z"
        angles = [f"{np.degrees(angle):.6f}" for angle in (one.latitude, one.longitude)]
        rows.append(",".join([instant, one.kind, f"{one.height:.3f}", *angles]))
    return "\n".join([*rows, ""])
