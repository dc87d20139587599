"""Judging: after each step of an exit, what the station can do, and what each part could if it were cut then.

Until the cut both parts are judged as if it were made today, from the real state: tanks, docked ships, people. After it
the station that is left is judged alone; the other part is flown on elsewhere.
"""

from __future__ import annotations

from cupola.simulation.parts import Side, judge_cut, side_of, sides
from cupola.simulation.state import State
from cupola.simulation.viability import cut_rows, viability_rows

FIRST = ("separated/", "partner-left/", "handed-over/")
"""Of the steps of one day, the first of these names it"""


class Judging:
    """Runs last in a day, so that a step is judged by what it did."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.plan = state.model.exit
        self.lanes = state.leaving.noted if self.plan is not None else []

    def tick(self, day: int) -> None:
        """Judge the steps of this day."""
        state, leaving = self.state, self.state.leaving
        if self.plan is None:
            return
        if day == 0 and self.plan.cut:
            judge_cut(state, self.plan.cut)
        if not leaving.steps:
            return
        change = next((key for kind in FIRST for key in leaving.steps if key.startswith(kind)), leaving.steps[-1])
        for lane in self.lanes:
            if not state.alive[lane]:
                continue
            for side in self._sides(lane):
                leaving.viability += viability_rows(state, side, leaving.number, change)
            if not self._is_over(lane):
                leaving.cuts += cut_rows(state, lane, leaving.number, change)
        leaving.number += 1
        leaving.steps.clear()

    def _is_over(self, lane: int) -> bool:
        assert self.plan is not None
        return not bool(self.state.active[self.plan.partner, lane])

    def _sides(self, lane: int) -> list[Side]:
        """The parts that are judged today: both while the cut is still to come, else the station as it is."""
        state, plan = self.state, self.plan
        assert plan is not None
        if plan.cut and not self._is_over(lane):
            return list(sides(state, plan.cut, lane))
        return [self._station(lane)]

    def _station(self, lane: int) -> Side:
        """The station as it is run today: what works is what the run says works."""
        state = self.state
        model = state.model
        found = side_of(state, "the station", model.programme.elements, range(len(model.partners)), lane)
        working = {row.id: row for row in model.provisions if state.working[row.id][lane] and state.powered[lane]}
        gone = frozenset(key for key in found.coming if not self._comes(key, lane))
        return Side(
            found.name, found.elements, found.partners, lane, found.docked, found.coming - gone, found.stock,
            found.people, found.seats, working, {},
        )  # fmt: skip

    def _comes(self, vehicle: str, lane: int) -> bool:
        model = self.state.model
        noun = model.programme.vehicles[vehicle]
        partner = model.partner_row(noun.operator)
        return partner < 0 or bool(self.state.leaving.flights[int(noun.crewed), partner, lane])
