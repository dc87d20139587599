"""Where a ship can be launched, on the first and the last day of a site and of its outages."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest

from cupola.programme.launching import first_launch, out_for_good, outages_on, sites_of
from cupola.programme.programme import Programme
from cupola.programme.station import Outage, Site
from support.nouns import on
from support.small_station import small


def site(key: str, since: int | None = None, until: int | None = None, **more: Any) -> Site:
    first, last = (None if day is None else on(day) for day in (since, until))
    return Site(key, key, "launch", "b", "s", "K", "", first, last, **more)


def outage(key: str, begin: int, end: int | None) -> Outage:
    return Outage(f"{key}-{begin}", key, on(begin), None, None if end is None else on(end), "s", "K", "")


def with_sites(*sites: Site, outages: tuple[Outage, ...] = ()) -> Programme:
    """The truck flies from the site ``pad``, and from those that name it."""
    programme = small(400)
    truck = dataclasses.replace(programme.vehicles["truck"], site="pad")
    return dataclasses.replace(
        programme,
        vehicles=programme.vehicles | {"truck": truck},
        sites={row.id: row for row in sites},
        outages={row.id: row for row in outages},
    )


@pytest.mark.parametrize(
    ("day", "is_open"), [(9, False), (10, True), (11, True), (19, True), (20, True), (21, False)]
)  # fmt: skip
def test_a_site_is_open_on_its_first_and_on_its_last_day(day: int, is_open: bool) -> None:
    assert site("pad", 10, 20).is_open(on(day)) == is_open
    assert site("pad").is_open(on(day))


@pytest.mark.parametrize(("day", "out"), [(9, False), (10, True), (20, True), (21, False)])
def test_an_outage_holds_from_its_first_to_its_last_day(day: int, out: bool) -> None:
    held = with_sites(site("pad"), outages=(outage("pad", 10, 20),))
    assert bool(outages_on(held, on(day))) == out
    assert not out_for_good(held, "pad", on(day))
    lost = with_sites(site("pad"), outages=(outage("pad", 10, None),))
    assert out_for_good(lost, "pad", on(day)) == (day >= 10)


def launch(programme: Programme, day: int) -> dt.date | None:
    return first_launch(programme, "truck", on(day))


def test_a_ship_flies_from_the_site_that_is_the_first_to_be_back() -> None:
    sites = (site("pad"), site("other", serves=("truck",)), site("strange", serves=("tug",)))
    both = with_sites(*sites, outages=(outage("pad", 10, 60), outage("other", 10, 30)))
    assert set(sites_of(both, "truck")) == {"pad", "other"}
    assert [launch(both, day) for day in (9, 10, 30, 31, 60)] == [on(9), on(31), on(31), on(31), on(60)]
    one = with_sites(*sites, outages=(outage("pad", 10, None),))
    assert launch(one, 20) == on(20), "the other one is in use"


def test_a_site_serves_from_its_first_day() -> None:
    coming = with_sites(site("pad", since=50))
    assert [launch(coming, day) for day in (10, 49, 50, 51)] == [on(50), on(50), on(50), on(51)]
    older = with_sites(site("pad", since=50), site("other", until=20, serves=("truck",)))
    assert [launch(older, day) for day in (20, 21)] == [on(20), on(50)]
    late = with_sites(site("pad", since=50), outages=(outage("pad", 40, 59),))
    assert launch(late, 10) == on(60)


def test_a_site_serves_up_to_its_last_day() -> None:
    closing = with_sites(site("pad", until=50))
    assert [launch(closing, day) for day in (49, 50, 51)] == [on(49), on(50), None]
    back = with_sites(site("pad", until=50), outages=(outage("pad", 40, 49),))
    assert launch(back, 45) == on(50)
    too_late = with_sites(site("pad", until=50), outages=(outage("pad", 40, 50),))
    assert launch(too_late, 45) is None


def test_without_a_known_site_nothing_stands_in_the_way() -> None:
    assert launch(with_sites(), 10) == on(10)
