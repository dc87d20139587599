"""A start and a drag area come back from the positions they led to."""

from __future__ import annotations

import numpy as np
import pytest

from cupola.base.errors import DomainError
from cupola.flight.full import Craft, Forces, State, fly
from cupola.flight.full_fit import fit
from cupola.flight.full_weather import constant_indices

START = np.datetime64("2025-01-01T00:00", "us")
MOTION = np.array([6_788_136.3, 0.0, 0.0, 0.0, 4_755.154, 6_008.923])
FLIGHT = {"forces": Forces(degree=4, step_s=30.0), "indices": constant_indices(150.0, 15.0, 60_676.0, 60_677.0)}
INSTANTS = START + np.arange(1, 60) * np.timedelta64(480, "s")


def test_a_start_and_a_drag_area_come_back() -> None:
    there = fly(State(START, MOTION, Craft(420_000.0, 2_900.0)), INSTANTS[-1], at=INSTANTS, **FLIGHT)  # type: ignore[arg-type]
    assert np.array_equal(there.instants, INSTANTS) and there.states.shape == (6, 59)
    near = State(START, MOTION + np.array([30.0, -20.0, 10.0, 0.02, 0.0, -0.03]), Craft(420_000.0, 1_500.0))
    found = fit(near, INSTANTS, there.states[:3], **FLIGHT)
    assert found.rms_m < 0.1
    assert found.state.craft.drag_area_m2 == pytest.approx(2_900.0, rel=1e-3)
    assert np.abs(found.state.motion - MOTION)[:3].max() < 0.2


def test_positions_that_cannot_be_used_are_refused() -> None:
    guess = State(START, MOTION, Craft(420_000.0, 1_500.0))
    with pytest.raises(DomainError, match="at least 10"):
        fit(guess, INSTANTS[:5], np.zeros((3, 5)), **FLIGHT)
    with pytest.raises(DomainError, match="cannot be used"):
        fit(guess, INSTANTS, np.full((3, 59), np.nan), **FLIGHT)
    with pytest.raises(DomainError, match="first guess above 0"):
        fit(State(START, MOTION, Craft(420_000.0, 0.0)), INSTANTS, np.zeros((3, 59)), **FLIGHT)
    with pytest.raises(DomainError, match="do not fit"):
        fly(guess, INSTANTS[-1], at=INSTANTS[::-1], **FLIGHT)  # type: ignore[arg-type]
    with pytest.raises(DomainError, match="begins under its floor"):
        fly(guess, INSTANTS[-1], floor_m=500e3, **FLIGHT)  # type: ignore[arg-type]
