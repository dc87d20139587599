"""Returning: why a provider or a function is there again, or lacks though no provider of it failed.

What a provider lacked when it stopped is remembered by its code; what ended that lack is found from it when the
provider is back.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cupola.programme.functions import Provision
from cupola.simulation.movements import Mask, filled
from cupola.simulation.recorder import Codes
from cupola.simulation.state import State

_BACK = {"provider-lost": "provider-back", "function-lost": "function-back"}
_COMES = ("element-detached", "element-lost", "not-attached", "separated", "element-deorbited")
_SHIPS = ("store-empty", "crew-absent", "no-ship")
"""Lacks that a ship ends which comes or goes"""


class Returning:
    """Remembers what each provider lacked last."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.lacked: dict[str, Codes] = {}
        """By provision: code of what it lacked when it stopped, by future"""

    def lost(self, provision: str, futures: NDArray[np.intp], missing: Codes) -> None:
        """The provider stopped in these futures."""
        if provision not in self.lacked:
            self.lacked[provision] = np.zeros(self.state.width, dtype=np.int32)
        self.lacked[provision][futures] = missing

    def say_provider(self, row: Provision, back: Mask) -> None:
        """Record what let a provider work again, where it does."""
        if np.count_nonzero(back):
            self.state.recorder.event("provider-back", row.id, back, (self._provider(row, back),))

    def _provider(self, row: Provision, back: Mask) -> Codes:
        state = self.state
        own = np.int32(state.recorder.code(f"fact/provisions.{row.id}"))
        causes: Codes = np.zeros(state.width, dtype=np.int32)
        lacked = self.lacked.get(row.id)
        if lacked is not None:
            # The kinds of lacks are few, whatever the number of futures.
            for code in np.unique(lacked[back]).tolist():
                np.copyto(causes, self._ends(row, state.recorder.keys[code]), where=back & (lacked == code))
        return np.where(causes == 0, own, causes)

    def _ends(self, row: Provision, lack: str) -> Codes | np.int32:
        """What ends a lack: another thing that is back, an element that came, a ship that moved, a new operator."""
        state, code = self.state, self.state.recorder.code
        kind, _, subject = lack.partition("/")
        if kind in _BACK:
            return np.int32(code(f"{_BACK[kind]}/{subject}"))
        if kind in _COMES:
            return np.int32(code(f"element-attached/{row.provider}"))
        if kind in _SHIPS:
            return state.movements.latest
        if kind == "partner-left":
            taken = row.provider in state.leaving.settled
            return np.int32(code(f"element-taken-over/{row.provider}" if taken else f"handed-over/{subject}"))
        return np.int32(0)

    def say_function(self, function: str, back: Mask, providers: Sequence[Provision]) -> None:
        """Record which providers give a function again: all that work now, or the ships that came with them."""
        if not np.count_nonzero(back):
            return
        state = self.state
        causes: list[Codes] = []
        for row in providers:
            if row.provider in state.model.vehicles:
                came: Codes | int = state.movements.came[state.model.vehicles.index(row.provider)]
            else:
                came = state.recorder.code(f"provider-back/{row.id}")
            causes.append(np.where(state.working[row.id], came, 0).astype(np.int32))
        none = np.zeros(state.width, dtype=np.int32)
        found = filled([none, *causes], [state.recorder.code(f"fact/functions.{function}")])
        state.recorder.event("function-back", function, back, found)

    def gone(
        self,
        function: str,
        providers: Sequence[Provision],
        futures: NDArray[np.intp],
        causes: Sequence[NDArray[np.integer]],
        moved: Codes | None = None,
    ) -> tuple[Codes, ...]:
        """The causes of a loss; where no provider failed, the ships that left, and what is needed of the function.

        moved    array (futures,), for a shortage: the movement with which it began
        """
        state, vehicles = self.state, self.state.model.vehicles
        kinds = sorted({vehicles.index(row.provider) for row in providers if row.provider in vehicles})
        left: list[Codes | int] = [
            np.where(state.ships[kind, futures] > 0, 0, state.movements.went[kind, futures]) for kind in kinds
        ]
        need = state.recorder.code(f"fact/functions.{function}")
        return filled([cause.astype(np.int32) for cause in causes], [*(left if moved is None else [moved]), need])
