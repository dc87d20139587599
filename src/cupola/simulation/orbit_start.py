"""The orbit on the first day of a run: that of the epoch, or carried to another day by what was recorded."""

from __future__ import annotations

import dataclasses
import datetime as dt

import numpy as np

from cupola.base.constants import EARTH_RADIUS
from cupola.base.quantity import DAY_S, Quantity
from cupola.flight.averaged_rates import secular
from cupola.programme.programme import Programme

FRESH = 60
"""Days for which a recorded altitude counts as that of the day."""


def orbit_on(programme: Programme, day: dt.date) -> tuple[Quantity, float]:
    """Mean altitude [m] with its range, and right ascension of the node [rad], on a day.

    On the epoch these are the programme's own. On another day the altitude is the last recorded one of the 60 days
    before, or where there is none the target of that day; the node is carried there by the zonal field at the mean of
    both altitudes, which is off by some 9 degrees a year for each 10 km that the altitude really differed.
    """
    orbit = programme.orbit
    if day == orbit.epoch:
        return orbit.altitude, orbit.node.value
    recorded = [row for row in programme.altitudes if row.day <= day and (day - row.day).days <= FRESH]
    usual = (programme.target_on(day) or programme.orbit_policy).altitude
    if recorded:
        latest = max(recorded, key=lambda row: row.day)
        below, above = orbit.altitude.value - orbit.altitude.low, orbit.altitude.high - orbit.altitude.value
        altitude = dataclasses.replace(
            orbit.altitude,
            value=latest.altitude,
            low=latest.altitude - below,
            high=latest.altitude + above,
            source=latest.source,
        )
    else:
        altitude = usual
    mean = 0.5 * (altitude.value + orbit.altitude.value)
    days = (day - orbit.epoch).days
    turning = secular(np.array([EARTH_RADIUS + mean]), np.array([orbit.inclination.value])).node
    return altitude, orbit.node.value + float(turning[0]) * days * DAY_S
