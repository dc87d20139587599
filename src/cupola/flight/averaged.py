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

    One row at the start, at midnights (each, or each that a longer step meets) and at the end; two, before and after,
    at each burn that was given.
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

    Raises DomainError for times, elements or areas that are not finite or out of range.
    """
    _check(start, begin, end, entry, step)
    rows = start.rows
    last = np.zeros((4, rows.shape[1]))
    over = np.full(rows.shape[1], np.nan)
    times, kept = [begin], [rows.copy()]
    made: list[Burn] = []
    queue = sorted((burn for burn in burns if begin <= burn.mjd < end), key=lambda burn: burn.mjd)
    onward = air.advance if isinstance(air, Advancing) else partial(advance, air)
    now, fresh = begin, True
    while now < end:
        until = min(np.floor(now) + max(step, 1.0), end)
        if queue:
            until = min(until, max(queue[0].mjd, now))
        if until > now:
            orbit = Mean(*rows)
            area = np.asarray(per_mass(now, orbit), dtype=np.float64)
            if not (np.isfinite(area).all() and (area >= 0.0).all()):
                raise DomainError(
                    f"Cd A / m on day {now:.2f}: got {area.min()} m2/kg; expected finite and not negative"
                )
            area = np.broadcast_to(area, over.shape)
            day = float(np.floor(now) + 0.5 * (max(np.ceil(until) - np.floor(now), 1.0) - 1.0))
            sky = Span(now, until, step, entry, day, fresh)
            air_now = _mean(indices, int(np.floor(now)), int(np.ceil(until)))
            onward(sky, rows, last, over, area, air_now)
            fresh = False
        now = until
        if queue and queue[0].mjd <= now:
            times.append(now)
            kept.append(rows.copy())
            burnt(rows, queue.pop(0), np.isnan(over))
            times.append(now)
            kept.append(rows.copy())
            continue
        change = control(now, Mean(*rows)) if control is not None else None
        if change is not None and np.count_nonzero(change):
            made.append(Burn(now, np.where(np.isnan(over), change, 0.0), paired=True))
            burnt(rows, made[-1], np.isnan(over))
        if (now == np.floor(now) or now == end) and now != times[-1]:
            times.append(now)
            kept.append(rows.copy())
    return Flight(np.array(times), np.stack(kept), over, tuple(made))


def _mean(indices: Callable[[int], Indices], first: int, end: int) -> Indices:
    """Those of one day, or the mean of several."""
    days = [indices(day) for day in range(first, max(end, first + 1))]
    if all(day is days[0] for day in days):
        return days[0]
    share = 1.0 / len(days)
    sums = [sum((getattr(day, name) for day in days[1:]), start=getattr(days[0], name)) for name in NAMES]
    return Indices(*(np.asarray(value * share) for value in sums))


def _check(start: Mean, begin: float, end: float, entry: float, step: float) -> None:
    """Refuse what cannot be flown."""
    if not np.isfinite(start.rows).all():
        raise DomainError("start: got elements that are not finite; expected finite ones")
    if not (np.isfinite([begin, end, entry, step]).all() and end >= begin and step > 0.0):
        raise DomainError(
            f"times: got {begin} to {end} in steps of {step} day; expected finite ones, the end not before"
        )
    if not (start.altitude > entry).all():
        low = float(start.altitude.min()) / 1e3
        raise DomainError(f"start: mean altitude: got {low:.1f} km; expected above that of entry, {entry / 1e3:.1f} km")
