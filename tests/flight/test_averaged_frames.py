"""EME2000 to TEME against another program's matrices."""

from __future__ import annotations

import numpy as np
import pytest

from cupola.flight.averaged_frames import eme2000_to_teme, turned_state

# First row and last column of the rotation by satkit 0.24.1 (qgcrf2itrf, then back by qteme2itrf), 00:00 UTC.
KNOWN = {
    51_723.0: [
        [0.9999999938813274, -0.00010927246168055344, -1.7230041145984527e-05],
        [0.00010927283460047134, 0.9999999937954895, 2.1644132604414206e-05],
        [1.7227675931429934e-05, -2.1646015247417152e-05, 0.9999999996173285],
    ],
    59_439.0: [
        [0.9999861724553447, -0.00483353672563158, -0.0020716710239539462],
        [0.00483349782822505, 0.9999883182983449, -2.378219275803154e-05],
        [0.0020717617754132285, 1.3768446513621012e-05, 0.9999978538044848],
    ],
    60_355.0: [
        [0.9999827225521819, -0.00539441659220634, -0.0023355656179674155],
        [0.0053943155870176205, 0.9999854493465167, -4.9543848102751e-05],
        [0.002335798894117668, 3.694421409399663e-05, 0.9999972713356028],
    ],
}


@pytest.mark.parametrize("mjd", sorted(KNOWN))
def test_the_axes_are_those_of_another_program(mjd: float) -> None:
    # Measured: 0.01 to 0.05 arcsecond; the gate is 0.15.
    assert np.abs(eme2000_to_teme(mjd) - np.array(KNOWN[mjd])).max() < 7.3e-7


def test_turning_keeps_lengths_and_comes_back() -> None:
    state = np.random.default_rng(1).normal(size=(6, 4))
    rotation = eme2000_to_teme(60_000.0)
    turned = turned_state(state, rotation)
    assert np.allclose((turned[:3] ** 2).sum(axis=0), (state[:3] ** 2).sum(axis=0))
    assert np.allclose(turned_state(turned, rotation.T), state, atol=1e-12)
    assert np.allclose(turned[:3], rotation @ state[:3]) and np.allclose(turned[3:], rotation @ state[3:])
