"""How mean elements turn without drag: node, apsides and argument, and the eccentricity that stands still.

Assumptions and limits: J2 to second order and J4 for the secular rates, J6 to J14 for the node: 5 parts in 10,000 of
its rate at 51.6 degrees, and with them 2 parts in 100,000 off that in a full field. The argument of latitude has none
of those: 0.16 km a day at 51.6 degrees and 410 km, 0.3 at 65, which elements settled on a day's flight take up in their
axis. J3 for the frozen eccentricity (its long-period part at the first order); near-circular orbits. Neither Sun and
Moon nor tesseral terms: they move a low orbit's plane by hundredths of a degree a year, and its size by metres that
come and go.
Sources: D. Brouwer, Astron. J. 64 (1959) 378; the secular rates in the form of F. R. Hoots and R. L. Roehrich,
Spacetrack Report No. 3 (1980); the frozen point after G. E. Cook, Planet. Space Sci. 14 (1966) 433.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import comb
from typing import Any

import numpy as np
from numpy.polynomial import legendre
from numpy.typing import NDArray

from cupola.base.constants import EARTH_RADIUS, J2, J3, J4, J6_TO_J14, MU_EARTH
from cupola.flight.averaged_elements import Mean

Floats = NDArray[np.float64]


def _node_shares() -> tuple[float, ...]:
    """For J6 to J14: coefficients of (1/s) d<P_n>/ds in powers of s^2, the highest first, with -J_n in them."""
    found = []
    for order, strength in zip(range(6, 15, 2), J6_TO_J14, strict=True):
        even = legendre.leg2poly([0.0] * order + [1.0])[::2]
        # The mean of (s sin u)^2j over the orbit is s^2j (2j over j) / 4^j.
        powers = [-strength * 2 * j * even[j] * comb(2 * j, j) / 4.0**j for j in range(order // 2, 0, -1)]
        found += [float(value) for value in powers]
    return tuple(found)


_NODE_SHARES = _node_shares()


@dataclass(frozen=True)
class Rates:
    """Secular rates of mean elements, each (n,), and the frozen eccentricity."""

    argument: Floats
    """rad/s, of the mean argument of latitude"""
    apsides: Floats
    """rad/s, of the argument of perigee"""
    node: Floats
    """rad/s"""
    frozen: Floats
    """e sin w at which the eccentricity stands still; its e cos w is zero"""


def secular(axis: Floats, inclination: Floats) -> Rates:
    """Rates of mean elements at e = 0.

        n = sqrt(mu/a^3)   c = cos i   t1 = 3/2 J2 n (R/a)^2   t2 = 1/2 J2 t1 (R/a)^2   t4 = -15/32 J4 n (R/a)^4
        w' = -t1/2 (1 - 5c^2) + t2/16 (7 - 114c^2 + 395c^4) + t4 (3 - 36c^2 + 49c^4)
        M' = n + t1/2 (3c^2 - 1) + t2/16 (13 - 78c^2 + 137c^4)
        N' = (-t1 + t2/2 (4 - 19c^2) + 2 t4 (3 - 7c^2)) c + J6 to J14        e_frozen = -J3/(2 J2) (R/a) sin i

    axis           array (n,)   [m]
    inclination    array (n,)   [rad]

    >>> rates = secular(np.array([6_795_137.0]), np.radians([51.64]))
    >>> round(float(np.degrees(rates.node[0])) * 86_400, 3), round(float(rates.frozen[0]), 6)
    (-4.957, 0.000861)
    """
    return Rates(*secular_terms(axis, inclination))


def secular_terms(axis: Any, inclination: Any) -> tuple[Any, Any, Any, Any]:
    """The four of :class:`Rates`, of numbers or arrays."""
    cosine = np.cos(inclination)
    c2 = cosine * cosine
    ratio = EARTH_RADIUS / axis
    q = J2 * ratio * ratio
    motion = np.sqrt(MU_EARTH / axis) / axis
    one = 1.5 * q * motion
    two = 0.5 * q * one
    four = (-0.46875 * J4 / (J2 * J2)) * q * q * motion
    apsides = -0.5 * one * (1.0 - 5.0 * c2) + 0.0625 * two * (7.0 + c2 * (395.0 * c2 - 114.0))
    apsides = apsides + four * (3.0 + c2 * (49.0 * c2 - 36.0))
    anomaly = motion + 0.5 * one * (3.0 * c2 - 1.0) + 0.0625 * two * (13.0 + c2 * (137.0 * c2 - 78.0))
    node = (-one + 0.5 * two * (4.0 - 19.0 * c2) + 2.0 * four * (3.0 - 7.0 * c2)) * cosine
    node = node + motion * cosine * even_zonals(ratio * ratio, 1.0 - c2)
    frozen = (-0.5 * J3 / J2) * ratio * np.sqrt(1.0 - c2)
    return anomaly + apsides, apsides, node, frozen


def even_zonals(square: Any, sine2: Any) -> Any:
    """What J6 to J14 add to the rate of the node, over the mean motion and the cosine of the inclination.

        -sum J_n (R/a)^n (1/s) d<P_n(s sin u)>/ds        s = sin i

    square    number or array   [1]   (R/a)^2
    sine2     the same          [1]   s^2

    Source: the mean of each zonal term over a circular orbit; Kaula, Theory of Satellite Geodesy (1966), chapter 3.
    """
    total = 0.0 * sine2
    power = square * square
    place = 0
    for terms in range(3, 8):
        value = 0.0 * sine2
        for _ in range(terms):
            value = value * sine2 + _NODE_SHARES[place]
            place += 1
        power = power * square
        total = total + power * value
    return total


def turned(ex: Any, ey: Any, frozen: Any, angle: Any) -> tuple[Any, Any]:
    """The eccentricity vector after its circle about the frozen point has turned by an angle.

    ex, ey     arrays (n,)   [1]     e cos w, e sin w
    frozen     array (n,)    [1]     e sin w of the frozen point
    angle      array (n,)    [rad]

    >>> ex, ey = turned(np.array([0.0]), np.array([2e-3]), np.array([1e-3]), np.array([np.pi / 2]))
    >>> round(float(ex[0]), 9), round(float(ey[0]), 9)
    (-0.001, 0.001)
    """
    cosine, sine = np.cos(angle), np.sin(angle)
    off = ey - frozen
    return ex * cosine - off * sine, frozen + ex * sine + off * cosine


def frozen_orbit(altitude: Floats, inclination: float, node: Floats | float) -> Mean:
    """Mean elements of orbits whose eccentricity stands still, perigee at its highest latitude.

    altitude      array (n,)            [m]     mean, above the equatorial radius
    inclination   float                 [rad]
    node          array (n,) or float   [rad]

    >>> orbit = frozen_orbit(np.array([417e3]), np.radians(51.64), 0.0)
    >>> float(orbit.ex[0]), round(float(orbit.ey[0]), 6)
    (0.0, 0.000859)
    """
    axis, none = EARTH_RADIUS + altitude, np.zeros(altitude.size)
    tilt = np.full(altitude.size, inclination)
    frozen = np.asarray(secular(axis, tilt).frozen)
    return Mean(
        axis, none, frozen, tilt, np.array(np.broadcast_to(node, altitude.shape), dtype=np.float64), none.copy()
    )
