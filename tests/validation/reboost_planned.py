"""What ``cupola reboost`` plans for burns that were made: sizes, lengths, and whether it knows who made them.

The altitudes around the burns of NASA's releases are those of the states before and after, each carried to the burn by
a straight line through the whole revolutions of most of a day. The thrust in the scenario is the mean of twelve of the
reported burns, and some days from which a type of ship can push were set from such reports: who made it and how long it
took are no clean test. The sizes are. A burn for a meeting is planned by the averaged engine and flown by the full one.
"""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from cupola.analysis.pushers import Pusher, station_for_burn
from cupola.base.constants import EARTH_RADIUS
from cupola.base.instants import DAY_S, NS, parse_instant
from cupola.cli.fly_asked import Job
from cupola.cli.fly_told import sky_of
from cupola.flight import full_library as door
from cupola.flight.averaged_air import Indices
from cupola.flight.averaged_drag import Evaluated
from cupola.flight.averaged_elements import mean, to_state
from cupola.flight.averaged_history import EvaluatedHistory
from cupola.flight.averaged_rates import frozen_orbit
from cupola.flight.course import Wanted, follow
from cupola.flight.full import Craft, State
from cupola.flight.phasing import argument_of_latitude, at_angle, meet
from cupola.flight.reboost import Engine, Means, Plan, Scene, to_altitude
from cupola.flight.settled import settled
from cupola.flight.start import BEGIN, Start, read_start
from cupola.flight.track_states import mean_orbit, revolution_altitudes
from cupola.flight.utc import day_of, to_calendar, to_instant
from cupola.flow import load
from cupola.formats.ephemeris import OemSegment

DATA = Path(__file__).parent / "data"
LEAST_M_S = 0.3
"""Below this a table in tenths says little"""
LINE_DAYS = 0.8
AFTER_NS = 1_800 * NS
"""No burn of the tables is longer"""
DAY = 60_000.0


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def plan(before: float, after: float, craft: Craft, engine: Engine) -> Plan:
    """Two burns from one mean altitude [m] to another, without drag."""
    start = mean(np.array([[EARTH_RADIUS + before], [0.0], [9e-4], [np.radians(51.64)], [1.0], [0.0]]))
    quiet = Indices(*(np.asarray(value) for value in (100.0, 100.0, 8.0)))
    scene = Scene(start, "", DAY, craft, lambda day: quiet, Evaluated(points=8))
    return to_altitude(scene, after, Means(DAY, (engine,)))


@dataclass(frozen=True)
class Sized:
    """A burn of an event table, and the size planned for what it did."""

    event: str
    told: float
    """[m/s], without sign"""
    planned: float
    """[m/s]"""


@lru_cache(maxsize=1)
def of_releases() -> tuple[Sized, ...]:
    """Every burn of the event tables from LEAST_M_S on."""
    found = []
    with np.load(DATA / "track_states.npz", allow_pickle=False) as data:
        for row in rows("track_burns.csv"):
            if float(row["delta_v_m_s"]) < LEAST_M_S:
                continue
            number = row["release"]
            instants, state = data[f"ns_{number}"], data[f"state_{number}"].astype(np.float64)
            ends = int(instants[0]), int(instants[-1])
            orbit = mean_orbit(OemSegment("", "", "EME2000", "UTC", *ends, instants, state[:, :3], state[:, 3:]))
            middles, heights = revolution_altitudes(orbit)
            at, half = parse_instant(row["time"]), round(0.5 * orbit.period * NS)
            before = _carried(middles[middles + half < at], heights[middles + half < at], at, last=True)
            later = middles - half > at + AFTER_NS
            after = _carried(middles[later], heights[later], at, last=False)
            made = plan(before, after, Craft(450e3, 0.0), Engine())
            found.append(Sized(row["event"], float(row["delta_v_m_s"]), made.total))
    return tuple(found)


def _carried(middles: np.ndarray, heights: np.ndarray, at: int, last: bool) -> float:
    """Altitude at an instant by the line through the nearest revolutions."""
    days = (middles - at) / (NS * DAY_S)
    near = days >= days[-1] - LINE_DAYS if last else days <= days[0] + LINE_DAYS
    slope, level = np.polyfit(days[near], heights[near], 1)
    del slope
    return float(level)


@dataclass(frozen=True)
class Reported:
    """A burn that was reported, and what the scenario of its day says."""

    date: str
    ship: str
    pushers: tuple[Pusher, ...]
    maker: Pusher | None
    delta_v: float | None
    """[m/s] reported"""
    planned: float | None
    """[m/s] for the reported gain"""
    burn_s: float
    """[s] reported"""
    length: float | None
    """[s] planned: for the reported change, else for the reported gain"""


@lru_cache(maxsize=1)
def reported() -> tuple[Reported, ...]:
    """The burns whose ship, length, size or gain was reported, with the ships that were there by the record."""
    programme = load("iss", as_of=dt.date(2026, 7, 1))
    found = []
    for row in rows("reboost_makers.csv"):
        station = station_for_burn(programme, dt.date.fromisoformat(row["date"]))
        maker = next((one for one in station.pushers if _same(row["ship"], one.name)), None)
        told = float(row["delta_v_m_s"]) if row["delta_v_m_s"] else None
        planned = length = None
        craft = Craft(station.mass, 0.0)
        engine = Engine() if maker is None else Engine("", maker.specific_impulse or 290.0, maker.thrust or None)
        if row["gain_km"]:
            gain = float(row["gain_km"]) * 1e3
            made = plan(station.altitude, station.altitude + gain, craft, engine)
            planned, length = made.total, made.duration
        if told is not None and planned is not None and length is not None:
            length *= told / planned
        found.append(
            Reported(row["date"], row["ship"], station.pushers, maker, told, planned, float(row["burn_s"]), length)
        )
    return tuple(found)


def _same(ship: str, name: str) -> bool:
    """Whether a ship of a report is the one of a flight: the type, and the number behind it."""
    kind, number = ship.split(" ", 1)
    return kind in name and number in name.replace("(", " ").split()


@dataclass(frozen=True)
class Met:
    """A burn for a place at an instant, flown by the full engine."""

    release: str
    """Or the storm"""
    days: float
    """From the burn to the instant"""
    delta_v: float
    """[m/s]"""
    missed: float
    """[m] along the orbit by the full engine"""
    coasting: float
    """[m] by which it would have missed without the burn"""


STORMS = ("2003-10-28", "2024-05-09")
"""Days shortly before the planetary ap of 400 of 2003-10-29 and 2024-05-11 (GFZ)"""
PLACE, PUSH = 200.0, Engine("", 300.0, 2_000.0)
"""[deg] an argument of latitude, and a thruster pair"""


@lru_cache(maxsize=1)
def meetings() -> tuple[Met, ...]:
    """From the first states of two releases, and before two storms: a burn 18 hours later, a place 3 to 10 days on."""
    paths = sorted((DATA.parents[1] / "formats" / "data" / "releases").glob("*.xml.gz"))
    sources = [(path.name, read_start(path, BEGIN)) for path in paths]
    sources += [(f"storm of {day[:7]}", _before_a_storm(day)) for day in STORMS]
    return tuple(_meeting(name, source, days) for name, source in sources for days in (3.0, 6.0, 10.0))


def _before_a_storm(day: str) -> Start:
    """A station at 400 km that is not on record, on a day before a storm, with the mass and drag of a release."""
    moment = np.datetime64(day, "us")
    orbit = frozen_orbit(np.array([400e3]), np.radians(51.64), 1.0)
    motion = door.to_gcrf("TEME", to_state(orbit)[:, 0], moment)
    return Start(to_instant(moment), motion, "a mean orbit", mass=450e3, drag_area=2_700.0)


def _meeting(name: str, source: Start, days: float) -> Met:
    assert source.mass is not None and source.drag_area is not None
    craft, moment = Craft(source.mass, source.drag_area), to_calendar(source.instant)
    burn = moment + np.timedelta64(18, "h")
    until = burn + np.timedelta64(round(days * 24.0), "h")
    sky, _ = sky_of(Job(source, craft, until, "full", (), 0.0, None, (), ()))
    orbit, found = settled(State(moment, source.motion, craft), sky)
    air = EvaluatedHistory(sky.full(), sky.observed_mjd)
    scene = Scene(orbit, found, day_of(moment), craft, sky.averaged, air)
    arrive = scene.begin + 0.75 + days
    met = meet(scene, at_angle(np.radians(PLACE)), Means(scene.begin + 0.75, (PUSH,), 1), arrive)
    size = met.chosen.plan.total
    wanted = Wanted(burn, size, PUSH.specific_impulse, PUSH.thrust)
    course = follow(State(moment, source.motion, craft), until, "full", sky, [wanted])
    end = door.from_gcrf("TEME", course.states[:, -1], until)
    off = np.radians((np.degrees(argument_of_latitude(end)) - PLACE + 180.0) % 360.0 - 180.0)
    axis = float(orbit.axis[0])
    return Met(name, days, size, float(abs(off)) * axis, abs(met.coasting) * axis)
