"""What is owed, and whether it is kept."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest

from cupola.analysis.answer import case_of
from cupola.analysis.obligations import obligations, state_on
from cupola.programme.programme import Programme

D = dt.date
Tables = dict[str, dict[str, list[Any]]]


def states(programme: Programme, tables: Tables) -> dict[str, tuple[str, dt.date | None, str]]:
    rows = obligations(case_of(programme, tables, None))
    return {row["obligation"]: (row["state"], row["broken"], row["because"]) for row in rows}


def test_states_with_a_partner_that_leaves_without_notice(programme: Programme, case_tables: Tables) -> None:
    assert states(programme, case_tables) == {
        "b-reboost": ("broken", D(2031, 1, 1), "partner-left/b + agreement/treaty"),
        "b-early": ("ended", None, "statement/leaving"),
        "a-power": ("kept", None, "agreement/treaty"),
        "a-oxygen": ("kept", None, "agreement/treaty"),
        "a-talk": ("not judged", None, "agreement/treaty"),
    }


def test_lawful_notice_releases_from_the_agreement(programme: Programme, case_tables: Tables) -> None:
    assert programme.departure is not None
    notified = dataclasses.replace(
        programme, departure=dataclasses.replace(programme.departure, notified=D(2029, 12, 20))
    )
    assert states(notified, case_tables)["b-reboost"][:2] == ("ended", None)
    late = dataclasses.replace(
        programme,
        as_of=D(2030, 6, 1),
        departure=dataclasses.replace(programme.departure, notified=D(2030, 5, 1)),
    )
    assert states(late, case_tables)["b-reboost"][0] == "broken"


@pytest.mark.parametrize(
    ("notified", "as_of", "found"),
    [
        (None, D(2030, 1, 1), ("broken", D(2030, 1, 2))),
        (None, D(2029, 12, 31), ("broken", D(2030, 1, 2))),
        (None, D(2030, 6, 1), ("broken", D(2030, 1, 2))),
        (D(2029, 12, 20), D(2030, 1, 1), ("kept", None)),
        (D(2030, 5, 1), D(2030, 6, 1), ("broken", D(2030, 1, 2))),
        (D(2030, 5, 1), D(2030, 1, 1), ("broken", D(2030, 1, 2))),
    ],
)
def test_notice_of_leaving_is_kept_or_broken_by_its_last_day(
    programme: Programme,
    case_tables: Tables,
    notified: dt.date | None,
    as_of: dt.date,
    found: tuple[str, dt.date | None],
) -> None:
    assert programme.departure is not None and programme.departure.after == D(2030, 12, 31)
    departure = dataclasses.replace(programme.departure, notified=notified)
    duty = dataclasses.replace(
        programme.obligations["b-reboost"], id="b-notice", partners=("a", "b"), function="", act="notice"
    )
    asked = dataclasses.replace(programme, as_of=as_of, departure=departure, obligations={"b-notice": duty})
    assert states(asked, case_tables)["b-notice"][:2] == found
    other = dataclasses.replace(asked, departure=dataclasses.replace(departure, law=""))
    assert states(other, case_tables)["b-notice"][0] == "not judged"


@pytest.mark.parametrize(
    ("notified", "as_of", "state"),
    [
        # The notice is 365 days and the exit is on 2031-01-01: given on 2030-01-01 it ends on that very day.
        (D(2029, 12, 31), D(2030, 6, 1), "kept"),
        (D(2030, 1, 1), D(2030, 6, 1), "kept"),
        (D(2030, 1, 2), D(2030, 6, 1), "broken"),
        # Notice that is given on the day as of which the station is looked at is known.
        (D(2030, 1, 1), D(2030, 1, 1), "kept"),
        (D(2030, 1, 1), D(2029, 12, 31), "broken"),
    ],
)
def test_notice_on_the_last_day_is_in_time_and_counts_from_its_own_day(
    programme: Programme, case_tables: Tables, notified: dt.date, as_of: dt.date, state: str
) -> None:
    assert programme.departure is not None
    departure = dataclasses.replace(programme.departure, notified=notified)
    duty = dataclasses.replace(
        programme.obligations["b-reboost"], id="b-notice", partners=("a", "b"), function="", act="notice"
    )
    owed = {"b-notice": duty, "b-reboost": programme.obligations["b-reboost"]}
    found = states(dataclasses.replace(programme, as_of=as_of, departure=departure, obligations=owed), case_tables)
    assert found["b-notice"][0] == state
    # By the same day the partner is released from what it owes under the agreement, or not.
    assert found["b-reboost"][0] == ("ended" if state == "kept" else "broken")


@pytest.mark.parametrize(
    ("ships", "days", "state"),
    [(True, 0, "kept"), (True, 29, "kept"), (True, 30, "broken"), (False, 0, "broken")],
)
def test_a_function_of_ships_is_not_missed_at_the_end_of_a_duty(
    programme: Programme, case_tables: Tables, ships: bool, days: int, state: str
) -> None:
    lost, ship = D(2031, 4, 1), next(iter(programme.vehicles))
    row = (99, 1, lost, "function-lost", "power", "function-lost/power", None, "", "power-lost/station", "")
    for cells, value in zip(case_tables["events"].values(), row, strict=True):
        cells.append(value)
    flown = {
        key: dataclasses.replace(item, provider=ship) if ships and item.function == "power" else item
        for key, item in programme.provisions.items()
    }
    duty = dataclasses.replace(programme.obligations["a-power"], end=lost + dt.timedelta(days=days))
    changed = dataclasses.replace(programme, provisions=flown, obligations={"a-power": duty})
    assert states(changed, case_tables)["a-power"][0] == state


def test_a_hand_over_is_not_judged(programme: Programme, case_tables: Tables) -> None:
    assert programme.departure is not None
    handed = dataclasses.replace(
        programme, departure=dataclasses.replace(programme.departure, mode="hands-over", to="a")
    )
    assert states(handed, case_tables)["b-reboost"][0] == "not judged"


def test_what_several_owe_is_not_judged(programme: Programme, case_tables: Tables) -> None:
    both = dataclasses.replace(programme.obligations["b-reboost"], partners=("a", "b"))
    shared = dataclasses.replace(programme, obligations={"b-reboost": both})
    assert states(shared, case_tables) == {"b-reboost": ("not judged", None, "partner-left/b + agreement/treaty")}


def test_a_duty_that_was_agreed_later_is_not_known(programme: Programme, case_tables: Tables) -> None:
    later = dataclasses.replace(programme.agreements["treaty"], signed="2030-05")
    assert set(states(dataclasses.replace(programme, agreements={"treaty": later}), case_tables)) == {"b-early"}


def test_a_lost_function_without_an_own_provider_is_not_judged(programme: Programme, case_tables: Tables) -> None:
    owed = dataclasses.replace(programme.obligations["a-power"], function="attitude_thrusters")
    changed = dataclasses.replace(programme, obligations={"a-power": owed})
    assert states(changed, case_tables)["a-power"][:2] == ("not judged", None)


@pytest.mark.parametrize(("lost", "state"), [("power", "broken"), ("attitude_gyros", "kept")])
def test_a_duty_of_another_partner_breaks_with_its_function(
    programme: Programme, case_tables: Tables, lost: str, state: str
) -> None:
    day = D(2031, 4, 1)
    row = (99, 1, day, "function-lost", lost, f"function-lost/{lost}", None, "", "power-lost/station", "")
    for cells, value in zip(case_tables["events"].values(), row, strict=True):
        cells.append(value)
    found = states(programme, case_tables)["a-power"]
    assert found[0] == state
    assert found[1] == (day if state == "broken" else None)


def capacity(day: dt.date, provision: str, works: bool) -> tuple[Any, ...]:
    return (1, day, "power", provision, "a", 10.0, works, "")


def with_rows(tables: Tables, name: str, rows: list[tuple[Any, ...]]) -> Tables:
    columns = {key: list(values) for key, values in tables[name].items()}
    for row in rows:
        for cells, value in zip(columns.values(), row, strict=True):
            cells.append(value)
    return {**tables, name: columns}


def judged(programme: Programme, tables: Tables, key: str) -> dict[str, Any]:
    rows = obligations(case_of(programme, tables, None))
    return next(row for row in rows if row["obligation"] == key)


def test_at_risk_when_one_provider_is_left(programme: Programme, case_tables: Tables) -> None:
    first = D(2030, 1, 1)
    rows = [capacity(first, "arrays", True), capacity(first, "more", True), capacity(D(2030, 5, 1), "more", False)]
    row = judged(programme, with_rows(case_tables, "capacity", rows), "a-power")
    assert (row["state"], row["risk"], row["because"]) == (
        "at risk", D(2030, 5, 1), "fact/provisions.arrays + agreement/treaty",
    )  # fmt: skip
    assert row["rests_on"] == "law: Station treaty, Article 9 | named: x" and row["way_out"] == "one year of notice"
    # Ships follow each other: a fortnight with one provider is no risk.
    rows.append(capacity(D(2030, 5, 15), "more", True))
    assert judged(programme, with_rows(case_tables, "capacity", rows), "a-power")["state"] == "kept"


def test_at_risk_when_too_little_is_provided(programme: Programme, case_tables: Tables) -> None:
    day = D(2030, 4, 1)
    short = (99, 1, day, "function-short", "power", "function-short/power", None, "", "", "")
    row = judged(programme, with_rows(case_tables, "events", [short]), "a-power")
    assert (row["state"], row["risk"]) == ("at risk", day)


def test_at_risk_when_its_owner_says_that_it_leaves(programme: Programme, baseline_tables: Tables) -> None:
    told = dataclasses.replace(programme.statements["leaving"], effect=("partner a leaves after 2032-06-30",))
    stays = dataclasses.replace(programme, departure=None, statements={"leaving": told})
    row = judged(stays, baseline_tables, "a-power")
    assert (row["state"], row["risk"], row["because"]) == (
        "at risk", D(2030, 1, 1), "statement/leaving + agreement/treaty",
    )  # fmt: skip
    denied = dataclasses.replace(told, effect=("partner a leaves after 2032-06-30 denied",))
    calm = dataclasses.replace(stays, statements={"leaving": denied})
    assert judged(calm, baseline_tables, "a-power")["state"] == "kept"


def test_the_state_on_a_day_tells_nothing_that_comes_later(programme: Programme, case_tables: Tables) -> None:
    row = judged(programme, case_tables, "b-reboost")
    assert [state_on(row, day) for day in (D(2019, 1, 1), D(2030, 6, 1), D(2031, 1, 1))] == [
        "not yet",
        "kept",
        "broken",
    ]
    ends = judged(programme, case_tables, "b-early")
    assert [state_on(ends, day) for day in (D(2030, 6, 1), D(2030, 6, 2))] == ["kept", "ended"]
    released = {**row, "state": "ended", "broken": None}
    left = {"partner-left/b": D(2031, 1, 1)}
    assert [state_on(released, day, left) for day in (D(2030, 6, 1), D(2031, 1, 1))] == ["kept", "ended"]
    assert state_on({**released, "function": ""}, D(2030, 6, 1), left) == "due"


def test_a_duty_of_the_partner_that_leaves_can_break_before_its_term_ends(
    programme: Programme, case_tables: Tables
) -> None:
    day = D(2030, 3, 1)
    lost = (99, 1, day, "function-lost", "reboost", "function-lost/reboost", None, "", "", "")
    row = judged(programme, with_rows(case_tables, "events", [lost]), "b-early")
    assert (row["state"], row["broken"]) == ("broken", day)
