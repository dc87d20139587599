"""A run that began before its as-of day: its programme, its flights and crews on record, and where its ships were."""

from __future__ import annotations

from typing import Any

from cupola.programme.programme import Programme
from cupola.programme.traffic import Flight
from cupola.simulation.clock import simulate
from support.nouns import flight, port
from support.small_station import more, recorded, small
from support.told import NOMINAL, rows

TODAY = 60
"""The as-of day, as a day of the run"""


def past(*flights: Flight, days: int = 90, today: int = TODAY, **changes: Any) -> Programme:
    """A run that began before its as-of day, with these flights on record and nobody else to come."""
    programme = small(days, **({"services": {}, "rules": {}, "flights": {row.id: row for row in flights}} | changes))
    low = port("low", "core", "round")
    return more(recorded(programme, today), ports={"low": low})


def stays(programme: Programme) -> dict[str, list[tuple[str, int, int | None]]]:
    """Port, arrival and leaving of each flight of the nominal future, by flight."""
    found: dict[str, list[tuple[str, int, int | None]]] = {}
    for row in rows(simulate(programme, NOMINAL), "stays"):
        found.setdefault(row["flight"], []).append((row["port"], row["arrived"], row["left"]))
    return found


FLOWN = (
    flight("truck-1", "truck", 5, "front", 31),
    flight("taxi-1", "taxi", 8, "low", 50),
    flight("capsule-1", "capsule", 12, "side", 14, operator="b"),
    flight("tug-1", "tug", 30, "back", 59, operator="b"),
    flight("truck-2", "truck", 31, "front", 60),
)
"""A ship may come on the day on which another leaves its port; the taxi docks where its type usually does not."""


CREWS = (
    # Three of the first crew; one of them goes home only with the next ship, in the place of one who came with it.
    flight("first", "taxi", -20, "front", 15, crew_up=(("a", 3),), crew_down=(("a", 2),)),
    flight("second", "taxi", 10, "top", 30, crew_up=(("a", 2), ("b", 1)), crew_down=(("a", 3),)),
    # One of the second crew is still there and goes with the third, which leaves one of its own to the fourth.
    flight("third", "capsule", 20, "side", 42, operator="b", crew_up=(("b", 2),), crew_down=(("b", 2),)),
    flight("fourth", "taxi", 40, "low", 55, crew_up=(("a", 4),), crew_down=(("a", 3), ("b", 1))),
    # A visit that brings one more home than it brought.
    flight("visit", "taxi", 44, "front", 50, crew_up=(("a", 1),), crew_down=(("a", 2),)),
)
