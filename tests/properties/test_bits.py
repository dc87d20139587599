"""A lane gives the same bytes in any company: at widths 1, 2, 3, 64, 1,000 and in any subset."""

from collections.abc import Sequence

import numpy as np
import pytest

from cupola.programme.programme import Programme
from cupola.simulation.clock import fly
from cupola.simulation.lanes import Lane
from cupola.simulation.state import State
from support.small_station import exit_of_b, small

DAYS = 500


def lanes(numbers: Sequence[int]) -> list[Lane]:
    return [Lane(number, str(number), number % 2 == 0, False) for number in numbers]


def prints(state: State) -> list[bytes]:
    """All that a lane is, as bytes."""
    rows = [state.altitude, state.orbit.node, state.mass, state.crew, state.seats, state.food_days, state.oxygen_days]
    blocks = [state.ledger.levels, state.port_flight, state.port_due, state.people.reshape(-1, state.width)]
    capacities = [state.capacity[key] for key in sorted(state.capacity)]
    found = []
    for lane in range(state.width):
        parts = [row[lane : lane + 1].tobytes() for row in (*rows, *capacities)]
        parts += [np.ascontiguousarray(block[:, lane]).tobytes() for block in blocks]
        found.append(b"|".join(parts))
    return found


def events_of(state: State, lane: int) -> list[tuple[int, str, str, tuple[str, ...]]]:
    found = []
    keys = state.recorder.keys
    for day, kind, subject, hit, _, _, causes, _ in state.recorder.events:
        place = np.nonzero(hit == lane)[0]
        if place.size:
            at = int(place[0])
            named = (cause if isinstance(cause, int) else int(cause[at]) for cause in causes)
            found.append((day, kind, subject, tuple(keys[code] for code in named if code)))
    return found


@pytest.fixture(scope="module")
def leaving() -> Programme:
    return small(DAYS, exit_of_b(after=250))


@pytest.fixture(scope="module")
def wide(leaving: Programme) -> State:
    return fly(leaving, lanes(range(1, 1001)), False)


@pytest.mark.parametrize("numbers", [[1], [500], [1000, 2], [7, 8, 9], list(range(300, 364))])
def test_a_lane_is_the_same_at_any_width(leaving: Programme, wide: State, numbers: list[int]) -> None:
    alone = fly(leaving, lanes(numbers), False)
    reference = prints(wide)
    for place, lane in enumerate(prints(alone)):
        assert lane == reference[numbers[place] - 1], f"lane {numbers[place]} at width {len(numbers)}"


def test_a_lane_is_the_same_in_random_subsets(leaving: Programme, wide: State) -> None:
    reference = prints(wide)
    random = np.random.default_rng(20220726)
    for size in (5, 37):
        numbers = [int(number) for number in random.choice(np.arange(1, 1001), size, replace=False)]
        found = prints(fly(leaving, lanes(numbers), False))
        assert [lane == reference[number - 1] for lane, number in zip(found, numbers, strict=True)] == [True] * size


def test_its_events_and_causes_are_the_same_too(leaving: Programme, wide: State) -> None:
    alone = fly(leaving, lanes([17, 64]), False)
    assert events_of(alone, 0) == events_of(wide, 16)
    assert events_of(alone, 1) == events_of(wide, 63)


def test_lanes_with_different_numbers_differ(wide: State) -> None:
    assert len(set(prints(wide))) == wide.width
