"""Shortages: since when there is less of a function than is needed of it.

The functions stand in the rows of one table, those counted by people first, so that all of these are compared in a few
array operations on each day on which people come or go.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from cupola.programme.functions import Function
from cupola.simulation.recorder import Codes
from cupola.simulation.state import Array, State


class Shortages:
    """Compares what there is of each function with what is needed of it."""

    def __init__(self, state: State, functions: Mapping[str, Function]) -> None:
        self.state = state
        judged = [row for row in functions.values() if row.basis != "none"]
        judged.sort(key=lambda row: row.basis != "crew")
        self.row = {function.id: place for place, function in enumerate(judged)}
        self.by_crew = sum(function.basis == "crew" for function in judged)
        shape = (len(judged), state.width)
        self.demand: Array = np.zeros(shape)
        for place, function in enumerate(judged):
            self.demand[place] = state.draws.quantity(f"functions.{function.id}.demand", function.demand)
        self.need: Array = self.demand.copy()
        """As of the last comparison"""
        self.total: Array = np.zeros(shape)
        self.since: Array = np.full(shape, np.inf)
        self.begun: dict[int, set[str]] = {}
        """Day -> functions of which a shortage began on that day in some future"""
        self.moved: Codes = np.zeros(shape, dtype=np.int32)
        """The movement with which a shortage began"""
        self.open = np.zeros(len(judged), dtype=bool)
        """Whether some future is short of it"""

    def compare(self, function: str) -> None:
        """Judge one function again."""
        if function in self.row:
            row = self.row[function]
            self._compare(slice(row, row + 1), [function])

    def compare_crewed(self) -> None:
        """Judge again all functions that are counted by people."""
        if self.by_crew:
            self._compare(slice(0, self.by_crew), list(self.row)[: self.by_crew])

    def _compare(self, rows: slice, names: list[str]) -> None:
        state = self.state
        total, need, since = self.total[rows], self.need[rows], self.since[rows]
        for place, name in enumerate(names):
            total[place] = state.capacity[name]
        if rows.start < self.by_crew:
            np.multiply(self.demand[rows], state.crew, out=need)
        short = (total > 0) & (total < need * (1.0 - 1e-9)) & state.alive
        some: NDArray[np.bool_] = np.logical_or.reduce(short, axis=1)
        if not np.count_nonzero(some | self.open[rows]):
            return
        fresh = np.logical_or.reduce(short & (since == np.inf), axis=1)
        for place in np.flatnonzero(fresh).tolist():
            self.begun.setdefault(state.day, set()).add(names[place])
            begins = short[place] & (since[place] == np.inf)
            np.copyto(self.moved[rows.start + place], state.movements.latest, where=begins)
        since[...] = np.where(short, np.minimum(since, float(state.day)), np.inf)
        self.open[rows] = some

    def of_age(self, day: int, days: int) -> Iterator[tuple[str, NDArray[np.intp], Array]]:
        """Functions, where they have been short for so many days, and the share of the need that there is [%]."""
        for function in sorted(self.begun.pop(day - days, ())):
            row = self.row[function]
            futures = np.flatnonzero(self.since[row] == day - days)
            if futures.size:
                yield function, futures, self.total[row, futures] / self.need[row, futures] * 100.0

    def began(self, function: str, futures: NDArray[np.intp]) -> Codes:
        """Code of the movement of a ship with which a shortage began, for these futures; 0 where there was none."""
        found: Codes = self.moved[self.row[function], futures]
        return found
