"""Flights as an iCalendar file: what was flown, what is planned, and what a run computed.

**Assumptions and limits.** Every entry is a whole day (UTC) and takes no time in a calendar. A ship that came gives
one entry for its arrival and one for its departure, and one for each relocation; a flight that never arrived gives its
launch. The identifiers of entries depend on scenario, flight and occasion only, so that a file that is read again
replaces what it gave before. Nothing depends on the clock.

Source: RFC 5545 (iCalendar), sections 3.1 (lines), 3.3.11 (text), 3.6.1 (events).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cupola.programme.programme import Programme
from cupola.programme.traffic import FREE, Flight
from cupola.report.wording import clean

RECORDED, PLANNED, COMPUTED = "recorded", "planned", "computed"
FOLD = 75
"""Octets of one line at most, without its line break."""


@dataclass(frozen=True)
class Entry:
    """One day in the calendar."""

    uid: str
    date: dt.date
    kind: str
    """``recorded``, ``planned`` or ``computed``"""
    summary: str
    description: str
    location: str


def flight_entries(programme: Programme, stays: Sequence[Mapping[str, Any]] | None = None) -> tuple[Entry, ...]:
    """The entries of a programme's flights, in order of day.

    stays      rows of a run's table ``stays`` of one future; what they compute stands in place of the planned flights.
               None for a programme alone.
    """
    found: list[Entry] = []
    for flight in programme.flights.values():
        planned = flight.outcome == "planned"
        if not planned:
            found += _flown(programme, flight, RECORDED)
        elif stays is None:
            found += _flown(programme, flight, PLANNED)
    for stay in stays or ():
        found += _stayed(programme, stay)
    return tuple(sorted(found, key=lambda entry: (entry.date, entry.uid)))


def _flown(programme: Programme, flight: Flight, kind: str) -> Iterator[Entry]:
    """What the record or the plan says of one flight."""
    vehicle = programme.vehicles.get(flight.vehicle)
    about = [f"Vehicle: {vehicle.name if vehicle else flight.vehicle}", f"Launch: {flight.launched}"]
    if flight.crew_up:
        about.append("Brings: " + ", ".join(f"{number} of {partner}" for partner, number in flight.crew_up))
    if kind == RECORDED and flight.outcome != "ok":
        about.append(f"Outcome: {flight.outcome.replace('-', ' ')}")
    about.append(f"Source: {flight.source}")
    text = "\n".join([_kind_words(kind), *about])
    verb = "is to be launched" if kind == PLANNED else "is launched"
    if flight.docked is None:
        yield _entry(programme, flight.id, "launch", flight.launched, kind, f"{flight.name} {verb}", text, "")
        return
    came = "is to arrive" if kind == PLANNED else "arrives"
    place = _port(programme, flight.port)
    at = f" at {place}" if place else ""
    yield _entry(programme, flight.id, "arrival", flight.docked, kind, f"{flight.name} {came}{at}", text, place)
    for day, port in flight.moves:
        target = "" if port == FREE else _port(programme, port)
        summary = f"{flight.name} moves to {target}" if target else f"{flight.name} leaves its port for a time"
        yield _entry(programme, flight.id, f"move-{day:%Y%m%d}", day, kind, summary, text, target)
        place = target
    if flight.undocked is not None:
        left = "is to leave" if kind == PLANNED else "leaves"
        yield _entry(programme, flight.id, "departure", flight.undocked, kind, f"{flight.name} {left}", text, place)


def _stayed(programme: Programme, stay: Mapping[str, Any]) -> Iterator[Entry]:
    """What a run computed of one stay; an arrival or a departure that is on record is left to the record."""
    flight, name, place = str(stay["flight"]), str(stay["name"]), _port(programme, str(stay["port"]))
    vehicle = programme.vehicles.get(str(stay["vehicle"]))
    text = f"{_kind_words(COMPUTED)}\nVehicle: {vehicle.name if vehicle else stay['vehicle']}"
    if stay["crew"]:
        text += f"\nBrings: {stay['crew']} people"
    if not stay["recorded"]:
        summary = f"{name} arrives at {place}"
        yield _entry(programme, flight, "arrival", stay["arrived"], COMPUTED, summary, text, place)
    known = programme.flights.get(flight)
    on_record = known is not None and known.outcome != "planned" and known.undocked is not None
    if stay["left"] is not None and not on_record:
        yield _entry(programme, flight, "departure", stay["left"], COMPUTED, f"{name} leaves", text, place)


def _kind_words(kind: str) -> str:
    return {
        RECORDED: "On record.",
        PLANNED: "Announced, not yet flown.",
        COMPUTED: "Computed: the run's nominal future, not a schedule.",
    }[kind]


def _port(programme: Programme, key: str) -> str:
    port = programme.ports.get(key)
    return port.name if port else key


def _entry(
    programme: Programme, flight: str, occasion: str, day: dt.date, kind: str, summary: str, text: str, place: str
) -> Entry:
    uid = f"{occasion}.{flight}.{programme.id}@cupola"
    return Entry(uid, day, kind, summary, text, place)


def calendar_text(entries: Iterable[Entry], name: str, as_of: dt.date) -> str:
    """The text of an .ics file with its line breaks (CR LF), equal for equal entries.

    name    name of the calendar
    as_of   day on which what the entries say was known; it dates every entry
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Cupola//Flights of a space-station programme//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{escaped(name)}",
    ]
    for entry in entries:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{escaped(entry.uid)}",
            f"DTSTAMP:{as_of:%Y%m%d}T000000Z",
            f"DTSTART;VALUE=DATE:{entry.date:%Y%m%d}",
            f"SUMMARY:{escaped(entry.summary)}",
            f"DESCRIPTION:{escaped(entry.description)}",
            *([f"LOCATION:{escaped(entry.location)}"] if entry.location else []),
            f"CATEGORIES:{entry.kind.upper()}",
            f"STATUS:{'CONFIRMED' if entry.kind == RECORDED else 'TENTATIVE'}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in folded(line))


def escaped(text: str) -> str:
    """A text as a value: backslash, semicolon, comma and line break are escaped, control characters taken out.

    >>> escaped("Hub; front, aft")
    'Hub\\\\; front\\\\, aft'
    """
    lines = [clean(line) for line in text.split("\n")]
    return "\\n".join(line.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,") for line in lines)


def folded(line: str) -> list[str]:
    """A line cut into parts of at most 75 octets; each part after the first begins with a space.

    A letter of several octets is never cut.
    """
    parts: list[str] = []
    part, size = "", 0
    for letter in line:
        octets = len(letter.encode("utf-8"))
        if size + octets > FOLD:
            parts.append(part)
            part, size = " ", 1
        part += letter
        size += octets
    return [*parts, part]
