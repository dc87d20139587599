"""Heights above the ellipsoid, and latitudes on it."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cupola.base.constants import EARTH_FLATTENING, EARTH_RADIUS
from cupola.physics.geodesy import geodetic, geodetic_height


@given(st.floats(-90.0, 90.0), st.floats(-1e3, 2e6))
def test_a_height_and_a_latitude_come_back(latitude: float, height: float) -> None:
    second = EARTH_FLATTENING * (2.0 - EARTH_FLATTENING)
    sine, cosine = np.sin(np.radians(latitude)), np.cos(np.radians(latitude))
    normal = EARTH_RADIUS / np.sqrt(1.0 - second * sine * sine)
    out, up = (normal + height) * cosine, (normal * (1.0 - second) + height) * sine
    assert abs(float(geodetic_height(np.array(out), np.array(up))) - height) < 1e-3
    assert abs(float(np.degrees(geodetic(np.array(out), np.array(up))[0])) - latitude) < 1e-8
