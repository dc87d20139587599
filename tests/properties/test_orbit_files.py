"""Whatever a record holds, it comes back from a file to the last bit."""

from __future__ import annotations

import csv
import math
from dataclasses import replace

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cupola.base.constants import EARTH_ROTATION, MU_EARTH
from cupola.base.instants import from_utc_day, parse_instant
from cupola.formats.decimals import DEGREE, REV_PER_DAY, REV_PER_DAY2, REV_PER_DAY3, number, scaled
from cupola.formats.element_set import ElementSet, radius_at_epoch
from cupola.formats.elements import read_elements, write_omm, write_tle
from cupola.formats.ephemeris import FRAMES, ROTATING, Covariances, Oem, OemSegment
from cupola.formats.oem import read_oem, write_oem
from cupola.formats.tle_write import TICK_NS
from support.orbit_files import DATA

FIRST, LAST = parse_instant("1972-01-02T00:00:00"), parse_instant("2027-06-27T00:00:00")
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=30)
COMMENT = st.text(st.characters(codec="ascii", min_codepoint=32, max_codepoint=126), max_size=80).map(str.rstrip)


def _closed(position: np.ndarray, along: np.ndarray, share: float, frame: str) -> np.ndarray:
    """(n, 3) [m/s] Velocities of this share of the speed of escape, as a frame shows them that may turn."""
    escape = np.sqrt(2.0 * MU_EARTH / np.linalg.norm(position, axis=1))
    velocity = (share * escape / np.linalg.norm(along, axis=1))[:, None] * along
    turning = np.array([0.0, 0.0, EARTH_ROTATION if frame in ROTATING else 0.0])
    return np.asarray(velocity - np.cross(turning, position))


@st.composite
def segments(draw: st.DrawFn, first: int, system: str) -> OemSegment:
    """A segment of a few states in closed orbits above the ground, too far apart in time to be compared."""
    count = draw(st.integers(1, 4))
    gaps = [draw(st.integers(10**13, 10**15)) for _ in range(count)]
    instants = first + np.cumsum(np.array(gaps, dtype=np.int64))
    angle, height = draw(st.floats(0.0, 6.28)), draw(st.floats(7e6, 5e7))
    turn = np.array([angle + 0.01 * at for at in range(count)])
    position = np.column_stack(
        [height * np.cos(turn), height * np.sin(turn), np.full(count, draw(st.floats(-1e5, 1e5)))]
    )
    frame = draw(st.sampled_from(FRAMES))
    velocity = _closed(
        position, np.column_stack([np.sin(turn), np.cos(turn), turn]), draw(st.floats(-0.95, 0.95)), frame
    )
    acceleration = np.full((count, 3), draw(st.floats(-10.0, 10.0))) if draw(st.booleans()) else None
    covariances = None
    if draw(st.booleans()):
        matrix = np.full((1, 6, 6), draw(st.floats(0.0, 1e12)))
        covariances = Covariances(instants[:1], (draw(st.sampled_from([*FRAMES, "RTN"])),), matrix)
    degree = draw(st.none() | st.integers(1, 20))
    return OemSegment(
        *("LAB", "2031-001A", frame, system, int(instants[0]), int(instants[-1])),
        *(instants, position, velocity, acceleration),
        interpolation=None if degree is None else "LAGRANGE",
        interpolation_degree=degree,
        metadata_comments=tuple(draw(st.lists(COMMENT, max_size=2))),
        data_comments=tuple(f"x {words}".rstrip() for words in draw(st.lists(COMMENT, max_size=2))),
        covariances=covariances,
    )


@st.composite
def messages(draw: st.DrawFn) -> Oem:
    system, first = draw(st.sampled_from(["UTC", "TAI", "TT", "GPS"])), draw(st.integers(FIRST, LAST - 10**17))
    one = draw(segments(first, system))
    two = draw(segments(one.stop, system))
    return Oem(
        (one, two)[: draw(st.integers(1, 2))],
        draw(TEXT),
        draw(st.integers(FIRST, LAST)),
        draw(st.sampled_from(["1.0", "2.0", "3.0"])),
        tuple(draw(st.lists(COMMENT, max_size=2))),
        draw(st.none() | TEXT),
        draw(st.none() | TEXT),
    )


@given(messages(), st.sampled_from(["kvn", "xml"]))
@settings(max_examples=60)
def test_an_ephemeris_comes_back(message: Oem, kind: str) -> None:
    assert read_oem(write_oem(message, kind).encode()) == message


ANGLE = st.floats(0.0, 2.0 * math.pi)


@st.composite
def element_sets(draw: st.DrawFn) -> ElementSet:
    """Any elements above the ground, not only those that fit into a TLE."""
    made = ElementSet(
        *(draw(TEXT), draw(TEXT), draw(st.integers(0, 999_999_999)), draw(st.integers(FIRST, LAST))),
        *(draw(st.floats(1e-7, 1.2e-3)), draw(st.floats(0.0, 0.999)), draw(st.floats(0.0, math.pi))),
        *(draw(ANGLE), draw(ANGLE), draw(ANGLE), draw(st.floats(-1e3, 1e3))),
        *(draw(st.floats(-1e-9, 1e-9)), draw(st.floats(-1e-12, 1e-12)), draw(st.sampled_from("UCS"))),
        *(0, draw(st.integers(0, 9999)), draw(st.integers(0, 99_999))),
        creation=draw(st.none() | st.integers(FIRST, LAST)),
        originator=draw(st.none() | TEXT),
        mass=draw(st.none() | st.floats(1e-3, 1e9)),
        drag_area=draw(st.none() | st.floats(0.0, 1e9)),
        comments=tuple(draw(st.lists(COMMENT, max_size=1))),
        version=draw(st.sampled_from(["2.0", "3.0"])),
    )
    # Adding nothing turns a minus nothing into a plain one, which a file cannot tell apart.
    made = replace(made, bstar=made.bstar + 0.0, mean_motion_dot=made.mean_motion_dot + 0.0)
    assume(radius_at_epoch(made) > 6.4e6 and made.comments != ("",))
    return made


@given(element_sets(), st.sampled_from(["kvn", "xml", "json", "csv"]))
@settings(max_examples=150)
def test_elements_come_back(elements: ElementSet, kind: str) -> None:
    assert read_elements(write_omm((elements,), kind).encode()) == (elements,)


def _digits(draw: st.DrawFn, whole: int, decimals: int) -> str:
    value = draw(st.integers(0, whole * 10**decimals))
    return f"{value // 10**decimals}.{value % 10**decimals:0{decimals}d}"


@st.composite
def tle_sets(draw: st.DrawFn) -> ElementSet:
    """Elements with the digits of a TLE."""
    epoch = from_utc_day(draw(st.integers(41_317, 61_583)), draw(st.integers(0, 99_999_999)) * TICK_NS)
    made = ElementSet(
        *("LAB", "1998-067A", draw(st.integers(0, 339_999)), epoch),
        scaled(draw(st.integers(1, 1_650_000_000).map(lambda count: f"{count / 1e8:.8f}")), REV_PER_DAY),
        number("0." + draw(st.integers(0, 9_999_999).map(lambda count: f"{count:07d}"))),
        *(scaled(_digits(draw, whole, 4), DEGREE) for whole in (180, 360, 360, 360)),
        number(draw(st.integers(-99_999, 99_999).map(lambda count: f"{count}e{draw(st.integers(-14, 4))}"))) + 0.0,
        scaled(draw(st.integers(-99_999_999, 99_999_999).map(lambda count: f"{count}e-8")), REV_PER_DAY2) + 0.0,
        scaled(
            draw(st.integers(-99_999, 99_999).map(lambda count: f"{count}e{draw(st.integers(-14, 4))}")), REV_PER_DAY3
        ),
        element_set_no=draw(st.integers(0, 9_999)),
        rev_at_epoch=draw(st.integers(0, 99_999)),
    )
    assume(radius_at_epoch(made) > 6.4e6 and made.epoch < LAST)
    return replace(made, mean_motion_ddot=made.mean_motion_ddot + 0.0)


@given(tle_sets(), st.sampled_from(["kvn", "xml", "json", "csv"]))
@settings(max_examples=150)
def test_a_tle_comes_back_byte_by_byte(elements: ElementSet, kind: str) -> None:
    written = write_tle((elements,))
    read = read_elements(written.encode())
    assert read == (elements,)
    assert write_tle(read) == written
    assert write_tle(read_elements(write_omm(read, kind).encode())) == written


def test_rows_of_the_station_come_back_byte_by_byte() -> None:
    """A piece of the archive of derived elements: each row a TLE, with angles made up, through every notation."""
    with (DATA / "station_rows.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    sets = tuple(
        ElementSet(
            *("LAB", "1998-067A", int(row["norad"]), parse_instant(row["epoch_utc"])),
            *(scaled(row["mean_motion_revday"], REV_PER_DAY), number(row["ecc"]), scaled(row["inc_deg"], DEGREE)),
            *(0.1 * at % 6.0, 0.2 * at % 6.0, 0.3 * at % 6.0, number(row["bstar"]) + 0.0),
            element_set_no=at,
        )
        for at, row in enumerate(rows)
    )
    written = write_tle(sets)
    read = read_elements(written.encode())
    for kind in ("kvn", "xml", "json", "csv"):
        again = read_elements(write_omm(read, kind).encode())
        assert again == read and write_tle(again) == written
