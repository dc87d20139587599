"""Where ships are launched from, and from which day on they can be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cupola.programme.programme import Programme
    from cupola.programme.station import Outage, Site

ONE_DAY = dt.timedelta(days=1)


def sites_of(programme: Programme, vehicle: str) -> dict[str, Site]:
    """Launch sites that serve a type of ship, open or not: the one it names, and those that name it."""
    home = programme.vehicles[vehicle].site
    return {key: row for key, row in programme.sites.items() if key == home or vehicle in row.serves}


def outages_on(programme: Programme, day: dt.date) -> list[Outage]:
    """Sites that are out of use for a time on a day."""
    return [row for row in programme.outages.values() if row.holds(day)]


def out_for_good(programme: Programme, site: str, day: dt.date) -> bool:
    """Whether a site is out of use on a day and nobody has said until when."""
    return any(row.site == site and row.back is None for row in outages_on(programme, day))


def first_launch(programme: Programme, vehicle: str, day: dt.date) -> dt.date | None:
    """The first day from ``day`` on on which some site can launch a type of ship; None when none ever can again.

    Without a known site it can be launched on any day, for then nothing is known that could stand in its way.
    """
    sites = sites_of(programme, vehicle)
    if not sites:
        return day
    days = [_first_use(row, programme.outages, day) for row in sites.values()]
    return min((found for found in days if found is not None), default=None)


def _first_use(site: Site, outages: Mapping[str, Outage], day: dt.date) -> dt.date | None:
    """The first day from ``day`` on on which a site is in use."""
    found = max(day, site.since or day)
    for row in _in_order(site.id, outages.values()):
        if row.holds(found):
            if row.back is None:
                return None
            found = row.back + ONE_DAY
    return found if site.until is None or found <= site.until else None


def _in_order(site: str, outages: Iterable[Outage]) -> Iterator[Outage]:
    yield from sorted((row for row in outages if row.site == site), key=lambda row: row.begin)
