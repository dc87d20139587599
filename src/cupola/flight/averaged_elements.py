"""Mean elements of a near-circular orbit, and the way from an osculating state to them and back.

The mean semi-major axis is Brouwer's, found from the energy of the state with J2 to J4 in it: so it is smooth along
the orbit, and a burn or drag changes it by what they do to the energy. The other elements differ from osculating ones
by the short-period terms of J2 at e = 0. The eccentricity is a vector in the orbit plane, e (cos w, sin w).

Assumptions and limits: true equator axes (TEME); eccentricity up to 0.05, inclination from 0.1 to 179.9 degrees, where
node and argument of latitude mean something. There and back gives the state again to a millimetre; a state moved along
a numerical orbit gives mean elements that stay within some 30 m (short-period terms of the order J2 e, J3 and J2^2 are
left out, but for those in the energy).
Sources: D. Brouwer, Astron. J. 64 (1959) 378, for the energy; F. R. Hoots and R. L. Roehrich, Spacetrack Report No. 3
(1980), for the short-period terms.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cupola.base.constants import EARTH_RADIUS, J2, J3, J4, MU_EARTH
from cupola.base.errors import DomainError

Floats = NDArray[np.float64]

LARGEST_ECCENTRICITY = 0.05
LEAST_SINE = float(np.sin(np.radians(0.1)))
_ROUNDS = 12
"""Of the fixed point for the mean elements: each takes away three digits of the difference."""
_NEWTON = 6


@dataclass(frozen=True)
class Mean:
    """Mean elements, one of each for every future (n,)."""

    axis: Floats
    """m"""
    ex: Floats
    """e cos w"""
    ey: Floats
    """e sin w"""
    inclination: Floats
    """rad"""
    node: Floats
    """rad"""
    argument: Floats
    """rad, w + M, from the node; not reduced to a turn"""

    @property
    def rows(self) -> Floats:
        """The six as one array (6, n)."""
        return np.stack([self.axis, self.ex, self.ey, self.inclination, self.node, self.argument])

    @property
    def altitude(self) -> Floats:
        """m, mean, above the equatorial radius"""
        return self.axis - EARTH_RADIUS


def mean(rows: Floats) -> Mean:
    """Mean elements from an array (6, n) of the rows axis, ex, ey, inclination, node, argument."""
    return Mean(*(np.array(row, dtype=np.float64, ndmin=1) for row in rows))


def energy(axis: Floats, inclination: Floats, square: Floats | float = 0.0) -> Floats:
    """Energy of a mean orbit per unit of mass, J2 (second order) and J4 in it.

        E = -mu/2a + k (3 s^2 - 2)/eta^3 / 2a^3 ... - 3/8 mu k2^2/a^5 (1 - 8 c^2 + 19 c^4) + mu J4 R^4/a^5 <P4>

    axis           array (n,)            [m]
    inclination    array (n,)            [rad]
    square         array (n,) or float   [1]      e^2
    returns        array (n,)            [J/kg]

    Source: Brouwer (1959), the mean Hamiltonian; second order and J4 at e = 0.

    >>> round(float(energy(np.array(6_788_137.0), np.array(0.9013))))
    -29362249
    """
    cosine2 = np.cos(inclination) ** 2
    sine2 = 1.0 - cosine2
    ratio2 = (EARTH_RADIUS / axis) ** 2
    eta2 = 1.0 - square
    first = J2 * ratio2 * (1.5 * sine2 - 1.0) / (eta2 * np.sqrt(eta2))
    second = -0.1875 * (J2 * ratio2) ** 2 * (1.0 - 8.0 * cosine2 + 19.0 * cosine2 * cosine2)
    fourth = 0.25 * J4 * ratio2 * ratio2 * (13.125 * sine2 * sine2 - 15.0 * sine2 + 3.0)
    return np.asarray(-0.5 * MU_EARTH / axis * (1.0 - first - second - fourth))


def axis_from_energy(value: Floats, inclination: Floats, square: Floats | float = 0.0) -> Floats:
    """Mean semi-major axis that has an energy; the inverse of :func:`energy`, to its last digits.

    >>> axis = np.array([6_788_137.0])
    >>> round(float(axis_from_energy(energy(axis, np.array([0.9])), np.array([0.9]))[0]), 6)
    6788137.0
    """
    axis = -0.5 * MU_EARTH / value
    for _ in range(8):
        axis = axis * (energy(axis, inclination, square) / value)
    return np.asarray(axis)


def state_energy(state: Floats) -> Floats:
    """Energy per unit of mass of states (6, n) [m, m/s] in the zonal field J2 to J4 [J/kg]."""
    x, y, z, vx, vy, vz = state
    radius = np.sqrt(x * x + y * y + z * z)
    sine, q = z / radius, EARTH_RADIUS / radius
    s2, q2 = sine * sine, q * q
    zonal = J2 * q2 * (1.5 * s2 - 0.5) + J3 * q2 * q * (2.5 * s2 - 1.5) * sine
    zonal += J4 * q2 * q2 * (35.0 * s2 * s2 - 30.0 * s2 + 3.0) / 8.0
    return np.asarray(0.5 * (vx * vx + vy * vy + vz * vz) - MU_EARTH / radius * (1.0 - zonal))


def to_state(elements: Mean) -> Floats:
    """Osculating state of mean elements: position [m] and velocity [m/s], true equator axes, (6, n)."""
    axis, ex, ey = elements.axis, elements.ex, elements.ey
    square = ex * ex + ey * ey
    eta = np.sqrt(1.0 - square)
    angle = elements.argument + 0.0
    for _ in range(_NEWTON):
        sine, cosine = np.sin(angle), np.cos(angle)
        off = angle - ex * sine + ey * cosine - elements.argument
        angle = angle - off / (1.0 - ex * cosine - ey * sine)
    sine, cosine = np.sin(angle), np.cos(angle)
    beta = 1.0 / (1.0 + eta)
    along = (1.0 - ey * ey * beta) * cosine + ex * ey * beta * sine - ex
    across = (1.0 - ex * ex * beta) * sine + ex * ey * beta * cosine - ey
    u = np.arctan2(across, along)
    radius = axis * (1.0 - ex * cosine - ey * sine)
    speed = np.sqrt(MU_EARTH * axis) / radius
    outward, around = speed * (ex * sine - ey * cosine), speed * eta
    # The short-period terms of J2.
    cosine_i, sine_i = np.cos(elements.inclination), np.sin(elements.inclination)
    c2 = cosine_i * cosine_i
    parameter = axis * eta * eta
    first = 0.5 * J2 * EARTH_RADIUS * EARTH_RADIUS / parameter
    second = first / parameter
    sine2, cosine2 = np.sin(2.0 * u), np.cos(2.0 * u)
    motion = np.sqrt(MU_EARTH / axis) / axis
    radius = radius * (1.0 - 1.5 * second * eta * (3.0 * c2 - 1.0)) + 0.5 * first * (1.0 - c2) * cosine2
    outward = outward - motion * first * (1.0 - c2) * sine2
    around = around + motion * first * ((1.0 - c2) * cosine2 + 1.5 * (3.0 * c2 - 1.0))
    u = u - 0.25 * second * (7.0 * c2 - 1.0) * sine2
    node = elements.node + 1.5 * second * cosine_i * sine2
    inclination = elements.inclination + 1.5 * second * cosine_i * sine_i * cosine2
    state = _placed(radius, u, outward, around, inclination, node)
    # The speed is what the energy leaves: then the axis of the state is that of the elements, exactly.
    wanted = energy(axis, elements.inclination, square) - state_energy(state)
    square_speed = state[3] * state[3] + state[4] * state[4] + state[5] * state[5]
    state[3:] *= np.sqrt(1.0 + 2.0 * wanted / square_speed)
    return state


def _placed(radius: Floats, u: Floats, outward: Floats, around: Floats, inclination: Floats, node: Floats) -> Floats:
    """State (6, n) from polar coordinates in the orbit plane and the plane's two angles."""
    sine_u, cosine_u = np.sin(u), np.cos(u)
    sine_n, cosine_n = np.sin(node), np.cos(node)
    sine_i, cosine_i = np.sin(inclination), np.cos(inclination)
    out = (
        cosine_u * cosine_n - sine_u * sine_n * cosine_i,
        cosine_u * sine_n + sine_u * cosine_n * cosine_i,
        sine_u * sine_i,
    )
    forth = (
        -sine_u * cosine_n - cosine_u * sine_n * cosine_i,
        -sine_u * sine_n + cosine_u * cosine_n * cosine_i,
        cosine_u * sine_i,
    )
    position = [radius * part for part in out]
    return np.stack([*position, *(outward * p + around * q for p, q in zip(out, forth, strict=True))])


def _osculating(state: Floats) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    """ex, ey, inclination, node, argument of a state as two-body elements."""
    x, y, z, vx, vy, vz = state
    hx, hy, hz = y * vz - z * vy, z * vx - x * vz, x * vy - y * vx
    h2 = hx * hx + hy * hy + hz * hz
    radius = np.sqrt(x * x + y * y + z * z)
    inclination, node = np.arctan2(np.sqrt(hx * hx + hy * hy), hz), np.arctan2(hx, -hy)
    sine_n, cosine_n = np.sin(node), np.cos(node)
    u = np.arctan2(
        z * np.sin(inclination) + (y * cosine_n - x * sine_n) * np.cos(inclination), x * cosine_n + y * sine_n
    )
    sine_u, cosine_u = np.sin(u), np.cos(u)
    forward, outward = h2 / (MU_EARTH * radius) - 1.0, np.sqrt(h2) * (x * vx + y * vy + z * vz) / (MU_EARTH * radius)
    ex, ey = forward * cosine_u + outward * sine_u, forward * sine_u - outward * cosine_u
    eta = np.sqrt(1.0 - ex * ex - ey * ey)
    axis = h2 / (MU_EARTH * eta * eta)
    beta, x_p, y_p = 1.0 / (1.0 + eta), radius * cosine_u / (axis * eta), radius * sine_u / (axis * eta)
    cosine = ex + (1.0 - ex * ex * beta) * x_p - ex * ey * beta * y_p
    sine = ey + (1.0 - ey * ey * beta) * y_p - ex * ey * beta * x_p
    return ex, ey, inclination, node, np.arctan2(sine, cosine) - ex * sine + ey * cosine


def from_state(state: Floats) -> Mean:
    """Mean elements of osculating states.

    state      array (6, n)   [m, m/s]   position and velocity, true equator axes
    returns    Mean                      node and argument from 0 to 2 pi

    Raises DomainError for what is not finite, an orbit that is not closed or meets the ground, and where the elements
    mean nothing (see above).

    >>> start = Mean(*(np.array([v]) for v in (6_788_137.0, 3e-4, 1e-3, 0.9, 1.0, 2.0)))
    >>> [round(float(row[0]), 6) for row in from_state(to_state(start)).rows]
    [6788137.0, 0.0003, 0.001, 0.9, 1.0, 2.0]
    """
    state = np.asarray(state, dtype=np.float64)
    if state.ndim != 2 or state.shape[0] != 6 or not np.isfinite(state).all():
        raise DomainError("state: got something else; expected finite numbers of shape (6, futures), m and m/s")
    _closed(state)
    value = state_energy(state)
    target = np.stack(_osculating(state))
    ex, ey, inclination, node, argument = target
    _meaningful(ex, ey, inclination)
    axis = axis_from_energy(value, inclination, ex * ex + ey * ey)
    for _ in range(_ROUNDS):
        elements = Mean(axis, ex, ey, inclination, node, argument)
        off = target - np.stack(_osculating(to_state(elements)))
        off[3:] -= 2.0 * np.pi * np.round(off[3:] / (2.0 * np.pi))
        ex, ey, inclination = ex + off[0], ey + off[1], inclination + off[2]
        node, argument = node + off[3], argument + off[4]
        axis = axis_from_energy(value, inclination, ex * ex + ey * ey)
    turn = 2.0 * np.pi
    return Mean(axis, ex, ey, inclination, node % turn, argument % turn)


def _closed(state: Floats) -> None:
    """Refuse states that are not on an orbit around the Earth."""
    radius = np.sqrt(state[0] ** 2 + state[1] ** 2 + state[2] ** 2)
    if not (radius > EARTH_RADIUS).all():
        low = float((radius.min() - EARTH_RADIUS) / 1e3)
        raise DomainError(
            f"state: under the ground: got {low:.1f} km; expected an altitude above 0 km. Is it in metres?"
        )
    value = state_energy(state)
    if not (value < 0.0).all():
        raise DomainError("state: the orbit is not closed: got a speed above that of escape. Is it in m/s?")


def _meaningful(ex: Floats, ey: Floats, inclination: Floats) -> None:
    """Refuse orbits for which the theory does not hold."""
    largest = float(np.sqrt(ex * ex + ey * ey).max())
    if not largest <= LARGEST_ECCENTRICITY:
        raise DomainError(
            f"state: eccentricity: got {largest:.4f}; expected at most {LARGEST_ECCENTRICITY} for the averaged engine. "
            "Use the full one."
        )
    least = float(np.abs(np.sin(inclination)).min())
    if not least >= LEAST_SINE:
        degrees = float(np.degrees(np.arcsin(least)))
        raise DomainError(
            f"state: inclination: got {degrees:.3f} deg to the equator; expected 0.1 or more for the averaged engine. "
            "Use the full one."
        )
