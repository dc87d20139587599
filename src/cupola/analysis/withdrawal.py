"""What happens if a partner leaves: all answer tables, from a programme, its run, and the run of its baseline."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from cupola.analysis import ends, failures, flying, law, living
from cupola.analysis.answer import Answer, Case, answer_rows, case_of
from cupola.analysis.assembly import assembly, assembly_answer
from cupola.analysis.compare import compare_case
from cupola.analysis.dependence import dependence
from cupola.analysis.lane import Tables
from cupola.analysis.leaving import leaving_answers
from cupola.analysis.let_down import begins, deadline_of, let_down_answer
from cupola.analysis.life import has_life, is_planned, life, life_spread
from cupola.analysis.missing import missing, missing_answer
from cupola.analysis.obligations import obligations
from cupola.analysis.roots import rooted
from cupola.analysis.spread import spread
from cupola.base.tables import ANSWER_TABLES, TABLES
from cupola.programme.programme import Programme


def answer_tables(
    programme: Programme,
    case_tables: Tables,
    baseline_tables: Tables | None = None,
    sinking: list[dict[str, Any]] | None = None,
) -> dict[str, dict[str, Sequence[Any]]]:
    """The answer tables of a run, to be saved with it.

    programme          the programme that was run
    case_tables        the tables of its run
    baseline_tables    the tables of the run to compare with, or None
    sinking            rows of the table ``let_down``, where trial lanes were flown
    returns            table name -> column name -> values, for every table in ANSWER_TABLES
    """
    case = case_of(programme, case_tables, baseline_tables)
    lacking = missing(case)
    built = assembly(case)
    trials = sinking or []
    said, why = answer_rows(
        answers(
            case,
            case_tables,
            lacking,
            built,
            let_down_answer(case, trials, deadline_of(case)),
            begins(trials),
            baseline_tables,
        )
    )
    rows: Mapping[str, list[dict[str, Any]]] = {
        "answers": said,
        "because": why,
        "dependence": dependence(programme, programme.span.start),
        "missing": lacking,
        "compare": compare_case(case),
        "let_down": trials,
        "obligations": obligations(case),
        "assembly": built,
    }
    return {
        spec.name: {column.name: [row[column.name] for row in rows[spec.name]] for column in TABLES[spec.name].columns}
        for spec in ANSWER_TABLES
    }


def answers(
    case: Case,
    tables: Tables,
    lacking: list[dict[str, Any]],
    built: list[dict[str, Any]],
    sinking: Answer | None = None,
    start: dt.date | None = None,
    usual: Tables | None = None,
) -> list[Answer]:
    """All answers in the order in which they are read."""
    found: list[Answer | None] = [
        life(case) if has_life(case) else ends.headline(case, start),
        assembly_answer(case, built),
        *([] if has_life(case) and case.kept.first("crew-ordered-off") is None else ends.empties(case)),
        life_spread(case, tables) if has_life(case) else spread(case, tables, usual),
        flying.attitude(case),
        flying.reboost_last(case),
        flying.controlled_deorbit(case),
        sinking,
        None if has_life(case) and is_planned(case) else flying.entry(case),
        living.stores(case),
        living.crew(case),
        law.law(case) if case.programme.departure else None,
        *leaving_answers(case, tables),
        *failures.functions(case),
        *failures.rules(case),
        failures.parts(case, tables),
        missing_answer(case, lacking),
    ]
    return [rooted(case, row) for row in found if row is not None]
