"""What remains of each function without some things: each partner, each pair, any one element, vehicle type or site."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from cupola.analysis.dependence import at_edge, judge_on, stands, verdicts
from cupola.analysis.losses import Loss, name_of
from cupola.analysis.whys import fallen, felt, reasons
from cupola.programme.programme import Programme

Row = dict[str, Any]


def remaining(
    programme: Programme,
    day: dt.date,
    sets: Sequence[Sequence[Loss]],
    base: Sequence[Loss] = (),
    function: str = "",
    *,
    changed: bool = True,
) -> list[Row]:
    """What is left of each function when each of some sets is lost too.

    sets        what is lost, a set at a time
    base        what is lost already
    function    id of the one function to look at; all when empty
    changed     leave out what a loss does not touch
    returns     rows with losses (keys), names, function, name, vital, unit, before, left, verdict (enough, short,
                none), ends (whether it stood before and does not any more), unseated, falls (provision ids), felt (the
                first day on which all of those are missed, for ships that are docked stay until they leave; None when
                it is unknown) and why
    """
    judge = judge_on(programme, day, [tuple(base), *((*base, *losses) for losses in sets)])
    judged = judge.judge()
    rows = []
    for key, noun in programme.functions.items():
        if function not in ("", key):
            continue
        given, standing = at_edge(programme, judged, key), stands(judged, key)
        told = verdicts(programme, judged, key)
        for case, losses in enumerate(sets, start=1):
            falls = fallen(judge, judged, key, case)
            if changed and not falls and bool(standing[case]) == bool(standing[0]):
                continue
            rows.append(
                {
                    "losses": [loss.key for loss in losses],
                    "names": [name_of(programme, loss) for loss in losses],
                    "function": key,
                    "name": noun.name,
                    "vital": noun.vital,
                    "unit": noun.unit,
                    "before": float(given[0]),
                    "left": float(given[case]),
                    "verdict": told[case],
                    "ends": bool(standing[0] and not standing[case]),
                    "unseated": int(judged.unseated[case]),
                    "falls": falls,
                    "felt": felt(judge, judged, falls, case),
                    "why": reasons(judge, judged, key, case),
                }
            )
    return rows
