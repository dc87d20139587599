"""Who depends on whom: which providers work on a day, with some partners gone, and what each function keeps.

A provider works when it is there, its operator has not left, and each of its needs is met; needs are followed through
all levels. Providers that need each other hold each other up.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

import numpy as np

from cupola.analysis.cases import Cases
from cupola.analysis.graph import Amounts, Judge, Judged
from cupola.analysis.losses import Loss
from cupola.analysis.presence import Flags, world
from cupola.base.quantity import UNITS
from cupola.programme.functions import RETURN_SEATS, Function
from cupola.programme.programme import Programme

Verdicts = dict[str, tuple[bool, str]]
"""Provision id -> (whether it works, key of the first unmet need or empty)"""
Row = dict[str, Any]


def present(programme: Programme, day: dt.date) -> dict[str, int]:
    """Provisions that are there on a day, with how many times: once for an element or site, once a docked ship."""
    judge = judge_on(programme, day, [()])
    return {key: int(times[0]) for key, times in judge.times.items() if times[0]}


def judge_on(programme: Programme, day: dt.date, sets: Sequence[Sequence[Loss]]) -> Judge:
    """The judge of one day, with a case for each set of losses."""
    return Judge(programme, world(programme, [day]), Cases(programme, sets))


def working(programme: Programme, day: dt.date, without: Collection[str] = frozenset()) -> Verdicts:
    """Which provisions work on a day when some partners are gone, and what the others lack.

    without    partner ids that have left: their elements, ships, sites and people no longer serve
    returns    provision id -> (works, first missing: ``partner/ID``, ``function/ID``, ``provision/ID``, ``store/ID``,
               ``trained/ID``, ``site/ID``, ``launch/ID`` or ``port/ID``), for the provisions that are there
    """
    judge = judge_on(programme, day, [tuple(Loss("partner", key) for key in sorted(without))])
    judged = judge.judge()
    return {
        key: (bool(judged.works[key][0]), judge.lacks(judged, key, 0)) for key, times in judge.times.items() if times[0]
    }


def at_edge(programme: Programme, judged: Judged, function: str) -> Amounts:
    """Capacity of a function by case, in its edge unit."""
    return np.asarray(judged.capacity[function] / UNITS[programme.functions[function].unit][1], dtype=np.float64)


def stands(judged: Judged, function: str) -> Flags:
    """Whether a function stands, by case: some of it is left, and nobody has lost the own seat home."""
    found: Flags = judged.capacity[function] > 0.0
    return found & (judged.unseated == 0) if function == RETURN_SEATS else found


def demand(function: Function, judged: Judged) -> Amounts:
    """SI demand of a function by case: fixed, or by the people who stay."""
    people = judged.people if function.basis == "crew" else np.full(len(judged.people), int(function.basis != "none"))
    return np.asarray(function.demand.value * people, dtype=np.float64)


def verdicts(programme: Programme, judged: Judged, function: str) -> list[str]:
    """By case ``enough``, ``short`` of the demand, or ``none``; seats are short when somebody has lost the own one."""
    given = judged.capacity[function]
    if function == RETURN_SEATS:
        short = judged.unseated > 0
    else:
        short = given < demand(programme.functions[function], judged) * (1 - 1e-9)
    found: list[str] = np.where(given <= 0.0, "none", np.where(short, "short", "enough")).tolist()
    return found


def partners_of(programme: Programme) -> list[str]:
    """Ids of the partners, without the contractors that act for them."""
    return [key for key, row in programme.partners.items() if row.role == "partner"]


def dependence(programme: Programme, day: dt.date, base: Sequence[Loss] = ()) -> list[Row]:
    """Function x partner on a day: how much each provides, its share, and what falls with it.

    base       what is lost already
    returns    rows of the table ``dependence``; a partner that provides nothing of a function has a row when what
               others provide of it falls without the partner. ``falls`` is true when at least one provider of
               another partner stops.
    """
    partners = partners_of(programme)
    judged = judge_on(programme, day, [tuple(base), *((*base, Loss("partner", key)) for key in partners)]).judge()
    rows = []
    for function in programme.functions.values():
        providers = [
            row
            for key, row in programme.provisions.items()
            if row.function == function.id and row.capacity.value > 0.0 and judged.works[key][0]
        ]
        given = {row.id: row.capacity.at_edge() * int(judged.times[row.id][0]) for row in providers}
        owner = {row.id: programme.partner_of(row.operator) for row in providers}
        total, owners = sum(given.values()), set(owner.values())
        for place, partner in enumerate(partners, start=1):
            own = sum((amount for key, amount in given.items() if owner[key] == partner), 0.0)
            falls = any(owner[key] != partner and not judged.works[key][place] for key in given)
            if partner in owners or falls:
                rows.append(
                    {
                        "function": function.id,
                        "name": function.name,
                        "partner": partner,
                        "capacity": own,
                        "unit": function.unit,
                        "share": own / total if total > 0.0 else 0.0,
                        "only": owners == {partner},
                        "falls": falls,
                    }
                )
    return rows


def remains(programme: Programme, day: dt.date) -> dict[tuple[str, str], float]:
    """(function id, partner id) -> capacity in the function's unit that is left of it without that partner."""
    partners = partners_of(programme)
    judged = judge_on(programme, day, [(Loss("partner", key),) for key in partners]).judge()
    return {
        (function, partner): float(at_edge(programme, judged, function)[place])
        for place, partner in enumerate(partners)
        for function in programme.functions
    }
