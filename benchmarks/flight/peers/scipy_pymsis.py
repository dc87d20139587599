"""scipy's DOP853 at 1e-9 with pymsis called point by point, in plain Python numbers: W1."""

from __future__ import annotations

import math

import numpy as np
from problem import AP, BEGIN, DAYS, FLUX, PER_MASS, axes, end_height, report, start, timed

from cupola.base.constants import EARTH_FLATTENING, EARTH_RADIUS, EARTH_ROTATION, J2, J3, J4, MU_EARTH

SQUARE = EARTH_FLATTENING * (2.0 - EARTH_FLATTENING)
SIDEREAL = math.radians(280.46061837 + 360.98564736629 * (BEGIN - 51_544.5)) % (2.0 * math.pi)
ZERO = np.datetime64("2025-01-01", "ms")
INDICES = [[AP] * 7]


def rates(seconds: float, state: np.ndarray) -> list[float]:
    """The right-hand side: J2 to J4 and drag in air that turns with the Earth."""
    import pymsis

    x, y, z, vx, vy, vz = state.tolist()
    r = math.sqrt(x * x + y * y + z * z)
    s, q = z / r, EARTH_RADIUS / r
    s2 = s * s
    two, three, four = 1.5 * J2 * q * q, 2.5 * J3 * q**3, 0.625 * J4 * q**4
    k = -MU_EARTH / r**3
    flat = 1.0 + two * (1.0 - 5.0 * s2) + three * (3.0 - 7.0 * s2) * s + four * (42.0 * s2 - 3.0 - 63.0 * s2 * s2)
    up = s * (1.0 + two * (3.0 - 5.0 * s2) + four * (70.0 * s2 - 15.0 - 63.0 * s2 * s2))
    up += three * (6.0 * s2 - 7.0 * s2 * s2 - 0.6)
    across = math.hypot(x, y)
    latitude = math.atan2(z, across * (1.0 - SQUARE))
    for _ in range(3):
        sine = math.sin(latitude)
        normal = EARTH_RADIUS / math.sqrt(1.0 - SQUARE * sine * sine)
        latitude = math.atan2(z + SQUARE * normal * sine, across)
    sine = math.sin(latitude)
    height = across * math.cos(latitude) + z * sine - EARTH_RADIUS * math.sqrt(1.0 - SQUARE * sine * sine)
    longitude = (math.degrees(math.atan2(y, x) - SIDEREAL - EARTH_ROTATION * seconds) + 180.0) % 360.0 - 180.0
    date = ZERO + np.timedelta64(int(seconds * 1e3), "ms")
    place = (date, longitude, math.degrees(latitude), height / 1e3)
    density = float(pymsis.calculate(*place, FLUX, FLUX, INDICES, version=0).ravel()[0])
    wx, wy = vx + EARTH_ROTATION * y, vy - EARTH_ROTATION * x
    c = -0.5 * PER_MASS * density * math.sqrt(wx * wx + wy * wy + vz * vz)
    return [vx, vy, vz, k * x * flat + c * wx, k * y * flat + c * wy, k * r * up + c * vz]


def main() -> None:
    from scipy.integrate import solve_ivp

    grid = np.arange(DAYS + 1) * 86_400.0
    options = {"method": "DOP853", "rtol": 1e-9, "atol": 1e-3, "t_eval": grid}
    seconds, solved = timed(lambda: solve_ivp(rates, (0.0, grid[-1]), start(), **options))
    report("W1", "scipy DOP853 and pymsis (NRLMSISE-00)", seconds, end_km=end_height(axes(solved.y.T)))


if __name__ == "__main__":
    main()
