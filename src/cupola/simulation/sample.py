"""One day of the series and of the orbit: what is kept of the state for the tables and the pictures."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cupola.base.time import to_mjd
from cupola.simulation.state import NEVER, State


def sample(state: State) -> dict[str, NDArray[Any]]:
    """The columns of the series on this day, in their edge units, shape (n,)."""
    ledger = state.ledger
    solar = state.model.programme.solar
    index = state.model.first + state.day - to_mjd(solar.first)
    gone = ~state.alive

    def kept(values: NDArray[Any]) -> NDArray[Any]:
        return np.where(gone, NEVER, values)

    n = state.detailed
    columns = {
        "altitude": kept(state.altitude / 1000.0),
        "beta": kept(state.beta * (180.0 / math.pi)),
        "f107": np.full(state.width, solar.f107[1][index]),
        "mass": kept(state.mass),
        "propellant": kept(ledger.total("propellant")),
        "crew": state.crew.copy(),
        "seats": state.seats.copy(),
        "oxygen": kept(ledger.total("oxygen")),
        "oxygen_days": kept(state.oxygen_days),
        "water": kept(ledger.total("water")),
        "water_days": kept(state.water_days),
        "food": kept(ledger.total("food")),
        "food_days": kept(state.food_days),
        "waste": kept(ledger.total("waste")),
        "attitude": state.controlled & state.alive,
        "deorbit": state.deorbit & state.alive,
    }
    return {name: values[:n] for name, values in columns.items()}


def orbit_sample(state: State) -> NDArray[np.float64]:
    """The numbers of the table ``orbit`` on this day (columns, n), NaN where the orbit is over."""
    orbit, n = state.orbit, state.detailed
    rows = orbit.rows[:, :n]
    found: NDArray[np.float64] = np.concatenate(
        [state.altitude[None, :n] / 1000.0, rows[1:3], np.degrees(rows[3:]), orbit.flown[:, :n], orbit.burnt[None, :n]]
    )
    found[:, ~state.alive[:n]] = np.nan
    return found
