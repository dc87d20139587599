"""What is on its way, what should have left, and where the record ends."""

from __future__ import annotations

import datetime as dt

from cupola.analysis.pending import in_words, on_the_way, overdue
from cupola.programme.traffic import FREE
from support.nouns import coming, flight, on, q
from support.small_station import more, recorded, small


def station(**flights: object):
    """A station of 400 days with a record up to day 300."""
    return more(recorded(small(400), 300), flights=flights)


def words(programme, day: int) -> list[str]:
    return in_words(programme, on(day))


def test_a_ship_between_launch_and_docking_is_on_its_way() -> None:
    programme = station(a=flight("a", "truck", 12, "aft", 100, launched=10))
    assert [row["id"] for row in on_the_way(programme, on(9))] == []
    (row,) = on_the_way(programme, on(10))
    assert (row["id"], row["arrives"], row["free"]) == ("a", on(12), False)
    assert on_the_way(programme, on(12)) == []


def test_a_ship_whose_docking_is_unknown_is_said_to_be_launched_and_one_that_is_lost_is_not() -> None:
    programme = station(
        a=flight("a", "truck", None, launched=10, outcome="in-flight"),
        b=flight("b", "truck", None, launched=11, outcome="lost"),
        c=flight("c", "truck", None, launched=12, outcome="planned"),
    )
    assert words(programme, 20) == [f"Flight a was launched on {on(10)}; its docking is not on record."]


def test_a_ship_between_two_ports_flies_beside_the_station() -> None:
    programme = station(a=flight("a", "truck", 12, "aft", 100, moves=((30, FREE), (34, "aft"))))
    assert [key for key, _ in programme.docked_on(on(29)).values()] == ["aft"]
    assert programme.docked_on(on(31)) == {}
    assert words(programme, 31) == [f"Flight a flies beside the station, between two ports, until {on(34)}."]
    assert [key for key, _ in programme.docked_on(on(34)).values()] == ["aft"]


def test_an_element_that_was_launched_is_on_its_way_until_it_is_attached() -> None:
    from dataclasses import replace

    wing = replace(coming("wing", "core", 900.0, 40), launched=on(36), known=on(0))
    programme = more(small(400), elements={"wing": wing})
    assert [row["id"] for day in (35, 36, 39, 40) for row in on_the_way(programme, on(day))] == ["wing", "wing"]


def test_a_ship_that_stays_much_longer_than_usual_is_told_only_while_no_departure_is_on_record() -> None:
    from dataclasses import replace

    programme = station(a=flight("a", "truck", 10, "aft"), b=flight("b", "truck", 10, "front", 290))
    truck = replace(programme.vehicles["truck"], usual_stay=q(100 * 86400.0))
    programme = replace(programme, vehicles=programme.vehicles | {"truck": truck})
    service = replace(programme.services["truck"], stay=q(0.0))
    programme = replace(programme, services=programme.services | {"truck": service})
    assert overdue(programme, on(140)) == []
    (row,) = overdue(programme, on(141))
    assert (row["id"], row["days"], row["usual"]) == ("a", 131, 100.0)


def test_after_the_record_nothing_is_known() -> None:
    programme = station()
    assert words(programme, 300) == []
    later = words(programme, 301)
    assert later == [f"The record ends on {on(300)}; what has happened since is not known."]
    assert isinstance(on(300), dt.date)
