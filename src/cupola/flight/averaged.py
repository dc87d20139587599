"""The averaged engine: mean elements of all futures through years of drag and burns, down to re-entry.

One step a day and future as long as the orbit sinks slowly, and as many as it takes where it sinks fast; see
``averaged_step``.

Assumptions and limits: near-circular orbits (e <= 0.05) of any inclination but the equator's; drag and zonal harmonics
only. The end is the moment at which the mean altitude falls through 120 km. All futures start at the same moment. A
future's result is the same to the last bit in any company.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from cupola.base.constants import EARTH_RADIUS
from cupola.base.errors import DomainError
from cupola.flight.averaged_air import Advancing, Air, Indices, Span
from cupola.flight.averaged_burns import Burn, burnt
from cupola.flight.averaged_elements import Mean
from cupola.flight.averaged_step import advance

Floats = NDArray[np.float64]
NAMES = ("f107", "f107a", "ap")

ENTRY_ALTITUDE = 120e3
"""m, mean: below it a body makes less than one more turn."""


@dataclass(frozen=True)
class Flight:
    """What was flown.

    One row at the start, at midnights (each, or each that a longer step meets), at stops and at the end; two, before
    and after, at each burn that was given.
    """

    mjd: Floats
    """(rows,)"""
    rows: Floats
    """(rows, 6, n): axis, ex, ey, inclination, node, argument; those of its end where a future has ended"""
    entry: Floats
    """(n,) Modified Julian Day on which the mean altitude fell through that of entry; NaN where it did not"""

    made: tuple[Burn, ...]
    """Burns that ``control`` asked for, in order"""

    @property
    def altitude(self) -> Floats:
        """(rows, n) [m], mean, above the equatorial radius"""
        return self.rows[:, 0] - EARTH_RADIUS

    def at(self, row: int) -> Mean:
        """The elements of one row."""
        return Mean(*self.rows[row])


def fly(
    start: Mean,
    begin: float,
    end: float,
    air: Air[Indices],
    indices: Callable[[int], Indices],
    per_mass: Callable[[float, Mean], Floats],
    burns: Sequence[Burn] = (),
    entry: float = ENTRY_ALTITUDE,
    step: float = 1.0,
    control: Callable[[float, Mean], Floats] | None = None,
    stops: Sequence[float] = (),
) -> Flight:
    """Fly all futures from a moment to another.

    start       Mean (n,)
    begin, end  float   [day]   Modified Julian Days
    air         Air
    indices     day number -> Indices of the day
    per_mass    (mjd, Mean (n,)) -> array (n,) [m2/kg], Cd A / m at that time
    burns       those of all futures, in any order
    control     (mjd, Mean (n,)) -> array (n,) [m/s]: a pair of burns at the end of each step, zero for none; see
                ``averaged_burns.held``
    entry       float   [m]     mean altitude at which an orbit is over
    step        float   [day]   longest step; above 1 whole days are put together, with the mean of their indices
    stops       floats  [day]   moments, in any order, at which a step ends, as the area changes there

    Raises DomainError for times, elements or areas that are not finite or out of range.
    """
    _check(start, (begin, end, *stops), entry, step)
    path = _Path(start, begin)
    queue = sorted((burn for burn in burns if begin <= burn.mjd < end), key=lambda burn: burn.mjd)
    ahead = sorted(stop for stop in stops if begin < stop < end)
    onward = air.advance if isinstance(air, Advancing) else partial(advance, air)
    now = begin
    while now < end:
        until = min(np.floor(now) + max(step, 1.0), end, *ahead[:1])
        if queue:
            until = min(until, max(queue[0].mjd, now))
        if until > now:
            first, last = int(np.floor(now)), int(np.ceil(until))
            sky = Span(now, until, step, entry, first + 0.5 * (max(last - first, 1.0) - 1.0), path.fresh)
            area = _area(per_mass(now, Mean(*path.rows)), now, path.over)
            onward(sky, path.rows, path.rates, path.over, area, _mean(indices, first, last))
            path.fresh = False
        now = until
        if queue and queue[0].mjd <= now:
            path.burn(now, queue.pop(0))
            continue
        if control is not None:
            path.steer(now, control(now, Mean(*path.rows)))
        stopped = ahead[:1] == [now]
        ahead = [stop for stop in ahead if stop > now]
        if (stopped or now == np.floor(now) or now == end) and now != path.times[-1]:
            path.keep(now)
    return path.flight()


class _Path:
    """A flight in the making: where the futures are, and the rows that were kept."""

    def __init__(self, start: Mean, begin: float) -> None:
        self.rows = start.rows
        self.rates: Floats = np.zeros((4, self.rows.shape[1]))
        """By drag, of the step before"""
        self.over: Floats = np.full(self.rows.shape[1], np.nan)
        self.fresh = True
        """Whether no step was made yet"""
        self.times = [begin]
        self._kept = [self.rows.copy()]
        self._made: list[Burn] = []

    def keep(self, now: float) -> None:
        """Keep a row."""
        self.times.append(now)
        self._kept.append(self.rows.copy())

    def burn(self, now: float, burn: Burn) -> None:
        """Make a burn, with a row before and one after it."""
        self.keep(now)
        burnt(self.rows, burn, np.isnan(self.over))
        self.keep(now)

    def steer(self, now: float, change: Floats) -> None:
        """Make the pair of burns that a control asks for, if any [m/s]."""
        if np.count_nonzero(change):
            self._made.append(Burn(now, np.where(np.isnan(self.over), change, 0.0), paired=True))
            burnt(self.rows, self._made[-1], np.isnan(self.over))

    def flight(self) -> Flight:
        """What was flown."""
        return Flight(np.array(self.times), np.stack(self._kept), self.over, tuple(self._made))


def _area(per_mass: Floats, now: float, over: Floats) -> Floats:
    """Cd A / m of each future (n,). Raises DomainError for one that is not finite, or negative."""
    area = np.asarray(per_mass, dtype=np.float64)
    if not (np.isfinite(area).all() and (area >= 0.0).all()):
        raise DomainError(f"Cd A / m on day {now:.2f}: got {area.min()} m2/kg; expected finite and not negative")
    return np.broadcast_to(area, over.shape)


def _mean(indices: Callable[[int], Indices], first: int, end: int) -> Indices:
    """Those of one day, or the mean of several."""
    days = [indices(day) for day in range(first, max(end, first + 1))]
    if all(day is days[0] for day in days):
        return days[0]
    share = 1.0 / len(days)
    sums = [sum((getattr(day, name) for day in days[1:]), start=getattr(days[0], name)) for name in NAMES]
    return Indices(*(np.asarray(value * share) for value in sums))


def _check(start: Mean, times: Sequence[float], entry: float, step: float) -> None:
    """Refuse what cannot be flown; the times are begin, end and stops."""
    begin, end = times[:2]
    if not np.isfinite(start.rows).all():
        raise DomainError("start: got elements that are not finite; expected finite ones")
    if not (np.isfinite([*times, entry, step]).all() and end >= begin and step > 0.0):
        raise DomainError(
            f"times: got {begin} to {end} in steps of {step} day; expected finite ones, the end not before"
        )
    if not (start.altitude > entry).all():
        low = float(start.altitude.min()) / 1e3
        raise DomainError(f"start: mean altitude: got {low:.1f} km; expected above that of entry, {entry / 1e3:.1f} km")
