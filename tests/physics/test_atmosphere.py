"""The direct orbit average: geometry against closed forms, the air against the model called plainly."""

from __future__ import annotations

import numpy as np
import pymsis
import pytest

from cupola.base.constants import EARTH_FLATTENING, EARTH_RADIUS
from cupola.base.errors import DomainError
from cupola.physics.atmosphere import geodetic, orbit_densities, orbit_radius, power_factor

INCLINATION = float(np.radians(51.64))


def test_geodetic_inverts_the_closed_form() -> None:
    angle, height = np.meshgrid(np.radians([-60.0, -30.0, 0.0, 10.0, 51.0]), [0.0, 120e3, 420e3, 1_000e3])
    square = EARTH_FLATTENING * (2.0 - EARTH_FLATTENING)
    normal = EARTH_RADIUS / np.sqrt(1.0 - square * np.sin(angle) ** 2)
    across, along = (normal + height) * np.cos(angle), (normal * (1.0 - square) + height) * np.sin(angle)
    found, altitude = geodetic(np.hypot(across, along), np.arctan2(along, across))
    assert np.allclose(found, angle, atol=1e-11) and np.allclose(altitude, height, atol=1e-3)


def test_an_equatorial_orbit_has_no_short_period_swing() -> None:
    radius = orbit_radius(np.array(6.8e6), 0.0, np.linspace(0.0, 6.0, 20))
    assert np.ptp(radius) == pytest.approx(0.0, abs=1e-6)


def test_a_retrograde_orbit_meets_more_air() -> None:
    one = np.array(6.8e6)
    prograde, polar, retrograde = (float(power_factor(one, one, i, np.array(0.0))) for i in (0.5, np.pi / 2, 2.6))
    assert prograde < polar < retrograde
    assert polar == pytest.approx(1.0, abs=0.003)


def test_the_average_agrees_with_a_plain_double_loop() -> None:
    altitude, node, day, count = 400e3, 1.3, 59_786, 36
    total = []
    for turn in (np.arange(count) + 0.5) * 2.0 * np.pi / count:
        latitude = np.arcsin(np.sin(INCLINATION) * np.sin(turn))
        axis = np.array(EARTH_RADIUS + altitude)
        radius = orbit_radius(axis, INCLINATION, np.array(turn))
        angle, height = geodetic(radius, np.array(latitude))
        ahead = np.arctan2(np.cos(INCLINATION) * np.sin(turn), np.cos(turn))
        for hours in np.arange(0.0, 24.0, 2.0):
            longitude = (np.degrees(node + ahead + np.pi) - hours * 15.0 + 180.0) % 360.0 - 180.0
            date = np.datetime64("1858-11-17T00:00") + np.timedelta64(day * 1440 + int(hours * 60), "m")
            indices = (140.0, 140.0, [[10.0] * 7])
            air = pymsis.calculate(date, longitude, np.degrees(angle), height / 1e3, *indices, version=0)
            total.append(float(air.ravel()[0]) * float(power_factor(radius, axis, INCLINATION, np.array(latitude))))
    plain = float(np.mean(total))
    found = orbit_densities(np.array([altitude]), INCLINATION, node, day, 140.0, 140.0, 10.0)[0]
    assert found == pytest.approx(plain, rel=1e-3)


# Day and hour, altitude [km], latitude and longitude [deg], flux of the day before, its 81-day mean, Ap; the density
# [kg/m3] by another program, the C version of NRLMSISE-00 of D. Brodowski (gtd7d, by the package nrlmsise00 0.1.2).
# In the last case anomalous oxygen is 1.5 % of it.
NRLMSISE_00 = (
    ("2000-03-20T00:00", 125.0, 0.0, 0.0, 70.0, 70.0, 4.0, 1.253476e-08),
    ("2000-06-21T09:30", 250.0, -50.0, 120.0, 140.0, 150.0, 15.0, 6.045735e-11),
    ("2000-09-22T21:00", 420.0, 30.0, -75.0, 200.0, 180.0, 40.0, 8.052426e-12),
    ("2000-12-21T03:15", 515.0, -51.0, 10.0, 70.0, 68.0, 3.0, 4.037009e-14),
)


@pytest.mark.parametrize("case", NRLMSISE_00)
def test_the_model_agrees_with_another_program(case: tuple[str, *tuple[float, ...]]) -> None:
    date, altitude, latitude, longitude, f107, f107a, ap, expected = case
    air = pymsis.calculate(np.datetime64(date), longitude, latitude, altitude, f107, f107a, [[ap] * 7], version=0)
    assert float(air.ravel()[0]) == pytest.approx(expected, rel=1e-4)


def test_an_unknown_model_is_refused_with_those_there_are() -> None:
    with pytest.raises(DomainError, match=r"got '3'; expected one of: 00, 2\.1"):
        orbit_densities(np.array([4e5]), INCLINATION, 0.0, 59_786, 140.0, 140.0, 10.0, model="3")
