"""Baseline and case side by side: the figures by which two runs are judged."""

from __future__ import annotations

import datetime as dt
from typing import Any

from cupola.analysis.answer import Case
from cupola.analysis.ends import emptied
from cupola.analysis.lane import Lane, Tables, nominal_lanes
from cupola.analysis.words import number
from cupola.programme.programme import Programme

Figures = dict[str, tuple[str, str]]
"""What -> (value as text, unit)"""
_RESERVES = {"food_days": "food", "water_days": "water", "oxygen_days": "oxygen"}


def compare(programme: Programme, baseline: Tables, case: Tables, end: dt.date | None = None) -> list[dict[str, Any]]:
    """Rows of the table ``compare`` for two runs: figures with rules kept, then those that differ with rules waived.

    end    first day after the baseline's span, where it is not that of the case
    """
    usual, usual_waived = nominal_lanes(baseline)
    kept, waived = nominal_lanes(case)
    return compare_lanes(programme, (usual, usual_waived), (kept, waived), end)


def compare_case(case: Case) -> list[dict[str, Any]]:
    """Rows of the table ``compare`` for a case with its baseline; none when it has no baseline."""
    if case.baseline is None:
        return []
    return compare_lanes(case.programme, (case.baseline, case.baseline_main), (case.kept, case.waived))


def compare_lanes(
    programme: Programme,
    baseline: tuple[Lane, Lane | None],
    case: tuple[Lane, Lane | None],
    end: dt.date | None = None,
) -> list[dict[str, Any]]:
    """Rows of the table ``compare`` from (rules kept, rules waived) of both runs, each over its own span."""
    own, other = programme.span.end, end or programme.span.end
    kept = figures(programme, baseline[0], other), figures(programme, case[0], own)
    rows = _rows(*kept, "")
    if case[1] is not None:
        waived = figures(programme, baseline[1] or baseline[0], other), figures(programme, case[1], own)
        differs = {
            what for what in {**waived[0], **waived[1]} if any(waived[k].get(what) != kept[k].get(what) for k in (0, 1))
        }
        usual, here = ({what: row for what, row in side.items() if what in differs} for side in waived)
        rows += _rows(usual, here, " (rules waived)")
    return rows


def _rows(usual: Figures, here: Figures, mark: str) -> list[dict[str, Any]]:
    rows = []
    for what in {**here, **usual}:
        unit = (here.get(what) or usual[what])[1]
        zero = "0" if unit in ("flights", "d", "kg") else "none"
        values = {
            "baseline": usual.get(what, (zero, ""))[0],
            "case": here.get(what, (zero, ""))[0],
        }
        rows.append({"what": what + mark, **values, "unit": unit})
    return rows


def figures(programme: Programme, lane: Lane, end: dt.date) -> Figures:
    """All figures of one lane. Dates that do not come within the span read ``not before`` its end.

    What is asked of a station that has entered by then goes no further than its entry.
    """
    entry = lane.first("entry")
    over = entry.date if entry else None
    found: Figures = {}
    _orbit(lane, found)
    _people(lane, over or end, found)
    for row in lane.stays:
        if not row["recorded"] and row["arrived"] is not None:
            partner = programme.partners.get(row["partner"])
            what = f"flights by {partner.name if partner else row['partner']}"
            found[what] = (str(int(found.get(what, ("0", ""))[0]) + 1), "flights")
    for key, rule in programme.rules.items():
        broken = _days_broken(lane, key, end)
        if broken:
            found[f"days with the rule '{rule.name}' broken"] = (str(broken), "d")
    gone = emptied(lane)
    found["last day crewed"] = (_until(gone.date if gone else None, end), "")
    held = lane.first("attitude-lost")
    able = lane.standing("deorbit-lost", "deorbit-back")
    for what, lost in (("of attitude control", held), ("on which a controlled deorbit is possible", able)):
        found[f"last day {what}"] = (_until(lost.date - dt.timedelta(days=1) if lost else over, end), "")
    found["entry into the atmosphere"] = (_until(entry.date if entry else None, end), "")
    return found


def _until(day: dt.date | None, end: dt.date) -> str:
    return day.isoformat() if day else f"not before {end}"


def _orbit(lane: Lane, found: Figures) -> None:
    heights = lane.days("altitude")
    if heights:
        found["lowest mean altitude"] = (number(min(value for _, value in heights)), "km")
        found["mean altitude at the end"] = (number(heights[-1][1]), "km")
    burns = lane.of("reboost")
    found["reboosts"] = (str(len(burns)), "")
    found["velocity given by reboosts"] = (number(sum(row.value or 0.0 for row in burns if row.unit == "m/s")), "m/s")
    tank = [row for row in lane.flows if row["commodity"] == "propellant"]
    used = -sum(row["amount"] for row in tank if row["cause"].startswith("burnt"))
    found["propellant burnt"] = (number(abs(used)), "kg")
    found["propellant delivered"] = (number(sum(row["amount"] for row in tank if row["cause"] == "delivered")), "kg")


def _people(lane: Lane, over: dt.date, found: Figures) -> None:
    crew = [(day, value) for day, value in lane.days("crew") if day < over]
    if not crew:
        return
    dates = [day for day, _ in crew] + [over]
    aboard = sum(value * (dates[place + 1] - day).days for place, (day, value) in enumerate(crew))
    found["crew-days"] = (number(float(aboard)), "d")
    crewed = {day for day, value in crew if value}
    for column, name in _RESERVES.items():
        held = [value for day, value in lane.days(column) if day in crewed]
        if held:
            found[f"least reserve of {name}"] = (number(min(held)), "d")


def _days_broken(lane: Lane, rule: str, end: dt.date) -> int:
    """Days on which a rule is broken; from the crossing to the day it is met again, or to the end."""
    days = 0
    since: dt.date | None = None
    for event in lane.of("rule-crossed", "rule-met", subject=rule):
        if event.kind == "rule-crossed":
            since = since or event.date
        elif since is not None:
            days += (event.date - since).days
            since = None
    entry = lane.first("entry")
    return days + ((entry.date if entry else end) - since).days if since else days
