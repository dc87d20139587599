"""Crew: seats, the order to leave, and who is left behind.

Rotation itself is traffic: a crew leaves after the handover with the next one of its service, or when its
ship's stay is over.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from cupola.simulation.state import NEVER, State


class Crew:
    """Carries out orders to leave, and says when the last person left."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.was_crewed = state.crewed.copy()
        self.stranded = np.zeros(state.width, dtype=bool)

    def tick(self, day: int) -> None:
        """Send ships home that were ordered off; note who has no seat."""
        state = self.state
        ordered = state.leave_order < NEVER
        if ordered.any():
            self._send_home(ordered, day)
        left = self.was_crewed & ~state.crewed
        if left.any():
            ordered_off = np.where(state.order_key > 0, state.recorder.code("crew-ordered-off/station"), 0)
            state.recorder.event("crew-left", "station", left, (ordered_off.astype(np.int32),))
            np.copyto(self.was_crewed, False, where=left)
        self.was_crewed |= state.crewed
        without = state.alive & (state.crew > state.seats + 0.5)
        fresh = without & ~self.stranded
        if fresh.any():
            state.recorder.event("stranded", "station", fresh, value=state.crew - state.seats, unit="people")
        self.stranded = without

    def _send_home(self, ordered: NDArray[Any], day: int) -> None:
        state = self.state
        for port in range(len(state.model.ports)):
            crewed = ordered & (state.port_seats[port] > 0.5) & (state.port_flight[port] >= 0)
            if crewed.any():
                np.copyto(state.port_due[port], np.minimum(state.port_due[port], state.leave_order), where=crewed)
