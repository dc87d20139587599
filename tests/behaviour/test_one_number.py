"""One number is changed, and the answer moves the way it must."""

from __future__ import annotations

import datetime as dt

import pytest

from behaviour.story import KEPT, WAIVED, Story, tell

EARLY = "departure.after=2022-10-31"


def left_early(*settings: str, end: str = "2025-12-31") -> Story:
    return tell("iss-russia-leaves", EARLY, f"span.end={end}", *settings)


@pytest.mark.parametrize("lane", [KEPT, WAIVED])
def test_more_drag_means_an_earlier_entry(lane: int) -> None:
    usual, heavier = left_early(), left_early("orbit.drag_area=4500 m2")
    assert heavier.first("entry/station", lane).date < usual.first("entry/station", lane).date
    burns = [sum(event.value or 0.0 for event in run.of("reboost", lane)) for run in (usual, heavier)]
    assert burns[1] > burns[0], "until then it takes more to hold the orbit"


def test_larger_gyros_mean_a_later_loss_of_attitude() -> None:
    usual = left_early(end="2023-03-31").first("attitude-lost/station")
    larger = left_early("provisions.gyros.capacity=40000 N m s", end="2023-03-31").maybe("attitude-lost/station")
    assert usual.date < dt.date(2023, 3, 31)
    assert larger is None or larger.date > usual.date


def test_smaller_gyros_mean_an_earlier_loss_of_attitude() -> None:
    usual, smaller = (
        tell("iss-russia-leaves", "departure.after=2022-08-31", "span.end=2022-10-31", *more)
        for more in ((), ("provisions.gyros.capacity=14000 N m s",))
    )
    earlier, later = smaller.first("attitude-lost/station"), usual.first("attitude-lost/station")
    assert dt.date(2022, 9, 1) <= earlier.date < later.date
    assert (earlier.value or 0.0) < (later.value or 0.0), "a smaller push is enough"


def test_more_propellant_lasts_longer() -> None:
    settings = ("departure.after=2023-03-31", "crew_policy.training=180 d", "departure.spares=2920 d")
    usual, fuller = (
        tell("iss-russia-hands-over", *settings, "span.end=2024-06-15", f"stores.tank-zarya.level={level} kg")
        for level in (1500, 1800)
    )
    for key in ("rule-crossed/propellant-reserve", "reboost-missed/station"):
        later = fuller.maybe(key)
        assert later is None or later.date > usual.first(key).date
    assert fuller.first("rule-crossed/propellant-reserve").date < dt.date(2024, 6, 15)


def test_a_later_exit_moves_what_follows_from_it_by_as_much() -> None:
    usual = left_early(end="2023-03-31")
    later = tell("iss-russia-leaves", "departure.after=2022-11-30", "span.end=2023-03-31")
    for key in ("partner-left/roscosmos", "function-lost/reboost", "crew-ordered-off/station"):
        moved = later.first(key, KEPT).date - usual.first(key, KEPT).date
        assert moved == dt.timedelta(days=30), key


def test_a_station_kept_lower_needs_more_propellant() -> None:
    def burnt(*settings: str) -> float:
        story = tell("iss", "span.end=2023-10-15", *settings)
        flows = (row for row in story.rows("flows") if row["future"] == KEPT)
        return -sum(row["amount"] for row in flows if row["cause"] == "burnt for reboost")

    assert burnt("orbit_policy.altitude=407 km", "orbit.altitude=407 km") > 1.1 * burnt()
