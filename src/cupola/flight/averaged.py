"""The averaged engine: mean elements of all futures through years of drag and burns, down to re-entry.

One step a day and future as long as the orbit sinks slowly, and as many as it takes where it sinks fast. In a step the
plane, the apsides and the argument turn at their secular rates, the eccentricity circles about its frozen point, and
drag works at what it is in the middle of the step: a midpoint rule, whose middle is found with the drag of the step
before, or with that of the step's start where the orbit sinks fast.

Assumptions and limits: near-circular orbits (e <= 0.05) of any inclination but the equator's; drag and zonal harmonics
only. The end is the moment at which the mean altitude falls through 120 km. All futures start at the same moment. A
future's result is the same to the last bit in any company.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from cupola.base.constants import EARTH_RADIUS
from cupola.base.errors import DomainError
from cupola.base.quantity import DAY_S
from cupola.flight.averaged_burns import Burn, burnt
from cupola.flight.averaged_drag import Drag, Indices
from cupola.flight.averaged_elements import Mean
from cupola.flight.averaged_rates import secular, turned

Floats = NDArray[np.float64]
Lanes = NDArray[np.intp]

ENTRY_ALTITUDE = 120e3
"""m, mean: below it a body makes less than one more turn."""
FAST = 1_000.0
"""m a step, above which the drag at the start of a step is worked out too."""
SHARE = 0.08
"""Of a scale height that the orbit sinks in a step at most."""
SHORTEST = 10.0 / DAY_S
"""day, the shortest step."""
_PER_DAY = 1.0 / DAY_S


class Air(Protocol):
    """What works out the drag: ``averaged_drag.Evaluated`` or ``averaged_table.Tabulated``."""

    def drag(self, mjd: Floats, days: Floats, orbit: Mean, per_mass: Floats, indices: Indices) -> Drag:
        """Rates by drag over the step that each future takes."""


@dataclass(frozen=True)
class Flight:
    """What was flown: one row at the start, at each midnight and at the end."""

    mjd: Floats
    """(rows,)"""
    rows: Floats
    """(rows, 6, n): axis, ex, ey, inclination, node, argument; those of its end where a future has ended"""
    entry: Floats
    """(n,) Modified Julian Day on which the mean altitude fell through that of entry; NaN where it did not"""

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
    air: Air,
    indices: Callable[[int], Indices],
    per_mass: Callable[[float, Mean], Floats],
    burns: Sequence[Burn] = (),
    entry: float = ENTRY_ALTITUDE,
    step: float = 1.0,
) -> Flight:
    """Fly all futures from a moment to another.

    start       Mean (n,)
    begin, end  float   [day]   Modified Julian Days
    air         Air
    indices     day number -> Indices of the day
    per_mass    (mjd, Mean (n,)) -> array (n,) [m2/kg], Cd A / m at that time
    burns       those of all futures, in any order
    entry       float   [m]     mean altitude at which an orbit is over
    step        float   [day]   longest step; above 1 only whole days are skipped, and indices are those of the first

    Raises DomainError for times, elements or areas that are not finite or out of range.
    """
    _check(start, begin, end, entry, step)
    rows = start.rows
    last = np.zeros((4, rows.shape[1]))
    over = np.full(rows.shape[1], np.nan)
    times, kept = [begin], [rows.copy()]
    queue = sorted((burn for burn in burns if begin <= burn.mjd < end), key=lambda burn: burn.mjd)
    now, fresh = begin, True
    while now < end:
        until = min(np.floor(now) + max(step, 1.0), end)
        if queue:
            until = min(until, max(queue[0].mjd, now))
        if until > now:
            orbit = Mean(*rows)
            area = np.asarray(per_mass(now, orbit), dtype=np.float64)
            if not (np.isfinite(area).all() and (area >= 0.0).all()):
                raise DomainError(f"Cd A / m on day {now:.2f}: got {area.min()} m2/kg; expected finite and not negative")
            area = np.broadcast_to(area, over.shape)
            _days(rows, last, over, (now, until, step), air, area, indices(int(np.floor(now))), entry, fresh)
            fresh = False
        while queue and queue[0].mjd <= until:
            burnt(rows, queue.pop(0), np.isnan(over))
        now = until
        if now == np.floor(now) or now == end:
            times.append(now)
            kept.append(rows.copy())
    return Flight(np.array(times), np.stack(kept), over)


def _check(start: Mean, begin: float, end: float, entry: float, step: float) -> None:
    """Refuse what cannot be flown."""
    if not np.isfinite(start.rows).all():
        raise DomainError("start: got elements that are not finite; expected finite ones")
    if not (np.isfinite([begin, end, entry, step]).all() and end >= begin and step > 0.0):
        raise DomainError(f"times: got {begin} to {end} in steps of {step} day; expected finite ones, the end not before")
    if not (start.altitude > entry).all():
        low = float(start.altitude.min()) / 1e3
        raise DomainError(f"start: mean altitude: got {low:.1f} km; expected above that of entry, {entry / 1e3:.1f} km")


def _days(
    rows: Floats,
    last: Floats,
    over: Floats,
    span: tuple[float, float, float],
    air: Air,
    area: Floats,
    indices: Indices,
    entry: float,
    fresh: bool,
) -> None:
    """Fly all futures that are not over through a span, each in steps of its own; arrays are changed in place."""
    begin, end, longest = span
    now = np.full(over.shape, begin)
    lanes = np.flatnonzero(np.isnan(over))
    while lanes.size:
        whole = lanes.size == over.size
        part = rows if whole else rows[:, lanes]
        drag = last if whole else last[:, lanes]
        here, load = (now, area) if whole else (now[lanes], area[lanes])
        some = indices if whole else indices.of(lanes)
        moved, drag, days = _step(part, drag, here, (end, longest), air, load, some, fresh)
        low = moved[0] - EARTH_RADIUS <= entry
        if np.count_nonzero(low):
            share = np.where(low, (part[0] - EARTH_RADIUS - entry) / np.maximum(part[0] - moved[0], 1e-9), 1.0)
            moved = np.where(low, part + share * (moved - part), moved)
            over[lanes[low]] = (here + share * days)[low]
        rows[:, lanes], last[:, lanes] = moved, drag
        # What is left is compared with a millisecond, so that rounding leaves no crumb of a step.
        now[lanes] = np.where(end - here - days < 1e-8, end, here + days)
        lanes = lanes[(now[lanes] < end) & ~low]


def _step(
    rows: Floats,
    last: Floats,
    now: Floats,
    limits: tuple[float, float],
    air: Air,
    area: Floats,
    indices: Indices,
    fresh: bool,
) -> tuple[Floats, Floats, Floats]:
    """One step of each future: the elements after it, its drag, and its length [day]."""
    axis, ex, ey, inclination, node, argument = rows
    end, longest = limits
    days = np.minimum(end - now, longest)
    room = SHARE * 0.2 * np.maximum(axis - EARTH_RADIUS - 80e3, 20e3)
    fast = np.flatnonzero((-last[0] * DAY_S * days > FAST) | fresh)
    if fast.size:
        last = last.copy()
        first = air.drag(now[fast], np.minimum(days[fast], 0.1), Mean(*rows[:, fast]), area[fast], indices.of(fast))
        last[:, fast] = _stacked(first)
    days = np.minimum(days, np.maximum(room / np.maximum(-last[0] * DAY_S, 1e-9), SHORTEST))
    seconds = days * DAY_S
    half = 0.5 * seconds
    middle = axis + half * last[0]
    rates = secular(middle, inclination)
    near_x, near_y = turned(ex, ey, rates.frozen, rates.apsides * half)
    orbit = Mean(middle, near_x + half * last[1], near_y + half * last[2], inclination, node + half * rates.node, argument)
    drag = _stacked(air.drag(now, days, orbit, area, indices))
    fall = seconds * drag[0]
    # A kick in the middle of the step turns through the second half of it.
    turned_x, turned_y = turned(near_x + seconds * drag[1], near_y + seconds * drag[2], rates.frozen, rates.apsides * half)
    # The middle as it came out moves the argument on; the other rates do not feel it.
    missed = axis + 0.5 * fall - middle
    moved = np.stack(
        [
            axis + fall,
            turned_x,
            turned_y,
            inclination + seconds * drag[3],
            node + seconds * rates.node,
            argument + seconds * rates.argument * (1.0 - 1.5 * missed / middle),
        ]
    )
    return moved, drag, days


def _stacked(drag: Drag) -> Floats:
    return np.stack([drag.axis, drag.ex, drag.ey, drag.inclination])
