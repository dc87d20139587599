"""The calendar of flights: which flight is due in which future on which day.

A pair of flight and future is one number, its place in a table (flights, futures) laid out flight by flight, so that a
day's pairs in ascending order are in order of flight.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cupola.simulation.accounts import Array
from cupola.simulation.state import NEVER

Places = NDArray[np.intp]
NOBODY: Places = np.empty(0, dtype=np.intp)


class Calendar:
    """Due days, looked up by day; a flight that cannot be made is put down again."""

    def __init__(self, due: Array) -> None:
        """``due``: day of each flight in each future, (flights, futures)."""
        self._due: Array = due.reshape(-1).copy()
        days = np.ceil(self._due)
        self._order: Places = np.argsort(days, kind="stable")
        # A flight that never comes has no day in the table.
        turns = np.arange(-1.0, days[days < NEVER].max(initial=0.0) + 1.0)
        self._stop: list[int] = np.searchsorted(days[self._order], turns, side="right").tolist()
        """By day, beginning with the one before the first: how many pairs are due up to it"""
        self._again: dict[int, list[Places]] = {}

    def on(self, day: int) -> Places:
        """The pairs that are due on a day, in ascending order."""
        first, last = self._stop[day : day + 2] if day + 1 < len(self._stop) else (0, 0)
        pairs: Places = self._order[first:last]
        later = self._again.pop(day, None)
        return pairs if later is None else np.sort(np.concatenate([pairs, *later]))

    def postpone(self, pairs: Places, day: int, until: float) -> None:
        """These pairs, due by ``day``, wait until a later day."""
        self._due[pairs] = until
        self._put_down(pairs, day)

    def delay(self, pairs: Places, day: int, by: float) -> None:
        """These pairs, due by ``day``, are due so many days later than they were."""
        self._due[pairs] += by
        self._put_down(pairs, day)

    def _put_down(self, pairs: Places, day: int) -> None:
        # A day that is over is not looked up again.
        days = np.maximum(np.ceil(self._due[pairs]), day + 1.0).astype(np.intp)
        for later in set(days.tolist()):
            self._again.setdefault(later, []).append(pairs[days == later])
