"""The Sun that the futures of a run fly under: the forecast of the as-of day, and how they stray from it.

Futures wander between the levels of the forecast, and beyond them, as archived forecasts were off
(``physics.solar_sampler``); nominal ones go through its middle. The Ap of an archived issue is taken where the truth
lay, for the published one was too high, and as it acts on the air of many days.

Simplifies: a future's place between the levels is looked at every five days; flux and Ap share it.
"""

from __future__ import annotations

import datetime as dt

import numpy as np
from numpy.typing import NDArray

from cupola.base.time import from_mjd, to_mjd
from cupola.flight.averaged_levels import Standing
from cupola.flight.full_weather import observed_indices
from cupola.flight.sky import MARGIN_DAYS, Sky
from cupola.physics.density import effective_flux
from cupola.physics.solar_sampler import (
    ACTING_AP,
    LOWEST_FLUX,
    Courses,
    ap_levels,
    courses,
    knots_until,
    level,
    standing_at,
)
from cupola.programme.environment import SolarOutlook
from cupola.scenario.solar import solar_outlook
from cupola.simulation.state import Array, State

STANDINGS = (-2.5, -1.25, 0.0, 1.25, 2.5)
"""Where the levels of a day's air are: half-bands of the published forecast from its middle"""
_STEP = STANDINGS[1] - STANDINGS[0]
_MIDDLE = float(STANDINGS.index(0.0))
DAYS = 5
"""Days for which a future's place between the levels stays; its swing takes two months."""


def acting_ap(solar: SolarOutlook) -> Array:
    """Low, middle and high Ap of each day (3, days), as observed, or as an issue of that age is to be read."""
    ap: Array = np.array(solar.ap, dtype=np.float64)
    smooth = ap if solar.from_cycles else ap_levels(leads(solar), ap)
    found: Array = np.where(ap[0] < ap[2], ACTING_AP * smooth, ap)
    return found


def leads(solar: SolarOutlook) -> Array:
    """Days from the issue of the forecast to each day of the outlook (days,); below zero before it."""
    found: Array = np.arange(len(solar.ap[1]), dtype=np.float64) + (to_mjd(solar.first) - to_mjd(solar.issued))
    return found


def sky_between(as_of: dt.date, begin: int, end: int) -> tuple[Sky, SolarOutlook]:
    """The Sun's indices for a flight, as they were known on a day, and what they come from.

    begin, end   first and last day of the flight (MJD)

    Raises DomainError where there are none.
    """
    last_seen = observed_indices().last_mjd
    first = min(begin - MARGIN_DAYS, to_mjd(as_of), last_seen)
    outlook = solar_outlook(as_of, from_mjd(first), from_mjd(end + MARGIN_DAYS))
    f107, f107a, ap = np.array(outlook.f107[1]), np.array(outlook.f107a[1]), acting_ap(outlook)[1]
    return Sky(first, f107, f107a, ap, to_mjd(outlook.observed_until)), outlook


class ForecastSun:
    """Flux and Ap of each day at some levels, and each future's place between them."""

    def __init__(self, state: State) -> None:
        solar, draws = state.model.programme.solar, state.draws
        self.nominal = bool(draws.nominal.all())
        self.published = effective_flux(np.array(solar.f107), np.array(solar.f107a))
        self.ap = acting_ap(solar)
        self.leads = leads(solar)
        self.offset = state.model.first - to_mjd(solar.first)
        self.courses = _drawn(state, float(self.leads[-1]))
        self.place: Array = np.full(state.width, _MIDDLE)

    def on(self, day: int) -> Standing:
        """That of a day of the run; one level where they do not differ, or where all futures are nominal."""
        index = day + self.offset
        flux, ap = self.published[:, index].tolist(), self.ap[:, index].tolist()
        if self.nominal or (flux[0] == flux[2] and ap[0] == ap[2]):
            return Standing((flux[1],), (ap[1],), self.place)
        if day % DAYS == 0:
            # Flux tells the standing; where the forecast has no band of it, nothing strays.
            standing = standing_at(self.courses.flux(float(self.leads[index]), *flux), *flux)
            self.place = standing / _STEP + _MIDDLE
        at = np.array(STANDINGS)
        fluxes, aps = np.maximum(level(at, *flux), LOWEST_FLUX), np.maximum(level(at, *ap), 0.0)
        return Standing(tuple(fluxes.tolist()), tuple(aps.tolist()), self.place)


def _drawn(state: State, last: float) -> Courses:
    """The course of each future's Sun, by its own draws; nominal ones stay in the middle."""
    draws = state.draws

    def normal(stream: str) -> NDArray[np.float64]:
        # Box and Muller's transform.
        radius = np.sqrt(-2.0 * np.log(draws.uniform(f"{stream}/radius")))
        drawn = radius * np.cos(2.0 * np.pi * draws.uniform(f"{stream}/angle"))
        return np.where(draws.nominal, 0.0, drawn)

    years, swings = knots_until(max(0.0, last))
    yearly = [normal(f"solar/year/{row}") for row in range(years)]
    return courses(np.array(yearly), np.array([normal(f"solar/swing/{row}") for row in range(swings)]))
