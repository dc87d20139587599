"""Who depends on whom: which providers work on a day, with some partners gone, and what each function keeps.

A provider works when it is there, its operator has not left, and each of its needs is met; needs are followed through
all levels. Providers that need each other hold each other up.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from cupola.programme.functions import Need, Provision
from cupola.programme.programme import Programme
from cupola.programme.station import is_open

Verdicts = dict[str, tuple[bool, str]]
"""Provision id -> (whether it works, key of the first unmet need or empty)"""


def present(programme: Programme, day: dt.date) -> dict[str, int]:
    """Provisions that are there on a day, with how many times: once for an element or site, once a docked ship."""
    attached = programme.attached_on(day)
    ships: dict[str, int] = {}
    for _, flight in programme.docked_on(day).values():
        ships[flight.vehicle] = ships.get(flight.vehicle, 0) + 1
    found = {}
    for key, row in programme.provisions.items():
        if not is_open(row.since, row.until, day):
            continue
        times = ships.get(row.provider, 0)
        if row.provider in attached or row.provider in programme.sites:
            times = 1
        if times:
            found[key] = times
    return found


def working(programme: Programme, day: dt.date, without: Collection[str] = frozenset()) -> Verdicts:
    """Which provisions work on a day when some partners are gone, and what the others lack.

    without    partner ids that have left: their elements, ships, sites and people no longer serve
    returns    provision id -> (works, first missing: ``partner/ID``, ``function/ID``, ``provision/ID``, ``store/ID``,
               ``trained/ID`` or ``site/ID``), for the provisions that are there

    Starts from all that are there and takes away what has an unmet need until nothing changes.
    """
    gone = frozenset(without)
    counts = present(programme, day)
    verdicts: Verdicts = {}
    for key in counts:
        operator = programme.partner_of(programme.provisions[key].operator)
        verdicts[key] = (False, f"partner/{operator}") if operator in gone else (True, "")
    trained = {row.partner for row in programme.people if row.arrived <= day and (row.left is None or row.left > day)}
    stocked = _stocked(programme, day)
    changed = True
    while changed:
        changed = False
        given = capacities(programme, counts, verdicts)
        for key, (works, _) in verdicts.items():
            if not works:
                continue
            lack = next(
                (
                    need
                    for need in programme.provisions[key].needs
                    if not _met(programme, need, verdicts, given, gone, trained, stocked)
                ),
                None,
            )
            if lack is not None:
                verdicts[key] = (False, f"{lack.kind}/{lack.subject}")
                changed = True
    return verdicts


def _met(
    programme: Programme,
    need: Need,
    verdicts: Verdicts,
    given: dict[str, float],
    gone: frozenset[str],
    trained: set[str],
    stocked: set[str],
) -> bool:
    if need.kind == "function":
        return given.get(need.subject, 0.0) > 0.0 and given[need.subject] >= need.amount
    if need.kind == "provision":
        return verdicts.get(need.subject, (False, ""))[0]
    if need.kind == "store":
        return need.subject in stocked
    if need.kind == "trained":
        # With nobody aboard a segment is run from the ground, so only its partner counts.
        partner = programme.partner_of(need.subject)
        return partner not in gone and (not trained or partner in {programme.partner_of(row) for row in trained})
    site = programme.sites.get(need.subject)
    return site is not None and programme.partner_of(site.operator) not in gone


def _stocked(programme: Programme, day: dt.date) -> set[str]:
    """Commodities of which something is aboard: in a tank of an attached element, or in a docked ship's own tanks."""
    attached = programme.attached_on(day)
    found = {row.commodity for row in programme.stores.values() if row.element in attached and row.level.value > 0.0}
    for _, flight in programme.docked_on(day).values():
        vehicle = programme.vehicles.get(flight.vehicle)
        if vehicle is not None and vehicle.propellant_own.value > 0.0:
            found.add("propellant")
    return found


def capacities(programme: Programme, counts: dict[str, int], verdicts: Verdicts) -> dict[str, float]:
    """Function id -> SI capacity of all its working providers."""
    given: dict[str, float] = {}
    for key, (works, _) in verdicts.items():
        if works:
            row = programme.provisions[key]
            given[row.function] = given.get(row.function, 0.0) + row.capacity.value * counts[key]
    return given


def dependence(programme: Programme, day: dt.date) -> list[dict[str, Any]]:
    """Function x partner on a day: how much each provides, its share, and what falls with it.

    returns    rows of the table ``dependence``; a partner that provides nothing of a function has a row when what
               others provide of it falls without the partner. ``falls`` is true when at least one provider of
               another partner stops.
    """
    counts = present(programme, day)
    now = working(programme, day)
    partners = [key for key, row in programme.partners.items() if row.role == "partner"]
    after = {partner: working(programme, day, {partner}) for partner in partners}
    rows = []
    for function in programme.functions.values():
        providers = [
            row
            for key, row in programme.provisions.items()
            if row.function == function.id and row.capacity.value > 0.0 and now.get(key, (False,))[0]
        ]
        total = sum(_at_edge(row, counts) for row in providers)
        owners = {programme.partner_of(row.operator) for row in providers}
        for partner in partners:
            own = sum(
                (_at_edge(row, counts) for row in providers if programme.partner_of(row.operator) == partner), 0.0
            )
            falls = any(
                not after[partner][row.id][0] for row in providers if programme.partner_of(row.operator) != partner
            )
            if partner not in owners and not falls:
                continue
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


def _at_edge(row: Provision, counts: dict[str, int]) -> float:
    return row.capacity.at_edge() * counts[row.id]


def remains(programme: Programme, day: dt.date) -> dict[tuple[str, str], float]:
    """(function id, partner id) -> capacity in the function's unit that is left of it without that partner."""
    counts = present(programme, day)
    left: dict[tuple[str, str], float] = {}
    for partner, noun in programme.partners.items():
        if noun.role != "partner":
            continue
        verdicts = working(programme, day, {partner})
        for function in programme.functions:
            left[function, partner] = sum(
                _at_edge(programme.provisions[key], counts)
                for key, (works, _) in verdicts.items()
                if works and programme.provisions[key].function == function
            )
    return left
