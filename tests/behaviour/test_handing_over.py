"""Russia leaves and hands its segment over: it works as long as trained people, propellant and spares do."""

from __future__ import annotations

import datetime as dt

import pytest

from behaviour.story import KEPT, WAIVED, Story, tell

AFTER = dt.date(2023, 3, 31)
NEXT_DAY = dt.date(2023, 4, 1)
SETTINGS = (f"departure.after={AFTER}", "departure.spares=300 d")


@pytest.fixture(scope="module")
def in_time() -> Story:
    """The training begins with the statement of 2022-07-26 and is over before the exit."""
    return tell("iss-russia-hands-over", *SETTINGS, "crew_policy.training=180 d", "span.end=2024-04-30")


@pytest.fixture(scope="module")
def too_late() -> Story:
    """The training takes 540 days, so it is over in 2024-01, nine months after the exit."""
    return tell("iss-russia-hands-over", *SETTINGS, "span.end=2024-03-31")


def test_trained_people_take_over_on_the_day_of_the_exit(in_time: Story) -> None:
    for lane in (KEPT, WAIVED):
        assert in_time.first("handed-over/roscosmos", lane).date == NEXT_DAY
        assert in_time.first("handed-over/roscosmos", lane).because == ("partner-left/roscosmos",)


def test_thrusters_and_engines_go_on_until_the_spares_are_used_up(in_time: Story) -> None:
    spent = in_time.first("spares-exhausted/roscosmos")
    assert spent.date == NEXT_DAY + dt.timedelta(days=300)
    for function in ("attitude_thrusters", "reboost", "propellant_storage"):
        assert in_time.first(f"function-lost/{function}").date == spent.date
    assert in_time.first("provider-lost/thrusters-zvezda").because == ("spares-exhausted/roscosmos",)
    roots = in_time.roots(in_time.first("function-lost/attitude_thrusters"))
    assert "fact/departure.after" in roots, "nobody announced the day that is set here"


def test_the_crew_stays_while_it_works(in_time: Story) -> None:
    spent = in_time.first("spares-exhausted/roscosmos", KEPT)
    assert in_time.first("rule-crossed/trained-roscosmos", KEPT).date >= spent.date
    crew = in_time.column("crew", KEPT)
    assert min(crew[day] for day in crew if NEXT_DAY <= day < spent.date) >= 4
    ordered = in_time.first("crew-ordered-off/station", KEPT)
    assert ordered.date > spent.date
    assert ordered.because in (("rule-crossed/trained-roscosmos",), ("power-lost/station",))


def test_the_station_burns_what_is_in_its_own_tanks(in_time: Story) -> None:
    burns = [event.date for event in in_time.of("reboost") if event.date > NEXT_DAY]
    assert len(burns) >= 3
    arrived = {stay["vehicle"] for stay in in_time.stays() if stay["arrived"] > NEXT_DAY}
    assert not arrived & {"progress", "soyuz"}
    left = in_time.column("propellant")
    assert left[max(burns)] < left[NEXT_DAY]


def test_nobody_takes_over_while_nobody_is_trained(too_late: Story) -> None:
    ready = dt.date(2022, 7, 26) + dt.timedelta(days=540)
    for lane in (KEPT, WAIVED):
        assert too_late.first("function-lost/attitude_thrusters", lane).date == NEXT_DAY
        assert too_late.first("function-lost/reboost", lane).date == NEXT_DAY
        assert too_late.first("crew-left/station", lane).date < ready
        assert too_late.maybe("handed-over/roscosmos", lane) is None, "when they are trained, nobody is aboard"


def test_too_late_is_as_if_nothing_had_been_handed_over(too_late: Story) -> None:
    leaves = tell("iss-russia-leaves", f"departure.after={AFTER}", "span.end=2024-03-31")
    for lane in (KEPT, WAIVED):
        for key in ("attitude-lost/station", "crew-left/station"):
            assert too_late.first(key, lane).date == leaves.first(key, lane).date
