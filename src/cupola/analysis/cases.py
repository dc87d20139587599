"""Cases: pairs of a day and a set of losses, and what is gone in each."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cupola.analysis.losses import Loss
from cupola.analysis.presence import Flags
from cupola.programme.programme import Programme

Places = NDArray[np.intp]


class Cases:
    """Pairs of a day and a set of losses, and what is gone in each."""

    def __init__(
        self,
        programme: Programme,
        sets: Sequence[Sequence[Loss]],
        days: Places | None = None,
        which: Places | None = None,
    ) -> None:
        """
        sets     the sets of losses
        days     index of the day of each case; the first day when None
        which    index of the set of each case; each set once when None
        """
        self.which: Places = np.arange(len(sets)) if which is None else which
        self.days: Places = np.zeros(len(self.which), dtype=np.intp) if days is None else days
        self._gone: dict[Loss, Flags] = {}
        self._nothing = np.zeros(len(self.which), dtype=bool)
        listed: dict[Loss, list[int]] = {}
        for number, losses in enumerate(sets):
            for loss in losses:
                keys = programme.hanging_on(loss.id) if loss.kind == "branch" else (loss.id,)
                kind = "element" if loss.kind == "branch" else loss.kind
                for key in keys:
                    listed.setdefault(Loss(kind, key), []).append(number)
        for loss, numbers in listed.items():
            mask = np.zeros(len(sets), dtype=bool)
            mask[numbers] = True
            self._gone[loss] = mask[self.which]

    def gone(self, kind: str, key: str) -> Flags:
        """Whether a thing is lost, by case."""
        return self._gone.get(Loss(kind, key), self._nothing)
