"""The graph function -> provider -> need as data: what a function rests on, level by level."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from cupola.analysis.dependence import judge_on
from cupola.analysis.losses import Loss, provider_kinds
from cupola.programme.launching import sites_of
from cupola.programme.programme import Programme

Row = dict[str, Any]


def need_graph(
    programme: Programme, day: dt.date, base: Sequence[Loss] = (), function: str = ""
) -> dict[str, list[Row]]:
    """Nodes and edges below one function, or below all; only providers that are there on the day.

    returns    nodes with key (``kind/id``), kind, id, name, partner, level (0 for a function that was asked for) and
               stands; edges with above, below and amount (SI, for a need of so much of a function)
    """
    judge = judge_on(programme, day, [tuple(base)])
    judged = judge.judge()
    there = {key for key, times in judge.times.items() if times[0]}
    wanted = [f"function/{key}" for key in programme.functions if function in ("", key)]
    levels = dict.fromkeys(wanted, 0)
    edges: list[Row] = []
    row = list(wanted)
    while row:
        after: list[str] = []
        for key in row:
            for below, amount in _below(programme, there, key, day):
                edges.append({"above": key, "below": below, "amount": amount})
                if below not in levels:
                    levels[below] = levels[key] + 1
                    after.append(below)
        row = after
    nodes = [_node(programme, key, level) for key, level in levels.items()]
    for node in nodes:
        kind, key = node["kind"], node["id"]
        if kind == "function":
            node["stands"] = bool(judged.capacity[key][0] > 0.0)
        elif kind == "provision":
            node["stands"] = bool(judged.works[key][0])
        else:
            node["stands"] = not judge.cases.gone(kind, key)[0]
    return {"nodes": nodes, "edges": edges}


def _below(programme: Programme, there: set[str], key: str, day: dt.date) -> list[tuple[str, float]]:
    """What a function or a provider rests on, with how much of it."""
    kind, _, name = key.partition("/")
    if kind == "function":
        return [
            (f"provision/{provision}", 0.0)
            for provision, row in programme.provisions.items()
            if row.function == name and provision in there
        ]
    if kind != "provision":
        return []
    row = programme.provisions[name]
    found = [(f"{kind}/{row.provider}", 0.0) for kind in provider_kinds(programme, row.provider)[:1]]
    if row.provider in programme.vehicles:
        sites = sites_of(programme, row.provider)
        found += [(f"site/{site}", 0.0) for site, noun in sites.items() if noun.is_open(day)]
    return found + [(f"{need.kind}/{need.subject}", need.amount) for need in row.needs]


def _node(programme: Programme, key: str, level: int) -> Row:
    kind, _, name = key.partition("/")
    tables: dict[str, Any] = {
        "function": programme.functions,
        "provision": programme.provisions,
        "element": programme.elements,
        "vehicle": programme.vehicles,
        "site": programme.sites,
        "trained": programme.partners,
    }
    row = tables.get(kind, {}).get(name)
    operator = name if kind == "trained" else getattr(row, "operator", "")
    return {
        "key": key,
        "kind": kind,
        "id": name,
        "name": str(row.name) if row is not None else name,
        "partner": programme.partner_of(operator) if operator else "",
        "level": level,
    }
