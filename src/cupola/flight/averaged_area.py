"""The area that drag sees, as it varies: with the configuration by date, and with how the solar arrays turn.

Assumptions and limits: the body's area is that of its attitude, the same all along the orbit. Arrays are flat and turn
about two axes, so that they face the Sun all the time, or while the Sun shines and lie edge-on to the wind in the
Earth's shadow. The shadow is a cylinder, the orbit circular; arrays do not shade one another.
Source: own geometry.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cupola.base.constants import EARTH_RADIUS
from cupola.base.errors import DomainError
from cupola.flight.averaged_elements import Mean
from cupola.physics.orbit import sun_direction

Floats = NDArray[np.float64]


def array_share(beta: Floats | float, altitude: Floats | float, feathered: bool) -> Floats:
    """Share of an array's area that meets the wind, in the mean of an orbit.

        facing the Sun: 2/pi cos b      feathered in the shadow: (1 + cos e)/pi cos b
        e = acos(sqrt(1 - (R/a)^2) / cos b), half the angle of the orbit in the shadow

    beta        array (n,) or float   [rad]   angle between the orbit plane and the Sun
    altitude    array (n,) or float   [m]
    feathered   bool
    returns     array                 [1]     0 to 0.64

    >>> [round(float(array_share(0.0, 410e3, feathered)), 3) for feathered in (False, True)]
    [0.637, 0.427]
    """
    cosine = np.cos(beta)
    facing = np.asarray(2.0 / np.pi * cosine)
    if not feathered:
        return facing
    ratio = EARTH_RADIUS / (EARTH_RADIUS + altitude)
    half = np.arccos(np.minimum(np.sqrt(1.0 - ratio * ratio) / np.maximum(cosine, 1e-9), 1.0))
    return np.asarray((1.0 + np.cos(half)) / np.pi * cosine)


@dataclass(frozen=True)
class Configuration:
    """Mass and areas from a day on."""

    mjd: float
    mass: Floats | float
    """kg"""
    body: Floats | float
    """m2, drag coefficient times the area without arrays"""
    arrays: Floats | float = 0.0
    """m2, drag coefficient times the full area of the arrays"""
    feathered: bool = False
    """Whether the arrays lie edge-on to the wind in the shadow"""


def per_mass(configurations: Sequence[Configuration]) -> Callable[[float, Mean], Floats]:
    """Cd A / m [m2/kg] by date and orbit, for ``averaged.fly``; each configuration holds until the next one.

    Raises DomainError for none at all, or for masses and areas out of range.
    """
    if not configurations:
        raise DomainError("configurations: got none; expected one or more")
    ordered = sorted(configurations, key=lambda one: one.mjd)
    for one in ordered:
        mass, areas = np.asarray(one.mass), (np.asarray(one.body), np.asarray(one.arrays))
        if not (np.isfinite(mass).all() and (mass > 0.0).all()):
            raise DomainError(f"configuration of day {one.mjd:.2f}: mass: got {mass.min()} kg; expected above 0")
        if not all(np.isfinite(area).all() and (area >= 0.0).all() for area in areas):
            raise DomainError(f"configuration of day {one.mjd:.2f}: area: expected finite and not negative, in m2")
    days = [one.mjd for one in ordered]

    def found(mjd: float, orbit: Mean) -> Floats:
        one = ordered[max(bisect_right(days, mjd) - 1, 0)]
        area = one.body
        if np.any(np.asarray(one.arrays) > 0.0):
            sine_i = np.sin(orbit.inclination)
            x, y, z = sun_direction(mjd)
            sine = sine_i * (np.sin(orbit.node) * x - np.cos(orbit.node) * y) + np.cos(orbit.inclination) * z
            beta = np.arcsin(np.minimum(np.maximum(sine, -1.0), 1.0))
            area = area + one.arrays * array_share(beta, orbit.altitude, one.feathered)
        return np.broadcast_to(np.asarray(area / one.mass, dtype=np.float64), orbit.axis.shape)

    return found
