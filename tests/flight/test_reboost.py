"""Burns for an altitude: as large as textbooks say, split as asked, by the engines there are; they never overlap."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from cupola.base.constants import EARTH_RADIUS, MU_EARTH, STANDARD_GRAVITY
from cupola.base.errors import DomainError
from cupola.flight.averaged_air import Indices
from cupola.flight.averaged_drag import Evaluated
from cupola.flight.averaged_elements import mean
from cupola.flight.averaged_table import Tabulated
from cupola.flight.full_plan import Craft
from cupola.flight.reboost import (
    NOBODY,
    Engine,
    Means,
    Scene,
    arranged,
    change_of,
    coasted,
    falls_back,
    half_turn,
    shares,
    to_altitude,
)

BEGIN = 60_000.0
TUG = Engine("tug", 300.0, 2_000.0)
TILT = float(np.radians(51.64))


def sun(flux: float):
    sky = Indices(*(np.asarray(value) for value in (flux, flux, 10.0)))
    return lambda day: sky


def scene(altitude: float = 400e3, area: float = 0.0, e: float = 9e-4) -> Scene:
    start = mean(np.array([[EARTH_RADIUS + altitude], [0.0], [e], [TILT], [1.0], [0.3]]))
    return Scene(start, "test", BEGIN, Craft(420e3, area), sun(150.0), Evaluated(points=8))


@pytest.mark.parametrize(("low", "high"), [(400e3, 420e3), (350e3, 410e3), (420e3, 390e3)])
def test_a_pair_is_the_textbooks_hohmann_transfer(low: float, high: float) -> None:
    one, two = EARTH_RADIUS + low, EARTH_RADIUS + high
    # Vis-viva at both ends of the transfer ellipse, J2 left out: 0.1 % of the sum.
    middle = 0.5 * (one + two)
    first = np.sqrt(MU_EARTH * (2.0 / one - 1.0 / middle)) - np.sqrt(MU_EARTH / one)
    second = np.sqrt(MU_EARTH / two) - np.sqrt(MU_EARTH * (2.0 / two - 1.0 / middle))
    plan = to_altitude(scene(low, e=0.0), high, Means(BEGIN + 1.0))
    assert plan.total == pytest.approx(float(first + second), rel=1.5e-3)
    assert len(plan.steps) == 2
    assert plan.steps[-1].after.altitude == pytest.approx(high, abs=0.5)


def test_two_burns_leave_the_eccentricity_and_one_does_not() -> None:
    pair, single = (to_altitude(scene(), 420e3, Means(BEGIN + 1.0, count=count)) for count in (2, 1))

    def eccentricity(orbit) -> float:
        return (orbit.apogee - orbit.perigee) / (orbit.apogee + orbit.perigee + 2.0 * EARTH_RADIUS)

    before = eccentricity(pair.steps[0].before)
    assert eccentricity(pair.steps[-1].after) == pytest.approx(before, abs=3e-5)
    # 2 dv / v = 0.0029 of one burn against the 0.0009 that there are.
    assert abs(eccentricity(single.steps[0].after) - before) > 5e-4
    assert single.total == pytest.approx(pair.total, rel=2e-3)


def test_propellant_and_time_are_those_of_the_rocket_equation() -> None:
    plan = to_altitude(scene(), 410e3, Means(BEGIN + 1.0, (replace(TUG, steering=0.1),)))
    exhaust = 300.0 * STANDARD_GRAVITY
    burnt = 420e3 * (1.0 - np.exp(-plan.total / exhaust))
    assert plan.propellant == pytest.approx(1.1 * burnt, rel=1e-4)
    assert plan.duration == pytest.approx(burnt * exhaust / 2_000.0, rel=1e-4)
    assert plan.steps[-1].mass_after == pytest.approx(420e3 - 1.1 * burnt, rel=1e-6)
    bare = to_altitude(scene(), 410e3, Means(BEGIN + 1.0))
    assert bare.propellant is None and bare.duration is None


def test_drag_is_made_good() -> None:
    # A day of drag before the burn, and the altitude is still the one asked for.
    plan = to_altitude(scene(300e3, 3_000.0), 305e3, Means(BEGIN + 1.0, (TUG,)))
    assert plan.steps[0].before.altitude < 299.5e3
    assert plan.steps[-1].after.altitude == pytest.approx(305e3, abs=0.5)


def test_engines_are_used_up_in_turn_and_what_nobody_gives_is_told() -> None:
    weak, strong = replace(TUG, name="weak", most=1.0), replace(TUG, name="strong", most=3.0)
    found, lacking = shares(-6.0, Means(BEGIN, (weak, strong), 2, 2.0))
    assert [(size, engine.name) for size, engine in found] == [
        (-1.0, "weak"),
        (-1.5, "strong"),
        (-1.5, "strong"),
        (-2.0, "nobody"),
    ]
    assert lacking == pytest.approx(2.0) and found[-1][1] is NOBODY
    assert shares(0.0, Means(BEGIN)) == ([], 0.0)
    with pytest.raises(DomainError, match="come to more than 200"):
        shares(50.0, Means(BEGIN, largest=0.1))


def test_burns_stand_an_odd_number_of_half_turns_apart_and_never_overlap() -> None:
    half = half_turn(EARTH_RADIUS + 400e3, TILT)
    assert half * 1_440.0 == pytest.approx(46.2, abs=0.2)
    for thrust, turns in ((2_000.0, 1), (200.0, 3)):
        # 3 m/s of 420 t take 630 s at 2 kN; at 200 N 6,300 s, more than two half turns.
        pushes, _ = arranged(scene(), 6.0, Means(BEGIN, (replace(TUG, thrust=thrust),)))
        assert pushes[1].begin - pushes[0].begin == pytest.approx(turns * half, rel=1e-9)
        plan = change_of(scene(), 6.0, Means(BEGIN, (replace(TUG, thrust=thrust),)))
        assert plan.steps[0].end < pushes[1].begin


def test_a_long_burn_raises_as_much_but_turns_the_ellipse_less() -> None:
    # 5 m/s at 500 N: 70 minutes, three quarters of a turn.
    long, short = (
        change_of(scene(), 5.0, Means(BEGIN, (replace(TUG, thrust=thrust),), 1)).steps[0].after
        for thrust in (500.0, 50e3)
    )
    assert long.altitude == pytest.approx(short.altitude, abs=30.0)
    assert long.apogee - long.perigee < short.apogee - short.perigee - 3e3


def test_it_is_there_already() -> None:
    plan = to_altitude(scene(), 400e3 + 4.0, Means(BEGIN + 1.0))
    assert plan.steps == () and plan.total == 0.0 and plan.propellant == 0.0


def test_the_raise_is_lost_again_sooner_with_more_sun() -> None:
    orbit, air, area = scene(402e3).start, Tabulated(TILT), np.array([0.008])
    early, late = (
        float(falls_back(orbit, BEGIN, BEGIN + 400.0, 400e3, air, sun(flux), area)[0]) for flux in (200.0, 80.0)
    )
    assert BEGIN < early < late < BEGIN + 400.0
    assert np.isnan(falls_back(orbit, BEGIN, BEGIN + 1.0, 400e3, air, sun(80.0), area)).all()


def test_what_cannot_be_is_refused() -> None:
    for target in (120e3, 596e3):
        with pytest.raises(DomainError, match="target: is out of range"):
            to_altitude(scene(), target, Means(BEGIN))
    with pytest.raises(DomainError, match="before the start"):
        change_of(scene(), 1.0, Means(BEGIN - 1.0))
    with pytest.raises(DomainError, match="comes after the end"):
        coasted(scene(150e3, 3_500.0), BEGIN + 3.0)
