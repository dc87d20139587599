"""Long flights of the full engine, kept as states, beside those of the averaged engine from the same start.

Both take the same craft, the same burns (800 N, 300 s, along the velocity), the same indices and the same mode of
NRLMSISE-00, that for a history of ap, as ``cupola fly`` does it where ap was observed. Beside it stands the averaged
engine with the day's mean Ap, which is what decades are flown with: with a constant ap of 4 both modes give the same
air within 0.1 %, with one of 15 the history gives 2 to 3 % more (docs/design/014). The mean altitude at either end is
that of ``flight.settled``: over the day after.
"""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from unittest.mock import patch

import numpy as np

from cupola.base.constants import EARTH_RADIUS
from cupola.base.time import to_mjd
from cupola.flight.averaged_drag import Evaluated
from cupola.flight.averaged_elements import Mean, mean, to_state
from cupola.flight.averaged_history import EvaluatedHistory
from cupola.flight.course import Course, follow
from cupola.flight.course_plan import Wanted
from cupola.flight.full import Craft, State
from cupola.flight.full_library import to_gcrf
from cupola.flight.sky import MARGIN_DAYS, Sky
from cupola.scenario.solar import solar_outlook

PATH = Path(__file__).parent / "data" / "full_long.csv"
THRUST, IMPULSE = 800.0, 300.0
MASS = 420_000.0
SEEN = dt.date(2026, 8, 1)
"""The indices are those known on this day: all observed."""
SETTLED = "cupola.flight.settled.EvaluatedHistory"
HALF_TURN = 0.032
"""Days between the two burns of a raise, half a turn apart."""
RAISES = ((20.3, 0.9), (20.3 + HALF_TURN, 0.9), (47.6, 1.4), (71.2, -0.5), (80.7, 0.7), (80.7 + HALF_TURN, 0.7))
"""Days after the start and velocity change [m/s]: two pairs, a single raise, a single lowering."""


@dataclass(frozen=True)
class Case:
    """One flight."""

    name: str
    epoch: str
    """UTC, midnight"""
    days: int
    altitude: float
    """[m] mean, above the equatorial radius"""
    inclination: float
    """[degree]"""
    node: float
    """[degree]"""
    drag_area: float = 3_520.0
    """C_D A [m2], of MASS"""
    weather: tuple[float, float] | None = None
    """F10.7 and ap throughout; None for the observed ones"""
    raises: tuple[tuple[float, float], ...] = ()

    @property
    def begin(self) -> np.datetime64:
        return np.datetime64(self.epoch, "us")

    @property
    def end(self) -> np.datetime64:
        return self.begin + np.timedelta64(self.days, "D")

    def start(self) -> State:
        """The state of mean elements with a small eccentricity beside the frozen one."""
        axis = EARTH_RADIUS + self.altitude
        tilt, node = (float(np.radians(angle)) for angle in (self.inclination, self.node))
        rows = np.array([axis, 2e-4, 1e-3, tilt, node, 1.0])[:, None]
        motion = to_gcrf("TEME", to_state(Mean(*mean(rows).rows))[:, 0], self.begin)
        return State(self.begin, motion, Craft(MASS, self.drag_area))

    def sky(self) -> Sky:
        first = to_mjd(dt.date.fromisoformat(self.epoch[:10])) - MARGIN_DAYS
        days = self.days + 2 * MARGIN_DAYS
        if self.weather is not None:
            f107, ap = (np.full(days, value) for value in self.weather)
            return Sky(first, f107, f107, ap, first)
        day = dt.date.fromisoformat(self.epoch[:10])
        outlook = solar_outlook(SEEN, day - dt.timedelta(MARGIN_DAYS), day + dt.timedelta(self.days + MARGIN_DAYS))
        f107, f107a, ap = (np.array(levels[1]) for levels in (outlook.f107, outlook.f107a, outlook.ap))
        return Sky(first, f107, f107a, ap, to_mjd(outlook.observed_until))

    def burns(self) -> list[Wanted]:
        return [
            Wanted(self.begin + np.timedelta64(round(day * 8.64e10), "us"), change, IMPULSE, THRUST)
            for day, change in self.raises
        ]

    def fly(self, fidelity: str, every_s: float = 0.0, daily: bool = False) -> Course:
        """By ``cupola fly``'s way, with constant ap read as a history, too, or every ap as the day's mean."""
        air = (lambda indices, last: Evaluated()) if daily else (lambda indices, last: EvaluatedHistory(indices))
        with (
            patch("cupola.flight.course.EvaluatedHistory", air),
            patch(SETTLED, lambda *given: EvaluatedHistory(given[0])),
        ):
            return follow(self.start(), self.end, fidelity, self.sky(), self.burns(), every_s)


CASES = (
    Case("90-2009", "2009-03-01", 90, 352e3, 51.64, 40.0, raises=RAISES),
    Case("90-2014", "2014-02-01", 90, 415e3, 51.64, 130.0, raises=RAISES),
    Case("90-2020", "2020-01-15", 90, 418e3, 51.64, 220.0, raises=RAISES),
    Case("90-2024", "2024-04-01", 90, 415e3, 51.64, 310.0, raises=RAISES),
    Case("90-2023-41", "2023-05-01", 90, 388e3, 41.5, 80.0, raises=RAISES),
    Case("90-2003-97", "2003-09-01", 90, 440e3, 96.8, 10.0, raises=RAISES),
    Case("90-ap4", "2012-05-01", 90, 400e3, 51.64, 75.0, weather=(120.0, 4.0), raises=RAISES),
    Case("90-ap15", "2012-05-01", 90, 400e3, 51.64, 75.0, weather=(120.0, 15.0), raises=RAISES),
    Case("year-2012", "2012-03-01", 365, 425e3, 51.64, 100.0),
    Case("year-2018", "2018-06-01", 365, 410e3, 51.64, 200.0),
    Case("year-2022-41", "2022-01-01", 365, 410e3, 41.5, 300.0, drag_area=2_000.0),
    Case("year-ap4", "2012-05-01", 365, 410e3, 51.64, 75.0, weather=(120.0, 4.0)),
    Case("year-ap15", "2012-05-01", 365, 410e3, 51.64, 75.0, weather=(120.0, 15.0)),
)
BY_NAME = {case.name: case for case in CASES}


@dataclass(frozen=True)
class Kept:
    """A flight of the full engine as it was kept."""

    first: float
    """[m] mean altitude at the start"""
    last: float
    """[m] at the end"""
    days: np.ndarray
    mass: np.ndarray
    states: np.ndarray
    """(n, 6) GCRF"""


@lru_cache(maxsize=1)
def kept() -> dict[str, Kept]:
    """The full engine's flights by name."""
    with PATH.open(newline="", encoding="ascii") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    found = {}
    for name in dict.fromkeys(row["case"] for row in rows):
        mine = [row for row in rows if row["case"] == name]
        axes = ("x_m", "y_m", "z_m", "vx_m_s", "vy_m_s", "vz_m_s")
        states = np.array([[float(row[axis]) for axis in axes] for row in mine])
        days, mass = (np.array([float(row[key]) for row in mine]) for key in ("day", "mass_kg"))
        found[name] = Kept(float(mine[0]["first_m"]), float(mine[0]["last_m"]), days, mass, states)
    return found


@lru_cache(maxsize=64)
def apart(name: str, daily: bool = False) -> float:
    """[m] by which the averaged engine ends above the full one, with the history of ap or the day's mean."""
    return BY_NAME[name].fly("averaged", daily=daily).last.altitude - kept()[name].last


def fall(name: str) -> float:
    """[m] by which the full engine's mean altitude falls."""
    return kept()[name].first - kept()[name].last
