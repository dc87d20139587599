"""Osculating states of a flight of the averaged engine at any times.

Between two rows of a flight the axis and the plane go in a straight line, the eccentricity turns about its frozen
point, and the argument follows the cubic that has the rows' values and rates at both ends.

Assumptions and limits: those of the averaged engine; the sinking within a day is taken as even: along the track that
is off by metres at 400 km, and by kilometres in the last days.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cupola.base.constants import MU_EARTH
from cupola.base.errors import DomainError
from cupola.base.quantity import DAY_S
from cupola.flight.averaged import Flight
from cupola.flight.averaged_burns import Burn
from cupola.flight.averaged_elements import Mean, to_state
from cupola.flight.averaged_rates import secular, turned

Floats = NDArray[np.float64]


def mean_at(flight: Flight, mjd: float) -> Mean:
    """Mean elements of all futures at a time; after a burn, at the time of one.

    Raises DomainError outside the flight.
    """
    times = flight.mjd
    if not times[0] <= mjd <= times[-1]:
        raise DomainError(f"time: got day {mjd:.5f}; expected {times[0]:.5f} to {times[-1]:.5f}, the flight's own")
    low = min(int(np.searchsorted(times, mjd, side="right")) - 1, max(times.size - 2, 0))
    if mjd == times[low] or times.size == 1:
        return Mean(*flight.rows[low])
    if mjd == times[low + 1]:
        return Mean(*flight.rows[low + 1])
    first, last = flight.rows[low], flight.rows[low + 1].copy()
    for burn in flight.made:
        if burn.mjd == times[low + 1]:
            last[0] = axis_before(last[0], burn)
    length = (times[low + 1] - times[low]) * DAY_S
    part = (mjd - times[low]) / (times[low + 1] - times[low])
    middle = first + part * (last - first)
    ahead, behind = secular(first[0], first[3]), secular(last[0], last[3])
    # The turning from the row before, and what that misses at the row after, in proportion.
    angle = ahead.apsides * length
    end_x, end_y = turned(first[1], first[2], ahead.frozen, angle)
    now_x, now_y = turned(first[1], first[2], ahead.frozen, part * angle)
    middle[1], middle[2] = now_x + part * (last[1] - end_x), now_y + part * (last[2] - end_y)
    rise = last[5] - first[5]
    start, stop = ahead.argument * length - rise, rise - behind.argument * length
    middle[5] = first[5] + part * rise + part * (1.0 - part) * ((1.0 - part) * start + part * stop)
    return Mean(*middle)


def axis_before(axis: Floats, burn: Burn) -> Floats:
    """Mean axis before a pair of burns that ended at an axis; the inverse of ``averaged_burns.burnt`` for a pair."""
    change = np.asarray(burn.delta_v)
    speed = change + np.sqrt(2.0 * change * change + MU_EARTH / axis)
    return np.asarray(np.where(change == 0.0, axis, MU_EARTH / (speed * speed)))


def states_at(flight: Flight, mjd: Floats) -> Floats:
    """Osculating states of all futures, (times, 6, n) [m, m/s], true equator axes (TEME).

    flight    Flight
    mjd       array (times,)   [day]   within the flight
    """
    return np.stack([to_state(mean_at(flight, float(moment))) for moment in mjd])
