"""The start and the drag that make the full engine follow given positions.

Least squares by Gauss and Newton on seven unknowns: position, velocity and the logarithm of the drag area; the
derivatives are differences of flights, formed anew where the corrections shrink slowly.

Assumptions and limits: nothing but drag is fitted, so what the given positions hold of other forces ends in it; the
positions must span some hours, or drag cannot be told from the start.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from cupola.base.errors import CupolaError, DomainError
from cupola.flight.full import State, fly
from cupola.flight.full_library import Floats, Instants

MIN_POSITIONS = 10
MAX_ROUNDS = 12
_SCALE = np.array([10.0, 10.0, 10.0, 0.01, 0.01, 0.01, 1.0])
"""What one unit of each unknown stands for: metres, metres a second, the logarithm."""
_STEP = np.array([0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.05])
_ENOUGH = 1e-3
_SLOW = 0.1
"""Share of the last correction that a correction may have before the derivatives are formed anew."""
_LARGEST = 8.0
"""A drag area further from the first guess than e^8 is no fit."""


@dataclass(frozen=True)
class Fit:
    """A start and a drag area, and how well the flight from there follows the positions."""

    state: State
    rms_m: float
    rounds: int


def fit(guess: State, instants: Instants, positions: Floats, **flight: Any) -> Fit:
    """Fit the start and the drag area to positions.

    guess        near the start; its craft's drag area is the first guess and must not be zero
    instants     (n,)     UTC, rising, the first at the guess's instant or later
    positions    (3, n)   GCRF [m]
    flight       what ``fly`` takes: forces, indices, burns, changes

    Raises DomainError for positions that do not fit the instants or are too few, CupolaError when no fit is found.
    """
    if positions.shape != (3, instants.size) or instants.size < MIN_POSITIONS or not np.all(np.isfinite(positions)):
        raise DomainError(
            f"fit: the positions cannot be used: got {positions.shape} for {instants.size} instants; expected finite "
            f"numbers, (3, n), n at least {MIN_POSITIONS}."
        )
    if guess.craft.drag_area_m2 <= 0.0:
        raise DomainError(f"fit: drag area: got {guess.craft.drag_area_m2:g} m2; expected a first guess above 0.")
    unknown = np.zeros(7)
    flown = _flown(guess, unknown, instants, flight)
    columns, before = _slopes(guess, unknown, flown, instants, flight), np.inf
    for rounds in range(1, MAX_ROUNDS + 1):
        better = np.linalg.lstsq(columns, (positions - flown).ravel(), rcond=None)[0]
        unknown = unknown + better
        if not np.all(np.isfinite(unknown)) or abs(float(unknown[6])) > _LARGEST:
            break
        flown = _flown(guess, unknown, instants, flight)
        change = float(np.max(np.abs(better)))
        if change < _ENOUGH:
            missed = (positions - flown).ravel()
            square = np.add.reduce(missed * missed)
            return Fit(_started(guess, unknown), float(np.sqrt(square / instants.size)), rounds)
        if change > _SLOW * before:
            columns, change = _slopes(guess, unknown, flown, instants, flight), np.inf
        before = change
    raise CupolaError(f"fit: found no start and drag area for the positions in {MAX_ROUNDS} rounds. Check the guess.")


def _slopes(guess: State, unknown: Floats, here: Floats, instants: Instants, flight: dict[str, Any]) -> Floats:
    """(3 n, 7) change of the flown positions, ``here``, with each unknown."""
    columns = np.empty((here.size, 7))
    for k in range(7):
        other = unknown.copy()
        other[k] += _STEP[k]
        columns[:, k] = (_flown(guess, other, instants, flight) - here).ravel() / _STEP[k]
    return columns


def _started(guess: State, unknown: Floats) -> State:
    craft = replace(guess.craft, drag_area_m2=guess.craft.drag_area_m2 * float(np.exp(unknown[6])))
    return State(guess.instant, guess.motion + unknown[:6] * _SCALE[:6], craft)


def _flown(guess: State, unknown: Floats, instants: Instants, flight: dict[str, Any]) -> Floats:
    return fly(_started(guess, unknown), instants[-1], at=instants, **flight).states[:3]
