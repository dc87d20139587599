"""Ballistic coefficient of an object from how its orbit sinks between burns, with the observed indices.

    Cd A / m = fall / integral of rho_eff sqrt(mu a) dt

Assumptions and limits: the mean altitude only; density from the orbit-averaged tables (NRLMSISE-00), so that what the
model's density is off by is in the coefficient. Where the node is not known, the density is the mean over eight nodes.
A stretch without observed indices, or whose fall is within its error, gives none.
Source: D. King-Hele, Satellite Orbits in an Atmosphere (1987), for da/dt.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from cupola.base.constants import EARTH_RADIUS, MU_EARTH
from cupola.base.instants import DAY_S
from cupola.flight.averaged_slab import Slabs, day_of_2000
from cupola.flight.full_weather import observed_indices
from cupola.flight.track_states import mjd_of
from cupola.formats.records import FloatArray, IntArray
from cupola.physics.density import at_hand, effective_flux, load_table
from cupola.physics.orbit import node_local_time

LONGEST_DAYS = 10.0
SHORTEST_DAYS = 1.5
LEAST_FALL_IN_ERRORS = 3.0
MEAN_DAYS = 40
"""On either side of a day, of the 81-day mean flux."""
FEWEST = 4
"""Altitudes in a stretch."""
HIGHEST_M = 600e3
"""[m] The density tables end there."""


@dataclass(frozen=True)
class Coefficient:
    """Cd A / m over one coasting stretch."""

    begin: int
    """TAI nanoseconds since 2000-01-01T00:00:00 TAI"""
    end: int
    value: float
    """[m2/kg]"""
    error: float
    """[m2/kg] by the scatter of the altitudes"""
    fall: float
    """[m]"""
    altitude: float
    """[m] in the middle"""


def _quiet(words: str) -> None:
    pass


def coefficients(
    instants: IntArray,
    altitude: FloatArray,
    node: FloatArray,
    inclination: float,
    cuts: list[tuple[int, int]],
    say: Callable[[str], None] = _quiet,
) -> tuple[list[Coefficient], list[str]]:
    """Coefficients of the stretches of a history that no burn interrupts.

    instants      (n,) in order of time
    altitude      (n,) [m] mean
    node          (n,) [rad]; NaN where unknown
    inclination   [rad]
    cuts          begin and end of what a stretch must not hold, such as a burn
    say           told when a density table must be made, which takes a minute
    returns       the coefficients, and why others are missing
    """
    spans = [span for run in _runs(instants, cuts) for span in _split(instants, run)]
    if not spans:
        return [], ["no stretch without burns is long enough for a ballistic coefficient"]
    if float(np.median(altitude)) > HIGHEST_M:
        return [], [f"the orbit lies above {HIGHEST_M / 1e3:.0f} km, where the density tables end"]
    if not at_hand(inclination):
        degrees = float(np.degrees(inclination))
        say(f"there is no table of the air for {degrees:.1f} deg: it is made, about a minute, and kept")
    slabs = Slabs(load_table(inclination))
    found: list[Coefficient] = []
    dark = shallow = 0
    for span in spans:
        days, height = mjd_of(instants[span]), altitude[span]
        slope, level, error = _line(days, height)
        air = _air(slabs, days, height, node[span])
        length = float(days[-1] - days[0])
        fall = -slope * length
        if air is None:
            dark += 1
        elif fall < LEAST_FALL_IN_ERRORS * error * length:
            shallow += 1
        else:
            begin, end = int(instants[span][0]), int(instants[span][-1])
            found.append(Coefficient(begin, end, fall / air, error * length / air, fall, level))
    told = [f"{dark} stretches lie outside the observed solar indices"] if dark else []
    if shallow:
        told.append(f"{shallow} stretches sink by less than {LEAST_FALL_IN_ERRORS:g} times the error of their fall")
    return found, told


def _runs(instants: IntArray, cuts: list[tuple[int, int]]) -> list[slice]:
    """Runs of a history between cuts."""
    whole = np.arange(instants.size)
    inside = np.zeros(instants.size, dtype=np.int64)
    for begin, end in cuts:
        inside[(instants > begin) & (instants < end)] = -1
        inside[instants >= end] += np.where(inside[instants >= end] < 0, 0, 1)
    runs = []
    for number in np.unique(inside[inside >= 0]):
        places = whole[inside == number]
        runs.append(slice(int(places[0]), int(places[-1]) + 1))
    return runs


def _split(instants: IntArray, run: slice) -> list[slice]:
    """A run in stretches of LONGEST_DAYS or a little less, without wide gaps."""
    days = mjd_of(instants[run])
    found = []
    begin = 0
    for place in range(1, days.size + 1):
        over = place == days.size or days[place] - days[place - 1] > 0.5 * LONGEST_DAYS
        if over or days[place] - days[begin] > LONGEST_DAYS:
            if place - begin >= FEWEST and days[place - 1] - days[begin] >= SHORTEST_DAYS:
                found.append(slice(run.start + begin, run.start + place))
            begin = place
    return found


def _line(days: FloatArray, height: FloatArray) -> tuple[float, float, float]:
    """Slope [m/day], height in the middle [m], and the error of the slope, of the line through a stretch."""
    off = days - days.mean()
    square = float(np.sum(off * off))
    slope = float(np.sum(off * height) / square)
    left = height - height.mean() - slope * off
    error = float(np.sqrt(np.sum(left * left) / max(days.size - 2, 1) / square))
    return slope, float(height.mean()), error


def _air(slabs: Slabs, days: FloatArray, height: FloatArray, node: FloatArray) -> float | None:
    """Integral of rho_eff sqrt(mu a) dt over a stretch; None without observed indices."""
    weather = observed_indices()
    count = max(1, round(float(days[-1] - days[0])))
    edges = np.linspace(days[0], days[-1], count + 1)
    total = 0.0
    for begin, end in pairwise(edges.tolist()):
        middle = 0.5 * (begin + end)
        row = int(middle) - weather.first_mjd
        if row < 1 or row >= weather.f107.size:
            return None
        mean = float(weather.f107[max(0, row - MEAN_DAYS) : row + MEAN_DAYS + 1].mean())
        flux = float(effective_flux(float(weather.f107[row - 1]), mean))
        slab = slabs.levels(day_of_2000(middle), (flux,), (float(weather.ap[row].mean()),))
        near = float(node[int(np.argmin(np.abs(days - middle)))])
        nodes = np.arange(8) * np.pi / 4.0 if np.isnan(near) else np.array([near])
        high = np.full(nodes.size, float(np.interp(middle, days, height)))
        one = np.zeros((1, nodes.size), dtype=np.intp), np.ones((1, nodes.size))
        ln_rho, _ = slab.lookup(*one, np.asarray(node_local_time(nodes, middle)), high)
        speed = float(np.sqrt(MU_EARTH * (EARTH_RADIUS + high[0])))
        total += float(np.exp(ln_rho).mean()) * speed * (end - begin) * DAY_S
    return total
