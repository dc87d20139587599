"""Why a provider fell: the chain from it through its needs down to what was lost."""

from __future__ import annotations

import datetime as dt

from cupola.analysis.graph import Judge, Judged
from cupola.analysis.presence import FOREVER
from cupola.programme.programme import Programme

ARROW = " <- "


def chain(judge: Judge, judged: Judged, provision: str, case: int) -> tuple[str, ...]:
    """Keys from a provider that fell down to what was lost; only its own key where it stands.

    Each step fell before the one above it, so the chain ends.
    """
    programme, found, key = judge.programme, [f"provision/{provision}"], provision
    while True:
        lack = judge.lacks(judged, key, case)
        if not lack or lack == f"provision/{key}":
            return tuple(found)
        found.append(lack)
        kind, _, subject = lack.partition("/")
        if kind == "function":
            carriers = _carriers(programme, judged, subject, key, case)
            if not carriers:
                return tuple(found)
            key = carriers[0]
            found.append(f"provision/{key}")
        elif kind == "provision" and subject in judged.times and judged.times[subject][case]:
            key = subject
        else:
            return (*found, *_root(judge, kind, subject, case))


def _carriers(programme: Programme, judged: Judged, function: str, follower: str, case: int) -> list[str]:
    """Providers of a function that fell before one that needs it, the last one first."""
    before = int(judged.fell[follower][case])
    fallen = [
        (int(judged.fell[key][case]), key)
        for key, row in programme.provisions.items()
        if row.function == function and judged.times[key][case] and int(judged.fell[key][case]) < before
    ]
    return [key for _, key in sorted(fallen, key=lambda pair: -pair[0])]


def _root(judge: Judge, kind: str, subject: str, case: int) -> tuple[str, ...]:
    """What was lost behind a site, a launch, a port, a store or a trained person that is missing."""
    programme, cases = judge.programme, judge.cases
    sites = [subject] if kind == "site" else []
    if kind == "launch":
        home = programme.vehicles[subject].site
        sites = [key for key, row in programme.sites.items() if key == home or subject in row.serves]
    for key in sites:
        if cases.gone("site", key)[case]:
            return (f"site/{key}",) if kind == "launch" else ()
        operator = programme.sites[key].operator if key in programme.sites else ""
        if judge.left(operator)[case]:
            return (*((f"site/{key}",) if kind == "launch" else ()), f"partner/{programme.partner_of(operator)}")
    places: list[str] = []
    if kind == "port":
        places = [programme.ports[key].element for key in programme.vehicles[subject].ports if key in programme.ports]
    if kind == "store":
        places = [row.element for row in programme.stores.values() if row.commodity == subject]
    lost = [f"element/{key}" for key in dict.fromkeys(places) if cases.gone("element", key)[case]]
    if kind == "trained" and judge.left(subject)[case]:
        lost.append(f"partner/{programme.partner_of(subject)}")
    return tuple(lost)


def words(keys: tuple[str, ...]) -> str:
    """A chain in one line of ids; a launch and a port say of which ship."""
    told = []
    for key in keys:
        kind, _, subject = key.partition("/")
        prefix = {"launch": "launch of ", "port": "port for ", "trained": "trained by ", "store": "store of "}.get(
            kind, ""
        )
        told.append(prefix + subject)
    return ARROW.join(told)


def fallen(judge: Judge, judged: Judged, function: str, case: int, before: int = 0) -> list[str]:
    """Providers of a function that stood in one case and fell in another."""
    return [
        key
        for key, row in judge.programme.provisions.items()
        if row.function == function and judged.works[key][before] and not judged.works[key][case]
    ]


def felt(judge: Judge, judged: Judged, falls: list[str], case: int) -> dt.date | None:
    """The first day on which all of some providers are missed, for ships that are docked stay until they leave.

    None where it is not known when the ships that are there leave.
    """
    place = int(judge.cases.days[case])
    last = judge.world.days[place].toordinal()
    for key in falls:
        for step in chain(judge, judged, key, case):
            kind, _, vehicle = step.partition("/")
            if kind == "launch":
                last = max(last, int(judge.world.leaves[vehicle][place]))
    return None if last >= FOREVER else dt.date.fromordinal(last)


def reasons(judge: Judge, judged: Judged, function: str, case: int, before: int = 0) -> list[str]:
    """Why each provider of a function fell, in a line each."""
    return [words(chain(judge, judged, key, case)) for key in fallen(judge, judged, function, case, before)]
