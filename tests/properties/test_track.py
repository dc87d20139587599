"""A burn of any size, sign, length and time in the middle of an ephemeris is found as what it was."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cupola.base.instants import DAY_S, NS
from cupola.flight.track import claims
from cupola.flight.track_states import burns_in, mean_orbit
from support.track_orbits import BEGIN, segment


@settings(max_examples=12, deadline=None)
@given(
    size=st.floats(0.1, 3.0),
    sign=st.sampled_from([-1.0, 1.0]),
    minutes=st.floats(0.0, 20.0),
    day=st.floats(0.5, 3.4),
    altitude=st.floats(330e3, 480e3),
)
def test_a_burn_is_found(size: float, sign: float, minutes: float, day: float, altitude: float) -> None:
    orbit = mean_orbit(segment(4.0, ((day, minutes, sign * size),), altitude))
    (burn,) = burns_in(orbit, BEGIN + 9 * DAY_S * NS, "f")
    assert burn.delta_v == pytest.approx(sign * size, abs=0.01 + 0.01 * size)
    assert burn.begin <= BEGIN + (day * DAY_S + 60.0 * minutes) * NS
    assert burn.end >= BEGIN + day * DAY_S * NS


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 30)), min_size=1, max_size=6))
def test_every_moment_is_claimed_once_by_the_newest(raw: list[tuple[int, int]]) -> None:
    spans = [(begin, begin + length) for begin, length in raw]
    found = claims(spans, [0] * len(spans))
    for moment in range(81):
        holders = [place for place, (low, high) in enumerate(spans) if low <= moment < high]
        claiming = [place for place, parts in enumerate(found) if any(low <= moment < high for low, high in parts)]
        assert claiming == holders[-1:]
