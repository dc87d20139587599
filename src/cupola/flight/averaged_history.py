"""The averaged engine's air in the model's mode for a history of ap: the air that the full engine flies in.

Assumptions and limits: those of ``averaged_drag``; flux is still that of the day. Each point of the average takes the
ap of its own time and of the 57 hours before. Days of a forecast have one Ap for all hours, which the mode for a
history reads as 2 to 3 % more air than real days of that mean have: they are flown with the day's mean.
Source: J. M. Picone et al., NRLMSISE-00, J. Geophys. Res. 107 (2002), 1468, for what the history is.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cupola.base.errors import DomainError
from cupola.flight.averaged_drag import POINTS, Evaluated
from cupola.flight.full_weather import Indices

Floats = NDArray[np.float64]

_A_DAY = 8
_RECENT, _OLD, _EIGHT = 4, 12, 8
"""Rows of three hours: the means begin 12 and 36 hours before, and are over eight rows."""


class EvaluatedHistory(Evaluated):
    """Air straight from the model, with the 3-hourly ap of given days."""

    def __init__(
        self, indices: Indices, last_mjd: float = float("inf"), model: str = "00", points: int = POINTS
    ) -> None:
        """Take the history from ``indices`` up to a last day.

        indices         cover the flight up to the last day, and three days before it
        last_mjd        [day]   after it the day's mean is taken
        model, points   as for ``Evaluated``
        """
        super().__init__(model, points)
        self._last = last_mjd
        self._first = indices.first_mjd
        self._rows = indices.ap.ravel()
        self._daily = indices.ap.mean(axis=1)
        self._sums = np.concatenate([[0.0], np.cumsum(self._rows)])

    def _activity(self, moment: Floats, daily: Floats) -> Floats:
        """(m, 7) the history at moments (m,), or the day's mean. Raises DomainError outside the days."""
        if float(moment.max()) >= self._last + 1.0:
            return daily
        row = np.floor((moment - self._first) * _A_DAY).astype(np.int64)
        oldest, count = _OLD + _EIGHT - 1, self._rows.size
        if row.min() < oldest or row.max() >= count:
            raise DomainError(
                f"indices: the flight goes beyond the history of ap: got day {moment.min():.2f} to {moment.max():.2f}; "
                f"expected {self._first + oldest / _A_DAY:.2f} to {self._first + count / _A_DAY:.2f}"
            )
        recent = [self._rows[row - back] for back in range(_RECENT)]
        means = [self._mean(row - back) for back in (_RECENT, _OLD)]
        return np.stack([self._daily[row // _A_DAY], *recent, *means], axis=1)

    def _mean(self, last: NDArray[np.int64]) -> Floats:
        """Mean of the eight rows up to and with a row."""
        return np.asarray((self._sums[last + 1] - self._sums[last + 1 - _EIGHT]) / _EIGHT)
