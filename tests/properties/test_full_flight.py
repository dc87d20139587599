"""Whatever is done on the way, a flight resumed at a midnight has the bits of one that never stopped."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from cupola.flight.full import Burn, Craft, Forces, State, fly
from cupola.flight.full_plan import pieces
from cupola.flight.full_weather import constant_indices

START = np.datetime64("2025-01-01T00:00", "us")
INDICES = constant_indices(150.0, 15.0, 60_676.0, 60_680.0)
burns = st.builds(
    lambda at, span, thrust, axis: Burn(START + np.timedelta64(round(at * 1e6), "us"), span, thrust, 300.0, axis),
    st.floats(0.0, 150_000.0),
    st.floats(0.5, 900.0),
    st.floats(1.0, 3_000.0),
    st.tuples(*[st.floats(-1.0, 1.0)] * 2, st.just(0.5)),
)


def after(seconds: int) -> np.datetime64:
    return START + np.timedelta64(seconds, "s")


@settings(max_examples=6, deadline=None)
@given(st.floats(300e3, 600e3), st.floats(0.0, 3.1), burns, st.integers(90_000, 130_000))
def test_resumed_at_midnight(height: float, inclination: float, burn: Burn, end: int) -> None:
    radius = 6_378_137.0 + height
    speed = np.sqrt(3.986004415e14 / radius)
    motion = np.array([radius, 0.0, 0.0, 0.0, speed * np.cos(inclination), speed * np.sin(inclination)])
    plan = {"forces": Forces(degree=4, step_s=30.0), "indices": INDICES, "burns": [burn], "every_s": 3_600.0}
    start = State(START, motion, Craft(420_000.0, 3_520.0, 2_400.0))
    whole = fly(start, after(end), **plan)  # type: ignore[arg-type]
    half = fly(start, after(86_400), **plan)  # type: ignore[arg-type]
    again = fly(half.end, after(end), **plan)  # type: ignore[arg-type]
    assert np.array_equal(whole.end.motion, again.end.motion) and whole.end.craft == again.end.craft
    assert np.array_equal(whole.states, np.concatenate([half.states, again.states[:, 1:]], axis=1))


@given(st.integers(0, 10**12), st.integers(1, 10**12), burns)
def test_pieces_leave_no_gap(begin: int, span: int, burn: Burn) -> None:
    one = START + np.timedelta64(begin, "us")
    two = one + np.timedelta64(span, "us")
    cut = pieces(one, two, [burn])
    assert cut[0].begin == one and cut[-1].end == two
    assert all(a.end == b.begin and a.begin < a.end for a, b in pairwise(cut))
