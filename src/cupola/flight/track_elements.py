"""Mean altitude and burns of an object from a series of element sets, some of which may be wrong.

A set tells one mean altitude, off by tens of metres. Sets that lie far from the line through their neighbours on both
sides are refused. A burn is a step between two sets: the lines through the sets before and after, of the slope that is
usual around, are apart there by more than the sets scatter.

Assumptions and limits: steps below LEAST_STEP_M, and burns closer together than the sets, are not told apart from the
noise of the sets or from each other. The time of a burn is known to the two sets around it only. Sets are fitted to
some days of tracking, so a step may be smeared over the sets of a day after it.
Source: for the axis that an SGP4 set means, F. R. Hoots and R. L. Roehrich, Spacetrack Report No. 3 (1980), section 6.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cupola.base.constants import EARTH_RADIUS, J2, MU_EARTH
from cupola.base.instants import DAY_S, NS
from cupola.flight.track_states import Burn, peaks
from cupola.formats.records import FloatArray, IntArray

LEAST_STEP_M = 400.0
"""[m] Least step that counts as a burn in elements; chosen on 1998 to 2000."""
LEAST_SCATTERS = 5.0
WINDOW_SETS, WINDOW_DAYS = 8, 2.0
"""Sets on either side from which a step's size comes, and how far off they may be."""
FIRST_SETS = 3
"""Sets on either side with which steps are found: few, so that two burns within hours do not become one."""
SLOPE_DAYS = 12.0
"""Half the span from which the usual slope comes."""
LEAST_SCATTER_M = 15.0
WIDEST_GAP_DAYS = 12.0
"""Across a wider gap a step says nothing: its slope is not known well enough."""
STORM_M = 1_500.0
"""A step down by more is not a storm's [m]."""
ROUNDS = 4
"""Of cutting, each of which brings out burns that lay in the shadow of larger ones."""
OFF_M, OFF_SCATTERS = 300.0, 8.0
"""A set further off than both of these, on the same side of its neighbours before and after, is refused."""


@dataclass(frozen=True)
class Series:
    """Mean altitudes by element sets, in order of time."""

    instants: IntArray
    altitude: FloatArray
    """(n,) [m]"""
    sources: tuple[str, ...]
    """(n,) ``file:line`` or ``file, set n``"""


def brouwer_axis(mean_motion: FloatArray, eccentricity: FloatArray, inclination: FloatArray) -> FloatArray:
    """Mean semi-major axis that the mean motion of a set means, with the flattening's share taken out [m].

        a0 = (mu / n^2)^(1/3)    n' = n / (1 + d),  d = 3/4 J2 (R / a)^2 (3 cos^2 i - 1) / (1 - e^2)^(3/2)

    mean_motion    (n,) [rad/s]   after Kozai, as it stands in the set
    eccentricity   (n,)
    inclination    (n,) [rad]

    >>> motion = np.array([15.489 * np.pi / 43_200.0])
    >>> round(float(brouwer_axis(motion, np.array([4e-4]), np.array([0.9013]))[0]) - 6_378_137.0, -2)
    420400.0
    """
    first = np.cbrt(MU_EARTH / np.square(mean_motion))
    root = np.sqrt(1.0 - np.square(eccentricity))
    share = 0.75 * J2 * (3.0 * np.square(np.cos(inclination)) - 1.0) / (root * root * root)
    ratio = np.square(EARTH_RADIUS / first)
    # The axis is that of the motion without the share, and the share that of this axis.
    for _ in range(3):
        axis = first * np.cbrt(np.square(1.0 + share * ratio))
        ratio = np.square(EARTH_RADIUS / axis)
    return np.asarray(axis)


def outliers(series: Series) -> list[tuple[int, float]]:
    """Sets far off the line through their neighbours: place and how far off [m].

    The line goes through the medians of the three sets before and the three after. Of a spell of wrong sets longer
    than two none is found: it looks like two burns.
    """
    found: list[tuple[int, float]] = []
    left = np.arange(series.instants.size)
    for _ in range(5):
        off, scatter = _off(series, left)
        bad = np.abs(off) > np.maximum(OFF_M, OFF_SCATTERS * scatter)
        # Of neighbours only the worst is taken, for it pulls the lines of the others.
        bad = np.array([b and abs(off[i]) >= np.abs(off[max(0, i - 3) : i + 4]).max() for i, b in enumerate(bad)])
        if not bad.any():
            break
        found += [(int(left[i]), float(off[i])) for i in np.flatnonzero(bad)]
        left = left[~bad]
    return sorted(found)


def _off(series: Series, left: NDArray[np.intp]) -> tuple[FloatArray, float]:
    """How far each set lies above or below both sides, 0 when it lies between them or close to one; and the scatter."""
    days, height = series.instants[left] / (NS * DAY_S), series.altitude[left]
    if left.size < 5:
        return np.zeros(left.size), 0.0
    slope, scatter = usual_slope(days, height)
    edge = np.full(3, np.nan)
    day, high = np.concatenate([edge, days, edge]), np.concatenate([edge, height, edge])
    count = left.size
    sides = []
    for shifts in ((0, 1, 2), (4, 5, 6)):
        carried = [high[k : k + count] - slope * (day[k : k + count] - days) for k in shifts]
        # The first and the last set have nothing on one side, and are never refused.
        sides.append(_beside(np.stack(carried), height))
    same = np.nan_to_num(sides[0] * sides[1]) > 0.0
    nearer = np.where(np.abs(sides[0]) < np.abs(sides[1]), sides[0], sides[1])
    return np.where(same, nearer, 0.0), scatter


def _beside(carried: FloatArray, height: FloatArray) -> FloatArray:
    """How far each set is above the median of three; NaN for none. (3, n) and (n,)."""
    off = np.full(height.size, np.nan)
    there = np.isfinite(carried).any(axis=0)
    off[there] = height[there] - np.nanmedian(carried[:, there], axis=0)
    return off


def usual_slope(days: FloatArray, height: FloatArray) -> tuple[FloatArray, float]:
    """Slope around each set [m/day], the median over neighbours some way apart, and the scatter of sets [m].

    Steps of burns are few, so the median does not see them.
    """
    lag = 2
    rates = (height[lag:] - height[:-lag]) / np.maximum(days[lag:] - days[:-lag], 0.05)
    middle = 0.5 * (days[lag:] + days[:-lag])
    weight = np.maximum(days[lag:] - days[:-lag], 0.05) < WIDEST_GAP_DAYS
    rates, middle = rates[weight], middle[weight]
    if rates.size == 0:
        return np.zeros(days.size), 0.0
    low = np.searchsorted(middle, days - SLOPE_DAYS)
    high = np.searchsorted(middle, days + SLOPE_DAYS)
    whole = float(np.median(rates))
    slope = np.array([float(np.median(rates[a:b])) if b - a >= 4 else whole for a, b in zip(low, high, strict=True)])
    step = np.diff(height) - slope[:-1] * np.diff(days)
    return slope, float(1.4826 * np.median(np.abs(step - np.median(step))) / np.sqrt(2.0))


def burns_of(series: Series, source: str) -> list[Burn]:
    """Steps of a series that are burns; outliers must be gone from it.

    Found in rounds: the largest step of each neighbourhood is a cut, and windows do not reach over cuts, so that two
    burns some sets apart do not hide each other.
    """
    count = series.instants.size
    if count < 6:
        return []
    days, height = (series.instants - series.instants[0]) / (NS * DAY_S), series.altitude
    slope, _ = usual_slope(days, height)
    cuts: list[int] = []
    step, scatter = np.zeros(count - 1), np.full(count - 1, LEAST_SCATTER_M)
    places = np.arange(count - 1)
    for _ in range(ROUNDS):
        _steps(days, height, slope, cuts, places, step, scatter, FIRST_SETS)
        strong = np.where(np.abs(step) >= np.maximum(LEAST_STEP_M, LEAST_SCATTERS * scatter), np.abs(step), 0.0)
        strong[cuts] = 0.0
        raw = np.diff(height) - slope[:-1] * np.diff(days)
        moved = {_moved(raw, place, float(step[place])) for place in peaks(strong, FIRST_SETS)}
        new = [place for place in sorted(moved) if all(abs(place - cut) > 1 for cut in cuts)]
        if not new:
            break
        cuts = sorted(cuts + new)
        near = np.zeros(count - 1, dtype=np.bool_)
        for cut in new:
            near[max(0, cut - WINDOW_SETS) : cut + WINDOW_SETS + 1] = True
        places = np.flatnonzero(near)
    _steps(days, height, slope, cuts, np.array(cuts, dtype=np.int64), step, scatter)
    found = []
    for cut in cuts:
        size = _agreed(days, height, cuts, cut, float(step[cut]))
        if abs(size) < max(LEAST_STEP_M, LEAST_SCATTERS * scatter[cut]):
            continue
        axis = EARTH_RADIUS + float(height[cut])
        change = size * float(np.sqrt(MU_EARTH / axis)) / (2.0 * axis)
        begin, end = int(series.instants[cut]), int(series.instants[cut + 1])
        found.append(Burn(begin, end, change, size, float(abs(size) / scatter[cut]), "elements", source))
    return found


def _moved(raw: FloatArray, place: int, size: float) -> int:
    """The gap near a place over which most of the step lies: medians of three see a step a set early or late."""
    low = max(0, place - FIRST_SETS)
    near = raw[low : place + FIRST_SETS + 1] * np.sign(size)
    best = low + int(np.argmax(near))
    return best if near.max() >= 0.5 * abs(size) else place


def _windows(days: FloatArray, cuts: list[int], place: int, sets: int = WINDOW_SETS) -> tuple[slice, slice]:
    """The sets before and after a gap, up to the next cut on either side."""
    low = max((cut + 1 for cut in cuts if cut < place), default=0)
    high = min((cut + 1 for cut in cuts if cut > place), default=days.size)
    return slice(max(low, place - sets + 1), place + 1), slice(place + 1, min(high, place + 1 + sets))


def _steps(
    days: FloatArray,
    height: FloatArray,
    slope: FloatArray,
    cuts: list[int],
    places: NDArray[np.int64],
    step: FloatArray,
    scatter: FloatArray,
    sets: int = WINDOW_SETS,
) -> None:
    """Put into ``step`` what lies between each set of ``places`` and the next, into ``scatter`` what noise would make.

    days, height, slope   (n,) [day], [m], [m/day]
    cuts                  places after which a burn lies: windows end there
    step, scatter         (n - 1,) [m]; step 0 across gaps that are too wide
    """
    for i in places:
        gap = days[i + 1] - days[i]
        if gap > WIDEST_GAP_DAYS:
            step[i] = 0.0
            continue
        middle, usual = 0.5 * (days[i] + days[i + 1]), float(min(slope[i], slope[i + 1], key=abs))
        before, after = _windows(days, cuts, int(i), sets)
        low, low_off = _level(days[before], height[before], usual, middle)
        high, high_off = _level(days[after], height[after], usual, middle)
        step[i] = high - low
        scatter[i] = max(LEAST_SCATTER_M, float(np.hypot(low_off, high_off)), 0.5 * abs(usual) * gap)


def _agreed(days: FloatArray, height: FloatArray, cuts: list[int], place: int, size: float) -> float:
    """The step, or what is left of it when the sets on each side have a slope of their own.

    In a storm the orbit sinks some times faster than usual, which looks like a small step down.
    """
    if not -STORM_M < size < 0.0:
        return size
    ends = []
    middle = 0.5 * (days[place] + days[place + 1])
    for window in _windows(days, cuts, place):
        day, high = days[window], height[window]
        if day.size < 4 or day[-1] - day[0] < 0.3:
            return size
        first, second = np.triu_indices(day.size, 1)
        apart = day[second] - day[first]
        far = apart > 0.2
        own = float(np.median((high[second] - high[first])[far] / apart[far]))
        ends.append(float(np.median(high - own * (day - middle))))
    other = ends[1] - ends[0]
    return 0.0 if other * size <= 0.0 else min(size, other, key=abs)


def _level(days: FloatArray, height: FloatArray, slope: float, at: float) -> tuple[float, float]:
    """Median height of some sets carried to a time, and how far off it may be."""
    near = np.abs(days - at) <= WINDOW_DAYS
    if near.sum() < 2:
        near = np.abs(days - at) <= np.sort(np.abs(days - at))[min(1, days.size - 1)]
    carried = height[near] - slope * (days[near] - at)
    level = float(np.median(carried))
    spread = float(1.4826 * np.median(np.abs(carried - level)))
    # One or two sets do not tell their own scatter.
    return level, max(spread, 2.0 * LEAST_SCATTER_M if carried.size < 3 else 0.0) / float(np.sqrt(carried.size))
