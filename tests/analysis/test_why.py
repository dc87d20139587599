"""The tree of causes of an event, from what a run holds alone."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from cupola.analysis.because import Step
from cupola.analysis.why import Why, keys_of, tree, why_answer, why_event
from cupola.analysis.withdrawal import answer_tables
from cupola.programme.programme import Programme
from cupola.results.manifest import Manifest, describe

D = dt.date
Tables = dict[str, dict[str, Any]]


@pytest.fixture
def tables(programme: Programme, case_tables: Tables, baseline_tables: Tables) -> Tables:
    return {**case_tables, **answer_tables(programme, case_tables, baseline_tables)}


@pytest.fixture
def manifest(programme: Programme) -> Manifest:
    return describe(programme, density={"name": "x", "sha256": "0"})


def keys(found: Why | None) -> list[Any]:
    assert found is not None

    def nested(node: Any) -> Any:
        return [node.key, *(nested(cause) for cause in node.because)] if node.because else node.key

    return [nested(node) for node in found.roots]


def test_steps_are_nested_by_depth() -> None:
    steps = [Step(depth, str(place), "", None, "") for place, depth in enumerate((0, 1, 2, 1, 0))]
    one, two = tree(steps)
    assert [node.key for node in one.because] == ["1", "3"]
    assert one.because[0].because[0].key == "2"
    assert two.because == ()


def test_an_event_down_to_what_was_said(tables: Tables, manifest: Manifest) -> None:
    found = why_event(tables, manifest, "function-lost/reboost")
    assert found is not None and found.label == "rules kept"
    assert keys(found) == [
        [
            "function-lost/reboost",
            [
                "provider-lost/computers",
                ["partner-left/b", ["partner-exit-begins/b", "statement/leaving"], "statement/leaving"],
            ],
        ]
    ]
    top = found.roots[0]
    assert (top.text, top.date) == ("nothing provides reboost any more", D(2031, 1, 1))
    # The words and the source of a statement are those that the answers of the run hold.
    said = top.because[0].because[0].because[0].because[0]
    assert (said.source, said.again) == ("State TV, 2029", False)
    assert top.because[0].because[0].because[1].again is True


def test_a_beginning_is_enough_and_the_day_chooses(tables: Tables, manifest: Manifest) -> None:
    assert keys(why_event(tables, manifest, "reboost-mis"))[0][0] == "reboost-missed/station"
    first = why_event(tables, manifest, "reboost/station")
    later = why_event(tables, manifest, "reboost/station", on=D(2030, 12, 31))
    assert first is not None and later is not None
    assert (first.roots[0].date, later.roots[0].date) == (D(2030, 6, 1), D(2030, 12, 1))
    assert first.days == (D(2030, 6, 1), D(2030, 12, 1))
    assert why_event(tables, manifest, "reboost/station", on=D(2029, 1, 1)) is None


def test_a_future_with_rules_waived_is_asked_when_the_other_has_none(tables: Tables, manifest: Manifest) -> None:
    found = why_event(tables, manifest, "attitude-lost/station")
    assert found is not None and found.label == "rules waived"
    assert why_event(tables, manifest, "attitude-lost/station", future=0) is None


def test_an_answer_by_its_id(tables: Tables) -> None:
    found = why_answer(tables, "headline")
    assert found is not None and found.sentence
    assert keys(found)[0][0] == "crew-left/station"
    assert why_answer(tables, "headlines") is None


def test_near_names_begin_with_answers_and_the_same_kind(tables: Tables) -> None:
    names = keys_of(tables, "function-lost/rebost")
    assert names.index("headline") < names.index("function-lost/reboost") < names.index("reboost/station")
