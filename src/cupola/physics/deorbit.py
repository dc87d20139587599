"""The last burns: how far the perigee goes down.

Assumptions and limits: two-body, impulsive, burns along the velocity at the highest point of the orbit; heights are
above the equatorial radius. Oblateness moves single heights by some 10 km within an orbit; drag between the burns is
left out.
Source: Vallado, Fundamentals of Astrodynamics and Applications, 4th ed. (2013), vis-viva.
"""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from cupola.base.constants import EARTH_RADIUS, MU_EARTH

Floats = NDArray[np.float64]
Real = TypeVar("Real", float, Floats)


def perigee_after(apogee: Real, perigee: Real, delta_v: Real) -> Real:
    """Height of the perigee after a retrograde burn at the apogee.

        v = sqrt(mu (2/r_a - 1/a)),   1/a' = 2/r_a - (v - dv)^2 / mu,   r_p' = 2a' - r_a

    apogee     float or array   [m]     above the equatorial radius
    perigee    float or array   [m]     no higher than the apogee
    delta_v    float or array   [m/s]   >= 0, against the direction of flight, less than the speed
    returns    same shape       [m]     below the ground when the burn is large

    >>> round(float(perigee_after(219e3, 219e3, 9.3)) / 1e3, 1)
    187.5
    """
    high = EARTH_RADIUS + apogee
    axis = 0.5 * (high + EARTH_RADIUS + perigee)
    speed = np.sqrt(MU_EARTH * (2.0 / high - 1.0 / axis)) - delta_v
    lower: Real = 2.0 / (2.0 / high - speed * speed / MU_EARTH) - high - EARTH_RADIUS
    return lower
