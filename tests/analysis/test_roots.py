"""An answer in which nothing happens names what was watched and how far."""

from __future__ import annotations

from cupola.analysis.answer import Answer, case_of
from cupola.analysis.roots import rooted
from cupola.analysis.withdrawal import answer_tables
from cupola.programme.programme import Programme

Tables = dict[str, dict[str, list[object]]]


def test_nothing_happens_before_the_end_of_the_run(programme: Programme, case_tables: Tables) -> None:
    case = case_of(programme, case_tables, None)
    found = {
        key: [step.key for step in rooted(case, Answer(key, "?", "Nothing.")).steps]
        for key in ("crew", "stores", "rule-empties", "sampled")
    }
    assert found == {
        "crew": ["fact/span.end"],
        "stores": ["rule/food-45", "fact/span.end"],
        "rule-empties": ["rule/trained-b", "fact/span.end"],
        "sampled": ["fact/span.futures", "fact/span.seed", "fact/span.end"],
    }
    step = rooted(case, Answer("crew", "?", "Nothing.")).steps[0]
    assert (step.text, step.source) == ("as planned or known: end (span): 2034-01-01", "default of the program")


def test_every_answer_has_a_chain(programme: Programme, case_tables: Tables, baseline_tables: Tables) -> None:
    for tables in (case_tables, baseline_tables):
        made = answer_tables(programme, tables, None)
        assert set(made["answers"]["id"]) == set(made["because"]["answer"])
