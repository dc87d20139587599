"""Minimal sets whose loss ends a function: of partners, elements, vehicle types and sites, up to three at a time.

All sets of one size are judged together. A set is minimal when no smaller set within it ends the function. Return seats
end when somebody who stays has lost the own seat home.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cupola.analysis.cases import Cases
from cupola.analysis.dependence import judge_on, partners_of, stands
from cupola.analysis.graph import Judge
from cupola.analysis.losses import Loss, name_of
from cupola.analysis.presence import World, world
from cupola.analysis.whys import chain, fallen, felt, words
from cupola.programme.programme import Programme

Row = dict[str, Any]
LARGEST = 3
AT_ONCE = 4096
"""Cases that are judged together, so that their arrays stay in the cache."""


def candidates(programme: Programme, there: World) -> list[Loss]:
    """Partners, elements, vehicle types and sites on which anything hangs on one of the days."""
    provided = {row.provider for row in programme.provisions.values()}
    docks = {row.element for row in programme.ports.values()}
    holds = {row.element for row in programme.stores.values()}
    ships = [key for key, number in there.ships.items() if number.any() and key in provided]
    needed = {need.subject for row in programme.provisions.values() for need in row.needs if need.kind == "site"}
    flown = {programme.vehicles[key].site for key in ships}
    found = [Loss("partner", key) for key in partners_of(programme)]
    found += [
        Loss("element", key)
        for key in programme.elements
        if key in provided | docks | holds and there.attached[key].any()
    ]
    found += [Loss("vehicle", key) for key in ships]
    found += [
        Loss("site", key)
        for key, row in programme.sites.items()
        if key in provided | needed | flown or set(row.serves) & set(ships)
    ]
    return found


def minimal_sets(
    programme: Programme, day: dt.date, base: Sequence[Loss] = (), most: int = LARGEST, function: str = ""
) -> list[Row]:
    """The minimal sets by function, the smallest first, each with why.

    base        what is lost already
    most        the largest size of a set, 1 to 3
    function    id of the one function to look at; all that stand when empty
    returns     rows with function, name, vital, size, losses (keys), names, felt (the first day on which the
                function is missed, for ships docked stay until they leave) and why (chains of ids)
    """
    there = world(programme, [day])
    pool = [loss for loss in candidates(programme, there) if loss not in base]
    before = Judge(programme, there, Cases(programme, [tuple(base)])).judge()
    asked = [key for key in programme.functions if function in ("", key) and stands(before, key)[0]]
    found: dict[str, list[tuple[int, ...]]] = {key: [] for key in asked}
    for size in range(1, most + 1):
        smaller = {key: list(sets) for key, sets in found.items()}
        for combos, inside in _chunks(len(pool), size):
            sets = [(*base, *(pool[place] for place in combo)) for combo in combos.tolist()]
            judged = Judge(programme, there, Cases(programme, sets)).judge()
            for key in asked:
                new = ~stands(judged, key) & ~_covered(inside, smaller[key])
                found[key] += [tuple(combo) for combo in combos[new].tolist()]
    return _rows(
        programme, day, base, {key: [[pool[i] for i in combo] for combo in sets] for key, sets in found.items()}
    )


def _chunks(number: int, size: int) -> Iterator[tuple[NDArray[np.int64], NDArray[np.bool_]]]:
    """Combinations of a size in chunks, each with (candidates, combinations): which is in which."""
    combos = itertools.combinations(range(number), size)
    while rows := list(itertools.islice(combos, AT_ONCE)):
        table = np.array(rows, dtype=np.int64)
        inside = np.zeros((number, len(rows)), dtype=bool)
        for column in range(size):
            inside[table[:, column], np.arange(len(rows))] = True
        yield table, inside


def _covered(inside: NDArray[np.bool_], sets: Sequence[tuple[int, ...]]) -> NDArray[np.bool_]:
    """Which combinations hold one of some smaller sets."""
    covered = np.zeros(inside.shape[1], dtype=bool)
    for members in sets:
        covered |= np.logical_and.reduce(inside[list(members)], axis=0)
    return covered


def _rows(programme: Programme, day: dt.date, base: Sequence[Loss], found: dict[str, list[list[Loss]]]) -> list[Row]:
    sets = list(dict.fromkeys(tuple(losses) for cuts in found.values() for losses in cuts))
    judge = judge_on(programme, day, [tuple(base), *((*base, *losses) for losses in sets)])
    judged = judge.judge()
    case_of = {losses: number for number, losses in enumerate(sets, start=1)}
    rows = []
    for key, cuts in found.items():
        function = programme.functions[key]
        for losses in cuts:
            case = case_of[tuple(losses)]
            gone = fallen(judge, judged, key, case)
            rows.append(
                {
                    "function": key,
                    "name": function.name,
                    "vital": function.vital,
                    "size": len(losses),
                    "losses": [loss.key for loss in losses],
                    "names": [name_of(programme, loss) for loss in losses],
                    "unseated": int(judged.unseated[case]),
                    "felt": felt(judge, judged, gone, case),
                    "why": [words(chain(judge, judged, provision, case)) for provision in gone],
                }
            )
    return rows
