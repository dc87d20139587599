"""Causes are walked within one future, backwards in time, and loops end."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from cupola.analysis.because import Reasons, because_rows
from cupola.analysis.lane import lane_of
from cupola.programme.programme import Programme

D = dt.date
COLUMNS = ("event", "future", "date", "kind", "subject", "key", "value", "unit", "because", "source")


def reasons(programme: Programme, events: list[tuple[int, dt.date, str, str]], record: Any = None) -> Reasons:
    rows = [
        (place, future, day, *key.split("/", 1), key, None, "", because, "")
        for place, (future, day, key, because) in enumerate(events)
    ]
    table = {name: [row[place] for row in rows] for place, name in enumerate(COLUMNS)}
    return Reasons(programme, lane_of({"events": table}, 0), record or {})


def test_the_latest_cause_before_the_event_in_the_same_future_counts(programme: Programme) -> None:
    found = reasons(
        programme,
        [
            (0, D(2030, 1, 1), "function-lost/reboost", ""),
            (0, D(2030, 2, 1), "function-lost/reboost", ""),
            (1, D(2030, 2, 20), "function-lost/reboost", ""),
            (0, D(2030, 3, 1), "reboost-missed/station", "function-lost/reboost"),
            (0, D(2030, 4, 1), "function-lost/reboost", ""),
        ],
    )
    chain = found.chain(found.lane.first("reboost-missed"))
    assert [(step.key, step.date) for step in chain] == [
        ("reboost-missed/station", D(2030, 3, 1)),
        ("function-lost/reboost", D(2030, 2, 1)),
        ("fact/functions.reboost", None),
    ]


def test_a_loop_of_causes_ends(programme: Programme) -> None:
    day = D(2030, 1, 1)
    found = reasons(
        programme,
        [
            (0, day, "provider-lost/jets", "function-lost/power"),
            (0, day, "function-lost/power", "provider-lost/jets"),
            (0, day, "provider-lost/jets", "function-lost/power + provider-lost/jets"),
        ],
    )
    last = found.lane.last("provider-lost")
    assert [step.key for step in found.chain(last)] == ["provider-lost/jets", "function-lost/power"]
    assert found.sentence(last).count("because") <= 4


@pytest.mark.parametrize(
    ("key", "text", "source"),
    [
        (
            "statement/leaving",
            "Director B, head of Agency B, (announced): Agency B will leave after 2030",
            "State TV, 2029",
        ),
        ("rule/trained-b", "flight rule: one person of B aboard", "Rule book"),
        ("agreement/treaty", "Station treaty, Article 9: one year of notice", "Treaty text, 2018"),
        ("obligation/a-power", "a owes: duty a-power", "Duties"),
        ("no-ship/tug", "no ship of the type Ship tug is docked", ""),
        ("crew-absent/b", "nobody trained by Agency B is aboard", ""),
        ("store-empty/propellant", "the propellant in reach is used up", ""),
        ("fact/deorbit.delta_v", "as planned or known: delta v (deorbit)", "Handbook of the invented station, 2029"),
        ("fact/services.capsules", "as planned or known: capsules", "s"),
        ("strange-thing/x_y", "strange thing: x y", ""),
    ],
)
def test_every_kind_of_key_has_words(programme: Programme, key: str, text: str, source: str) -> None:
    found = reasons(programme, [(0, D(2030, 1, 1), "reboost-missed/station", key)])
    step = found.chain(found.lane.first("reboost-missed"))[1]
    assert (step.key, step.text, step.source, step.date is None or step.date.year > 2000) == (key, text, source, True)


def test_the_record_of_the_run_wins_for_facts(programme: Programme) -> None:
    held = {"text": "Ship tug: usual stay", "value": 90.0, "unit": "d", "date": None, "source": "Log"}
    found = reasons(
        programme,
        [(0, D(2030, 1, 1), "undocking/t1", "fact/vehicles.tug")],
        {"fact/vehicles.tug.usual_stay": held},
    )
    step = found.chain(found.lane.first("undocking"))[1]
    assert (step.text, step.source) == ("Ship tug: usual stay is 90 d", "Log")


def test_rows_are_numbered_from_the_event_down(programme: Programme) -> None:
    found = reasons(programme, [(0, D(2030, 1, 1), "undocking/t1", "partner-left/b")])
    table = because_rows("x", found.chain(found.lane.first("undocking")))
    assert [(row["answer"], row["step"], row["depth"]) for row in table] == [("x", 0, 0), ("x", 1, 1), ("x", 2, 2)]


@pytest.mark.parametrize(
    ("condition", "root"),
    [
        ("out-of-service/jets", "fact/provisions.jets"),
        ("provider-lost/jets", "fact/provisions.jets"),
        ("no-ship/tug", "fact/vehicles.tug"),
        ("crew-absent/b", "fact/partners.b"),
        ("store-empty/propellant", "fact/stores.tank"),
        ("altitude-below/floor", "fact/orbit_policy.floor"),
        ("altitude-below/crew-off", "fact/deorbit.crew_off"),
        ("not-attached/lab", "fact/elements.lab"),
        ("reboost/station", "fact/orbit_policy.altitude"),
        ("gyro-failed/gyro", "fact/attitude.gyro_life"),
        ("rule-met/trained-b", "rule/trained-b"),
        ("function-back/reboost", "fact/functions.reboost"),
        ("provider-back/jets", "fact/provisions.jets"),
    ],
)
def test_a_condition_rests_on_the_fact_of_what_it_is_about(programme: Programme, condition: str, root: str) -> None:
    found = reasons(programme, [(0, D(2030, 1, 1), "reboost-missed/station", condition)])
    last = found.chain(found.lane.first("reboost-missed"))[-1]
    assert (last.key, last.depth, bool(last.source)) == (root, 2, True)


def test_a_cause_of_two_things_is_named_again_when_asked(programme: Programme) -> None:
    day = D(2030, 1, 1)
    found = reasons(
        programme,
        [
            (0, day, "partner-left/b", "statement/leaving"),
            (0, day, "provider-lost/jets", "partner-left/b"),
            (0, day, "function-lost/reboost", "provider-lost/jets + partner-left/b"),
        ],
    )
    steps = found.chain(found.lane.first("function-lost"), repeat=True)
    assert [(step.key, step.again) for step in steps] == [
        ("function-lost/reboost", False), ("provider-lost/jets", False), ("partner-left/b", False),
        ("statement/leaving", False), ("partner-left/b", True),
    ]  # fmt: skip
