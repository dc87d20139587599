"""What the averaged engine and the air that it flies through say to each other.

Assumptions and limits: none of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, Self, TypeVar, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from cupola.flight.averaged_elements import Mean

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Drag:
    """What drag does to mean elements, each (n,), averaged over the orbit."""

    axis: Floats
    """m/s"""
    ex: Floats
    """1/s"""
    ey: Floats
    """1/s"""
    inclination: Floats
    """rad/s"""


class Sun(Protocol):
    """The Sun's indices of one day, as an air takes them."""

    def of(self, lanes: NDArray[np.intp]) -> Self:
        """Those of some futures."""


@dataclass(frozen=True)
class Indices:
    """Solar flux and Ap of one day: one number for all futures, or one each (n,)."""

    f107: Floats
    """sfu, of the day before"""
    f107a: Floats
    """sfu, 81-day mean"""
    ap: Floats
    """2 nT, daily"""

    def of(self, lanes: NDArray[np.intp]) -> Indices:
        """Those of some futures."""
        return Indices(*(v[lanes] if v.ndim else v for v in (self.f107, self.f107a, self.ap)))


@dataclass(frozen=True)
class Span:
    """A time over which area and indices stay."""

    begin: float
    """Modified Julian Day"""
    end: float
    longest: float
    """day, the longest step"""
    entry: float
    """m, mean altitude at which an orbit is over"""
    day: float
    """The day whose season counts, in the mean of several"""
    fresh: bool
    """Whether no step was made before"""


Told = TypeVar("Told", bound=Sun, contravariant=True)
"""The kind of indices that an air is told of"""


class Air(Protocol[Told]):
    """What works out the drag: ``averaged_drag.Evaluated``, or by table ``Tabulated`` and ``Levelled``."""

    def drag(self, mjd: Floats, days: Floats, orbit: Mean, per_mass: Floats, indices: Told, day: float) -> Drag:
        """Rates by drag over the step that each future takes."""


@runtime_checkable
class Advancing(Protocol):
    """Air that steps the futures by itself, as ``averaged_step.advance`` does it for the others."""

    def advance(self, sky: Span, rows: Floats, last: Floats, over: Floats, area: Floats, indices: Indices) -> None:
        """Fly all futures that are not over through a span; arrays are changed in place."""
