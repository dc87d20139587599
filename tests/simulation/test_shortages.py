"""Since when a function has been short, by future."""

import numpy as np

from cupola.simulation.lanes import Lane
from cupola.simulation.model import build_model
from cupola.simulation.setup import set_up
from cupola.simulation.shortages import Shortages
from cupola.simulation.state import State
from support.small_station import small


def made() -> tuple[State, Shortages]:
    state = set_up(build_model(small(60)), [Lane(number, "", True, True) for number in range(3)], 1)
    return state, Shortages(state, state.model.programme.functions)


def by_crew(shortages: Shortages) -> str:
    return next(iter(shortages.row))


def test_a_shortage_is_told_once_when_it_is_of_age() -> None:
    state, shortages = made()
    function = by_crew(shortages)
    need = shortages.demand[shortages.row[function]]
    state.crew[...] = 4.0
    state.capacity[function] = need * np.array([4.0, 1.0, 0.0])
    state.day = 5
    state.movements.latest[1] = 7
    shortages.compare(function)
    state.movements.latest[1] = 8
    assert shortages.began(function, np.array([0, 1])).tolist() == [0, 7]
    assert list(shortages.of_age(20, 10)) == []
    told = list(shortages.of_age(15, 10))
    assert [(name, futures.tolist(), share.tolist()) for name, futures, share in told] == [(function, [1], [25.0])]
    assert list(shortages.of_age(15, 10)) == []


def test_a_shortage_that_ends_begins_again() -> None:
    state, shortages = made()
    function = by_crew(shortages)
    need = shortages.demand[shortages.row[function]]
    state.capacity[function] = need * 2.0
    for day, people in ((5, 4.0), (8, 2.0), (9, 4.0)):
        state.day = day
        state.crew[...] = people
        shortages.compare_crewed()
    assert list(shortages.of_age(15, 10)) == []
    assert [futures.tolist() for name, futures, _ in shortages.of_age(19, 10) if name == function] == [[0, 1, 2]]


def test_the_share_is_that_of_the_last_comparison() -> None:
    state, shortages = made()
    function = by_crew(shortages)
    state.capacity[function] = shortages.demand[shortages.row[function]] * 2.0
    state.crew[...] = 4.0
    state.day = 3
    shortages.compare_crewed()
    state.crew[...] = 8.0
    assert [share.tolist() for name, _, share in shortages.of_age(13, 10) if name == function] == [[50.0] * 3]


def test_a_future_that_is_over_is_short_of_nothing() -> None:
    state, shortages = made()
    function = by_crew(shortages)
    state.capacity[function] = shortages.demand[shortages.row[function]] * 0.5
    state.crew[...] = 4.0
    state.alive[1] = False
    shortages.compare(function)
    assert [futures.tolist() for name, futures, _ in shortages.of_age(10, 10) if name == function] == [[0, 2]]
