"""Which ship came or went last, and causes in the stead of others."""

import numpy as np
import pytest

from cupola.simulation.clock import fly
from cupola.simulation.lanes import Lane
from cupola.simulation.model import build_model
from cupola.simulation.movements import Movements, filled
from cupola.simulation.output import tables_of
from cupola.simulation.recorder import Recorder
from support.nouns import flight
from support.small_station import exit_of_b, small

LANES = [Lane(number, str(number), number % 2 == 0, False) for number in range(1, 40)]


def codes(*numbers: int) -> np.ndarray:
    return np.array(numbers, dtype=np.int32)


def made() -> tuple[Movements, Recorder]:
    model = build_model(small(60, flights={"tug-1": flight("tug-1", "tug", -5, "back", operator="b")}))
    recorder = Recorder(3)
    ids = [ship.flight.id for ship in model.docked] + [row.id for row in model.queue]
    return Movements(model, ids, recorder, 3), recorder


def test_a_ship_that_is_there_on_the_first_day_rests_on_the_record_of_it() -> None:
    found, recorder = made()
    keys = [recorder.keys[code] for code in found.ship]
    assert keys[0] == "fact/flights.tug-1"
    assert all(key.startswith("docking/") for key in keys[1:-1])
    assert keys[-1] == "", "an empty port has no ship"


def test_the_latest_movement_counts_by_future() -> None:
    found, _ = made()
    found.moved(np.array([0, 1]), np.array([0, 2]), True, codes(7, 8), 4)
    found.moved(np.array([1]), np.array([2]), False, codes(9), 5)
    assert found.latest.tolist() == [7, 0, 9]
    assert (found.came[1].tolist(), found.went[1].tolist()) == ([0, 0, 8], [0, 0, 9])
    assert found.today(5, 3).tolist() == [3, 3, 9]


def test_only_those_who_were_in_it_went_home_in_a_ship() -> None:
    found, _ = made()
    seated = np.zeros((2, len(found.home)))
    seated[0, 0] = 2.0
    found.took_home(seated, np.array([1, 2]), codes(5, 6))
    assert found.home[0].tolist() == [0, 5, 0]


@pytest.mark.parametrize(
    ("first", "expected"),
    [(codes(1, 2), [(1, 2)]), (codes(1, 0), [(1, 0), (0, 9), (0, 8)]), (codes(0, 0), [(0, 0), (9, 9), (8, 8)])],
)
def test_other_causes_stand_only_where_none_is_known(first: np.ndarray, expected: list[tuple[int, int]]) -> None:
    assert [tuple(row.tolist()) for row in filled([first], [9, codes(8, 8)])] == expected


def test_every_event_of_a_small_station_has_a_cause_at_any_width() -> None:
    programme = small(700, exit_of_b(after=250))
    table = tables_of(fly(programme, LANES))["events"]
    bare = {key for key, because in zip(table["key"], table["because"], strict=True) if not because}
    assert bare == set()
    alone = tables_of(fly(programme, LANES[7:8]))["events"]
    there = [row for row, future in enumerate(table["future"]) if future == 7]
    assert [table["because"][row] for row in there] == list(alone["because"])
    assert [table["key"][row] for row in there] == list(alone["key"])
