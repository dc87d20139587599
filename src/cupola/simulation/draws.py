"""Random draws: named, counter-based streams keyed by (seed, stream, future).

A draw depends on nothing but its key, so a lane gets the same numbers at any width, shard or order. A nominal
lane draws the median of every distribution and the stated value of every quantity.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cupola.base.quantity import Quantity
from cupola.simulation.lanes import Lane

Array = NDArray[np.float64]


class Draws:
    """All randomness of a run."""

    def __init__(self, seed: int, lanes: Sequence[Lane]) -> None:
        self.seed = seed
        self.index = np.array([lane.index for lane in lanes], dtype=np.int64)
        self.nominal = np.array([lane.nominal for lane in lanes], dtype=bool)
        self._count = int(self.index.max(initial=0)) + 1
        self._all_nominal = bool(self.nominal.all())

    def uniform(self, stream: str) -> Array:
        """One number in (0, 1) a lane; exactly 0.5 in nominal lanes."""
        if self._all_nominal:
            return np.full(len(self.index), 0.5)
        digest = hashlib.sha256(f"{self.seed}/{stream}".encode()).digest()
        key = int.from_bytes(digest[:16], "little")
        drawn = np.random.Generator(np.random.Philox(key=key)).random(self._count)[self.index]
        return np.where(self.nominal, 0.5, np.clip(drawn, 1e-12, 1.0 - 1e-12))

    def quantity(self, stream: str, quantity: Quantity) -> Array:
        """The quantity's value in nominal lanes; a triangular draw from low over value to high in the others."""
        low, mode, high = quantity.low, quantity.value, quantity.high
        width = len(self.index)
        if self._all_nominal or not high > low:
            return np.full(width, mode)
        u = self.uniform(stream)
        corner = (mode - low) / (high - low)
        rising = low + np.sqrt(u * (high - low) * (mode - low))
        falling = high - np.sqrt((1.0 - u) * (high - low) * (high - mode))
        return np.where(self.nominal, mode, np.where(u < corner, rising, falling))

    def exponential(self, stream: str, mean: Array) -> Array:
        """An exponential draw with this mean; its median in nominal lanes."""
        return -mean * np.log1p(-self.uniform(stream))
