"""The planned end: the station is let sink, and at the hold altitude its last burns are made, or it is said why not."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest

from cupola.physics.deorbit import perigee_after
from cupola.physics.reboost import propellant_for
from cupola.programme.programme import Programme
from cupola.programme.settings import Burn
from cupola.simulation.clock import fly
from cupola.simulation.state import State
from support.nouns import STATUS, WHERE, flight, on, people, q, store
from support.small_station import more, small
from support.told import NOMINAL, Run, days, events, of, prints, sampled

HOLD, LOWEST, ENTRY = 270e3, 220e3, 120e3
SPEEDS = {"first": 9.3, "second": 10.4, "third": 30.0}


def sinking(
    begin: int | None = 5, speeds: dict[str, float] = SPEEDS, height: float = 273, fuel: float = 3000, **changes: Any
) -> Programme:
    """A station without people or flights, a little above the altitude from which it is to be brought down."""
    programme = small(80, **({"services": {}, "rules": {}} | changes))
    orbit = dataclasses.replace(programme.orbit, altitude=q(height, "km"), drag_area=q(300, "m2"))
    policy = dataclasses.replace(programme.orbit_policy, altitude=q(height, "km"), floor=q(height - 30, "km"))
    attitude = dataclasses.replace(programme.attitude, thrusters_only_below=q(100, "km"))
    deorbit = dataclasses.replace(programme.deorbit, begin=None if begin is None else on(begin), crew_off=q(100, "km"))
    burns = {key: Burn(key, key, q(speed, "m/s"), f"{key} flown", STATUS, WHERE) for key, speed in speeds.items()}
    programme = dataclasses.replace(
        programme, orbit=orbit, orbit_policy=policy, attitude=attitude, deorbit=deorbit, burns=burns
    )
    return more(programme, stores={"tank": store("tank", "propellant", "engine-block", 4000, fuel)})


def without(programme: Programme, key: str, after: int) -> Programme:
    """The programme with a provider whose last day is that one."""
    row = dataclasses.replace(programme.provisions[key], until=on(after))
    return more(programme, provisions={key: row})


class Seen:
    """Altitude, mass and propellant as they are before the last burns of each day."""

    def __init__(self) -> None:
        self.altitude: list[np.ndarray] = []
        self.mass: list[np.ndarray] = []
        self.fuel: list[np.ndarray] = []

    def __call__(self, state: State) -> None:
        self.altitude.append(state.altitude.copy())
        self.mass.append(state.mass.copy())
        self.fuel.append(state.ledger.total("propellant").copy())


def flown(programme: Programme, until: int = 79) -> tuple[State, Seen]:
    run, seen = Run(programme), Seen()
    return run.to(until, "Ending", seen), seen


def first_low(seen: Seen, begin: int = 5) -> int:
    """The first day on which it stands at the hold altitude or below."""
    return next(day for day, height in enumerate(seen.altitude) if day >= begin and height[0] <= HOLD)


# Sinking ------------------------------------------------------------------------------------------------------------


def test_the_day_on_which_the_sinking_begins_is_said_once() -> None:
    state, _ = flown(sinking(20, height=330), 30)
    assert [(row.day, row.because) for row in of(state, "let-sink")] == [(20, ("fact/deorbit.begin",))]


def test_from_that_day_on_no_reboost_is_made() -> None:
    kept = days(flown(sinking(None, height=285))[0], "reboost")
    begin = kept[1] + 1
    assert len(kept) > 4 and kept[2] > begin
    state, _ = flown(sinking(begin, height=285), kept[2] + 5)
    assert days(state, "reboost") == kept[:2]
    # It is no miss: nobody wants to raise it.
    assert days(state, "reboost-missed") == []


def test_a_reboost_due_on_the_day_itself_is_left_out() -> None:
    kept = days(flown(sinking(None, height=285))[0], "reboost")
    assert days(flown(sinking(kept[1], height=285), kept[2])[0], "reboost") == kept[:1]


def test_without_a_planned_end_it_is_neither_let_sink_nor_brought_down() -> None:
    state, _ = flown(sinking(None, height=268))
    assert not [row for row in events(state) if row.key.split("/")[0] in ("let-sink", "burn", "end-missed", "entry")]


# The burns ----------------------------------------------------------------------------------------------------------


def test_the_burns_are_made_in_their_order_on_the_first_day_at_the_hold_altitude() -> None:
    state, seen = flown(sinking())
    day = first_low(seen)
    assert 5 < day < 30
    # The order is that of the table, not of the alphabet or of size.
    assert [(row.day, row.key) for row in of(state, "burn")] == [(day, f"burn/{key}") for key in SPEEDS]
    back = dict(reversed(SPEEDS.items()))
    turned, _ = flown(sinking(speeds=back))
    assert [row.key for row in of(turned, "burn")] == ["burn/third", "burn/second", "burn/first"]


def test_a_station_that_is_already_low_is_brought_down_on_the_first_day() -> None:
    state, _ = flown(sinking(3, height=269))
    assert days(state, "burn/first") == days(state, "entry") == days(state, "let-sink") == [3]


def test_each_burn_tells_the_perigee_that_it_leaves() -> None:
    state, seen = flown(sinking())
    apogee = float(seen.altitude[first_low(seen)][0])
    perigee, expected = apogee, []
    for speed in SPEEDS.values():
        perigee = float(perigee_after(apogee, perigee, speed))
        expected.append(perigee / 1000.0)
    assert [row.value for row in of(state, "burn")] == pytest.approx(expected, rel=1e-9)
    assert expected[0] > expected[1] > ENTRY / 1000.0 > expected[2]


def test_the_entry_is_the_burns_doing() -> None:
    state, seen = flown(sinking())
    entry = of(state, "entry")
    assert [(row.day, row.because, row.value) for row in entry] == [(first_low(seen), ("burn/third",), 0.0)]
    assert not state.alive[0] and days(state, "end-missed") == []


def test_the_propellant_of_all_burns_is_taken() -> None:
    state, seen = flown(sinking())
    day = first_low(seen)
    mass = seen.mass[day]
    need = sum(float(propellant_for(np.full(1, speed), mass, np.full(1, 300.0))[0]) for speed in SPEEDS.values())
    assert float(seen.fuel[day][0] - state.ledger.total("propellant")[0]) == pytest.approx(1.1 * need, rel=1e-9)
    assert need > 1000.0
    assert max(float(missing.max()) for missing in state.ledger.closure().values()) < 1e-9


def test_a_docked_ship_helps_and_the_station_does_the_rest() -> None:
    programme = sinking(flights={"tug-1": flight("tug-1", "tug", -5, "side", operator="b")})
    side = dataclasses.replace(programme.ports["side"], burn="yaw")
    tug = dataclasses.replace(programme.vehicles["tug"], ports=("side",))
    state, seen = flown(more(programme, ports={"side": side}, vehicles={"tug": tug}))
    day = first_low(seen)
    # 200 kg of its own do not suffice for the first burn.
    assert seen.fuel[day][0] == pytest.approx(3200.0)
    assert state.ledger.level("ship/side")[0] < 25.0 and state.ledger.level("tank")[0] < 2500.0
    assert days(state, "burn/third") == days(state, "entry") == [day]


def test_without_a_table_of_burns_one_burn_of_the_speed_that_the_end_takes_is_made() -> None:
    programme = sinking(speeds={})
    state, seen = flown(programme)
    day = first_low(seen)
    expected = float(perigee_after(seen.altitude[day], seen.altitude[day], np.full(1, 60.0))[0]) / 1000.0
    assert [(row.day, row.key, row.value) for row in of(state, "burn")] == [(day, "burn/end", pytest.approx(expected))]
    assert of(state, "entry")[0].because == ("burn/end",)


def test_burns_that_are_too_small_leave_it_in_a_lower_orbit() -> None:
    run, seen = Run(sinking(speeds={"first": 9.3})), Seen()
    day = next(day for day in range(80) if run.to(day, "Ending", seen) and days(run.state, "burn"))
    height = float(seen.altitude[day][0])
    perigee = float(perigee_after(height, height, 9.3))
    assert run.state.altitude[0] == pytest.approx(0.5 * (height + perigee), rel=1e-9)
    assert run.state.alive[0] and days(run.state, "entry") == []


@pytest.fixture(scope="module")
def spread() -> Programme:
    """As above, from an altitude that is not sure."""
    programme = sinking()
    return dataclasses.replace(programme, orbit=dataclasses.replace(programme.orbit, altitude=q(274, "km", 0.01)))


def test_the_end_comes_in_each_future_on_its_own_day(spread: Programme) -> None:
    state = fly(spread, sampled(range(1, 31)), False)
    ends = [days(state, "entry", lane) for lane in range(30)]
    assert len({tuple(day) for day in ends}) > 5 and all(len(day) == 1 for day in ends)
    assert [days(state, "burn/third", lane) for lane in range(30)] == ends


def test_the_end_of_a_future_is_the_same_in_any_company(spread: Programme) -> None:
    wide, alone = fly(spread, sampled(range(1, 31)), False), fly(spread, sampled([4, 29]), False)
    for place, lane in enumerate((4, 29)):
        over = days(alone, "entry", place)[0]
        told = [[row for row in events(*one) if row.day <= over] for one in ((alone, place), (wide, lane - 1))]
        assert told[0] == told[1] and len(told[0]) > 4
        assert alone.altitude[place] == wide.altitude[lane - 1]
        assert (alone.ledger.levels[:, place] == wide.ledger.levels[:, lane - 1]).all()


def test_after_the_entry_nothing_happens(spread: Programme) -> None:
    for lanes in (sampled([4, 29]), sampled(range(1, 31))):
        state = fly(spread, lanes, False)
        for lane in range(len(lanes)):
            assert events(state, lane)[-1].day == days(state, "entry", lane)[0]


def test_what_is_left_of_a_future_is_the_same_in_any_company(spread: Programme) -> None:
    wide, alone = fly(spread, sampled(range(1, 31)), False), fly(spread, sampled([4, 29]), False)
    assert [one == prints(wide)[lane - 1] for one, lane in zip(prints(alone), (4, 29), strict=True)] == [True, True]


# What is lacking ----------------------------------------------------------------------------------------------------


def entry_without_burns(state: State) -> None:
    """It falls, and no burn is among the reasons."""
    entry = of(state, "entry")
    assert len(entry) == 1 and not any(key.startswith("burn/") for key in entry[0].because)


def missed(programme: Programme) -> tuple[State, list[tuple[int, tuple[str, ...]]]]:
    state = fly(programme, NOMINAL)
    return state, [(row.day, row.because) for row in of(state, "end-missed")]


def test_without_thrusters_no_burn_is_made_and_it_is_said_once_why() -> None:
    programme = without(sinking(), "thrusters", 3)
    programme = more(programme, provisions={"spare": dataclasses.replace(programme.provisions["engine"], needs=())})
    state, told = missed(programme)
    _, seen = flown(sinking(2))
    assert told == [(first_low(seen), ("function-lost/attitude_thrusters",))]
    assert days(state, "burn") == [] and days(state, "function-lost/attitude_thrusters") == [4]


def test_without_an_engine_it_is_the_thrust_that_is_lacking() -> None:
    state, told = missed(without(sinking(), "engine", 3))
    _, seen = flown(sinking(2))
    assert told == [(first_low(seen), ("function-lost/reboost",))]
    assert days(state, "burn") == []


def test_without_attitude_control_that_is_the_reason() -> None:
    run = Run(sinking())
    state = run.to(4)
    state.controlled[...] = False
    state.attitude_key[...] = state.recorder.code("attitude-lost/station")
    run.to(40)
    assert {row.because for row in of(state, "end-missed")} == {("attitude-lost/station",)}
    assert days(state, "burn") == []


def test_with_too_little_propellant_no_burn_is_begun_and_it_sinks_on() -> None:
    run, seen = Run(sinking(fuel=150)), Seen()
    state = run.state
    day = next(day for day in range(80) if run.to(day, "Ending", seen) and days(state, "end-missed"))
    assert [row.because for row in of(state, "end-missed")] == [("fact/deorbit.delta_v",)]
    assert of(state, "end-missed")[0].value == pytest.approx(float(seen.altitude[day][0]) / 1000.0)
    # Nothing is spent on an end that cannot be made.
    assert seen.fuel[day][0] > 100.0 and float(state.ledger.total("propellant")[0]) == pytest.approx(seen.fuel[day][0])
    assert float(state.altitude[0]) == pytest.approx(float(seen.altitude[day][0]))
    run.to(79)
    assert len(days(state, "end-missed")) == 1 and days(state, "burn") == []
    assert float(state.altitude[0]) < float(seen.altitude[day][0]) - 1e3


def test_with_enough_for_the_first_burns_alone_none_is_made() -> None:
    state, told = missed(sinking(fuel=700))
    assert of(state, "burn") == [] and len(told) == 1
    assert not any(key.startswith("burn/") for row in of(state, "entry") for key in row.because)


@pytest.mark.parametrize(("share", "made"), [(0.99, True), (0.97, False)])
def test_a_burn_that_lacks_a_hundredth_counts_as_made(share: float, made: bool) -> None:
    _, seen = flown(sinking(0))
    bare = float(seen.mass[0][0] - seen.fuel[0][0])
    speeds = np.array([9.3, 10.4, share * 30.0])
    of_mass = 1.1 * float(propellant_for(speeds, np.ones(3), np.full(3, 300.0)).sum())
    # The propellant is a part of the mass that it moves.
    state, _ = flown(sinking(0, fuel=bare * of_mass / (1.0 - of_mass)))
    assert ("burn/third" in {row.key for row in of(state, "burn")}) == made
    assert bool(days(state, "end-missed")) != made


def test_what_comes_back_in_time_is_used() -> None:
    programme = without(sinking(), "engine", 3)
    again = dataclasses.replace(programme.provisions["engine"], id="new-engine", since=on(25), until=None)
    state = fly(more(programme, provisions={"new-engine": again}), NOMINAL)
    assert len(days(state, "end-missed")) == 1 and days(state, "end-missed")[0] < 25
    assert days(state, "burn/third") == days(state, "entry") == [25]


def test_below_the_lowest_altitude_no_burn_is_set_up() -> None:
    programme = sinking(1, height=225)
    low = dataclasses.replace(programme.deorbit, lowest=q(226, "km"))
    state = fly(dataclasses.replace(programme, deorbit=low), NOMINAL)
    assert days(state, "burn") == days(state, "end-missed") == []
    entry_without_burns(state)
    assert days(fly(programme, NOMINAL), "burn/third") == [1]


# People -------------------------------------------------------------------------------------------------------------


def test_no_burn_is_made_while_people_are_aboard() -> None:
    programme = sinking(
        flights={"taxi-1": flight("taxi-1", "taxi", -10, "front")}, people=people("a", "taxi-1", -10, 3)
    )
    taxi = dataclasses.replace(programme.vehicles["taxi"], max_stay=q(35, "d"))
    state, seen = flown(more(programme, vehicles={"taxi": taxi}))
    assert first_low(seen) < 25
    assert days(state, "crew-left") == [25]
    assert days(state, "burn/first") == days(state, "entry") == [25]
    assert of(state, "entry")[0].value == 0.0 and days(state, "end-missed") == []
