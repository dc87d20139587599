"""Dependence over months: per function who provides it, whether it stands, and what is left without each partner."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence
from typing import Any

import numpy as np

from cupola.analysis.cases import Cases
from cupola.analysis.cut_sets import AT_ONCE, candidates
from cupola.analysis.dependence import at_edge, partners_of, stands, verdicts
from cupola.analysis.graph import Judge, Judged
from cupola.analysis.losses import Loss
from cupola.analysis.presence import World, world
from cupola.programme.programme import Programme

Row = dict[str, Any]


def month_days(first: dt.date, last: dt.date) -> list[dt.date]:
    """The first day asked for, and the first of each month after it up to the last day."""
    days, year, month = [first], first.year, first.month
    while True:
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        if year > dt.MAXYEAR or dt.date(year, month, 1) > last:
            return days
        days.append(dt.date(year, month, 1))


def by_month(programme: Programme, days: Sequence[dt.date], base: Sequence[Loss] = (), function: str = "") -> list[Row]:
    """One row a day and function, in order of function and day.

    days        any days; :func:`month_days` gives the months
    base        what is lost already
    function    id of the one function to look at; all when empty
    returns     rows with function, name, date, unit, capacity, stands, verdict (enough, short, none), people,
                partners (partner id -> capacity), without (partner id -> what is left) and single (keys whose loss
                alone ends it)
    """
    there = world(programme, days)
    partners = [Loss("partner", key) for key in partners_of(programme)]
    others = [loss for loss in candidates(programme, there) if loss.kind != "partner"]
    sets = [tuple(base), *((*base, loss) for loss in (*partners, *others) if loss not in base)]
    added = [losses[-1] for losses in sets[1:]]
    rows: dict[str, list[Row]] = {key: [] for key in programme.functions if function in ("", key)}
    step = max(1, AT_ONCE // len(sets))
    for begin in range(0, len(days), step):
        part = there.part(begin, begin + step)
        size = len(part.days)
        # Set by set, so that the first cases are the days as they are.
        cases = Cases(
            programme, sets, np.tile(np.arange(size, dtype=np.intp), len(sets)), np.repeat(np.arange(len(sets)), size)
        )
        judged = Judge(programme, part, cases).judge()
        for key, found in rows.items():
            found += _rows(programme, part, judged, key, [loss.key for loss in added])
    return [row for found in rows.values() for row in found]


def _rows(programme: Programme, part: World, judged: Judged, key: str, added: Sequence[str]) -> list[Row]:
    """The rows of one function on some days; ``added`` are the keys of what is lost, the partners first."""
    function, size = programme.functions[key], len(part.days)
    given = at_edge(programme, judged, key).reshape(-1, size)
    standing = stands(judged, key).reshape(-1, size)
    shares = _shares(programme, judged, key, size)
    columns = given.T.tolist()
    told = verdicts(programme, judged, key)
    ends = (standing[0] & ~standing[1:]).T.tolist()
    partner = "partner/"
    leaving = [(case, name[len(partner) :]) for case, name in enumerate(added, start=1) if name.startswith(partner)]
    rows = []
    for place, day in enumerate(part.days):
        rows.append(
            {
                "function": key,
                "name": function.name,
                "vital": function.vital,
                "date": day,
                "unit": function.unit,
                "capacity": columns[place][0],
                "stands": bool(standing[0, place]),
                "verdict": told[place],
                "people": int(judged.people[place]),
                "partners": {partner: amounts[place] for partner, amounts in shares.items() if amounts[place] > 0.0},
                "without": {name: columns[place][case] for case, name in leaving},
                "single": list(itertools.compress(added, ends[place])),
            }
        )
    return rows


def _shares(programme: Programme, judged: Judged, key: str, size: int) -> dict[str, list[float]]:
    """Partner id -> what it provides on each day, in the function's unit."""
    found: dict[str, Any] = {}
    for provision, row in programme.provisions.items():
        if row.function == key:
            partner = programme.partner_of(row.operator)
            amount = row.capacity.at_edge() * (judged.times[provision] * judged.works[provision])[:size]
            found[partner] = found[partner] + amount if partner in found else amount
    return {partner: amounts.tolist() for partner, amounts in found.items()}


def spells(rows: Sequence[Row]) -> list[Row]:
    """Rows of months put together while a function stands or not, with the same providers and the same single losses.

    returns    rows with function, first, last, months, stands, lowest and highest capacity, unit, partners, single
    """
    found: list[Row] = []
    for row in rows:
        same = (row["function"], row["verdict"], tuple(row["partners"]), tuple(row["single"]))
        if found and found[-1]["same"] == same:
            spell = found[-1]
            spell["last"], spell["months"] = row["date"], spell["months"] + 1
            spell["lowest"], spell["highest"] = (
                min(spell["lowest"], row["capacity"]),
                max(spell["highest"], row["capacity"]),
            )
            continue
        found.append(
            {
                "same": same,
                "function": row["function"],
                "first": row["date"],
                "last": row["date"],
                "months": 1,
                "verdict": row["verdict"],
                "lowest": row["capacity"],
                "highest": row["capacity"],
                "unit": row["unit"],
                "partners": list(row["partners"]),
                "single": list(row["single"]),
            }
        )
    for spell in found:
        del spell["same"]
    return found


def summary(rows: Sequence[Row]) -> list[Row]:
    """One row a function: in how many months it stands or is short, since when, and how often one loss would end it.

    returns    rows with function, vital, months, stood, short, first, last, partners, single (key -> months in which
               the loss alone would end it)
    """
    found: dict[str, Row] = {}
    for row in rows:
        total = found.setdefault(
            row["function"],
            {
                "function": row["function"],
                "vital": row["vital"],
                "months": 0,
                "stood": 0,
                "short": 0,
                "first": None,
                "last": None,
                "partners": [],
                "single": {},
            },
        )
        total["months"] += 1
        if not row["stands"]:
            continue
        total["stood"] += 1
        total["short"] += row["verdict"] == "short"
        total["first"], total["last"] = total["first"] or row["date"], row["date"]
        total["partners"] += [partner for partner in row["partners"] if partner not in total["partners"]]
        for key in row["single"]:
            total["single"][key] = total["single"].get(key, 0) + 1
    return list(found.values())
