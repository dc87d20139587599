"""A forecast against the record that followed it, number by number, with what one would have said without a model.

The forecast is a programme as it was known on its as-of day, nominal, rules kept. Its flights, people, statements and
Sun are those of that day; some of its numbers rest on texts of later years, which ``later.py`` lists. The record is the
same scenario as known later. The naive forecast says that what was last known goes on: the last altitude, the same
people, as many flights and as much cargo as in a time of the same length before.

Left out: loads that the record does not name count as nothing on both sides of the naive forecast, and flights that
failed to arrive count as none.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from cupola.analysis.lane import rows_of
from cupola.analysis.words import amount
from cupola.base.errors import Problem, ScenarioError
from cupola.programme.programme import Programme
from cupola.programme.traffic import Flight
from cupola.scenario import load

YEAR = 365.25
CARGO = ("food", "goods", "water", "oxygen", "nitrogen")
"""Commodities of what ships bring besides propellant"""
BEATS, FAILS = "beats the naive forecast", "does not beat the naive forecast"


@dataclass(frozen=True)
class Forecast:
    """The nominal future with rules kept."""

    programme: Programme
    tables: dict[str, dict[str, Any]]

    def rows(self, name: str) -> Iterable[dict[str, Any]]:
        """The rows of one table in that future."""
        return rows_of(self.tables, name, 0)

    def column(self, name: str) -> dict[dt.date, float]:
        """A column of the series by day."""
        return {row["date"]: row[name] for row in self.rows("series")}

    def flow(self, cause: str, *commodities: str, years: Sequence[int] = ()) -> float:
        """kg of some commodities from one cause in some calendar years, or in all, positive in."""
        return sum(
            float(row["amount"])
            for row in self.rows("flows")
            if (not years or row["year"] in years) and row["cause"] == cause and row["commodity"] in commodities
        )

    def events(self, key: str) -> list[dict[str, Any]]:
        """The events of a key."""
        return [row for row in self.rows("events") if row["key"] == key]

    def arrivals(self, first: dt.date, end: dt.date) -> list[dict[str, Any]]:
        """Ships that arrive from a day up to the day before another, those on record left out."""
        return [row for row in self.rows("stays") if not row["recorded"] and first <= row["arrived"] < end]

    def left_over(self, first: dt.date, end: dt.date) -> float:
        """kg of propellant in the own tanks of the ships that arrive in a time."""
        vehicles = self.programme.vehicles
        return sum(vehicles[row["vehicle"]].propellant_own.value for row in self.arrivals(first, end))


def fly_forecast(programme: Programme) -> Forecast:
    """Simulate the nominal future of a programme, rules kept."""
    from cupola.simulation import Lane, simulate

    return Forecast(programme, simulate(programme, [Lane(0, "rules kept", True, True)]))


def launched(record: Programme, first: dt.date, end: dt.date) -> list[Flight]:
    """Flights on record that were launched from a day up to the day before another."""
    return [row for row in record.flights.values() if row.outcome != "planned" and first <= row.launched < end]


def docked(record: Programme, first: dt.date, end: dt.date) -> list[Flight]:
    """Flights on record that arrived from a day up to the day before another."""
    rows = (row for row in record.flights.values() if row.outcome != "planned" and row.docked is not None)
    return [row for row in rows if row.docked is not None and first <= row.docked < end]


def aboard(record: Programme, days: Iterable[dt.date]) -> np.ndarray[Any, Any]:
    """People aboard by the record on some days; of ships whose people no row names, those who came with them."""
    stays = [(row.arrived, row.left or dt.date.max) for row in record.people]
    if not stays:
        came = [record.unnamed_on(day).values() for day in days]
        return np.array([sum(n for crew in ships for _, n in crew) for ships in came], dtype=float)
    return np.array([sum(arrived <= day < left for arrived, left in stays) for day in days], dtype=float)


def named(flights: Iterable[Flight], *fields: str) -> float:
    """kg of some loads that the record names, e.g. ``dry_cargo``."""
    return sum(getattr(row, field) or 0.0 for row in flights for field in fields)


def a_year(kilograms: float, begin: dt.date, end: dt.date) -> float:
    """kg over a time -> t a year."""
    return kilograms / 1000.0 / ((end - begin).days / YEAR)


def mean_error(model: Iterable[float], truth: Iterable[float]) -> float:
    """Mean of the absolute differences."""
    return float(np.mean(np.abs(np.array(list(model)) - np.array(list(truth)))))


def differences(one: Counter[str], other: Counter[str]) -> float:
    """Sum of the differences of two counts, kind by kind."""
    return float(sum(abs(one[name] - other[name]) for name in {*one, *other}))


def told(counts: Counter[str]) -> str:
    """Counts by kind in words."""
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items())) or "none"


def score(
    scenario: str, as_of: dt.date, until: dt.date | None = None, *, say: Callable[[str], None] | None = None
) -> tuple[list[dict[str, Any]], dt.date]:
    """Fly the forecast of a day and compare it with the record up to another; returns the rows and the last day scored.

    until   last day of which the record is read, and on which it is known; the end of what is known today when missing

    Raises ScenarioError where no record follows the day, or where the scenario cannot be read.
    """
    record = load(scenario, as_of=until)
    known = record.record_until
    if until is not None and until <= as_of:
        what, got = "is not after the day of the forecast", f"{until}; the forecast is of {as_of}"
        raise ScenarioError(record.id, [Problem("--until", "until", what, got, remedy="Choose a later day.")])
    if known is None or known <= as_of:
        what, got = "has no record that follows it", f"{as_of}; the record ends {known or 'before it begins'}"
        raise ScenarioError(record.id, [Problem("--as-of", "as_of", what, got, remedy="Choose an earlier day.")])
    last = min(known, until or known)
    end = last + dt.timedelta(days=1)
    if say is not None:
        say(f"Simulating {as_of} to {last}, as known on {as_of}")
    programme = load(scenario, as_of=as_of, settings=(f"span.end={end}", "span.futures=1"))
    return hindsight(programme, record, last), last


def hindsight(programme: Programme, record: Programme, last: dt.date) -> list[dict[str, Any]]:
    """The rows of the comparison; a number of which the record tells nothing has none.

    programme   as known on the day of the forecast, with a span that reaches beyond ``last``
    record      the same scenario as known later
    last        last day that is scored
    """
    forecast = fly_forecast(programme)
    found = [_altitude(forecast, record, last), _crew(forecast, record, last), *_flights(forecast, record, last)]
    found += [_reboosts(forecast, record, last), _propellant(forecast, record, last), _cargo(forecast, record, last)]
    return [row for row in found if row is not None]


def _row(
    what: str, forecast: str, happened: str, error: float, unit: str, naive: float, baseline: str, source: str
) -> dict[str, Any]:
    return {
        "what": what,
        "forecast": forecast,
        "happened": happened,
        "residual": error,
        "naive": naive,
        "unit": unit,
        "residual_text": amount(error, unit),
        "naive_text": amount(naive, unit),
        "baseline": baseline,
        "verdict": BEATS if error < naive else FAILS,
        "source": source,
    }


def _altitude(forecast: Forecast, record: Programme, last: dt.date) -> dict[str, Any] | None:
    as_of = forecast.programme.as_of
    computed = forecast.column("altitude")
    rows = [row for row in record.altitudes if as_of < row.day <= last and computed.get(row.day) is not None]
    if not rows:
        return None
    truth = [row.altitude / 1000.0 for row in rows]
    model = [computed[row.day] for row in rows]
    known = max((row for row in record.altitudes if row.day <= as_of), key=lambda row: row.day, default=None)
    start = known.altitude / 1000.0 if known else forecast.programme.orbit.altitude.value / 1000.0
    said, came = (f"{min(v):.1f} to {max(v):.1f} km, mean {sum(v) / len(v):.2f}" for v in (model, truth))
    naive = mean_error([start] * len(rows), truth)
    what = f"mean altitude on {len(rows)} recorded days, mean error"
    base = f"{start:.1f} km for ever, the last one known"
    return _row(what, said, came, mean_error(model, truth), "km", naive, base, _sources(row.source for row in rows))


def _crew(forecast: Forecast, record: Programme, last: dt.date) -> dict[str, Any] | None:
    as_of = forecast.programme.as_of
    computed = {day: people for day, people in forecast.column("crew").items() if as_of < day <= last}
    if not computed:
        return None
    truth = aboard(record, computed)
    if not truth.any() and not any(computed.values()):
        return None
    model = np.array(list(computed.values()), dtype=float)
    start = float(aboard(record, [as_of])[0])
    same = 100.0 * float(np.mean(model == truth))
    what = f"people aboard on {len(computed)} days, mean error"
    said = f"mean {model.mean():.2f}; the right number on {same:.0f} % of the days"
    came = f"mean {truth.mean():.2f}, {truth.min():.0f} to {truth.max():.0f}"
    naive = mean_error([start] * len(truth), truth)
    return _row(what, said, came, mean_error(model, truth), "people", naive, f"always {start:.0f}", "people on record")


def _flights(forecast: Forecast, record: Programme, last: dt.date) -> list[dict[str, Any]]:
    """All types together, then each type alone."""
    as_of, end = forecast.programme.as_of, last + dt.timedelta(days=1)
    first = as_of + dt.timedelta(days=1)
    model = Counter(row["vehicle"] for row in forecast.arrivals(first, end))
    truth = Counter(row.vehicle for row in docked(record, first, end))
    kinds = {*model, *truth}
    if not kinds:
        return []
    earlier = docked(record, first - (end - first), first)
    naive = Counter(row.vehicle for row in earlier if row.vehicle in kinds)
    source, base = "flights on record", f"as many as in the {(end - first).days} days before"
    what = "ships that arrived, sum of differences by type"
    total = [_row(what, f"{model.total()}", f"{truth.total()}", differences(model, truth), "ships",
                  differences(naive, truth), f"{base}: {told(naive)}", source)]  # fmt: skip
    vehicles = record.vehicles
    return total + [
        _row(
            f"ships that arrived: {vehicles[kind].name if kind in vehicles else kind}",
            str(model[kind]), str(truth[kind]), float(abs(model[kind] - truth[kind])), "ships",
            float(abs(naive[kind] - truth[kind])), f"{base}, {naive[kind]}", source,
        )
        for kind in sorted(kinds)
    ]  # fmt: skip


def _reboosts(forecast: Forecast, record: Programme, last: dt.date) -> dict[str, Any] | None:
    as_of = forecast.programme.as_of
    counts = sorted((row for row in record.totals.values() if row.what == "reboosts"), key=lambda row: row.day)
    within = [row for row in counts if as_of <= row.day <= last]
    if len(within) < 2 or counts[0].day >= within[0].day:
        return None
    begin, over, origin = within[0], within[-1], counts[0]
    truth = over.value - begin.value
    model = sum(begin.day < row["date"] <= over.day for row in forecast.rows("events") if row["kind"] == "reboost")
    rate = (begin.value - origin.value) / (begin.day - origin.day).days
    naive = rate * (over.day - begin.day).days
    what = f"orbit corrections {begin.day} to {over.day}"
    base = f"the rate of {origin.day} to {begin.day} again, {naive:.0f}"
    source = _sources(row.source for row in (begin, over))
    return _row(what, str(model), f"{truth:.0f}", abs(model - truth), "corrections", abs(naive - truth), base, source)


def _propellant(forecast: Forecast, record: Programme, last: dt.date) -> dict[str, Any] | None:
    first = forecast.programme.as_of + dt.timedelta(days=1)
    end = last + dt.timedelta(days=1)
    truth = named(docked(record, first, end), "propellant")
    if truth <= 0.0:
        return None
    own = forecast.left_over(first, end)
    model = forecast.flow("delivered", "propellant") - own
    naive = named(docked(record, first - (end - first), first), "propellant")
    return _load("propellant brought for the station", model, truth, naive, first, end)


def _cargo(forecast: Forecast, record: Programme, last: dt.date) -> dict[str, Any] | None:
    first = forecast.programme.as_of + dt.timedelta(days=1)
    end = last + dt.timedelta(days=1)
    loads = ("dry_cargo", "water", "gas")
    truth = named(docked(record, first, end), *loads)
    if truth <= 0.0:
        return None
    model = forecast.flow("delivered", *CARGO)
    naive = named(docked(record, first - (end - first), first), *loads)
    return _load("cargo brought, without propellant", model, truth, naive, first, end)


def _load(what: str, model: float, truth: float, naive: float, first: dt.date, end: dt.date) -> dict[str, Any]:
    said, came, before = (a_year(value, first, end) for value in (model, truth, naive))
    base = f"{before:.2f} t/y, as in the {(end - first).days} days before"
    return _row(
        what, f"{said:.2f} t/y", f"{came:.2f} t/y", abs(said - came), "t/y", abs(before - came), base,
        "loads of flights on record, as far as they are named",
    )  # fmt: skip


def _sources(texts: Iterable[str]) -> str:
    return " | ".join(dict.fromkeys(text for text in texts if text))
