"""Flights of the full engine beside those that another program flew; the data says how they were made."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from cupola.base.time import to_mjd
from cupola.flight.full import Burn, Craft, Forces, State, fly
from cupola.flight.full_library import from_gcrf, to_gcrf
from cupola.flight.full_weather import Indices, constant_indices, observed_indices

DATA = Path(__file__).parent / "data"
FIRST_BURN_S = 21_600


@dataclass(frozen=True)
class Reference:
    settings: dict[str, str]
    hours: np.ndarray
    states: np.ndarray
    """(6, n) in the frame of the settings"""


@lru_cache
def reference(name: str) -> Reference:
    lines = (DATA / f"full_{name}.csv").read_text("ascii").splitlines()
    told = [line.removeprefix("# ").split() for line in lines[1:] if line.startswith("#")]
    settings = dict(pair.split("=", 1) for row in told for pair in row)
    rows = list(csv.reader(line for line in lines if not line.startswith("#")))[1:]
    numbers = np.array(rows, dtype=np.float64).T
    return Reference(settings, numbers[0], numbers[1:])


def forces(settings: dict[str, str]) -> Forces:
    return Forces(
        degree=int(settings["degree"]),
        sun="sun" in settings["bodies"],
        moon="moon" in settings["bodies"],
        drag=float(settings["drag_area_m2"]) > 0.0,
        solar_pressure=float(settings["solar_area_m2"]) > 0.0,
        solid_tides=settings["extra"] == "tides",
        relativity=settings["extra"] == "relativity",
    )


def weather(settings: dict[str, str], epoch: np.datetime64, days: float) -> Indices:
    if settings["weather"] == "observed":
        return observed_indices()
    first = to_mjd(epoch.astype("datetime64[D]").item())
    return constant_indices(150.0, 15.0, first, first + days + 1)


@lru_cache
def flown(name: str, **changed: float) -> np.ndarray:
    """(6, n) the case's states by the full engine, at the reference's instants and in its frame."""
    case = reference(name)
    settings = {**case.settings, **{key: str(value) for key, value in changed.items()}}
    epoch = np.datetime64(settings["epoch"].removesuffix("Z"), "us")
    craft = Craft(*(float(settings[key]) for key in ("mass_kg", "drag_area_m2", "solar_area_m2")))
    state = State(epoch, to_gcrf(settings["frame"], case.states[:, 0], epoch), craft)
    hours, step = float(case.hours[-1]), float(case.hours[1] - case.hours[0]) * 3_600.0
    burn = Burn(epoch + np.timedelta64(FIRST_BURN_S, "s"), 600.0, 800.0, 300.0)
    flight = fly(
        state,
        epoch + np.timedelta64(round(hours * 3_600), "s"),
        forces=forces(settings),
        indices=weather(settings, epoch, hours / 24.0),
        burns=[burn] if settings["extra"] == "burn" else [],
        every_s=step,
    )
    pairs = zip(flight.states.T, flight.instants, strict=True)
    return np.array([from_gcrf(settings["frame"], motion, instant) for motion, instant in pairs]).T


def apart(one: np.ndarray, two: np.ndarray) -> np.ndarray:
    """(n,) distance of two series of states [m]."""
    return np.linalg.norm(one[:3] - two[:3], axis=0)


def residual(name: str) -> float:
    """Largest distance from the reference [m]."""
    return float(apart(flown(name), reference(name).states).max())
