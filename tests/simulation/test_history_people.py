"""People on record: who came and who went home with which ship."""

from __future__ import annotations

import dataclasses

from cupola.simulation.clock import fly
from support.nouns import flight, on, people, service
from support.past import CREWS, TODAY, past, stays
from support.told import NOMINAL, Run, of, sampled


def aboard(day: int, partner: str) -> int:
    """By the record alone: all who came up to a day less all who went home."""
    came = [row.crew_up for row in CREWS if row.docked is not None and row.docked <= on(day)]
    went = [row.crew_down for row in CREWS if row.undocked is not None and row.undocked <= on(day)]
    return sum(dict(crew).get(partner, 0) for crew in came) - sum(dict(crew).get(partner, 0) for crew in went)


def test_the_number_of_people_aboard_is_right_on_every_day() -> None:
    run = Run(past(*CREWS, people=people("a", "first", -20, 3)), sampled(range(3)))
    counts = set()
    for day in range(TODAY):
        state = run.to(day)
        for row, partner in enumerate(state.model.partners):
            assert state.trained[row].tolist() == [aboard(day, partner)] * 3, f"day {day}, {partner}"
        counts.add(float(state.crew[0]))
        assert state.crew.tolist() == [aboard(day, "a") + aboard(day, "b")] * 3
    assert counts == {0.0, 3.0, 4.0, 5.0, 6.0, 7.0} and state.crew[0] == 0.0


def test_the_undocking_tells_how_many_went_home() -> None:
    state = fly(past(*CREWS, people=people("a", "first", -20, 3)), NOMINAL)
    told = {row.key: row.value for row in of(state, "undocking")}
    assert told == {f"undocking/{row.id}": float(sum(count for _, count in row.crew_down)) for row in CREWS}
    brought = {row.key: row.value for row in of(state, "docking")}
    assert brought == {f"docking/{row.id}": float(sum(count for _, count in row.crew_up)) for row in CREWS[1:]}


def test_who_stays_behind_needs_another_ship_with_seats() -> None:
    # Two would stay, but a cargo ship brings nobody home: they go with the ship that they came with.
    programme = past(
        flight("only", "taxi", 5, "front", 20, crew_up=(("a", 3),), crew_down=(("a", 1),)),
        flight("cargo", "truck", 6, "top", 50),
    )
    run = Run(programme)
    assert run.to(19).crew[0] == 3.0
    assert run.to(20).crew[0] == 0.0 and of(run.state, "undocking/only")[0].value == 3.0


def test_who_changes_ships_does_so_once() -> None:
    # Four go home where three came, and two other ships are there with two people each.
    others = [flight(key, "taxi", 6, key, 50, crew_up=(("a", 2),)) for key in ("top", "low")]
    one = flight("one", "taxi", 5, "front", 20, crew_up=(("a", 3),), crew_down=(("a", 4),))
    run = Run(past(one, *others))
    assert run.to(20).crew[0] == 3.0 and of(run.state, "undocking/one")[0].value == 4.0
    # Two go home where three came: the third is in one other ship, not in both.
    fewer = dataclasses.replace(one, crew_down=(("a", 2),))
    assert Run(past(fewer, *others)).to(20).crew[0] == 5.0


def test_no_more_go_home_than_are_there() -> None:
    programme = past(
        flight("one", "taxi", 5, "front", 20, crew_up=(("a", 1),), crew_down=(("a", 3), ("b", 1))),
        flight("other", "taxi", 6, "top", 50, crew_up=(("a", 1),), crew_down=(("a", 1),)),
    )
    run = Run(programme)
    state = run.to(20)
    assert state.crew[0] == 0.0 and (state.people >= 0.0).all()
    assert of(state, "undocking/one")[0].value == 2.0


def test_where_the_record_does_not_say_who_went_home_all_go_who_came() -> None:
    programme = past(
        flight("one", "taxi", 5, "front", 20, crew_up=(("a", 2), ("b", 1))),
        flight("other", "taxi", 6, "top", 50, crew_up=(("a", 1),)),
    )
    run = Run(programme)
    assert run.to(19).crew[0] == 4.0
    assert run.to(20).crew[0] == 1.0


def test_a_ship_on_record_relieves_nobody() -> None:
    # In the plan a crew leaves six days after the next one of its service came.
    programme = past(
        flight("one", "taxi", 5, "front", 50, crew_up=(("a", 2),)),
        flight("other", "taxi", 20, "top", 58, crew_up=(("a", 2),)),
        services={"taxi": service("taxi", 180, 200, (("a", 4),))},
    )
    assert stays(programme) == {"one": [("front", 5, 50)], "other": [("top", 20, 58)]}


def test_a_crew_that_no_row_names_is_aboard_from_the_first_day() -> None:
    programme = past(flight("old", "taxi", -10, "front", 30, crew_up=(("a", 2), ("b", 1))))
    run = Run(programme)
    assert run.to(29).trained[:, 0].tolist() == [2.0, 1.0]
    assert run.to(30).crew[0] == 0.0 and of(run.state, "undocking/old")[0].value == 3.0
