"""Decay: the step against fine integration, the end of an orbit, and the same bytes in any company."""

from __future__ import annotations

import numpy as np
import pytest

from cupola.base.constants import EARTH_RADIUS, MU_EARTH
from cupola.base.errors import DomainError
from cupola.physics.decay import ENTRY_ALTITUDE, coast, daily, decay_rate, decay_step
from cupola.physics.density import load_table

INCLINATION = float(np.radians(51.64))


def test_the_step_is_exact_for_an_exponential_atmosphere() -> None:
    height, scale, drag, days = 250e3, 40e3, 0.008, 5.0
    air = 4e-11
    speed = np.sqrt(MU_EARTH * (EARTH_RADIUS + height))
    fine, steps = height, 100_000
    for _ in range(steps):
        fine -= air * np.exp(-(fine - height) / scale) * speed * drag * days * 86_400.0 / steps
    found = decay_step(np.array([height]), np.array([np.log(air)]), np.array([-1.0 / scale]), drag, days)[0]
    assert height - found > 5e3
    assert found == pytest.approx(fine, abs=1.0)


def test_halving_the_step_changes_nothing_in_that_air() -> None:
    height, slope = np.array([300e3]), np.array([-1.0 / 45e3])
    whole = decay_step(height, np.log(np.array([2e-11])), slope, 0.008, 2.0)
    half = decay_step(height, np.log(np.array([2e-11])), slope, 0.008, 1.0)
    air = np.log(np.array([2e-11])) + slope * (half - height)
    assert decay_step(half, air, slope, 0.008, 1.0)[0] == pytest.approx(whole[0], abs=3.0)


def test_the_end_of_an_orbit_is_the_entry_altitude_and_never_nan() -> None:
    heights = np.array([121e3, 120e3, 100e3, 200e3, 150e3])
    found = decay_step(heights, np.full(5, np.log(1e-8)), np.array([-1e-4, 0.0, 1e-4, -1e-5, -1e-12]), 0.02, 30.0)
    assert (found == ENTRY_ALTITUDE).all()


def test_no_drag_no_fall() -> None:
    heights = np.array([300e3, 400e3])
    same = decay_step(heights, np.full(2, -27.0), np.full(2, -2e-5), np.zeros(2), 10.0)
    assert (same == heights).all()


@pytest.mark.parametrize("width", [1, 2, 3, 64, 1_000])
def test_a_future_has_the_same_bytes_at_any_width_and_place(width: int) -> None:
    random = np.random.default_rng(5)
    height, air = random.uniform(125e3, 500e3, 1_000), random.uniform(-29.0, -18.0, 1_000)
    slope, drag, days = -random.uniform(1e-5, 1e-4, 1_000), random.uniform(0.003, 0.02, 1_000), random.random(1_000)
    whole = decay_step(height, air, slope, drag, days)
    pick = random.permutation(1_000)[:width]
    assert decay_step(height[pick], air[pick], slope[pick], drag[pick], days[pick]).tobytes() == whole[pick].tobytes()
    rates = decay_rate(height, air, drag)
    assert decay_rate(height[pick], air[pick], drag[pick]).tobytes() == rates[pick].tobytes()


def test_coast_agrees_with_its_own_finer_days() -> None:
    table, indices = load_table(INCLINATION), lambda day: (140.0, 10.0)
    whole = coast(table, 59_000.0, 320e3, 1.0, INCLINATION, indices, 0.008, 20.0)
    height, node = 320e3, 1.0
    for step in range(80):
        flown = coast(table, 59_000.0 + step / 4.0, height, node, INCLINATION, indices, 0.008, 0.25)
        height, node = float(flown.altitude[-1]), float(flown.node[-1])
    assert 320e3 - height > 5e3
    assert whole.altitude[-1] == pytest.approx(height, abs=0.01 * (320e3 - height))
    assert whole.entry is None and whole.mjd[-1] == 59_020.0


def test_coast_ends_at_entry_and_says_when() -> None:
    flown = coast(load_table(INCLINATION), 59_000.0, 180e3, 0.0, INCLINATION, lambda day: (100.0, 8.0), 0.008, 60.0)
    assert flown.entry is not None and 59_000.3 < flown.entry < 59_010.0
    assert flown.altitude[-1] == ENTRY_ALTITUDE
    assert (np.diff(flown.altitude) < 0.0).all()


@pytest.mark.parametrize(("altitude", "drag", "days"), [(np.nan, 0.008, 1.0), (4e5, -0.1, 1.0), (4e5, 0.1, np.inf)])
def test_coast_refuses_what_is_no_flight(altitude: float, drag: float, days: float) -> None:
    with pytest.raises(DomainError):
        coast(load_table(INCLINATION), 59_000.0, altitude, 0.0, INCLINATION, lambda day: (1.0, 1.0), drag, days)


def test_days_without_indices_are_refused() -> None:
    indices = daily(59_000, [100.0], [5.0])
    assert indices(59_000.9) == (100.0, 5.0)
    for day in (58_999.9, 59_001.0):
        with pytest.raises(DomainError, match="no indices"):
            indices(day)
