"""Why something works again, and why it lacks though nothing of it failed."""

import numpy as np
import pytest

from cupola.simulation.lanes import Lane
from cupola.simulation.model import build_model
from cupola.simulation.returning import Returning
from cupola.simulation.setup import set_up
from cupola.simulation.state import State
from support.small_station import small

BOTH = np.array([True, True])


def made() -> tuple[State, Returning]:
    state = set_up(build_model(small(60)), [Lane(number, "", True, True) for number in range(2)], 1)
    return state, Returning(state)


def told(state: State) -> list[str]:
    """The first cause that was recorded last, by future."""
    causes = state.recorder.events[-1][6][0]
    assert isinstance(causes, np.ndarray)
    return [state.recorder.keys[code] for code in causes]


@pytest.mark.parametrize(
    ("lack", "cause"),
    [
        ("function-lost/power", "function-back/power"),
        ("provider-lost/computers", "provider-back/computers"),
        ("not-attached/lab", "element-attached/{provider}"),
        ("crew-absent/b", "docking/x"),
        ("store-empty/propellant", "docking/x"),
        ("partner-left/b", "handed-over/b"),
        ("out-of-service/x", "fact/provisions.{id}"),
    ],
)
def test_what_ends_a_lack_is_found_from_it(lack: str, cause: str) -> None:
    state, returning = made()
    row = state.model.provisions[0]
    state.movements.latest[...] = state.recorder.code("docking/x")
    returning.lost(row.id, np.array([1]), np.array([state.recorder.code(lack)], dtype=np.int32))
    returning.say_provider(row, BOTH)
    never = f"fact/provisions.{row.id}"
    assert told(state) == [never, cause.format(provider=row.provider, id=row.id)], "the first never stopped"


def test_nothing_is_told_where_nothing_is_back() -> None:
    state, returning = made()
    returning.say_provider(state.model.provisions[0], ~BOTH)
    returning.say_function("reboost", ~BOTH, [])
    assert state.recorder.events == []


def test_a_loss_without_a_failed_provider_rests_on_the_ships_that_left_and_on_the_need() -> None:
    state, returning = made()
    ships = [row for row in state.model.provisions if row.provider in state.model.vehicles]
    assert ships
    kind = state.model.vehicles.index(ships[0].provider)
    state.ships[kind] = 0.0
    state.movements.went[kind] = state.recorder.code("undocking/x")
    known = np.array([state.recorder.code("provider-lost/y"), 0], dtype=np.int32)
    found = returning.gone(ships[0].function, ships[:1], np.array([0, 1]), [known])
    keys = [{state.recorder.keys[row[lane]] for row in found} - {""} for lane in (0, 1)]
    assert keys == [{"provider-lost/y"}, {"undocking/x", f"fact/functions.{ships[0].function}"}]
    short = returning.gone(ships[0].function, ships[:1], np.array([1]), [known[1:]], known[:1])
    assert state.recorder.keys[short[1][0]] == "provider-lost/y"
