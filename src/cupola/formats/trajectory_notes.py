"""What the comments of a station's ephemeris tell: mass, drag, and the table of coming events.

The releases of the station's flight control write ``MASS=``, ``DRAG_AREA=`` (m2) and ``DRAG_COEFF=`` into the comments,
and a table with one event in two lines: name, day of the year and time, velocity change (m/s), heights of apogee and
perigee (km) at that time; below them the same in ft/s and nautical miles.

**Assumptions and limits.** The table gives a burn's size without its sign. The sign is that of the change of the mean
of the two heights, which the states show between the revolution before the burn and one after it. Heights are above
6,378.137 km.
Source: the ephemerides of the International Space Station, Johnson Space Center, in CCSDS OEM.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from cupola.base.errors import DomainError
from cupola.base.instants import DAY_S, NS, LeapSeconds, parse_instant, utc_day
from cupola.base.time import from_mjd
from cupola.formats.decimals import number
from cupola.formats.findings import Findings

KINDS = ("burn", "docking", "undocking", "launch", "relocation", "spacewalk", "other")
_VALUES = ("MASS", "DRAG_AREA", "DRAG_COEFF", "SOLAR_RAD_AREA", "SOLAR_RAD_COEFF")
_VALUE = re.compile(rf"\s*({'|'.join(_VALUES)})\s*=\s*(\S+)\s*")
_EVENT = re.compile(
    r"\s*(\S.{0,60}?)\s+(\d{3}):(\d{2}):(\d{2}):(\d{2}\.\d{1,6})(?:\s+\d+)?\s+(\S+)\s+(\S+)\s+(\S+)\s*", re.ASCII
)
_ENGLISH = re.compile(r"\s*\((\S+)\)\s+\((\S+)\)\s+\((\S+)\)\s*")
_BEGIN, _END, _RULE = "Begin sequence of events", "End sequence of events", "====="
_WORDS = (
    ("undocking", re.compile(r"undock|unberth|release|depart", re.I)),
    ("docking", re.compile(r"dock|berth|arrival|capture", re.I)),
    ("launch", re.compile(r"launch", re.I)),
    ("relocation", re.compile(r"relo", re.I)),
    ("spacewalk", re.compile(r"\beva\b|hatch", re.I)),
    ("burn", re.compile(r"re-?b(oost)?\b|reboost|deboost|\bburn|\bp?dam\b|\bavoid", re.I)),
)
FOOT, NAUTICAL_MILE = 0.3048, 1.852
"""[m], [km]. Source: international foot (1959) and nautical mile (1929)."""


@dataclass(frozen=True)
class TrajectoryEvent:
    """One row of the table of events."""

    name: str
    kind: str
    """One of KINDS; a row with a velocity change is a burn whatever its name"""
    instant: int
    """TAI nanoseconds since 2000-01-01T00:00:00 TAI"""
    delta_v: float
    """[m/s] size of the velocity change, as the table gives it"""
    apogee_height: float
    """[m] at that time, before the burn"""
    perigee_height: float
    """[m] at that time, before the burn"""
    sign: int = 0
    """+1 raises the orbit, -1 lowers it, 0 when it is no burn or the states do not show it"""
    along_track: float | None = None
    """[m/s] velocity change along the track that the states show; None without a revolution of states on both sides"""


@dataclass(frozen=True)
class TrajectoryNotes:
    """Mass, drag and events; None for what the comments do not tell."""

    mass: float | None = None
    """[kg]"""
    drag_area: float | None = None
    """[m2]"""
    drag_coefficient: float | None = None
    solar_area: float | None = None
    """[m2]"""
    solar_coefficient: float | None = None
    events: tuple[TrajectoryEvent, ...] = ()
    unread: tuple[str, ...] = ()
    """Lines within the table of events that are no event in a known form"""

    @property
    def area_to_mass(self) -> float | None:
        """Drag coefficient times area over mass [m2/kg], the one number an ephemeris identifies."""
        if self.mass is None or self.drag_area is None or self.drag_coefficient is None:
            return None
        return self.drag_coefficient * self.drag_area / self.mass


def comments_of(mass: float, drag_area: float, drag_coefficient: float) -> tuple[str, ...]:
    """Comments that tell mass [kg], drag area [m2] and drag coefficient, in the form that ``notes_of`` reads.

    >>> comments_of(450000.0, 1500.0, 2.2)[1:]
    ('MASS=450000.0', 'DRAG_AREA=1500.0', 'DRAG_COEFF=2.2')
    """
    return (
        "Units are in kg and m^2",
        f"MASS={mass!r}",
        f"DRAG_AREA={drag_area!r}",
        f"DRAG_COEFF={drag_coefficient!r}",
    )


def check_notes(
    comments: Iterable[tuple[int, str]], start: int, stop: int, findings: Findings, leap: LeapSeconds
) -> TrajectoryNotes:
    """Read comments with their lines; what is wrong with them is noted. The signs of burns are left open."""
    values: dict[str, float] = {}
    events: list[TrajectoryEvent] = []
    unread: list[str] = []
    place, before = "outside", 0
    for line, text in comments:
        match = _VALUE.fullmatch(text)
        if match is not None:
            _value(values, match, line, findings)
        elif text.strip() == _BEGIN:
            place, before = "heading", line
        elif text.strip() == _END:
            place = "outside"
        elif place != "outside" and text.strip().startswith(_RULE):
            place = "table" if place == "heading" else "outside"
        elif place == "table" and text.strip():
            _row(events, unread, (line, text), (start, stop), findings, leap)
    if place == "table":
        findings.add(before, "events", "have no end", expected=_END)
    mass, drag_area, drag_coefficient, solar_area, solar_coefficient = (values.get(key) for key in _VALUES)
    return TrajectoryNotes(
        mass, drag_area, drag_coefficient, solar_area, solar_coefficient, tuple(events), tuple(unread)
    )


def _value(values: dict[str, float], match: re.Match[str], line: int, findings: Findings) -> None:
    key = match[1]
    value = findings.read(line, key, number, match[2])
    if value is None:
        return
    if key in values:
        findings.add(line, key, "stands twice")
    elif value < 0.0 or (key == "MASS" and value == 0.0):
        findings.add(line, key, "is not right", match[2], "a mass above 0" if key == "MASS" else "0 or more")
    else:
        values[key] = value


def _row(
    events: list[TrajectoryEvent],
    unread: list[str],
    noted: tuple[int, str],
    span: tuple[int, int],
    findings: Findings,
    leap: LeapSeconds,
) -> None:
    """An event, the second line of the one before, or a line that is kept as it stands."""
    line, text = noted
    english, match = _ENGLISH.fullmatch(text), _EVENT.fullmatch(text)
    try:
        if english is not None and events:
            _compare(events[-1], [number(word) for word in english.groups()])
        elif match is not None:
            numbers = [number(word) for word in match.groups()[5:]]
            instant = _instant(match.groups()[1:5], span, leap)
            events.append(_event(match[1], instant, numbers))
        else:
            unread.append(text.strip())
    except DomainError as error:
        findings.add(line, "event", str(error))


def _event(name: str, instant: int, numbers: list[float]) -> TrajectoryEvent:
    size, apogee, perigee = numbers
    if not 0.0 <= size < 1_000.0:
        raise DomainError(f"a velocity change of {size} m/s is outside 0 to 1000")
    if not -100.0 < perigee <= apogee + 0.05 or apogee > 1e6:
        raise DomainError(f"heights of {apogee} and {perigee} km are no apogee and perigee")
    kind = next((kind for kind, words in _WORDS if words.search(name)), "other")
    return TrajectoryEvent(name, "burn" if size > 0.0 else kind, instant, size, apogee * 1e3, perigee * 1e3)


def _compare(event: TrajectoryEvent, english: list[float]) -> None:
    """The second line says the same in feet and nautical miles; each number has one decimal."""
    metric = (event.delta_v, event.apogee_height / 1e3, event.perigee_height / 1e3)
    for ours, theirs, unit in zip(metric, english, (FOOT, NAUTICAL_MILE, NAUTICAL_MILE), strict=True):
        if abs(ours - theirs * unit) > 0.1 * (1.0 + unit) + 0.01:
            raise DomainError(f"{theirs} in English units is not {ours:g} in metric ones")


def _instant(words: tuple[str, ...], span: tuple[int, int], leap: LeapSeconds) -> int:
    """The time of a day of the year, in the year that brings it nearest to the segment."""
    day, hour, minute, second = words
    middle = (span[0] + span[1]) // 2
    year = from_mjd(utc_day(middle, leap)[0]).year
    found: list[int] = []
    for candidate in (year - 1, year, year + 1):
        try:
            found.append(parse_instant(f"{candidate}-{day}T{hour}:{minute}:{second}", "UTC", leap))
        except DomainError:
            continue
    if not found:
        raise DomainError(f"{day}:{hour}:{minute}:{second} is no time of the year {year}")
    best = min(found, key=lambda instant: abs(instant - middle))
    if not span[0] - 31 * DAY_S * NS <= best <= span[1] + 31 * DAY_S * NS:
        raise DomainError(f"day {day} of {dt.date(year, 1, 1):%Y} is over a month outside the segment")
    return best
