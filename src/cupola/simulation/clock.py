"""The daily clock: the order of the processes, and the loop over days. There is no loop over futures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import perf_counter

import numpy as np

from cupola.base.time import from_mjd
from cupola.programme.programme import Programme
from cupola.simulation.lanes import Lane, default_lanes, detailed
from cupola.simulation.model import build_model
from cupola.simulation.output import Tables, tables_of
from cupola.simulation.processes.agreements import Agreements
from cupola.simulation.processes.assembly import Assembly
from cupola.simulation.processes.attitude import Attitude
from cupola.simulation.processes.crew import Crew
from cupola.simulation.processes.deorbit import Deorbit
from cupola.simulation.processes.ending import Ending
from cupola.simulation.processes.fates import Fates
from cupola.simulation.processes.judging import Judging
from cupola.simulation.processes.life_support import LifeSupport
from cupola.simulation.processes.orbit_keeping import OrbitKeeping
from cupola.simulation.processes.providers import Providers
from cupola.simulation.processes.safety import Safety
from cupola.simulation.processes.traffic import Traffic
from cupola.simulation.sample import orbit_sample, sample
from cupola.simulation.setup import set_up
from cupola.simulation.state import State

ORDER = (
    Agreements, Fates, Assembly, Traffic, Crew, Providers, OrbitKeeping, Attitude, LifeSupport, Deorbit, Ending, Safety,
    Judging,
)  # fmt: skip
"""What happens in a day, in this order."""
WIDE = 64
"""Above this many futures the daily series is left out unless asked for."""


def simulate(
    programme: Programme,
    lanes: Sequence[Lane] | None = None,
    *,
    series: bool | None = None,
    timings: dict[str, float] | None = None,
) -> Tables:
    """Run a programme over its span and return the tables of the run.

    ``lanes`` defaults to rules kept and rules waived, nominal (and sampled ones when the span asks for more futures).
    Where nominal lanes lead, series, stays, flows and capacities are kept for them alone, and of the sampled ones the
    events. ``timings`` is filled with seconds by process.
    """
    if lanes is None:
        samples = programme.span.futures if programme.span.futures > 1 else 0
        lanes = default_lanes(samples)
    keep = detailed(lanes) <= WIDE if series is None else series
    state = fly(programme, lanes, keep, timings)
    return tables_of(state)


def fly(
    programme: Programme, lanes: Sequence[Lane], keep_series: bool = True, timings: dict[str, float] | None = None
) -> State:
    """Run the clock and return the state after the last day, with its recorder."""
    model = build_model(programme)
    state = set_up(model, lanes, programme.span.seed)
    processes = [(kind.__name__, kind(state).tick) for kind in ORDER]
    year = from_mjd(model.first).year
    turn = state.date_of(year + 1)
    with np.errstate(all="raise", under="ignore"):
        for day in range(model.days):
            state.day = state.recorder.day = day
            if timings is None:
                for _, tick in processes:
                    tick(day)
            else:
                _timed(processes, day, timings)
            if day % 30 == 0:
                state.ledger.check(f"day {day}")
            if day % 5 == 0:
                state.weigh()
            if keep_series:
                state.recorder.series.append((day, sample(state)))
                state.recorder.orbit.append((day, orbit_sample(state)))
            if day + 1 == turn:
                state.recorder.flows.append((year, state.ledger.drain_flows()))
                year += 1
                turn = state.date_of(year + 1)
        state.recorder.flows.append((year, state.ledger.drain_flows()))
        state.ledger.check("the last day")
    return state


def _timed(processes: Sequence[tuple[str, Callable[[int], None]]], day: int, timings: dict[str, float]) -> None:
    for name, tick in processes:
        begun = perf_counter()
        tick(day)
        timings[name] = timings.get(name, 0.0) + perf_counter() - begun
