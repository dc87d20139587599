"""Who depends on whom."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest

from cupola.analysis.dependence import dependence, present, remains, working
from cupola.programme.functions import Need
from cupola.programme.programme import Programme

DAY = dt.date(2030, 1, 1)


def test_all_works_with_everybody_there(programme: Programme) -> None:
    verdicts = working(programme, DAY)
    assert verdicts and all(works for works, _ in verdicts.values())


def test_what_falls_names_the_first_need_that_is_not_met(programme: Programme) -> None:
    verdicts = working(programme, DAY, {"b"})
    assert verdicts["jets"] == (False, "partner/b")
    assert verdicts["tug-thrust"] == (False, "function/attitude_thrusters")
    assert verdicts["gyro-unit"] == (True, "")


def test_needs_are_followed_through_all_levels(programme: Programme) -> None:
    verdicts = working(programme, DAY, {"a"})
    assert verdicts["computers"] == (False, "function/power")
    assert verdicts["engine"] == (False, "provision/computers")


def test_a_trained_person_must_be_aboard(programme: Programme) -> None:
    others = tuple(row for row in programme.people if row.partner != "b")
    assert working(dataclasses.replace(programme, people=others), DAY)["computers"] == (False, "trained/b")
    left = tuple(dataclasses.replace(row, left=DAY) if row.partner == "b" else row for row in programme.people)
    assert working(dataclasses.replace(programme, people=left), DAY)["computers"] == (False, "trained/b")


def test_an_empty_station_is_run_from_the_ground(programme: Programme) -> None:
    assert working(dataclasses.replace(programme, people=()), DAY)["computers"] == (True, "")
    assert working(dataclasses.replace(programme, people=()), DAY, {"b"})["computers"] == (False, "partner/b")


def test_a_need_for_power_counts_its_amount(programme: Programme) -> None:
    arrays = programme.provisions["arrays"]
    small = dataclasses.replace(arrays, capacity=dataclasses.replace(arrays.capacity, value=400.0))
    changed = dataclasses.replace(programme, provisions={**programme.provisions, "arrays": small})
    verdicts = working(changed, DAY)
    assert verdicts["gyro-unit"] == (False, "function/power")
    assert verdicts["computers"] == (True, "")


def test_an_empty_tank_stops_the_thrusters_unless_a_ship_has_propellant(programme: Programme) -> None:
    tank = programme.stores["tank"]
    empty = dataclasses.replace(tank, level=dataclasses.replace(tank.level, value=0.0))
    dry = dataclasses.replace(programme, stores={**programme.stores, "tank": empty})
    assert working(dry, DAY)["jets"] == (True, "")
    alone = dataclasses.replace(dry, flights={"c1": programme.flights["c1"]})
    assert working(alone, DAY)["jets"] == (False, "store/propellant")


def test_providers_that_need_each_other_hold_each_other_up(programme: Programme) -> None:
    arrays = dataclasses.replace(programme.provisions["arrays"], needs=(Need("provision", "computers"),))
    loop = dataclasses.replace(programme, provisions={**programme.provisions, "arrays": arrays})
    assert all(works for works, _ in working(loop, DAY).values())
    assert working(loop, DAY, {"b"})["arrays"] == (False, "provision/computers")


def test_ships_provide_while_docked_and_each_counts(programme: Programme) -> None:
    second = dataclasses.replace(programme.flights["c1"], id="c3", port="p9")
    more = dataclasses.replace(programme, flights={**programme.flights, "c3": second})
    assert present(programme, DAY)["seats-b"] == 1
    assert present(more, DAY)["seats-b"] == 2
    gone = {key: dataclasses.replace(row, undocked=DAY) for key, row in programme.flights.items()}
    assert "seats-b" not in present(dataclasses.replace(programme, flights=gone), DAY)


def test_a_contractor_counts_as_the_partner_it_acts_for(programme: Programme) -> None:
    tug = dataclasses.replace(programme.provisions["tug-thrust"], operator="c", needs=())
    changed = dataclasses.replace(programme, provisions={**programme.provisions, "tug-thrust": tug})
    assert working(changed, DAY, {"a"})["tug-thrust"] == (False, "partner/a")


@pytest.fixture
def table(programme: Programme) -> dict[tuple[str, str], dict[str, Any]]:
    return {(row["function"], row["partner"]): row for row in dependence(programme, DAY)}


def test_shares_and_only_providers(table: dict[tuple[str, str], dict[str, Any]]) -> None:
    assert table["reboost", "b"]["share"] == pytest.approx(3000.0 / 3600.0)
    assert table["attitude_thrusters", "b"]["only"] and table["attitude_thrusters", "b"]["capacity"] == 500.0
    assert not table["oxygen_generation", "a"]["only"] and table["oxygen_generation", "a"]["unit"] == "kg/d"


def test_falls_says_whose_exit_takes_others_along(table: dict[tuple[str, str], dict[str, Any]]) -> None:
    assert table["reboost", "b"]["falls"]
    assert table["oxygen_generation", "a"]["falls"] and not table["oxygen_generation", "b"]["falls"]
    assert table["command_data", "a"]["capacity"] == 0.0 and table["command_data", "a"]["falls"]


def test_what_remains_without_a_partner(programme: Programme) -> None:
    left = remains(programme, DAY)
    assert left["reboost", "b"] == 0.0
    assert left["oxygen_generation", "b"] == pytest.approx(3.0)
    assert left["power", "b"] == 10.0
