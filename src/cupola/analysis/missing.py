"""What is missing each year after a departure: supply in the baseline minus supply in the case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from cupola.analysis.answer import Answer, Case
from cupola.analysis.ends import emptied
from cupola.analysis.lane import Lane
from cupola.analysis.words import amount, listing
from cupola.programme.functions import SHIP_PORTS
from cupola.programme.programme import Programme

_CARGO = ("food", "goods", "dry_cargo")
Figure = Callable[[Programme, Lane, int], float]


def missing(case: Case) -> list[dict[str, Any]]:
    """Rows of the table ``missing``: each calendar year of the span and each supply, baseline, case and difference.

    Both sides are the lanes with rules waived where there are such, so that what is counted is what the partner
    brought, not what an evacuation ends. The first and last year hold only their days within the span.
    """
    if case.baseline_main is None:
        return []
    span = case.programme.span
    rows = []
    for year in range(span.start.year, (span.end - dt.timedelta(days=1)).year + 1):
        for what, (unit, figure) in _FIGURES.items():
            usual = figure(case.programme, case.baseline_main, year)
            here = figure(case.programme, case.main, year)
            rows.append(
                {"year": year, "what": what, "baseline": usual, "case": here, "missing": usual - here, "unit": unit}
            )
    return rows


def _reboost(programme: Programme, lane: Lane, year: int) -> float:
    return sum(row.value or 0.0 for row in lane.of("reboost") if row.date.year == year and row.unit == "m/s")


def _seats(programme: Programme, lane: Lane, year: int) -> float:
    """Seats of the crewed ships that arrive in the year."""
    ships = [programme.vehicles.get(row["vehicle"]) for row in _arrivals(lane) if row["arrived"].year == year]
    return sum(ship.seats.value for ship in ships if ship is not None and ship.crewed)


def _arrivals(lane: Lane) -> list[dict[str, Any]]:
    return [row for row in lane.stays if not row["recorded"] and row["arrived"] is not None]


def _supplied(*commodities: str, cause: str = "") -> Figure:
    """kg that came into the stores in the year, from one cause or from all."""

    def figure(programme: Programme, lane: Lane, year: int) -> float:
        return sum(
            float(row["amount"])
            for row in lane.flows
            if row["year"] == year
            and row["commodity"] in commodities
            and row["amount"] > 0.0
            and cause in ("", row["cause"])
        )

    return figure


def _ports(programme: Programme, lane: Lane, year: int) -> float:
    """Ship ports that work, averaged over the days of the year within the span."""
    first = max(dt.date(year, 1, 1), programme.span.start)
    last = min(dt.date(year + 1, 1, 1), programme.span.end)
    by_provision: dict[str, list[tuple[dt.date, float]]] = {}
    for row in lane.capacity:
        if row["function"] == SHIP_PORTS:
            held = row["capacity"] if row["working"] else 0.0
            by_provision.setdefault(row["provision"], []).append((row["date"], held))
    days = 0.0
    for changes in by_provision.values():
        changes.sort(key=lambda row: row[0])
        ends = [day for day, _ in changes[1:]] + [last]
        for (begin, held), end in zip(changes, ends, strict=True):
            days += held * max(0, (min(end, last) - max(begin, first)).days)
    return days / max(1, (last - first).days)


_FIGURES: dict[str, tuple[str, Figure]] = {
    "reboost": ("m/s", _reboost),
    "propellant": ("kg", _supplied("propellant", cause="delivered")),
    "seats": ("seats", _seats),
    "oxygen": ("kg", _supplied("oxygen")),
    "water": ("kg", _supplied("water")),
    "cargo": ("kg", _supplied(*_CARGO, cause="delivered")),
    "ports": ("ports", _ports),
}
_LABELS = {
    "reboost": "of reboost",
    "propellant": "of propellant delivered",
    "seats": "flown",
    "oxygen": "of oxygen delivered or made",
    "water": "of water delivered or recovered",
    "cargo": "of dry cargo delivered",
    "ports": "for ships on the average of the year",
}


def missing_answer(case: Case, rows: list[dict[str, Any]]) -> Answer | None:
    """One sentence on the first full calendar year after the exit, or None when nobody leaves within the span."""
    over = case.exit_over
    if over is None or not rows:
        return None
    year = over.year if (over.month, over.day) == (1, 1) else over.year + 1
    question = f"What is missing in the year after the exit {case.condition}?"
    held = [row for row in rows if row["year"] == year]
    if not held:
        return Answer("missing", question, f"The span ends before the first full year after the exit on {over}.", over)
    lacking = [row for row in held if row["missing"] > 0.005 * max(abs(row["baseline"]), 1e-9)]
    more = [row for row in held if row["missing"] < -0.005 * max(abs(row["baseline"]), 1e-9)]
    text = f"In {year}, compared with nobody leaving, what is missing is " + listing(
        [f"{amount(row['missing'], row['unit'])} {_LABELS[row['what']]}" for row in lacking]
    )
    if more:
        text += "; there is more by " + listing(
            [f"{amount(-row['missing'], row['unit'])} {_LABELS[row['what']]}" for row in more]
        )
    gone = emptied(case.main)
    if gone is not None and gone.date.year <= year:
        text += f"; the station is empty from {gone.date} ({case.main.label})"
    event = case.main.first("partner-left")
    text += f". {_own_flights(case, year)}"
    value = next((row["missing"] for row in lacking), None)
    unit = next((row["unit"] for row in lacking), "")
    return Answer("missing", question, text, dt.date(year, 1, 1), value, unit, case.steps(case.main, event))


def _own_flights(case: Case, year: int) -> str:
    """What the partner that leaves would have flown itself in a year, by the baseline."""
    left, usual = case.programme.departure, case.baseline_main
    if left is None or usual is None:
        return ""
    rows = [row for row in _arrivals(usual) if row["arrived"].year == year and row["partner"] == left.partner]
    ships = [case.programme.vehicles[row["vehicle"]] for row in rows if row["vehicle"] in case.programme.vehicles]
    crewed = [ship for ship in ships if ship.crewed]
    seats = sum(ship.seats.value for ship in crewed)
    return (
        f"If nobody leaves, {case.partner} itself flies {len(crewed)} crewed ships with {amount(seats, '')} seats and "
        f"{len(ships) - len(crewed)} cargo ships to the station in {year}."
    )
