"""Launch sites that are out of use on a day, and lost sites on which nothing hangs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from cupola.analysis.losses import Loss
from cupola.analysis.presence import world
from cupola.programme.launching import outages_on, sites_of
from cupola.programme.programme import Programme

Row = dict[str, Any]


def outages(programme: Programme, day: dt.date) -> list[Row]:
    """Sites that are out of use on a day: rows with site, name, since, until (None when unknown), vehicles (ids of the
    types that it alone could launch on that day), docked (how many of them are at the station) and source."""
    rows = []
    ships = world(programme, [day]).ships
    for row in outages_on(programme, day):
        stopped = [
            key for key in programme.vehicles if row.site in sites_of(programme, key) and _grounded(programme, key, day)
        ]
        rows.append(
            {
                "site": row.site,
                "name": programme.sites[row.site].name,
                "since": row.begin,
                "until": row.back,
                "vehicles": stopped,
                "docked": sum(int(ships[key][0]) for key in stopped),
                "source": row.source,
            }
        )
    return rows


def _grounded(programme: Programme, vehicle: str, day: dt.date) -> bool:
    out = {row.site for row in outages_on(programme, day)}
    return all(key in out or not row.is_open(day) for key, row in sites_of(programme, vehicle).items())


def idle_sites(programme: Programme, losses: Sequence[Loss]) -> list[Row]:
    """Lost sites on which nothing hangs: rows with site, name and used (launch site in use -> ids of its ships)."""
    needed = {need.subject for row in programme.provisions.values() for need in row.needs if need.kind == "site"}
    provided = {row.provider for row in programme.provisions.values()}
    flown = {key: sites_of(programme, key) for key in programme.vehicles if key in provided}
    used = {site: [key for key, sites in flown.items() if site in sites] for site in programme.sites}
    return [
        {
            "site": loss.id,
            "name": programme.sites[loss.id].name,
            "used": {site: ships for site, ships in used.items() if ships},
        }
        for loss in losses
        if loss.kind == "site" and loss.id not in needed | provided and not used[loss.id]
    ]
