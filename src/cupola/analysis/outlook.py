"""How the expected end of crewed operation, the reboosts and the re-entry moved with each statement.

Each day on which a statement changed which claims count gives a row. On it the programme is read as of that day, with
the claims made into overlays, and flown; the claims that counted the day before are flown as of the same day too, so
that a row tells what the statement moved apart from what the record and the forecast of the Sun changed meanwhile. What
the other claims in force would give is flown beside them, up to the end of crewed operation. A programme that was flown
already, or that a statement only made firmer, is not flown again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from cupola.analysis.dependence import working
from cupola.analysis.outlook_plan import Plan, plan_of, reaching
from cupola.analysis.outlook_run import Result, Trial, fly_all
from cupola.base.errors import Problem, ScenarioError
from cupola.programme.programme import Programme
from cupola.programme.record import Statement
from cupola.scenario import load
from cupola.scenario.claims import END, EXIT, Choice, Claim, Key, choose, claims_on, spoken

MOST = 3
"""Other claims that are flown for one row"""
Say = Callable[[str], None]


@dataclass(frozen=True)
class Moment:
    """A day on which statements changed which claims count, and the plans that they make."""

    day: dt.date
    statements: tuple[Statement, ...]
    chosen: dict[Key, Choice]
    plan: Plan
    before: Plan
    """The plan of the claims that counted the day before"""
    others: tuple[tuple[Claim, Plan], ...]
    """Other claims in force on the end and on exits, each with the plan that it would make"""

    @property
    def changes(self) -> bool:
        """Whether the programme is another one than before."""
        return self.plan.programme != self.before.programme


def moments(programme: Programme, first: dt.date, last: dt.date) -> list[Moment]:
    """The first day, and each day of the time on which a statement changed which claims count.

    programme   as known on the last day or later, so that it holds every statement of the time
    """
    rows = programme.consequences.values()
    days = sorted({first, *(row.said for row in programme.statements.values() if first < row.said <= last)})
    found: list[Moment] = []
    held: dict[Key, Choice] = {}
    for day in days:
        chosen = choose(claims_on(day, programme.statements, rows, programme.partners))
        if found and _basis(chosen) == _basis(held):
            continue
        changed = {key for key in {*chosen, *held} if _claim_of(chosen, key) is not _claim_of(held, key)}
        changed = {key for key in changed if _text(_claim_of(chosen, key)) != _text(_claim_of(held, key))}
        said = tuple(
            row
            for row in programme.statements.values()
            if row.said == day and changed & spoken(row, rows, programme.partners)
        )
        found.append(_moment(programme, day, said if found else _basis_of(chosen), chosen, held if found else chosen))
        held = chosen
    return found


def _moment(
    programme: Programme,
    day: dt.date,
    said: tuple[Statement, ...],
    chosen: dict[Key, Choice],
    held: Mapping[Key, Choice],
) -> Moment:
    @cache
    def needed(partner: str) -> bool:
        return is_needed(programme, partner, day)

    claims = {key: row.claim for key, row in chosen.items()}
    plan = plan_of(claims, day, needed)
    before = plan_of({key: row.claim for key, row in held.items()}, day, needed)
    others: list[tuple[Claim, Plan]] = []
    seen = {plan.programme}
    for key, choice in chosen.items():
        for claim in choice.others if key[0] in (EXIT, END) else ():
            if claim.unused or claim.period is None or claim.day <= day:
                continue
            other = plan_of(claims | {key: claim}, day, needed)
            if other.programme not in seen and len(others) < MOST:
                seen.add(other.programme)
                others.append((claim, other))
    return Moment(day, said, chosen, plan, before, tuple(others))


def is_needed(programme: Programme, partner: str, day: dt.date) -> bool:
    """Whether people cannot live on the station without a partner: a vital function or a rule on training says so."""
    trained = (row for row in programme.rules.values() if row.kind == "trained" and row.action == "abandon")
    if any(row.subject == partner for row in trained):
        return True
    now, without = working(programme, day), working(programme, day, {partner})

    def given(verdicts: Mapping[str, tuple[bool, str]], function: str) -> bool:
        return any(works for key, (works, _) in verdicts.items() if programme.provisions[key].function == function)

    vital = [key for key, row in programme.functions.items() if row.vital]
    return any(given(now, key) and not given(without, key) for key in vital)


def outlook(
    scenario: str, first: dt.date, last: dt.date, *, jobs: int = 2, say: Say | None = None
) -> list[dict[str, Any]]:
    """One row for each day on which a statement changed the outlook, oldest first; see the module's head.

    scenario    name or path of a scenario, read as of the last day, and again as of each row's day
    jobs        processes that fly; 1 flies in this one

    Raises ScenarioError where nothing that was said can change the programme, or where it cannot be read.
    """
    programme = load(scenario, as_of=last)
    _check(programme)
    found = moments(programme, first, last)
    trials: dict[tuple[str, str, str], Trial] = {}
    flown: dict[dt.date, dt.date] = {}
    for place, moment in enumerate(found):
        if place and not moment.changes:
            # Nothing but the firmness changed: the programme of the row before stands.
            flown[moment.day] = flown[found[place - 1].day]
            continue
        flown[moment.day] = moment.day
        _plan_trials(trials, scenario, moment)
    tell = say or (lambda text: None)
    tell(f"{len(found)} days on which a statement changed what counts; {len(trials)} programmes to fly")
    results = dict(zip(trials, fly_all(list(trials.values()), jobs, say), strict=True))
    rows: list[dict[str, Any]] = []
    for place, moment in enumerate(found):
        at = found[[row.day for row in found].index(flown[moment.day])]
        now = results[_key(at.day, at.plan, False)]
        earlier = results.get(_key(at.day, at.before, False)) if at is moment and place else None
        others = at.others if at is moment else ()
        beside = [(claim, results[_key(at.day, plan, True)]) for claim, plan in others]
        rows.append(_row(programme, moment, now, earlier, beside, rows[-1] if rows else None))
    return rows


def _check(programme: Programme) -> None:
    for table in ("statements", "consequences"):
        if not getattr(programme, table):
            what = "has no row that is known, so nothing that was said changes the programme"
            advice = "Add rows that say what was said, and what its clauses change: see docs/reference/inputs.md."
            raise ScenarioError(programme.id, [Problem(f"{programme.id}/{table}.csv", table, what, remedy=advice)])


def _key(day: dt.date, plan: Plan, short: bool) -> tuple[str, str, str]:
    return str(day), "; ".join(plan.programme), "short" if short else ""


def _plan_trials(trials: dict[tuple[str, str, str], Trial], scenario: str, moment: Moment) -> None:
    for plan, short in ((moment.plan, False), (moment.before, False), *((plan, True) for _, plan in moment.others)):
        settings = (*plan.settings, *reaching(plan, moment.day, short=short))
        trials.setdefault(_key(moment.day, plan, short), Trial(scenario, moment.day, settings, plan.end, plan.over))


def _basis(chosen: Mapping[Key, Choice]) -> dict[Key, str]:
    return {key: _text(row.claim) for key, row in chosen.items()}


def _basis_of(chosen: Mapping[Key, Choice]) -> tuple[Statement, ...]:
    return tuple({row.claim.statement.id: row.claim.statement for row in chosen.values()}.values())


def _claim_of(chosen: Mapping[Key, Choice], key: Key) -> Claim | None:
    return chosen[key].claim if key in chosen else None


def _text(claim: Claim | None) -> str:
    return "" if claim is None else f"{claim.statement.id}: {claim.clause}"


def _row(
    programme: Programme,
    moment: Moment,
    now: Result,
    earlier: Result | None,
    beside: list[tuple[Claim, Result]],
    last: dict[str, Any] | None,
) -> dict[str, Any]:
    plan = moment.plan
    row: dict[str, Any] = {
        "date": moment.day,
        "statements": [_said(statement) for statement in moment.statements],
        "crewed_end": now.crewed_end,
        "why": now.why,
        "crewed_end_rules_waived": now.waived_end,
        "reboost": _names(programme, now.reboost),
        "reboost_after": _names(programme, now.reboost_after),
        "reentry": now.entry,
        "controlled": now.controlled,
        "flown_to": now.flown_to,
        "planned_end": plan.end,
        "planned_reentry": plan.entry,
        "sinking": plan.sinking,
        "leaves": None
        if plan.leaves is None
        else _told(plan.leaves) | {"over": plan.over, "name": _leaver(programme, plan)},
        "changes": moment.changes or last is None,
        "flown_before": earlier is not None,
        "not_flown": [_told(claim) for claim in plan.beside],
        "claims": [_told(claim) for claim in plan.claims],
        "set_aside": [_told(claim) for choice in moment.chosen.values() for claim in choice.others],
        "others": [{**_told(claim), "crewed_end": result.crewed_end, "why": result.why} for claim, result in beside],
        "moved_by_statement": _moved(programme, earlier, now) if earlier is not None else [],
        "flown_as_of": now.as_of,
    }
    row["moved_meanwhile"] = [] if last is None or earlier is None else _moved_rows(last, earlier)
    return row


def _said(statement: Statement) -> dict[str, Any]:
    return {
        "id": statement.id,
        "speaker": statement.speaker,
        "firmness": statement.firmness,
        "effect": "; ".join(statement.effect),
        "source": statement.source,
    }


def _told(claim: Claim) -> dict[str, Any]:
    topic, about = claim.key
    return {
        "topic": topic,
        "about": about,
        "value": claim.day if claim.period else claim.written,
        "clause": claim.clause,
        "statement": claim.statement.id,
        "speaker": claim.statement.speaker,
        "said": claim.statement.said,
        "firmness": claim.statement.firmness,
        "unused": claim.unused,
    }


def _names(programme: Programme, partners: tuple[str, ...]) -> str:
    return ", ".join(programme.partners[key].name for key in partners) or "nobody"


def _leaver(programme: Programme, plan: Plan) -> str:
    return programme.partners[plan.leaves.key[1]].name if plan.leaves else ""


def _moved(programme: Programme, before: Result, now: Result) -> list[dict[str, Any]]:
    pairs = (
        ("crewed_end", before.crewed_end, now.crewed_end),
        ("reentry", before.entry, now.entry),
        ("reboost_after", _names(programme, before.reboost_after), _names(programme, now.reboost_after)),
    )
    return [_change(*pair) for pair in pairs if pair[1] != pair[2]]


def _moved_rows(last: Mapping[str, Any], earlier: Result) -> list[dict[str, Any]]:
    pairs = (("crewed_end", last["crewed_end"], earlier.crewed_end), ("reentry", last["reentry"], earlier.entry))
    return [_change(*pair) for pair in pairs if pair[1] != pair[2]]


def _change(what: str, old: Any, new: Any) -> dict[str, Any]:
    days = (new - old).days if isinstance(old, dt.date) and isinstance(new, dt.date) else None
    return {"what": what, "from": old, "to": new, "days": days}
