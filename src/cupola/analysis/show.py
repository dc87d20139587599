"""The station on one day: from the record up to the as-of day, from a run after it."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from typing import Any

from cupola.analysis.lane import Tables, nominal_lanes
from cupola.analysis.pending import in_words
from cupola.base.errors import DomainError
from cupola.base.quantity import UNITS
from cupola.programme.programme import Programme
from cupola.programme.record import Expedition
from cupola.programme.station import Element

_LONG_GAP_DAYS = 30
_LAST_HAPPENINGS = 6
_VISITOR = "visitor"
"""Role of a person who came for a visit."""


def station_on(programme: Programme, day: dt.date) -> dict[str, Any]:
    """What the record says of the station at the end of a day: elements, ships, people, mass, altitude and stores.

    ``mass_kg`` is elements, stores, what no row lists (by the rule of ``programme/outfitting.py``) and the docked ships
    that published totals count, at their type's mass; ``mass_without_ships_kg`` has no ship, ``mass_together_kg`` all.
    Stores are at the level of the day they were measured, so the mass of another day is approximate. ``altitude_km``
    is interpolated between recorded mean altitudes, and null where none is near; ``note`` says where the two are
    uncertain, ``pending`` what is on its way and what the record leaves open. ``visitors`` are those of the people
    aboard who came for a visit. Raises DomainError on a day before the first element was launched.
    """
    first = min((row.launched for row in programme.elements.values()), default=day)
    if day < first:
        raise DomainError(f"{day} is before the station exists; its first element was launched on {first}")
    ended = programme.deorbit.ended
    if ended is not None and day >= ended:
        return _over(programme, day, ended)
    attached = programme.attached_on(day)
    docked = sorted(programme.docked_on(day).values(), key=lambda row: row[0])
    people = [row for row in programme.people if row.arrived <= day and (row.left is None or row.left > day)]
    unnamed = sum(count for crew in programme.unnamed_on(day).values() for _, count in crew)
    held: dict[str, float] = {}
    for store in programme.stores.values():
        if store.element in attached:
            held[store.commodity] = held.get(store.commodity, 0.0) + store.level.value
    altitude, notes = _altitude(programme, day)
    if attached and abs((day - programme.orbit.epoch).days) > _LONG_GAP_DAYS:
        notes.append(f"stores are as known for {programme.orbit.epoch}, so the mass is approximate")
    return {
        **_head(programme, day),
        "elements": _elements(programme, day, frozenset()),
        "docked": [
            {"vehicle": flight.name, "port": port, "since": _since(flight.moves, flight.docked, day)}
            for port, flight in docked
        ],
        "crew_aboard": len(people) + unnamed,
        "visitors": unnamed + sum(row.role == _VISITOR for row in people),
        "crew": [row.name for row in people],
        "expeditions": _expeditions(programme, day),
        "pending": in_words(programme, day),
        **_mass(programme, day, sum(held.values())),
        "altitude_km": altitude,
        "stores": {key: round(value, 1) for key, value in held.items()},
        "chronicle": _chronicle(programme, day),
        **_note(notes),
    }


def _over(programme: Programme, day: dt.date, ended: dt.date) -> dict[str, Any]:
    """A station that is no more."""
    return {
        **_head(programme, day),
        "elements": [],
        "docked": [],
        "crew_aboard": 0,
        "visitors": 0,
        "crew": [],
        "expeditions": [],
        "pending": [],
        "mass_kg": 0.0,
        "mass_without_ships_kg": 0.0,
        "mass_together_kg": 0.0,
        "altitude_km": None,
        "stores": {},
        "chronicle": _chronicle(programme, day),
        **_note([f"the station ended on {ended}"]),
    }


def _mass(programme: Programme, day: dt.date, stores: float) -> dict[str, float]:
    """The mass by what of the ships it counts [kg]; nothing before there is an element."""
    attached = programme.attached_on(day)
    alone = 0.0
    if attached:
        fixed = sum(row.mass.value for row in attached.values())
        alone = fixed + stores + programme.orbit.unlisted_mass.value * programme.unlisted_share(day)
    ships = [programme.vehicles[flight.vehicle] for _, flight in programme.docked_on(day).values()]
    counted = sum(ship.mass.value for ship in ships if ship.counted)
    together = sum(ship.mass.value for ship in ships)
    return {
        "mass_kg": round(alone + counted, 1),
        "mass_without_ships_kg": round(alone, 1),
        "mass_together_kg": round(alone + together, 1),
    }


def _expeditions(programme: Programme, day: dt.date) -> list[dict[str, Any]]:
    """The expedition that has the station on a day; also the next one's name where its first day is not on record."""
    rows = list(programme.expeditions.values())
    return [
        {
            "id": row.id,
            "name": row.name,
            "commander": _commanders(row, programme.as_of),
            "since": row.begin.isoformat(),
            "undated_next": after.name if after is not None and after.begin is None else "",
        }
        for row, after in zip(rows, [*rows[1:], None], strict=False)
        if row.begin is not None and row.begin <= day and (row.end is None or day < row.end)
    ]


def _commanders(row: Expedition, as_of: dt.date) -> str:
    """Who commands it, in turn. The days of the turns are not on record, so before its end only the first is known."""
    turns = [name.strip() for name in row.commander.split(">")]
    over = row.end is not None and row.end <= as_of
    if len(turns) > 1 and not over:
        return f"{turns[0]} at its beginning"
    return ", then ".join(turns)


def _chronicle(programme: Programme, day: dt.date) -> list[dict[str, Any]]:
    """The last happenings up to a day, latest first."""
    known = sorted((row for row in programme.chronicle.values() if row.day <= day), key=lambda row: row.day)
    return [
        {
            "day": row.day.isoformat(),
            "kind": row.kind,
            "subject": row.subject,
            "text": row.text,
            "value": None if row.value is None else row.value / UNITS[row.unit][1],
            "unit": row.unit if row.value is not None else "",
            "source": row.source,
            "status": row.status,
        }
        for row in reversed(known[-_LAST_HAPPENINGS:])
    ]


def station_on_run(programme: Programme, tables: Tables, day: dt.date) -> dict[str, Any]:
    """What a run says of the station on a day of its span, in its nominal future with rules kept.

    The names of people are those of the record as far as they are still aboard by it; a run counts people only.
    """
    lane, _ = nominal_lanes(tables)
    dates = lane.series.get("date", [])
    place = bisect_left(dates, day)
    if place == len(dates) or not dates:
        place = len(dates) - 1
    row = {key: values[place] for key, values in lane.series.items()} if place >= 0 else {}
    cut = lane.first("separated")
    gone = frozenset(programme.hanging_on(cut.subject)) if cut and cut.date <= day else frozenset()
    docked = [
        {"vehicle": stay["name"] or stay["flight"], "port": stay["port"], "since": _iso(stay["arrived"])}
        for stay in lane.stays
        if (stay["arrived"] is None or stay["arrived"] <= day) and (stay["left"] is None or stay["left"] > day)
    ]
    notes = [f"computed from {programme.span.start} on, as known on {programme.as_of}; {lane.label}"]
    if row and row["date"] != day:
        notes.append(f"the run keeps {row['date']}, not {day}")
    entry = lane.first("entry")
    if entry is not None and entry.date <= day:
        notes.append(f"the station entered the atmosphere on {entry.date}")
        gone, docked = frozenset(programme.elements), []
    stores = {key: round(row[key], 1) for key in ("propellant", "oxygen", "water", "food") if row.get(key) is not None}
    height, mass, crew = row.get("altitude"), row.get("mass"), row.get("crew")
    return {
        **_head(programme, day),
        "elements": _elements(programme, day, gone),
        "docked": sorted(docked, key=lambda ship: ship["port"]),
        "crew_aboard": crew if crew is not None else 0,
        "visitors": None,
        "crew": [],
        "mass_kg": None if mass is None else round(mass, 1),
        "altitude_km": None if height is None else round(height, 2),
        "stores": stores,
        **_note(notes),
    }


def _note(notes: list[str]) -> dict[str, str]:
    return {"note": "; ".join(notes)} if notes else {}


def _head(programme: Programme, day: dt.date) -> dict[str, Any]:
    return {"scenario": programme.id, "date": day.isoformat(), "as_of": programme.as_of.isoformat()}


def _elements(programme: Programme, day: dt.date, gone: frozenset[str]) -> list[dict[str, Any]]:
    return [
        {
            "id": key,
            "name": row.name,
            "host": _host(programme, row, day),
            "owner": row.owner,
            "operator": row.operator,
            "mass_kg": round(row.mass.value, 1),
        }
        for key, row in programme.attached_on(day).items()
        if key not in gone
    ]


def _host(programme: Programme, element: Element, day: dt.date) -> str:
    """What an element hangs on; empty while its host has not come yet, for the two were joined later."""
    host = element.host_on(day)
    return host if host in programme.attached_on(day) else ""


def _since(moves: tuple[tuple[dt.date, str], ...], docked: dt.date | None, day: dt.date) -> str | None:
    """The day on which the ship came to its present port."""
    return _iso(max((moved for moved, _ in moves if moved <= day), default=docked))


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _altitude(programme: Programme, day: dt.date) -> tuple[float | None, list[str]]:
    """Mean altitude in km between the recorded ones, with a note when the nearest are far apart."""
    rows = sorted(programme.altitudes, key=lambda row: row.day)
    days = [row.day for row in rows]
    place = bisect_left(days, day)
    if place < len(rows) and days[place] == day:
        return round(rows[place].altitude / 1000.0, 2), []
    if place == 0 or not rows:
        return None, ["no mean altitude is recorded up to this day"]
    before = rows[place - 1]
    if place == len(rows):
        gap = (day - before.day).days
        if gap > _LONG_GAP_DAYS:
            return None, [f"the last recorded mean altitude is of {before.day}, {gap} days before"]
        return round(before.altitude / 1000.0, 2), [f"the mean altitude is that of {before.day}"]
    after = rows[place]
    share = (day - before.day).days / (after.day - before.day).days
    height = before.altitude + share * (after.altitude - before.altitude)
    gap = (after.day - before.day).days
    note = f"the mean altitude is interpolated over {gap} days, from {before.day} to {after.day}"
    return round(height / 1000.0, 2), [note] if gap > _LONG_GAP_DAYS else []
