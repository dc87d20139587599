"""Ships of many futures at once: order within a future, ports, people and what is counted."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from cupola.simulation.clock import ORDER, fly, simulate
from cupola.simulation.lanes import Lane
from cupola.simulation.model import build_model
from cupola.simulation.setup import set_up
from cupola.simulation.state import State
from support.nouns import q, service
from support.small_station import exit_of_b, small

LANES = [Lane(number, str(number), number % 2 == 0, False) for number in range(1, 60)]


def day_by_day(days: int) -> tuple[State, Any]:
    """A run that stops after each day."""
    state = set_up(build_model(small(days, exit_of_b(after=200))), LANES, 1)
    processes = [kind(state) for kind in ORDER]

    def tick(day: int) -> None:
        state.day = state.recorder.day = day
        for process in processes:
            process.tick(day)

    return state, tick


def test_what_is_counted_is_what_is_there() -> None:
    """The counts that are kept up where ships move are those of a recount of all futures."""
    state, tick = day_by_day(320)
    seen: set[float] = set()
    for day in range(320):
        tick(day)
        if day % 8 == 0:
            for row in range(len(state.model.vehicles)):
                there = np.count_nonzero(state.port_vehicle == row, axis=0)
                assert (state.ships[row] == there).all(), f"day {day}"
            seen |= set(state.crew.tolist())
            kept = [part.copy() for part in (state.trained, state.seats, state.crew, state.crewed)]
            state.count_people()
            again = (state.trained, state.seats, state.crew, state.crewed)
            assert all((one == other).all() for one, other in zip(kept, again, strict=True)), f"day {day}"
    assert {0.0, 4.0, 7.0} <= seen


def test_of_two_ships_of_one_future_the_earlier_flight_takes_the_better_port() -> None:
    """Two services on the same day: both arrive, one after the other, at the ports in their order."""
    services = {"one": service("truck", 300, 5), "other": service("truck", 300, 5)}
    services = {key: type(row)(**(vars(row) | {"id": key})) for key, row in services.items()}
    state = fly(small(12, services=services), [Lane(0, "", True, True)], True)
    arrived = [
        (state.flight_ids[int(flight)].split("-")[0], int(port))
        for _, what, futures, ports, flights in state.recorder.stays
        for _, port, flight in zip(futures, ports, flights, strict=True)
        if what == "arrived"
    ]
    fits = state.model.programme.vehicles["truck"].ports
    assert arrived == [(name, state.model.ports.index(fits[place])) for place, name in enumerate(("one", "other"))]


def test_a_ship_that_waits_is_told_once_and_docks_when_a_port_is_free() -> None:
    services = {key: service("truck", 300, 5) for key in ("one", "other", "third")}
    services = {key: type(row)(**(vars(row) | {"id": key})) for key, row in services.items()}
    tables = simulate(small(60, services=services), [Lane(0, "", True, True)])
    events = tables["events"]
    told = [
        (str(events["date"][row]), kind) for row, kind in enumerate(events["kind"]) if "third" in events["key"][row]
    ]
    # After a month the first cargo ship makes room.
    assert told == [("2022-07-31", "port-blocked"), ("2022-08-30", "docking")]


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_a_lost_launch_is_flown_again_after_its_replacement(share: float) -> None:
    programme = small(120)
    truck = programme.vehicles["truck"]
    failing = type(truck)(**(vars(truck) | {"failures": q(share)}))
    vehicles = dict(programme.vehicles) | {"truck": failing}
    tables = simulate(small(120, vehicles=vehicles), [Lane(0, "", True, True)])
    dates = {key: str(tables["events"]["date"][row]) for row, key in reversed(list(enumerate(tables["events"]["key"])))}
    first = next(key.split("/")[1] for key in sorted(dates) if key.startswith("docking/truck"))
    assert (f"launch-failed/{first}" in dates) == (share > 0.5)
    assert dates[f"docking/{first}"] == ("2022-10-14" if share > 0.5 else "2022-08-15")


def test_no_ship_is_due_twice() -> None:
    state = fly(small(200), LANES, False)
    arrived = [
        (int(future), int(flight))
        for _, what, futures, _, flights in state.recorder.stays
        for future, flight in zip(futures, flights, strict=True)
        if what == "arrived"
    ]
    assert len(arrived) == len(set(arrived)) > 100
