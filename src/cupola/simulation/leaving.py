"""What a departure changes in the state: who still launches, which elements are run by whom, and what was noted of it.

Where an element has a fate of its own, that goes before what its partner does: its providers work where somebody runs
it, and not where it is inert, whatever else the partner's elements do.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cupola.simulation.exit_plan import Exit
from cupola.simulation.lanes import Lane
from cupola.simulation.recorder import Codes, Recorder

Mask = NDArray[np.bool_]
Array = NDArray[np.float64]
Row = dict[str, Any]
CARGO, CREW = 0, 1


class Leaving:
    """The part of the state that only a departure changes."""

    def __init__(self, plan: Exit | None, partners: tuple[str, ...], lanes: Sequence[Lane], recorder: Recorder) -> None:
        width = len(lanes)
        self.plan = plan
        self.flights: Mask = np.ones((2, len(partners), width), dtype=bool)
        """Whether a partner still launches, (cargo or crew, partners, futures)"""
        self.partner = -1 if plan is None else plan.partner
        name = "" if plan is None else partners[plan.partner]
        self.left_key: Codes = np.full(width, recorder.code(f"partner-left/{name}") if name else 0, dtype=np.int32)
        """Code of why the partner's elements are not operated, by future"""
        self.settled: dict[str, Mask] = {}
        """Element -> whether its own fate has come"""
        self.runs: dict[str, Mask] = {}
        """Element -> whether somebody runs it since"""
        self.why: dict[str, Codes] = {}
        """Element -> code of why nobody does"""
        self.noted = [place for place, lane in enumerate(lanes) if lane.nominal and lane.let_down is None]
        """Futures whose steps are judged and whose parts are noted: the nominal ones of an ordinary run"""
        self.steps: list[str] = []
        """Keys of what was done today in those, in order"""
        self.parts: list[Row] = []
        self.viability: list[Row] = []
        self.cuts: list[Row] = []
        self.separated: list[Row] = []
        self.number = 0
        """Steps that were judged"""

    def step(self, key: str, where: Mask) -> None:
        """Something of the exit was done today in these futures."""
        if any(where[lane] for lane in self.noted):
            self.steps.append(key)

    def settle(self, element: str, where: Mask, runs: Mask, key: int) -> None:
        """From now on, in these futures, the element is run or not; ``key`` says why not."""
        if element not in self.settled:
            self.settled[element] = np.zeros_like(where)
            self.runs[element] = np.zeros_like(where)
            self.why[element] = np.zeros(where.shape, dtype=np.int32)
        self.settled[element] |= where
        np.copyto(self.runs[element], runs, where=where)
        np.copyto(self.why[element], np.int32(key), where=where)

    def operated(self, element: str, partner: int, usual: Mask) -> Mask:
        """Whether what a partner operates on an element is run; ``usual``: whether the partner's elements are."""
        if partner != self.partner or element not in self.settled:
            return usual
        return np.where(self.settled[element], self.runs[element], usual)

    def taken(self, element: str, partner: int, met: Mask) -> Mask:
        """Whether a ground site or a trained person of a partner serves an element: its new operator brings both."""
        if partner != self.partner or element not in self.settled:
            return met
        return met | (self.settled[element] & self.runs[element])

    def missing(self, element: str, name: str, partner: int) -> str | Codes:
        """Why a partner does not run an element: the key, or its codes by future."""
        if partner != self.partner:
            return f"partner-left/{name}"
        if element not in self.settled:
            return self.left_key
        return np.where(self.settled[element], self.why[element], self.left_key).astype(np.int32)
