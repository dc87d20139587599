"""The orbit is that of the epoch, or carried to another day by what was recorded."""

import dataclasses
import datetime as dt

import numpy as np
import pytest

from cupola.programme.programme import MeanAltitude
from cupola.simulation.orbit_start import orbit_on
from support.nouns import START
from support.small_station import small


def test_on_the_epoch_it_is_the_programmes_own() -> None:
    programme = small()
    altitude, node = orbit_on(programme, START)
    assert altitude is programme.orbit.altitude
    assert node == programme.orbit.node.value


def test_on_another_day_the_last_recorded_altitude_counts() -> None:
    day = START + dt.timedelta(days=100)
    rows = (
        MeanAltitude(day - dt.timedelta(days=20), 409e3, "a"),
        MeanAltitude(day - dt.timedelta(days=5), 411e3, "b"),
        MeanAltitude(day + dt.timedelta(days=5), 450e3, "later"),
    )
    altitude, node = orbit_on(small(altitudes=rows), day)
    assert (altitude.value, altitude.source) == (411e3, "b")
    # J2 turns the plane of such an orbit by about 5 degrees a day to the west.
    assert np.degrees(node) == pytest.approx(40.0 - 5.0 * 100, abs=5.0)


def test_without_a_record_the_policys_altitude_counts() -> None:
    programme = dataclasses.replace(small(), altitudes=(MeanAltitude(START, 300e3, "old"),))
    altitude, _ = orbit_on(programme, START + dt.timedelta(days=300))
    assert altitude is programme.orbit_policy.altitude
