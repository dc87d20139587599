"""Who can push the station: the ships and engines of a small one, and what keeps the others from it."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest

from cupola.analysis.pushers import Pusher, Station, engines, named, station_for_burn
from cupola.base.constants import STANDARD_GRAVITY
from cupola.base.errors import DomainError
from cupola.programme.programme import Programme
from support.judged_nouns import q

D = dt.date
DAY = D(2029, 12, 15)
"""A day of the record: a capsule at p1 and a tug with 300 kg at p2; both ports lie behind the station's engine."""


def changed(programme: Programme, table: str, key: str, **values: Any) -> Programme:
    rows = {**getattr(programme, table)}
    rows[key] = dataclasses.replace(rows[key], **values)
    return dataclasses.replace(programme, **{table: rows})


@pytest.fixture
def ready(programme: Programme) -> Programme:
    """With numbers that a burn needs: no reserve, a tenth for steering, thrust of the tug alone."""
    policy = dataclasses.replace(
        programme.orbit_policy,
        propellant_reserve=q(100.0, "kg"),
        let_down_reserve=q(40.0, "kg"),
        burn_control=q(0.1),
        engine_impulse=q(300.0, "s"),
        floor=q(400.0, "km"),
    )
    eaten = {"oxygen": 0.84, "carbon_dioxide": 1.0, "food": 1.83, "dry_food": 0.62, "drink": 2.5}
    made = {"urine": 1.5, "condensate": 1.5, "waste": 0.9}
    life = {key: q(value, "kg/d") for key, value in {**eaten, **made}.items()}
    found = dataclasses.replace(
        programme, orbit_policy=policy, life_support=dataclasses.replace(programme.life_support, **life)
    )
    found = changed(found, "vehicles", "capsule", thrust=q(0.0, "N"), propellant=q(0.0, "kg"))
    return changed(
        found, "vehicles", "tug", thrust=q(600.0, "N"), specific_impulse=q(290.0, "s"), propellant=q(0.0, "kg")
    )


def by_name(station: Station) -> dict[str, Pusher]:
    return {one.port or one.kind: one for one in station.pushers}


def test_a_ship_with_thrust_pushes_and_says_how_much(ready: Programme) -> None:
    station = station_for_burn(ready, DAY)
    tug = by_name(station)["p2"]
    assert (tug.refused, tug.tank, tug.spend, tug.turn) == ("", 300.0, 300.0, "prograde")
    exhaust = 290.0 * STANDARD_GRAVITY
    assert tug.delta_v == pytest.approx(exhaust * 300.0 / 1.1 / station.mass, rel=0.02)
    assert 409e3 < station.altitude < 410e3
    # Elements, stores, both ships with their propellant, and what no row lists.
    assert station.mass == pytest.approx(2 * 10_000.0 + 2 * 7_000.0 + 1_000.0 + 500.0, rel=0.01)
    assert [engine.name for engine in engines(station, 1.0)] == [named(tug)] == ["Flight t1 at p2"]


def test_each_that_cannot_push_says_why(ready: Programme) -> None:
    found = by_name(station_for_burn(ready, DAY))
    assert found["p1"].refused == "it has no thrust for reboosts"
    assert found["engine"].refused == "Flight c1 stands behind it at p1"
    assert found["engine"].delta_v == 0.0


@pytest.mark.parametrize(
    ("table", "key", "values", "port", "said"),
    [
        ("ports", "p2", {"burn": "none"}, "p2", "from this port nothing pushes along the flight"),
        ("vehicles", "tug", {"ports": ("p1",)}, "p2", "its type is not made for this port"),
        ("vehicles", "tug", {"propellant_own": q(0.0, "kg")}, "p2", "its tanks are dry"),
        ("provisions", "tug-thrust", {"since": D(2031, 1, 1)}, "p2", "reboosts by its type are not known on this day"),
        ("provisions", "jets", {"until": D(2025, 1, 1)}, "p2", "it lacks attitude_thrusters (function-lost)"),
        ("provisions", "arrays", {"until": D(2025, 1, 1)}, "engine", "it lacks computers (provider-lost)"),
    ],
)
def test_what_a_ship_or_an_engine_lacks(
    ready: Programme, table: str, key: str, values: dict[str, Any], port: str, said: str
) -> None:
    assert by_name(station_for_burn(changed(ready, table, key, **values), DAY))[port].refused == said


def test_the_stations_own_engine_fires_when_the_ports_behind_it_are_clear(ready: Programme) -> None:
    clear = dataclasses.replace(ready, flights={}, people=())
    station = station_for_burn(clear, DAY)
    (engine,) = station.pushers
    assert (engine.port, engine.kind, engine.refused) == ("", "engine", "")
    # 600 kg in the tank, of which the reserve of 100 is left; below the floor that of the end, and for the end none.
    assert (engine.tank, engine.spend) == (600.0, 500.0)
    low = dataclasses.replace(clear, altitudes=tuple(dataclasses.replace(a, altitude=390e3) for a in ready.altitudes))
    assert station_for_burn(low, DAY).pushers[0].spend == 560.0
    assert station_for_burn(clear, DAY, ending=True).pushers[0].spend == 600.0
    assert engines(station, 1.0)[0].thrust == 3_000.0


def test_what_a_ship_brought_is_told_apart(ready: Programme) -> None:
    more = changed(ready, "vehicles", "tug", propellant=q(600.0, "kg"))
    station = station_for_burn(more, DAY)
    tug = by_name(station)["p2"]
    assert tug.delta_v_all == pytest.approx(3.0 * tug.delta_v, rel=0.03)
    assert engines(station, 2.0 * tug.delta_v)[0].most == pytest.approx(tug.delta_v_all)


def pusher(port: str, delta_v: float, spend: float, refused: str = "") -> Pusher:
    return Pusher(port, f"Ship {port}", "ship", "prograde", 500.0, 300.0, spend, spend, delta_v, refused)


def test_engines_in_turn_never_burn_the_same_propellant_twice() -> None:
    own = [dataclasses.replace(pusher("", 60.0, 1_000.0), name=name, kind=name) for name in ("left", "right")]
    rows = (pusher("a", 6.0, 100.0), pusher("b", 6.0, 100.0, "its tanks are dry"), *own)
    station = Station(DAY, 50_000.0, 100.0, 400e3, 0.9, 0.0, 0.1, 1_050.0, rows, ())
    # One that suffices alone is enough; the first of them in order.
    assert [engine.name for engine in engines(station, 5.0)] == ["Ship a at a"]
    assert [engine.name for engine in engines(station, 20.0)] == ["left"]
    together = engines(station, 100.0)
    assert [engine.name for engine in together] == ["Ship a at a", "left"]
    burnt = sum(1.1 * 50_000.0 * engine.most / (300.0 * STANDARD_GRAVITY) for engine in together)
    assert burnt == pytest.approx(1_050.0, rel=0.01)
    assert engines(station, 5.0, "right")[0].name == "right" and engines(station, 5.0, "b") == ()


def test_days_without_a_station_are_refused(ready: Programme) -> None:
    for day, said in ((D(2019, 1, 1), "before the station exists"), (D(2040, 1, 1), "not before the end of the run")):
        with pytest.raises(DomainError, match=said):
            station_for_burn(ready, day)
    ended = dataclasses.replace(ready, deorbit=dataclasses.replace(ready.deorbit, ended=D(2029, 6, 1)))
    with pytest.raises(DomainError, match="after the station's end"):
        station_for_burn(ended, DAY)


def test_without_a_known_altitude_it_is_refused_or_that_of_the_start_is_taken(ready: Programme) -> None:
    orbit = dataclasses.replace(ready.orbit, epoch=D(2031, 1, 1))
    bare = dataclasses.replace(ready, altitudes=(), orbit=orbit)
    with pytest.raises(DomainError, match="altitude: is on record on no day up to 2029-12-15"):
        station_for_burn(bare, DAY)
    given = station_for_burn(bare, DAY, height=405e3)
    assert (given.altitude, given.known) == (405e3, "as given")
    assert station_for_burn(ready, DAY).known == "between those recorded on 2029-12-11 and 2030-03-01"
