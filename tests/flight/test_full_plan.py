"""Craft, burns, changes, and the pieces a flight is cut into."""

from __future__ import annotations

import numpy as np
import pytest

from cupola.base.errors import DomainError
from cupola.flight.full_plan import Burn, Change, Craft, delta_v, pieces, push

DAY = np.datetime64("2025-01-01T00:00", "us")
CRAFT = Craft(420_000.0, 3_520.0)


def at(seconds: float) -> np.datetime64:
    return DAY + np.timedelta64(round(seconds * 1e6), "us")


def burn(start: float, duration: float = 600.0, **more: object) -> Burn:
    return Burn(at(start), duration, 800.0, 300.0, **more)  # type: ignore[arg-type]


def test_cuts_lie_on_the_calendar_and_at_the_burns_minutes() -> None:
    cut = pieces(at(80_000), at(90_000), [burn(82_000, 150.5)], [Change(at(88_000), CRAFT)])
    edges = [float((piece.begin - DAY) / np.timedelta64(1, "s")) for piece in cut]
    assert edges == [80_000.0, 82_000.0, 82_060.0, 82_120.0, 82_150.5, 86_400.0, 88_000.0]
    assert [piece.burn is not None for piece in cut] == [False, True, True, True, False, False, False]
    assert cut[-1].craft == CRAFT and cut[-1].end == at(90_000)


def test_a_flight_resumed_inside_a_burn_goes_on_with_the_same_pieces() -> None:
    whole = pieces(at(80_000), at(90_000), [burn(86_310)])
    again = pieces(at(86_400), at(90_000), [burn(86_310)])
    assert whole[-len(again) :] == again


def test_the_pieces_of_a_burn_add_up_to_its_velocity_and_propellant() -> None:
    craft, gained, one = CRAFT, 0.0, burn(100.0, 1_000.0)
    for piece in pieces(at(0), at(2_000), [one]):
        seconds = float((piece.end - piece.begin) / np.timedelta64(1, "s"))
        thrust, _, craft = push(piece, craft, seconds)
        gained += 0.0 if thrust is None else float(thrust[1]) * seconds
    assert gained == pytest.approx(delta_v(one, 420_000.0), rel=1e-12)
    assert craft.mass_kg == pytest.approx(420_000.0 - one.flow * 1_000.0, abs=1e-6)


def test_lvlh_is_along_track_against_the_normal_and_down() -> None:
    along, across, down = (burn(0, direction=axis, frame="LVLH").axes() for axis in np.eye(3).tolist())
    assert (
        along.tolist() == [0.0, 1.0, 0.0] and across.tolist() == [0.0, 0.0, -1.0] and down.tolist() == [-1.0, 0.0, 0.0]
    )


def test_overlaps_and_doubles_are_refused() -> None:
    with pytest.raises(DomainError, match="overlaps the one before"):
        pieces(at(0), at(5_000), [burn(100), burn(650)])
    with pytest.raises(DomainError, match="two fall on one instant"):
        pieces(at(0), at(5_000), (), [Change(at(9), CRAFT), Change(at(9), CRAFT)])
    with pytest.raises(DomainError, match="more propellant than the craft weighs"):
        delta_v(Burn(at(0), 1e6, 1e6, 300.0), 420_000.0)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("duration_s", np.nan), ("duration_s", 0.0), ("thrust_n", -1.0), ("thrust_n", np.inf),
        ("specific_impulse_s", 0.0), ("direction", (0.0, 0.0, 0.0)), ("direction", (np.nan, 0.0, 1.0)),
        ("frame", "ECI"),
    ],
)  # fmt: skip
def test_a_burn_that_is_none_is_refused(field: str, value: object) -> None:
    given = {"start": DAY, "duration_s": 600.0, "thrust_n": 800.0, "specific_impulse_s": 300.0, field: value}
    with pytest.raises(DomainError, match="burn: "):
        Burn(**given)  # type: ignore[arg-type]


@pytest.mark.parametrize("values", [(0.0, 1.0), (np.nan, 1.0), (1.0, -1.0), (1.0, np.inf), (-5.0, 1.0)])
def test_a_craft_without_mass_or_with_a_negative_area_is_refused(values: tuple[float, float]) -> None:
    with pytest.raises(DomainError, match="craft: "):
        Craft(*values)
