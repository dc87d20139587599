from __future__ import annotations

from typing import Any

from cupola.report.answers import Answers, tree
from cupola.report.view import Row, Tables


def steps(*depths: int) -> list[Row]:
    return [Row("case", "because", i, {"depth": depth, "text": f"s{i}"}) for i, depth in enumerate(depths)]


def test_tree_hangs_each_step_on_the_nearest_shallower_one() -> None:
    first, second = tree(steps(0, 1, 2, 1, 0))
    assert [cause.text for cause in first.causes] == ["s1", "s3"]
    assert [cause.text for cause in first.causes[0].causes] == ["s2"]
    assert (second.text, second.causes) == ("s4", [])


def test_tree_that_starts_deep_or_is_endless_stays_bounded() -> None:
    assert [cause.text for cause in tree(steps(3, 2, 1))] == ["s0", "s1", "s2"]
    (root,) = tree(steps(*range(500)))
    assert root.reach() < 20


def test_breaks_are_dated_and_in_order(case: Any) -> None:
    answers = Answers(Tables(case, "case"))
    dates = [answer.date for answer in answers.breaks()]
    assert dates == sorted(date for date in dates if date)
    assert [answer.id for answer in answers.lasts()] == ["function/oxygen_generation"]
    assert answers.breaks()[0].id == "function/attitude_thrusters"


def test_what_an_exit_did_not_cause_before_it_is_usual(case: Any) -> None:
    # The last reboost comes before the exit and nothing in its chain names one.
    assert [answer.id for answer in Answers(Tables(case, "case")).anyway()] == ["reboost-last"]


def test_chain_goes_down_the_longest_branch_to_the_statement(case: Any) -> None:
    headline = Answers(Tables(case, "case")).headline()
    assert headline is not None
    keys = [cause.row.text("key") for cause in headline.chain(9)]
    assert keys[0] == "attitude-lost/station"
    assert keys[-1] == "statement/after-2024"
    assert len(headline.chain(3)) == 3


def test_brief_keeps_the_first_reason_only(case: Any) -> None:
    case.tables["answers"]["sentence"][0] = "It ends, because a, because b. If nobody leaves, it goes on."
    headline = Answers(Tables(case, "case")).headline()
    assert headline is not None
    assert headline.brief == "It ends, because a. If nobody leaves, it goes on."
    assert headline.shortened(0) == "It ends. If nobody leaves, it goes on."
