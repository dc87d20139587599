"""Other stations than the one that flies now: their falls, their last burns, their recorded altitudes.

Nothing is fitted to a date that is compared with: drag areas come from the shapes and masses in the shipped scenarios.
The only fit is that of one station's ballistic coefficient on half of the points of a week, tested on the others.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Any

import numpy as np
from orbit_decay import coast, days_of, rows
from scoreboard import Row, measure

from cupola import flow
from cupola.base.time import to_mjd
from cupola.physics.deorbit import perigee_after
from cupola.simulation import Lane, simulate

KNOWN = dt.date(2026, 8, 1)
SKYLAB_LEFT, SKYLAB_FELL = dt.date(1974, 2, 8), dt.date(1979, 7, 11)
SKYLAB_FORECAST = dt.date(1983, 3, 1)
SAMPLES = 200
MIR_PERIGEES = (188.0, 158.0)
MIR_SPEEDS = (9.3, 10.4)
MIR_APOGEE = 219.0
MIR_FELL = dt.date(2001, 3, 23)
MIR_MASS = 137_900.0
"""kg, with the ship that brought it down; that of the run, 0.2 % from the published 137 t with a ship"""
TIANGONG_MASS = 95_600.0
"""kg, of the run in 2026-05, with two ships"""
TIANGONG_INCLINATION = float(np.radians(41.468))
RELEASE = "NASA, 45 Years Ago: Skylab Reenters (nasa.gov, 2024): left at 269 x 283 miles, re-entry on 1979-07-11"
TSUP = "TsUP figures quoted by H. Zimmer, SeeSat-L 2001-03-24"
NODES = np.arange(0.0, 2.0 * np.pi, np.pi / 4.0)


@lru_cache(maxsize=8)
def events(name: str, as_of: dt.date, samples: int = 0, settings: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """The events of a whole life: of the nominal future, or of sampled ones (rules kept)."""
    programme = flow.load(name, as_of=as_of, settings=("span.futures=1", *settings))
    lanes = [Lane(number, f"sample {number}", True, number == 0) for number in range(samples + 1)]
    table = simulate(programme, lanes if samples else lanes[:1], series=False)["events"]
    columns = {key: list(values) for key, values in table.items()}
    return [{key: columns[key][row] for key in columns} for row in range(len(columns["event"]))]


def entries(name: str, as_of: dt.date, samples: int = 0, settings: tuple[str, ...] = ()) -> dict[int, dt.date]:
    """Day of entry by future."""
    found = events(name, as_of, samples, settings)
    return {int(row["future"]): _day(row["date"]) for row in found if row["kind"] == "entry"}


def _day(value: Any) -> dt.date:
    found: dt.date = value.item() if hasattr(value, "item") else value
    return found


@measure
def skylab_observed() -> list[Row]:
    """The fall of Skylab with the Sun as it was."""
    programme = flow.load("skylab", as_of=KNOWN)
    table = simulate(programme, [Lane(0, "rules kept", True, True)])["series"]
    flown = {_day(day): height for day, height in zip(table["date"], table["altitude"], strict=True)}
    late = [row for row in programme.altitudes if row.day >= dt.date(1978, 1, 1) and flown.get(row.day) is not None]
    off = [abs(float(flown[row.day]) - row.altitude / 1e3) for row in late]
    fell = entries("skylab", KNOWN)[0]
    life = (SKYLAB_FELL - SKYLAB_LEFT).days
    return [
        Row(
            "Skylab, left in 1974-02: day of re-entry, indices observed",
            f"{RELEASE}; drag area from the shapes of its parts",
            str(fell),
            str(SKYLAB_FELL),
            abs((fell - SKYLAB_FELL).days) / life,
            0.10,
            "%",
            (SKYLAB_FORECAST - SKYLAB_FELL).days / life,
            "the forecast of 1974, March 1983",
        ),
        Row(
            f"Skylab: altitude on {len(late)} recorded days of 1978 and 1979, mean error",
            "altitudes of the shipped scenario, two of three general knowledge; one drag area for five attitudes",
            ", ".join(f"{float(flown[row.day]):.0f}" for row in late) + " km",
            ", ".join(f"{row.altitude / 1e3:.0f}" for row in late) + " km",
            float(np.mean(off)) if off else 0.0,
            15.0,
            "km",
        ),
    ]


@lru_cache(maxsize=1)
def skylab_spread() -> tuple[dt.date, dt.date, dt.date, int]:
    """5, 50 and 95 % of the days of re-entry forecast on the day after the last crew left, and how many entered."""
    never = dt.date(2000, 1, 1)
    found = entries("skylab", SKYLAB_LEFT + dt.timedelta(days=1), SAMPLES, (f"span.end={never}",))
    days = sorted(found.get(number, never) for number in range(1, SAMPLES + 1))
    low, middle, high = (days[round(share * (len(days) - 1))] for share in (0.05, 0.5, 0.95))
    return low, middle, high, sum(day < never for day in days)


@measure
def skylab_forecast() -> list[Row]:
    """The same with a forecast of the Sun that a person could have made then."""
    low, middle, high, count = skylab_spread()
    outside = max(0, (low - SKYLAB_FELL).days, (SKYLAB_FELL - high).days)
    return [
        Row(
            "Skylab: spread of the re-entry forecast of 1974-02-09",
            f"{RELEASE}; the Sun from past cycles known then; the air model is of 2000, "
            "and the method was chosen with later cycles in view",
            f"P5 {low}, P50 {middle}, P95 {high} ({count} of {SAMPLES} before 2000)",
            str(SKYLAB_FELL),
            float(outside),
            0.0,
            "days outside",
            float((SKYLAB_FORECAST - SKYLAB_FELL).days),
            "the forecast of 1974, March 1983",
        )
    ]


@measure
def mir_burns() -> list[Row]:
    """The perigees after the first two of the last three burns."""
    made = {row["subject"]: float(row["value"]) for row in events("mir", KNOWN) if row["kind"] == "burn"}
    perigees = list(made.values())
    found = []
    before = MIR_APOGEE
    for number, (published, speed) in enumerate(zip(MIR_PERIGEES, MIR_SPEEDS, strict=True)):
        alone = float(perigee_after(MIR_APOGEE * 1e3, before * 1e3, speed)) / 1e3
        found.append(
            Row(
                f"Mir: perigee after burn {number + 1} ({speed} m/s), in the run of its whole life",
                f"{TSUP}; from the published orbit before it: {alone:.1f} km",
                f"{perigees[number]:.1f} km" if number < len(perigees) else "no burn",
                f"{published:.0f} km",
                abs(perigees[number] - published) if number < len(perigees) else published,
                15.0,
                "km",
                abs(before - published),
                "no burn",
            )
        )
        before = published
    return found


@measure
def mir_coast() -> list[Row]:
    """The last sinking as a coast by itself: from the recorded altitude of 2001-01-30, with the station's own drag."""
    programme = flow.load("mir", as_of=KNOWN)
    area = programme.orbit.drag_area.value + sum(
        row.drag_area.value for row in programme.elements.values() if row.attached > programme.orbit.epoch
    )
    recorded = {row.day: row.altitude for row in programme.altitudes}
    start = max(day for day in recorded if day <= dt.date(2001, 1, 31))
    later = [day for day in recorded if day > start and recorded[day] > 205e3]
    tilt, drag = programme.orbit.inclination.value, np.array([area / MIR_MASS])
    flown = coast(to_mjd(start), recorded[start], 0.0, drag, 70.0, tilt)
    heights = {day: float(np.interp(to_mjd(day), flown.mjd, flown.altitude[:, 0])) for day in later}
    errors = [abs(heights[day] - recorded[day]) / 1e3 for day in later]
    naive = [abs(recorded[start] - recorded[day]) / 1e3 for day in later]
    return [
        Row(
            f"Mir: altitude on {len(later)} recorded days of its last sinking, from {start} on, mean error",
            "recorded altitudes of the shipped scenario; drag area from the shapes of its modules, 137.9 t",
            ", ".join(f"{heights[day] / 1e3:.0f}" for day in later) + " km",
            ", ".join(f"{recorded[day] / 1e3:.0f}" for day in later) + " km",
            float(np.mean(errors)),
            15.0,
            "km",
            float(np.mean(naive)),
            "the first altitude again",
        )
    ]


@measure
def mir_end() -> list[Row]:
    """The day on which the station, let sink, is low enough for its burns."""
    fell = entries("mir", KNOWN).get(0, dt.date(2001, 12, 31))
    programme = flow.load("mir", as_of=KNOWN)
    begin = programme.deorbit.begin or programme.span.start
    life = (MIR_FELL - begin).days
    return [
        Row(
            f"Mir: day of its end, let sink from {begin} on",
            f"{TSUP}; drag area from the shapes of its modules; up to then the run follows the altitudes on record",
            str(fell),
            str(MIR_FELL),
            abs((fell - MIR_FELL).days) / life,
            0.25,
            "%",
        )
    ]


def points() -> list[tuple[float, float]]:
    """(Modified Julian Day, mean altitude) of the recorded altitudes of Tiangong."""
    return [(days_of(row["epoch"]), float(row["altitude_m"])) for row in rows("tiangong_altitudes.csv")]


def heights(moments: list[float], per_mass: float, node: float) -> np.ndarray:
    """Computed mean altitudes [m] of a coast that begins at the first recorded point of the week."""
    start, altitude = week()[0]
    flown = coast(start, altitude, node, np.array([per_mass]), max(moments) - start + 0.1, TIANGONG_INCLINATION)
    return np.interp(moments, flown.mjd, flown.altitude[:, 0])


def week() -> list[tuple[float, float]]:
    """The dense points of 2026-05; no burn lies between them."""
    return [row for row in points() if row[0] > days_of("2026-05-23T00:00:00Z")]


def fitted_on(chosen: list[tuple[float, float]], node: float) -> tuple[float, float]:
    """Cd A/m [m2/kg] and a shift [m] with which a coast lies nearest to points, by least squares."""
    moments, recorded = [row[0] for row in chosen], np.array([row[1] for row in chosen])

    def misfit(per_mass: float) -> tuple[float, float]:
        left = recorded - heights(moments, per_mass, node)
        return float(np.var(left)), float(np.mean(left))

    tried = np.geomspace(0.0005, 0.05, 17)
    best = min(max(int(np.argmin([misfit(float(value))[0] for value in tried])), 1), len(tried) - 2)
    a, b, c = (float(tried[best + step]) for step in (-1, 0, 1))
    # The misfit is nearly a parabola of the coefficient; the grid is not even, so it is laid through three points.
    curve = np.polyfit((a, b, c), [misfit(value)[0] for value in (a, b, c)], 2)
    value = float(-curve[1] / (2.0 * curve[0])) if curve[0] > 0.0 else b
    return value, misfit(value)[1]


def half_errors(
    fitted: list[tuple[float, float]], tested: list[tuple[float, float]]
) -> tuple[float, float, list[float]]:
    """RMS error [m] at the tested points of the model and of a straight line, both fitted on the others; and Cd A/m."""
    moments, recorded = [row[0] for row in tested], np.array([row[1] for row in tested])
    values, errors = [], []
    for node in NODES:
        value, shift = fitted_on(fitted, float(node))
        values.append(value)
        errors.append(float(np.sqrt(np.mean((heights(moments, value, float(node)) + shift - recorded) ** 2))))
    line = np.polyfit([row[0] - moments[0] for row in fitted], [row[1] for row in fitted], 1)
    straight = np.polyval(line, np.array(moments) - moments[0])
    return float(np.median(errors)), float(np.sqrt(np.mean((straight - recorded) ** 2))), values


@measure
def tiangong_decay() -> list[Row]:
    """A week's fall, the ballistic coefficient fitted on half of the points and tested on the others."""
    dense = week()
    whole = dense[0][1] - dense[-1][1]
    middle = 0.5 * (dense[0][0] + dense[-1][0])
    # The node is not among the recorded numbers: it is taken all round, and each gives its own coefficient.
    halves = (
        ("every second point", dense[::2], dense[1::2], 0.15),
        ("the first half", [row for row in dense if row[0] <= middle], [row for row in dense if row[0] > middle], 0.15),
    )
    found = []
    for name, fitted, tested, goal in halves:
        error, naive, values = half_errors(fitted, tested)
        found.append(
            Row(
                f"Tiangong: altitude in a week of 2026-05, Cd A/m fitted on {name}, RMS error at the other points",
                "mean elements of 48274, derived from public TLE archives; the fall of the week is the measure",
                f"{error:.0f} m (Cd A/m {min(values):.5f} to {max(values):.5f} m2/kg by the unknown node)",
                f"a fall of {whole:.0f} m",
                error / whole,
                goal,
                "%",
                naive / whole,
                "a straight line through the fitted points",
            )
        )
    programme = flow.load("tiangong", as_of=KNOWN)
    area = programme.orbit.drag_area.value + sum(
        row.drag_area.value
        for row in programme.elements.values()
        if programme.orbit.epoch < row.attached <= dt.date(2026, 5, 1)
    )
    shapes = [dense[0][1] - float(heights([dense[-1][0]], area / TIANGONG_MASS, float(node))[0]) for node in NODES]
    computed = float(np.median(shapes))
    found.append(
        Row(
            "Tiangong: fall in that week with the drag area from its shapes, nothing fitted",
            "mean elements of 48274; the scenario's drag area, 95.6 t with two ships",
            f"{computed:.0f} m ({min(shapes):.0f} to {max(shapes):.0f} m by the unknown node)",
            f"{whole:.0f} m",
            abs(computed / whole - 1.0),
            0.25,
            "%",
        )
    )
    return found


@measure
def tiangong_band() -> list[Row]:
    """The altitudes recorded after 2024-05-09, beside the run that knows none of them."""
    as_of = dt.date(2024, 5, 10)
    programme = flow.load("tiangong", as_of=as_of, settings=("span.futures=1", "span.end=2026-07-01"))
    table = simulate(programme, [Lane(0, "rules kept", True, True)])["series"]
    computed = {_day(day): float(height) for day, height in zip(table["date"], table["altitude"], strict=True)}
    recorded: dict[dt.date, float] = {}
    for mjd, height in points():
        recorded.setdefault(dt.date(1858, 11, 17) + dt.timedelta(days=int(mjd)), height / 1e3)
    later = {day: height for day, height in recorded.items() if day > as_of}
    errors = [abs(computed[day] - height) for day, height in later.items()]
    usual = programme.orbit_policy.altitude.value / 1e3
    naive = [abs(usual - height) for height in later.values()]
    return [
        Row(
            f"Tiangong: mean altitude on {len(later)} recorded days after {as_of}, mean error",
            "mean elements of 48274; the scenario's band rests on elements of the same years, so this is no forecast",
            f"{min(computed[day] for day in later):.1f} to {max(computed[day] for day in later):.1f} km",
            f"{min(later.values()):.1f} to {max(later.values()):.1f} km",
            float(np.mean(errors)),
            5.0,
            "km",
            float(np.mean(naive)),
            f"always {usual:.0f} km, the middle of the band",
        )
    ]
