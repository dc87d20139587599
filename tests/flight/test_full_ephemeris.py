"""The shipped cut of the ephemeris: where the Sun and the Moon stand, and the layout handed on."""

from __future__ import annotations

import struct

import numpy as np
import pytest

from cupola.flight.full_ephemeris import BODIES, UNIT_KM, ephemeris_file, load_table
from cupola.physics.orbit import sun_direction, sun_distance


def barycentric(name: str, julian_date: float) -> np.ndarray:
    """Position [km] from the table's own polynomials, by NumPy's evaluation of Chebyshev series."""
    table = load_table()
    _, _, orders, pieces = next(body for body in BODIES if body[0] == name)
    block, inside = divmod(julian_date - float(table["first_jd"]), float(table["block_days"]))
    piece, share = divmod(inside / float(table["block_days"]) * pieces, 1.0)
    series = table[name][:, int(block)].reshape(pieces, 3, orders)[int(piece)] * UNIT_KM
    return np.polynomial.chebyshev.chebval(2.0 * share - 1.0, series.T)


def sun_from_earth(julian_date: float) -> np.ndarray:
    ratio = float(load_table()["mass_ratio"])
    earth = barycentric("barycentre", julian_date) - barycentric("moon", julian_date) / (1.0 + ratio)
    return barycentric("sun", julian_date) - earth


@pytest.mark.parametrize("mjd", [51_544.5, 55_555.25, 60_676.0])
def test_the_sun_stands_where_the_almanac_says(mjd: float) -> None:
    sun = sun_from_earth(mjd + 2_400_000.5)
    distance = np.linalg.norm(sun)
    assert distance / float(load_table()["astronomical_unit_km"]) == pytest.approx(sun_distance(mjd), abs=2e-4)
    angle = np.degrees(np.arccos(np.clip(np.dot(sun / distance, np.array(sun_direction(mjd))), -1.0, 1.0)))
    # The almanac's axes are those of date: precession turns them by 0.014 degrees a year from 2000 on.
    assert angle < 0.02 + 0.014 * abs(mjd - 51_544.5) / 365.25


def test_the_moon_keeps_its_distance() -> None:
    far = [np.linalg.norm(barycentric("moon", 2_460_676.5 + day)) for day in range(30)]
    assert 356_000 < min(far) < 372_000 and 400_000 < max(far) < 407_000


def test_the_pieces_join() -> None:
    for name, *_ in BODIES:
        before, after = (barycentric(name, 2_460_000.5 + 16.0 * k + at) for k, at in ((1, -1e-9), (1, 1e-9)))
        assert np.abs(after - before).max() < 0.01


def test_the_layout_has_a_header_of_two_records_and_equal_blocks() -> None:
    table = load_table()
    data = ephemeris_file(table)
    pointers = np.array(struct.unpack_from("<36i", data, 2_696)).reshape(12, 3)
    record = 2 + sum(3 * orders * pieces for _, _, orders, pieces in BODIES)
    assert len(data) == 8 * record * (2 + table["sun"].shape[1])
    assert pointers[2].tolist() == [3, 13, 2] and pointers[10, 1:].tolist() == [11, 2]
    assert struct.unpack_from("<2d", data, 8 * record * 2) == (table["first_jd"], table["first_jd"] + 32.0)
