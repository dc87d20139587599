"""One programme of an outlook, flown: until when people are aboard and why, who reboosts, how and when it comes down.

Trials are independent of each other, so that several processes may fly them. Each reads the scenario itself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cupola.analysis.ends import Emptied, emptied
from cupola.analysis.lane import Lane, nominal_lanes
from cupola.analysis.life import ended, is_controlled
from cupola.analysis.words import phrase
from cupola.programme.functions import REBOOST
from cupola.programme.programme import Programme


@dataclass(frozen=True)
class Trial:
    """A scenario to read as of a day, with overlays."""

    scenario: str
    as_of: dt.date
    settings: tuple[str, ...]
    end: dt.date | None
    """Last day of crewed operation by what was said"""
    over: dt.date | None
    """Last day of the services of the partner that leaves"""


@dataclass(frozen=True)
class Result:
    """What became of it in the nominal future, rules kept where nothing else is said."""

    as_of: dt.date
    crewed_end: dt.date | None
    """None: people stay to the end of the run"""
    why: str
    waived_end: dt.date | None
    reboost: tuple[str, ...]
    """Ids of the partners whose engines can reboost on the first day"""
    reboost_after: tuple[str, ...]
    """The same once the exit is over; without an exit, on the last day of crewed operation"""
    entry: dt.date | None
    controlled: bool | None
    flown_to: dt.date


def fly_all(trials: Sequence[Trial], jobs: int = 1, say: Callable[[str], None] | None = None) -> list[Result]:
    """The results of trials in their order, flown in up to ``jobs`` processes; some are told of as they are done."""
    tell = say or (lambda text: None)
    if jobs <= 1 or len(trials) < 2:
        return list(_counted(map(fly, trials), len(trials), tell))
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # A fresh interpreter for each process: what this one has open is not shared.
    with ProcessPoolExecutor(min(jobs, len(trials)), mp_context=get_context("spawn")) as pool:
        return list(_counted(pool.map(fly, trials, chunksize=1), len(trials), tell))


def _counted(results: Iterable[Result], most: int, tell: Callable[[str], None]) -> Iterator[Result]:
    """The results, with a word at about every tenth of them."""
    for number, result in enumerate(results, start=1):
        if number % max(1, most // 10) == 0 and number < most:
            tell(f"{number} of {most} programmes flown")
        yield result


def fly(trial: Trial) -> Result:
    """Read the scenario of one trial and simulate it. Raises ScenarioError where it cannot be read as of that day."""
    from cupola.scenario import load
    from cupola.simulation import simulate

    programme = load(trial.scenario, as_of=trial.as_of, settings=trial.settings)
    tables: Mapping[str, Mapping[str, Any]] = simulate(programme, series=False)
    kept, waived = nominal_lanes(tables)
    date, why = _crewed_end(programme, kept, trial)
    entry = ended(kept)
    first = programme.span.start
    later = min(day for day in (trial.over or date or trial.end or programme.span.end, programme.span.end))
    return Result(
        as_of=trial.as_of,
        crewed_end=date,
        why=why,
        waived_end=_crewed_end(programme, waived, trial)[0] if waived is not None else None,
        reboost=_reboosters(kept, first),
        reboost_after=_reboosters(kept, later + dt.timedelta(days=1)),
        entry=entry.date if entry else None,
        controlled=is_controlled(entry) if entry else None,
        flown_to=programme.span.end,
    )


def _crewed_end(programme: Programme, lane: Lane, trial: Trial) -> tuple[dt.date | None, str]:
    """The last day with people aboard, and why it is that."""
    found = emptied(lane)
    if found is not None and (trial.end is None or found.date <= trial.end):
        return found.date, _reason(programme, lane, found)
    if trial.end is not None:
        return trial.end, "operation ends"
    return None, f"people stay to {programme.span.end}, the end of the run"


def _reason(programme: Programme, lane: Lane, found: Emptied) -> str:
    if found.rule:
        rule = programme.rules.get(found.rule)
        return f"the rule '{rule.name if rule else found.rule}' is broken"
    if found.event.kind == "entry":
        return "the station comes down with people aboard"
    if found.order is not None and found.order.because:
        return phrase(programme, found.order.because[0], lane.flight_names)
    return "the last crew goes home and no ship brings another"


def _reboosters(lane: Lane, day: dt.date) -> tuple[str, ...]:
    """Partners that operate an engine which can reboost on a day, in the order of the run's rows."""
    latest: dict[str, dict[str, object]] = {}
    for row in lane.capacity:
        if row["function"] == REBOOST and row["date"] <= day:
            latest[row["provision"]] = row
    able = [row for row in latest.values() if row["working"] and float(str(row["capacity"])) > 0.0]
    return tuple(dict.fromkeys(str(row["partner"]) for row in able))
