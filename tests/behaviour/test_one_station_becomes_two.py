"""The Russian segment separates: what leaves the ISS that day is what the other programme begins with."""

from __future__ import annotations

import dataclasses
import datetime as dt
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

import cupola
from behaviour.story import KEPT, Story, leaves, tell
from cupola import flow
from cupola.base.constants import EARTH_RADIUS
from cupola.base.quantity import DAY_S
from cupola.flight.averaged_rates import secular
from cupola.programme.programme import Programme
from cupola.scenario import carry_on, write
from cupola.simulation import default_lanes
from cupola.simulation.clock import fly
from cupola.simulation.model import build_model
from cupola.simulation.orbit_start import orbit_on
from cupola.simulation.processes import agreements
from cupola.simulation.setup import set_up
from cupola.simulation.state import State

AS_OF = "2026-03-01"
AFTER = dt.date(2026, 10, 14)
CUT_DAY = dt.date(2026, 10, 15)
Row = dict[str, Any]


@dataclass(frozen=True)
class Weighed:
    """The station of one future put on the scales, without what the recorder notes of it."""

    total: float
    structure: float
    elements: float
    ships: dict[str, tuple[str, float]]
    """Port -> flight and its mass [kg]"""
    altitude: float
    node: float


def weigh(state: State, lane: int = KEPT) -> Weighed:
    ships = {
        port: (state.flight_ids[int(state.port_flight[row, lane])], float(state.port_mass[row, lane]))
        for row, port in enumerate(state.model.ports)
        if state.port_flight[row, lane] >= 0
    }
    tanks = math.fsum(float(level) for level in state.ledger.levels[:, lane])
    docked = math.fsum(mass for _, mass in ships.values())
    structure, elements = float(state.structure[lane]), float(state.element_mass[lane])
    altitude, node = float(state.altitude[lane]), float(state.orbit.node[lane])
    return Weighed(structure + tanks + docked, structure, elements, ships, altitude, node)


@dataclass(frozen=True)
class Parting:
    """A run, and the first station just before and just after the other part has gone."""

    story: Story
    before: Weighed
    after: Weighed


@pytest.fixture(scope="module", params=["zvezda", "zarya", "nauka"])
def parting(request: pytest.FixtureRequest) -> Iterator[Parting]:
    """Cut behind Zarya, before it, or at Nauka alone; with the ships that are docked there."""
    leaving = leaves("roscosmos", "separates", str(AFTER), cut=request.param, ships="along")
    part_away, weights = agreements.part_away, list[Weighed]()

    def between(state: State, *given: Any) -> int:
        weights.append(weigh(state))
        event = part_away(state, *given)
        weights.append(weigh(state))
        return event

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(agreements, "part_away", between)
        story = tell.__wrapped__("iss", *leaving, "span.end=2026-10-20", as_of=AS_OF)
    assert len(weights) == 2
    yield Parting(story, *weights)


@pytest.fixture(scope="module")
def story(parting: Parting) -> Story:
    return parting.story


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


def test_the_first_station_loses_what_is_noted_to_the_kilogram(parting: Parting, rows: list[Row]) -> None:
    """Closure across the cut alone: what is used on that day comes before or after it."""
    noted = math.fsum(row["amount"] for row in rows if row["unit"] == "kg")
    assert noted > 20_000.0
    assert parting.before.total - parting.after.total == pytest.approx(noted, rel=1e-9)
    # Over the whole day there is besides what people and engines use, where no other ship comes or goes.
    gone = {row["id"] for row in rows if row["kind"] == "ship"}
    others = [stay for stay in parting.story.stays(KEPT) if stay["flight"] not in gone]
    assert not [stay for stay in others if CUT_DAY in (stay["arrived"], stay["left"])]
    mass = parting.story.column("mass", KEPT)
    assert mass[AFTER] - mass[CUT_DAY] == pytest.approx(noted, abs=80.0)


def test_each_ship_goes_with_the_mass_it_has_in_the_run(parting: Parting, rows: list[Row]) -> None:
    noted = {row["place"]: (row["id"], row["amount"]) for row in rows if row["kind"] == "ship"}
    left = {port: ship for port, ship in parting.before.ships.items() if port not in parting.after.ships}
    assert noted.keys() == left.keys()
    for port, (flight, mass) in left.items():
        assert noted[port] == (flight, pytest.approx(mass, rel=1e-12))
        vehicle = next(row["what"] for row in rows if row["kind"] == "ship" and row["place"] == port)
        whole = parting.story.programme.vehicles[vehicle].mass
        assert 0.5 * whole.low < mass <= whole.high, "its own mass, and what is not unloaded yet"
    stayed = {port: ship for port, ship in parting.before.ships.items() if port not in left}
    assert parting.after.ships == stayed


def test_each_element_is_noted_with_its_own_mass_and_its_share_of_the_outfitting(
    parting: Parting, rows: list[Row]
) -> None:
    elements = of(rows, "element")
    assert elements == {key: parting.story.programme.elements[key].mass.value for key in elements}
    before = parting.before
    listed = math.fsum(elements.values())
    share = (before.structure - before.elements) * listed / before.elements
    assert of(rows, "outfitting")[next(iter(of(rows, "outfitting")))] == pytest.approx(share, rel=1e-9)
    assert before.structure - parting.after.structure == pytest.approx(listed + share, rel=1e-9)


def test_the_part_is_noted_on_the_orbit_of_the_run(parting: Parting, rows: list[Row]) -> None:
    noted = of(rows, "orbit")
    assert noted["altitude"] == pytest.approx(parting.before.altitude / 1000.0, rel=1e-12)
    assert noted["node"] == pytest.approx(math.degrees(parting.before.node) % 360.0, rel=1e-12)
    story = parting.story
    altitude = story.column("altitude", KEPT)
    assert noted["altitude"] == pytest.approx(altitude[AFTER], abs=0.1), "a day's decay and no more"
    programme = story.programme
    node, day = orbit_on(programme, programme.span.start)[1], programme.span.start
    while day < CUT_DAY:
        axis, tilt = np.array([EARTH_RADIUS + altitude[day] * 1000.0]), np.array([programme.orbit.inclination.value])
        node += float(secular(axis, tilt).node[0]) * DAY_S
        day += dt.timedelta(days=1)
    assert noted["node"] == pytest.approx(math.degrees(node) % 360.0, abs=0.05)


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
    assert part.orbit.altitude.value / 1000.0 == pytest.approx(story.column("altitude", KEPT)[AFTER], abs=0.1)
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
