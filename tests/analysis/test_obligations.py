"""What is owed, and whether it is kept."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest

from cupola.analysis.answer import case_of
from cupola.analysis.obligations import obligations
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
