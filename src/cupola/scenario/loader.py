"""Files to a Programme: read, merge, type, check, fold to a day, freeze."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path

from cupola.base.errors import ScenarioError
from cupola.programme.programme import Programme
from cupola.scenario.build import outlook_of, programme_of
from cupola.scenario.cells import Findings, TooManyError, remedy
from cupola.scenario.checks import (
    check_coming,
    check_dates,
    check_departure,
    check_end,
    check_functions,
    check_stores,
    check_units,
)
from cupola.scenario.checks_departure import check_fates
from cupola.scenario.checks_people import check_lines, check_outcomes, check_people, check_stays, check_twice
from cupola.scenario.checks_policy import check_balance, check_policy, check_rules
from cupola.scenario.checks_record import check_agreements, check_statements
from cupola.scenario.checks_sense import (
    check_commodities,
    check_elements,
    check_homes,
    check_last_docking,
    check_sinking,
    check_span,
)
from cupola.scenario.checks_traffic import (
    check_moves,
    check_overlaps,
    check_planned_overlaps,
    check_port_days,
    check_ports,
    check_seats,
)
from cupola.scenario.fields import HEAD
from cupola.scenario.files import Shelf
from cupola.scenario.knowledge import begin_with_record, check_knowledge, known_on
from cupola.scenario.layers import Layer, read_layers, settings_layer
from cupola.scenario.overlay import merge
from cupola.scenario.references import check_circles, check_references
from cupola.scenario.rows import Rows
from cupola.scenario.shipped import NAME, Place, place_of, shipped
from cupola.scenario.typed import TypedTables


def load(
    name_or_path: str | Path,
    *,
    as_of: dt.date | None = None,
    settings: Sequence[str] = (),
    waive: Sequence[str] = (),
) -> Programme:
    """Read a scenario as it was known on a day.

    name_or_path    name of a shipped scenario, a folder, or a single .yaml file; write ``./NAME`` for a folder that
                    has the name of a shipped one
    as_of           the day; today (UTC) when not given
    settings        ``section.field=value`` or ``table.id.field=value``; they win over every file
    waive           ids of rules that are recorded when crossed but not acted on

    Raises ScenarioError with every problem that one pass found.
    """
    day = as_of or dt.datetime.now(dt.UTC).date()
    findings = Findings()
    place = _place(name_or_path, findings)
    if place is None:
        raise ScenarioError(str(name_or_path), findings.problems)
    try:
        return read_programme(place, day, settings, waive, findings)
    except TooManyError:
        raise ScenarioError(place.name, findings.problems) from None


def read_programme(
    place: Place,
    day: dt.date,
    settings: Sequence[str],
    waive: Sequence[str],
    findings: Findings,
    more: Sequence[Layer] = (),
) -> Programme:
    """The programme of a place, with more layers over its own; :func:`load` says the rest.

    Raises ScenarioError, or TooManyError when so much is wrong that reading stopped.
    """
    shelf = Shelf(findings)
    layers = [*read_layers(place, shelf), *more, settings_layer(settings, findings)]
    main_file = place.shown(place.file)
    if not any(layer.tables for layer in layers[: -1 - len(more)]):
        # Nothing could be read; that every section is missing too would only bury the reason.
        raise ScenarioError(place.name, findings.problems)
    merged, traces = merge(layers, findings)
    full = Rows(merged, day, main_file, findings).typed(complete=all(layer.complete for layer in layers))
    _check(full, findings)
    check_coming(full, dt.datetime.now(dt.UTC).date(), findings)
    known = known_on(full, day)
    begin_with_record(known, day)
    check_knowledge(full, known, day, findings)
    check_planned_overlaps(known, findings)
    waived = _waived(full, waive, findings)
    solar = None if findings.problems else outlook_of(day, known, findings)
    if findings.problems or solar is None:
        raise ScenarioError(place.name, findings.problems)
    return programme_of(known, day, waived, solar, traces, tuple(shelf.hashes.items()))


def _place(name_or_path: str | Path, findings: Findings) -> Place | None:
    name = str(name_or_path)
    if isinstance(name_or_path, str) and NAME.fullmatch(name) and name in shipped():
        return place_of(shipped()[name])
    path = Path(name_or_path)
    try:
        there = path.exists()
    except (OSError, ValueError):
        there = False
    if not there or not name.strip():
        advice = remedy(name, shipped(), "Give a shipped scenario, a folder, or a .yaml file.")
        findings.add(name or "(blank)", "scenario", "is neither a shipped scenario nor a file", remedy=advice)
        return None
    return place_of(path)


def _check(full: TypedTables, findings: Findings) -> None:
    for check in (
        check_references,
        check_circles,
        check_units,
        check_dates,
        check_end,
        check_stores,
        check_functions,
        check_departure,
        check_fates,
        check_statements,
        check_agreements,
        check_ports,
        check_port_days,
        check_seats,
        check_moves,
        check_overlaps,
        check_elements,
        check_span,
        check_homes,
        check_last_docking,
        check_commodities,
        check_sinking,
        check_policy,
        check_rules,
        check_balance,
        check_outcomes,
        check_people,
        check_stays,
        check_twice,
        check_lines,
    ):
        check(full, findings)
    if not full["elements"]:
        findings.add("elements.csv", "elements", "has no row", remedy="A station needs at least one element.")


def _near_rules(rule: str, rules: Iterable[str]) -> str:
    """Rules whose id holds the word that was given, or else the near or known ones."""
    held = [key for key in rules if rule and rule in key]
    return f"Did you mean {' or '.join(held[:4])}?" if held else remedy(rule, rules, "Name the id of a rule.")


def _waived(full: TypedTables, waive: Sequence[str], findings: Findings) -> tuple[str, ...]:
    """Rules waived by the scenario and by the command line; unknown ones of the latter are noted."""
    rules = full["rules"]
    head = full.get(HEAD, {}).get("")
    for rule in waive:
        if rule not in rules:
            findings.add("--waive", rule or "(blank)", "names no rule", remedy=_near_rules(rule, rules))
    return tuple(dict.fromkeys([*(head.names("waived") if head is not None else ()), *waive]))
