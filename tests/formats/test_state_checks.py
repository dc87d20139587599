"""States are compared with their neighbours: a wrong digit is told with its line, a burn between them is none."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cupola.base.constants import EARTH_ROTATION, MU_EARTH
from cupola.base.errors import FormatError
from cupola.base.instants import NS
from cupola.formats import state_checks
from cupola.formats.ephemeris import Oem, OemSegment
from cupola.formats.findings import Findings
from cupola.formats.oem import read_oem, write_oem
from cupola.formats.records import FloatArray
from cupola.formats.state_checks import check_neighbours
from support.orbit_files import DATA, text

RELEASES = sorted((DATA / "releases").iterdir())
CUT = read_oem(RELEASES[0]).segments[0]
ROWS = 16
SHORT = replace(
    CUT,
    stop=int(CUT.instants[ROWS - 1]),
    useable_start=None,
    useable_stop=None,
    data_comments=(),
    **{name: getattr(CUT, name)[:ROWS] for name in ("instants", "position", "velocity")},
)
PLAIN = write_oem(Oem((SHORT,), "CUPOLA", 0))
FIRST = PLAIN.split("\n").index("META_STOP") + 2


def found(segment: OemSegment, position: FloatArray, velocity: FloatArray, frame: str = "EME2000") -> list[str]:
    findings, count = Findings("f"), len(segment.instants)
    check_neighbours(
        *(findings, range(1, count + 1), segment.instants, position, velocity, frame, MU_EARTH),
        np.ones(count, dtype=np.bool_),
    )
    return [str(problem) for problem in findings.problems]


@given(st.integers(0, ROWS - 1), st.integers(1, 3), st.integers(0, 2), st.integers(1, 9))
def test_a_digit_that_moves_a_state_by_ten_kilometres_is_told_at_its_line(
    row: int, axis: int, place: int, more: int
) -> None:
    lines = PLAIN.split("\n")
    words = lines[FIRST + row].split()
    whole, _, rest = words[axis].partition(".")
    sign, whole = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    place = min(place, max(len(whole) - 2, 0))
    if len(whole) < 2 or (place == 0 and whole[0] == str((int(whole[0]) + more) % 10)):
        return
    digit = str((int(whole[place]) + more) % 10)
    words[axis] = f"{sign}{whole[:place]}{digit}{whole[place + 1 :]}.{rest}"
    lines[FIRST + row] = " ".join(words)
    with pytest.raises(FormatError) as caught:
        read_oem("\n".join(lines).encode(), "f")
    assert [problem.where for problem in caught.value.problems] == [f"f:{FIRST + row + 1}"]


@pytest.mark.parametrize("row", [0, 7, ROWS - 1])
def test_a_tenth_of_a_kilometre_a_second_is_told(row: int) -> None:
    velocity = SHORT.velocity.copy()
    velocity[row, 1] += 100.0
    (told,) = found(SHORT, SHORT.position, velocity)
    assert told.startswith(f"f:{row + 1}: state: does not lie on one path with")


def test_the_words_name_the_neighbours_and_how_far_it_is_off() -> None:
    position = SHORT.position.copy()
    position[ROWS - 1, 0] += 30e3
    (told,) = found(SHORT, position, SHORT.velocity)
    assert "with the one before it: got 30.1 km off" in told and "Is a digit wrong?" in told
    position = SHORT.position.copy()
    position[[0, 9], 0] += 30e3
    first, middle = found(SHORT, position, SHORT.velocity)
    assert "f:1: " in first and "the one after it" in first
    assert "f:10: " in middle and "those before and after it" in middle


def flown(burn: float, after: float, row: int = 10) -> OemSegment:
    """A circle of 6,790 km, with an impulse so many seconds after one of its states: two-body motion, in 240 s."""
    seconds = 240.0 * np.arange(ROWS)
    axis, at = 6.79e6, seconds[row] + after
    rate = math.sqrt(MU_EARTH / axis**3)

    def circle(times: FloatArray) -> tuple[FloatArray, FloatArray]:
        unit = np.stack([np.cos(rate * times), np.sin(rate * times), 0.0 * times], axis=1)
        way = np.stack([-np.sin(rate * times), np.cos(rate * times), 0.0 * times], axis=1)
        return axis * unit, axis * rate * way

    position, velocity = circle(seconds)
    place, speed = (part[0] for part in circle(np.array([at])))
    speed = speed * (1.0 + burn / float(np.linalg.norm(speed)))
    for later in range(row + 1, ROWS):
        place, speed = position[later], velocity[later] = _fall(place, speed, seconds[later] - at)
        at = seconds[later]
    instants = np.round(seconds * NS).astype(np.int64)
    return replace(SHORT, instants=instants, position=position, velocity=velocity)


def _fall(place: FloatArray, speed: FloatArray, seconds: float) -> tuple[FloatArray, FloatArray]:
    """Two-body motion by many small steps of the leapfrog."""
    steps = max(1, math.ceil(seconds / 10.0))
    step = seconds / steps
    place, speed = place.copy(), speed.copy()
    for _ in range(steps):
        place += 0.5 * step * speed
        speed -= step * MU_EARTH * place / np.linalg.norm(place) ** 3
        place += 0.5 * step * speed
    return place, speed


@settings(max_examples=30)
@given(st.floats(-20.0, 20.0), st.floats(0.0, 239.0), st.sampled_from([0, 7, ROWS - 2]))
def test_a_burn_of_up_to_twenty_metres_a_second_is_none(burn: float, after: float, row: int) -> None:
    segment = flown(burn, after, row)
    assert found(segment, segment.position, segment.velocity) == []


@settings(max_examples=30)
@given(st.floats(-300.0, 300.0), st.floats(0.0, 239.0), st.sampled_from([1, 7, ROWS - 3]))
def test_a_larger_one_between_good_states_is_none(burn: float, after: float, row: int) -> None:
    segment = flown(burn, after, row)
    assert found(segment, segment.position, segment.velocity) == []


@pytest.mark.parametrize("days", [0.0, 0.3])
def test_a_frame_that_turns_is_turned_back(days: float, monkeypatch: pytest.MonkeyPatch) -> None:
    turn = EARTH_ROTATION * (SHORT.seconds + 86_400.0 * days)
    cos, sin = np.cos(turn), np.sin(turn)
    (x, y, z), (vx, vy, vz) = SHORT.position.T, SHORT.velocity.T
    position = np.stack([cos * x + sin * y, cos * y - sin * x, z], axis=1)
    velocity = np.stack([cos * vx + sin * vy, cos * vy - sin * vx, vz], axis=1)
    velocity[:, :2] += EARTH_ROTATION * np.stack([position[:, 1], -position[:, 0]], axis=1)
    for name, value in (("LOOSE", 60.0), ("PUSH", 0.0), ("ROUGH", 0.0)):
        monkeypatch.setattr(state_checks, name, value)
    assert found(SHORT, position, velocity, "ITRF") == []
    assert len(found(SHORT, position, velocity, "EME2000")) > 4
    position[4, 2] += 20e3
    assert [line[:4] for line in found(SHORT, position, velocity, "ITRF")] == ["f:5:"]


def test_states_far_apart_in_time_and_far_out_are_not_compared() -> None:
    position = SHORT.position.copy()
    position[9, 0] += 30e3
    slow = replace(SHORT, instants=SHORT.instants[0] + (SHORT.instants - SHORT.instants[0]) * 2)
    assert found(slow, position, SHORT.velocity) == []
    assert found(SHORT, SHORT.position * 1e2, SHORT.velocity * 0.0) == []
    assert found(replace(SHORT, instants=SHORT.instants[:1]), position[:1], SHORT.velocity[:1]) == []


def test_no_more_than_twenty_are_named() -> None:
    many = replace(CUT, instants=CUT.instants[:200])
    position = CUT.position[:200].copy()
    position[::3] += 50e3
    assert len(found(many, position, CUT.velocity[:200])) == 20


def test_what_is_not_to_be_read_is_not_written() -> None:
    position = SHORT.position.copy()
    position[3, 0] += 30e3
    with pytest.raises(Exception, match="does not lie on one path"):
        write_oem(Oem((replace(SHORT, position=position),), "CUPOLA", 0))


def test_the_last_state_of_a_small_file_is_told_and_metres_are_hinted_at() -> None:
    changed = text("small.oem").replace("12:12:00.000 -4660.6", "12:12:00.000 -4690.6", 1)
    with pytest.raises(FormatError, match="does not lie on one path with the one before it") as caught:
        read_oem(changed.encode(), "f")
    line = 1 + next(at for at, row in enumerate(changed.split("\n")) if "-4690.6" in row)
    assert [problem.where for problem in caught.value.problems] == [f"f:{line}"]
    fast = text("small.oem").replace("-6.50414981062659", "-16.50414981062659", 1)
    with pytest.raises(FormatError, match="Are the numbers in km"):
        read_oem(fast.encode())


def test_a_leap_of_the_velocity_is_told_between_states_two_seconds_apart() -> None:
    close = replace(SHORT, instants=SHORT.instants[0] + 2 * NS * np.arange(ROWS))
    position = SHORT.position[0] + 2.0 * np.arange(ROWS)[:, None] * SHORT.velocity[0]
    velocity = np.repeat(SHORT.velocity[:1], ROWS, axis=0)
    assert found(close, position, velocity) == []
    velocity[9, 2] += 1_000.0
    assert [line[:5] for line in found(close, position, velocity)] == ["f:10:"]
