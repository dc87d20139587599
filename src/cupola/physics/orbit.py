"""Geometry of a near-circular orbit: how its plane turns, where the Sun is, what the plane sees of it.

Assumptions and limits: secular J2 only (no drag, J4 or lunisolar torque on the plane); angles in the mean
equator and equinox of date; the Sun to 0.01 degree from 1950 to 2050. The day is a Modified Julian Day with its
fraction, UTC; the minute between UTC and dynamical time moves the Sun by 0.001 degree and is left out.
"""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from cupola.base.constants import EARTH_RADIUS, J2, MU_EARTH

Floats = NDArray[np.float64]
Real = TypeVar("Real", float, Floats)
"""A number or an array of them: what goes in comes out."""

_J2000 = 51_544.5
_TURN = 2.0 * np.pi


def orbital_period(altitude: Real) -> Real:
    """Two-body period of a circular orbit.

        T = 2 pi sqrt(a^3 / mu)        a = R + h

    altitude    float or array   [m]   above the equatorial radius
    returns     same shape       [s]

    Holds to 0.1 % with J2 (mean semi-major axis). Source: Kepler's third law.

    >>> round(float(orbital_period(417e3)) / 60, 2)
    92.91
    """
    axis = EARTH_RADIUS + altitude
    period: Real = _TURN * np.sqrt(axis * axis * axis / MU_EARTH)
    return period


def node_rate(altitude: Real, inclination: float) -> Real:
    """Secular rate of the right ascension of the ascending node by J2, circular orbit.

        dRAAN/dt = -3/2 J2 (R/a)^2 sqrt(mu/a^3) cos i

    altitude       float or array   [m]     mean, above the equatorial radius
    inclination    float            [rad]
    returns        same shape       [rad/s] negative for a prograde orbit

    Holds for e < 0.01; J4 adds some 0.1 %. Source: Vallado, Fundamentals of Astrodynamics and Applications,
    4th ed. (2013).

    >>> round(float(np.degrees(node_rate(417e3, np.radians(51.64)))) * 86_400, 3)     # degrees a day
    -4.954
    """
    axis = EARTH_RADIUS + altitude
    ratio = EARTH_RADIUS / axis
    rate: Real = -1.5 * J2 * ratio * ratio * np.sqrt(MU_EARTH / (axis * axis * axis)) * np.cos(inclination)
    return rate


def mean_sun_right_ascension(mjd: Real) -> Real:
    """Right ascension of the fictitious mean Sun, which equals the Sun's mean longitude.

        L = 280.460 deg + 0.9856474 deg n        n = days from J2000.0

    mjd        float or array   [day]
    returns    same shape       [rad]   0 to 2 pi

    Source: The Astronomical Almanac, page C5, low-precision formulae for the Sun.

    >>> round(float(np.degrees(mean_sun_right_ascension(51_544.5))), 2)
    280.46
    """
    angle: Real = np.radians(280.460 + 0.9856474 * (mjd - _J2000)) % _TURN
    return angle


def sun_direction(mjd: float | Floats) -> tuple[Floats, Floats, Floats]:
    """Unit vector to the true Sun, mean equator and equinox of date.

        lambda = L + 1.915 deg sin g + 0.020 deg sin 2g      eps = 23.439 deg - 0.0000004 deg n

    mjd        float or array     [day]
    returns    three of its shape [1]    x, y, z

    Holds to 0.01 degree from 1950 to 2050. Source: The Astronomical Almanac, page C5.

    >>> x, y, z = sun_direction(60_481.87)      # the solstice of 2024-06-20 20:51 UTC
    >>> round(float(np.degrees(np.arcsin(z))), 2), abs(float(x)) < 3e-4
    (23.44, True)
    """
    days = np.asarray(mjd, dtype=np.float64) - _J2000
    anomaly = np.radians(357.528 + 0.9856003 * days)
    longitude = np.radians(280.460 + 0.9856474 * days + 1.915 * np.sin(anomaly) + 0.020 * np.sin(2.0 * anomaly))
    obliquity = np.radians(23.439 - 0.0000004 * days)
    sine = np.sin(longitude)
    return np.cos(longitude), np.cos(obliquity) * sine, np.sin(obliquity) * sine


def sun_distance(mjd: Real) -> Real:
    """Distance to the Sun in astronomical units.

        R = 1.00014 - 0.01671 cos g - 0.00014 cos 2g

    mjd        float or array   [day]
    returns    same shape       [au]

    Source: The Astronomical Almanac, page C5.

    >>> round(float(sun_distance(59_948.0)), 4)       # near the perihelion of January 2023
    0.9833
    """
    anomaly = np.radians(357.528 + 0.9856003 * (mjd - _J2000))
    distance: Real = 1.00014 - 0.01671 * np.cos(anomaly) - 0.00014 * np.cos(2.0 * anomaly)
    return distance


def node_local_time(node: Real, mjd: Real | float) -> Real:
    """Mean local solar time of the ascending node, as an angle from NOON.

        theta = RAAN - RA(mean Sun)           local hours = 12 + theta * 12 / pi

    node       float or array   [rad]   right ascension of the ascending node
    mjd        float or array   [day]
    returns    broadcast shape  [rad]   0 to 2 pi; 0 when the node lies below the Sun

    >>> round(float(node_local_time(mean_sun_right_ascension(60_000.0) + 1.0, 60_000.0)), 9)
    1.0
    """
    # The sums are those of mean_sun_right_ascension; written out, they take a day or an array of days.
    angle: Real = (node - np.radians(280.460 + 0.9856474 * (mjd - _J2000))) % _TURN
    return angle


def beta_angle(node: Real, inclination: float, mjd: Real | float) -> Real:
    """Angle between the orbit plane and the Sun, positive on the side of the orbit normal.

        sin beta = n . s        n = (sin RAAN sin i, -cos RAAN sin i, cos i)

    node           float or array   [rad]
    inclination    float            [rad]
    mjd            float or array   [day]
    returns        broadcast shape  [rad]   within +-(inclination + 23.44 degrees)

    Source: the scalar product itself; the Sun as in ``sun_direction``.

    >>> round(float(np.degrees(beta_angle(np.pi, np.radians(51.64), 60_481.87))), 2)     # solstice
    75.08
    """
    x, y, z = sun_direction(mjd)
    sine_i = np.sin(inclination)
    sine = sine_i * (np.sin(node) * x - np.cos(node) * y) + np.cos(inclination) * z
    angle: Real = np.arcsin(np.minimum(np.maximum(sine, -1.0), 1.0))
    return angle
