"""The life of a station that nobody leaves: when people come, for how long, how it ends, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from cupola.analysis.answer import Case, case_of
from cupola.analysis.life import ended, has_life, is_controlled, is_planned, life, life_spread
from support.nouns import on
from support.small_station import exit_of_b, small
from support.told import event, run_tables, table

END = 100


def series(*crewed: tuple[int, int], until: int = END, altitude: float = 410.0) -> list[dict[str, Any]]:
    """A row a day, with three people aboard from the first of two days to the one before the second."""
    return [
        {
            "future": 0,
            "date": on(day),
            "crew": 3 if any(first <= day < last for first, last in crewed) else 0,
            "altitude": altitude if day < until else None,
        }
        for day in range(END)
    ]


def case(days: Sequence[dict[str, Any]], *events: dict[str, Any], **changes: Any) -> Case:
    return case_of(small(END, **changes), run_tables(series=days, events=events), None)


BURNT = event(60, "entry/station", "burn/last")
FALLEN = event(60, "entry/station", "reboost-missed/station")


# Whether there is a life to tell ------------------------------------------------------------------------------------


def test_a_station_that_is_always_crewed_and_flies_on_is_told_elsewhere() -> None:
    assert not has_life(case(series((0, END))))


@pytest.mark.parametrize("crewed", [(5, END), (0, END - 1), (3, 7)])
def test_a_day_without_people_makes_a_life(crewed: tuple[int, int]) -> None:
    assert has_life(case(series(crewed)))


def test_an_end_makes_a_life() -> None:
    assert has_life(case(series((0, END)), FALLEN))


def test_where_a_partner_leaves_that_is_the_question() -> None:
    assert not has_life(case(series((5, 9)), FALLEN, departure=exit_of_b()))


def test_without_a_series_nothing_is_known_of_people() -> None:
    assert not has_life(case([], FALLEN))


# How it ends --------------------------------------------------------------------------------------------------------


def test_an_end_by_burns_is_a_controlled_one() -> None:
    for row, controlled in ((BURNT, True), (FALLEN, False)):
        found = case(series(), row)
        entry = ended(found.kept)
        assert entry is not None and is_controlled(entry) == controlled
        assert is_planned(found) == controlled
    # One cause among others suffices, and a word that begins alike does not.
    for because, controlled in (("attitude-lost/station + burn/last", True), ("burnt/toast", False), ("", False)):
        found = case(series(), event(60, "entry/station", because))
        assert is_planned(found) == controlled


def test_what_still_flies_has_no_planned_end() -> None:
    assert ended(case(series()).kept) is None and not is_planned(case(series()))


# The answer ---------------------------------------------------------------------------------------------------------


def sentence(*args: Any, **changes: Any) -> str:
    return life(case(*args, **changes)).sentence


def test_nobody_ever_comes() -> None:
    found = life(case(series()))
    assert found.sentence == (
        "Nobody lives on the station from 2022-07-26 to 2022-11-03. On 2022-11-03 it still flies, at 410 km."
    )
    assert (found.id, found.date, found.steps) == ("headline", None, ())


def test_people_come_and_stay_to_the_end_of_the_run() -> None:
    assert sentence(series((25, END))) == (
        "People live on the station from 2022-08-20 to the end of the run, on 75 of 100 days (75 %). "
        "On 2022-11-03 it still flies, at 410 km."
    )


def test_people_come_and_go_and_the_days_are_counted() -> None:
    # Two visits of ten days; the last people leave on day 50.
    assert sentence(series((20, 30), (40, 50))).startswith(
        "People live on the station from 2022-08-15 until 2022-09-14, on 20 of 100 days (20 %);"
    )


def test_a_crew_of_the_first_day_is_told_as_such() -> None:
    assert sentence(series((0, END - 10))).startswith("People live on the station from the first day until ")


def test_a_controlled_end_is_told_with_its_day_and_its_cause() -> None:
    found = life(case(series((0, 40), until=60), BURNT))
    assert found.sentence.endswith("It is brought down under control on 2022-09-24.")
    assert "on 40 of 60 days (66.7 %)." in found.sentence
    assert found.date == on(60) and [step.key for step in found.steps] == ["entry/station", "burn/last"]


def test_a_fall_is_told_as_a_fall() -> None:
    found = life(case(series(until=60), FALLEN))
    assert found.sentence == (
        "Nobody lives on the station from 2022-07-26 to 2022-09-24. "
        "It enters the atmosphere without control on 2022-09-24."
    )


def test_people_aboard_at_the_entry_are_not_counted_after_it() -> None:
    # The series goes on with the number of the last day.
    assert "to the end of the run, on 60 of 60 days (100 %)." in sentence(series((0, END), until=60), FALLEN)


def test_the_loss_of_attitude_is_told_with_its_reason() -> None:
    lost = event(30, "attitude-lost/station", "function-lost/attitude_thrusters")
    gone = event(29, "function-lost/attitude_thrusters")
    assert "Attitude control is lost on 2022-08-25, because nothing provides attitude_thrusters any more" in sentence(
        series(), gone, lost, FALLEN
    )


def test_a_loss_that_comes_with_the_end_is_not_told() -> None:
    lost = event(60, "attitude-lost/station")
    assert "Attitude" not in sentence(series(until=60), BURNT, lost)


# How sure -----------------------------------------------------------------------------------------------------------


def sampled(*events: dict[str, Any], futures: int = 10) -> tuple[Case, dict[str, Any]]:
    """A nominal future and ten sampled ones, each with rules kept and with rules waived.

    With rules kept futures are even: future 2 is the first sampled one.
    """
    lanes = [
        {"future": row, "label": str(row), "enforced": row % 2 == 0, "nominal": row < 2}
        for row in range(2 + 2 * futures)
    ]
    calm = [event(1, "let-sink/station", future=row) for row in range(2, 2 + 2 * futures)]
    rows = sorted([*calm, *events], key=lambda row: (row["future"], row["date"]))
    tables = run_tables(series=series(), events=rows) | {"futures": table("futures", lanes)}
    return case_of(small(END), tables, None), tables


def came(day: int, number: int, people: float = 3.0) -> dict[str, Any]:
    """A ship docks in one of the sampled futures with rules kept."""
    return event(day, f"docking/ship-{day}", value=people, future=2 * number)


def test_a_run_that_sampled_nothing_has_no_spread() -> None:
    tables = run_tables(series=series(), events=[BURNT])
    assert life_spread(case_of(small(END), tables, None), tables) is None


def test_the_day_on_which_people_come_is_spread_over_the_sampled_futures() -> None:
    answer = life_spread(*sampled(*(came(10 * number, number) for number in range(1, 10))))
    assert answer is not None
    assert answer.sentence == (
        "In 9 of 10 sampled futures people come: P10 2022-08-05, P50 2022-09-14, P90 2022-10-24."
    )
    assert (answer.id, answer.date, answer.value, answer.unit) == ("sampled", on(50), 10.0, "futures")


def test_where_they_rarely_come_the_later_levels_lie_after_the_run() -> None:
    answer = life_spread(*sampled(*(came(20, number) for number in (1, 2, 3))))
    assert answer is not None and answer.date is None
    assert "In 3 of 10 sampled futures people come: P10 2022-08-15, P50 not before 2022-11-03" in answer.sentence


def test_cargo_and_later_crews_and_waived_rules_do_not_count() -> None:
    answer = life_spread(
        *sampled(
            came(5, 1, 0.0),
            came(20, 1),
            came(40, 1),
            event(3, "docking/early", value=3.0, future=0),
            event(3, "docking/early", value=3.0, future=3),
        )
    )
    assert answer is not None
    assert "In 1 of 10 sampled futures people come: P10 2022-08-15," in answer.sentence


def test_ends_under_control_and_others_are_counted_apart() -> None:
    rows = [BURNT | {"future": 2 * number} for number in (1, 2, 3)] + [FALLEN | {"future": 8}]
    rows += [event(40, "attitude-lost/station", future=2 * number) for number in (4, 5)]
    rows += [BURNT | {"future": 3}, event(40, "attitude-lost/station", future=5)]
    answer = life_spread(*sampled(*rows))
    assert answer is not None
    assert answer.sentence.endswith(
        "In 3 of 10 futures it is brought down under control before 2022-11-03. In 1 of 10 it falls without control. "
        "In 2 of 10 attitude control is lost."
    )


def test_where_nothing_ends_nothing_is_said_of_ends() -> None:
    answer = life_spread(*sampled(came(20, 1)))
    assert answer is not None and "control" not in answer.sentence


def test_futures_in_which_nothing_happens_count_too() -> None:
    _, tables = sampled(came(20, 1), came(30, 2))
    keep = [row for row, lane in enumerate(tables["events"]["future"]) if lane in (2, 4)]
    tables["events"] = {key: [cells[row] for row in keep] for key, cells in tables["events"].items()}
    answer = life_spread(case_of(small(END), tables, None), tables)
    assert answer is not None
    assert "In 2 of 10 sampled futures people come: P10 2022-08-15, P50 not before" in answer.sentence


def test_where_people_are_aboard_from_the_first_day_they_need_not_come() -> None:
    _, tables = sampled(*(came(40, number) for number in range(1, 11)))
    tables["series"] = table("series", series((0, END)))
    answer = life_spread(case_of(small(END), tables, None), tables)
    assert answer is None or "people come: P10 2022-09-04" not in answer.sentence
