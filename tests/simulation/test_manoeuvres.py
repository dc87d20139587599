"""Policies of the orbit as data: avoidances, dates of phasing, a profile of altitudes, what is kept for the end."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest

from cupola.physics.reboost import propellant_for
from cupola.programme.programme import Programme
from cupola.programme.settings import Phasing, Target
from cupola.simulation.clock import fly
from cupola.simulation.state import State
from support.nouns import SOURCE, STATUS, WHERE, on, q, store
from support.small_station import more, recorded, small
from support.told import NOMINAL, Run, days, of, prints, sampled

AVOIDANCES = "fact/orbit_policy.avoidances"


def station(length: int = 400, fuel: float = 3000, **policy: Any) -> Programme:
    """A station without flights; its own engines and tank keep it up."""
    programme = small(length, services={}, rules={})
    programme = more(programme, stores={"tank": store("tank", "propellant", "engine-block", 4000, fuel)})
    return dataclasses.replace(programme, orbit_policy=dataclasses.replace(programme.orbit_policy, **policy))


def target(key: str, since: int, height: float, until: int | None = None) -> Target:
    return Target(key, on(since), None if until is None else on(until), on(0), q(height, "km"), SOURCE, STATUS, WHERE)


def phasing(key: str, day: int, speed: float = 0.0) -> Phasing:
    return Phasing(key, f"Phasing {key}", on(day), on(0), q(speed, "m/s"), SOURCE, STATUS, WHERE)


def avoided(state: State, lane: int = 0) -> list[int]:
    return [row.day for row in of(state, "reboost", lane) if AVOIDANCES in row.because]


# Avoidance ------------------------------------------------------------------------------------------------------------


def test_a_nominal_future_avoids_evenly_and_each_time_by_its_burn() -> None:
    state = fly(station(avoidances=q(4), avoidance_burn=q(0.6, "m/s")), NOMINAL)
    found = [row for row in of(state, "reboost") if AVOIDANCES in row.because]
    assert [row.day for row in found] == pytest.approx([91, 183, 274, 366], abs=4)
    assert all(row.value == pytest.approx(0.6) for row in found)


def test_without_a_rate_nothing_is_avoided_and_nothing_changes() -> None:
    assert prints(fly(station(), NOMINAL)) == prints(fly(station(avoidance_burn=q(3, "m/s")), NOMINAL))


def test_drawn_futures_avoid_at_the_rate_in_the_mean_and_each_by_itself() -> None:
    programme = station(avoidances=q(3), avoidance_burn=q(0.3, "m/s"))
    lanes = sampled(range(1, 61))
    state = fly(programme, lanes, False)
    counts = np.array([len(avoided(state, lane)) for lane in range(60)])
    # 60 futures of 400 days at three a year: 197 expected, with a standard deviation of 14.
    assert 150 < counts.sum() < 245 and counts.min() < counts.max()
    alone = fly(programme, sampled([7, 33]), False)
    assert prints(alone) == [prints(state)[6], prints(state)[32]]
    assert avoided(alone, 1) == avoided(state, 32)


def test_an_avoidance_may_spend_the_reserve_and_is_told_when_it_cannot_be_made() -> None:
    programme = station(200, fuel=250, avoidances=q(6), avoidance_burn=q(1.0, "m/s"), propellant_reserve=q(300, "kg"))
    state = fly(programme, NOMINAL)
    made, missed = avoided(state), of(state, "avoidance-missed")
    # No reboost is made, for all is reserve; 84 t take some 31 kg for 1 m/s with steering.
    assert made and of(state, "reboost")[0].day == made[0]
    dry = fly(station(200, fuel=0, avoidances=q(6)), NOMINAL)
    assert avoided(dry) == [] and of(dry, "avoidance-missed")
    assert all(AVOIDANCES in row.because for row in [*missed, *of(dry, "avoidance-missed")])


def test_in_the_recorded_past_nothing_is_avoided() -> None:
    state = fly(recorded(station(avoidances=q(12)), 200), NOMINAL)
    assert min(avoided(state)) > 200


# Phasing --------------------------------------------------------------------------------------------------------------


def test_on_a_date_of_phasing_the_orbit_is_raised_to_its_target_before_the_band_asks_for_it() -> None:
    plain = days(fly(station(80), NOMINAL), "reboost")
    early = plain[0] - 5
    state = fly(more(station(80), phasings={"crew": phasing("crew", early)}), NOMINAL)
    first = of(state, "reboost")[0]
    assert first.day == early and "fact/phasings.crew" in first.because
    assert Run(more(station(80), phasings={"crew": phasing("crew", early)})).to(early).altitude[0] == pytest.approx(
        415e3
    )


@pytest.mark.parametrize("speed", [0.8, -0.5])
def test_a_correction_of_its_own_size_is_made_either_way_and_paid_for(speed: float) -> None:
    with_it, without = Run(more(station(80), phasings={"crew": phasing("crew", 3, speed)})), Run(station(80))
    before, after = without.to(3), with_it.to(3)
    gain = float(after.altitude[0] - before.altitude[0])
    assert gain == pytest.approx(1_774.0 * speed, rel=0.02)
    spent = float(before.ledger.total("propellant")[0] - after.ledger.total("propellant")[0])
    need = float(propellant_for(abs(speed), float(before.mass[0]), 300.0)) * 1.1
    assert spent == pytest.approx(need, rel=0.02)
    assert of(after, "reboost")[-1].value == pytest.approx(speed)


def test_a_correction_that_cannot_be_made_is_told() -> None:
    state = fly(more(station(30, fuel=0), phasings={"crew": phasing("crew", 3, 0.8)}), NOMINAL)
    missed = of(state, "phasing-missed")
    assert [row.day for row in missed] == [3] and "fact/phasings.crew" in missed[0].because


def test_a_station_at_its_target_needs_no_correction() -> None:
    state = fly(more(station(10), phasings={"crew": phasing("crew", 0)}), NOMINAL)
    assert of(state, "phasing-missed") == [] and all(row.day > 0 for row in of(state, "reboost"))


# Profile --------------------------------------------------------------------------------------------------------------


def test_from_its_day_on_the_profile_sets_the_altitude() -> None:
    run = Run(more(station(120), targets={"up": target("up", 20, 419.0), "down": target("down", 60, 412.0)}))
    assert run.to(19).altitude[0] < 415.6e3
    assert run.to(40).altitude[0] == pytest.approx(418e3, abs=2e3)
    raised = [row for row in of(run.state, "reboost") if row.day >= 20]
    assert raised[0].day == 20 and "fact/targets.up" in raised[0].because
    # Nothing lowers it: it sinks until the lower altitude asks for a reboost.
    later = run.to(119)
    assert later.altitude[0] < 413e3 or days(later, "reboost")[-1] <= 60


def test_a_step_before_the_first_day_holds_from_it_on() -> None:
    run = Run(more(station(20), targets={"old": target("old", -400, 414.0), "new": target("new", -30, 418.0)}))
    first = of(run.to(3), "reboost")[0]
    assert first.day == 0 and "fact/targets.new" in first.because


def test_where_no_step_holds_the_policy_does() -> None:
    run = Run(more(station(80), targets={"up": target("up", 5, 419.0, 30), "old": target("old", -50, 425.0, -1)}))
    assert run.to(4).altitude[0] < 415.6e3
    assert run.to(30).altitude[0] > 417e3
    assert all("fact/targets.up" not in row.because for row in of(run.to(79), "reboost") if row.day > 30)


# What is kept ---------------------------------------------------------------------------------------------------------


def test_what_is_kept_for_the_way_down_is_spent_by_no_reboost_not_even_below_the_floor() -> None:
    low: dict[str, Any] = {"floor": q(416, "km"), "propellant_reserve": q(0, "kg")}
    free, kept = (
        fly(station(400, fuel=900, **low, **more), NOMINAL) for more in ({}, {"let_down_reserve": q(700, "kg")})
    )
    assert float(free.ledger.total("propellant")[0]) < 650.0
    assert len(days(kept, "reboost")) < len(days(free, "reboost"))
    left = float(kept.ledger.total("propellant")[0])
    burnt = 900.0 - left
    assert left > 600.0, burnt
    assert of(kept, "reboost-missed")
