"""Mean altitude and burns of an object from the states of an ephemeris.

The mean semi-major axis of each state comes from its energy, with the zonal field taken out; its mean over a
revolution is smooth to some metres. A burn is where the mean over the revolution after leaves that over the revolution
before, decay set aside; where it begins and ends is where a ramp between two levels fits the states best.

Assumptions and limits: near-circular orbits (e < 0.05) in an inertial frame, states no further apart than a quarter of
a revolution, and a whole revolution of them on either side of a burn. Burns less than a revolution apart come out as
one. What is found is the velocity change along the track; a burn across it changes no energy and is not seen. The
states of a release are an estimate up to its creation and a plan after it: a burn after that is a planned one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cupola.base.constants import EARTH_RADIUS, MU_EARTH
from cupola.base.instants import DAY_S, NS, ORIGIN_MJD
from cupola.flight.averaged_elements import axis_from_energy, state_energy
from cupola.flight.averaged_frames import eme2000_to_teme, turned_state
from cupola.formats.ephemeris import OemSegment
from cupola.formats.records import FloatArray, IntArray

GRID_S = 240.0
"""Between the times at which a burn is looked for [s]."""
SPARSE = 6
MOST_PLACES = 100_000
"""Of such times; a longer ephemeris is searched in wider steps."""
GUARD_S = 600.0
"""Left out on either side of such a time, as a burn takes some minutes [s]."""
NEAR_S = 43_200.0
"""Half the span from which the usual change and its scatter come [s]."""
LEAST_M_S = 0.05
"""[m/s] Least change along the track that counts as a burn in states: half of what event tables can say."""
LEAST_SCATTERS = 8.0
LEAST_SCATTER_M = 2.0
"""[m] The scatter of neighbouring revolutions is never taken as less."""
COARSE = 30
"""States between which the ends of a burn are looked for at first."""
WIDEST_GAP = 0.25
"""Of a revolution, between two states."""


@dataclass(frozen=True)
class Burn:
    """A change of the orbit that air and the Earth's field do not explain."""

    begin: int
    """TAI nanoseconds since 2000-01-01T00:00:00 TAI; the change lies from here"""
    end: int
    """to here"""
    delta_v: float
    """[m/s] along the track, negative when it lowers the orbit"""
    raised: float
    """[m] of the mean altitude"""
    scatters: float
    """Size of the change over the scatter of changes around it that are no burns"""
    basis: str
    """``estimate``, ``plan`` (after the file's creation), ``elements``, or ``between files``"""
    source: str

    @property
    def middle(self) -> int:
        """Half way between begin and end."""
        return (self.begin + self.end) // 2

    @property
    def confidence(self) -> str:
        """``high`` from 20 scatters on, ``fair`` from 10, ``low`` below."""
        return "high" if self.scatters >= 20.0 else "fair" if self.scatters >= 10.0 else "low"


@dataclass(frozen=True)
class MeanOrbit:
    """Mean elements at the states of one segment."""

    instants: IntArray
    axis: FloatArray
    """(n,) [m], of each state"""
    speed: FloatArray
    """(n,) [m/s]"""
    inclination: float
    """[rad] mean"""
    node: FloatArray
    """(n,) [rad]"""
    period: float
    """[s] of a revolution"""

    @property
    def seconds(self) -> FloatArray:
        """(n,) since the first state [s]"""
        return np.asarray((self.instants - self.instants[:1]) / NS)


def mjd_of(instant: int | IntArray) -> FloatArray:
    """Modified Julian Day of instants, on the scale of TAI: 37 s off UTC at most, which no density notices.

    >>> float(mjd_of(0))
    51544.0
    """
    return np.asarray(np.asarray(instant) / (NS * DAY_S) + ORIGIN_MJD, dtype=np.float64)


def mean_orbit(segment: OemSegment) -> MeanOrbit:
    """Mean axis, node and inclination at the states of a segment.

    segment    states in EME2000, GCRF, ICRF or TEME; the frames but the last are turned to TEME in its middle
    """
    state = np.concatenate([segment.position.T, segment.velocity.T])
    if segment.ref_frame != "TEME":
        middle = float(mjd_of(int(segment.instants[segment.instants.size // 2])))
        state = turned_state(state, eme2000_to_teme(middle))
    x, y, z, vx, vy, vz = state
    hx, hy, hz = y * vz - z * vy, z * vx - x * vz, x * vy - y * vx
    inclination = float(np.median(np.arctan2(np.sqrt(hx * hx + hy * hy), hz)))
    axis = axis_from_energy(state_energy(state), np.full(x.size, inclination))
    middle_axis = float(np.median(axis))
    period = float(2.0 * np.pi * np.sqrt(middle_axis**3 / MU_EARTH))
    node, speed = np.arctan2(hx, -hy) % (2.0 * np.pi), np.sqrt(vx * vx + vy * vy + vz * vz)
    return MeanOrbit(segment.instants, axis, speed, inclination, node, period)


def means(seconds: FloatArray, values: FloatArray, begin: FloatArray, length: float) -> FloatArray:
    """Mean of a polygon over spans that begin somewhere and are equally long; NaN where they leave it.

    >>> means(np.array([0.0, 1.0, 4.0]), np.array([0.0, 1.0, 4.0]), np.array([1.0, 3.0]), 2.0).tolist()
    [2.0, nan]
    """
    area = np.concatenate([[0.0], np.cumsum(np.diff(seconds) * (values[1:] + values[:-1]) / 2.0)])

    def upto(at: FloatArray) -> FloatArray:
        low = np.clip(np.searchsorted(seconds, at, side="right") - 1, 0, seconds.size - 2)
        off = at - seconds[low]
        slope = (values[low + 1] - values[low]) / (seconds[low + 1] - seconds[low])
        return np.asarray(area[low] + off * (values[low] + 0.5 * slope * off))

    inside = (begin >= seconds[0] - 1e-6) & (begin + length <= seconds[-1] + 1e-6)
    return np.where(inside, (upto(begin + length) - upto(begin)) / length, np.nan)


def revolution_altitudes(orbit: MeanOrbit) -> tuple[IntArray, FloatArray]:
    """Mean altitude over each whole revolution of a segment: its middle instant, and metres."""
    seconds = orbit.seconds
    count = int(seconds[-1] // orbit.period)
    begin: FloatArray = np.arange(count, dtype=np.float64) * orbit.period
    height = means(seconds, orbit.axis, begin, orbit.period) - EARTH_RADIUS
    middle = orbit.instants[0] + np.round((begin + orbit.period / 2.0) * NS).astype(np.int64)
    return middle, height


def is_dense(orbit: MeanOrbit) -> bool:
    """Whether the states stand close enough, and long enough, to look for burns."""
    seconds = orbit.seconds
    if seconds.size < 20 or seconds[-1] < 2.0 * (orbit.period + GUARD_S) + GRID_S:
        return False
    return float(np.diff(seconds).max()) <= WIDEST_GAP * orbit.period


def burns_in(orbit: MeanOrbit, creation: int, source: str) -> list[Burn]:
    """Burns that the states of one segment show.

    orbit      mean elements of the segment
    creation   when the file was made: burns after it are planned
    source     name of the file
    """
    if not is_dense(orbit):
        return []
    seconds = orbit.seconds
    first = orbit.period + GUARD_S
    span = float(seconds[-1]) - 2.0 * first
    grid_s = max(GRID_S, span / MOST_PLACES)
    grid: FloatArray = np.arange(first, first + span, grid_s, dtype=np.float64)
    after = means(seconds, orbit.axis, grid + GUARD_S, orbit.period)
    before = means(seconds, orbit.axis, grid - GUARD_S - orbit.period, orbit.period)
    change = after - before
    near = int(max(NEAR_S, 4.0 * orbit.period) / grid_s)
    usual, scatter = _around(change, near)
    scatter = np.maximum(scatter, LEAST_SCATTER_M)
    least = LEAST_M_S * 2.0 * float(np.median(orbit.axis)) / float(np.median(orbit.speed))
    strength = np.where(np.abs(change - usual) >= np.maximum(least, LEAST_SCATTERS * scatter), change - usual, 0.0)
    found = []
    for place in peaks(np.abs(strength), int((orbit.period + GUARD_S) / grid_s) + 3):
        drift = usual[place] / (orbit.period + 2.0 * GUARD_S)
        burn = _placed(orbit, float(grid[place]), drift, float(scatter[place]), creation, source)
        if burn is not None and abs(burn.delta_v) >= LEAST_M_S:
            found.append(burn)
    return found


def _around(change: FloatArray, near: int) -> tuple[FloatArray, FloatArray]:
    """Median of the changes around each place, and their scatter, worked out at every sixth."""
    places = np.unique(np.append(np.arange(0, change.size, SPARSE), change.size - 1))
    usual, scatter = np.empty(places.size), np.empty(places.size)
    for index, place in enumerate(places.tolist()):
        around = change[max(0, place - near) : place + near + 1]
        usual[index] = np.median(around)
        scatter[index] = 1.4826 * np.median(np.abs(around - usual[index]))
    whole = np.arange(change.size)
    return np.interp(whole, places, usual), np.interp(whole, places, scatter)


def peaks(size: FloatArray, apart: int) -> list[int]:
    """Places of the largest values above 0, none within ``apart`` of a larger one, in order.

    >>> peaks(np.array([0.0, 1.0, 3.0, 2.0, 0.0, 0.0, 1.0]), 2)
    [2, 6]
    """
    left = size.copy()
    found = []
    while left.size and left.max() > 0.0:
        place = int(np.argmax(left))
        found.append(place)
        left[max(0, place - apart) : place + apart + 1] = 0.0
    return sorted(found)


def _placed(orbit: MeanOrbit, at: float, drift: float, scatter: float, creation: int, source: str) -> Burn | None:
    """The ramp between two levels that fits the states around a time best, and the change over it."""
    seconds = orbit.seconds
    near = (seconds >= at - orbit.period - GUARD_S) & (seconds <= at + orbit.period + GUARD_S)
    time, axis = seconds[near], orbit.axis[near] - drift * (seconds[near] - at)
    inside = np.flatnonzero(np.abs(time - at) <= 0.5 * orbit.period)
    if inside.size < 2:
        return None
    stride = -(-inside.size // COARSE)
    first, last = _ramp(time, axis, inside[::stride], inside[::stride])
    if stride > 1:
        first, last = _ramp(time, axis, *(inside[np.abs(inside - place) <= stride] for place in (first, last)))
    begin, end = float(time[first]), float(time[last])
    before = means(seconds, orbit.axis, np.array([begin - orbit.period]), orbit.period)[0]
    after = means(seconds, orbit.axis, np.array([end]), orbit.period)[0]
    if not np.isfinite(before + after):
        return None
    raised = float(after - before - drift * (end - begin + orbit.period))
    middle = float(np.median(axis))
    speed = float(np.interp(0.5 * (begin + end), seconds, orbit.speed))
    begin_ns, end_ns = (int(orbit.instants[0]) + round(value * NS) for value in (begin, end))
    change = raised * MU_EARTH / (2.0 * middle * middle * speed)
    basis = "plan" if begin_ns > creation else "estimate"
    return Burn(begin_ns, end_ns, change, raised, abs(raised) / scatter, basis, source)


def _ramp(time: FloatArray, axis: FloatArray, starts: NDArray[np.intp], stops: NDArray[np.intp]) -> tuple[int, int]:
    """First and last place of the ramp that leaves the least, of those allowed."""
    best, found = np.inf, (int(starts[0]), int(stops[-1]))
    for first in starts:
        low = axis[: first + 1].mean()
        for last in stops[stops > first]:
            share = np.clip((time - time[first]) / (time[last] - time[first]), 0.0, 1.0)
            off = axis - low - share * (axis[last:].mean() - low)
            miss = float(np.mean(off * off))
            if miss < best:
                best, found = miss, (int(first), int(last))
    return found
