"""The spread of the drag by its age is that of later fits."""

from __future__ import annotations

import numpy as np
import pytest
from drag_age import AGES, off
from measures_drag import drag_by_age

from cupola.flight.reentry import GROWTH, SPREAD

pytestmark = pytest.mark.validation


def test_the_growth_is_that_of_the_years_up_to_2002() -> None:
    """Measured: 0.189; of the test years 0.209."""
    parts = [off(begin, end, tested=False).T for begin, end in AGES]
    years = np.array([age.mean() / 365.25 for age, _ in parts])
    beyond = np.array([(error**2).mean() for _, error in parts]) - SPREAD**2
    assert np.sqrt((beyond * years).sum() / (years**2).sum()) == pytest.approx(GROWTH, abs=0.005)


def test_nine_in_ten_of_the_test_years_lie_within_it() -> None:
    """Measured: 93, 91, 88, 88 %; with 0.15 for ever 86, 79, 47, 32 %."""
    rows = drag_by_age()
    assert all(row.residual < 0.05 for row in rows)
    assert all(row.naive is not None and row.naive > 0.4 for row in rows[2:])
