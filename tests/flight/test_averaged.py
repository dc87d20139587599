"""The engine: coasting, burns, control, the end, steps, and what is refused."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from cupola.base.constants import EARTH_RADIUS
from cupola.base.errors import DomainError
from cupola.flight.averaged import Flight, fly
from cupola.flight.averaged_air import Drag, Indices
from cupola.flight.averaged_burns import Burn, held
from cupola.flight.averaged_drag import Evaluated
from cupola.flight.averaged_elements import Mean, mean
from cupola.flight.averaged_rates import secular
from cupola.flight.averaged_table import Tabulated

BEGIN = 60_676.0
CALM = Indices(np.array(150.0), np.array(150.0), np.array(15.0))


class Exponential:
    """Air whose drag on a circular orbit is known: da/dt = -rate exp(-(h - 400 km) / H)."""

    def __init__(self, rate: float = 2e-3, scale: float = 50e3) -> None:
        self.rate, self.scale = rate, scale

    def drag(
        self, mjd: np.ndarray, days: np.ndarray, orbit: Mean, area: np.ndarray, indices: Indices, day: float
    ) -> Drag:
        zero = np.zeros(orbit.axis.shape)
        return Drag(-self.rate * area * np.exp((400e3 - orbit.altitude) / self.scale), zero, zero, zero)


def orbit(*altitudes: float) -> Mean:
    count = len(altitudes)
    rows = [[EARTH_RADIUS + h for h in altitudes], *([value] * count for value in (3e-4, 8e-4, 0.9, 1.0, 2.0))]
    return mean(np.array(rows))


def always(value: float) -> Callable[[float, Mean], np.ndarray]:
    return lambda mjd, one: np.full(one.axis.shape, value)


def coast(start: Mean, days: float, air: object, **options: object) -> Flight:
    return fly(start, BEGIN, BEGIN + days, air, lambda day: CALM, always(1.0), **options)  # type: ignore[arg-type]


def test_without_air_only_the_angles_move() -> None:
    start = orbit(400e3, 420e3)
    flight = coast(start, 30.0, Exponential(0.0))
    assert len(flight.mjd) == 31 and flight.mjd[-1] == BEGIN + 30.0
    assert np.array_equal(flight.rows[-1, 0], start.axis) and np.array_equal(flight.rows[-1, 3], start.inclination)
    rates = secular(start.axis, start.inclination)
    assert np.allclose(flight.rows[-1, 4] - 1.0, rates.node * 30.0 * 86_400.0, rtol=1e-12)
    assert np.allclose(flight.rows[-1, 5] - 2.0, rates.argument * 30.0 * 86_400.0, rtol=1e-12)
    radius = np.hypot(start.ex, start.ey - rates.frozen)
    assert np.allclose(np.hypot(flight.rows[-1, 1], flight.rows[-1, 2] - rates.frozen), radius, rtol=1e-10)


def test_exponential_air_is_flown_to_its_exact_end() -> None:
    air = Exponential()
    life = air.scale / air.rate / 86_400.0 * (1.0 - np.exp((120e3 - 400e3) / air.scale))
    flight = coast(orbit(400e3), 2.0 * life, air)
    assert flight.entry[0] - BEGIN == pytest.approx(life, rel=1e-3)
    assert flight.altitude[-1, 0] == pytest.approx(120e3, abs=1e-3)
    half = int(life // 2)
    exact = 400e3 + air.scale * np.log(1.0 - air.rate * half * 86_400.0 / air.scale)
    assert flight.altitude[half, 0] == pytest.approx(exact, abs=0.001 * (400e3 - exact))


def test_one_that_has_ended_stays_where_it_ended_and_others_fly_on() -> None:
    flight = coast(orbit(150e3, 420e3), 40.0, Exponential())
    assert flight.entry[0] < BEGIN + 1.0 and np.isnan(flight.entry[1])
    assert np.array_equal(flight.rows[1, :, 0], flight.rows[-1, :, 0])
    assert flight.altitude[-1, 1] < flight.altitude[1, 1]


def test_rows_stand_at_midnights_and_at_both_ends() -> None:
    flight = fly(orbit(400e3), BEGIN + 0.3, BEGIN + 2.6, Exponential(), lambda day: CALM, always(1.0))
    assert flight.mjd.tolist() == pytest.approx([BEGIN + 0.3, BEGIN + 1.0, BEGIN + 2.0, BEGIN + 2.6])


def test_shorter_and_longer_steps_agree() -> None:
    falls = {}
    for step in (0.25, 1.0, 2.0, 4.0):
        flight = coast(orbit(400e3), 64.0, Exponential(), step=step)
        falls[step] = float(400e3 - flight.altitude[-1, 0])
    assert all(fall == pytest.approx(falls[0.25], rel=1e-3) for fall in falls.values())


def test_longer_steps_take_the_mean_of_the_days() -> None:
    seen = []

    class Seen(Exponential):
        def drag(
            self, mjd: np.ndarray, days: np.ndarray, orbit: Mean, area: np.ndarray, indices: Indices, day: float
        ) -> Drag:
            seen.append((float(indices.f107), day))
            return super().drag(mjd, days, orbit, area, indices, day)

    def by_day(day: int) -> Indices:
        return Indices(*(np.array(100.0 + day - BEGIN) for _ in range(3)))

    fly(orbit(400e3), BEGIN, BEGIN + 4.0, Seen(), by_day, always(0.1), step=2.0)
    assert {flux for flux, _ in seen} == {100.5, 102.5} and {day - BEGIN for _, day in seen} == {0.5, 2.5}


def test_a_burn_is_made_at_its_time_whatever_the_order() -> None:
    burns = [Burn(BEGIN + 5.5, 2.0), Burn(BEGIN + 2.25, np.array([0.0, 1.0]), 600.0)]
    flight = coast(orbit(400e3, 400e3), 10.0, Exponential(0.0), burns=burns)
    # Rows at six midnights and twice at each burn.
    assert flight.mjd.tolist() == [BEGIN + day for day in (0, 1, 2, 2.25, 2.25, 3, 4, 5, 5.5, 5.5, 6, 7, 8, 9, 10)]
    height = flight.altitude
    assert height[3].tolist() == height[0].tolist() and height[4, 0] == height[0, 0]
    assert height[5, 1] > 1_700.0 + height[0, 1]
    assert height[8, 0] == height[0, 0] and height[9, 0] > 3_400.0 + height[0, 0]
    assert not np.array_equal(flight.rows[9, 1:3, 0], flight.rows[8, 1:3, 0])


def test_a_burn_outside_the_flight_is_not_made() -> None:
    flight = coast(orbit(400e3), 2.0, Exponential(0.0), burns=[Burn(BEGIN - 1.0, 5.0), Burn(BEGIN + 2.0, 5.0)])
    assert np.array_equal(flight.altitude[-1], flight.altitude[0])


def test_an_orbit_is_held_by_control() -> None:
    flight = coast(orbit(401e3, 410e3), 200.0, Exponential(), control=held(400e3, 402e3))
    assert flight.altitude[1:, 0].min() >= 400e3 and flight.altitude[:, 0].max() < 402.1e3
    assert len(flight.made) > 3 and all(burn.paired for burn in flight.made)
    assert np.isnan(flight.entry).all()


def test_the_area_may_vary_with_the_day() -> None:
    def shrinking(mjd: float, one: Mean) -> np.ndarray:
        return np.full(one.axis.shape, 1.0 if mjd < BEGIN + 5.0 else 0.0)

    flight = fly(orbit(400e3), BEGIN, BEGIN + 10.0, Exponential(), lambda day: CALM, shrinking)
    assert flight.altitude[5, 0] < flight.altitude[0, 0] and flight.altitude[-1, 0] == flight.altitude[5, 0]


def test_a_step_ends_where_the_area_changes() -> None:
    def shrinking(mjd: float, one: Mean) -> np.ndarray:
        return np.full(one.axis.shape, 1.0 if mjd < BEGIN + 5.25 else 0.0)

    def flown(days: float, **options: object) -> Flight:
        return fly(
            orbit(400e3),
            BEGIN,
            BEGIN + days,
            Exponential(),
            lambda day: CALM,
            shrinking,
            **options,  # type: ignore[arg-type]
        )

    flight = flown(10.0, stops=[BEGIN + 7.0, BEGIN + 5.25, BEGIN - 1.0])
    assert flight.mjd.tolist() == [BEGIN + day for day in (0, 1, 2, 3, 4, 5, 5.25, 6, 7, 8, 9, 10)]
    days = np.diff(flight.altitude[4:8, 0])
    assert days[1] == pytest.approx(0.25 * days[0], rel=0.01) and days[2] == 0.0
    both = flown(6.0, stops=[BEGIN + 5.25], burns=[Burn(BEGIN + 5.25, 1.0)])
    assert both.mjd.tolist()[5:] == [BEGIN + day for day in (5, 5.25, 5.25, 6)]


@pytest.mark.parametrize("air", [Evaluated(points=16), Tabulated(0.9013)], ids=["model", "table"])
def test_more_drag_falls_more_and_a_circle_stays_round(air: object) -> None:
    light = fly(orbit(400e3), BEGIN, BEGIN + 60.0, air, lambda day: CALM, always(0.004))  # type: ignore[arg-type]
    heavy = fly(orbit(400e3), BEGIN, BEGIN + 60.0, air, lambda day: CALM, always(0.008))  # type: ignore[arg-type]
    assert 0.0 < light.altitude[0, 0] - light.altitude[-1, 0] < heavy.altitude[0, 0] - heavy.altitude[-1, 0]
    assert np.hypot(heavy.rows[-1, 1], heavy.rows[-1, 2])[0] < 2e-3
    assert heavy.rows[-1, 3, 0] < heavy.rows[0, 3, 0]


@pytest.mark.parametrize(
    ("begin", "end", "height", "options", "said"),
    [
        (BEGIN, BEGIN - 1.0, 400e3, {}, "times"),
        (np.nan, BEGIN, 400e3, {}, "times"),
        (BEGIN, np.inf, 400e3, {}, "times"),
        (BEGIN, BEGIN + 1.0, 400e3, {"step": 0.0}, "times"),
        (BEGIN, BEGIN + 1.0, 400e3, {"stops": [np.nan]}, "times"),
        (BEGIN, BEGIN + 1.0, 119e3, {}, "mean altitude"),
        (BEGIN, BEGIN + 1.0, np.nan, {}, "not finite"),
    ],
)
def test_what_cannot_be_flown_is_refused(
    begin: float, end: float, height: float, options: dict[str, object], said: str
) -> None:
    with pytest.raises(DomainError, match=said):
        fly(orbit(height), begin, end, Exponential(), lambda day: CALM, always(1.0), **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("area", [-1.0, np.nan, np.inf])
def test_an_area_out_of_range_is_refused(area: float) -> None:
    with pytest.raises(DomainError, match="Cd A / m"):
        fly(orbit(400e3), BEGIN, BEGIN + 1.0, Exponential(), lambda day: CALM, always(area))


def test_nothing_is_flown_in_no_time() -> None:
    flight = coast(orbit(400e3), 0.0, Exponential())
    assert flight.mjd.tolist() == [BEGIN] and flight.at(0).axis[0] == EARTH_RADIUS + 400e3
