"""The mass that no row lists: shares by outfit and stowage, or by mass where nothing is said."""

from __future__ import annotations

import dataclasses
import datetime as dt
import math

import pytest

from cupola.base.quantity import DAY_S, Quantity
from cupola.programme.outfitting import unlisted_share, unlisted_share_of
from cupola.programme.settings import Orbit
from cupola.programme.station import Element

D = dt.date
EPOCH, NOW = D(2030, 1, 1), D(2031, 1, 1)


def q(value: float) -> Quantity:
    return Quantity(value, value, value, "kg", "K", "invented")


def orbit(days: float = 0.0) -> Orbit:
    return Orbit(EPOCH, q(4e5), q(1.0), q(1.0), q(100.0), q(1000.0), q(days * DAY_S))


def element(key: str, mass: float, attached: dt.date, outfit: float = 0.0, stowage: float = 0.0) -> Element:
    given = dict.fromkeys((field.name for field in dataclasses.fields(Element)), "")
    given |= dict.fromkeys(("drag_area", "slip", "failures", "replacement"), q(0.0))
    given |= {"id": key, "launched": attached, "attached": attached, "known": attached, "detached": None, "moves": ()}
    return Element(**given | {"mass": q(mass), "outfit": q(outfit), "stowage": q(stowage)})


PLAIN = (element("core", 3000.0, D(2020, 1, 1)), element("lab", 1000.0, D(2025, 1, 1)))
SAID = (element("core", 3000.0, D(2020, 1, 1), outfit=200.0), element("lab", 1000.0, D(2025, 1, 1), 100.0, 700.0))


@pytest.mark.parametrize("rows", [PLAIN, SAID])
@pytest.mark.parametrize("days", [0.0, 180.0])
def test_all_of_it_is_aboard_on_the_epoch(rows: tuple[Element, ...], days: float) -> None:
    assert unlisted_share(orbit(days), rows, EPOCH, NOW) == 1.0


def test_without_anything_said_it_goes_with_the_mass() -> None:
    assert unlisted_share(orbit(), PLAIN, D(2024, 1, 1), NOW) == 0.75
    assert unlisted_share_of(orbit(), PLAIN, PLAIN[1], NOW) == 0.25


def test_outfit_is_there_at_once_and_stowage_comes() -> None:
    rows, time = SAID, orbit(180.0)
    whole = 300.0 + 700.0 * (1.0 - math.exp(-(EPOCH - D(2025, 1, 1)).days / 180.0))
    assert unlisted_share(time, rows, D(2024, 12, 31), NOW) == pytest.approx(200.0 / whole)
    assert unlisted_share(time, rows, D(2025, 1, 1), NOW) == pytest.approx(300.0 / whole)
    half = unlisted_share(time, rows, D(2025, 1, 1) + dt.timedelta(days=180), NOW)
    assert half == pytest.approx((300.0 + 700.0 * (1.0 - math.exp(-1.0))) / whole)
    assert unlisted_share_of(time, rows, rows[1], NOW) == pytest.approx(800.0 / whole)


def test_what_left_takes_its_outfit_along() -> None:
    gone = dataclasses.replace(SAID[1], detached=D(2029, 1, 1))
    assert unlisted_share(orbit(), (SAID[0], gone), D(2028, 1, 1), NOW) == pytest.approx(1000.0 / 200.0)


def test_before_the_epoch_was_known_the_sum_itself_counts() -> None:
    known = (SAID[0],)
    assert unlisted_share(orbit(), known, D(2024, 1, 1), D(2024, 1, 1)) == pytest.approx(0.2)


def test_with_nothing_attached_on_the_epoch_nothing_is_known() -> None:
    late = element("core", 3000.0, D(2031, 1, 1))
    assert unlisted_share(orbit(), (late,), D(2031, 1, 1), D(2032, 1, 1)) == 1.0
    assert unlisted_share_of(orbit(), (late,), late, D(2032, 1, 1)) == 0.0


def test_hosts_in_time() -> None:
    moved = dataclasses.replace(SAID[1], host="node", moves=((D(2025, 1, 1), "core"), (D(2027, 1, 1), "node")))
    assert [moved.host_on(day) for day in (D(2025, 1, 1), D(2026, 12, 31), D(2027, 1, 1))] == ["core", "core", "node"]
    assert SAID[1].host_on(NOW) == ""
