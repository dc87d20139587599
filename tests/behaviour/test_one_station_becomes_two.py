"""The Russian segment separates: what leaves the ISS that day is what the other programme begins with."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest

import cupola
from behaviour.story import KEPT, Story, leaves, tell
from cupola import flow
from cupola.programme.programme import Programme
from cupola.scenario import carry_on, write
from cupola.simulation import default_lanes
from cupola.simulation.clock import fly
from cupola.simulation.model import build_model
from cupola.simulation.setup import set_up
from cupola.simulation.state import State

AS_OF = "2026-03-01"
AFTER = dt.date(2026, 10, 14)
CUT_DAY = dt.date(2026, 10, 15)
Row = dict[str, Any]


@pytest.fixture(scope="module", params=["zvezda", "zarya", "nauka"])
def story(request: pytest.FixtureRequest) -> Story:
    """Cut behind Zarya, before it, or at Nauka alone; with the ships that are docked there."""
    leaving = leaves("roscosmos", "separates", str(AFTER), cut=request.param, ships="along")
    return tell("iss", *leaving, "span.end=2026-10-20", as_of=AS_OF)


@pytest.fixture(scope="module")
def rows(story: Story) -> list[Row]:
    return [row for row in story.rows("separated") if row["future"] == KEPT]


@pytest.fixture(scope="module")
def part(story: Story, rows: list[Row], tmp_path_factory: pytest.TempPathFactory) -> Programme:
    """The other programme, written and read again."""
    other = flow.load("ros-from-iss", as_of=AS_OF)
    carried = carry_on(story.programme, other, rows, "new-station", "a run")
    folder = tmp_path_factory.mktemp("runs") / "new-station"
    write(carried.programme, folder)
    return flow.load(folder, as_of=AS_OF)


@pytest.fixture(scope="module")
def first(part: Programme) -> State:
    """The new station on its first morning."""
    return set_up(build_model(part), default_lanes(3), 1)


def test_nobody_is_trained_for_what_has_gone(story: Story) -> None:
    """The rule holds while anything that the partner runs is attached, and lapses with the last of it."""
    kept = [row["date"] for row in story.rows("events") if row["key"] == "rule-crossed/trained-roscosmos"]
    left = {row["id"] for row in story.rows("separated") if row["kind"] == "element"}
    run_by = {key for key, one in story.programme.elements.items() if one.operator == "roscosmos"}
    gone = {key for key in run_by if (off := story.programme.elements[key].detached) is not None and off < AFTER}
    assert (run_by - gone <= left) == ("zarya" in left)
    if "zarya" in left:
        assert not [day for day in kept if day >= CUT_DAY]


def test_a_sinking_that_the_separation_ends_is_called_off() -> None:
    """In every future the station is let sink before the cut; the part that flew away is not."""
    settings = ("span.end=2026-10-20", "span.futures=1", *leaves("roscosmos", "separates", str(AFTER), cut="zvezda"))
    programme = flow.load("iss", as_of=AS_OF, settings=settings)
    lanes = [dataclasses.replace(lane, let_down=100 + lane.index) for lane in default_lanes(1)]
    state = fly(programme, lanes)
    assert state.alive.all() and (state.let_down >= 100).all()
    assert not state.attached["zvezda"].any()


def of(rows: list[Row], kind: str) -> dict[str, float]:
    return {row["id"]: row["amount"] for row in rows if row["kind"] == kind}


def test_the_books_close(story: Story, rows: list[Row], part: Programme, first: State) -> None:
    assert part.span.start == part.orbit.epoch == CUT_DAY
    there = part.attached_on(CUT_DAY)
    assert {key: row.mass.value for key, row in there.items()} == of(rows, "element")
    outfitting = sum(row["amount"] for row in rows if row["kind"] == "outfitting")
    for lane in range(first.width):
        fixed = first.structure[lane] - first.element_mass[lane]
        assert fixed == pytest.approx(outfitting, rel=1e-9)
        for store, level in of(rows, "store").items():
            assert first.ledger.level(store)[lane] == pytest.approx(level, rel=1e-9, abs=1e-12), store
        for row in rows:
            if row["kind"] == "tank":
                assert first.ledger.level(f"ship/{row['place']}")[lane] == pytest.approx(row["amount"], rel=1e-9)
            if row["kind"] == "ship":
                port = first.model.ports.index(row["place"])
                assert first.port_mass[port, lane] == pytest.approx(row["amount"], rel=1e-9)
        whole = sum(row["amount"] for row in rows if row["unit"] == "kg")
        assert first.mass[lane] == pytest.approx(whole, rel=1e-9)


def test_each_commodity_arrives_in_full(rows: list[Row], first: State) -> None:
    left: dict[str, float] = {}
    for row in rows:
        if row["kind"] in ("store", "tank"):
            left[row["what"]] = left.get(row["what"], 0.0) + row["amount"]
    assert left["propellant"] >= 0.0
    for commodity in {row.commodity for row in first.ledger.rows}:
        there = first.ledger.total(commodity)[0]
        assert there == pytest.approx(left.get(commodity, 0.0), rel=1e-9, abs=1e-9), commodity


def test_what_left_is_missing_at_the_iss(story: Story, rows: list[Row]) -> None:
    event = next(row for row in story.of("separated", KEPT))
    assert event.date == CUT_DAY
    structure = sum(row["amount"] for row in rows if row["kind"] in ("element", "outfitting"))
    assert event.value == pytest.approx(structure, rel=1e-9)
    booked = {
        row["commodity"]: -row["amount"]
        for row in story.rows("flows")
        if row["future"] == KEPT and row["cause"] == "separated"
    }
    for commodity, amount in booked.items():
        noted = sum(row["amount"] for row in rows if row["kind"] in ("store", "tank") and row["what"] == commodity)
        assert amount == pytest.approx(noted, rel=1e-9), commodity


def test_people_go_along_in_the_ships_that_take_them_home(story: Story, rows: list[Row], first: State) -> None:
    people = sum(row["amount"] for row in rows if row["kind"] == "people")
    assert first.crew[0] == people
    assert {row["what"] for row in rows if row["kind"] == "people"} <= {"roscosmos"}
    before, after = story.column("crew", KEPT)[AFTER - dt.timedelta(days=1)], story.column("crew", KEPT)[CUT_DAY]
    home = sum(event.value or 0.0 for event in story.of("undocking", KEPT) if event.date in (AFTER, CUT_DAY))
    assert before - after == pytest.approx(people + home)
    assert first.seats[0] >= first.crew[0]


def test_those_who_go_take_their_share_of_what_people_live_on(story: Story, rows: list[Row]) -> None:
    people = sum(row["amount"] for row in rows if row["kind"] == "people")
    food = sum(row["amount"] for row in rows if row["what"] == "food")
    if people and any(row["what"] == "food" for row in rows):
        left = story.column("food", KEPT)[CUT_DAY] / story.column("crew", KEPT)[CUT_DAY]
        # Those who stay eat on the day of the cut.
        assert food / people == pytest.approx(left, rel=0.02)


def test_the_station_flies_on_where_the_other_was(story: Story, part: Programme) -> None:
    assert part.orbit.altitude.value / 1000.0 == pytest.approx(story.column("altitude", KEPT)[AFTER], abs=0.5)
    assert "nem" not in part.elements, "it was not there to leave"


def test_the_new_station_lives_on(story: Story, part: Programme) -> None:
    if story.programme.departure is None or story.programme.departure.cut == "nauka":
        return
    programme = flow.load("ros-from-iss", as_of=AS_OF)
    assert part.services.keys() == programme.services.keys()
    import dataclasses

    short = dataclasses.replace(part, span=dataclasses.replace(part.span, end=CUT_DAY + dt.timedelta(days=40)))
    state = fly(short, default_lanes(0))
    assert state.alive.all() and state.controlled.all()
    assert max(float(missing.max()) for missing in state.ledger.closure().values()) < 1e-9


def test_a_run_continues_in_the_other_programme(tmp_path: Any) -> None:
    settings = (
        *leaves("roscosmos", "separates", str(AFTER), cut="zarya", ships="along", continues="ros-from-iss"),
        "span.end=2026-10-18", "span.futures=1",
    )  # fmt: skip
    case = cupola.run("iss", as_of=AS_OF, settings=settings, out=tmp_path)
    assert case.continued is not None
    assert case.continued.programme.span.start == CUT_DAY
    assert (tmp_path / case.continued.programme.id / "scenario.yaml").is_file()
