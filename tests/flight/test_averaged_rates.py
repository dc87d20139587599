"""Secular rates against a flight through the whole field."""

from __future__ import annotations

import numpy as np
import pytest

from cupola.base.constants import EARTH_RADIUS
from cupola.flight import full
from cupola.flight import full_library as door
from cupola.flight.averaged_elements import from_state, to_state
from cupola.flight.averaged_rates import even_zonals, frozen_orbit, secular
from cupola.flight.full_library import Forces
from cupola.flight.full_plan import Craft

START = np.datetime64("2022-03-01T00:00:00", "us")


@pytest.mark.slow
@pytest.mark.parametrize(("degrees", "height"), [(51.64, 417e3), (97.0, 380e3)])
def test_the_node_turns_as_in_the_whole_field(degrees: float, height: float) -> None:
    begin = frozen_orbit(np.array([height]), float(np.radians(degrees)), 1.0)
    state = full.State(START, door.to_gcrf("TEME", to_state(begin)[:, 0], START), Craft(4.5e5, 0.0))
    flown = full.fly(state, START + np.timedelta64(8, "D"), every_s=600.0, forces=Forces(drag=False))
    turned = [door.from_gcrf("TEME", motion, when) for motion, when in zip(flown.states.T, flown.instants, strict=True)]
    found = from_state(np.stack(turned, axis=1))
    seconds = (flown.instants - START) / np.timedelta64(1, "s")
    rate = float(np.polyfit(seconds, np.unwrap(found.node), 1)[0])
    mean = EARTH_RADIUS + np.array([float(found.altitude.mean())]), np.array([float(found.inclination.mean())])
    # Measured: 2e-5 of the rate at 51.64 degrees; J2 alone is 7e-5 off there, J2 with J4 5e-4. Sun and Moon do 4e-5.
    assert float(secular(*mean).node[0]) == pytest.approx(rate, rel=2e-4)


def test_the_higher_zonals_are_those_of_the_mean_potential() -> None:
    # (1/s) d<P6(s sin u)>/ds by the mean over the orbit itself.
    def mean_of_p6(s: float) -> float:
        x = s * np.sin(np.linspace(0.0, 2.0 * np.pi, 400, endpoint=False))
        return float(np.mean((231.0 * x**6 - 315.0 * x**4 + 105.0 * x**2 - 5.0) / 16.0))

    s, step, tiny = 0.784, 1e-5, 1e-8
    slope = (mean_of_p6(s + step) - mean_of_p6(s - step)) / (2.0 * step) / s
    # At a small (R/a) the sixth alone is left.
    alone = float(even_zonals(tiny, s * s)) / tiny**3
    assert alone == pytest.approx(-5.4066658e-7 * slope, rel=1e-6)
