"""Heights and latitudes on the Earth's ellipsoid.

Assumptions and limits: WGS 84; good to a millimetre from the ground to 10,000 km.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cupola.base.constants import EARTH_FLATTENING, EARTH_RADIUS

Floats = NDArray[np.float64]

_ECC2 = EARTH_FLATTENING * (2.0 - EARTH_FLATTENING)
_POLAR = EARTH_RADIUS * (1.0 - EARTH_FLATTENING)


def geodetic_height(equatorial: Floats, axial: Floats) -> Floats:
    """Height above the ellipsoid [m]; see :func:`geodetic`.

    >>> round(float(geodetic_height(np.array(0.0), np.array(6_356_752.3142 + 1_000.0))), 3)
    1000.0
    """
    return geodetic(equatorial, axial)[1]


def geodetic(equatorial: Floats, axial: Floats) -> tuple[Floats, Floats]:
    """Latitude on the ellipsoid, and height above it.

        tan b = z / ((1 - f) p)                          b = reduced latitude, once refined
        tan B = (z + e'^2 b sin^3 b) / (p - e^2 a cos^3 b)
        h = p cos B + z sin B - a sqrt(1 - e^2 sin^2 B)

    equatorial    (n,) or ()       [m]   distance from the Earth's axis
    axial         same shape       [m]   along the axis, from the centre
    returns       same shape       [rad], [m]

    Source: Bowring, Transformation from spatial to geographical coordinates, Survey Review 23 (1976) 323.

    >>> latitude, height = geodetic(np.array(4_510_731.0), np.array(4_510_731.0))
    >>> round(float(np.degrees(latitude)), 3), round(float(height))
    (45.192, 11719)
    """
    reduced = np.arctan2(axial, equatorial * (1.0 - EARTH_FLATTENING))
    second = _ECC2 / (1.0 - _ECC2)
    for _ in range(2):
        sine, cosine = np.sin(reduced), np.cos(reduced)
        tangent_up = axial + second * _POLAR * sine * sine * sine
        tangent_out = equatorial - _ECC2 * EARTH_RADIUS * cosine * cosine * cosine
        latitude = np.arctan2(tangent_up, tangent_out)
        reduced = np.arctan2((1.0 - EARTH_FLATTENING) * np.sin(latitude), np.cos(latitude))
    sine = np.sin(latitude)
    root = EARTH_RADIUS * np.sqrt(1.0 - _ECC2 * sine * sine)
    height: Floats = equatorial * np.cos(latitude) + axial * sine - root
    return latitude, height
