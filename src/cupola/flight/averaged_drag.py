"""Drag averaged over the orbit, with the air evaluated at points of it: NRLMSISE-00 or MSIS 2.1, no table.

One step of one future takes one set of points, a lattice over the argument of latitude and the time of the step. The
lattice is moved a little from day to day, so that what one day's points miss the next day's see. All futures' points go
to the model in one call.

Assumptions and limits: the orbit is that of the mean elements with the J2 short-period terms at e = 0 (eccentricity to
the first order); the Earth is oblate, the air turns with it, other winds are left out; flux and Ap are those of the
day. Drag acts along the velocity through the air; lift and side force are left out.
Sources: D. King-Hele, Satellite Orbits in an Atmosphere (1987), for the rates; I. H. Sloan and S. Joe, Lattice Methods
for Multiple Integration (1994), for the points.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cupola.base.constants import EARTH_FLATTENING, EARTH_RADIUS, EARTH_ROTATION, J2, MU_EARTH
from cupola.base.errors import DomainError
from cupola.base.quantity import DAY_S
from cupola.flight.averaged_air import Drag, Indices
from cupola.flight.averaged_elements import Mean
from cupola.physics.atmosphere import MODELS, msis_density

Floats = NDArray[np.float64]

POINTS = 64
"""A power of two, for the fold in halves; chosen on the cases of the set ``choose``, see docs/benchmarks.md."""
_STRIDES = {8: 3, 16: 7, 32: 13, 64: 19, 128: 47, 256: 75}
"""Generator of each lattice, odd, so that the times of day are a permutation of the points."""
_GOLDEN = 0.6180339887498949
_SQUARE = EARTH_FLATTENING * (2.0 - EARTH_FLATTENING)
_TURN = 2.0 * np.pi
_CHUNK = 4_096
"""Futures at a time, so that the points of all fit into memory."""
_ZERO = np.datetime64("1858-11-17", "ms")


def folded(rows: Floats) -> Floats:
    """Sum over the first axis, a power of two long, by adding halves: the same bits at any width.

    >>> folded(np.arange(8.0).reshape(4, 2)).tolist()
    [12.0, 16.0]
    """
    while len(rows) > 1:
        half = len(rows) // 2
        rows = rows[:half] + rows[half:]
    summed: Floats = rows[0]
    return summed


def sidereal_angle(mjd: Floats | float) -> Floats:
    """Greenwich mean sidereal time, its part linear in UT1 (taken equal to UTC).

    mjd        float or array   [day]
    returns    same shape       [rad]   not reduced to a turn

    Source: S. Aoki et al., Astron. Astrophys. 105 (1982) 359; the rest is 0.01 degree after forty years.

    >>> round(float(np.degrees(sidereal_angle(51_544.5))), 3)
    280.461
    """
    return np.asarray(np.radians(280.46061837 + 360.98564736629 * (mjd - 51_544.5)))


def geodetic_point(radius: Floats, sine: Floats, cosine: Floats) -> tuple[Floats, Floats]:
    """Geodetic latitude [rad] and height [m] of points from radius [m], sine and cosine of the geocentric latitude.

    One round of Bowring's formula: a millimetre from the surface to 1,000 km. Source: Bowring, Survey Review 23 (1976).

    >>> angle = np.array([0.7])
    >>> latitude, height = geodetic_point(np.array([6_778_137.0]), np.sin(angle), np.cos(angle))
    >>> round(float(latitude[0]), 6), round(float(height[0]), 2)
    (0.703111, 408899.06)
    """
    across, along = radius * cosine, radius * sine
    polar, second = EARTH_RADIUS * (1.0 - EARTH_FLATTENING), _SQUARE / (1.0 - _SQUARE)
    reduced = along * ((1.0 - EARTH_FLATTENING) * (1.0 + second * polar / radius))
    norm = np.sqrt(reduced * reduced + across * across)
    s, c = reduced / norm, across / norm
    up, out = along + second * polar * s * s * s, across - _SQUARE * EARTH_RADIUS * c * c * c
    long = np.sqrt(up * up + out * out)
    s, c = up / long, out / long
    return np.arctan2(up, out), across * c + along * s - EARTH_RADIUS * np.sqrt(1.0 - _SQUARE * s * s)


class Evaluated:
    """Air straight from the model."""

    def __init__(self, model: str = "00", points: int = POINTS) -> None:
        """``model`` is one of MODELS, ``points`` a power of two from 8 to 256."""
        if model not in MODELS:
            raise DomainError(
                f"model: unknown: got {model!r}; expected one of: {', '.join(MODELS)}. Choose one of these."
            )
        if points not in _STRIDES:
            known = ", ".join(str(count) for count in _STRIDES)
            raise DomainError(f"points: got {points}; expected one of: {known}. Choose one of these.")
        self.version = MODELS[model]
        self.points = points
        steps = np.arange(points)
        self._along = steps[:, None] / points
        self._time = ((steps * _STRIDES[points]) % points)[:, None] / points

    def drag(self, mjd: Floats, days: Floats, orbit: Mean, per_mass: Floats, indices: Indices, day: float) -> Drag:
        """Rates by drag over the step of each future.

        mjd        array (n,)   [day]     at which the step begins
        days       array (n,)   [day]     how long it is
        orbit      Mean (n,)              at its middle
        per_mass   array (n,)   [m2/kg]   Cd A / m
        indices    Indices                of the day
        day        float                  that day's number; each point takes its season from its own time
        """
        count = mjd.size
        if count <= _CHUNK:
            return self._drag(mjd, days, orbit, per_mass, indices)
        parts = [np.arange(first, min(first + _CHUNK, count)) for first in range(0, count, _CHUNK)]
        rows = orbit.rows
        found = [self._drag(mjd[at], days[at], Mean(*rows[:, at]), per_mass[at], indices.of(at)) for at in parts]
        return Drag(
            *(np.concatenate([getattr(f, name) for f in found]) for name in ("axis", "ex", "ey", "inclination"))
        )

    def _drag(self, mjd: Floats, days: Floats, orbit: Mean, per_mass: Floats, indices: Indices) -> Drag:
        day = np.floor(mjd)
        u = _TURN * ((self._along + (day * _GOLDEN) % 1.0 / self.points) % 1.0)
        moment = mjd + days * ((self._time + (day * _GOLDEN * _GOLDEN) % 1.0 / self.points) % 1.0)
        sine_u, cosine_u = np.sin(u), np.cos(u)
        sine_i, cosine_i = np.sin(orbit.inclination), np.cos(orbit.inclination)
        c2 = cosine_i * cosine_i
        # Radius and speeds: the two-body orbit with J2's short-period terms, eccentricity to the first order.
        first = 0.5 * J2 * EARTH_RADIUS * EARTH_RADIUS / orbit.axis
        motion = np.sqrt(MU_EARTH / orbit.axis) / orbit.axis
        double = 1.0 - 2.0 * sine_u * sine_u
        near = orbit.ex * cosine_u + orbit.ey * sine_u
        square = orbit.ex * orbit.ex + orbit.ey * orbit.ey
        level = first * (1.0 - c2)
        radius = orbit.axis * (1.0 - square) / (1.0 + near) - 1.5 * first * (3.0 * c2 - 1.0) + 0.5 * level * double
        around = motion * (orbit.axis * (1.0 + near) + level * double + 1.5 * first * (3.0 * c2 - 1.0))
        outward = (
            motion * orbit.axis * (orbit.ex * sine_u - orbit.ey * cosine_u) - 2.0 * motion * level * sine_u * cosine_u
        )
        # The air at the points.
        sine_l = sine_i * sine_u
        cosine2_l = 1.0 - sine_l * sine_l
        latitude, height = geodetic_point(radius, sine_l, np.sqrt(cosine2_l))
        ascension = orbit.node + np.arctan2(cosine_i * sine_u, cosine_u)
        density = self._density(moment, ascension, latitude, height, indices)
        # The wind of the turning Earth, and what drag takes.
        spin = EARTH_ROTATION * radius
        along = around - spin * cosine_i
        speed = np.sqrt(around * around + outward * outward + spin * (spin * cosine2_l - 2.0 * around * cosine_i))
        pull = -0.5 * per_mass * density * speed
        weight = radius / around
        kick = 2.0 * pull * weight * along / around
        rows = np.stack(
            [
                weight,
                pull * weight * (outward * outward + around * along),
                kick * (orbit.ex + cosine_u),
                kick * (orbit.ey + sine_u),
                pull * weight * spin * sine_i * cosine_u * cosine_u / around,
            ],
            axis=1,
        )
        total, power, ex, ey, inclination = folded(rows)
        # dE/da of the mean orbit, J2 in it.
        ratio = EARTH_RADIUS / orbit.axis
        zonal = 1.5 * J2 * ratio * ratio * (1.0 - 3.0 * c2)
        per_energy = 0.5 * MU_EARTH / (orbit.axis * orbit.axis) * (1.0 - zonal)
        return Drag(power / total / per_energy, ex / total, ey / total, inclination / total)

    def _density(self, moment: Floats, ascension: Floats, latitude: Floats, height: Floats, indices: Indices) -> Floats:
        """Density at points (points, n)."""
        shape = moment.shape
        longitude = np.degrees(ascension - sidereal_angle(moment))
        longitude -= 360.0 * np.round(longitude / 360.0)
        dates = _ZERO + (moment * (DAY_S * 1e3)).astype("timedelta64[ms]")
        f107, f107a, ap = (
            np.broadcast_to(value, shape).ravel() if value.ndim else value
            for value in (indices.f107, indices.f107a, indices.ap)
        )
        ap = self._activity(moment.ravel(), ap)
        degrees, height = np.degrees(latitude).ravel(), height.ravel() / 1e3
        air = msis_density(dates.ravel(), longitude.ravel(), degrees, height, f107, f107a, ap, self.version)
        return air.reshape(shape)

    def _activity(self, moment: Floats, daily: Floats) -> Floats:
        """What the model is given for ap at moments (m,): here the day's."""
        return daily
