"""The mean orbit of every future, flown a day at a time by the averaged engine.

Only what changes an orbit is here: drag, burns along the velocity, and the last burns of all. Who burns, and why, is
decided by the processes.

Simplifies: the orbit begins at the frozen eccentricity, with the argument of latitude at the node, for neither is on
record; burns come in pairs half a turn apart, and at midnight.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cupola.base.constants import EARTH_RADIUS
from cupola.base.quantity import DAY_S
from cupola.flight.averaged_air import Air, Span
from cupola.flight.averaged_burns import Burn, burnt, delta_v_between
from cupola.flight.averaged_fall import fall
from cupola.flight.averaged_levels import Standing
from cupola.flight.averaged_rates import frozen_orbit
from cupola.flight.averaged_step import advance

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
Places = NDArray[np.intp]

FAST = 1_000.0
"""m a day, above which a day's fall is flown in one go: the engine's own steps would be shorter than a day."""


class OrbitState:
    """Mean elements (6, n), and what the engine remembers of the step before."""

    def __init__(self, altitude: Array, inclination: float, node: float) -> None:
        """``altitude`` (n,) [m], mean; ``inclination`` and ``node`` [rad]."""
        n = altitude.size
        self.rows: Array = frozen_orbit(altitude, inclination, node).rows
        self.over: Array = np.full(n, np.nan)
        """Modified Julian Day on which the orbit was over; NaN while it is not"""
        self.flown: Array = np.zeros((2, n))
        """Mass [kg] and drag coefficient times area [m2] that were flown on the day"""
        self.burnt: Array = np.zeros(n)
        """Velocity change along the velocity since the day's flight [m/s]; NaN after the burns of the end"""
        self._last: Array = np.zeros((4, n))
        self._fresh = True

    @property
    def altitude(self) -> Array:
        """(n,) [m] mean, above the equatorial radius; a copy that cannot be written to."""
        found: Array = np.subtract(self.rows[0], EARTH_RADIUS)
        found.flags.writeable = False
        return found

    @property
    def node(self) -> Array:
        """(n,) [rad] right ascension of the ascending node"""
        found: Array = self.rows[4]
        return found

    def fly_day(
        self, mjd: int, entry: float, alive: Mask, area: Array, mass: Array, sun: Standing, air: Air[Standing]
    ) -> Mask:
        """Fly all futures that are alive through a day; returns where the orbit was over within it.

        mjd        int                    the day
        entry      float        [m]       mean altitude at which an orbit is over
        area       array (n,)   [m2]      drag coefficient times area
        mass       array (n,)   [kg]
        """
        per_mass = area / np.maximum(mass, 1.0)
        self.flown, self.burnt = np.stack([mass, area]), np.zeros(mass.size)
        np.copyto(self.over, float(mjd), where=~alive & np.isnan(self.over))
        up = np.isnan(self.over)
        falling = np.flatnonzero(up & (self._last[0] * -DAY_S > FAST))
        if falling.size:
            moved, last, days = fall(
                air, self.rows[:, falling], mjd, 1.0, entry, per_mass[falling], sun.of(falling), float(mjd)
            )
            self.over[falling] = mjd
        span = Span(float(mjd), mjd + 1.0, 1.0, entry, float(mjd), self._fresh)
        advance(air, span, self.rows, self._last, self.over, per_mass, sun)
        self._fresh = False
        if falling.size:
            self.rows[:, falling], self._last[:, falling], self.over[falling] = moved, last, mjd + days
        down: Mask = up & ~np.isnan(self.over)
        return down

    def push(self, futures: Places, change: Array) -> None:
        """A pair of burns of some futures together of this velocity change, along the velocity or against it [m/s]."""
        moved = self.rows[:, futures]
        burnt(moved, Burn(0.0, change, paired=True), np.ones(len(futures), dtype=bool))
        self.rows[:, futures] = moved
        self.burnt[futures] += change

    def change_to(self, futures: Places, altitude: Array) -> Array:
        """The velocity change of a pair of burns from the mean altitude of some futures to another [m/s]."""
        change: Array = delta_v_between(self.rows[0, futures], EARTH_RADIUS + altitude)
        return change

    def lower(self, futures: Places, apogee: Array, perigee: Array) -> None:
        """After burns at one place of the orbit: apogee and perigee of some futures [m], the perigee at the node."""
        self.rows[0, futures] = EARTH_RADIUS + 0.5 * (apogee + perigee)
        self.rows[1, futures] = 0.5 * (apogee - perigee) / self.rows[0, futures]
        self.rows[2, futures] = 0.0
        self.burnt[futures] = np.nan
