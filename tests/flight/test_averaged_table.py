"""Drag by table against drag from the model, the edges, the slabs in their three forms, and tables made when needed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from cupola.base.constants import EARTH_RADIUS
from cupola.base.errors import DomainError
from cupola.flight import averaged_harmonics
from cupola.flight.averaged_air import Drag, Indices
from cupola.flight.averaged_drag import Evaluated
from cupola.flight.averaged_elements import Mean
from cupola.flight.averaged_harmonics import FIELDS, along_orbit, lookup, write
from cupola.flight.averaged_slab import cubic, cubic_of_one, day_of_2000
from cupola.flight.averaged_table import Tabulated

TILT = float(np.radians(51.64))


@pytest.fixture(scope="module")
def table() -> Tabulated:
    return Tabulated(TILT)


def some_orbits(count: int, largest: float, seed: int = 3) -> tuple[Mean, np.ndarray, np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    axis = EARTH_RADIUS + random.uniform(250e3, 480e3, count)
    ex, ey = random.uniform(-largest, largest, (2, count)) / np.sqrt(2.0)
    orbit = Mean(axis, ex, ey, np.full(count, TILT), random.uniform(0.0, 6.28, count), np.zeros(count))
    return (
        orbit,
        random.uniform(70.0, 220.0, count),
        random.uniform(4.0, 40.0, count),
        random.uniform(51_544, 62_000, count),
    )


def both(table: Tabulated, count: int, largest: float) -> tuple[Drag, Drag]:
    """Drag by table and from the model, each orbit on a day of its own."""
    orbit, flux, ap, days = some_orbits(count, largest)
    straight, found = [], []
    for lane in range(count):
        one, day = Mean(*orbit.rows[:, lane : lane + 1]), float(np.floor(days[lane]))
        indices = Indices(np.array(flux[lane]), np.array(flux[lane]), np.array(ap[lane]))
        args = (np.array([day]), np.ones(1), one, np.array([0.008]), indices, int(day))
        straight.append(Evaluated(points=128).drag(*args))
        found.append(table.drag(*args))
    names = ("axis", "ex", "ey", "inclination")
    join = [
        Drag(*(np.concatenate([getattr(one, name) for one in ones]) for name in names)) for ones in (found, straight)
    ]
    return join[0], join[1]


# Measured over 300 orbits: mean 0.00, 0.00, 0.01 %; rms 0.20, 0.22, 0.31 %; worst 0.6, 0.6, 1.5 %.
@pytest.mark.parametrize(("largest", "rms", "worst"), [(0.0, 0.006, 0.018), (1e-3, 0.006, 0.018), (3e-3, 0.009, 0.045)])
def test_the_table_gives_the_drag_of_the_model(table: Tabulated, largest: float, rms: float, worst: float) -> None:
    found, straight = both(table, 100, largest)
    error = found.axis / straight.axis - 1.0
    assert abs(error.mean()) < 0.0015 and error.std() < rms and np.abs(error).max() < worst
    # What drag does to the eccentricity, as a share of what it does to the axis: rms 0.01.
    for name in ("ex", "ey"):
        off = (getattr(found, name) - getattr(straight, name)) / straight.axis * 6.8e6
        assert off.std() < 0.03


def test_flux_and_ap_open_or_settled_give_the_same(table: Tabulated) -> None:
    orbit, *_ = some_orbits(5, 1e-3)
    flux, ap = np.full(5, 137.0), np.full(5, 17.0)
    args = (np.full(5, 60_700.0), np.ones(5), orbit, np.full(5, 0.008))
    shared = table.drag(*args, Indices(flux[0], flux[0], ap[0]), 60_700)
    lanes = table.drag(*args, Indices(flux, flux, ap[0]), 60_700)
    each = table.drag(*args, Indices(flux, flux, ap), 60_700)
    # The table is in single precision: one unit of ln(rho) is 1.9e-6 up to -32 and 3.8e-6 beyond, where the air of
    # 500 km and more lies, and with it the node above.
    one = float(np.spacing(np.float32(33.0)))
    assert np.allclose(lanes.axis, shared.axis, rtol=one) and np.allclose(each.axis, shared.axis, rtol=one)


def test_outside_the_table_indices_are_held_and_the_air_goes_on_thinning(table: Tabulated) -> None:
    orbit, *_ = some_orbits(1, 0.0)

    def at(height: float, flux: float) -> float:
        one = Mean(np.array([EARTH_RADIUS + height]), *orbit.rows[1:])
        args = (np.array([60_700.0]), np.ones(1), one, np.array([0.008]))
        return float(table.drag(*args, Indices(np.array(flux), np.array(flux), np.array(15.0)), 60_700).axis[0])

    assert at(400e3, 340.0) == at(400e3, 900.0) and at(400e3, 60.0) == at(400e3, 1.0)
    assert at(520e3, 150.0) < at(560e3, 150.0) < at(700e3, 150.0) < 0.0
    assert at(119e3, 150.0) == pytest.approx(at(120e3, 150.0), rel=0.05)


def test_the_weights_of_a_cubic_give_a_cubic_back() -> None:
    nodes = (60.0, 75.0, 90.0, 110.0, 135.0, 165.0)
    for value in (50.0, 60.0, 61.0, 100.0, 164.0, 165.0, 400.0):
        places, weights = cubic(np.array(nodes), np.array([value]))
        one = cubic_of_one(nodes, value)
        assert [place for place, _ in one] == places[:, 0].tolist()
        assert np.allclose([weight for _, weight in one], weights[:, 0])
        held = min(max(value, 60.0), 165.0)
        assert sum(weight * nodes[place] ** 3 for place, weight in one) == pytest.approx(held**3)


def test_the_day_of_the_year_counts_and_not_the_year() -> None:
    assert day_of_2000(60_676) == day_of_2000(51_544) and day_of_2000(60_677) - day_of_2000(60_676) == 1.0


def test_the_harmonics_are_those_of_the_orbit(table: Tabulated) -> None:
    # Measured over 200 orbits in the air of the table: rms 0.006 to 0.01 for each field.
    random, offs = np.random.default_rng(5), []
    for _ in range(60):
        height, theta, flux = random.uniform(200e3, 480e3), random.uniform(0.0, 6.28), random.uniform(75.0, 225.0)
        day = float(random.integers(51_544, 51_909))
        direct = along_orbit(np.array([height]), TILT, theta, day, flux, "00")
        found = lookup(table.waves(day), np.array([flux]), np.array([theta]), np.array([height]))
        offs.append((found - direct)[:, 0])
    assert len(offs[0]) == FIELDS and (np.std(offs, axis=0) < 0.03).all()


@pytest.mark.slow
def test_a_table_of_harmonics_is_made_once_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    made = averaged_harmonics.load(33.0)
    assert (tmp_path / "cupola" / "harmonics_33.00.npz").is_file()
    assert made.inclination == pytest.approx(np.radians(33.0))
    averaged_harmonics.load.cache_clear()
    assert np.array_equal(averaged_harmonics.load(33.0).values, made.values)


@pytest.mark.slow
def test_the_shipped_harmonics_are_what_the_maker_makes(tmp_path: Path) -> None:
    folder = Path(averaged_harmonics.__file__).resolve().parents[1] / "data" / "environment"
    with np.load(write(51.64, tmp_path)) as made, np.load(folder / "harmonics_51.64.npz") as shipped:
        off = made["harmonics"].astype(int) - shipped["harmonics"].astype(int)
    assert np.abs(off).max() <= 30


def test_a_file_that_is_no_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "harmonics_34.00.npz"
    np.savez(path, harmonics=np.zeros(3), scale=1.0, inclination=34.0)
    with pytest.raises(DomainError, match="no table of harmonics"):
        averaged_harmonics._read(path)
