"""``cupola fly`` with arrays that turn, and with the body tide: in flight, summary and file, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

STATE = ("fly", "--state", "6788.1363,0,0,0,4.755154,6.008923", "--epoch", "2025-03-20T09:00", "--days", "1")
FLIGHT = (*STATE, "--mass", "420 t", "--drag-area", "1000 m2")
AVERAGED = (*FLIGHT, "--fidelity", "averaged")


def test_arrays_sink_the_craft_as_the_summary_says_and_feathered_ones_less(call) -> None:
    def sunk(*words: str) -> tuple[float, str]:
        document = json.loads(call(*AVERAGED, *words, "--json").stdout)
        return float(document["sinks_m_a_day"]), " ".join(document["assumed"])

    plain, told = sunk()
    assert "arrays" not in told and "drag area 1000 m2, as given" in told
    # The Sun lies in the orbit plane: 2/pi of the area, and 0.427 of it with a shadow of 0.39 of the orbit.
    for words, share, said in (
        ((), 0.637, "they face the Sun: in the mean of an orbit 0.637 of it meets the wind at the start"),
        (("--feathered",), 0.427, "edge-on to the wind in the Earth's shadow: in the mean of an orbit 0.427 of it"),
    ):
        much, told = sunk("--array-area", "3000 m2", *words)
        assert much / plain == pytest.approx(1.0 + 3.0 * share, rel=3e-3)
        assert said in told and "drag area of the body 1000 m2, as given" in told


def test_a_file_tells_as_drag_area_what_meets_the_wind_at_its_end(call, tmp_path: Path) -> None:
    done = call(*AVERAGED, "--array-area", "3000", "--feathered", "--out", "lab.oem")
    assert done.exit_code == 0, done.stderr
    assert "an OEM tells as drag area what of body and arrays meets the wind" in " ".join(done.stdout.split())
    again = json.loads(call("fly", "lab.oem", "--days", "0.1", "--fidelity", "averaged", "--json").stdout)
    line = next(line for line in again["assumed"] if line.startswith("drag area"))
    assert float(line.split()[2]) == pytest.approx(1000.0 + 3000.0 * 0.426, abs=3.0)


def test_the_body_tide_is_told_and_moves_the_craft(call) -> None:
    ends = []
    for words in ((), ("--tides",)):
        document = json.loads(call(*STATE[:-1], "0.1", *FLIGHT[len(STATE) :], *words, "--json").stdout)
        told = " ".join(document["assumed"])
        assert ("with the history of ap, the Earth's body tide" in told) == bool(words)
        ends.append(document["end"]["state"]["position_m"])
    assert 0.01 < max(abs(one - two) for one, two in zip(*ends, strict=True)) < 20.0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((*FLIGHT, "--array-area", "300"), ("--array-area: arrays: are flown by the averaged engine only",)),
        ((*AVERAGED, "--array-area", "nan"), ("--array-area: array area: ",)),
        ((*AVERAGED, "--array-area", "0"), ("--array-area: array area: is out of range",)),
        ((*AVERAGED, "--array-area", "5e5"), ("--array-area: arrays: got an area of 500000 m2; expected 0 to 419000",)),
        (
            (*AVERAGED, "--feathered", "--tides"),
            ("--feathered: arrays: have no area", "--tides: tides: act in the full engine only"),
        ),
        (
            (*STATE, "--mass", "420 t", "--fidelity", "averaged", "--array-area", "300"),
            ("--drag-area: drag area: is missing. With --array-area give that of the body.",),
        ),
    ],
)
def test_what_does_not_fit_is_refused_in_words(call, words: tuple[str, ...], said: tuple[str, ...]) -> None:
    done = call(*words)
    assert done.exit_code == 3 and not done.stdout and "Traceback" not in done.stderr
    for text in said:
        assert text in done.stderr
    assert f"{len(said)} problem" in done.stderr


def test_the_drag_area_of_a_file_is_not_taken_for_the_bodys(call, root: Path) -> None:
    source = root / "tests/formats/data/releases/ISS.OEM_J2K_EPH_20210922T205919Z.xml.gz"
    done = call("fly", source, "--at", "start", "--days", "1", "--fidelity", "averaged", "--array-area", "3000")
    assert done.exit_code == 3 and "--drag-area: drag area: is missing" in done.stderr
