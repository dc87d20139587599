"""TAI nanoseconds and the engines' calendar: there and back, over leap seconds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cupola.base.errors import DomainError
from cupola.base.instants import parse_instant
from cupola.flight.utc import HELD, day_of, days_after, to_calendar, to_instant, to_instants

MICROS = st.integers(63_072_000_000_000, 7_289_654_399_000_000)


@given(MICROS)
def test_there_and_back_is_the_same_microsecond(micro: int) -> None:
    moment = np.datetime64(micro, "us")
    assert to_calendar(to_instant(moment)) == moment
    assert to_instants(np.array([moment]))[0] == to_instant(moment)


def test_a_leap_second_has_no_place_and_the_span_counts_it() -> None:
    with pytest.raises(DomainError, match="falls into a leap second"):
        to_calendar(parse_instant("2016-12-31T23:59:60.5"))
    first, last = np.datetime64("2016-12-31"), np.array([np.datetime64("2017-01-01", "us")])
    assert days_after(first, last)[0] == pytest.approx(86_401.0 / 86_400.0, abs=1e-12)


def test_days_after_the_table_keep_its_last_offset() -> None:
    assert day_of(to_calendar(parse_instant("2150-01-01T00:00:00", "UTC", HELD))) == 106_331.0
