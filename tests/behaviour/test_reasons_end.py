"""Every chain of the shipped programmes ends in something that has a source, or in an event that nothing caused."""

from __future__ import annotations

from typing import Any

import pytest

from behaviour.story import leaves, tell
from cupola.analysis import answer_tables
from cupola.analysis.because import MAX_STEPS, ROOTS
from cupola.analysis.lane import rows_of
from cupola.programme.programme import Programme

CASES = {
    "baseline": ("iss", ("span.end=2026-01-01",)),
    "leaves": ("iss-russia-leaves", ("departure.after=2022-12-31", "span.end=2026-01-01")),
    "hands over": ("iss-russia-hands-over", ("departure.after=2022-12-31", "span.end=2026-01-01")),
    "separates": ("iss-russia-separates", ("departure.after=2022-12-31", "span.end=2026-01-01")),
    "another leaves": ("iss", (*leaves("nasa"), "span.end=2024-01-01")),
}
OTHERS = ("mir", "skylab", "tiangong", "haven-1", "axiom", "ros", "ros-51", "ros-from-iss", "starter-station")


def broken(programme: Programme, tables: Any) -> list[str]:
    """Ends of chains that are neither a root that is known nor an event without cause; and answers without a chain."""
    made = answer_tables(programme, tables)
    caused: dict[tuple[str, Any], set[str]] = {}
    for row in rows_of(tables, "events"):
        causes = {key.strip() for key in (row["because"] or "").split(" + ") if key.strip()}
        caused.setdefault((row["key"], row["date"]), set()).update(causes)
    known = {row["key"] for row in rows_of(tables, "record")}
    chains: dict[str, list[dict[str, Any]]] = {answer: [] for answer in made["answers"]["id"]}
    for row in rows_of(made, "because"):
        chains[row["answer"]].append(row)
    wrong = [f"{answer}: no chain" for answer, steps in chains.items() if not steps]
    for answer, steps in chains.items():
        if len(steps) >= MAX_STEPS:
            wrong.append(f"{answer}: cut after {MAX_STEPS} steps")
        seen = {step["key"] for step in steps}
        for place, step in enumerate(steps):
            if place + 1 < len(steps) and steps[place + 1]["depth"] > step["depth"]:
                continue
            key = step["key"]
            root = key.partition("/")[0] in ROOTS and (key in known or bool(step["source"]))
            # An event at an end has no cause, or each of its causes stands further up in the chain.
            event = step["date"] is not None and caused.get((key, step["date"]), {key + "?"}) <= seen
            if not (root or event):
                wrong.append(f"{answer}: {key} ({step['text']})")
    return wrong


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES)
def test_chains_of_the_shipped_station(case: str) -> None:
    scenario, settings = CASES[case]
    story = tell(scenario, *settings)
    assert broken(story.programme, story.tables) == []


@pytest.mark.slow
@pytest.mark.parametrize("scenario", OTHERS)
def test_chains_of_other_stations(scenario: str) -> None:
    story = tell(scenario, as_of="2026-11-26")
    assert broken(story.programme, story.tables) == []
