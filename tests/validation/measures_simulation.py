"""The baseline forecast as of 2022-07-26, beside what happened until the end of 2024.

Nothing is fitted here: the forecast is the shipped scenario as it was known on that day, nominal, rules kept. What
happened is the record that is shipped with it, read as of a later day. Goals were chosen before the rows were
computed, except that the reboost and the propellant of 2023 had been seen. A row that is compared with the figure on
which a capacity of the scenario rests says so.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import numpy as np
from orbit_decay import rows
from scoreboard import Row, measure

from cupola import flow
from cupola.analysis import station_on
from cupola.analysis.hindsight import (
    CARGO,
    Forecast,
    a_year,
    aboard,
    differences,
    fly_forecast,
    launched,
    mean_error,
    named,
    told,
)
from cupola.physics.reboost import propellant_for
from cupola.programme.programme import Programme
from cupola.programme.traffic import Flight

AS_OF = dt.date(2022, 7, 26)
KNOWN = dt.date(2026, 9, 30)
"""The day as of which the record is read"""
END = dt.date(2025, 1, 1)
BEFORE, FIRST, LAST = dt.date(2020, 8, 1), dt.date(2022, 8, 1), dt.date(2024, 8, 1)
"""Two years of flights from FIRST up to LAST, and the two years before them"""
WHOLE = (2023, 2024)
"""Calendar years of the forecast, by which flows are kept"""
FULL = 2023
"""The one of them in which life support and reboost are compared"""
RECORD = "flights, people and altitudes of the shipped record (J. McDowell, GCAT and JSR, CC-BY 4.0, and others)"


@lru_cache(maxsize=1)
def forecast() -> Forecast:
    """Fly the baseline to the end of 2024."""
    return fly_forecast(flow.load("iss", as_of=AS_OF, settings=(f"span.end={END}", "span.futures=1")))


@lru_cache(maxsize=1)
def record() -> Programme:
    """The same scenario, as known later."""
    return flow.load("iss", as_of=KNOWN)


def flown(begin: dt.date, end: dt.date) -> list[Flight]:
    """What was launched to visit the station in a time; a tug that only brings a module is none of that."""
    return [row for row in launched(record(), begin, end) if not row.vehicle.endswith("module-tug")]


def arrivals() -> list[dict[str, Any]]:
    """What arrives in the forecast between FIRST and LAST."""
    return forecast().arrivals(FIRST, LAST)


def outside(value: float, low: float, high: float) -> float:
    """By what share a value lies outside a range; 0 within it."""
    return max(0.0, low / value - 1.0, value / high - 1.0)


@measure
def forecast_altitude() -> list[Row]:
    """Mean altitude on the days on which it is recorded."""
    computed = forecast().column("altitude")
    recorded = [(row.day, row.altitude / 1000.0) for row in record().altitudes if AS_OF < row.day < END]
    truth = np.array([height for _, height in recorded])
    model = np.array([computed[day] for day, _ in recorded])
    told, expected = (f"{v.min():.1f} to {v.max():.1f} km, mean {v.mean():.2f}" for v in (model, truth))
    off, naive = mean_error(model, truth), mean_error(np.full(truth.size, 417.0), truth)
    what = f"forecast of 2022-07-26: altitude on {truth.size} recorded days to 2024-12, mean error"
    source = "mean elements of 25544 and NASA/JSC OEM files"
    return [Row(what, source, told, expected, off, 1.5, "km", naive, "417.0 km for ever")]


@measure
def forecast_flights() -> list[Row]:
    """How many ships of each type, in two years."""
    model = Counter(row["vehicle"] for row in arrivals())
    truth = Counter(row.vehicle for row in flown(FIRST, LAST))
    naive = Counter(row.vehicle for row in flown(BEFORE, FIRST))
    what = "forecast: flights 2022-08 to 2024-07 by type, sum of differences"
    base = f"the two years before again: {told(naive)}"
    off, as_before = differences(model, truth), differences(naive, truth)
    return [Row(what, RECORD, told(model), told(truth), off, 6.0, "flights", as_before, base)]


@measure
def forecast_crew() -> list[Row]:
    """People aboard, day by day."""
    computed = forecast().column("crew")
    days = [day for day in computed if day > AS_OF]
    truth = aboard(record(), days)
    model = np.array([computed[day] for day in days], dtype=float)
    same, seven = (100.0 * float(np.mean(found)) for found in (model == truth, truth == 7))
    told = f"mean {model.mean():.2f}; the right number on {same:.0f} % of the days"
    expected = f"mean {truth.mean():.2f}; seven on {seven:.0f} % of the days"
    off, naive = mean_error(model, truth), mean_error(np.full(truth.size, 7.0), truth)
    what = f"forecast: people aboard on {len(days)} days to 2024-12, mean error"
    return [Row(what, RECORD, told, expected, off, 0.5, "people", naive, "always 7")]


def _recorded_cargo(begin: dt.date, end: dt.date) -> float:
    """t a year of dry cargo, water and gas that the record names."""
    return a_year(named(flown(begin, end), "dry_cargo", "water", "gas"), begin, end)


@measure
def forecast_cargo() -> list[Row]:
    """Dry cargo, water and gas brought up, without propellant."""
    whole = {year: forecast().flow("delivered", *CARGO, years=(year,)) / 1000.0 for year in WHOLE}
    model = sum(whole.values()) / len(whole)
    measured = ", ".join(f"{year}: {tonnes:.1f} t" for year, tonnes in whole.items())
    truth, naive = _recorded_cargo(dt.date(WHOLE[0], 1, 1), END), _recorded_cargo(BEFORE, FIRST)
    published = "Lynch, Owens and others, ICES 2024 (NTRS 20240005648): over 130 t from 2017-10 to 2023-12"
    what, unnamed = "forecast: cargo without propellant, a year", f"{RECORD}; loads of crewed ships are not named"
    recorded, expected = f"{what}, against the record", f"{truth:.1f} t/y in 2023 and 2024"
    off, as_before = abs(model / truth - 1.0), abs(naive / truth - 1.0)
    base = f"the two years to 2022-07 again, {naive:.1f} t/y"
    return [
        Row(recorded, unnamed, measured, expected, off, 0.15, "%", as_before, base),
        Row(f"{what}, against a published sum", published, measured, "20.8 t/y", abs(model / 20.8 - 1.0), 0.15, "%"),
    ]


@measure
def forecast_reboosts() -> list[Row]:
    """How often, by how much, and with how much propellant the orbit is raised."""
    burns = forecast().events("reboost/station")
    begin, end = dt.date(2022, 9, 15), dt.date(2024, 9, 5)
    count = sum(begin < row["date"] <= end for row in burns)
    # 325 corrections since the first engines of the station docked.
    before = 325.0 * (end - begin).days / (begin - dt.date(2000, 7, 26)).days
    speed = sum(row["value"] for row in burns if row["date"].year == FULL)
    # What decays at 66 (2 km a month) to 100 m a day is made up for at 1,770 m for each m/s.
    low, high = (fall * 365.25 / 1770.0 for fall in (66.0, 100.0))
    need = [float(propellant_for(change, 450e3, 290.0)) / 1000.0 for change in (low, high)]
    uses = ("reboost", "attitude")
    spent = -sum(forecast().flow(f"burnt for {use}", "propellant", years=(FULL,)) for use in uses) / 1000.0
    falls = "decay of 66 to 100 m/day (pho.rs from NASA control data, 2023; infogalactic), 1,770 m for each m/s"
    counted = "Roscosmos via orbiterch 2022-09-15 (325 corrections) and www1.ru 2024-09-06 (365)"
    return [
        Row(
            "forecast: orbit corrections 2022-09-15 to 2024-09-05",
            counted,
            f"{count}",
            "40, those that avoid debris or tune a phase among them",
            abs(count / 40.0 - 1.0),
            0.25,
            "%",
            abs(before / 40.0 - 1.0),
            f"the rate of 2000-07-26 to 2022-09-15 again, {before:.0f}",
        ),
        Row(
            f"forecast: reboost in {FULL}",
            falls,
            f"{speed:.1f} m/s",
            f"{low:.1f} to {high:.1f} m/s",
            outside(speed, low, high),
            0.1,
            "%",
        ),
        Row(
            f"forecast: propellant burnt in {FULL}",
            f"{falls}; 450 t, Isp 290 s",
            f"{spent:.2f} t, steering and attitude with it",
            f"{need[0]:.2f} to {need[1]:.2f} t",
            outside(spent, need[0], need[1]),
            0.1,
            "%",
        ),
    ]


@measure
def forecast_propellant() -> list[Row]:
    """Propellant that cargo ships bring for the station, without the rest in their own tanks."""
    vehicles = forecast().programme.vehicles
    ships = [row for row in forecast().rows("stays") if not row["recorded"] and row["arrived"].year in WHOLE]
    own = sum(vehicles[row["vehicle"]].propellant_own.value for row in ships)
    start = dt.date(WHOLE[0], 1, 1)
    whole = sum(forecast().flow("delivered", "propellant", years=(year,)) for year in WHOLE)
    model, rest = a_year(whole - own, start, END), a_year(own, start, END)

    def brought(begin: dt.date, end: dt.date) -> float:
        return a_year(named(flown(begin, end), "propellant"), begin, end)

    truth, naive = brought(start, END), brought(BEFORE, FIRST)
    what = "forecast: propellant brought for the station, a year, 2023 and 2024"
    measured = f"{model:.2f} t/y, and {rest:.2f} t/y left over in the ships' own tanks"
    expected, base = f"{truth:.2f} t/y without what is left over", f"the two years to 2022-07 again, {naive:.2f} t/y"
    off, as_before = abs(model / truth - 1.0), abs(naive / truth - 1.0)
    return [Row(what, RECORD, measured, expected, off, 0.15, "%", as_before, base)]


@measure
def forecast_life_support() -> list[Row]:
    """Oxygen made, and water and distillate recovered, in a year."""
    made = forecast().flow("electrolysis", "oxygen", years=(FULL,))
    people = [(row.arrived, row.left or KNOWN) for row in record().people]
    begin, end = dt.date(FULL, 1, 1), dt.date(FULL + 1, 1, 1)
    days = sum(max(0, (min(left, end) - max(arrived, begin)).days) for arrived, left in people)
    # Schaezler and Cook: 0.85 kg a person-day, 0.27 kg of air a day leak, a US spacewalk takes 6.8 kg.
    gas = sum(row.gas or 0.0 for row in flown(begin, end))
    lost = 0.27 * 0.23 * 365.0 + 8 * 6.8
    low, high = 0.85 * days + lost - gas, 0.85 * days + lost
    naive = 0.85 * 7 * 365.0
    product = sum(forecast().flow(f"{what} processing", "water", years=(FULL,)) for what in ("condensate", "urine"))
    distillate = forecast().flow("urine processing", "water", years=(FULL,))
    ices = "Williamson and others, ICES-2023-097: 2022-02 to 2023-02"
    return [
        Row(
            f"forecast: oxygen made in {FULL}",
            "no published sum was found; need of the people recorded, ICES-2015-146 a person-day, leak and spacewalks",
            f"{made:.0f} kg",
            f"{low:.0f} to {high:.0f} kg, with and without the gas that ships brought",
            outside(made, low, high),
            0.1,
            "%",
            outside(naive, low, high),
            f"seven people at 0.85 kg, {naive:.0f} kg",
        ),
        Row(
            f"forecast: water recovered in {FULL}",
            f"{ices}, US processor; its mean is also the processor's capacity here",
            f"{product:.0f} L, both segments",
            "7399 L",
            abs(product / 7399.0 - 1.0),
            0.1,
            "%",
            abs(2.8 * 7 * 365.0 / 7399.0 - 1.0),
            "seven people at 2.8 L (Water Balance Operations)",
        ),
        Row(
            f"forecast: distillate of urine in {FULL}",
            f"{ices}; its load is also the source of the processor's capacity here",
            f"{distillate:.0f} L",
            "3872 L",
            abs(distillate / 3872.0 - 1.0),
            0.1,
            "%",
            abs(0.87 * 1.5 * 7 * 365.0 / 3872.0 - 1.0),
            "seven people, 1.5 L, 87 %",
        ),
    ]


@measure
def station_mass() -> list[Row]:
    """Mass with ships, against what NASA wrote into the headers of its trajectories."""
    headers = [(dt.date.fromisoformat(row["day"]), float(row["mass_kg"]) / 1000.0) for row in rows("header_mass.csv")]
    known = [mass for day, mass in headers if day < AS_OF]
    later = [(day, mass) for day, mass in headers if day > AS_OF]
    recent = [(day, mass) for day, mass in headers if day.year >= 2022]
    fitted = float(np.mean([mass for day, mass in headers if day.year == 2021]))
    computed = forecast().column("mass")
    model = [computed[day] / 1000.0 for day, _ in later]
    tables = [float(station_on(record(), day)["mass_kg"]) / 1000.0 for day, _ in recent]

    def off(found: list[float], truth: list[tuple[dt.date, float]]) -> float:
        return float(np.mean([abs(value - mass) for value, (_, mass) in zip(found, truth, strict=True)]))

    def told(masses: Iterable[float]) -> str:
        return ", ".join(f"{mass:.1f}" for mass in masses) + " t"

    source, last, spread = "NASA/JSC OEM headers", known[-1], [mass for _, mass in recent]
    what = f"forecast: mass with ships on {len(later)} header days, mean error"
    naive, base = off([last] * len(later), later), f"the last header known, {last:.1f} t"
    truth = told(mass for _, mass in later)
    tabled = f"mass with the ships of the record on {len(recent)} header days of 2022 to 2024, mean error"
    fit = f"{source}; the mass that no table lists was fitted to those of 2021"
    found, expected = (f"{min(masses):.1f} to {max(masses):.1f} t" for masses in (tables, spread))
    as_fitted, mean = off([fitted] * len(recent), recent), f"the mean of 2021, {fitted:.1f} t"
    return [
        Row(what, source, told(model), truth, off(model, later), 5.0, "t", naive, base),
        Row(tabled, fit, found, expected, off(tables, recent), 5.0, "t", as_fitted, mean),
    ]
