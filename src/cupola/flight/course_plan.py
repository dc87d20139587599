"""What is done with a craft on its way: burns, and what the craft becomes by docking, undocking or turned arrays.

Assumptions and limits: a burn takes propellant by Tsiolkovsky's equation from the mass that the craft has when it
begins; the craft does not change during a burn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from cupola.base.constants import STANDARD_GRAVITY
from cupola.base.errors import DomainError
from cupola.flight.full_plan import Change, Craft

LARGEST_PER_MASS = 1.0
"""[m2/kg] area over mass: a station has 0.01, and only balloons and foil have more than this"""
_US = "datetime64[us]"


@dataclass(frozen=True)
class Wanted:
    """A burn that is asked for, along the velocity."""

    instant: np.datetime64
    """UTC of its beginning"""
    delta_v: float
    """[m/s], negative against the velocity"""
    specific_impulse: float | None = None
    """[s]; None leaves the mass as it is"""
    thrust: float | None = None
    """[N]; None makes it an impulse"""


@dataclass(frozen=True)
class Refit:
    """What the craft becomes at an instant; None for what stays as it is."""

    instant: np.datetime64
    """UTC"""
    mass: float | None = None
    """[kg]"""
    drag_area: float | None = None
    """C_D A [m2]"""
    solar_area: float | None = None
    """C_R A [m2]"""


@dataclass(frozen=True)
class Made:
    """A burn as it was flown."""

    wanted: Wanted
    duration: float
    """[s]"""
    mass_after: float
    """[kg]"""
    end: np.datetime64


@dataclass(frozen=True)
class Plan:
    """Burns and changes of a flight, in order of time."""

    made: tuple[Made, ...] = ()
    crafts: tuple[Change, ...] = ()
    """The craft after each burn and after each refit"""
    refits: tuple[Change, ...] = ()
    """The craft after each refit"""

    def craft_at(self, craft: Craft, instant: np.datetime64) -> Craft:
        """The craft at an instant, from the one at the start."""
        past = [change.craft for change in self.crafts if change.instant <= instant]
        return past[-1] if past else craft


def plan(
    craft: Craft, burns: Sequence[Wanted], refits: Sequence[Refit], begin: np.datetime64, end: np.datetime64
) -> Plan:
    """Length and mass of burns one after another, with the changes of the craft between them.

    begin, end   UTC

    Raises DomainError for the first of them that cannot be flown.
    """
    found, problems = planned(craft, burns, refits, begin, end)
    if problems:
        raise DomainError(problems[0][1])
    return found


def planned(
    craft: Craft, burns: Sequence[Wanted], refits: Sequence[Refit], begin: np.datetime64, end: np.datetime64
) -> tuple[Plan, tuple[tuple[str, str], ...]]:
    """As :func:`plan`, without those that cannot be flown, and what is wrong with each: ``burn`` or ``change``, words.

    >>> day = [np.datetime64(f"2025-01-0{day}T00:00", "us") for day in (1, 2, 3)]
    >>> found, problems = planned(Craft(420_000.0, 3_520.0), [], [Refit(day[1], mass=430_000.0)], day[0], day[2])
    >>> found.crafts[0].craft, problems
    (Craft(mass_kg=430000.0, drag_area_m2=3520.0, solar_area_m2=0.0), ())
    """
    making = _Making(craft, begin, end)
    # A burn before a refit of the same instant, so that the refit is seen to fall into it.
    both: list[Wanted | Refit] = [*burns, *refits]
    for one in sorted(both, key=lambda one: (one.instant, isinstance(one, Refit))):
        try:
            if isinstance(one, Refit):
                making.refit(one)
            else:
                making.burn(one)
        except DomainError as error:
            making.problems.append(("change" if isinstance(one, Refit) else "burn", str(error)))
    return making.plan(), tuple(making.problems)


@dataclass
class _Making:
    """A plan in the making."""

    craft: Craft
    begin: np.datetime64
    end: np.datetime64
    made: list[Made] = field(default_factory=list)
    refits: list[Change] = field(default_factory=list)
    becomes: dict[np.datetime64, Craft] = field(default_factory=dict)
    problems: list[tuple[str, str]] = field(default_factory=list)

    def burn(self, burn: Wanted) -> None:
        """Add a burn. Raises DomainError outside the flight, and for one that overlaps."""
        if burn.thrust is not None and burn.specific_impulse is None:
            raise DomainError("burn: has a thrust but no specific impulse; expected both")
        mass = self.craft.mass_kg
        duration, after = 0.0, mass
        if burn.specific_impulse is not None:
            exhaust = burn.specific_impulse * STANDARD_GRAVITY
            after = mass * float(np.exp(-abs(burn.delta_v) / exhaust))
            duration = 0.0 if burn.thrust is None else (mass - after) * exhaust / burn.thrust
        stop = burn.instant.astype(_US) + np.timedelta64(round(duration * 1e6), "us")
        if not self.begin <= burn.instant or not stop < self.end:
            raise DomainError(
                f"burn: lies outside the flight: got {burn.instant} to {stop}; expected {self.begin} to {self.end}"
            )
        if self.made and burn.instant < self.made[-1].end:
            raise DomainError(
                f"burn: overlaps the one before: got {burn.instant}; expected {self.made[-1].end} or later"
            )
        self.made.append(Made(burn, duration, after, stop))
        self.craft = self.becomes[stop] = replace(self.craft, mass_kg=after)

    def refit(self, refit: Refit) -> None:
        """Add a change of the craft. Raises DomainError outside the flight, within a burn, and at another's instant."""
        at = refit.instant.astype(_US)
        if not self.begin < at < self.end:
            raise DomainError(
                f"change: lies outside the flight: got {at}; expected after {self.begin}, before {self.end}"
            )
        if self.made and (at < self.made[-1].end or at == self.made[-1].wanted.instant):
            raise DomainError(
                f"change: falls into the burn of {self.made[-1].wanted.instant}: got {at}; expected before it, or "
                f"after {self.made[-1].end}"
            )
        if self.refits and self.refits[-1].instant == at:
            raise DomainError(f"change: two fall on one instant: got {at}; expected one. Put them into one.")
        now = self.craft
        self.craft = self.becomes[at] = craft_of(
            now.mass_kg if refit.mass is None else refit.mass,
            now.drag_area_m2 if refit.drag_area is None else refit.drag_area,
            now.solar_area_m2 if refit.solar_area is None else refit.solar_area,
        )
        self.refits.append(Change(at, self.craft))

    def plan(self) -> Plan:
        """The plan."""
        crafts = tuple(Change(instant, craft) for instant, craft in self.becomes.items())
        return Plan(tuple(self.made), crafts, tuple(self.refits))


def craft_of(mass: float, drag_area: float, solar_area: float) -> Craft:
    """The craft. Raises DomainError for a mass that is not above 0, and for areas below 0 or too large for the mass.

    >>> craft_of(420_000.0, 3_520.0, 0.0).drag_area_m2
    3520.0
    """
    craft = Craft(mass, drag_area, solar_area)
    for name, area in (("drag area", drag_area), ("solar area", solar_area)):
        if area > LARGEST_PER_MASS * mass:
            raise DomainError(
                f"{name}: is too large for the mass: got {area:g} m2 of {mass:g} kg; expected at most "
                f"{LARGEST_PER_MASS:g} m2/kg"
            )
    return craft
