"""Angular momentum of a gyro-held station: what an event puts in, and whether the gyros hold it.

Assumptions and limits: magnitudes, not vectors: the event's momentum is added to the peak at torque equilibrium as if
both pointed the same way, which is the safe side. At torque equilibrium the stored momentum swings with the orbit and
does not grow (measured over 16 hours, see docs/validation.md), so only events fill the gyros.
Source: B. Wie, Space Vehicle Dynamics and Control, 2nd ed. (2008), on momentum management.
"""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Real = TypeVar("Real", float, Floats)


def docking_momentum(mass: Real, speed: Real, lever_arm: Real) -> Real:
    """Angular momentum that a ship's contact or push-off leaves in the station.

        H = m v r

    mass        float or array   [kg]    of the ship, which is small against the station
    speed       float or array   [m/s]   contact speed (docking) or separation speed
    lever_arm   float or array   [m]     from the station's centre of mass, square to the motion
    returns     same shape       [N m s]

    An upper bound: the ship's share of the common motion afterwards is left out.

    >>> docking_momentum(7_200.0, 0.1, 30.0)
    21600.0
    """
    return mass * speed * lever_arm


def gyros_capacity(gyros: Real, momentum_each: Real) -> Real:
    """Momentum that a cluster of equal double-gimbal gyros can hold in any direction.

        H = n h

    gyros           float or array   [1]       working gyros
    momentum_each   float or array   [N m s]   spin momentum of one
    returns         same shape       [N m s]

    >>> gyros_capacity(4.0, 4_880.0)
    19520.0
    """
    return gyros * momentum_each


def gyros_hold(
    gyros: Floats, momentum_each: Floats | float, equilibrium_peak: Floats | float, event: Floats | float
) -> NDArray[np.bool_]:
    """Whether the working gyros hold an event on top of the peak at torque equilibrium.

        n h >= H_equilibrium + H_event

    gyros              array (n,)            [1]
    momentum_each      array (n,) or float   [N m s]
    equilibrium_peak   array (n,) or float   [N m s]
    event              array (n,) or float   [N m s]
    returns            array (n,) of bool

    >>> gyros_hold(np.array([4.0, 2.0]), 4_880.0, 6_100.0, 10_000.0).tolist()
    [True, False]
    """
    return np.asarray(gyros * momentum_each >= equilibrium_peak + event)


def gyros_needed(momentum_each: Real, equilibrium_peak: Real, event: Real) -> Real:
    """The whole number of gyros that hold an event on top of the equilibrium peak.

    momentum_each      float or array   [N m s]
    equilibrium_peak   float or array   [N m s]
    event              float or array   [N m s]
    returns            same shape       [1]

    >>> float(gyros_needed(4_880.0, 6_100.0, 0.0))
    2.0
    """
    count: Real = np.ceil((equilibrium_peak + event) / momentum_each)
    return count
