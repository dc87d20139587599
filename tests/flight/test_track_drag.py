"""The ballistic coefficient that went into a fall comes out of it."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from cupola.base.instants import DAY_S, NS, ORIGIN_MJD
from cupola.flight.averaged_air import Indices
from cupola.flight.averaged_rates import frozen_orbit, secular
from cupola.flight.averaged_table import Tabulated
from cupola.flight.full_weather import observed_indices
from cupola.flight.track_drag import MEAN_DAYS, coefficients
from support.track_orbits import TILT


def fallen(start: float, days: float, value: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Instants, altitudes and nodes of a flight by the table, four a day."""
    weather = observed_indices()

    def indices(day: int) -> Indices:
        row = day - weather.first_mjd
        mean = float(weather.f107[row - MEAN_DAYS : row + MEAN_DAYS + 1].mean())
        return Indices(*(np.array(float(one)) for one in (weather.f107[row - 1], mean, weather.ap[row].mean())))

    # A circle in the table's air, held round: an eccentricity would add 1 to 3 % that a mean altitude does not tell.
    air, length = Tabulated(TILT), 0.25
    at = np.linspace(start, start + days, int(days / length) + 1)
    height, node, found = 415e3, 1.0, []
    for now in at:
        found.append((height, node))
        orbit = dataclasses.replace(frozen_orbit(np.array([height]), TILT, node), ey=np.zeros(1))
        step = (np.array([now]), np.array([length]), orbit, np.array([value]), indices(int(now)), now)
        height += float(air.drag(*step).axis[0]) * length * DAY_S
        node += float(secular(orbit.axis, orbit.inclination).node[0]) * length * DAY_S
    instants = np.round((at - ORIGIN_MJD) * DAY_S).astype(np.int64) * NS
    return instants, *(np.array(column) for column in zip(*found, strict=True))


def test_the_coefficient_comes_back() -> None:
    found, told = coefficients(*fallen(59_700.0, 27.0, 0.007), TILT, [])
    assert len(found) == 3 and told == []
    assert all(one.value == pytest.approx(0.007, rel=0.02) for one in found)
    assert all(0.0 < one.error < 0.001 and one.fall > 50.0 for one in found)


def test_without_the_node_it_is_near() -> None:
    instants, altitude, node = fallen(59_700.0, 9.0, 0.007)
    found, _ = coefficients(instants, altitude, np.full(node.size, np.nan), TILT, [])
    assert found[0].value == pytest.approx(0.007, rel=0.15)


def test_a_stretch_ends_at_a_cut() -> None:
    instants, altitude, node = fallen(59_700.0, 9.0, 0.007)
    middle = int(instants[18])
    raised = altitude + np.where(instants > middle, 2_000.0, 0.0)
    found, _ = coefficients(instants, raised, node, TILT, [(middle - 1, middle + 1)])
    assert [one.value for one in found] == pytest.approx([0.007, 0.007], rel=0.05)


def test_a_rising_orbit_and_days_without_indices_give_none_and_say_so() -> None:
    instants, altitude, node = fallen(59_700.0, 9.0, 0.007)
    found, told = coefficients(instants, altitude[::-1].copy(), node, TILT, [])
    assert found == [] and "sink" in told[0]
    late = instants + 40 * 365 * DAY_S * NS
    found, told = coefficients(late, altitude, node, TILT, [])
    assert found == [] and "observed solar indices" in told[0]
    found, told = coefficients(instants, altitude + 600e3, node, TILT, [])
    assert found == [] and "above" in told[0]
    assert "no stretch" in coefficients(instants[:3], altitude[:3], node[:3], TILT, [])[1][0]
