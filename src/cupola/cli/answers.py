"""A saved run with its answers as one JSON document, and as text for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cupola.cli.output import as_json, colour, print_json, width

if TYPE_CHECKING:
    from cupola.flow import Case
    from cupola.results import Run


def document(case: Run, baseline: Run | None) -> dict[str, Any]:
    """The document that ``run --json`` and ``leave --json`` print."""
    chains: dict[str, list[dict[str, Any]]] = {}
    for row in case.rows("because"):
        cause = {name: row[name] for name in ("step", "depth", "text", "date", "source")}
        chains.setdefault(row["answer"], []).append({"event": row["key"], **cause})
    answers = [
        {
            **{name: row[name] for name in ("id", "question", "sentence", "date", "value", "unit")},
            "because": sorted(chains.get(row["id"], []), key=lambda cause: cause["step"]),
            "sources": [source for source in (row["sources"] or "").split(" | ") if source],
        }
        for row in case.rows("answers")
    ]
    return {
        "scenario": case.details.scenario,
        "as_of": case.details.as_of,
        "run": case.path,
        "baseline": None if baseline is None else baseline.path,
        "answers": answers,
        "tables": case.tables,
    }


def print_cases(case: Case, *, json: bool) -> None:
    """Print a run's answers, and those of the station that a part of it became."""
    if not json:
        print_case(case.run, case.baseline, json=False)
        if case.orbit_check is not None:
            from cupola.analysis.orbit_check import told

            print("\nThe orbit, flown again by the full engine:\n")
            print("\n".join(told(case.orbit_check)))
        if case.continued is not None:
            print(f"\nWhat becomes of the part that left, in {case.continued.run.details.title}:\n")
            print_case(case.continued.run, None, json=False)
        return
    found = document(case.run, case.baseline)
    if case.orbit_check is not None:
        found["orbit_check"] = case.orbit_check.rows()
    if case.continued is not None:
        found["continued"] = document(case.continued.run, None)
    print_json(as_json(found))


def print_case(case: Run, baseline: Run | None, *, json: bool) -> None:
    """Print a run's answers."""
    if json:
        print_json(as_json(document(case, baseline)))
        return
    from cupola.report.terminal import answer_text

    # The text is coloured by the report room, which has already made the run's own words safe.
    print(answer_text(case, colour(), width()))
