"""What the command line of ``cupola reboost`` asks for, read in one pass: each slip becomes a problem."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cupola.base.errors import DomainError, ScenarioError
from cupola.cli.fly_asked import Asked
from cupola.cli.options import day

if TYPE_CHECKING:
    from cupola.analysis.pushers import Station
    from cupola.flight.full_plan import Craft
    from cupola.flight.start import Start
    from cupola.programme.programme import Programme

UNDONE = "Nothing was planned."
TARGET, PHASE, PASSES, DRIFT = "--target", "--phase", "--passes", "--drift-down"
UNIT_MASS = 1_000.0
"""[kg] where none is known, and nothing hangs on it"""
LATEST = {PHASE: "--at-time", PASSES: "--at-time", DRIFT: "--by"}
"""The option that gives the time of each goal that has one"""


@dataclass(frozen=True)
class Goal:
    """What is to be reached."""

    kind: str
    """TARGET, PHASE, PASSES or DRIFT"""
    altitude: float = 0.0
    """[m] mean, of TARGET and DRIFT"""
    angle: float = 0.0
    """[rad] argument of latitude, of PHASE"""
    site: tuple[float, float] = (0.0, 0.0)
    """[rad] latitude and longitude, of PASSES"""
    when: int = 0
    """TAI nanoseconds, of all but TARGET"""


@dataclass(frozen=True)
class Order:
    """All that a plan needs, read and checked."""

    goal: Goal
    start: Start
    craft: Craft
    at: int
    """TAI nanoseconds: the first burn"""
    count: int | None
    largest: float | None
    band: float
    """[m]"""
    isp: float | None
    thrust: float | None
    station: Station | None
    scenario: str
    port: str
    as_of: dt.date | None
    weighed: bool
    """Whether the craft's mass is known"""
    known: tuple[str, ...]


class Ordered(Asked):
    """Reads the texts of ``cupola reboost``."""

    def stop(self) -> None:
        """Raise ScenarioError when anything is wrong."""
        if self.problems:
            raise ScenarioError("", self.problems, UNDONE)

    def day(self, text: str | None, option: str) -> dt.date | None:
        """A day of the calendar."""
        try:
            return day(text, option)
        except ScenarioError as error:
            self.problems += error.problems
            return None

    def altitude(self, option: str, text: str) -> float:
        """A mean altitude [m] within what the averaged engine and its tables hold; 0 when wrong."""
        from cupola.flight.averaged import ENTRY_ALTITUDE
        from cupola.flight.reboost import HIGHEST

        value = self.number(option, "altitude", text, "km", -1e12, 1e12)
        if value is not None and not ENTRY_ALTITUDE < value <= HIGHEST:
            expected = f"above {ENTRY_ALTITUDE / 1e3:g} to {HIGHEST / 1e3:g} km, where the tables of the air hold"
            self.add(option, "altitude", "is out of range", text, expected)
        return value or 0.0

    def angle(self, option: str, key: str, text: str, low: float, high: float) -> float:
        """An angle [rad] between two limits [deg]; 0 when wrong."""
        value = self.number(option, key, text, "deg", -1e9, 1e9)
        if value is not None and not low <= math.degrees(value) <= high + 1e-9:
            self.add(option, key, "is out of range", text, f"{low:g} to {high:g} deg")
        return value or 0.0

    def goal(self, texts: dict[str, str | None], times: dict[str, str | None]) -> Goal | None:
        """The one goal that is given, with its time."""
        given = [name for name, text in texts.items() if text is not None]
        listed = f"one of {', '.join(texts)}"
        if len(given) != 1:
            self.add("goal", "goal", "is missing" if not given else "are several", " and ".join(given), listed)
        needed = {LATEST[name] for name in given if name in LATEST}
        moments = {}
        for option, text in times.items():
            moments[option] = self.moment(option, text)
            if text is None and option in needed:
                self.add(option, "instant", "is missing", remedy="Give the time at which the goal is to be reached.")
            elif text is not None and option not in needed and len(given) == 1:
                self.add(option, "instant", f"does not go with {given[0]}", text)
        values = {name: self._one(name, text) for name, text in texts.items() if text is not None}
        if len(given) != 1:
            return None
        kind, value = given[0], values[given[0]]
        when = moments[LATEST[kind]] if kind in LATEST else 0
        if value is None or when is None:
            return None
        return Goal(
            kind,
            altitude=value[0] if kind in (TARGET, DRIFT) else 0.0,
            angle=value[0] if kind == PHASE else 0.0,
            site=(value[0], value[1]) if kind == PASSES else (0.0, 0.0),
            when=when,
        )

    def _one(self, name: str, text: str) -> tuple[float, float] | None:
        """The number or numbers of a goal; None when wrong."""
        before = len(self.problems)
        if name in (TARGET, DRIFT):
            found = (self.altitude(name, text), 0.0)
        elif name == PHASE:
            found = (self.angle(name, "argument of latitude", text, -360.0, 360.0), 0.0)
        else:
            found = self._site(text)
        return found if len(self.problems) == before else None

    def _site(self, text: str) -> tuple[float, float]:
        words = [word for word in re.split(r"[,;\s]+", text.strip()) if word and word.casefold() != "deg"]
        if len(words) != 2:
            advice = "Give its latitude and longitude: the sites of a scenario have none."
            self.add(PASSES, "site", "is no pair of coordinates", text, "LAT,LON in degrees", advice)
            return 0.0, 0.0
        return (
            self.angle(PASSES, "latitude", words[0], -90.0, 90.0),
            self.angle(PASSES, "longitude", words[1], -180.0, 360.0),
        )

    def programme(self, scenario: str | None, as_of: dt.date | None, settings: Sequence[str]) -> Programme | None:
        """The scenario of ``--station``; what is wrong with it is noted with its lines."""
        from cupola.flow import load

        if scenario is None:
            if settings:
                self.add("--set", "value", "goes with --station only", settings[0])
            return None
        try:
            return load(scenario, as_of=as_of, settings=settings)
        except ScenarioError as error:
            self.problems += error.problems
        except DomainError as error:
            self.refused("--station", error)
        return None

    def station(
        self, programme: Programme | None, on: dt.date | None, port: str, goal: Goal | None, begin: Start | None
    ) -> Station | None:
        """The station on a day, and whether something can push from the port; ``begin`` is a start that is given."""
        from cupola.analysis.pushers import station_for_burn

        if programme is None or on is None:
            return None
        try:
            ending = goal is not None and goal.kind == DRIFT
            found = station_for_burn(programme, on, ending, None if begin is None else _height(begin))
        except DomainError as error:
            self.refused("--on", error)
            return None
        names = [one.port or one.kind for one in found.pushers]
        if port and port not in names:
            listed = ", ".join(names) or "nothing docked, and no engines of its own"
            self.add("--with", "port", f"has no ship or engine on {on}", port, f"one of {listed}")
        return found

    def order(
        self,
        goal: Goal | None,
        start: Start | None,
        station: Station | None,
        first: int | None,
        numbers: dict[str, float | None],
        count: int | None,
        names: tuple[str, str],
        as_of: dt.date | None,
    ) -> Order:
        """All put together; ``names`` are the scenario and the port. Raises ScenarioError with every problem."""
        for key, name in (("isp", "specific impulse"), ("thrust", "thrust")):
            if station is not None and numbers[key] is not None:
                self.add(
                    f"--{key}", name, "goes with a craft alone", remedy="Of a station's ships the scenario tells it."
                )
        if numbers["thrust"] is not None and numbers["isp"] is None:
            self.add("--isp", "specific impulse", "is missing", remedy="Give it with --thrust.")
        at = None if start is None else next_burn(start.instant) if first is None else first
        if start is not None and at is not None:
            self._times(goal, start.instant, at)
        craft, weighed, known = self._craft(start, station, goal, numbers)
        self.stop()
        assert goal is not None and start is not None and at is not None and craft is not None
        scenario, port = names
        return Order(
            goal, start, craft, at, count, numbers["largest"], numbers["band"] or 0.0, numbers["isp"],
            numbers["thrust"], station, scenario, port, as_of, weighed, tuple(known),
        )  # fmt: skip

    def _times(self, goal: Goal | None, start: int, at: int) -> None:
        from cupola.flight.utc import to_calendar

        try:
            begin, burn = to_calendar(start), to_calendar(at)
            if at < start:
                self.add("--burn-on", "instant", "is before the start", f"{burn}", f"{begin} or later")
            if goal is not None and goal.when and not goal.when > max(at, start):
                option = LATEST[goal.kind]
                got = f"{to_calendar(goal.when)}"
                self.add(option, "instant", "is not after the first burn", got, f"after {burn}", "Choose --burn-on.")
        except DomainError as error:
            self.refused("--burn-on", error)

    def _craft(
        self, start: Start | None, station: Station | None, goal: Goal | None, numbers: dict[str, float | None]
    ) -> tuple[Craft | None, bool, list[str]]:
        """The craft, whether its mass is known, and where both numbers are from."""
        from cupola.flight.course import craft_of

        values: dict[str, float | None] = {}
        known = []
        for key, name, unit, from_station in (
            ("mass", "mass", "kg", None if station is None else station.mass),
            ("drag", "drag area", "m2", None if station is None else station.drag_area),
        ):
            told = None if start is None else start.mass if key == "mass" else start.drag_area
            sources = ((numbers[key], "as given"), (told, "as the file tells"), (from_station, "of the scenario"))
            values[key], by = next(((value, by) for value, by in sources if value is not None), (None, ""))
            if values[key] is not None:
                known.append(f"{name} {values[key]:.6g} {unit}, {by}")
        mass, area = values["mass"], values["drag"]
        needs = numbers["isp"] is not None or numbers["drag"] is not None or (goal is not None and goal.kind == DRIFT)
        if start is None:
            return None, False, known
        if mass is None and needs:
            self.add("--mass", "mass", "is not told", remedy="Give --mass.")
        if not area and goal is not None and goal.kind == DRIFT:
            self.add("--drag-area", "drag area", "is not told, or zero", expected="above 0", remedy="Give --drag-area.")
        if mass is None or not area:
            known.append("no drag, as no mass and drag area are known: the orbit does not sink")
        try:
            return craft_of(mass or UNIT_MASS, 0.0 if mass is None else area or 0.0, 0.0), mass is not None, known
        except DomainError as error:
            self.refused("--drag-area", error)
        return None, False, known


def _height(start: Start) -> float:
    """Altitude of the semi-major axis of a state [m]."""
    import numpy as np

    from cupola.base.constants import EARTH_RADIUS, MU_EARTH

    distance, speed = (float(np.linalg.norm(part)) for part in (start.motion[:3], start.motion[3:]))
    return 1.0 / (2.0 / distance - speed * speed / MU_EARTH) - EARTH_RADIUS


def next_burn(start: int) -> int:
    """The first midnight, UTC, that is at least a day after an instant; TAI nanoseconds."""
    import numpy as np

    from cupola.flight.utc import to_calendar, to_instant

    after = to_calendar(start) + np.timedelta64(1, "D")
    midnight = after.astype("datetime64[D]")
    if midnight < after:
        midnight += np.timedelta64(1, "D")
    return to_instant(midnight.astype("datetime64[us]"))


def ships_on(
    programme: Programme | None, wanted: dt.date | None, begin: Start | None, first: int | None
) -> dt.date | None:
    """The day of a station's ships: as given, else that of the burn, else that of the scenario."""
    from cupola.flight.utc import to_calendar

    if programme is None or wanted is not None:
        return wanted
    if begin is None:
        return max(programme.as_of, programme.span.start)
    moment = to_calendar(next_burn(begin.instant) if first is None else first)
    return dt.date.fromisoformat(str(moment)[:10])
