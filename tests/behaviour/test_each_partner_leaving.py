"""The shipped cases of leaving, one story each: what falls, what goes on, and what both parts can do."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from behaviour.story import KEPT, WAIVED, Story, tell

SOON = ("departure.after=2022-10-31", "departure.exit_time=0 d", "span.end=2022-12-15")
NEXT_DAY = dt.date(2022, 11, 1)


def verdicts(story: Story, date: dt.date, part: str = "the station", lane: int = WAIVED) -> dict[str, str]:
    """Question -> verdict for a part after the step of a day."""
    return {
        row["ability"]: row["verdict"]
        for row in story.rows("viability")
        if row["future"] == lane and row["date"] == date and row["part"] == part
    }


def cuts(story: Story, lane: int = WAIVED) -> dict[str, dict[str, Any]]:
    rows = [row for row in story.rows("cuts") if row["future"] == lane]
    last = max(row["step"] for row in rows)
    return {row["cut"]: row for row in rows if row["step"] == last}


def test_services_stop() -> None:
    story = tell("iss-russia-leaves", *SOON)
    found = verdicts(story, NEXT_DAY)
    assert {key for key, verdict in found.items() if verdict == "no"} == {"reboost", "deorbit"}
    assert found["attitude"] == "short", "gyros that nothing empties"
    stranded = cuts(story)["zvezda"]
    assert stranded["stranded_without"] > 1000.0 and stranded["stranded_with"] == 0.0
    assert cuts(story)["zarya"]["stranded_without"] < 500.0, "Zarya goes with its tanks"


def test_hand_over() -> None:
    story = tell("iss-russia-hands-over", *SOON, "crew_policy.training=90 d")
    assert verdicts(story, NEXT_DAY)["reboost"] == "yes"


def test_two_years_go_step_by_step() -> None:
    story = tell("iss-russia-two-years", "departure.after=2022-10-31", "span.end=2024-11-15", as_of="2022-07-29")
    days = sorted({row["date"] for row in story.rows("viability") if row["future"] == WAIVED})
    assert days == [NEXT_DAY, dt.date(2023, 11, 1), dt.date(2024, 5, 2), dt.date(2024, 10, 31)]
    assert verdicts(story, days[0])["reboost"] == "yes"
    assert verdicts(story, days[-1])["reboost"] == "no"


def test_stay_until_2028() -> None:
    story = tell("iss-russia-stays-2028", "departure.after=2023-08-31", "span.end=2023-09-30", as_of="2023-06-01")
    assert story.programme.departure is not None
    assert story.programme.departure.statement == "rus-2023-04-25-letters"
    assert story.first("partner-left/roscosmos").date == dt.date(2023, 9, 1)
    assert "fact/departure.after" in story.roots(story.first("function-lost/reboost")), "no speaker named that day"


@pytest.fixture(scope="module")
def separates() -> Story:
    """The separation of about 2030 moved to the autumn of 2026, with NEM there early."""
    settings = (
        "departure.after=2026-10-14", "departure.earliest=2026-10-14", "departure.latest=2026-10-14",
        "elements.nem.launched=2026-08-15", "elements.nem.attached=2026-08-23", "span.end=2026-10-20",
    )  # fmt: skip
    return tell("iss-russia-separates-2030", *settings, as_of="2026-03-01")


def test_the_russian_segment_separates_with_its_power_module(separates: Story) -> None:
    noted = [row for row in separates.rows("separated") if row["future"] == KEPT]
    assert {row["id"] for row in noted if row["kind"] == "element"} == {
        "zarya", "zvezda", "rassvet", "poisk", "nauka", "prichal", "nem",
    }  # fmt: skip
    assert any(row["kind"] == "people" for row in noted)
    with_it, without = (
        verdicts(separates, dt.date(2026, 10, 15), part) for part in ("with Zarya", "the station")
    )  # fmt: skip
    assert (with_it["reboost"], without["reboost"]) == ("yes", "no")
    assert with_it["power"] == "yes" and without["power"] == "yes"
    assert with_it["air"] in ("yes", "short"), "NEM's arrays feed the Russian units"
    assert without["seats"] == with_it["seats"] == "yes"


@pytest.mark.parametrize(
    ("scenario", "no"),
    [
        ("iss-nasa-leaves", {"air", "arm"}),
        ("iss-esa-leaves", set()),
        ("iss-jaxa-leaves", set()),
        ("iss-csa-leaves", set()),
    ],
)
def test_each_other_partner(scenario: str, no: set[str]) -> None:
    training = ("crew_policy.training=90 d",)
    story = tell(scenario, *SOON, *training)
    found = verdicts(story, NEXT_DAY)
    assert {key for key, verdict in found.items() if verdict == "no"} == no


def test_the_arm_goes_on_while_its_spares_last() -> None:
    story = tell(
        "iss-csa-leaves", *SOON[:2], "crew_policy.training=90 d", "departure.spares=30 d", "span.end=2022-12-31"
    )
    assert story.first("element-taken-over/canadarm2").date == NEXT_DAY
    spent = story.first("spares-exhausted/csa")
    assert spent.date == NEXT_DAY + dt.timedelta(days=30)
    assert story.first("function-lost/robotic_arm").date == spent.date
    assert verdicts(story, spent.date)["arm"] == "no"


def test_an_airlock_leaves_with_a_freighter_as_in_2021() -> None:
    settings = (
        "departure.after=2022-10-31", "departure.exit_time=300 d", "span.end=2023-08-15",
        "fates.poisk.fate=deorbited", "fates.poisk.vehicle=progress", "fates.poisk.day=1 d",
    )  # fmt: skip
    story = tell("iss-russia-leaves", *settings)
    gone = story.first("element-deorbited/poisk")
    assert 200.0 < (gone.value or 0.0) < 800.0, "kg of propellant for some eleven tonnes"
    assert not story.state.attached["poisk"][WAIVED]
    stay = next(stay for stay in story.stays() if stay["port"] == "poisk-zenith" and stay["left"] == gone.date)
    assert stay["vehicle"] == "progress"
    assert all(stay["arrived"] < gone.date for stay in story.stays() if stay["port"] == "poisk-zenith")
