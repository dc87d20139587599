"""The recorder: events with causes, stays at ports, capacities, and the series by day.

A cause is the key of another event or of a record (``statement/ID``, ``rule/ID``, ``fact/TABLE.ID``). Keys are
interned to integer codes, so that a cause may differ from future to future within one call.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
Array = NDArray[np.float64]
Codes = NDArray[np.int32]
Cause = int | Codes


class Recorder:
    """Collects what happened; turned into tables by :mod:`cupola.simulation.output` after the last day."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.keys: list[str] = [""]
        self._codes: dict[str, int] = {"": 0}
        self.day = 0
        self.events: list[tuple[int, str, str, Codes, Array | float, str, tuple[Cause, ...], str]] = []
        self.series: list[tuple[int, dict[str, NDArray[Any]]]] = []
        self.orbit: list[tuple[int, Array]] = []
        """Day, and by future the rows of the table ``orbit`` from its third column on"""
        self.stays: list[tuple[int, str, NDArray[Any], NDArray[Any], NDArray[Any]]] = []
        """Day, 'arrived' or 'left', and by ship: future, port, flight"""
        self.flows: list[tuple[int, dict[tuple[str, str], Array]]] = []
        self.capacities: list[tuple[int, str, Mask, Array, Codes, Mask]] = []

    def code(self, key: str) -> int:
        """The integer of a key."""
        found = self._codes.get(key)
        if found is None:
            found = self._codes[key] = len(self.keys)
            self.keys.append(key)
        return found

    def event(
        self,
        kind: str,
        subject: str,
        mask: Mask,
        because: Sequence[Cause] = (),
        *,
        value: Array | float = np.nan,
        unit: str = "",
        source: str = "",
    ) -> int:
        """Record an event in the masked futures and return the code of its key."""
        hit = np.nonzero(mask)[0].astype(np.int32)
        if hit.size:
            held = value if isinstance(value, float) else np.asarray(value)[hit]
            causes = tuple(cause if isinstance(cause, int) else cause[hit] for cause in because)
            self.events.append((self.day, kind, subject, hit, held, unit, causes, source))
        return self.code(f"{kind}/{subject}")

    def note(
        self,
        kind: str,
        subject: str,
        futures: NDArray[np.intp],
        because: Sequence[Cause] = (),
        *,
        value: Array | float = np.nan,
        unit: str = "",
        source: str = "",
    ) -> int:
        """Record an event in these futures, with one cause and value for each, and return the code of its key."""
        self.events.append((self.day, kind, subject, futures.astype(np.int32), value, unit, tuple(because), source))
        return self.code(f"{kind}/{subject}")

    def stay(self, what: str, futures: NDArray[Any], ports: NDArray[Any], flights: NDArray[Any]) -> None:
        """Record that ships arrived or left, one for each of the futures."""
        self.stays.append((self.day, what, futures, ports, flights))
