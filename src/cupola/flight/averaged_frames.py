"""Between EME2000 and TEME, the true equator axes in which the averaged engine flies.

    TEME = R3(dpsi cos eps) R1(-eps - deps) R3(-dpsi) R1(eps) R3(-z) R2(theta) R3(-zeta) EME2000

Assumptions and limits: IAU 1976 precession and the nine largest terms of the IAU 1980 nutation: 0.1 arcsecond from 1990
to 2040, which is 3 m in low orbit and hundredths of a metre in the mean axis. Neither the frame bias of GCRF nor polar
motion. UTC stands for dynamical time.
Sources: J. Lieske et al., Astron. Astrophys. 58 (1977) 1; P. K. Seidelmann, Celest. Mech. 27 (1982) 79; D. Vallado et
al., Revisiting Spacetrack Report No. 3, AIAA 2006-6753, for TEME.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_ARCSECOND = float(np.pi / 648_000.0)


def _about_x(angle: float) -> Floats:
    c, s = float(np.cos(angle)), float(np.sin(angle))
    return np.array([[1.0, 0.0, 0.0], [0.0, c, s], [0.0, -s, c]])


def _about_y(angle: float) -> Floats:
    c, s = float(np.cos(angle)), float(np.sin(angle))
    return np.array([[c, 0.0, -s], [0.0, 1.0, 0.0], [s, 0.0, c]])


def _about_z(angle: float) -> Floats:
    c, s = float(np.cos(angle)), float(np.sin(angle))
    return np.array([[c, s, 0.0], [-s, c, 0.0], [0.0, 0.0, 1.0]])


def nutation(centuries: float) -> tuple[float, float]:
    """Nutation in longitude and obliquity [rad], T centuries after J2000.0; the nine largest terms.

    >>> longitude, obliquity = nutation(0.0)
    >>> round(longitude / _ARCSECOND, 1), round(obliquity / _ARCSECOND, 1)
    (-13.9, -5.8)
    """
    t = centuries
    node, sun, moon = 125.04452 - 1934.136261 * t, 280.4665 + 36_000.7698 * t, 218.3165 + 481_267.8813 * t
    year, month = 357.52772 + 35_999.05034 * t, 134.96298 + 477_198.867398 * t
    angles = np.radians(
        [node, 2.0 * sun, 2.0 * moon, 2.0 * node, year, month, 2.0 * sun + year, 2.0 * moon - node, 2.0 * moon + month]
    )
    longitude = np.array([-17.1996, -1.3187, -0.2274, 0.2062, 0.1426, 0.0712, -0.0517, -0.0386, -0.0301])
    obliquity = np.array([9.2025, 0.5736, 0.0977, -0.0895, 0.0054, -0.0007, 0.0224, 0.0200, 0.0129])
    return (
        float((longitude * np.sin(angles)).sum()) * _ARCSECOND,
        float((obliquity * np.cos(angles)).sum()) * _ARCSECOND,
    )


def eme2000_to_teme(mjd: float) -> Floats:
    """Rotation (3, 3) that takes EME2000 coordinates to TEME ones on a day [Modified Julian Day, UTC].

    >>> bool(np.allclose(eme2000_to_teme(60_000.0) @ eme2000_to_teme(60_000.0).T, np.eye(3)))
    True
    """
    t = (mjd - 51_544.5) / 36_525.0
    zeta = (2306.2181 + (0.30188 + 0.017998 * t) * t) * t * _ARCSECOND
    theta = (2004.3109 - (0.42665 + 0.041833 * t) * t) * t * _ARCSECOND
    z = (2306.2181 + (1.09468 + 0.018203 * t) * t) * t * _ARCSECOND
    mean = (84_381.448 - (46.8150 + (0.00059 - 0.001813 * t) * t) * t) * _ARCSECOND
    longitude, obliquity = nutation(t)
    precession = np.linalg.multi_dot([_about_z(-z), _about_y(theta), _about_z(-zeta)])
    true = np.linalg.multi_dot([_about_x(-mean - obliquity), _about_z(-longitude), _about_x(mean)])
    return np.asarray(np.linalg.multi_dot([_about_z(longitude * np.cos(mean)), true, precession]))


def turned_state(state: Floats, rotation: Floats) -> Floats:
    """States (6, n) in other axes that do not turn.

    >>> turned_state(np.arange(6.0)[:, None], _about_z(np.pi / 2)).round(9)[:, 0].tolist()
    [1.0, 0.0, 2.0, 4.0, -3.0, 5.0]
    """
    x, y, z = rotation.T
    parts = [x[:, None] * half[0] + y[:, None] * half[1] + z[:, None] * half[2] for half in (state[:3], state[3:])]
    return np.concatenate(parts)
