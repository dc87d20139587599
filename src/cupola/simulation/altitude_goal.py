"""The altitude at which the station is to be kept: the policy's, a planned profile's, and the record's in the past."""

from __future__ import annotations

import numpy as np

from cupola.base.time import from_mjd, to_mjd
from cupola.simulation.state import Array, State

RECORD_GAP = 400.0
"""Days between two recorded altitudes up to which the one follows the line between them."""
POLICY = ("fact/orbit_policy.altitude", "fact/orbit_policy.band")
"""What sets the target of a reboost"""
RECORD = ("fact/altitudes",)
"""And in the recorded past"""


class AltitudeGoal:
    """What a reboost aims at, day by day."""

    def __init__(self, state: State) -> None:
        self._state = state
        programme, draws = state.model.programme, state.draws
        self._drawn = {"": draws.quantity("orbit_policy.altitude", programme.orbit_policy.altitude)}
        self._drawn |= {
            key: draws.quantity(f"targets.{key}.altitude", row.altitude) for key, row in programme.targets.items()
        }
        edges = [day for row in programme.targets.values() for day in (row.since, row.until) if day is not None]
        self._turns = {0, *(to_mjd(day) - state.model.first + late for day in edges for late in (0, 1))}
        """Days of the run on which another target may come into force"""
        self.target: Array = self._drawn[""]
        self.rests: tuple[str, ...] = POLICY
        """Keys of what sets the target"""
        self.profile = _recorded(state)

    def on(self, day: int) -> float | None:
        """Take the target of a day; returns the altitude on record, where that is to be followed [m]."""
        if day in self._turns:
            model = self._state.model
            row = model.programme.target_on(from_mjd(model.first + day))
            self.target = self._drawn[row.id if row else ""]
            self.rests = (f"fact/targets.{row.id}", POLICY[1]) if row else POLICY
        return float(self.profile[day]) if day < self.profile.size and self.profile[day] > 0.0 else None


def _recorded(state: State) -> Array:
    """The altitude on record by day of the run, up to the as-of day [m]; NaN where none is near."""
    model, programme = state.model, state.model.programme
    days = np.array([to_mjd(row.day) - model.first for row in programme.altitudes], dtype=np.float64)
    heights = np.array([row.altitude for row in programme.altitudes])
    wanted = np.arange(max(0, model.recorded))
    if not days.size or not wanted.size:
        return np.full(wanted.size, np.nan)
    place = np.searchsorted(days, wanted, side="right")
    before, after = days[np.maximum(place - 1, 0)], days[np.minimum(place, days.size - 1)]
    known = (place > 0) & (place < days.size) & (after - before <= RECORD_GAP)
    profile: Array = np.where(known, np.interp(wanted, days, heights), np.nan)
    return profile
