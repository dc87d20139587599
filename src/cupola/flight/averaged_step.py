"""The steps of the averaged engine: a midpoint rule for each future, in steps as short as its orbit sinks fast.

In a step the plane, the apsides and the argument turn at their secular rates, the eccentricity circles about its frozen
point, and drag works at what it is in the middle of the step. The middle is found with the drag of the step before, or
with that of the step's start where the orbit sinks fast.

Assumptions and limits: those of ``averaged``. Source: own.
"""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from cupola.base.constants import EARTH_RADIUS
from cupola.base.quantity import DAY_S
from cupola.flight.averaged_air import Air, Drag, Span, Sun
from cupola.flight.averaged_elements import Mean
from cupola.flight.averaged_rates import secular, turned

Floats = NDArray[np.float64]
Told = TypeVar("Told", bound=Sun)

FAST = 1_000.0
"""m a step, above which the drag at the start of a step is worked out too."""
SHARE = 0.04
"""Of a scale height that the orbit sinks in a step at most."""
SHORTEST = 10.0 / DAY_S
"""day, the shortest step."""


def advance(air: Air[Told], sky: Span, rows: Floats, last: Floats, over: Floats, area: Floats, indices: Told) -> None:
    """Fly all futures that are not over through a span, each in steps of its own.

    rows       array (6, n)             elements, changed in place
    last       array (4, n)             rates by drag of each future's step before, changed in place
    over       array (n,)      [day]    moment of entry, NaN before it; changed in place
    area       array (n,)      [m2/kg]  Cd A / m
    """
    entry, end = sky.entry, sky.end
    now = np.full(over.shape, float(sky.begin))
    lanes = np.flatnonzero(np.isnan(over))
    while lanes.size:
        whole = lanes.size == over.size
        part = rows if whole else rows[:, lanes]
        drag = last if whole else last[:, lanes]
        here, load = (now, area) if whole else (now[lanes], area[lanes])
        some = indices if whole else indices.of(lanes)
        moved, drag, days = _step(part, drag, here, sky, air, load, some)
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
    sky: Span,
    air: Air[Told],
    area: Floats,
    indices: Told,
) -> tuple[Floats, Floats, Floats]:
    """One step of each future: the elements after it, its drag, and its length [day]."""
    axis, ex, ey, inclination, node, argument = rows
    days = np.minimum(sky.end - now, sky.longest)
    room = SHARE * 0.2 * np.maximum(axis - EARTH_RADIUS - 80e3, 20e3)
    fast = np.flatnonzero((-last[0] * DAY_S * days > FAST) | sky.fresh)
    if fast.size:
        last = last.copy()
        first = air.drag(
            now[fast], np.minimum(days[fast], 0.1), Mean(*rows[:, fast]), area[fast], indices.of(fast), sky.day
        )
        last[:, fast] = _stacked(first)
    days = np.minimum(days, np.maximum(room / np.maximum(-last[0] * DAY_S, 1e-9), SHORTEST))
    seconds = days * DAY_S
    half = 0.5 * seconds
    middle = axis + half * last[0]
    rates = secular(middle, inclination)
    near_x, near_y = turned(ex, ey, rates.frozen, rates.apsides * half)
    orbit = Mean(
        middle, near_x + half * last[1], near_y + half * last[2], inclination, node + half * rates.node, argument
    )
    drag = _stacked(air.drag(now, days, orbit, area, indices, sky.day))
    fall = seconds * drag[0]
    # A kick in the middle of the step turns through the second half of it.
    turned_x, turned_y = turned(
        near_x + seconds * drag[1], near_y + seconds * drag[2], rates.frozen, rates.apsides * half
    )
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
