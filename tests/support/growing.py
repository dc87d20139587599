"""A station that grows within a run: a laboratory with a tank, a port and arrays comes on day 20."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from cupola.programme.programme import Programme
from cupola.programme.station import Element
from cupola.simulation.clock import fly
from cupola.simulation.state import State
from support.nouns import coming, on, port, provision, q, service, store
from support.small_station import more, small
from support.told import sampled

DAY = 20

LATE = {"slip": q(15, "d"), "failures": q(0.4), "replacement": q(30.5, "d")}
"""A launch that slips by two weeks in the mean and is lost in four of ten futures"""

MANY = sampled(range(1, 61))


def lab(**changes: Any) -> Element:
    return coming("lab", "core", 8000, DAY, **({"drag_area": q(30, "m2")} | changes))


def building(*elements: Element, days: int = 60, **changes: Any) -> Programme:
    """A station without people or flights, to which a laboratory with a tank, a port and arrays comes on day 20."""
    programme = small(days, **({"services": {}, "rules": {}} | changes))
    return more(
        programme,
        elements={row.id: row for row in elements or (lab(),)},
        stores={"lab-water": store("lab-water", "water", "lab", 300, 200)},
        ports={"lab-port": port("lab-port", "lab", "round", since=on(DAY))},
        provisions={"lab-arrays": provision("lab-arrays", "power", "lab", q(10, "kW"), "a")},
    )


def calling(programme: Programme, first: int) -> Programme:
    """With a cargo ship from that day on, which can dock at the laboratory alone."""
    truck = dataclasses.replace(programme.vehicles["truck"], ports=("lab-port",))
    return more(programme, vehicles={"truck": truck}, services={"truck": service("truck", 300, first)})


def total(state: State, commodity: str) -> float:
    return float(state.ledger.total(commodity)[0])


def with_window(since: int | None, until: int | None, key: str = "lab-arrays") -> Programme:
    programme = building()
    row = programme.provisions[key]
    since_day = row.since if since is None else on(since)
    return more(
        programme,
        provisions={key: dataclasses.replace(row, since=since_day, until=None if until is None else on(until))},
    )


def arrivals(programme: Programme, lanes: Sequence[Any] = MANY) -> State:
    return fly(programme, lanes, False)
