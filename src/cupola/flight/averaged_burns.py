"""Burns along the velocity, impulsive and finite, on mean elements.

A finite burn is the limit of a row of impulses along its arc: what it gives to the energy is the same to the second
order, and what it gives to the eccentricity shrinks with the arc. A burn without a phase stands for a pair half a turn
apart, as in a Hohmann transfer, which leaves the eccentricity as it was.

Assumptions and limits: small burns (tens of m/s), tangential, near-circular orbit.
Source: Vallado, Fundamentals of Astrodynamics and Applications, 4th ed. (2013), Gauss's equations.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cupola.base.constants import EARTH_RADIUS, MU_EARTH
from cupola.base.quantity import DAY_S
from cupola.flight.averaged_elements import Mean

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Burn:
    """One burn of every future, or with a velocity change of zero of none."""

    mjd: float
    """The middle of the burn"""
    delta_v: Floats | float
    """m/s along the velocity, (n,) or one for all; negative against it"""
    duration: Floats | float = 0.0
    """s"""
    paired: bool = False
    """Whether two halves, half a turn apart, leave the eccentricity alone"""


PIECE_S = 300.0
"""[s] Longest piece of a burn that is flown as one impulse: a long burn changes the period while it lasts"""


def pieces(begin: float, delta_v: float, duration: float) -> list[Burn]:
    """A burn as equal impulses one after another, each in the middle of its piece.

    begin       [day]   Modified Julian Day
    delta_v     [m/s]
    duration    [s]     0 for one impulse

    >>> [(round(piece.mjd, 5), piece.delta_v, piece.duration) for piece in pieces(60_000.0, 3.0, 432.0)]
    [(60000.00125, 1.5, 216.0), (60000.00375, 1.5, 216.0)]
    """
    count = max(1, int(np.ceil(duration / PIECE_S)))
    each = duration / count
    return [Burn(begin + (row + 0.5) * each / DAY_S, delta_v / count, each) for row in range(count)]


def burnt(rows: Floats, burn: Burn, alive: NDArray[np.bool_]) -> None:
    """Change mean elements (6, n) by a burn, in place, where futures are alive.

    dE = v dv + dv^2/2        de = 2 dv/v sinc(n t/2) (cos u, sin u)
    """
    axis, ex, ey, argument = rows[0], rows[1], rows[2], rows[5]
    change = np.where(alive, burn.delta_v, 0.0)
    sine, cosine = np.sin(argument), np.cos(argument)
    motion = np.sqrt(MU_EARTH / axis) / axis
    # Speed where the burn is made, on the ellipse; anywhere, for a pair.
    speed = motion * axis * (1.0 if burn.paired else 1.0 + ex * cosine + ey * sine)
    gained = change * speed + 0.5 * change * change
    rows[0] = axis / (1.0 - 2.0 * axis * gained / MU_EARTH)
    if not burn.paired:
        arc = 0.5 * motion * burn.duration
        spread = np.sinc(arc / np.pi)
        kick = 2.0 * change / speed * spread
        rows[1], rows[2] = ex + kick * (cosine + ex), ey + kick * (sine + ey)


def delta_v_between(axis: Floats, target: Floats | float) -> Floats:
    """Velocity change of a pair of burns from one mean axis to another [m/s]; exact for :func:`burnt`.

    >>> change = delta_v_between(np.array([EARTH_RADIUS + 400e3]), np.array([EARTH_RADIUS + 420e3]))
    >>> round(float(change[0]), 2)
    11.27
    """
    speed = np.sqrt(MU_EARTH / axis)
    gained = 0.5 * MU_EARTH * (1.0 / axis - 1.0 / target)
    return np.asarray(np.sqrt(speed * speed + 2.0 * gained) - speed)


def held(lowest: Floats | float, target: Floats | float) -> Callable[[float, Mean], Floats]:
    """A control for ``averaged.fly`` that raises an orbit to a target when it has sunk below a lowest altitude.

    lowest, target   arrays (n,) or floats   [m]   mean, above the equatorial radius
    """

    def control(_: float, orbit: Mean) -> Floats:
        low = orbit.altitude < lowest
        if not np.count_nonzero(low):
            return np.zeros(0)
        return np.where(low, delta_v_between(orbit.axis, EARTH_RADIUS + target), 0.0)

    return control
