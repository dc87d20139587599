"""The air along a near-circular orbit, straight from the NRLMSISE-00 model: one day, one orbit, no table.

The answer is the *effective density*: the air density times the power factor of an atmosphere that turns with
the Earth, averaged over one orbit and one day, so that da/dt = -rho_eff sqrt(mu a) Cd A / m.

Assumptions and limits: circular mean orbit (e < 0.002 at 400 km); the oblate Earth and the J2 short-period change
of the radius are kept; the flux and Ap are constant over the day; no winds beyond co-rotation; 100 to 1000 km. The
density holds anomalous oxygen, as is right for drag: 0.06 % in the median from 440 to 520 km, at most a tenth.
Sources: J. M. Picone et al., NRLMSISE-00, J. Geophys. Res. 107 (2002), 1468, doi 10.1029/2002JA009430;
J. T. Emmert et al., NRLMSIS 2.1, J. Geophys. Res. Space Physics 127 (2022), doi 10.1029/2022JA030896, when it is asked
for; both by way of pymsis;
D. King-Hele, Satellite Orbits in an Atmosphere (1987), for the rotation factor;
F. R. Hoots and R. L. Roehrich, Spacetrack Report No. 3 (1980), for the short-period radius.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from cupola.base.constants import EARTH_FLATTENING, EARTH_RADIUS, EARTH_ROTATION, J2, MU_EARTH
from cupola.base.errors import DomainError

Floats = NDArray[np.float64]

MODELS: dict[str, float] = {"00": 0, "2.1": 2.1}
"""Each model by name, with the number that pymsis knows it by; the code of 2.1 is not for commercial use."""

SAMPLES = 48
"""Points of the average: a lattice over argument of latitude and time of day."""
_STRIDE = 11
"""Generator of the lattice, prime to SAMPLES: no low harmonic of one angle meets one of the other."""
_ECCENTRICITY2 = EARTH_FLATTENING * (2.0 - EARTH_FLATTENING)


def orbit_radius(axis: Floats, inclination: float, latitude_argument: Floats) -> Floats:
    """Radius of a circular mean orbit with its J2 short-period part.

        r = a + c/4 (3 (1 - 3 cos^2 i) + sin^2 i cos 2u)        c = J2 R^2 / a

    axis                 array             [m]     mean semi-major axis
    inclination          float             [rad]
    latitude_argument    array, broadcast  [rad]
    returns              array             [m]

    Source: Spacetrack Report No. 3, SGP4's short-period terms at e = 0.

    >>> high, low = orbit_radius(np.array(6_795_137.0), np.radians(51.64), np.array([0.0, np.pi / 2]))
    >>> round(float(high - low))
    1993
    """
    scale = J2 * EARTH_RADIUS * EARTH_RADIUS / axis
    cosine2 = float(np.cos(inclination) ** 2)
    swing = (1.0 - cosine2) * np.cos(2.0 * latitude_argument)
    return np.asarray(axis + 0.25 * scale * (3.0 * (1.0 - 3.0 * cosine2) + swing))


def geodetic(radius: Floats, latitude: Floats) -> tuple[Floats, Floats]:
    """Geodetic latitude and height of a point given by radius and geocentric latitude.

    radius      array   [m]
    latitude    array   [rad]   geocentric
    returns     array   [rad], array [m]

    Holds to a millimetre from the surface to 1,000 km, short of the poles. Source: fixed-point form of
    Heiskanen and Moritz, Physical Geodesy (1967).

    >>> latitude, height = geodetic(np.array(6_778_137.0), np.array(np.radians(45.0)))
    >>> round(float(np.degrees(latitude)), 3), round(float(height))
    (45.181, 410717)
    """
    across, along = radius * np.cos(latitude), radius * np.sin(latitude)
    angle = np.arctan2(along, across * (1.0 - _ECCENTRICITY2))
    for _ in range(5):
        sine = np.sin(angle)
        normal = EARTH_RADIUS / np.sqrt(1.0 - _ECCENTRICITY2 * sine * sine)
        angle = np.arctan2(along + _ECCENTRICITY2 * normal * sine, across)
    sine = np.sin(angle)
    height = across / np.cos(angle) - EARTH_RADIUS / np.sqrt(1.0 - _ECCENTRICITY2 * sine * sine)
    return angle, height


def power_factor(radius: Floats, axis: Floats, inclination: float, latitude: Floats) -> Floats:
    """How much less the drag takes because the air turns with the Earth.

        F = |v_rel| (v_rel . v) / |v|^3

    radius, axis    array   [m]
    inclination     float   [rad]
    latitude        array   [rad]   geocentric
    returns         array   [1]     about 0.92 at 51.6 degrees and 400 km

    Source: King-Hele (1987).

    >>> round(float(power_factor(np.array(6.8e6), np.array(6.8e6), np.radians(51.64), np.array(0.0))), 3)
    0.923
    """
    speed = np.sqrt(MU_EARTH / axis)
    spin = EARTH_ROTATION * radius / speed
    along = spin * np.cos(inclination)
    across = spin * np.cos(latitude)
    return np.asarray(np.sqrt(1.0 - 2.0 * along + across * across) * (1.0 - along))


def orbit_densities(
    altitudes: Floats,
    inclination: float,
    local_time: float,
    mjd: float,
    f107: float,
    f107a: float,
    ap: float,
    samples: int = SAMPLES,
    model: str = "00",
) -> Floats:
    """Effective density on circular orbits of several altitudes, averaged over one orbit and one day.

    altitudes     array (k,)   [m]      mean, above the equatorial radius, 100 to 1000 km
    inclination   float        [rad]
    local_time    float        [rad]    of the ascending node, from noon
    mjd           float        [day]    the season; the year does not matter to the model
    f107          float        [sfu]    flux of the day before
    f107a         float        [sfu]    its 81-day mean
    ap            float        [2 nT]   daily index
    samples       int                   points of the average, prime to 11
    model         str                   one of MODELS
    returns       array (k,)   [kg/m3]

    Raises DomainError for a model that is not known.

    >>> density = orbit_densities(np.array([400e3]), 0.9013, 0.0, 59_000.0, 140.0, 140.0, 10.0)
    >>> 2.0e-12 < float(density[0]) < 3.5e-12
    True
    """
    if model not in MODELS:
        raise DomainError(f"model: unknown: got {model!r}; expected one of: {', '.join(MODELS)}. Choose one of these.")
    # The model is many times faster when only the height changes from one point to the next: so the heights
    # are the inner axis, and the geodetic latitude (which varies by 0.01 degree with height) is that of the middle.
    steps = np.arange(samples)
    argument = ((steps + 0.5) * 2.0 * np.pi / samples)[:, None]
    seconds = ((steps * _STRIDE % samples) + 0.5) * 86_400.0 / samples
    latitude = np.arcsin(np.sin(inclination) * np.sin(argument))
    ahead = np.arctan2(np.cos(inclination) * np.sin(argument), np.cos(argument))
    axis = EARTH_RADIUS + altitudes[None, :]
    radius = orbit_radius(axis, inclination, argument)
    angle, height = geodetic(radius, latitude)
    middle = np.degrees(angle[:, altitudes.size // 2])
    hour = local_time + ahead[:, 0] + np.pi
    longitude = (np.degrees(hour) - seconds * (360.0 / 86_400.0) + 180.0) % 360.0 - 180.0
    density = _msis(mjd, seconds, longitude, middle, height / 1e3, (f107, f107a, ap), MODELS[model])
    weighted = density * power_factor(radius, axis, inclination, latitude)
    return np.asarray(weighted.mean(axis=0))


def _msis(
    mjd: float,
    seconds: Floats,
    longitude: Floats,
    latitude: Floats,
    height: Floats,
    indices: tuple[float, float, float],
    version: float,
) -> Floats:
    """Total mass density [kg/m3] of shape (points, heights); angles in degrees, heights in km."""
    points, heights = height.shape
    day = np.datetime64("1858-11-17") + np.timedelta64(int(mjd), "D")
    dates = day.astype("datetime64[ms]") + (seconds * 1e3).astype("timedelta64[ms]")

    def spread(values: Any) -> Any:
        return np.repeat(values, heights)

    result = msis_density(spread(dates), spread(longitude), spread(latitude), height.ravel(), *indices, version)
    return result.reshape(points, heights)


def msis_density(
    dates: NDArray[np.datetime64],
    longitude: Floats,
    latitude: Floats,
    height: Floats,
    f107: Floats | float,
    f107a: Floats | float,
    ap: Floats | float,
    version: float = 0,
) -> Floats:
    """Total mass density at points, by way of pymsis; each point's bits are the same in any company.

    dates                 array (n,)            UTC, datetime64
    longitude, latitude   arrays (n,)           [deg]     geodetic
    height                array (n,)            [km]      above the ellipsoid
    f107                  array (n,) or float   [sfu]     of the day before
    f107a                 array (n,) or float   [sfu]     81-day mean
    ap                    array (n,) or float   [2 nT]    daily index
                          or array (n, 7)                 history: daily; of the 3 hours, and of those 3, 6 and 9 hours
                                                          before; means of 12 to 33 and of 36 to 57 hours before
    version               float                 a value of MODELS
    returns               array (n,)            [kg/m3]

    The history is read by the model's other fit for geomagnetic activity, which at one constant ap of 15 gives some
    2 to 3 % more.

    >>> point = np.array(["2025-01-01T12:00"], "datetime64[ms]"), np.zeros(1), np.zeros(1), np.array([400.0])
    >>> 3e-12 < float(msis_density(*point, 150.0, 150.0, 15.0)[0]) < 8e-12
    True
    """
    # Imported here because it loads a compiled model, which most uses of this package do without.
    import pymsis

    count, history = height.size, np.ndim(ap) == 2
    indices = np.empty((count, 7))
    indices[:] = ap if history else np.reshape(ap, (-1, 1))
    result = pymsis.calculate(
        dates,
        longitude,
        latitude,
        height,
        np.broadcast_to(f107, (count,)),
        np.broadcast_to(f107a, (count,)),
        indices,
        version=version,
        geomagnetic_activity=-1 if history else 1,
    )
    return np.asarray(result.reshape(count, -1)[:, 0], dtype=np.float64)
