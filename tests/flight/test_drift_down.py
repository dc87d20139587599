"""A drift-down: held, let go or lowered, and on the day at the altitude, flown apart from the planner."""

from __future__ import annotations

import numpy as np
import pytest

from cupola.base.constants import EARTH_RADIUS
from cupola.base.errors import DomainError
from cupola.flight import averaged
from cupola.flight.averaged_air import Indices
from cupola.flight.averaged_burns import Burn
from cupola.flight.averaged_drag import Evaluated
from cupola.flight.averaged_elements import mean
from cupola.flight.averaged_table import Tabulated
from cupola.flight.drift_down import drift_down, outcomes
from cupola.flight.full_plan import Craft
from cupola.flight.reboost import Engine, Means, Scene

BEGIN = 60_000.0
TILT = float(np.radians(51.64))
MEANS = Means(BEGIN + 1.0)
GOAL = 330e3
AREA = np.array([2_700.0 / 450e3])


def sun(flux: float):
    sky = Indices(*(np.asarray(value) for value in (flux, flux, 10.0)))
    return lambda day: sky


LEVELS = [sun(flux) for flux in (180.0, 140.0, 90.0)]


@pytest.fixture(scope="module")
def air() -> Tabulated:
    return Tabulated(TILT)


def scene() -> Scene:
    start = mean(np.array([[EARTH_RADIUS + 400e3], [0.0], [9e-4], [TILT], [1.0], [0.3]]))
    return Scene(start, "test", BEGIN, Craft(450e3, 2_700.0), LEVELS[1], Evaluated(points=8))


def altitude_on(day: float, level, air: Tabulated, burns: list[Burn]) -> float:
    one = scene()
    flight = averaged.fly(one.start, BEGIN, day, air, level, lambda mjd, orbit: AREA, burns)
    return float(flight.altitude[-1, 0])


def test_too_slow_it_is_lowered_and_drag_does_the_rest(air: Tabulated) -> None:
    by = BEGIN + 150.0
    found = drift_down(scene(), GOAL, by, MEANS, LEVELS, air, 2e3, by + 1_500.0)
    assert [one.hold for one in found] == [None, None, None]
    assert found[2].lowering < found[1].lowering < found[0].lowering < 0.0
    for level, one in zip(LEVELS, found, strict=True):
        pair = Burn(MEANS.at, one.lowering, paired=True)
        assert altitude_on(by, level, air, [pair]) == pytest.approx(GOAL, abs=500.0)
        assert one.altitude > GOAL and by < one.reached
        # Later is dearer: drag has no time to help.
        assert one.late < one.lowering
        freed = altitude_on(by, level, air, [])
        assert one.altitude == pytest.approx(freed, abs=300.0)


@pytest.mark.slow
def test_too_fast_it_is_held_and_let_go(air: Tabulated) -> None:
    by = BEGIN + 1_500.0
    found = drift_down(scene(), GOAL, by, MEANS, LEVELS[:2], air, 2e3, by + 100.0)
    for level, one in zip(LEVELS, found, strict=False):
        assert one.hold is not None and one.lowering == 0.0 and one.reached < by
        assert (np.diff(one.hold.mjd) > 0.0).all() and one.hold.mjd[-1] < by
        # All but the last make good the band.
        assert one.hold.delta_v[:-1] == pytest.approx(1.15, abs=0.1)
        assert 0.0 <= one.hold.delta_v[-1] <= 1.25
        burns = [
            Burn(mjd, size, paired=True)
            for mjd, size in zip(one.hold.mjd.tolist(), one.hold.delta_v.tolist(), strict=True)
        ]
        # Falling by a kilometre a day by then, so this is half a day.
        assert altitude_on(by, level, air, burns) == pytest.approx(GOAL, abs=600.0)
        assert altitude_on(by, level, air, burns[:-1]) < GOAL
    assert found[0].hold.total > found[1].hold.total


def test_with_the_middles_burns_the_other_levels_come_sooner_or_later(air: Tabulated) -> None:
    by = BEGIN + 240.0
    middle = drift_down(scene(), GOAL, by, MEANS, LEVELS[1:2], air, 2e3, by + 3_000.0)[0]
    told = outcomes(scene(), GOAL, by, MEANS, middle.lowering, LEVELS, air, by + 3_000.0)
    altitudes, reached = zip(*told, strict=True)
    assert altitudes[0] < GOAL < altitudes[2] and altitudes[1] == pytest.approx(GOAL, abs=300.0)
    assert reached[0] < reached[1] < reached[2] and reached[1] == pytest.approx(by, abs=1.0)


def test_engines_change_little(air: Tabulated) -> None:
    by = BEGIN + 240.0
    tug = Means(MEANS.at, (Engine("tug", 300.0, 2_000.0),))
    bare, real = (
        drift_down(scene(), GOAL, by, means, LEVELS[1:2], air, 2e3, by + 400.0)[0].lowering for means in (MEANS, tug)
    )
    assert real == pytest.approx(bare, rel=0.02)


@pytest.mark.parametrize(
    ("goal", "by", "said"),
    [
        (399e3, BEGIN + 100.0, "out of range"),
        (120e3, BEGIN + 100.0, "out of range"),
        (GOAL, BEGIN + 1.5, "less than a day"),
    ],
)
def test_what_cannot_be_is_refused(air: Tabulated, goal: float, by: float, said: str) -> None:
    with pytest.raises(DomainError, match=said):
        drift_down(scene(), goal, by, MEANS, LEVELS, air, 2e3, by + 10.0)
