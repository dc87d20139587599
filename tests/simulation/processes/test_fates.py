"""What becomes of single elements, in sampled futures side by side."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import numpy as np
import pytest

from cupola.base.quantity import DAY_S
from cupola.programme.leaving import Fate
from cupola.programme.programme import Programme
from cupola.programme.settings import Departure
from support.nouns import SOURCE, STATUS, WHERE, q
from support.small_station import exit_of_b, small
from support.told import Run, days, of, sampled

LEAVES = 40
"""Day on which b's services end"""


def fate(element: str, what: str, **changes: Any) -> Fate:
    fields: dict[str, Any] = {"to": "", "day": None, "price": None, "vehicle": "", "delta_v": q(100, "m/s")}
    fields |= {"statement": "", "source": SOURCE, "status": STATUS, "where": WHERE} | changes
    return Fate(id=element, fate=what, **fields)


def leaving(*fates: Fate, days_after: int = 120, departure: Departure | None = None, **changes: Any) -> Programme:
    departure = departure or exit_of_b(after=LEAVES - 1)
    programme = small(days_after, departure, rules={}, **changes)
    policy = dataclasses.replace(programme.crew_policy, training=q(30, "d"))
    return dataclasses.replace(programme, fates={row.id: row for row in fates}, crew_policy=policy)


def test_an_element_that_another_takes_over_works_on() -> None:
    run = Run(leaving(fate("engine-block", "operated", to="a"), fate("cabin", "operated", to="a")))
    state = run.to(LEAVES + 5)
    assert days(state, "element-taken-over/engine-block") == [LEAVES]
    assert state.working["thrusters"].all() and state.working["b-computer"].all()


def test_what_is_inert_does_not_work_though_the_rest_is_handed_over() -> None:
    handed = exit_of_b("hands-over", after=LEAVES - 1)
    state = Run(leaving(fate("engine-block", "inert"), departure=handed)).to(LEAVES + 5)
    assert days(state, "handed-over/b") == [LEAVES]
    assert not state.working["thrusters"].any() and state.working["b-scrubber"].all()
    (lost,) = of(state, "provider-lost/thrusters")
    assert lost.because == ("element-inert/engine-block",)


def test_an_element_can_become_inert_while_its_partner_still_serves() -> None:
    departure = exit_of_b(after=9, exit_time=q(30, "d"))
    state = Run(leaving(fate("engine-block", "inert", day=5 * DAY_S), departure=departure)).to(20)
    assert days(state, "element-inert/engine-block") == [15]
    assert not state.working["thrusters"].any() and state.working["b-scrubber"].all()


def test_a_sale_is_told_with_its_price() -> None:
    state = Run(leaving(fate("cabin", "sold", to="a", price=q(75, "MUSD")))).to(LEAVES + 1)
    (sold,) = of(state, "element-sold/cabin")
    assert (sold.day, sold.value) == (LEAVES, 75.0)


def test_what_others_run_lasts_as_long_as_the_spares() -> None:
    departure = exit_of_b(after=LEAVES - 1, spares=q(20, "d"))
    taken = (fate("engine-block", "operated", to="a"), fate("cabin", "operated", to="a"))
    state = Run(leaving(*taken, departure=departure)).to(LEAVES + 25)
    assert days(state, "spares-exhausted/b") == [LEAVES + 20]
    assert not state.working["thrusters"].any()
    assert of(state, "provider-lost/thrusters")[-1].because == ("spares-exhausted/b",)


def test_one_that_is_brought_down_leaves_with_a_ship_and_costs_propellant() -> None:
    burn = fate("engine-block", "deorbited", vehicle="tug", day=0.0, delta_v=q(20, "m/s"))
    departure = exit_of_b(after=9, exit_time=q(60, "d"))
    run = Run(leaving(burn, departure=departure))
    before = run.to(9)
    mass = before.model.programme.elements["engine-block"].mass.value
    state = run.to(60)
    (gone,) = of(state, "element-deorbited/engine-block")
    assert 0.0 < (gone.value or 0.0) < 0.05 * mass
    assert not state.attached["engine-block"].any()
    assert not state.port_open[state.model.ports.index("back")].any()
    assert (state.ships[state.model.vehicles.index("tug")] >= 0.0).all()
    assert max(float(missing.max()) for missing in state.ledger.closure().values()) < 1e-9


def test_it_waits_for_a_ship_with_enough_propellant() -> None:
    burn = fate("engine-block", "deorbited", vehicle="tug", day=0.0, delta_v=q(900, "m/s"))
    state = Run(leaving(burn, departure=exit_of_b(after=9, exit_time=q(60, "d")))).to(60)
    assert of(state, "element-deorbited") == []
    assert days(state, "element-waits/engine-block") == [10]
    assert state.attached["engine-block"].all()


def test_a_free_flyer_leaves_on_a_day_of_its_own() -> None:
    state = Run(leaving(fate("engine-block", "separates", day=3 * DAY_S))).to(LEAVES + 5)
    assert days(state, "separated/engine-block") == [LEAVES + 3]
    noted = {row["id"] for row in state.leaving.separated if row["kind"] == "element"}
    assert noted == {"engine-block", "cabin"}, "what hangs on it goes with it"


def test_flights_end_step_by_step() -> None:
    departure = exit_of_b(after=9, exit_time=q(200, "d"), crew_flights=q(0.25), cargo_flights=q(0.5))
    programme = small(300, departure, rules={})
    state = Run(programme).to(280)
    assert days(state, "crew-flights-end/b") == [60] and days(state, "cargo-flights-end/b") == [110]
    assert days(state, "service-ended/capsule") == [60] and days(state, "service-ended/tug") == [110]
    assert days(state, "partner-left/b") == [210]
    crews = [row.day for row in of(state, "docking") if row.key.startswith("docking/capsule")]
    tugs = [row.day for row in of(state, "docking") if row.key.startswith("docking/tug")]
    assert max(crews) < 60 and max(tugs) < 110


def test_the_day_is_drawn_where_only_a_range_is_known() -> None:
    programme = small(200, exit_of_b(after=80))
    assert programme.departure is not None
    first = programme.departure.after
    far = dt.timedelta(days=40)
    wide = dataclasses.replace(programme.departure, earliest=first - far, latest=first + far)
    state = Run(dataclasses.replace(programme, departure=wide), sampled(range(1, 9))).to(150)
    found = [days(state, "partner-left/b", lane) for lane in range(8)]
    flat = [day for lane in found for day in lane]
    assert len(set(flat)) > 3 and all(41 <= day <= 121 for day in flat)
    for lane, (left, home) in enumerate(
        zip(found, [days(state, "crew-absent/b", lane) for lane in range(8)], strict=True)
    ):
        assert not left or not home or home[0] <= left[0], lane


@pytest.mark.parametrize("lanes", [[3], [5, 3], [1, 2, 3, 4]])
def test_a_future_is_the_same_in_any_company(lanes: list[int]) -> None:
    burn = fate("engine-block", "separates", day=10 * DAY_S)
    state = Run(leaving(burn, days_after=90), sampled(lanes)).to(80)
    alone = Run(leaving(burn, days_after=90), sampled([3])).to(80)
    place = lanes.index(3)
    assert (state.ledger.levels[:, place] == alone.ledger.levels[:, 0]).all()
    assert state.altitude[place] == alone.altitude[0] and state.structure[place] == alone.structure[0]
    assert np.array_equal(state.attached["engine-block"][place], alone.attached["engine-block"][0])
