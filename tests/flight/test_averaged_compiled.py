"""The written-out loop against the array form, as plain Python and, where numba is there, compiled."""

from __future__ import annotations

import importlib.util
import sys

import numpy as np
import pytest

from cupola.base.constants import EARTH_RADIUS
from cupola.base.errors import DomainError
from cupola.flight import averaged_compiled
from cupola.flight.averaged import Flight, fly
from cupola.flight.averaged_air import Indices
from cupola.flight.averaged_compiled import Compiled
from cupola.flight.averaged_elements import mean
from cupola.flight.averaged_table import Tabulated

TILT = float(np.radians(51.64))
HAS_NUMBA = importlib.util.find_spec("numba") is not None


def flown(air: Tabulated, kind: str, step: float = 1.0, days: float = 25.0) -> Flight:
    random = np.random.default_rng(4)
    count = 6
    heights = np.array([150e3, 180e3, 230e3, 350e3, 410e3, 540e3])
    start = mean(
        np.stack(
            [
                EARTH_RADIUS + heights,
                random.normal(0.0, 1e-3, count),
                random.normal(0.0, 1e-3, count),
                np.full(count, TILT),
                random.uniform(0.0, 6.0, count),
                random.uniform(0.0, 6.0, count),
            ]
        )
    )
    flux, ap = random.uniform(60.0, 250.0, count), random.uniform(2.0, 60.0, count)
    shared = {"all": (flux[0], ap[0]), "flux": (flux, ap[0]), "both": (flux, ap)}[kind]
    indices = Indices(np.asarray(shared[0]), np.asarray(shared[0]), np.asarray(shared[1]))
    per_mass = random.uniform(0.004, 0.01, count)
    return fly(start, 60_676.2, 60_676.2 + days, air, lambda day: indices, lambda mjd, one: per_mass, step=step)


@pytest.mark.parametrize("kind", ["all", "flux", "both"])
@pytest.mark.parametrize(
    "compiled", [False, pytest.param(True, marks=pytest.mark.skipif(not HAS_NUMBA, reason="numba"))]
)
def test_the_loop_gives_what_the_arrays_give(kind: str, compiled: bool) -> None:
    arrays, loop = flown(Tabulated(TILT), kind), flown(Compiled(TILT, compiled), kind)
    assert np.isfinite(arrays.entry[:2]).all() and np.isnan(arrays.entry[3:]).all()
    assert np.allclose(loop.entry, arrays.entry, rtol=0.0, atol=1e-6, equal_nan=True)
    # Sums in another order: the last digits differ, and grow as the orbit falls.
    assert np.abs(loop.rows[:, 0] - arrays.rows[:, 0]).max() < 0.01
    assert np.abs(loop.rows[:, 1:5] - arrays.rows[:, 1:5]).max() < 1e-7


def test_longer_steps_are_the_same_too() -> None:
    arrays, loop = flown(Tabulated(TILT), "flux", 4.0, 40.0), flown(Compiled(TILT, False), "flux", 4.0, 40.0)
    assert np.abs(loop.rows[:, 0] - arrays.rows[:, 0]).max() < 0.01


def test_without_numba_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "numba", None)
    averaged_compiled._compiled.cache_clear()
    with pytest.raises(DomainError, match="numba is not installed"):
        Compiled(TILT)
    averaged_compiled._compiled.cache_clear()
