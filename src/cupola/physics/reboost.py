"""Raising an orbit: velocity change, propellant and burn time.

Assumptions and limits: impulsive, coplanar, near-circular, and small against the orbit (up to some 20 km; the
error of the small-change form is da/2a, 0.15 % at 20 km). Station mass is that before the burn.
Sources: Vallado, Fundamentals of Astrodynamics and Applications, 4th ed. (2013), Hohmann transfer;
Tsiolkovsky's rocket equation.
"""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from cupola.base.constants import EARTH_RADIUS, MU_EARTH, STANDARD_GRAVITY

Floats = NDArray[np.float64]
Real = TypeVar("Real", float, Floats)


def raise_from_delta_v(altitude: Real, delta_v: Real) -> Real:
    """Gain of the mean altitude from a small prograde velocity change, in one burn or two.

        da = 2 a dv / v = 2 dv sqrt(a^3 / mu)

    altitude   float or array   [m]     mean, above the equatorial radius
    delta_v    float or array   [m/s]   negative lowers
    returns    same shape       [m]

    >>> round(float(raise_from_delta_v(417e3, 1.0)))
    1774
    """
    axis = EARTH_RADIUS + altitude
    gain: Real = 2.0 * delta_v * np.sqrt(axis * axis * axis / MU_EARTH)
    return gain


def delta_v_for_raise(altitude: Real, gain: Real) -> Real:
    """Velocity change of a two-sided Hohmann transfer that raises the mean altitude a little.

        dv = da / 2 sqrt(mu / a^3)        a = R + h + da/2

    altitude   float or array   [m]     mean, before the raise
    gain       float or array   [m]     negative lowers
    returns    same shape       [m/s]   negative lowers

    Taken at the middle of the raise, where it agrees with the full Hohmann sum to 0.01 % up to 100 km.

    >>> round(float(delta_v_for_raise(400e3, 20e3)), 2)
    11.29
    """
    axis = EARTH_RADIUS + altitude + 0.5 * gain
    change: Real = 0.5 * gain * np.sqrt(MU_EARTH / (axis * axis * axis))
    return change


def propellant_for(delta_v: Real, mass: Real, specific_impulse: Real) -> Real:
    """Propellant that a velocity change burns.

        mp = m (1 - exp(-dv / (Isp g0)))

    delta_v            float or array   [m/s]   >= 0
    mass               float or array   [kg]    before the burn
    specific_impulse   float or array   [s]     > 0
    returns            same shape       [kg]

    >>> round(float(propellant_for(1.0, 440e3, 290.0)), 1)
    154.7
    """
    burnt: Real = -mass * np.expm1(-delta_v / (specific_impulse * STANDARD_GRAVITY))
    return burnt


def delta_v_from(propellant: Real, mass: Real, specific_impulse: Real) -> Real:
    """Velocity change that an amount of propellant gives; the inverse of ``propellant_for``.

        dv = -Isp g0 ln(1 - mp / m)

    propellant         float or array   [kg]   0 to mass
    mass               float or array   [kg]   before the burn
    specific_impulse   float or array   [s]
    returns            same shape       [m/s]

    >>> round(float(delta_v_from(154.69, 440e3, 290.0)), 3)
    1.0
    """
    change: Real = -specific_impulse * STANDARD_GRAVITY * np.log1p(-propellant / mass)
    return change


def burn_duration(propellant: Real, thrust: Real, specific_impulse: Real) -> Real:
    """How long a burn lasts.

        t = mp Isp g0 / F

    propellant         float or array   [kg]
    thrust             float or array   [N]   net along the velocity, > 0
    specific_impulse   float or array   [s]
    returns            same shape       [s]

    >>> round(float(burn_duration(154.69, 764.0, 290.0)))
    576
    """
    return propellant * specific_impulse * STANDARD_GRAVITY / thrust
