"""Ships on record that move from port to port, with all that is in them."""

from __future__ import annotations

import pytest

from cupola.simulation.history import History
from cupola.simulation.state import NEVER
from support.nouns import flight, people
from support.past import TODAY, past, stays
from support.told import Run, days


def test_a_ship_moves_from_port_to_port_and_another_takes_its_place() -> None:
    programme = past(
        flight("taxi-1", "taxi", 8, "front", 50, moves=((20, "top"), (35, "low"))),
        flight("truck-1", "truck", 20, "front", 45),
    )
    assert stays(programme) == {
        "taxi-1": [("front", 8, 20), ("top", 20, 35), ("low", 35, 50)],
        "truck-1": [("front", 20, 45)],
    }


def test_of_two_moves_of_a_day_the_one_whose_port_is_free_goes_first() -> None:
    programme = past(
        flight("a", "taxi", 8, "front", 50, moves=((20, "top"),)),
        flight("b", "truck", 9, "top", 45, moves=((20, "low"),)),
    )
    assert stays(programme) == {
        "a": [("front", 8, 20), ("top", 20, 50)],
        "b": [("top", 9, 20), ("low", 20, 45)],
    }


def test_a_ship_of_the_first_day_moves_too_with_all_that_is_in_it() -> None:
    run = Run(past(flight("old", "tug", -10, "back", 40, moves=((15, "side"),), operator="b")))
    state = run.to(14)
    back, side = (state.model.ports.index(key) for key in ("back", "side"))
    tanks = [state.ledger.level(f"ship/{key}") for key in ("back", "side")]
    names = ("port_flight", "port_vehicle", "port_service", "port_due", "port_since", "port_seats", "port_mass")
    held = [float(getattr(state, name)[back, 0]) for name in names]
    fuel, mass = float(tanks[0][0]), state.mass.copy()
    assert held[0] == 0.0 and fuel == 200.0 and tanks[1][0] == 0.0
    state.recorder.day = state.day = 15
    run.processes["Traffic"].tick(15)
    assert [float(getattr(state, name)[side, 0]) for name in names] == held
    assert [float(getattr(state, name)[back, 0]) for name in names] == [-1, -1, -1, NEVER, NEVER, 0.0, 0.0]
    assert (float(tanks[0][0]), float(tanks[1][0])) == (0.0, fuel)
    state.weigh()
    assert state.mass == pytest.approx(mass, abs=2.0)


def test_its_people_move_with_it() -> None:
    programme = past(flight("old", "taxi", -10, "front", 40, moves=((15, "low"),)), people=people("b", "old", -10, 3))
    run = Run(programme)
    state = run.to(14)
    front, low, b = state.model.ports.index("front"), state.model.ports.index("low"), state.model.partners.index("b")
    assert state.people[front, b, 0] == 3.0
    run.to(15)
    assert state.people[front, b, 0] == 0.0 and state.people[low, b, 0] == 3.0 and state.crew[0] == 3.0
    run.to(40)
    assert days(state, "undocking/old") == [40] and state.crew[0] == 0.0


def test_a_move_into_a_port_that_stays_taken_is_left_out() -> None:
    programme = past(
        flight("a", "taxi", 8, "front", 50, moves=((20, "top"),)),
        flight("b", "truck", 9, "top", 45),
    )
    assert stays(programme) == {"a": [("front", 8, 50)], "b": [("top", 9, 45)]}


def test_what_is_moved_after_the_record_is_not_known() -> None:
    programme = past(flight("a", "taxi", 8, "front", moves=((TODAY + 5, "top"),)))
    assert History(Run(programme).state).moves == {}
