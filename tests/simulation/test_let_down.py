"""The later the reboosts stop, the higher the station stands on the deadline."""

import datetime as dt

from cupola.simulation.let_down import let_down
from support.nouns import START
from support.small_station import exit_of_b, small


def test_stopping_later_leaves_it_higher() -> None:
    rows = let_down(small(700, exit_of_b(after=400)), START + dt.timedelta(days=400))
    heights = [row["altitude"] for row in rows]
    assert [row["begins"] for row in rows[:2]] == [START, START + dt.timedelta(days=10)]
    assert heights == sorted(heights) and heights[0] < heights[-1] - 10
    assert all((row["lacking"] > 0) == (row["altitude"] > 270) for row in rows)


def test_what_is_lacking_is_the_way_down_in_speed_and_propellant() -> None:
    row = let_down(small(700, exit_of_b(after=400)), START + dt.timedelta(days=400))[-1]
    # 1 m/s is 1.74 km at these altitudes; Isp 300 s.
    assert abs(row["lacking"] - (row["altitude"] - 270) / 1.74) < 0.03 * row["lacking"]
    assert row["propellant"] > 0


def test_there_is_nothing_to_try_in_the_first_days() -> None:
    assert let_down(small(100), START + dt.timedelta(days=5)) == []
