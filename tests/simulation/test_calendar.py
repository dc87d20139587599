"""Flights are due on their day, in order, and again when they are put off."""

import numpy as np

from cupola.simulation.calendar import Calendar

# Two flights in three futures; a pair is flight * 3 + future.
DUE = np.array([[4.0, 2.0, 4.0], [4.0, 3.5, 9.0]])


def test_each_pair_is_due_once_on_its_day_in_order_of_flight() -> None:
    calendar = Calendar(DUE)
    days = {day: calendar.on(day).tolist() for day in range(12)}
    assert {day: pairs for day, pairs in days.items() if pairs} == {2: [1], 4: [0, 2, 3, 4], 9: [5]}


def test_what_waits_is_due_with_what_was_planned_for_that_day() -> None:
    calendar = Calendar(DUE)
    calendar.postpone(np.array([1]), 2, 4.0)
    assert calendar.on(4).tolist() == [0, 1, 2, 3, 4]
    assert calendar.on(4).tolist() == [0, 2, 3, 4]


def test_a_delay_counts_from_the_day_on_which_it_was_due() -> None:
    calendar = Calendar(DUE)
    calendar.delay(np.array([0, 4]), 4, 2.5)
    assert calendar.on(6).tolist() == [4]
    assert calendar.on(7).tolist() == [0]


def test_a_delay_of_nothing_is_tried_on_the_next_day() -> None:
    calendar = Calendar(DUE)
    calendar.delay(np.array([2]), 4, 0.0)
    assert calendar.on(5).tolist() == [2]


def test_after_the_last_planned_day_only_delays_are_left() -> None:
    calendar = Calendar(DUE)
    calendar.delay(np.array([5]), 9, 30.0)
    assert calendar.on(30).tolist() == []
    assert calendar.on(39).tolist() == [5]


def test_nothing_planned_is_nothing_due() -> None:
    assert Calendar(np.zeros((0, 3))).on(1).tolist() == []
