"""Crew: seats, the order to leave, and who is left behind.

Rotation itself is traffic: a crew leaves after the handover with the next one of its service, or when its
ship's stay is over.
"""

from __future__ import annotations

import numpy as np

from cupola.base.quantity import DAY_S
from cupola.simulation.movements import filled
from cupola.simulation.state import State


class Crew:
    """Says when the last person left, who has no seat, and when nobody trained on a segment is aboard any more."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.was_crewed = state.crewed.copy()
        self.was_trained = state.trained > 0
        self.stranded = np.zeros(state.width, dtype=bool)
        self.alone_since = np.full(state.width, np.inf)
        life = state.model.programme.crew_policy.uncrewed_life
        self.alone_life = state.draws.quantity("crew_policy.uncrewed_life", life) / DAY_S

    def tick(self, day: int) -> None:
        """Compare who is aboard with the day before."""
        state = self.state
        left = self.was_crewed & ~state.crewed
        if left.any():
            ordered_off = np.where(state.order_key > 0, state.recorder.code("crew-ordered-off/station"), 0)
            rows = range(len(state.model.partners))
            home = [np.where(self.was_trained[row], state.movements.home[row], 0).astype(np.int32) for row in rows]
            usual = state.recorder.code("fact/crew_policy.usual")
            causes = filled(filled([ordered_off.astype(np.int32)], home), [usual])
            state.recorder.event("crew-left", "station", left, causes)
            np.copyto(self.alone_since, float(day), where=left)
        np.copyto(self.alone_since, np.inf, where=state.crewed)
        np.copyto(self.was_crewed, state.crewed)
        self._alone(day)
        self._training()
        without = state.alive & (state.crew > state.seats + 0.5)
        fresh = without & ~self.stranded
        if fresh.any():
            causes = filled([state.movements.latest], [state.recorder.code("fact/crew_policy.usual")])
            state.recorder.event("stranded", "station", fresh, causes, value=state.crew - state.seats, unit="people")
        self.stranded = without

    def _alone(self, day: int) -> None:
        """A station that nobody repairs for too long loses its attitude control, and with it power and cooling."""
        state = self.state
        worn = state.controlled & state.alive & (day - self.alone_since >= self.alone_life)
        if worn.any():
            code = state.recorder.code
            causes = (code("crew-left/station"), code("fact/crew_policy.uncrewed_life"))
            key = state.recorder.event("attitude-lost", "station", worn, causes)
            state.lose_attitude(worn, key)

    def _training(self) -> None:
        """The last of those trained on a segment went home while others stay."""
        state = self.state
        now = state.trained > 0
        if (now == self.was_trained).all():
            return
        for row, partner in enumerate(state.model.partners):
            gone = self.was_trained[row] & ~now[row] & state.crewed
            if np.count_nonzero(gone):
                causes = filled([state.home_key[row]], [state.movements.home[row]])
                causes = filled(causes, [state.recorder.code("fact/crew_policy.usual")])
                state.recorder.event("crew-absent", partner, gone, causes)
        self.was_trained = now
