"""Movements: which ship came or went last, in each future, as the cause of what follows from it.

Only codes of keys are kept, so that to note a movement costs a few array writes.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cupola.simulation.model import Model
from cupola.simulation.recorder import Codes, Recorder

Mask = NDArray[np.bool_]
Places = NDArray[np.intp]


class Movements:
    """Codes of the latest movements, by future."""

    def __init__(self, model: Model, flights: Sequence[str], recorder: Recorder, width: int) -> None:
        code = recorder.code
        first = len(model.docked)
        self.ship: Codes = np.array(
            [code(f"{'docking/' if number >= first else 'fact/flights.'}{key}") for number, key in enumerate(flights)]
            + [0],
            dtype=np.int32,
        )
        """By flight: its arrival, or for ships that are there on the first day the record of it; the last is none"""
        ports = [model.programme.ports[key] for key in model.ports]
        self.lever: Codes = np.array(
            [
                code(
                    f"fact/ports.{port.id}.lever_arm" if port.method == "docking" else "fact/attitude.berthing_momentum"
                )
                for port in ports
            ],
            dtype=np.int32,
        )
        """By port: what the push of a ship there rests on"""
        self.came: Codes = np.zeros((len(model.vehicles), width), dtype=np.int32)
        self.went: Codes = np.zeros((len(model.vehicles), width), dtype=np.int32)
        """Latest arrival and departure of a ship of each type"""
        self.home: Codes = np.zeros((len(model.partners), width), dtype=np.int32)
        """Latest departure with people of each partner"""
        self.latest: Codes = np.zeros(width, dtype=np.int32)
        self.day = np.full(width, -1, dtype=np.int32)
        """Day of the latest movement"""
        self.held: Codes = np.zeros(width, dtype=np.int32)
        """Latest launch that failed or ship that found no port"""

    def moved(self, vehicles: Places, futures: Places, came: bool, keys: Codes, day: int) -> None:
        """A ship came or went, one a future."""
        (self.came if came else self.went)[vehicles, futures] = keys
        self.latest[futures] = keys
        self.day[futures] = day

    def took_home(self, seated: NDArray[np.float64], futures: Places, keys: Codes) -> None:
        """The people in ships that leave, (ships, partners)."""
        for row in range(seated.shape[1]):
            some = seated[:, row] > 0.5
            self.home[row, futures[some]] = keys[some]

    def today(self, day: int, otherwise: int = 0) -> Codes:
        """The latest movement where it was on this day, by future."""
        return np.where(self.day == day, self.latest, np.int32(otherwise))


def filled(causes: Sequence[Codes], instead: Sequence[Codes | int]) -> tuple[Codes, ...]:
    """The causes, and where none of them is known, others in their stead."""
    none = np.ones(causes[0].shape, dtype=bool)
    for cause in causes:
        none &= cause == 0
    if not np.count_nonzero(none):
        return tuple(causes)
    return (*causes, *(np.where(none, other, 0).astype(np.int32) for other in instead))
