"""Decimal numbers keep their bits on the way to a file and back."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cupola.base.errors import DomainError
from cupola.formats.decimals import DEGREE, REV_PER_DAY, REV_PER_DAY3, number, scaled, shifted, unscaled, whole

FINITE = st.floats(-1e290, 1e290)


@given(FINITE, st.sampled_from([0, 3, 6]))
def test_shifted_numbers_come_back(value: float, shift: int) -> None:
    assert number(shifted(value, -shift), shift) == value


@given(st.floats(-1e20, 1e20), st.sampled_from([DEGREE, REV_PER_DAY, REV_PER_DAY3]))
def test_scaled_numbers_come_back(value: float, unit: object) -> None:
    assert scaled(unscaled(value, unit), unit) == value  # type: ignore[arg-type]


def test_a_short_number_stays_short() -> None:
    assert unscaled(scaled("51.6416", DEGREE), DEGREE) == "51.6416"
    assert shifted(number("-4188.917052", 3), -3) == "-4188.917052"


@pytest.mark.parametrize(
    "text", ["", "nan", "inf", "-Infinity", "1e999", "1_000", "0x10", "1,5", "٣", "1e", ".", "+-1", " 1", "1" * 65]
)
def test_what_is_no_number_is_refused(text: str) -> None:
    for reader in (number, lambda words: scaled(words, DEGREE)):
        with pytest.raises(DomainError):
            reader(text)


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_what_is_not_finite_is_not_written(value: float) -> None:
    with pytest.raises(DomainError, match="not a finite number"):
        shifted(value)
    with pytest.raises(DomainError, match="not a finite number"):
        unscaled(value, DEGREE)


def test_whole_numbers_have_bounds() -> None:
    assert whole("999999999", 0, 999_999_999) == 999_999_999
    for text in ("-1", "1000000000", "1.0", "", "9" * 30):
        with pytest.raises(DomainError):
            whole(text, 0, 999_999_999)
