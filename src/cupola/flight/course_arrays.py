"""Solar arrays of a craft that is flown by the averaged engine, beside the area of its body.

Assumptions and limits: those of ``averaged_area``; the angle of the Sun is taken anew at each step of the engine, a
day or less. The arrays stay as they are through burns and changes of the craft.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from cupola.base.errors import DomainError
from cupola.flight import full
from cupola.flight import full_library as door
from cupola.flight.averaged_area import Configuration, per_mass
from cupola.flight.averaged_elements import from_state
from cupola.flight.course_plan import LARGEST_PER_MASS
from cupola.flight.full_plan import Craft
from cupola.flight.utc import day_of

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Arrays:
    """Solar arrays that turn with the Sun."""

    area: float = 0.0
    """[m2] drag coefficient times the full area"""
    feathered: bool = False
    """Whether they lie edge-on to the wind in the Earth's shadow"""

    def check(self, crafts: Sequence[Craft]) -> None:
        """Raise DomainError for an area below 0, not finite, or too large for the mass of one of the crafts.

        >>> Arrays(2_000.0).check([Craft(420_000.0, 1_500.0)])
        """
        most = min(LARGEST_PER_MASS * one.mass_kg - one.drag_area_m2 for one in crafts)
        if not 0.0 <= self.area <= most:
            raise DomainError(
                f"arrays: got an area of {self.area:g} m2; expected 0 to {most:g} m2, so that body and arrays have "
                f"at most {LARGEST_PER_MASS:g} m2/kg"
            )

    def shape(self, mjd: float, craft: Craft) -> Configuration:
        """A craft with these arrays from a day on, as the averaged engine takes it."""
        return Configuration(mjd, craft.mass_kg, craft.drag_area_m2, self.area, self.feathered)


NO_ARRAYS = Arrays()


def in_the_wind(arrays: Arrays, body: float, motion: Floats, instant: np.datetime64) -> float:
    """Drag area of body and arrays in the mean of the orbit that a state lies on.

    body      [m2]   C_D A without arrays
    motion    (6,)   GCRF [m, m/s]
    instant          UTC
    returns   [m2]

    Raises DomainError where the averaged engine's theory does not hold.
    """
    if not arrays.area:
        return body
    mjd = day_of(instant)
    orbit = from_state(door.from_gcrf("TEME", motion, instant)[:, None])
    return float(per_mass([arrays.shape(mjd, Craft(1.0, body))])(mjd, orbit)[0])


def held(arrays: Arrays, start: full.State) -> full.State:
    """A start whose craft has, as its drag area, what of body and arrays meets the wind there; for the full engine."""
    area = in_the_wind(arrays, start.craft.drag_area_m2, start.motion, start.instant)
    return replace(start, craft=replace(start.craft, drag_area_m2=area))
