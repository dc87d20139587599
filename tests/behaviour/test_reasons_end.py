"""Every event of the shipped programmes has causes, and every chain of them ends in something that has a source."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from behaviour.story import leaves, tell
from cupola import flow
from cupola.analysis import answer_tables
from cupola.analysis.because import MAX_DEPTH, MAX_STEPS, ROOTS, Reasons, Step
from cupola.analysis.lane import Event, event_lanes, rows_of
from cupola.programme.programme import Programme
from cupola.simulation import default_lanes, simulate

CASES = {
    "baseline": ("iss", ("span.end=2026-01-01",)),
    "leaves": ("iss-russia-leaves", ("departure.after=2022-12-31", "span.end=2026-01-01")),
    "hands over": ("iss-russia-hands-over", ("departure.after=2022-12-31", "span.end=2026-01-01")),
    "separates": ("iss-russia-separates", ("departure.after=2022-12-31", "span.end=2026-01-01")),
    "another leaves": ("iss", (*leaves("nasa"), "span.end=2024-01-01")),
}
OTHERS = ("mir", "skylab", "tiangong", "haven-1", "axiom", "ros", "ros-51", "ros-from-iss", "starter-station")


def bare(tables: Any) -> list[str]:
    """Kinds of events that some future of a run records without a cause."""
    table = tables["events"]
    return sorted({kind for kind, because in zip(table["kind"], table["because"], strict=True) if not because})


def loose(reasons: Reasons, event: Event) -> list[str]:
    """Ends of the chain of an event that are no root with a source, and whose causes do not stand further up."""
    steps = reasons.chain(event)
    seen = {step.key for step in steps}
    found = []
    for place, step in enumerate(steps):
        if len(steps) >= MAX_STEPS or step.depth >= MAX_DEPTH or step.depth < depth_after(steps, place):
            continue
        held = reasons.lane.by_key.get(step.key, []) if step.date is not None else []
        again = any(row.date == step.date and row.because and set(row.because) <= seen for row in held)
        if not again and not (step.key.partition("/")[0] in ROOTS and step.source):
            found.append(f"{event.key}: {step.key} ({step.text})")
    return found


def depth_after(steps: Sequence[Step], place: int) -> int:
    return steps[place + 1].depth if place + 1 < len(steps) else -1


def broken(programme: Programme, tables: Any) -> list[str]:
    """Ends of chains that are no root that is known; events without a cause; and answers without a chain."""
    made = answer_tables(programme, tables)
    caused: dict[tuple[str, Any], set[str]] = {}
    for row in rows_of(tables, "events"):
        causes = {key.strip() for key in (row["because"] or "").split(" + ") if key.strip()}
        caused.setdefault((row["key"], row["date"]), set()).update(causes)
    known = {row["key"] for row in rows_of(tables, "record")}
    chains: dict[str, list[dict[str, Any]]] = {answer: [] for answer in made["answers"]["id"]}
    for row in rows_of(made, "because"):
        chains[row["answer"]].append(row)
    wrong = bare(tables)
    wrong += [f"{answer}: no chain" for answer, steps in chains.items() if not steps]
    for answer, steps in chains.items():
        if len(steps) >= MAX_STEPS:
            wrong.append(f"{answer}: cut after {MAX_STEPS} steps")
        seen = {step["key"] for step in steps}
        for place, step in enumerate(steps):
            if place + 1 < len(steps) and steps[place + 1]["depth"] > step["depth"]:
                continue
            key = step["key"]
            root = key.partition("/")[0] in ROOTS and (key in known or bool(step["source"]))
            # Of an event at an end each of its causes stands further up in the chain.
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


@pytest.mark.slow
@pytest.mark.parametrize("case", ("leaves", "hands over", "separates"))
def test_every_event_of_every_sampled_future_has_causes_that_end(case: str) -> None:
    scenario, settings = CASES[case]
    programme = flow.load(scenario, as_of="2022-07-26", settings=settings)
    tables = simulate(programme, default_lanes(12))
    assert bare(tables) == []
    record = {row["key"]: row for row in rows_of(tables, "record")}
    wrong: list[str] = []
    for lane in event_lanes(tables).values():
        reasons = Reasons(programme, lane, record)
        for event in {row.kind: row for row in lane.events}.values():
            wrong += loose(reasons, event)
    assert wrong == []


@pytest.mark.slow
def test_the_last_reboost_rests_on_the_policy_and_on_what_made_it() -> None:
    scenario, settings = CASES["leaves"]
    story = tell(scenario, *settings)
    for event in story.of("reboost"):
        assert {"fact/orbit_policy.altitude", "fact/orbit_policy.band"} < set(event.because)
        assert event.because[0].startswith(("docking/", "fact/provisions.", "fact/flights."))
