"""How answers are worded: numbers to three significant digits, names of things, and a phrase for each kind of event."""

from __future__ import annotations

import math
from collections.abc import Sequence

from cupola.programme.programme import Programme

# Kind of event -> phrase; {name} is the name of the subject. The words stay true for every programme.
_PHRASES = {
    "partner-exit-begins": "the exit of {name} begins",
    "partner-left": "{name} has left and gives no more service",
    "crew-flights-end": "the crew flights of {name} end",
    "cargo-flights-end": "the cargo flights of {name} end",
    "element-inert": "{name} is left where it is, and nobody runs it",
    "element-transferred": "{name} is transferred to a new owner",
    "element-sold": "{name} is sold",
    "element-taken-over": "{name} is run by its new operator",
    "element-waits": "{name} waits for a ship to bring it down",
    "element-deorbited": "{name} leaves with a ship and is brought down",
    "spares-exhausted": "the spares left by {name} are used up",
    "handed-over": "the elements of {name} are handed over to the new operator",
    "launch": "{name} is launched",
    "launch-failed": "the launch of {name} fails",
    "port-blocked": "no port is free for {name}",
    "docking": "{name} arrives",
    "undocking": "{name} leaves",
    "no-ship": "no ship of the type {name} is docked",
    "service-ended": "the flights of {name} end",
    "provider-lost": "{name} can no longer be used",
    "provider-back": "{name} can be used again",
    "function-lost": "nothing provides {name} any more",
    "function-short": "too little of {name} is provided",
    "function-back": "there is enough of {name} again",
    "store-empty": "the {name} in reach is used up",
    "ship-stuck": "{name} cannot be let go",
    "air-foul": "{name} in the cabin is above the limit",
    "rule-crossed": "the rule '{name}' is broken",
    "rule-met": "the rule '{name}' is kept again",
    "reboost": "a reboost is made",
    "supply-unrecorded": "the record took propellant that no flight of it brought",
    "reboost-missed": "a reboost is due and cannot be made",
    "avoidance-missed": "debris comes near and no avoidance manoeuvre can be made",
    "phasing-missed": "a correction for a ship is due and cannot be made",
    "saturation": "the gyros are full",
    "gyro-failed": "a gyro fails",
    "attitude-lost": "attitude control is lost",
    "power-lost": "power and cooling are lost",
    "crew-ordered-off": "the crew is ordered to leave",
    "crew-left": "the last people leave {name}",
    "crew-absent": "nobody trained by {name} is aboard",
    "stranded": "there are more people aboard than return seats",
    "separated": "the station is cut at {name}",
    "element-attached": "{name} is attached",
    "element-detached": "{name} leaves the station",
    "element-lost": "{name} is lost on its way",
    "element-stranded": "{name} has nothing to hang on and does not come",
    "not-attached": "{name} is not there yet",
    "out-of-service": "{name} is out of service",
    "let-sink": "the station is let sink for a controlled end",
    "burn": "{name} is made",
    "end-missed": "the burns of the controlled end cannot be made",
    "deorbit-lost": "a controlled deorbit is no longer possible",
    "deorbit-back": "a controlled deorbit is possible again",
    "altitude-below": "the orbit is below the limit '{name}'",
    "entry": "{name} enters the atmosphere",
}


# Beginning of the kind of an event -> where the Programme keeps the names of its subjects; the rest are flights.
_NOUNS = {
    "partner": "partners",
    "spares-exhausted": "partners",
    "crew-flights-end": "partners",
    "cargo-flights-end": "partners",
    "handed-over": "partners",
    "crew-absent": "partners",
    "no-ship": "vehicles",
    "provider": "provisions",
    "out-of-service": "provisions",
    "element": "elements",
    "not-attached": "elements",
    "burn": "burns",
    "function": "functions",
    "rule": "rules",
    "separated": "elements",
    "entry": "elements",
}


def number(value: float) -> str:
    """A number to three significant digits, with commas and without needless zeros.

    >>> number(12345.6), number(0.04567), number(417.0), number(-2.5), number(0.0)
    ('12,300', '0.0457', '417', '-2.5', '0')
    """
    if value == 0.0 or not math.isfinite(value):
        return "0" if value == 0.0 else str(value)
    digits = 2 - math.floor(math.log10(abs(value)))
    rounded = round(value, digits)
    text = f"{rounded:,.{max(0, digits)}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def amount(value: float, unit: str) -> str:
    """A number with its unit; the unit ``1`` is not written."""
    return f"{number(value)} {unit}".rstrip() if unit not in ("", "1") else number(value)


def listing(items: Sequence[str]) -> str:
    """``a``, ``a and b``, or ``a, b and c``."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}" if items else "nothing"


def sentence(text: str) -> str:
    """Begin with a capital and end with one full stop."""
    cleaned = text.strip()
    return f"{cleaned[:1].upper()}{cleaned[1:].rstrip('.')}." if cleaned else ""


def name_of(programme: Programme, kind: str, subject: str, flights: dict[str, str] | None = None) -> str:
    """The display name of the subject of an event or record of this kind; its id where there is none.

    flights    flight id -> name, for flights that only the run knows
    """
    if kind == "service-ended" and subject in programme.services:
        kind, subject = "no-ship", programme.services[subject].vehicle
    if subject == "station":
        return "the station"
    if flights and subject in flights:
        return flights[subject]
    noun = noun_table(kind)
    row = getattr(programme, noun).get(subject)
    if row is None:
        return subject.replace("_", " ")
    return lower_first(row.name) if noun == "functions" else str(row.name)


def noun_table(kind: str) -> str:
    """Where a programme keeps what an event or a condition of this kind is about.

    >>> noun_table("provider-lost")
    'provisions'
    """
    return next((table for begin, table in _NOUNS.items() if kind.startswith(begin)), "flights")


def lower_first(text: str) -> str:
    """The text with a small first letter, unless its first word is an abbreviation or holds a digit.

    >>> lower_first("Reboost"), lower_first("CO2 removal")
    ('reboost', 'CO2 removal')
    """
    word = text.split(" ", 1)[0]
    return text[:1].lower() + text[1:] if word[1:].islower() or len(word) == 1 else text


def phrase(programme: Programme, key: str, flights: dict[str, str] | None = None) -> str:
    """An event key in words, without its date: ``function-lost/reboost`` -> nothing provides reboost any more."""
    kind, _, subject = key.partition("/")
    name = name_of(programme, kind, subject, flights)
    wording = _PHRASES.get(kind)
    return wording.format_map({"name": name}) if wording else f"{kind.replace('-', ' ')}: {name}"
