"""What the command line of ``cupola fly`` asks for, read in one pass: each slip becomes a problem.

Assumptions and limits: an option's name stands in each problem as its place.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from cupola.base.errors import DomainError, FormatError, Problem, ScenarioError
from cupola.base.instants import SYSTEMS, parse_instant
from cupola.base.quantity import DAY_S, UNITS, parse_number

if TYPE_CHECKING:
    import numpy as np

    from cupola.flight.course import Refit, Wanted
    from cupola.flight.course_events import Sought
    from cupola.flight.full_library import Floats
    from cupola.flight.full_plan import Craft
    from cupola.flight.start import Start

UNDONE = "Nothing was flown."
LONGEST_DAYS = 60_000.0
LARGEST_BURN = 500.0
"""[m/s]"""
HEAVIEST, WIDEST = 1e9, 1e7
"""[kg], [m2]"""
_DAY = re.compile(r"\d{4}-(?:\d{2}-\d{2}|\d{3})", re.ASCII)
_MINUTE = re.compile(rf"{_DAY.pattern}T\d{{2}}:\d{{2}}", re.ASCII)
_BURN = re.compile(r"\s*(\S+)\s+(\S+?)\s*m/s(?:\s+(prograde|retrograde))?\s*")
_SQUARE = re.compile(r"\s*m(2|\^2|²)\s*$")


@dataclass(frozen=True)
class Looked:
    """Which events are looked for, and where their table goes."""

    sought: tuple[Sought, ...] = ()
    out: Path | None = None


@dataclass(frozen=True)
class Acting:
    """What acts beside the usual forces on the usual craft."""

    array_area: float = 0.0
    """[m2] drag coefficient times the full area of the arrays"""
    feathered: bool = False
    tides: bool = False


NOTHING, PLAIN = Looked(), Acting()


@dataclass(frozen=True)
class Job:
    """All that a flight needs, read and checked."""

    start: Start
    craft: Craft
    until: np.datetime64
    fidelity: str
    burns: tuple[Wanted, ...]
    every: float
    as_of: dt.date | None
    outs: tuple[Path, ...]
    known: tuple[str, ...]
    """What was taken from where"""
    refits: tuple[Refit, ...] = ()
    looked: Looked = NOTHING
    acting: Acting = PLAIN

    @property
    def spacing(self) -> float:
        """Of the states that are written [s]; zero where none are."""
        return self.every if self.outs else 0.0


@dataclass
class Asked:
    """Reads texts of the command line, and collects what is wrong with them."""

    problems: list[Problem] = field(default_factory=list)

    def add(self, where: str, key: str, what: str, got: str = "", expected: str = "", remedy: str = "") -> None:
        """Note a problem."""
        self.problems.append(Problem(where, key, what, got[:60], expected, remedy))

    def refused(self, where: str, error: DomainError) -> None:
        """Note what a formula or a reader refused, in its own words."""
        key, _, rest = str(error).rstrip(".").partition(": ")
        self.add(where, key if rest else "value", rest or key)

    def stop(self) -> None:
        """Raise ScenarioError when anything is wrong."""
        if self.problems:
            raise ScenarioError("", self.problems, UNDONE)

    def number(
        self, option: str, key: str, text: str | None, unit: str, low: float, high: float, least: bool = False
    ) -> float | None:
        """A number in SI above ``low`` (or from it on, with ``least``) up to ``high``; None when missing or wrong."""
        if text is None:
            return None
        try:
            value = parse_number(_SQUARE.sub(" m2", text) if unit == "m2" else text, unit)
        except DomainError as error:
            self.add(option, key, str(error), text, f"a number in {unit}")
            return None
        if not (low <= value <= high if least else low < value <= high):
            # A range of minutes begins below one of them, so it is told in seconds.
            told = "s" if unit == "min" else unit
            least_told, most_told = (f"{bound / UNITS[told][1]:g}" for bound in (low, high))
            self.add(
                option, key, "is out of range", text, f"{'' if least else 'above '}{least_told} to {most_told} {told}"
            )
            return None
        return value

    def moment(self, option: str, text: str | None, system: str = "UTC") -> int | None:
        """An instant of a day, a day and time to the minute or finer; TAI nanoseconds."""
        from cupola.flight.utc import HELD

        if text is None:
            return None
        cleaned = text.strip().removesuffix("Z").replace(" ", "T")
        if _DAY.fullmatch(cleaned):
            cleaned += "T00:00:00"
        elif _MINUTE.fullmatch(cleaned):
            cleaned += ":00"
        try:
            return parse_instant(cleaned, system, HELD)
        except DomainError as error:
            self.add(option, "instant", str(error))
            return None

    def choice(self, option: str, key: str, text: str, known: Sequence[str]) -> str | None:
        """One of some words, in any case."""
        for word in known:
            if word.casefold() == text.strip().casefold():
                return word
        self.add(option, key, "is not known", text, " or ".join(known) if len(known) < 3 else ", ".join(known))
        return None

    def state(self, text: str, frame: str | None) -> Floats | None:
        """Six numbers, km and km/s, as metres and metres a second; checked in their frame."""
        import numpy as np

        from cupola.flight.start import state_problems
        from cupola.formats.decimals import number

        words = [word for word in re.split(r"[,\s]+", text.strip()) if word]
        if len(words) != 6:
            self.add("--state", "state", "is not six numbers", text, "x,y,z,vx,vy,vz in km and km/s")
            return None
        values = []
        for word in words:
            try:
                values.append(number(word, 3))
            except DomainError as error:
                self.add("--state", "state", str(error))
        if len(values) != 6 or frame is None:
            return None
        state = np.array(values)
        found = state_problems("--state", frame, state)
        self.problems += found
        return None if found else state

    def burns(self, texts: Sequence[str], isp: float | None, thrust: float | None) -> list[Wanted]:
        """Burns, ``INSTANT DV m/s prograde`` each."""
        from cupola.flight.course import Wanted
        from cupola.flight.utc import to_calendar
        from cupola.formats.decimals import number

        found = []
        for text in texts:
            match = _BURN.fullmatch(text)
            if match is None:
                self.add("--burn", "burn", "cannot be read", text, "'INSTANT DV m/s prograde' or 'retrograde'")
                continue
            instant = self.moment("--burn", match[1])
            try:
                size = number(match[2])
            except DomainError as error:
                self.add("--burn", "burn", str(error))
                continue
            if not 0.0 < abs(size) <= LARGEST_BURN or (size < 0.0 and match[3]):
                sign = ", or below 0 without a direction" if size < 0.0 else ""
                self.add("--burn", "burn", "is out of range", match[2], f"above 0 to {LARGEST_BURN:g} m/s{sign}")
            elif instant is not None:
                signed = -size if match[3] == "retrograde" else size
                found.append(Wanted(to_calendar(instant), signed, isp, thrust))
        return found

    def end(self, until: str | None, days: str | None, begin: int | None) -> np.datetime64 | None:
        """The end of the flight, UTC, from ``--until`` or ``--days``."""
        from cupola.base.instants import NS
        from cupola.flight.utc import to_calendar

        if (until is None) == (days is None):
            self.add(
                "--until", "end", "is missing" if until is None else "is given twice", expected="--until or --days"
            )
        last = self.moment("--until", until)
        span = self.number("--days", "days", days, "d", 0.0, LONGEST_DAYS * DAY_S)
        if last is None and span is not None and begin is not None:
            last = begin + round(span * NS)
        if last is None or begin is None:
            return None
        try:
            end = to_calendar(last)
        except DomainError as error:
            self.refused("--until", error)
            return None
        if last <= begin:
            self.add("--until", "end", "is not after the start", f"{end}", f"after {to_calendar(begin)}")
            return None
        return end

    def start_of(self, file: str, at: str | None, name: str) -> Start | None:
        """The start from a file; what is wrong with the file is noted with its line."""
        from cupola.flight.start import BEGIN, END, read_start

        when: int | str | None = END if at is None else at if at in (BEGIN, END) else self.moment("--at", at)
        try:
            return read_start(Path(file), END if when is None else when, name)
        except FormatError as error:
            if not self.problems:
                raise
            self.problems += error.problems
        except DomainError as error:
            self.refused(file, error)
        return None

    def start_from(self, state: str, epoch: str | None, frame: str, system: str, name: tuple[str, str]) -> Start | None:
        """The start from six numbers."""
        from cupola.flight.start import Start, turned
        from cupola.formats.ephemeris import FRAMES

        known, scale = (
            self.choice("--frame", "frame", frame, FRAMES),
            self.choice("--time-system", "time system", system, SYSTEMS),
        )
        if epoch is None:
            self.add("--epoch", "instant", "is missing", remedy="Give the time of the state.")
        instant = self.moment("--epoch", epoch, scale or "UTC")
        motion = self.state(state, known)
        if known is None or scale is None or instant is None or motion is None:
            return None
        try:
            return Start(instant, turned(known, motion, instant), f"a state given in {known}", *name)
        except DomainError as error:
            self.refused("--epoch", error)
            return None


def places(asked: Asked, outs: Sequence[str], source: str | None) -> list[Path]:
    """Where to write; a file that is there already is written anew only when it is of the same kind."""
    from cupola.flight.course_files import KINDS

    found = [place_of(asked, "--out", out, source, KINDS) for out in outs]
    return [place for place in found if place is not None]


def place_of(asked: Asked, option: str, out: str, source: str | None, kinds: Mapping[str, str]) -> Path | None:
    """Where to write one file; ``kinds`` tells how a file of each ending begins that may be written over."""
    place = Path(out)
    kind = place.suffix.lower()
    if kind not in kinds:
        asked.add(option, "file", "has an unknown ending", out, ", ".join(kinds))
    elif source is not None and place.exists() and place.resolve() == Path(source).resolve():
        asked.add(option, "file", "is the file to be read", out, remedy="Choose another name.")
    elif (place.exists() or place.is_symlink()) and not _ours(place, kinds[kind]):
        asked.add(option, "file", f"is there already and is no {kind} file", out, remedy="Choose another name.")
    else:
        return place
    return None


def _ours(place: Path, head: str) -> bool:
    if not place.is_file() or place.is_symlink():
        return False
    with place.open("rb") as file:
        return file.read(len(head)) == head.encode("ascii")
