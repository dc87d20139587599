"""Elements that slip, are lost or are on record, and what hangs on them."""

from __future__ import annotations

import numpy as np
import pytest

from cupola.simulation.lanes import default_lanes
from cupola.simulation.state import NEVER
from support.growing import DAY, LATE, arrivals, building, calling, lab, with_window
from support.nouns import coming, q
from support.small_station import more, recorded
from support.told import Run, days, of, sampled

# Slip and loss ------------------------------------------------------------------------------------------------------


def test_a_nominal_future_keeps_the_plan() -> None:
    state = arrivals(building(lab(**LATE)), default_lanes(20))
    assert state.arrives["lab"][:2].tolist() == [float(DAY)] * 2
    assert days(state, "element-attached", 0) == days(state, "element-attached", 1) == [DAY]
    assert len(set(state.arrives["lab"][2:].tolist())) > 10


def test_a_slip_is_a_whole_number_of_days_and_never_negative() -> None:
    state = arrivals(building(lab(slip=q(15, "d")), days=200))
    slips = state.arrives["lab"] - DAY
    assert (slips >= 0.0).all() and (slips == np.floor(slips)).all()
    assert 8.0 < slips.mean() < 24.0
    assert [days(state, "element-attached/lab", lane) for lane in range(60)] == [
        [int(day)] for day in state.arrives["lab"]
    ]
    assert days(state, "element-lost") == []


def test_a_lost_one_is_replaced_after_its_time() -> None:
    state = arrivals(building(lab(**LATE), days=300))
    lost = [lane for lane in range(60) if days(state, "element-lost/lab", lane)]
    assert 12 <= len(lost) <= 36
    for lane in range(60):
        came = days(state, "element-attached/lab", lane)
        if lane in lost:
            told = of(state, "element-lost/lab", lane)
            assert [row.because for row in told] == [("fact/elements.lab.failures",)]
            # Thirty and a half days after the loss: on the morning after.
            assert came == [told[0].day + 31]
        else:
            assert came == [int(state.arrives["lab"][lane])] and came[0] >= DAY


def test_without_a_replacement_a_lost_one_never_comes() -> None:
    programme = building(lab(failures=q(0.4), slip=q(3, "d")))
    state = arrivals(calling(programme, 30))
    lost = np.array([bool(days(state, "element-lost/lab", lane)) for lane in range(60)])
    assert 12 <= np.count_nonzero(lost) <= 36
    assert (state.arrives["lab"][lost] >= NEVER).all()
    assert (state.attached["lab"] == ~lost).all()
    assert (state.port_open[state.model.ports.index("lab-port")] == ~lost).all()
    assert (state.working["lab-arrays"] == ~lost).all()
    assert not state.ledger.level("lab-water")[lost].any()
    for lane in np.flatnonzero(lost).tolist():
        assert days(state, "docking", lane) == days(state, "element-attached", lane) == []


def test_what_hangs_on_a_late_host_waits_for_it() -> None:
    # In the file the child stands before its host, and the day of both is the same.
    node = coming("node", "lab", 3000, DAY)
    state = arrivals(building(node, lab(**LATE), days=300))
    assert (state.arrives["node"] == state.arrives["lab"]).all()
    for lane in range(60):
        order = [row.key for row in of(state, "element-attached", lane)]
        assert order == ["element-attached/lab", "element-attached/node"]
        assert days(state, "element-attached/node", lane) == days(state, "element-attached/lab", lane)


def test_a_child_with_a_later_day_of_its_own_keeps_it() -> None:
    node = coming("node", "lab", 3000, DAY + 25)
    state = arrivals(building(node, lab(slip=q(15, "d")), days=300))
    assert (state.arrives["node"] == np.maximum(state.arrives["lab"], DAY + 25.0)).all()
    assert (state.arrives["node"] == DAY + 25.0).any() and (state.arrives["node"] > DAY + 25.0).any()


def test_nothing_comes_to_a_host_that_was_lost_for_good() -> None:
    node = coming("node", "lab", 3000, DAY + 5)
    state = arrivals(building(node, lab(failures=q(0.4))))
    lost = ~state.attached["lab"]
    assert lost.any() and (state.attached["node"] == ~lost).all()


def test_ports_and_providers_slip_with_their_element() -> None:
    programme = with_window(DAY + 5, None)
    late = more(programme, elements={"lab": lab(slip=q(15, "d"))})
    run = Run(late, sampled(range(1, 13)))
    row = run.state.model.ports.index("lab-port")
    opened, worked = np.full(12, -1), np.full(12, -1)
    for day in range(60):
        state = run.to(day)
        opened[(opened < 0) & state.port_open[row]] = day
        worked[(worked < 0) & state.working["lab-arrays"]] = day
    came = state.arrives["lab"]
    seen = came < 60
    assert (opened[seen] == came[seen]).all()
    seen = came + 5 < 60
    assert np.count_nonzero(seen) > 6 and (worked[seen] == came[seen] + 5).all()


# The record ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("as_of", [DAY, DAY + 15])
def test_what_is_on_record_never_slips_and_is_never_lost(as_of: int) -> None:
    sure = {"slip": q(15, "d"), "failures": q(1.0), "replacement": q(30, "d")}
    state = arrivals(recorded(building(lab(**sure)), as_of))
    assert (state.arrives["lab"] == DAY).all()
    assert [days(state, "element-attached", lane) for lane in range(60)] == [[DAY]] * 60
    assert days(state, "element-lost") == []


def test_what_is_not_yet_on_record_may_slip() -> None:
    state = arrivals(recorded(building(lab(**LATE), days=200), DAY - 1))
    assert len(set(state.arrives["lab"].tolist())) > 10
