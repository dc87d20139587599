"""What a flight consists of: the craft, its changes, its burns, and the pieces between them.

A flight is cut at every 00:00 UTC, at each burn's ends and minutes, and at each change of the craft. The cuts lie on
the calendar, not on the flight's own start: so a flight that is resumed at one of them goes through the same pieces as
one that never stopped, to the last bit.

Assumptions and limits: thrust is constant over a burn and its direction fixed in the orbital frame; a piece of a burn
takes the mean acceleration of its delta-v, exact for the velocity; flow is even; one burn at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from cupola.base.constants import STANDARD_GRAVITY
from cupola.base.errors import DomainError

Floats = NDArray[np.float64]

BURN_PIECE_S = 60
_DAY = np.timedelta64(1, "D")
_US = "datetime64[us]"
FRAMES = ("RTN", "LVLH")


@dataclass(frozen=True)
class Craft:
    """What the forces act on."""

    mass_kg: float
    drag_area_m2: float
    """C_D A: drag coefficient times area"""
    solar_area_m2: float = 0.0
    """C_R A: radiation coefficient times area"""

    def __post_init__(self) -> None:
        if not 0.0 < self.mass_kg < 1e9:
            raise DomainError(f"craft: mass: got {self.mass_kg:g} kg; expected more than 0.")
        for name, value in (("drag area", self.drag_area_m2), ("solar area", self.solar_area_m2)):
            if not 0.0 <= value < 1e8:
                raise DomainError(f"craft: {name}: got {value:g} m2; expected 0 or more.")


@dataclass(frozen=True)
class Change:
    """The craft becomes another at an instant: a docking, an undocking, arrays turned."""

    instant: np.datetime64
    craft: Craft


@dataclass(frozen=True)
class Burn:
    """Thrust from an instant on, for a time, in one direction of the orbital frame."""

    start: np.datetime64
    duration_s: float
    thrust_n: float
    specific_impulse_s: float
    direction: tuple[float, float, float] = (0.0, 1.0, 0.0)
    """in the frame's axes; its length is dropped"""
    frame: str = "RTN"
    """RTN: outward, along-track, normal. LVLH: x along-track, y against the normal, z down"""

    def __post_init__(self) -> None:
        if self.frame not in FRAMES:
            raise DomainError(f"burn: frame: got {self.frame[:20]!r}; expected {' or '.join(FRAMES)}.")
        if not 1e-6 <= self.duration_s <= 1e7:
            raise DomainError(f"burn: duration: got {self.duration_s:g} s; expected more than 0, up to 1e7 s.")
        if not 0.0 < self.thrust_n < 1e9:
            raise DomainError(f"burn: thrust: got {self.thrust_n:g} N; expected more than 0.")
        if not 1.0 <= self.specific_impulse_s <= 1e5:
            raise DomainError(f"burn: specific impulse: got {self.specific_impulse_s:g} s; expected 1 to 100,000 s.")
        if not np.all(np.isfinite(self.direction)) or not np.any(np.asarray(self.direction)):
            raise DomainError(f"burn: direction: got {self.direction}; expected three finite numbers, not all zero.")

    @property
    def end(self) -> np.datetime64:
        """When it ends, UTC."""
        end: np.datetime64 = self.start.astype(_US) + np.timedelta64(round(self.duration_s * 1e6), "us")
        return end

    @property
    def flow(self) -> float:
        """Propellant a second [kg/s]."""
        return self.thrust_n / (self.specific_impulse_s * STANDARD_GRAVITY)

    def axes(self) -> Floats:
        """(3,) the unit vector of the thrust along R, T and N."""
        x, y, z = self.direction
        vector = np.array([x, y, z] if self.frame == "RTN" else [-z, x, -y])
        unit: Floats = vector / np.sqrt(vector[0] * vector[0] + vector[1] * vector[1] + vector[2] * vector[2])
        return unit


@dataclass(frozen=True)
class Piece:
    """A stretch of flight over which nothing changes but the motion."""

    begin: np.datetime64
    end: np.datetime64
    burn: Burn | None
    craft: Craft | None
    """what the craft becomes at the beginning, if it changes"""


def delta_v(burn: Burn, mass_kg: float) -> float:
    """Velocity change of a whole burn that begins with a mass [m/s]: Tsiolkovsky's equation.

    >>> start = np.datetime64("2025-01-01T00:00")
    >>> round(delta_v(Burn(start, 600.0, 800.0, 300.0), 420_000.0), 4)
    1.1431
    """
    return _gain(burn, mass_kg, burn.duration_s)


def _gain(burn: Burn, mass_kg: float, seconds: float) -> float:
    left = mass_kg - burn.flow * seconds
    if left <= 0.0:
        raise DomainError(
            f"burn: uses more propellant than the craft weighs: got {burn.flow * seconds:g} kg; expected under "
            f"{mass_kg:g} kg. Shorten it."
        )
    return burn.specific_impulse_s * STANDARD_GRAVITY * float(np.log(mass_kg / left))


def push(piece: Piece, craft: Craft, seconds: float) -> tuple[Floats | None, Craft, Craft]:
    """What a piece does to the craft: acceleration along R, T, N; the craft amid the piece; the craft after it."""
    if piece.burn is None:
        return None, craft, craft
    gain = _gain(piece.burn, craft.mass_kg, seconds)
    after = craft.mass_kg - piece.burn.flow * seconds
    amid = 0.5 * (craft.mass_kg + after)
    return piece.burn.axes() * (gain / seconds), replace(craft, mass_kg=amid), replace(craft, mass_kg=after)


def pieces(
    begin: np.datetime64, end: np.datetime64, burns: Sequence[Burn] = (), changes: Sequence[Change] = ()
) -> list[Piece]:
    """The pieces of a flight, in order of time.

    begin, end    UTC; end after begin

    Raises DomainError when burns overlap or two changes fall on one instant.
    """
    ordered = sorted(burns, key=lambda burn: burn.start)
    for one, two in pairwise(ordered):
        if two.start < one.end:
            raise DomainError(f"burn: overlaps the one before: got {two.start}; expected {one.end} or later.")
    becomes = {change.instant.astype(_US): change.craft for change in changes}
    if len(becomes) != len(changes):
        raise DomainError("changes: two fall on one instant; expected one change an instant. Put them into one.")
    cuts = {begin.astype(_US), end.astype(_US), *becomes}
    first = begin.astype("datetime64[D]")
    days = int((end.astype("datetime64[D]") - first).astype(np.int64))
    cuts.update((first + k * _DAY).astype(_US) for k in range(1, days + 1))
    for burn in ordered:
        step = np.timedelta64(BURN_PIECE_S, "s")
        count = int(np.ceil(burn.duration_s / BURN_PIECE_S))
        cuts.update(burn.start.astype(_US) + k * step for k in range(count))
        cuts.add(burn.end)
    inside = sorted(cut for cut in cuts if begin <= cut <= end)
    return [
        Piece(one, two, next((burn for burn in ordered if burn.start <= one < burn.end), None), becomes.get(one))
        for one, two in pairwise(inside)
    ]
