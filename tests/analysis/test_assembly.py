"""What the station can do at each step of its assembly, judged from hand-made tables and from a run."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from typing import Any

import pytest

from cupola.analysis.answer import Case, case_of
from cupola.analysis.assembly import Step, assembly, assembly_answer, is_built, steps, verdict_of
from cupola.base.tables import TABLES
from cupola.programme.programme import Programme
from cupola.simulation.clock import simulate
from cupola.simulation.lanes import default_lanes
from support.nouns import coming, function, on, provision, q, service
from support.small_station import more, small
from support.told import event, run_tables

LAB, NODE = 20, 35


def station(days: int = 60) -> Programme:
    """Three functions; a laboratory comes on day 20 and a node on day 35."""
    programme = small(days, services={}, rules={})
    kept = ("arrays", "a-oxygen", "taxi-seats", "capsule-seats")
    programme = dataclasses.replace(
        programme,
        functions={
            row.id: dataclasses.replace(row, name=name)
            for row, name in (
                (function("power", "kW", 20), "Power"),
                (function("oxygen_generation", "kg/d", 0.8, "crew"), "Oxygen generation"),
                (function("return_seats", "1", 1, "crew"), "Return seats"),
                (function("robotic_arm", "1", 1, "none", False), "Robotic arm"),
            )
        },
        provisions={key: programme.provisions[key] for key in kept},
        elements={key: dataclasses.replace(row, name=f"Module {key}") for key, row in programme.elements.items()},
    )
    return more(
        programme,
        elements={
            "lab": dataclasses.replace(coming("lab", "core", 8000, LAB), name="Laboratory"),
            "node": dataclasses.replace(coming("node", "lab", 3000, NODE), name="Node"),
        },
        provisions={
            "lab-arrays": provision("lab-arrays", "power", "lab", q(10, "kW"), "a"),
            "lab-arm": provision("lab-arm", "robotic_arm", "lab", q(0.1), "a"),
        },
    )


def capacity(day: int, key: str, amount: float, missing: str = "") -> dict[str, Any]:
    """From that day on the provision gives so much, or lacks something."""
    row = station().provisions[key]
    held = {"future": 0, "date": on(day), "function": row.function, "provision": key, "partner": row.operator}
    return held | {"capacity": amount, "working": not missing, "missing": missing}


def stay(flight: str, vehicle: str, arrived: int, left: int | None, port: str = "front") -> dict[str, Any]:
    row = {"future": 0, "flight": flight, "name": flight, "vehicle": vehicle, "partner": "a", "port": port}
    return row | {"arrived": on(arrived), "left": None if left is None else on(left), "crew": 0, "recorded": False}


ATTACHED = [event(LAB, "element-attached/lab", "statement/said"), event(NODE, "element-attached/node")]
FIRST = [
    capacity(0, "arrays", 40.0),
    capacity(0, "a-oxygen", 3.0),
    capacity(0, "lab-arrays", 10.0, "not-attached/lab"),
    capacity(0, "lab-arm", 0.1, "not-attached/lab"),
    capacity(0, "taxi-seats", 4.0, "no-ship/taxi"),
    capacity(0, "capsule-seats", 3.0, "no-ship/capsule"),
]


def case(programme: Programme | None = None, **tables: Sequence[dict[str, Any]]) -> Case:
    return case_of(programme or station(), run_tables(**{"events": ATTACHED, "capacity": FIRST, **tables}), None)


def row_of(rows: Sequence[dict[str, Any]], step: int, function: str) -> dict[str, Any]:
    return next(row for row in rows if row["step"] == step and row["function"] == function)


# Steps --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("day", "built"), [(-1, False), (0, True), (59, True), (60, False)])
def test_a_station_is_built_where_an_element_comes_within_the_span(day: int, built: bool) -> None:
    assert is_built(more(small(60), elements={"lab": coming("lab", "core", 8000, day)})) == built


def test_of_a_station_that_is_complete_there_are_no_steps_to_tell() -> None:
    found = case_of(small(60), run_tables(), None)
    assert assembly(found) == [] and assembly_answer(found, []) is None


def told(found: Sequence[Step]) -> list[tuple[int, int, str, tuple[str, ...]]]:
    """Number of the first day, number of the day after the last, change, elements."""
    return [((row.begin - on(0)).days, (row.end - on(0)).days, row.change, row.elements) for row in found]


OLD = ("core", "truss", "engine-block", "cabin")


def test_a_step_lasts_until_the_next_one() -> None:
    found = case()
    assert told(steps(found, found.kept)) == [
        (0, LAB, "first day", OLD),
        (LAB, NODE, "attached", ("lab",)),
        (NODE, 60, "attached", ("node",)),
    ]
    assert [row.number for row in steps(found, found.kept)] == [0, 1, 2]
    assert [row.event and row.event.key for row in steps(found, found.kept)] == [
        None, "element-attached/lab", "element-attached/node"
    ]  # fmt: skip


def test_the_last_step_ends_with_the_station() -> None:
    found = case(events=[*ATTACHED, event(50, "entry/station")])
    assert told(steps(found, found.kept))[-1] == (NODE, 50, "attached", ("node",))


def test_what_comes_on_one_day_is_one_step_and_what_goes_is_another() -> None:
    day = [
        event(LAB, "element-detached/cabin"),
        event(LAB, "element-attached/lab"),
        event(LAB, "element-attached/node"),
        event(40, "element-lost/tail"),
    ]
    found = case(events=day)
    assert told(steps(found, found.kept))[1:] == [
        (LAB, LAB, "left", ("cabin",)),
        (LAB, 40, "attached", ("lab", "node")),
        (40, 60, "lost", ("tail",)),
    ]


def test_a_cut_takes_all_that_hangs_on_the_element() -> None:
    found = case(events=[event(LAB, "separated/engine-block")])
    assert told(steps(found, found.kept))[1] == (LAB, 60, "left", ("engine-block", "cabin"))


def test_only_the_future_asked_for_is_told() -> None:
    found = case(events=[event(LAB, "element-attached/lab"), event(25, "element-lost/node", future=1)])
    assert len(steps(found, found.kept)) == 2
    assert found.waived is not None and len(steps(found, found.waived)) == 2
    assert told(steps(found, found.waived))[1][2] == "lost"


def test_elements_are_named_in_order() -> None:
    found = case(events=[event(LAB, "element-attached/lab"), event(LAB, "element-attached/node")])
    step = steps(found, found.kept)[1]
    assert step.names(found.programme) == "Laboratory and Node"


# Verdicts -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amount", "demand", "basis", "verdict"),
    [
        (0.0, 5.0, "station", "none"),
        (0.0, 5.0, "none", "none"),
        (4.9, 5.0, "station", "short"),
        (4.9, 5.0, "none", "enough"),
        (5.0 - 1e-12, 5.0, "crew", "enough"),
        (5.0, 5.0, "crew", "enough"),
    ],
)
def test_a_verdict_compares_with_the_need_where_there_is_one(
    amount: float, demand: float, basis: str, verdict: str
) -> None:
    assert verdict_of(amount, demand, basis) == verdict


def test_there_is_a_row_for_each_step_and_function_with_all_columns() -> None:
    rows = assembly(case())
    assert [(row["step"], row["function"]) for row in rows] == [
        (step, key) for step in (0, 1, 2) for key in station().functions
    ]
    assert all(list(row) == [column.name for column in TABLES["assembly"].columns] for row in rows)
    row = row_of(rows, 1, "power")
    assert (row["date"], row["change"], row["elements"]) == (on(LAB), "attached", "Laboratory")
    assert (row["name"], row["unit"], row["vital"]) == ("Power", "kW", True)
    assert row_of(rows, 1, "robotic_arm")["vital"] is False


def test_what_a_new_element_gives_counts_from_its_step_on() -> None:
    changes = [capacity(LAB, "lab-arrays", 10.0), capacity(LAB, "lab-arm", 0.1)]
    rows = assembly(case(capacity=[*FIRST, *changes]))
    assert [row_of(rows, step, "power")["best"] for step in (0, 1, 2)] == [40.0, 50.0, 50.0]
    assert [row_of(rows, step, "robotic_arm")["verdict"] for step in (0, 1, 2)] == ["none", "enough", "enough"]
    assert row_of(rows, 0, "power")["demand"] == 20.0 and row_of(rows, 0, "power")["verdict"] == "enough"


def test_the_need_of_people_is_that_of_the_usual_crew() -> None:
    # 0.8 kg a day for each of five.
    row = row_of(assembly(case()), 0, "oxygen_generation")
    assert (row["demand"], row["best"], row["verdict"]) == (pytest.approx(4.0), 3.0, "short")
    rich = [*FIRST, capacity(LAB, "a-oxygen", 4.0)]
    assert row_of(assembly(case(capacity=rich)), 1, "oxygen_generation")["verdict"] == "enough"


def test_the_best_day_of_a_step_counts_and_the_first_is_told_too() -> None:
    changes = [
        capacity(LAB, "lab-arrays", 10.0),
        capacity(LAB + 5, "arrays", 45.0),
        capacity(LAB + 9, "arrays", 45.0, "partner-left/a"),
    ]
    row = row_of(assembly(case(capacity=[*FIRST, *changes])), 1, "power")
    assert (row["capacity"], row["best"], row["verdict"]) == (50.0, 55.0, "enough")
    later = row_of(assembly(case(capacity=[*FIRST, *changes])), 2, "power")
    assert (later["capacity"], later["best"], later["verdict"]) == (10.0, 10.0, "short")


def seats(*stays: dict[str, Any], working: bool = True) -> list[dict[str, Any]]:
    held = [row for row in FIRST if row["function"] != "return_seats"]
    held += [capacity(0, "taxi-seats", 4.0, "" if working else "no-ship/taxi"), capacity(0, "capsule-seats", 3.0)]
    return [row for row in assembly(case(capacity=held, stays=stays)) if row["function"] == "return_seats"]


def test_ships_docked_in_a_step_count_as_often_as_they_are_there() -> None:
    found = seats(
        stay("t1", "taxi", 5, 12), stay("t2", "taxi", 9, 15, "top"), stay("c1", "capsule", LAB + 3, None, "side")
    )
    # Two taxis from day 9 to 12; then one capsule, which stays.
    assert [row["best"] for row in found] == [8.0, 3.0, 3.0]
    assert [row["capacity"] for row in found] == [0.0, 0.0, 3.0]
    assert [row["verdict"] for row in found] == ["enough", "short", "short"]


def test_a_ship_that_leaves_on_the_day_of_the_change_is_no_part_of_the_step() -> None:
    assert [row["best"] for row in seats(stay("t1", "taxi", 5, LAB))] == [4.0, 0.0, 0.0]
    assert [row["best"] for row in seats(stay("t1", "taxi", -5, LAB + 1))] == [4.0, 4.0, 0.0]


def test_a_ship_that_moves_counts_once() -> None:
    found = seats(stay("t1", "taxi", 5, 12), stay("t1", "taxi", 12, 18, "top"))
    assert found[0]["best"] == 4.0


def test_who_provides_it_is_told_or_what_is_missing() -> None:
    working = [capacity(LAB, "lab-arrays", 10.0)]
    rows = assembly(case(capacity=[*FIRST, *working]))
    assert row_of(rows, 0, "power")["why"] == "arrays"
    assert row_of(rows, 1, "power")["why"] == "arrays and lab-arrays"
    assert row_of(rows, 0, "robotic_arm")["why"] == "Laboratory is not there yet"
    assert row_of(rows, 0, "return_seats")["why"] == (
        "no ship of the type taxi is docked and no ship of the type capsule is docked"
    )
    assert row_of(assembly(case(capacity=[])), 0, "power")["why"] == "nothing is there that provides it"


def test_what_was_there_for_a_part_of_a_step_alone_is_told_so() -> None:
    lost = [capacity(5, "arrays", 40.0, "partner-left/a")]
    row = row_of(assembly(case(capacity=[*FIRST, *lost])), 0, "power")
    assert (row["best"], row["verdict"], row["why"]) == (40.0, "enough", "for a part of the step")


# The answer ---------------------------------------------------------------------------------------------------------


def answered(*changes: dict[str, Any], stays: Sequence[dict[str, Any]] = ()) -> Any:
    found = case(capacity=[*FIRST, *changes], stays=stays)
    return assembly_answer(found, assembly(found))


HOME = [stay("t1", "taxi", 0, None), stay("c1", "capsule", 0, None, "side")]
"""Seats for all from the first day on"""
SEATS = [capacity(0, "taxi-seats", 4.0), capacity(0, "capsule-seats", 3.0)]


def test_the_answer_tells_what_each_step_lacks_until_it_can_be_lived_in() -> None:
    answer = answered(*SEATS, capacity(NODE, "a-oxygen", 5.0), stays=HOME)
    assert answer.id == "assembly" and answer.date == on(NODE) and (answer.value, answer.unit) == (3.0, "steps")
    assert answer.sentence == (
        "From 2022-07-26 on, with Module core, Module truss, Module engine-block and Module cabin, it lacks oxygen "
        "generation. From 2022-08-15 on, after the arrival of Laboratory, it lacks oxygen generation. From 2022-08-30 "
        "on, after the arrival of Node, all that people cannot live without is there."
    )
    # The arm is not vital.
    assert "arm" not in answer.sentence


def test_a_station_that_can_be_lived_in_from_the_first_day_says_so_and_what_it_loses_later() -> None:
    answer = answered(
        *SEATS, capacity(0, "a-oxygen", 5.0), capacity(LAB, "a-oxygen", 5.0, "partner-left/a"), stays=HOME
    )
    assert answer.date == on(0)
    assert answer.sentence.startswith("From 2022-07-26 on, with Module core")
    assert answer.sentence.endswith("From 2022-08-30 on, after the arrival of Node, it lacks oxygen generation again.")
    assert answer.sentence.count("again") == 2


def test_where_no_step_suffices_there_is_no_date() -> None:
    answer = answered()
    assert answer.date is None and answer.steps == ()
    assert answer.sentence.count("it lacks oxygen generation and return seats.") == 3


def test_the_first_step_that_suffices_is_explained() -> None:
    answer = answered(*SEATS, capacity(LAB, "a-oxygen", 5.0), stays=HOME)
    assert answer.date == on(LAB)
    assert [step.key for step in answer.steps] == ["element-attached/lab", "statement/said"]


# A run --------------------------------------------------------------------------------------------------------------


def test_a_station_that_gets_its_engines_within_the_run_can_be_lived_in_from_then_on() -> None:
    # A docking without thrusters would end the attitude control of the station.
    lines = {"taxi": service("taxi", 180, LAB + 5, (("a", 4),)), "capsule": service("capsule", 180, LAB + 6)}
    programme = small(60, services=lines, rules={})
    changed = {key: dataclasses.replace(programme.elements[key], attached=on(LAB)) for key in ("engine-block", "cabin")}
    programme = more(programme, elements=changed)
    found = case_of(programme, simulate(programme, default_lanes(0)), None)
    rows = assembly(found)
    before = {row["function"]: row["verdict"] for row in rows if row["step"] == 0}
    after = {row["function"]: row["verdict"] for row in rows if row["step"] == 1}
    assert before["reboost"] == before["attitude_thrusters"] == "none"
    assert set(after.values()) == {"enough"}
    assert row_of(rows, 0, "reboost")["why"].startswith("engine-block is not there yet")
    answer = assembly_answer(found, rows)
    assert answer is not None and answer.date == on(LAB)
    assert isinstance(answer.date, dt.date) and "it lacks reboost" in answer.sentence
